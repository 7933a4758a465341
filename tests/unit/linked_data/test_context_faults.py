"""Where a context is at fault: the pointer of that very context, the words of the specification, and the term."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from pyld import jsonld

from atesto import limits
from atesto.errors import VerificationError
from atesto.linked_data.contexts import ContextRegistry, bundled_folder
from atesto.linked_data.processor import LinkedDataProcessor

V2: Final = "https://www.w3.org/ns/credentials/v2"
EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
(EDC,) = (row["url"] for row in json.loads((bundled_folder() / "index.json").read_bytes())["contexts"] if row["file"] == "edc-ap.jsonld")
PROCESSOR: Final = LinkedDataProcessor(ContextRegistry.bundled())
PROTECTED, MAPPING = "protected term redefinition", "invalid IRI mapping"
LAB: Final = {"Lab": {"@id": "urn:v:Lab", "@context": {"description": "urn:v:other", "rig": "urn:v:rig"}}}


def document(*contexts: Any, subject: Any = None, **members: Any) -> dict[str, Any]:
    named = {"id": "did:example:learner", **(subject or {})}
    return {"@context": [V2, *contexts], "type": ["VerifiableCredential"], "credentialSubject": named, **members}


# case -> document, pointer, what the sentence ends with
FAULTS: Final[dict[str, tuple[dict[str, Any], str, str]]] = {
    "two published contexts clash": (document(EDC), "/@context/1", f"{PROTECTED} ('description')."),
    "inline, after two that are right": (
        document(EXAMPLES, {"motto": "urn:v:motto", "name": "urn:v:other"}, {"b": "urn:v:b"}),
        "/@context/2",
        f"{PROTECTED} ('name').",
    ),
    "the only one": ({"@context": {"motto": "motto"}, "motto": "x"}, "/@context", f"{MAPPING} ('motto')."),
    "below, one": (document(subject={"@context": {"name": "urn:v:other"}}), "/credentialSubject/@context", f"{PROTECTED} ('name')."),
    "below, the second": (
        document(subject={"@context": [{"motto": "urn:v:motto"}, {"description": "urn:v:other"}], "motto": "x"}),
        "/credentialSubject/@context/1",
        f"{PROTECTED} ('description').",
    ),
    "below, in the second of two subjects": (
        document(credentialSubject=[{"name": "x"}, {"name": "y", "@context": [{"name": "urn:v:other"}]}]),
        "/credentialSubject/1/@context/0",
        f"{PROTECTED} ('name').",
    ),
    "IRI mapping": (document({"motto": "urn:v:motto"}, {"Level": "not a url"}), "/@context/2", f"{MAPPING} ('Level')."),
    "IRI mapping that others build on": (document({"motto": "v:motto", "v": {"@id": "@context"}}), "/@context/1", " ('v')."),
    "IRI mapping in the context of a term": (
        document({"place": {"@id": "urn:v:place", "@context": {"street": "street"}}}),
        "/@context/1",
        f"{MAPPING} ('street').",
    ),
    "after an ended vocabulary": (document({"@vocab": None}, {"name": "urn:v:other"}), "/@context/2", f"{PROTECTED} ('name')."),
    "the context of a type": (
        document(LAB, type=["VerifiableCredential", "Lab"]),
        "/type/1",
        f"{PROTECTED} ('description').",
    ),
    "the context of a type below": (
        document(LAB, subject={"type": "Lab", "rig": "x"}),
        "/credentialSubject/type",
        f"{PROTECTED} ('description').",
    ),
    "no term": (document(None), "/@context/1", "invalid context nullification."),
    "what PyLD does not name": (document({"@language": None}), "/@context/1", "(KeyError)."),
    "context in a context": (document(subject={"@context": {"@context": {}}}), "/credentialSubject/@context", "keyword redefinition."),
}


@pytest.mark.parametrize("case", FAULTS)
def test_the_context_at_fault_is_pointed_at(case: str) -> None:
    asked, pointer, end = FAULTS[case]
    for refuse in (PROCESSOR.expand, lambda given: PROCESSOR.recompact(given, [V2])):
        with pytest.raises(VerificationError) as refused:
            refuse(asked)
        assert (refused.value.code, refused.value.pointer) == ("linked_data.invalid", pointer)
        assert refused.value.detail.startswith("The document is not valid JSON-LD")
        assert refused.value.detail.endswith(end)


def test_without_the_fault_each_is_read() -> None:
    right: list[dict[str, Any]] = [
        document(EXAMPLES, {"motto": "urn:v:motto"}, {"b": "urn:v:b"}),
        document({"motto": "urn:v:motto"}, {"Level": "urn:v:Level"}),
        document(subject={"@context": [{"motto": "urn:v:motto"}], "motto": "x"}),
        document({"Lab": {"@id": "urn:v:Lab", "@context": {"rig": "urn:v:rig"}}}, subject={"type": "Lab", "rig": "x"}),
        {"@context": {"motto": "urn:v:motto"}, "motto": "x"},
    ]
    for asked in right:
        assert PROCESSOR.expand(asked)


def test_a_long_name_is_cut_short() -> None:
    with pytest.raises(VerificationError) as refused:
        PROCESSOR.expand(document({"m" * 10_000: "motto"}))
    assert len(refused.value.detail) < 300


def counted(monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any]) -> tuple[int, VerificationError | None]:
    """How many terms PyLD defines for a document, and how it is refused."""
    calls, original = 0, jsonld.JsonLdProcessor._create_term_definition

    def counting(*arguments: Any, **more: Any) -> None:
        nonlocal calls
        calls += 1
        original(*arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(jsonld.JsonLdProcessor, "_create_term_definition", counting)
        try:
            LinkedDataProcessor(ContextRegistry.bundled()).expand(asked)
        except VerificationError as error:
            return calls, error
    return calls, None


def test_looking_for_the_fault_costs_no_more_than_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [{f"term{number}of{index}": f"urn:v:{index}:{number}" for number in range(300)} for index in range(limits.MAX_CONTEXTS - 2)]
    right, nothing = counted(monkeypatch, document(*many))
    assert nothing is None
    wrong, error = counted(monkeypatch, document(*many, {"name": "urn:v:other"}))
    assert error is not None
    assert error.pointer == f"/@context/{limits.MAX_CONTEXTS - 1}"
    assert 300 * len(many) < wrong <= 2 * right
    # Further faults are not looked for: the first ends the work.
    subjects = [{"@context": [{"name": "urn:v:other"}]} for _ in range(200)]
    several, error = counted(monkeypatch, document(*many, credentialSubject=subjects))
    assert error is not None
    assert error.pointer == "/credentialSubject/0/@context/0"
    assert several <= 2 * right
