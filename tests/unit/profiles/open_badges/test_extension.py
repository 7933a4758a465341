"""The European extension: its words mean what they mean in a European Digital Credential, and it is what was registered."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from atesto.credentials.json_schema import first_fault
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.terms import PREFIXES, TERMS
from atesto.profiles.open_badges.check import check
from atesto.profiles.open_badges.extension.classes import CLASSES, MEANINGS, TYPE, URL
from atesto.profiles.open_badges.extension.context import extension_context, extension_schema
from atesto.profiles.open_badges.json_schema import schema_bytes
from tests.simulators.awards import credential, example
from tests.simulators.badges import badge_of

REGISTRY: Final = ContextRegistry.bundled()
SCHEMA: Final = schema_bytes(extension_schema())
EUROPEAN: Final = {term: PREFIXES[iri.partition(":")[0]] + iri.partition(":")[2] for term, iri, _ in TERMS}
OWN_NAMES: Final = {TYPE, "explanation", "id"}
"""Names of ours: `description` is taken by Open Badges."""


SAID_BY_BOTH: Final = (
    "volumeOfLearning", "eqfLevel", "mode", "noteLiteral", "point", "framework", "isPartialQualification", "contentURL", "dcType",
    "thematicArea", "language", "workload", "idVerification", "expiryDate", "legalName",
)  # fmt: skip


def test_the_registered_context_is_the_table() -> None:
    assert REGISTRY.document(URL) == extension_context()


def test_every_word_has_its_meaning_from_the_european_vocabulary() -> None:
    shared = set(MEANINGS) - OWN_NAMES
    assert len(shared) > 40
    assert {name: MEANINGS[name] for name in shared} == {name: EUROPEAN[name] for name in shared}
    assert MEANINGS[TYPE] == EUROPEAN["Qualification"]
    assert MEANINGS["explanation"] == EUROPEAN["description"]


def test_the_two_forms_make_the_same_statements() -> None:
    award = parse_award(example("en-tidal-turbines"))
    processor = LinkedDataProcessor(REGISTRY)
    documents = (credential(award), badge_of(award))
    first, second = ({(predicate, told) for _, predicate, told, _ in processor.dataset_of(document)} for document in documents)
    shared = {predicate for predicate, _ in first & second}
    assert {f"<{MEANINGS[name]}>" for name in SAID_BY_BOTH} - shared == set()


def achievement() -> Any:
    return json.loads(json.dumps(badge_of(parse_award(example("en-tidal-turbines")))))["credentialSubject"]["achievement"]


FAULTS: Final[list[tuple[str, Any]]] = [
    ("volumeOfLearning", "60 hours"),
    ("volumeOfLearning", "P60D"),
    ("eqfLevel", "6"),
    ("isPartialQualification", "yes"),
    ("learningOutcome/0/title", "bare"),
    ("learningOutcome/0/title", {}),
    ("learningOutcome/0/type", ["Outcome"]),
    ("accreditation/dcType", ...),
    ("accreditation/expiryDate", "2030"),
    ("creditPoint/point", 4),
    ("entryRequirement/noteLiteral", {"en": ["x"]}),
]


@pytest.mark.parametrize(("place", "value"), FAULTS)
def test_schema_and_checks_find_the_same_faults(place: str, value: Any) -> None:
    document = badge_of(parse_award(example("en-tidal-turbines")))
    node = document["credentialSubject"]["achievement"] = achievement()
    assert first_fault(SCHEMA, node) is None
    assert check(document) == ()
    *above, last = place.split("/")
    for step in above:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    assert first_fault(SCHEMA, document["credentialSubject"]["achievement"]) is not None
    (finding,) = check(document)
    assert finding.pointer.startswith(f"/credentialSubject/achievement/{place}")


def test_every_class_is_reachable() -> None:
    named = {value for entry in CLASSES.values() for member in entry.members for value in member.values if isinstance(value, str)}
    assert named | {TYPE} == set(CLASSES)
