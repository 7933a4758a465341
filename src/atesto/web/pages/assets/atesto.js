// Dropping a file onto a form fills its file field. Everything else works without script.
"use strict";
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => {
    if (event.dataTransfer && event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      form.classList.add("dropping");
    }
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (event.dataTransfer && event.dataTransfer.files.length > 0) {
      event.preventDefault();
      field.files = event.dataTransfer.files;
      form.querySelector("textarea").value = "";
      field.focus();
    }
  });
}
