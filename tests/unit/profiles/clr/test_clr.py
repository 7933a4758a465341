"""Learner records: what is bundled and what is refused, with its place; the findings over records that others made."""

from __future__ import annotations

import copy
import json
from typing import Any, Final

import pytest

from atesto.credentials.json_schema import compile_schema
from atesto.errors import MalformedInput
from atesto.profiles.clr.bundle import Association, RecordPlan, bundle
from atesto.profiles.clr.check import check
from atesto.profiles.clr.classes import CLASSES
from atesto.profiles.open_badges.json_schema import schema_bytes, schema_of
from tests.reference_data import reference
from tests.simulators.parts import NOW
from tests.unit.profiles.open_badges.test_check import badge

ISSUER: Final = "did:example:registrar"
LEARNER: Final = "did:example:learner"


def of(number: int, **achievement: Any) -> Any:
    """A badge of an achievement of its own."""
    document = badge()
    document["id"] = f"urn:credential:{number}"
    document["credentialSubject"]["id"] = LEARNER
    document["credentialSubject"]["achievement"] |= {"id": f"urn:achievement:{number}", **achievement}
    return document


def bundled(*credentials: Any, **plan: Any) -> Any:
    return bundle(
        credentials, RecordPlan(**{"name": "Transcript", **plan}), issuer_did=ISSUER, credential_id="urn:credential:9", issued=NOW
    )


def test_badges_are_bundled_as_they_are() -> None:
    first, second = of(1), of(2)
    kept = copy.deepcopy((first, second))
    joined = (
        Association("isChildOf", "urn:achievement:1", "urn:achievement:2"),
        Association("precedes", "urn:achievement:3", "urn:achievement:1"),
    )
    further = {"id": "urn:achievement:3", "type": ["Achievement"], "name": "x", "description": "x", "criteria": {"narrative": "x"}}
    record = bundled(first, second, associations=joined, achievements=(further,), partial=True, issuer_name="Registrar")
    held = record["credentialSubject"]["verifiableCredential"]
    assert held[0] is first
    assert held[1] is second
    assert (first, second) == kept
    assert record["credentialSubject"]["id"] == LEARNER
    assert [row["associationType"] for row in record["credentialSubject"]["association"]] == ["isChildOf", "precedes"]
    assert record["issuer"] == {"id": ISSUER, "type": ["Profile"], "name": "Registrar"}
    assert record["partial"] is True
    assert check(record) == ()


def test_a_record_in_a_record_brings_its_achievements() -> None:
    inner = bundled(of(1), of(2))
    inner["id"] = "urn:credential:8"
    record = bundled(inner, of(3), associations=(Association("isPartOf", "urn:achievement:3", "urn:achievement:2"),))
    assert check(record) == ()


def test_the_same_achievement_twice_in_the_same_words_is_no_fault() -> None:
    first, second = of(1), of(2)
    second["credentialSubject"]["achievement"] = copy.deepcopy(first["credentialSubject"]["achievement"])
    assert check(bundled(first, second)) == ()


def other_subject(number: int) -> Any:
    document = of(number)
    document["credentialSubject"]["id"] = "did:example:somebody-else"
    return document


HELD: Final = "urn:achievement:1"
SAME_NAME: Final = (of(1), of(2, id="urn:achievement:1", name="Other"))
REFUSED: Final[list[tuple[tuple[Any, ...], Any, str, str]]] = [
    ((), {}, "clr.nothing_bundled", ""),
    ((of(1), "a.b.c"), {}, "clr.token", "/1"),
    (({**of(1), "type": ["VerifiableCredential"]},), {}, "clr.not_an_achievement", "/0/type"),
    ((of(1), of(1)), {}, "clr.credential_repeated", "/1/id"),
    (SAME_NAME, {}, "clr.achievement_differs", "/1/credentialSubject/achievement"),
    ((of(1), other_subject(2)), {}, "clr.subjects_differ", "/subject"),
    ((of(1),), {"associations": (Association("contains", "a", "b"),)}, "clr.association_unknown", "/associations/0/type"),
    ((of(1),), {"associations": (Association("isPartOf", HELD, "urn:credential:1"),)}, "clr.association_open", "/associations/0/target"),
    ((of(1),), {"associations": (Association("isPartOf", "urn:x:1", HELD),)}, "clr.association_open", "/associations/0/source"),
    ((of(1),), {"associations": (Association("isPartOf", "a", "b"),) * 501}, "clr.too_many", "/associations"),
]  # fmt: skip


@pytest.mark.parametrize(("credentials", "plan", "code", "pointer"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_is_refused_is_pointed_at(credentials: Any, plan: Any, code: str, pointer: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        bundled(*credentials, **plan)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_the_issuer_may_say_that_two_subjects_are_one_person() -> None:
    record = bundled(of(1), other_subject(2), subject=LEARNER)
    assert record["credentialSubject"]["id"] == LEARNER


def broken(change: str) -> Any:
    record = json.loads(
        json.dumps(bundled(of(1), of(2), associations=(Association("isPartOf", "urn:achievement:1", "urn:achievement:2"),)))
    )
    subject = record["credentialSubject"]
    match change:
        case "context":
            record["@context"][1], record["@context"][2] = record["@context"][2], record["@context"][1]
        case "name":
            del record["name"]
        case "end":
            subject["association"][0]["targetId"] = "urn:achievement:3"
        case "kind":
            subject["association"][0]["associationType"] = "ext:own"
        case "differs":
            subject["verifiableCredential"][1]["credentialSubject"]["achievement"]["id"] = "urn:achievement:1"
            subject["verifiableCredential"][1]["credentialSubject"]["achievement"]["name"] = "Other"
            subject["association"] = []
        case "twice":
            subject["verifiableCredential"][1] = subject["verifiableCredential"][0]
            subject["association"] = []
        case "token":
            subject["verifiableCredential"].append("a.b.c")
        case "inner":
            # A fault of a credential inside is that credential's own, not the record's.
            subject["verifiableCredential"][0]["credentialSubject"]["result"][0]["value"] = "11"
    return record


FOUND: Final[dict[str, list[tuple[str, str]]]] = {
    "context": [("ob.context", "/@context"), ("ob.context", "/@context")],
    "name": [("ob.member_missing", "/name")],
    "end": [("clr.association_open", "/credentialSubject/association/0/targetId")],
    "kind": [("ob.value_unknown", "/credentialSubject/association/0/associationType")],
    "differs": [("clr.achievement_differs", "/credentialSubject/verifiableCredential/1/credentialSubject/achievement")],
    "twice": [("clr.credential_repeated", "/credentialSubject/verifiableCredential/1")],
    "token": [
        ("ob.member_malformed", "/credentialSubject/verifiableCredential/2"),
        ("clr.token", "/credentialSubject/verifiableCredential/2"),
    ],
    "inner": [],
}


@pytest.mark.parametrize("change", FOUND)
def test_what_is_wrong_with_a_record_is_found(change: str) -> None:
    assert [(finding.code, finding.pointer) for finding in check(broken(change))] == FOUND[change]


@pytest.mark.vectors
@pytest.mark.parametrize(
    ("file", "codes"),
    [("simple.json", []), ("complex.json", ["ob.context_outdated", *["clr.association_open"] * 3, *["clr.achievement_differs"] * 3])],
)
def test_published_records(file: str, codes: list[str]) -> None:
    """The second one's associations lead out of it, and it tells of four achievements under one identifier: samples have faults, too."""
    document = json.loads((reference("ob3", "clr20") / file).read_text(encoding="utf-8"))
    assert [finding.code for finding in check(document)] == codes


@pytest.mark.vectors
def test_our_classes_are_those_of_the_published_schema() -> None:
    schema = json.loads(reference("ob3", "schemas", "clr_v2p0_clrcredential_schema_draft4.json").read_text(encoding="utf-8"))
    ours = CLASSES["1.1"]
    for name in ("ClrSubject", "Association"):
        published = schema["$defs"][name]
        assert {member.name for member in ours[name].members} | {"type"} == set(published["properties"])
        assert {member.name for member in ours[name].members if member.required} | {"type"} == set(published["required"])
    members = {member.name for member in ours["ClrCredential"].members} | {"type", "@context"}
    assert set(schema["properties"]) - members == set()
    assert members - set(schema["properties"]) == {"awardedDate", "termsOfUse"}
    compile_schema(schema_bytes(schema_of(CLASSES["2.0"], "ClrCredential", "2.0", context_rules=("^.*$", "^.*$"))))
