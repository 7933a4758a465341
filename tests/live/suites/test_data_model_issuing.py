"""Section "data model 2.0": what an issuer has to accept, with 201 and every member back, and what it has to refuse, with 400.

Each row is named after the sentence. Under `interop` all hold; what another verifier under `strict` says of an issued one stands beside it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any, Final

import pytest

from tests.live.material import V2
from tests.live.suites.documents import EXAMPLES, TERMS, version_2
from tests.live.suites.suite_node import SuiteNode, answered

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

SCHOOL: Final = "https://school.example"
INLINE: Final = [V2, TERMS]
SEA: Final = [V2, {"SeaLevel": f"{SCHOOL}/terms#SeaLevel"}]
ENGLISH: Final = {"@value": "Tides", "@language": "en"}
HEBREW: Final = {"@value": "גאות ושפל", "@language": "he", "@direction": "rtl"}
SUBJECT: Final = {"id": "did:example:learner", "name": "Noor Achterberg"}
JULY_2024_SRI: Final = "sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg"
JULY_2024: Final = bytes.fromhex("24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9")
FINAL: Final = bytes.fromhex("59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734")
FINAL_SRI: Final = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
OTHER_URL: Final = "https://www.w3.org/ns/credentials/examples/v2"


def multibase(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def multihash(digest: bytes) -> str:
    return multibase(b"\x12\x20" + digest)


def resource(**members: Any) -> dict[str, Any]:
    return {"id": V2, **members}


STATUS: Final = {"id": f"{SCHOOL}/register/1", "type": "Register"}
SCHEMA: Final = {"id": f"{SCHOOL}/shapes/1", "type": "Shape"}
RENEWAL: Final = {"id": f"{SCHOOL}/renew/1", "type": "Renewal"}
RULES: Final = {"id": f"{SCHOOL}/rules/1", "type": "Rules"}
WITNESS: Final = {"id": f"{SCHOOL}/witness/1", "type": "Witness"}
C, I, S = "confirmed", "context.inline", "context.not_allowed"  # noqa: E741 - columns of the table

PLAIN: Final = "the plain credential"

# name -> members, and what `strict` says of the issued credential
ACCEPTED: Final[dict[str, tuple[dict[str, Any], str]]] = {
    PLAIN: ({}, C),
    "optional second context": ({"context": [V2, EXAMPLES]}, S),
    "optional second context, inline": ({"context": INLINE}, I),
    "optional second type": ({"context": INLINE, "type": ["VerifiableCredential", "Attendance"]}, I),
    "a type mapped to a URL": ({"context": SEA, "type": ["VerifiableCredential", "SeaLevel"]}, I),
    "types in any order": ({"context": INLINE, "type": ["Attendance", "VerifiableCredential"]}, I),
    "a URL as type": ({"type": ["VerifiableCredential", f"{SCHOOL}/types/Swimming"]}, C),
    "a URL as type, first": ({"type": [f"{SCHOOL}/types/Swimming", "VerifiableCredential"]}, C),
    "name and description as text": ({"name": "Tides", "description": "High and low."}, C),
    "name as language value object": ({"name": ENGLISH}, C),
    "name with direction": ({"name": HEBREW}, C),
    "names in several languages": ({"name": [ENGLISH, HEBREW]}, C),
    "description with direction": ({"description": HEBREW}, C),
    "description as language value object": ({"description": ENGLISH}, C),
    "descriptions in several languages": ({"description": [ENGLISH, HEBREW]}, C),
    "two subjects": ({"credentialSubject": [SUBJECT, {"id": "did:example:other", "name": "Ada"}]}, C),
    "a subject without id": ({"credentialSubject": {"name": "Noor Achterberg"}}, C),
    "an id": ({"id": "urn:uuid:22222222-2222-4222-8222-222222222222"}, C),
    "validFrom with milliseconds": ({"validFrom": "2026-01-15T09:00:00.123Z"}, C),
    "validFrom with a negative offset": ({"validFrom": "2026-01-15T09:00:00-05:00"}, C),
    "validFrom in the far future": ({"validFrom": "2999-01-15T09:00:00Z"}, "time.not_yet_valid"),
    "no validFrom": ({"validFrom": ...}, C),
    "validUntil with milliseconds": ({"validUntil": "2999-01-15T09:00:00.999Z"}, C),
    "validUntil with a negative offset": ({"validUntil": "2999-01-15T09:00:00-08:00"}, C),
    "validUntil in the far future": ({"validUntil": "9999-12-31T23:59:59Z"}, C),
    "validUntil that has passed": ({"validFrom": "2023-01-01T00:00:00Z", "validUntil": "2023-06-01T00:00:00Z"}, "time.expired"),
    "validFrom equal to validUntil": ({"validFrom": "2999-01-15T09:00:00Z", "validUntil": "2999-01-15T09:00:00Z"}, "time.not_yet_valid"),
    "status of an unknown mapped type": ({"context": INLINE, "credentialStatus": STATUS}, I),
    "status without id": ({"context": INLINE, "credentialStatus": {"type": "Register"}}, I),
    "status with a URL as type": ({"credentialStatus": {"type": f"{SCHOOL}/types/Register"}}, "status.unknown_type"),
    "one schema": ({"context": INLINE, "credentialSchema": SCHEMA}, I),
    "two schemas": ({"context": INLINE, "credentialSchema": [SCHEMA, {**SCHEMA, "id": f"{SCHOOL}/shapes/2"}]}, I),
    "one refresh service": ({"context": INLINE, "refreshService": RENEWAL}, I),
    "two refresh services": ({"context": INLINE, "refreshService": [RENEWAL, {**RENEWAL, "id": f"{SCHOOL}/renew/2"}]}, I),
    "one set of terms": ({"context": INLINE, "termsOfUse": RULES}, I),
    "terms without id": ({"context": INLINE, "termsOfUse": {"type": "Rules"}}, I),
    "two sets of terms": ({"context": INLINE, "termsOfUse": [RULES, {**RULES, "id": f"{SCHOOL}/rules/2"}]}, I),
    "one evidence": ({"context": INLINE, "evidence": WITNESS}, I),
    "two evidences": ({"context": INLINE, "evidence": [WITNESS, {**WITNESS, "id": f"{SCHOOL}/witness/2"}]}, I),
    "related resource as object, final digestSRI": ({"relatedResource": resource(digestSRI=FINAL_SRI)}, C),
    "related resource as array": ({"relatedResource": [resource(digestSRI=FINAL_SRI)]}, C),
    "related resource, multihash": ({"relatedResource": resource(digestMultibase=multihash(FINAL))}, C),
    "related resource, both digests": ({"relatedResource": resource(digestSRI=FINAL_SRI, digestMultibase=multihash(FINAL))}, C),
    "related resource, list of digests": ({"relatedResource": resource(digestMultibase=[multihash(FINAL), multibase(FINAL)])}, C),
    "related resource, digest of July 2024": (
        {"relatedResource": resource(digestMultibase=multibase(JULY_2024))},
        "resource.digest_mismatch",
    ),
    "related resource, digestSRI of July 2024": ({"relatedResource": resource(digestSRI=JULY_2024_SRI)}, "resource.digest_mismatch"),
    "related resource, multihash of July 2024": (
        {"relatedResource": resource(digestMultibase=multihash(JULY_2024))},
        "resource.digest_mismatch",
    ),
    "related resource, media type": ({"relatedResource": resource(digestSRI=FINAL_SRI, mediaType="application/ld+json")}, C),
    "related resource that is not at hand": ({"relatedResource": {"id": f"{SCHOOL}/a.json", "digestMultibase": multihash(bytes(32))}}, C),
}
TWO_SUBJECTS: Final = [SUBJECT, {}]

REFUSED: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "missing context": ({"context": ...}, "model.context_missing /@context"),
    "context without the base context": ({"context": [EXAMPLES]}, "model.context_missing /@context"),
    "wrong order of contexts": ({"context": [EXAMPLES, V2]}, "model.context_missing /@context"),
    "malformed context URL": ({"context": [V2, "https ://not-a-url/contexts/example/v1"]}, "context.unknown /@context/1"),
    "numeric context": ({"context": [V2, 192837465]}, "context.malformed /@context/1"),
    "context as a number": ({"context": 7}, "model.context_missing /@context"),
    "redefinition of a protected term": ({"context": [V2, {"name": f"{SCHOOL}/terms#name"}]}, "linked_data.invalid /@context/1"),
    "redefinition of the type": ({"context": [V2, {"VerifiableCredential": f"{SCHOOL}/terms#VC"}]}, "linked_data.invalid /@context/1"),
    "id null": ({"id": None}, "model.id_malformed /id"),
    "id an array": ({"id": [f"{SCHOOL}/1", f"{SCHOOL}/2"]}, "model.id_malformed /id"),
    "id not a URL": ({"id": "not a URL"}, "model.id_malformed /id"),
    "subject with an id array": ({"credentialSubject": {"id": ["did:example:a", "did:example:b"]}}, "model.id_malformed /credentialSubject/id"),
    "subject missing": ({"credentialSubject": ...}, "model.member_missing /credentialSubject"),
    "subject empty": ({"credentialSubject": {}}, "model.member_malformed /credentialSubject"),
    "no subject at all": ({"credentialSubject": []}, "model.member_malformed /credentialSubject"),
    "one subject empty among several": ({"credentialSubject": TWO_SUBJECTS}, "model.member_malformed /credentialSubject/1"),
    "type missing": ({"type": ...}, "model.type_missing /type"),
    "type unmapped": ({"type": ["VerifiableCredential", "UnmappedType"]}, "linked_data.undefined_type /type/1"),
    "type mapped to a non-URL": (
        {"context": [V2, {"SeaLevel": "not a url"}], "type": ["VerifiableCredential", "SeaLevel"]},
        "linked_data.invalid /@context/1",
    ),
    "type without VerifiableCredential": ({"context": INLINE, "type": ["Attendance"]}, "model.type_missing /type"),
    "issuer missing": ({"issuer": ...}, "model.member_missing /issuer"),
    "issuer null": ({"issuer": None}, "model.id_malformed /issuer"),
    "issuer not a URL": ({"issuer": "not a URL"}, "model.id_malformed /issuer"),
    "issuer object with id null": ({"issuer": {"id": None}}, "model.id_malformed /issuer/id"),
    "issuer object whose id is not a URL": ({"issuer": {"id": "not a URL"}}, "model.id_malformed /issuer/id"),
    "issuer object without id": ({"issuer": {"name": "Harbour School"}}, "model.member_missing /issuer/id"),
    "name with an extra member": ({"name": {**ENGLISH, "url": "did:example:1"}}, "model.member_malformed /name"),
    "one of the names with an extra member": ({"name": [ENGLISH, {**HEBREW, "url": "did:example:1"}]}, "model.member_malformed /name/1"),
    "description with an extra member": ({"description": {**ENGLISH, "url": "did:example:1"}}, "model.member_malformed /description"),
    "validFrom not a date-time": ({"validFrom": "15 January 2026"}, "time.malformed /validFrom"),
    "validFrom a date": ({"validFrom": "2026-01-15"}, "time.malformed /validFrom"),
    "validFrom without an offset": ({"validFrom": "2026-01-15T09:00:00"}, "time.malformed /validFrom"),
    "validUntil not a date-time": ({"validUntil": "in summer"}, "time.malformed /validUntil"),
    "inverted validity": ({"validFrom": "2999-01-15T09:00:00Z", "validUntil": "2998-01-15T09:00:00Z"}, "time.inverted /validUntil"),
    "status id an array": ({"context": INLINE, "credentialStatus": {**STATUS, "id": [SCHOOL]}}, "model.id_malformed /credentialStatus/id"),
    "status id not a URL": ({"context": INLINE, "credentialStatus": {**STATUS, "id": "x"}}, "model.id_malformed /credentialStatus/id"),
    "status type a number": ({"context": INLINE, "credentialStatus": {**STATUS, "type": 7}}, "model.member_malformed /credentialStatus/type"),
    "schema id missing": ({"context": INLINE, "credentialSchema": {"type": "Shape"}}, "model.member_missing /credentialSchema/id"),
    "schema id not a URL": ({"context": INLINE, "credentialSchema": {**SCHEMA, "id": "x"}}, "model.id_malformed /credentialSchema/id"),
    "second schema without id": (
        {"context": INLINE, "credentialSchema": [SCHEMA, {"type": "Shape"}]},
        "model.member_missing /credentialSchema/1/id",
    ),
    **{
        f"type missing in {name}": ({"context": INLINE, name: {"id": entry["id"]}}, f"model.member_missing /{name}/type")
        for name, entry in {
            "credentialStatus": STATUS, "termsOfUse": RULES, "evidence": WITNESS, "refreshService": RENEWAL, "credentialSchema": SCHEMA,
        }.items()
    },
    "related resources as strings": ({"relatedResource": [V2, OTHER_URL]}, "model.member_malformed /relatedResource/0"),
    "related resource without id": ({"relatedResource": {"digestSRI": FINAL_SRI}}, "model.member_missing /relatedResource/id"),
    "related resources with duplicate ids": (
        {"relatedResource": [resource(digestSRI=FINAL_SRI), resource(digestMultibase=multihash(FINAL))]},
        "model.member_malformed /relatedResource/1/id",
    ),
    "related resource without digest": ({"relatedResource": resource()}, "model.member_missing /relatedResource"),
    "related resource with a wrong digestSRI": (
        {"relatedResource": resource(digestSRI="sha384-" + base64.b64encode(hashlib.sha384(b"").digest()).decode())},
        "resource.digest_mismatch /relatedResource/digestSRI",
    ),
    "related resource with a wrong digestMultibase": (
        {"relatedResource": resource(digestMultibase=multihash(hashlib.sha256(b"").digest()))},
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
}  # fmt: skip


# A refused row -> the accepted row from which it differs in one member, its fault; the plain credential where none is named.
WITHOUT_FAULT: Final = {
    "type mapped to a non-URL": "a type mapped to a URL",
    "type without VerifiableCredential": "optional second type",
    "inverted validity": "validFrom equal to validUntil",
    **dict.fromkeys(("status id an array", "status id not a URL", "status type a number"), "status of an unknown mapped type"),
    **dict.fromkeys(("schema id missing", "schema id not a URL"), "one schema"),
    "second schema without id": "two schemas",
    "type missing in credentialStatus": "status of an unknown mapped type",
    "type missing in termsOfUse": "one set of terms",
    "type missing in evidence": "one evidence",
    "type missing in refreshService": "one refresh service",
    "type missing in credentialSchema": "one schema",
    "one of the names with an extra member": "names in several languages",
    "name with an extra member": "name as language value object",
    "description with an extra member": "description as language value object",
    "one subject empty among several": "two subjects",
    **dict.fromkeys(("related resources as strings", "related resources with duplicate ids"), "related resource as array"),
    **dict.fromkeys(
        ("related resource without id", "related resource without digest", "related resource with a wrong digestSRI"),
        "related resource as object, final digestSRI",
    ),
    "related resource with a wrong digestMultibase": "related resource, multihash",
}


def test_every_control_is_of_a_row() -> None:
    assert WITHOUT_FAULT.keys() <= REFUSED.keys()
    assert {*WITHOUT_FAULT.values()} <= ACCEPTED.keys()


@pytest.mark.parametrize("row", ACCEPTED)
def test_the_issuer_accepts(suite: SuiteNode, row: str) -> None:
    members, strict = ACCEPTED[row]
    asked = version_2(suite.ids["ed25519"], **members)
    given = suite.issued(asked)
    assert {name: value for name, value in given.items() if name != "proof"} == asked
    # Every verifier refuses what is not valid at its own time, whatever its policy.
    interop = strict if strict.startswith("time.") else "confirmed"
    assert suite.both(given) == (interop, strict)


@pytest.mark.parametrize("member", ["name", "description"])
@pytest.mark.parametrize("value", ["Tides", ENGLISH, HEBREW, [ENGLISH, HEBREW]], ids=["text", "language", "direction", "array"])
def test_the_issuer_accepts_languages_of_itself(suite: SuiteNode, member: str, value: Any) -> None:
    issuer = {"id": suite.ids["ed25519"], member: value}
    given = suite.issued(version_2(issuer))
    assert given["issuer"] == issuer
    assert suite.both(given) == ("confirmed", "confirmed")


def test_the_issuer_refuses_an_extra_member_in_its_own_name(suite: SuiteNode) -> None:
    for member in ("name", "description"):
        assert answered(suite.issue(version_2({"id": suite.ids["ed25519"], member: ENGLISH}))) == "issued"
        asked = version_2({"id": suite.ids["ed25519"], member: {**ENGLISH, "url": "did:example:1"}})
        assert answered(suite.issue(asked)) == f"model.member_malformed /issuer/{member}"


def test_direction_is_part_of_what_is_signed(suite: SuiteNode) -> None:
    given = suite.issued(version_2(suite.ids["ed25519"], name=HEBREW))
    turned = json.loads(json.dumps(given))
    turned["name"]["@direction"] = "ltr"
    assert suite.both(turned) == ("proof.signature_invalid", "proof.signature_invalid")


@pytest.mark.parametrize("row", REFUSED)
def test_the_issuer_refuses(suite: SuiteNode, row: str) -> None:
    (members, code), (right, _) = REFUSED[row], ACCEPTED[WITHOUT_FAULT.get(row, PLAIN)]
    good, bad = (version_2(suite.ids["ed25519"], **given) for given in (right, members))
    assert len({name for name in good.keys() | bad.keys() if good.get(name, ...) != bad.get(name, ...)}) == 1
    assert answered(suite.issue(good)) == "issued"
    assert answered(suite.issue(bad)) == code
