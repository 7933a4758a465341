// Dropping a file onto a form fills its file field; an issued credential is saved as a file. Everything else works without script.
"use strict";
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => {
    if (event.dataTransfer && event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      form.classList.add("dropping");
    }
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("dropping");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (event.dataTransfer && event.dataTransfer.files.length > 0) {
      event.preventDefault();
      field.files = event.dataTransfer.files;
      form.querySelector("textarea").value = "";
      field.focus();
    }
  });
  // What is chosen last counts: a chosen file is not shadowed by a text that still stands in the field above.
  field.addEventListener("change", () => {
    if (field.files.length > 0) form.querySelector("textarea").value = "";
  });
}
for (const button of document.querySelectorAll("button[data-save]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.save).value;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
