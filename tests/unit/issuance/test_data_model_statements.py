"""What VCDM 2.0 says of credentials, statement by statement, at an issuer under each policy: accepted, or refused with code and pointer.

The rows beside `tests/vectors/test_vcdm2_input.py`: statements of which the published suite has no file with us. Whatever is issued also
verifies under the same policy, so each row holds at the verifier too.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any, Final

import pytest

from atesto.encoding.multibase import encode_base58btc, encode_base64url_multibase
from atesto.errors import AtestoError
from tests.simulators.parts import CONTEXTS, NOW, MemorySigner, credential, issuer, verifier

SIGNER: Final = MemorySigner.numbered(3)
V2: Final = "https://www.w3.org/ns/credentials/v2"
EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
TYPE: Final = "https://example.org/#SomeType"
OK: Final = "issued"
FINAL: Final = bytes.fromhex("59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734")
JULY: Final = bytes.fromhex("24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9")
SHA384: Final = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
SHA512: Final = next(d.value for d in CONTEXTS.entries[V2].further[FINAL.hex()] if d.algorithm == "sha512")
WRONG: Final = "sha384-" + "A" * 64


def multihash(value: bytes) -> str:
    return encode_base64url_multibase(b"\x12\x20" + value)


def base64(value: bytes) -> str:
    return b64encode(value).decode()


def resource(**members: Any) -> dict[str, Any]:
    return {"relatedResource": {"id": V2, **members}}


def with_context(entry: Any, **members: Any) -> dict[str, Any]:
    return {"context": [V2, entry], **members}


# statement -> (members of a credential that is otherwise right, what an interop issuer says, what a strict one says where it differs)
_Row = tuple[dict[str, Any], str] | tuple[dict[str, Any], str, str]
ROWS: Final[dict[str, _Row]] = {
    # --- 5.3 integrity of related resources
    "resource SRI": (resource(digestSRI=SHA384), OK),
    "resource SRI with sha256": (resource(digestSRI="sha256-" + base64(FINAL)), OK),
    "resource SRI with sha512": (resource(digestSRI="sha512-" + base64(SHA512)), OK),
    "resource SRI list": (resource(digestSRI=[SHA384, "sha256-" + base64(FINAL)]), OK),
    "resource SRI two in one text": (resource(digestSRI=f"{SHA384} sha256-{base64(FINAL)}"), OK),
    "resource SRI as the data model's examples write it": (resource(digestSRI=SHA384.replace("-", "-M", 1)), OK),
    "resource multihash": (resource(digestMultibase=multihash(FINAL)), OK),
    "resource multihash in base58": (resource(digestMultibase=encode_base58btc(b"\x12\x20" + FINAL)), OK),
    "resource multihash of sha512": (resource(digestMultibase=encode_base64url_multibase(b"\x13\x40" + SHA512)), OK),
    "resource multihash list": (resource(digestMultibase=[multihash(FINAL), encode_base64url_multibase(FINAL)]), OK),
    "resource bare digest": (resource(digestMultibase=encode_base64url_multibase(FINAL)), OK),
    "resource both digests": (resource(digestSRI=SHA384, digestMultibase=multihash(FINAL), mediaType="application/ld+json"), OK),
    "resource historical": (
        resource(digestMultibase=encode_base64url_multibase(JULY)),
        OK,
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
    "resource historical multihash": (
        resource(digestMultibase=multihash(JULY)),
        OK,
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
    "resource not held": ({"relatedResource": [{"id": "https://example.org/r", "digestSRI": WRONG}]}, OK),
    "resources": ({"relatedResource": [{"id": V2, "digestSRI": SHA384}, {"id": "https://example.org/r", "digestSRI": WRONG}]}, OK),
    "resource wrong SRI": (resource(digestSRI=WRONG), "resource.digest_mismatch /relatedResource/digestSRI"),
    "resource one of two wrong": (resource(digestSRI=[SHA384, WRONG]), "resource.digest_mismatch /relatedResource/digestSRI/1"),
    "resource second kind wrong": (
        resource(digestSRI=SHA384, digestMultibase=multihash(bytes(32))),
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
    "resource second wrong": (
        {"relatedResource": [{"id": "https://example.org/r", "digestSRI": WRONG}, {"id": V2, "digestSRI": WRONG}]},
        "resource.digest_mismatch /relatedResource/1/digestSRI",
    ),
    "resource of an unknown algorithm": (
        resource(digestMultibase=encode_base64url_multibase(b"\x1e\x20" + FINAL)),
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
    "resource our own bytes": (
        resource(digestSRI="sha256-" + base64(hashlib.sha256(b"{}").digest())),
        "resource.digest_mismatch /relatedResource/digestSRI",
    ),
    "resource as texts": ({"relatedResource": [V2]}, "model.member_malformed /relatedResource/0"),
    "resource without id": ({"relatedResource": {"digestSRI": SHA384}}, "model.member_missing /relatedResource/id"),
    "resource named twice": (
        {"relatedResource": [{"id": V2, "digestSRI": SHA384}, {"id": V2, "digestSRI": SHA384}]},
        "model.member_malformed /relatedResource/1/id",
    ),
    "resource without digest": (resource(mediaType="text/plain"), "model.member_missing /relatedResource"),
    "resource with a digest in hex": (resource(digestSRI="sha256-" + FINAL.hex()), "encoding.digest /relatedResource/digestSRI"),
    # --- 4.11 data schemas
    "schema": ({"credentialSchema": {"id": "https://example.org/s", "type": "JsonSchema"}}, OK),
    "schema of another type": ({"credentialSchema": {"id": "did:example:s", "type": TYPE}}, OK),
    "schemas": ({"credentialSchema": [{"id": "did:example:s", "type": TYPE}, {"id": "did:example:t", "type": "JsonSchemaCredential"}]}, OK),
    "schema without id": ({"credentialSchema": {"type": TYPE}}, "model.member_missing /credentialSchema/id"),
    "schema id no URL": ({"credentialSchema": {"id": "schema", "type": TYPE}}, "model.id_malformed /credentialSchema/id"),
    "schema without type": ({"credentialSchema": {"id": "did:example:s"}}, "model.member_missing /credentialSchema/type"),
    "schema a text": ({"credentialSchema": "did:example:s"}, "model.member_malformed /credentialSchema"),
    # --- 5.4 to 5.6 and 5.10
    "evidence": ({"evidence": {"type": TYPE}}, OK),
    "evidence twice": ({"evidence": [{"type": TYPE, "id": "did:example:e"}, {"type": [TYPE]}]}, OK),
    "evidence without type": ({"evidence": {"id": "did:example:e"}}, "model.member_missing /evidence/type"),
    "evidence a text": ({"evidence": "did:example:e"}, "model.member_malformed /evidence"),
    "terms of use": ({"termsOfUse": {"type": TYPE}}, OK),
    "terms of use twice": ({"termsOfUse": [{"type": TYPE, "id": "did:example:t"}, {"type": TYPE}]}, OK),
    "terms of use without type": ({"termsOfUse": [{"id": "did:example:t"}]}, "model.member_missing /termsOfUse/0/type"),
    "refresh service": ({"refreshService": {"type": TYPE, "id": "https://127.0.0.1:9/refresh"}}, OK),
    "refresh service without id": ({"refreshService": {"type": TYPE}}, OK),
    "refresh services": ({"refreshService": [{"type": TYPE, "id": "did:example:r"}, {"type": TYPE}]}, OK),
    "refresh service without type": ({"refreshService": {"id": "did:example:r"}}, "model.member_missing /refreshService/type"),
    "refresh service id no URL": ({"refreshService": {"id": "r", "type": TYPE}}, "model.id_malformed /refreshService/id"),
    "confidence method": ({"confidenceMethod": {"type": TYPE, "id": "did:example:c"}}, OK),
    "confidence method without type": ({"confidenceMethod": [{"id": "did:example:c"}]}, "model.member_missing /confidenceMethod/0/type"),
    "render method without type": ({"renderMethod": {"id": "did:example:m"}}, "model.member_missing /renderMethod/type"),
    # --- 4.10 status
    "status of an unknown type": ({"credentialStatus": {"type": TYPE}}, OK, "status.unknown_type /credentialStatus"),
    "status without type": ({"credentialStatus": {"id": "did:example:s"}}, "model.member_missing /credentialStatus/type"),
    "status type a number": ({"credentialStatus": {"type": 7}}, "model.member_malformed /credentialStatus/type"),
    "status id a list": ({"credentialStatus": {"type": TYPE, "id": ["did:example:s"]}}, "model.id_malformed /credentialStatus/id"),
    "status id no URL": ({"credentialStatus": {"type": TYPE, "id": "s"}}, "model.id_malformed /credentialStatus/id"),
    # --- 4.9 validity period
    "milliseconds": ({"validFrom": "2026-06-15T09:00:00.123Z", "validUntil": "2026-12-15T09:00:00.999Z"}, OK),
    "offsets": ({"validFrom": "2026-06-15T02:00:00-07:00", "validUntil": "2026-12-15T09:00:00+14:00"}, OK),
    "far future": ({"validFrom": "2026-06-15T09:00:00Z", "validUntil": "9999-12-31T23:59:59Z"}, OK),
    "begins in the future": ({"validFrom": "2999-06-15T09:00:00Z"}, OK),
    "ended": ({"validFrom": "2020-01-01T00:00:00Z", "validUntil": "2020-01-02T00:00:00Z"}, OK, "time.expired /validUntil"),
    "begins and ends at once": ({"validFrom": "2026-07-01T00:00:00Z", "validUntil": "2026-07-01T02:00:00+02:00"}, OK),
    "without offset": ({"validFrom": "2026-06-15T09:00:00"}, "time.malformed /validFrom"),
    "without time": ({"validFrom": "2026-06-15"}, "time.malformed /validFrom"),
    "a month too many": ({"validFrom": "2026-13-15T09:00:00Z"}, "time.malformed /validFrom"),
    "inverted": ({"validUntil": "2026-06-15T08:59:59Z"}, "time.inverted /validUntil"),
    "inverted by an offset": ({"validUntil": "2026-06-15T10:00:00+02:00"}, "time.inverted /validUntil"),
    "long past and inverted": ({"validFrom": "2020-01-02T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z"}, "time.inverted /validUntil"),
    # --- 4.8 subjects
    "two subjects": ({"credentialSubject": [{"id": "did:example:a", "name": "A"}, {"id": "did:example:b", "name": "B"}]}, OK),
    "subject with an id alone": ({"credentialSubject": {"id": "did:example:a"}}, OK),
    "subject without id": ({"credentialSubject": {"name": "A"}}, OK),
    "no subject": ({"credentialSubject": ...}, "model.member_missing /credentialSubject"),
    "empty subject": ({"credentialSubject": {}}, "model.member_malformed /credentialSubject"),
    "one of two subjects empty": (
        {"credentialSubject": [{"id": "did:example:a"}, {}]},
        "model.member_malformed /credentialSubject/1",
    ),
    "subject with two ids": ({"credentialSubject": {"id": ["did:example:a"]}}, "model.id_malformed /credentialSubject/id"),
    # --- 4.6 names and descriptions, 11.1 language and direction
    "language": ({"name": {"@value": "Nombre", "@language": "es"}}, OK),
    "direction": ({"name": {"@value": "الاسم", "@language": "ar", "@direction": "rtl"}}, OK),
    "direction without language": ({"name": {"@value": "x", "@direction": "ltr"}}, OK),
    "languages": ({"description": [{"@value": "a", "@language": "en"}, {"@value": "b", "@language": "pt-BR"}]}, OK),
    "issuer with name and description": (
        {"issuer": {"id": SIGNER.did, "name": [{"@value": "U", "@language": "de"}], "description": {"@value": "d", "@language": "en"}}},
        OK,
    ),
    "no such direction": ({"name": {"@value": "x", "@direction": "up"}}, "model.member_malformed /name"),
    "no such language": ({"name": {"@value": "x", "@language": "not a tag"}}, "linked_data.invalid_language /name/@language"),
    "another member in a language value": ({"name": {"@value": "x", "@type": "t"}}, "model.member_malformed /name"),
    "another member in an issuer's name": (
        {"issuer": {"id": SIGNER.did, "name": {"@value": "x", "url": "did:example:u"}}},
        "model.member_malformed /issuer/name",
    ),
    # --- 4.4 identifiers
    "no id": ({"id": ...}, OK),
    "id a DID": ({"id": "did:example:1?x=y#z"}, OK),
    "id an https URL": ({"id": "https://example.org/credentials/1"}, OK),
    "id null": ({"id": None}, "model.id_malformed /id"),
    "id a list": ({"id": ["https://example.org/1"]}, "model.id_malformed /id"),
    "id no URL": ({"id": "not a url"}, "model.id_malformed /id"),
    # --- 4.7 issuer
    "issuer null": ({"issuer": None}, "model.id_malformed /issuer"),
    "issuer a number": ({"issuer": 7}, "model.id_malformed /issuer"),
    "issuer a list": ({"issuer": [SIGNER.did]}, "model.id_malformed /issuer"),
    "issuer without id": ({"issuer": {"name": "x"}}, "model.member_missing /issuer/id"),
    # --- 4.5 types, by expansion
    "type a URL": ({"type": ["VerifiableCredential", TYPE]}, OK),
    "types in another order": ({"type": [TYPE, "VerifiableCredential"]}, OK),
    "type unmapped": ({"type": ["VerifiableCredential", "Unmapped"]}, "linked_data.undefined_type /type/1"),
    "type mapped by an inline context": (
        with_context({"Diploma": "https://example.org/#Diploma"}, type=["VerifiableCredential", "Diploma"]),
        OK,
        "context.inline /@context/1",
    ),
    "type mapped to no URL": (
        with_context({"Diploma": "Diploma"}, type=["VerifiableCredential", "Diploma"]),
        "linked_data.invalid /@context/1",
        "context.inline /@context/1",
    ),
    "type mapped by the examples' vocabulary": (
        with_context(EXAMPLES, type=["VerifiableCredential", "Diploma"]),
        OK,
        "context.not_allowed /@context/1",
    ),
    "type of a part unmapped": ({"evidence": {"type": "Unmapped"}}, "linked_data.undefined_type /evidence/type"),
    "no type": ({"type": ...}, "model.type_missing /type"),
    # --- 4.3 contexts
    "context null in force": (with_context({"@vocab": None}), OK, "context.inline /@context/1"),
    "context protected": (with_context({"@protected": True, "motto": "urn:x:motto"}, motto="m"), OK, "context.inline /@context/1"),
    "context nested": (with_context({"@context": {"motto": "urn:x:motto"}}, motto="m"), OK, "context.inline /@context/1"),
    "context redefines a protected term": (
        with_context({"name": "urn:x:n"}),
        "linked_data.invalid /@context/1",
        "context.inline /@context/1",
    ),
    "context unknown": (with_context("https://example.com/context"), "context.unknown /@context/1"),
    "context no URL": (with_context("https ://not-a-url/contexts/example/v1"), "context.unknown /@context/1"),
    "context a number": (with_context(7), "context.malformed /@context/1"),
    "base context second": ({"context": [{"a": "urn:x:a"}, V2]}, "model.context_missing /@context"),
    "base context alone as a text": ({"context": V2}, "model.context_missing /@context"),
}


def cases() -> list[Any]:
    return [
        pytest.param(policy, row[0], row[2] if policy == "strict" and len(row) == 3 else row[1], id=f"{name} {policy}")
        for name, row in ROWS.items()
        for policy in ("interop", "strict")
    ]


@pytest.mark.parametrize(("policy", "members", "said"), cases())
async def test_statement(policy: str, members: dict[str, Any], said: str) -> None:
    asked = credential(SIGNER, **members)
    try:
        given = await issuer(SIGNER, policy=policy).issue(asked, now=NOW)
    except AtestoError as error:
        found = f"{error.code} {error.pointer}"
    else:
        found = OK
        judged = await verifier(policy).verify_credential(given, now=NOW)
        assert {problem.code for problem in judged.problems} <= {"time.expired", "time.not_yet_valid"}
    assert found == said


def test_how_many_statements() -> None:
    assert len(ROWS) == 109
    assert sum(len(row) == 3 for row in ROWS.values()) == 11


@pytest.mark.parametrize(
    ("members", "findings"),
    [
        (resource(digestSRI=SHA384), []),
        ({"relatedResource": {"id": "https://example.org/r", "digestSRI": WRONG}}, [("resource.not_checked", "/relatedResource")]),
        (
            {"relatedResource": [{"id": "https://w3id.org/vc/status-list/2021/v1", "digestSRI": WRONG}]},
            [("resource.not_checked", "/relatedResource/0")],
        ),
        (
            {"credentialSchema": {"id": "https://example.org/s", "type": "JsonSchemaCredential"}},
            [("schema.not_checked", "/credentialSchema")],
        ),
        ({"evidence": {"type": TYPE, "id": "https://127.0.0.1:9/"}, "termsOfUse": {"type": TYPE}, "refreshService": {"type": TYPE}}, []),
    ],
)
async def test_findings(members: dict[str, Any], findings: list[tuple[str, str]]) -> None:
    issued = await issuer(SIGNER).issue(credential(SIGNER, **members), now=NOW)
    report = await verifier().verify_credential(issued, now=NOW)
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == findings
