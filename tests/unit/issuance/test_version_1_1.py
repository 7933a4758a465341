"""VCDM 1.1, statement by statement, at an issuer under both policies, and what its presentations may hold."""

from __future__ import annotations

from typing import Any, Final

import pytest

from atesto.errors import AtestoError
from atesto.issuance.present import prove_presentation
from atesto.proofs.suites import SUITES
from tests.simulators.parts import NOW, MemorySigner, credential, issuer, presentation, secured, verifier

SIGNER: Final = MemorySigner.numbered(5)
HOLDER: Final = MemorySigner.numbered(6)
V1: Final = "https://www.w3.org/2018/credentials/v1"
V2: Final = "https://www.w3.org/ns/credentials/v2"
INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
TYPE: Final = "https://example.org/#SomeType"
OK: Final = "issued"


KNOWN: Final = credential(SIGNER).keys()


def old(**members: Any) -> Any:
    """A small VCDM 1.1 credential."""
    base: dict[str, Any] = {
        "context": [V1],
        "validFrom": ...,
        "name": ...,
        "issuanceDate": "2026-06-15T09:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
    }
    return credential(SIGNER, **{name: value for name, value in (base | members).items() if value is not ... or name in KNOWN})


# statement -> (members of a credential that is otherwise right, what an issuer says; what a strict one says where it differs)
ROWS: Final[dict[str, tuple[dict[str, Any], str] | tuple[dict[str, Any], str, str]]] = {
    "as it is": ({}, OK),
    "no id": ({"id": ...}, OK),
    "the integrity context is there": ({"context": [V1, INTEGRITY]}, OK),
    "base context second": ({"context": [INTEGRITY, V1]}, "model.context_missing /@context"),
    "base context a text": ({"context": V1}, "model.context_missing /@context"),
    "both base contexts": ({"context": [V1, V2]}, "linked_data.invalid /@context/1"),
    "inline context": ({"context": [V1, {"motto": "urn:x:motto"}], "motto": "m"}, OK, "context.inline /@context/1"),
    "types in another order": ({"type": [TYPE, "VerifiableCredential"]}, OK),
    "type one text": ({"type": "VerifiableCredential"}, OK),
    "no VerifiableCredential": ({"type": [TYPE]}, "model.type_missing /type"),
    "type unmapped": ({"type": ["VerifiableCredential", "Unmapped"]}, "linked_data.undefined_type /type/1"),
    "a term of 2.0": ({"name": "Certificate"}, "linked_data.undefined_term /name"),
    "related resources are of 2.0": (
        {"relatedResource": {"id": V1, "digestSRI": "sha384-" + "A" * 64}},
        "linked_data.undefined_term /relatedResource",
    ),
    # --- dates
    "no issuance date": ({"issuanceDate": ...}, OK, "model.member_missing /issuanceDate"),
    "issuance date null": ({"issuanceDate": None}, "time.malformed /issuanceDate"),
    "issuance date a number": ({"issuanceDate": 1718000000}, "time.malformed /issuanceDate"),
    "issuance date a day": ({"issuanceDate": "2026-06-15"}, "time.malformed /issuanceDate"),
    "issuance date without offset": ({"issuanceDate": "2026-06-15T09:00:00"}, "time.malformed /issuanceDate"),
    "issuance date ahead": ({"issuanceDate": "2027-06-15T09:00:00Z"}, OK),
    "validFrom instead": ({"issuanceDate": ..., "validFrom": "2026-06-15T09:00:00Z"}, OK, "model.member_missing /issuanceDate"),
    "validFrom besides": ({"validFrom": "2026-06-15T09:00:00Z", "validUntil": "2026-12-31T00:00:00Z"}, OK),
    "expiration date": ({"expirationDate": "2027-01-01T00:00:00.5-05:00"}, OK),
    "expiration date malformed": ({"expirationDate": "soon"}, "time.malformed /expirationDate"),
    "expired": (
        {"issuanceDate": "2020-01-01T00:00:00Z", "expirationDate": "2021-01-01T00:00:00Z"},
        OK,
        "time.expired /expirationDate",
    ),
    "expires before it is issued": ({"expirationDate": "2026-06-15T08:59:59Z"}, "time.inverted /expirationDate"),
    "validUntil before it is issued": ({"validUntil": "2026-06-15T08:59:59Z"}, "time.inverted /validUntil"),
    # --- parties
    "issuer object": ({"issuer": {"id": SIGNER.did, "type": TYPE}}, OK),
    "issuer object without id": ({"issuer": {"type": TYPE}}, "model.member_missing /issuer/id"),
    "issuer no URL": ({"issuer": "somebody"}, "model.id_malformed /issuer"),
    "no subject": ({"credentialSubject": ...}, "model.member_missing /credentialSubject"),
    "two subjects": ({"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]}, OK),
    # --- members that need id and type
    "status without id": ({"credentialStatus": {"type": TYPE}}, "model.member_missing /credentialStatus/id"),
    "status without type": ({"credentialStatus": {"id": "did:example:s"}}, "model.member_missing /credentialStatus/type"),
    "status": ({"credentialStatus": {"id": "did:example:s", "type": TYPE}}, OK, "status.unknown_type /credentialStatus"),
    "schema": ({"credentialSchema": {"id": "did:example:s", "type": "JsonSchemaValidator2018"}}, OK),
    "schemas": ({"credentialSchema": [{"id": "did:example:s", "type": TYPE}, {"id": "did:example:t", "type": TYPE}]}, OK),
    "schema without id": ({"credentialSchema": {"type": TYPE}}, "model.member_missing /credentialSchema/id"),
    "schema without type": ({"credentialSchema": {"id": "did:example:s"}}, "model.member_missing /credentialSchema/type"),
    "refresh service": ({"refreshService": {"id": "https://127.0.0.1:9/r", "type": TYPE}}, OK),
    "refresh service without id": ({"refreshService": {"type": TYPE}}, "model.member_missing /refreshService/id"),
    "refresh service without type": ({"refreshService": {"id": "did:example:r"}}, "model.member_missing /refreshService/type"),
    "terms of use without id": ({"termsOfUse": {"type": TYPE}}, OK),
    "terms of use without type": ({"termsOfUse": {"id": "did:example:t"}}, "model.member_missing /termsOfUse/type"),
    "evidence without id": ({"evidence": [{"type": [TYPE]}]}, OK),
    "evidence without type": ({"evidence": [{"id": "did:example:e"}]}, "model.member_missing /evidence/0/type"),
}


def cases() -> list[Any]:
    return [
        pytest.param(policy, row[0], row[2] if policy == "strict" and len(row) == 3 else row[1], id=f"{name} {policy}")
        for name, row in ROWS.items()
        for policy in ("interop", "strict")
    ]


@pytest.mark.parametrize(("policy", "members", "said"), cases())
async def test_statement(policy: str, members: dict[str, Any], said: str) -> None:
    asked = old(**members)
    try:
        given: Any = await issuer(SIGNER, policy=policy).issue(asked, now=NOW)
    except AtestoError as error:
        found = f"{error.code} {error.pointer}"
    else:
        found = OK
        assert given["@context"] == [*(entry for entry in asked["@context"] if entry != INTEGRITY), INTEGRITY]
        judged = await verifier(policy).verify_credential(given, now=NOW)
        assert {problem.code for problem in judged.problems} <= {"time.expired", "time.not_yet_valid"}
    assert found == said


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("base", [V1, V2])
async def test_presentations_hold_credentials_of_their_version_and_of_older_ones(suite: str, base: str) -> None:
    first = await issuer(SIGNER, suite).issue(old(), now=NOW)
    second = await issuer(SIGNER, suite).issue(credential(SIGNER) if base == V2 else old(id=...), now=NOW)
    asked = presentation(HOLDER, first, second) | {"@context": [base]}
    proven: Any = await prove_presentation(
        asked, signer=HOLDER, suite=SUITES[suite], verifier=verifier(), now=NOW, challenge="c", domain="d"
    )
    assert proven["@context"] == ([V1, INTEGRITY] if base == V1 else [V2])
    report = await verifier().verify_presentation(proven, now=NOW, challenge="c", domain="d")
    assert report.verified, report.problems
    assert [inner.verified for inner in report.credentials] == [True, True]


async def test_a_presentation_of_1_1_holds_no_credential_of_2_0() -> None:
    # The protected terms of the one base context would redefine those of the other: no JSON-LD processor reads it.
    second = await issuer(SIGNER).issue(credential(SIGNER), now=NOW)
    with pytest.raises(AtestoError) as caught:
        await prove_presentation(
            presentation(HOLDER, second) | {"@context": [V1]},
            signer=HOLDER,
            suite=SUITES["eddsa-rdfc-2022"],
            verifier=verifier(),
            now=NOW,
        )
    assert caught.value.code == "linked_data.invalid"
    assert "protected term redefinition" in caught.value.detail


PRESENTATIONS: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "as it is": ({}, "confirmed"),
    "no holder": ({"holder": ...}, "confirmed"),
    "holder object": ({"holder": {"id": HOLDER.did}}, "confirmed"),
    "an id": ({"id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c02"}, "confirmed"),
    "another type": ({"type": [TYPE, "VerifiablePresentation"]}, "confirmed"),
    "one credential, no list": ({"verifiableCredential": old()}, "confirmed"),
    "no credential": ({"verifiableCredential": ...}, "confirmed"),
    "holder a stranger": ({"holder": "did:example:stranger"}, "binding.holder_mismatch /holder"),
}


@pytest.mark.parametrize("base", [V1, V2])
@pytest.mark.parametrize(("members", "said"), PRESENTATIONS.values(), ids=PRESENTATIONS.keys())
async def test_presentation(members: dict[str, Any], said: str, base: str) -> None:
    whole = presentation(HOLDER, old()) | {"@context": [V1, INTEGRITY] if base == V1 else [V2]} | members
    document: Any = {name: value for name, value in whole.items() if value is not ...}
    inside = document.get("verifiableCredential")
    if isinstance(inside, dict):
        document["verifiableCredential"] = await secured({**inside, "@context": [V1, INTEGRITY]}, SIGNER)
    elif inside:
        document["verifiableCredential"] = [await secured({**item, "@context": [V1, INTEGRITY]}, SIGNER) for item in inside]
    document = await secured(document, HOLDER, purpose="authentication", more={"challenge": "c", "domain": "d"})
    report = await verifier().verify_presentation(document, now=NOW, challenge="c", domain="d")
    assert ("confirmed" if report.verified else f"{report.problems[0].code} {report.problems[0].pointer}") == said


async def test_a_date_without_offset_is_read_as_utc_by_a_verifier() -> None:
    document = await secured({**old(issuanceDate="2026-06-15T09:00:00"), "@context": [V1, INTEGRITY]}, SIGNER)
    report = await verifier().verify_credential(document, now=NOW)
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == [("time.no_offset", "/issuanceDate")]


async def test_terms_of_use_of_a_presentation_are_of_2_0() -> None:
    async def judged(base: list[Any], **terms: Any) -> tuple[str, str] | None:
        document: Any = presentation(HOLDER) | {"@context": base, "termsOfUse": terms}
        document = await secured(document, HOLDER, purpose="authentication")
        report = await verifier().verify_presentation(document, now=NOW)
        return None if report.verified else (report.problems[0].code, report.problems[0].pointer)

    assert await judged([V2], type=TYPE) is None
    assert await judged([V2], id="did:example:t") == ("model.member_missing", "/termsOfUse/type")
    with pytest.raises(AtestoError, match=r"linked_data\.undefined_term"):
        await judged([V1, INTEGRITY], type=TYPE)
