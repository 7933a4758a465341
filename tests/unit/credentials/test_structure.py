"""Station 3: every rule of the data model's shape, each with one fault in a document that is otherwise right."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from atesto import limits
from atesto.credentials.structure import VCDM_1_CONTEXT, VCDM_2_CONTEXT, check_credential, check_presentation
from atesto.errors import MalformedInput, UnsupportedFeature

CREDENTIAL: dict[str, Any] = {
    "@context": [VCDM_2_CONTEXT],
    "id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c01",
    "type": ["VerifiableCredential"],
    "issuer": "did:example:issuer",
    "validFrom": "2026-06-15T09:00:00Z",
    "credentialSubject": {"id": "did:example:learner", "name": "Noor"},
}
SRI = "sha384-" + "A" * 64
MULTIHASH = "uEiA" + "A" * 43
PRESENTATION: dict[str, Any] = {
    "@context": [VCDM_2_CONTEXT],
    "type": ["VerifiablePresentation"],
    "holder": "did:example:learner",
    "verifiableCredential": [CREDENTIAL],
}


def changed(base: dict[str, Any], **members: Any) -> dict[str, Any]:
    document = copy.deepcopy(base)
    for name, value in members.items():
        key = {"context": "@context"}.get(name, name)
        if value is ...:
            del document[key]
        else:
            document[key] = value
    return document


def test_a_credential_is_read() -> None:
    shape = check_credential(changed(CREDENTIAL, credentialSubject=[{"id": "did:example:a", "x": 1}, {"name": "b"}]))
    assert (shape.version, shape.id, shape.issuer) == ("2.0", CREDENTIAL["id"], "did:example:issuer")
    assert shape.types == ("VerifiableCredential",)
    assert shape.subjects == ("did:example:a",)


def test_a_presentation_is_read() -> None:
    shape = check_presentation(PRESENTATION)
    assert (shape.version, shape.id, shape.holder) == ("2.0", None, "did:example:learner")
    assert shape.credentials == ((CREDENTIAL, "/verifiableCredential/0"),)
    single = check_presentation(changed(PRESENTATION, verifiableCredential=CREDENTIAL, holder={"id": "did:example:h"}, id="urn:x:1"))
    assert single.credentials == ((CREDENTIAL, "/verifiableCredential"),)
    assert (single.holder, single.id) == ("did:example:h", "urn:x:1")
    assert check_presentation(changed(PRESENTATION, verifiableCredential=..., holder=...)).credentials == ()


def test_version_1_1_is_read() -> None:
    old = changed(CREDENTIAL, context=[VCDM_1_CONTEXT], issuanceDate="2020-01-01T00:00:00Z", description={"en": "a map"})
    assert check_credential(old).version == "1.1"


ACCEPTED: dict[str, dict[str, Any]] = {
    "no id": {"id": ...},
    "one type as text": {"type": "VerifiableCredential"},
    "issuer object": {"issuer": {"id": "did:example:issuer", "name": "X"}},
    "language value": {"name": {"@value": "Name", "@language": "en", "@direction": "ltr"}},
    "language values": {"description": ["a", {"@value": "b", "@language": "ar", "@direction": "rtl"}]},
    "status without id": {"credentialStatus": {"type": "SomeStatus"}},
    "schema": {"credentialSchema": {"id": "https://example.org/s", "type": "JsonSchema"}},
    "schemas": {"credentialSchema": [{"id": "https://example.org/s", "type": "JsonSchema"}] * 2},
    "terms of use": {"termsOfUse": [{"type": "T"}]},
    "evidence": {"evidence": {"type": ["Evidence"], "id": "urn:e:1"}},
    "refresh": {"refreshService": {"type": "R"}},
    "confidence": {"confidenceMethod": [{"type": "C", "id": "urn:c:1"}, {"type": ["C", "D"]}]},
    "rendering": {"renderMethod": {"type": "R"}},
    "related resource": {"relatedResource": {"id": "https://example.org/r", "digestSRI": SRI, "mediaType": "application/json"}},
    "related resources": {
        "relatedResource": [
            {"id": "https://example.org/r", "digestMultibase": MULTIHASH},
            {"id": "https://example.org/q", "digestSRI": [SRI, SRI]},
        ]
    },
    "most subjects": {"credentialSubject": [{"x": 1}] * limits.MAX_SUBJECTS},
    "most types": {"type": ["VerifiableCredential", *(f"T{i}" for i in range(limits.MAX_TYPES - 1))]},
}


@pytest.mark.parametrize("members", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_accepted(members: dict[str, Any]) -> None:
    check_credential(changed(CREDENTIAL, **members))


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no context": ({"context": ...}, "model.context_missing", "/@context"),
    "context a text": ({"context": VCDM_2_CONTEXT}, "model.context_missing", "/@context"),
    "context empty": ({"context": []}, "model.context_missing", "/@context"),
    "context a number first": ({"context": [1, VCDM_2_CONTEXT]}, "model.context_missing", "/@context"),
    "context in the wrong order": ({"context": ["https://example.org/c", VCDM_2_CONTEXT]}, "model.context_missing", "/@context"),
    "no type": ({"type": ...}, "model.type_missing", "/type"),
    "other type": ({"type": ["OpenBadgeCredential"]}, "model.type_missing", "/type"),
    "type a number": ({"type": 7}, "model.member_malformed", "/type"),
    "type null": ({"type": None}, "model.member_malformed", "/type"),
    "type empty": ({"type": []}, "model.member_malformed", "/type"),
    "type holds a number": ({"type": ["VerifiableCredential", 1]}, "model.member_malformed", "/type"),
    "type twice": ({"type": ["VerifiableCredential", "VerifiableCredential"]}, "model.member_malformed", "/type"),
    "type empty text": ({"type": ["VerifiableCredential", ""]}, "model.member_malformed", "/type"),
    "too many types": (
        {"type": ["VerifiableCredential", *(f"T{i}" for i in range(limits.MAX_TYPES))]},
        "model.too_many",
        "/type",
    ),
    "id null": ({"id": None}, "model.id_malformed", "/id"),
    "id a list": ({"id": ["urn:a:b"]}, "model.id_malformed", "/id"),
    "id relative": ({"id": "student-7"}, "model.id_malformed", "/id"),
    "id with a space": ({"id": "urn:a:b c"}, "model.id_malformed", "/id"),
    "no issuer": ({"issuer": ...}, "model.member_missing", "/issuer"),
    "issuer null": ({"issuer": None}, "model.id_malformed", "/issuer"),
    "issuer empty list": ({"issuer": []}, "model.id_malformed", "/issuer"),
    "issuer no URL": ({"issuer": "somebody"}, "model.id_malformed", "/issuer"),
    "issuer object without id": ({"issuer": {"name": "X"}}, "model.member_missing", "/issuer/id"),
    "issuer object with id null": ({"issuer": {"id": None}}, "model.id_malformed", "/issuer/id"),
    "no subject": ({"credentialSubject": ...}, "model.member_missing", "/credentialSubject"),
    "subject empty": ({"credentialSubject": {}}, "model.member_malformed", "/credentialSubject"),
    "subjects empty": ({"credentialSubject": []}, "model.member_malformed", "/credentialSubject"),
    "one subject empty": ({"credentialSubject": [{"x": 1}, {}]}, "model.member_malformed", "/credentialSubject/1"),
    "subject a text": ({"credentialSubject": "Noor"}, "model.member_malformed", "/credentialSubject"),
    "subject holds a text": ({"credentialSubject": ["Noor"]}, "model.member_malformed", "/credentialSubject/0"),
    "subject with two ids": ({"credentialSubject": {"id": ["urn:a:b", "urn:a:c"]}}, "model.id_malformed", "/credentialSubject/id"),
    "too many subjects": ({"credentialSubject": [{"x": 1}] * (limits.MAX_SUBJECTS + 1)}, "model.too_many", "/credentialSubject"),
    "name a number": ({"name": 5}, "model.member_malformed", "/name"),
    "name with another member": ({"name": {"@value": "x", "lang": "en"}}, "model.member_malformed", "/name"),
    "name without value": ({"name": {"@language": "en"}}, "model.member_malformed", "/name"),
    "name with language a number": ({"name": {"@value": "x", "@language": 1}}, "model.member_malformed", "/name"),
    "name with another direction": ({"name": {"@value": "x", "@direction": "up"}}, "model.member_malformed", "/name"),
    "description of the issuer": (
        {"issuer": {"id": "did:example:issuer", "description": ["a", 1]}},
        "model.member_malformed",
        "/issuer/description/1",
    ),
    "status without type": ({"credentialStatus": {"id": "urn:s:1"}}, "model.member_missing", "/credentialStatus/type"),
    "status with id list": ({"credentialStatus": {"type": "S", "id": []}}, "model.id_malformed", "/credentialStatus/id"),
    "status a text": ({"credentialStatus": "x"}, "model.member_malformed", "/credentialStatus"),
    "schema without id": ({"credentialSchema": {"type": "JsonSchema"}}, "model.member_missing", "/credentialSchema/id"),
    "schema without type": ({"credentialSchema": {"id": "urn:s:1"}}, "model.member_missing", "/credentialSchema/type"),
    "second schema": (
        {"credentialSchema": [{"id": "urn:s:1", "type": "J"}, {"type": "J"}]},
        "model.member_missing",
        "/credentialSchema/1/id",
    ),
    "terms of use without type": ({"termsOfUse": {"id": "urn:t:1"}}, "model.member_missing", "/termsOfUse/type"),
    "evidence without type": ({"evidence": [{"id": "urn:t:1"}]}, "model.member_missing", "/evidence/0/type"),
    "refresh without type": ({"refreshService": {"id": "urn:t:1"}}, "model.member_missing", "/refreshService/type"),
    "too much evidence": ({"evidence": [{"type": "E"}] * (limits.MAX_LISTED + 1)}, "model.too_many", "/evidence"),
    "related as text": ({"relatedResource": "https://example.org"}, "model.member_malformed", "/relatedResource"),
    "related without id": ({"relatedResource": {"digestSRI": "x"}}, "model.member_missing", "/relatedResource/id"),
    "related twice": (
        {"relatedResource": [{"id": "urn:r:1", "digestSRI": SRI}, {"id": "urn:r:1", "digestSRI": SRI}]},
        "model.member_malformed",
        "/relatedResource/1/id",
    ),
    "related without digest": ({"relatedResource": {"id": "urn:r:1"}}, "model.member_missing", "/relatedResource"),
    "related without any": ({"relatedResource": []}, "model.member_malformed", "/relatedResource"),
    "related id null": ({"relatedResource": {"id": None, "digestSRI": SRI}}, "model.id_malformed", "/relatedResource/id"),
    "related texts": ({"relatedResource": ["https://example.org"]}, "model.member_malformed", "/relatedResource/0"),
    "related with no digests": (
        {"relatedResource": {"id": "urn:r:1", "digestSRI": []}},
        "model.member_malformed",
        "/relatedResource/digestSRI",
    ),
    "related digest a number": (
        {"relatedResource": [{"id": "urn:r:1", "digestSRI": [SRI, 7]}]},
        "model.member_malformed",
        "/relatedResource/0/digestSRI/1",
    ),
    "related digest null": (
        {"relatedResource": {"id": "urn:r:1", "digestMultibase": None}},
        "model.member_malformed",
        "/relatedResource/digestMultibase",
    ),
    "related digest unreadable": (
        {"relatedResource": {"id": "urn:r:1", "digestSRI": "x"}},
        "encoding.digest",
        "/relatedResource/digestSRI",
    ),
    "related second digest unreadable": (
        {"relatedResource": {"id": "urn:r:1", "digestSRI": SRI, "digestMultibase": "u"}},
        "encoding.digest",
        "/relatedResource/digestMultibase",
    ),
    "related too many digests": (
        {"relatedResource": {"id": "urn:r:1", "digestSRI": [SRI] * (limits.MAX_LISTED + 1)}},
        "model.member_malformed",
        "/relatedResource/digestSRI",
    ),
    "related media type": (
        {"relatedResource": {"id": "urn:r:1", "digestSRI": SRI, "mediaType": ["text/plain"]}},
        "model.member_malformed",
        "/relatedResource/mediaType",
    ),
    "confidence without type": ({"confidenceMethod": {"id": "urn:c:1"}}, "model.member_missing", "/confidenceMethod/type"),
    "confidence a text": ({"confidenceMethod": "urn:c:1"}, "model.member_malformed", "/confidenceMethod"),
    "rendering with id relative": ({"renderMethod": [{"type": "R", "id": "r"}]}, "model.id_malformed", "/renderMethod/0/id"),
    "date a number": ({"validFrom": 2026}, "time.malformed", "/validFrom"),
    "date malformed": ({"validUntil": "2026-06-15"}, "time.malformed", "/validUntil"),
    "1.1 without issuance date": ({"context": [VCDM_1_CONTEXT]}, "model.member_missing", "/issuanceDate"),
    "1.1 status without id": (
        {"context": [VCDM_1_CONTEXT], "issuanceDate": "2020-01-01T00:00:00Z", "credentialStatus": {"type": "S"}},
        "model.member_missing",
        "/credentialStatus/id",
    ),
    "1.1 refresh without id": (
        {"context": [VCDM_1_CONTEXT], "issuanceDate": "2020-01-01T00:00:00Z", "refreshService": {"type": "S"}},
        "model.member_missing",
        "/refreshService/id",
    ),
}


@pytest.mark.parametrize(("members", "code", "pointer"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(members: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        check_credential(changed(CREDENTIAL, **members))
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


PRESENTATIONS_REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no context": ({"context": ...}, "model.context_missing", "/@context"),
    "no type": ({"type": ...}, "model.type_missing", "/type"),
    "a credential's type": ({"type": ["VerifiableCredential"]}, "model.type_missing", "/type"),
    "holder a name": ({"holder": "Noor"}, "model.id_malformed", "/holder"),
    "holder object without id": ({"holder": {"name": "Noor"}}, "model.member_missing", "/holder/id"),
    "terms of use without type": ({"termsOfUse": [{"id": "urn:t:1"}]}, "model.member_missing", "/termsOfUse/0/type"),
    "credential a text": ({"verifiableCredential": ["eyJ"]}, "model.member_malformed", "/verifiableCredential/0"),
    "credentials an empty list in a list": ({"verifiableCredential": [[]]}, "model.member_malformed", "/verifiableCredential/0"),
    "too many": ({"verifiableCredential": [CREDENTIAL] * (limits.MAX_CREDENTIALS + 1)}, "model.too_many", "/verifiableCredential"),
    "id relative": ({"id": "x"}, "model.id_malformed", "/id"),
}


@pytest.mark.parametrize(("members", "code", "pointer"), PRESENTATIONS_REFUSED.values(), ids=PRESENTATIONS_REFUSED.keys())
def test_presentation_refused(members: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        check_presentation(changed(PRESENTATION, **members))
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_a_presentation_of_nothing_is_one() -> None:
    without = check_presentation(changed(PRESENTATION, verifiableCredential=...))
    assert check_presentation(changed(PRESENTATION, verifiableCredential=[])) == without
    assert without.credentials == ()


def test_most_credentials_are_taken() -> None:
    most = changed(PRESENTATION, verifiableCredential=[CREDENTIAL] * limits.MAX_CREDENTIALS)
    assert len(check_presentation(most).credentials) == limits.MAX_CREDENTIALS


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"payload": "{}", "signatures": []}, ""),
        (changed(CREDENTIAL, type=["EnvelopedVerifiableCredential"]), "/type"),
        (changed(CREDENTIAL, type="EnvelopedVerifiablePresentation"), "/type"),
    ],
    ids=["sealed", "enveloped credential", "enveloped presentation"],
)
def test_other_formats_are_named(document: dict[str, Any], pointer: str) -> None:
    for check in (check_credential, check_presentation):
        with pytest.raises(UnsupportedFeature) as caught:
            check(document)
        assert (caught.value.code, caught.value.pointer) == ("model.unsupported_format", pointer)
