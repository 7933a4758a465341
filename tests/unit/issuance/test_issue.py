"""Issuing: what the caller may not choose, the order of the steps, and what happens when one of them fails."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
from typing import Any

import pytest

from atesto.encoding.jcs import canonicalize_json
from atesto.errors import AtestoError, CustodyError, StorageError
from atesto.issuance.present import prove_presentation
from atesto.proofs.suites import SUITES
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, issuer, presentation, secured, verifier

SIGNER = MemorySigner.numbered(1)
OTHER = MemorySigner.numbered(2)


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
async def test_a_credential_is_issued_recorded_and_verifies(suite: str) -> None:
    ledger = MemoryLedger()
    asked = credential(SIGNER)
    before = copy.deepcopy(asked)
    issued: Any = await issuer(SIGNER, suite, ledger=ledger).issue(asked, now=NOW)
    assert asked == before
    assert {name: value for name, value in issued.items() if name != "proof"} == asked
    assert issued["proof"]["cryptosuite"] == suite
    assert issued["proof"]["created"] == "2026-06-15T12:00:00Z"
    assert issued["proof"]["verificationMethod"] == SIGNER.verification_method
    assert issued["proof"]["proofPurpose"] == "assertionMethod"
    assert (await verifier().verify_credential(issued, now=NOW)).verified
    assert [(kind, name) for kind, name, _ in ledger.entries] == [("intent", asked["id"]), ("issued", asked["id"])]
    assert ledger.entries[1][2] == hashlib.sha256(canonicalize_json(issued)).hexdigest()
    assert ledger.entries[0][2] != ledger.entries[1][2]


async def test_a_credential_without_id_is_issued() -> None:
    ledger = MemoryLedger()
    issued = await issuer(SIGNER, ledger=ledger).issue(credential(SIGNER, id=...), now=NOW)
    assert "id" not in issued
    assert ledger.entries[0][1] == ""


async def test_version_1_1_gets_the_data_integrity_context_once() -> None:
    old = credential(
        SIGNER, context=["https://www.w3.org/2018/credentials/v1"], validFrom=..., name=..., issuanceDate="2026-06-15T09:00:00Z",
        credentialSubject={"id": "did:example:learner"}, evidence={"id": "urn:e:1", "type": "https://example.org/Evidence"},
    )  # fmt: skip
    issued = await issuer(SIGNER).issue(old, now=NOW)
    assert issued["@context"] == ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2"]
    again = await issuer(SIGNER).issue({**old, "@context": issued["@context"]}, now=NOW)
    assert again["@context"] == issued["@context"]


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "another issuer": ({"issuer": OTHER.did}, "issue.foreign_issuer", "/issuer"),
    "another issuer as object": ({"issuer": {"id": OTHER.did}}, "issue.foreign_issuer", "/issuer"),
    "no issuer": ({"issuer": ...}, "model.member_missing", "/issuer"),
    "a proof": ({"proof": {}}, "issue.already_secured", "/proof"),
    "a status entry": (
        {
            "credentialStatus": {
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": "https://example.org/l",
            }
        },
        "issue.status_not_allowed",
        "/credentialStatus",
    ),
    "a status list": ({"type": ["VerifiableCredential", "BitstringStatusListCredential"]}, "issue.status_not_allowed", "/type"),
    "a status list by its IRI": (
        {"type": ["VerifiableCredential", "https://www.w3.org/ns/credentials/status#BitstringStatusListCredential"]},
        "issue.status_not_allowed",
        "/type",
    ),
    "an old status list by its IRI": (
        {"type": ["VerifiableCredential", "https://w3id.org/vc/status-list/StatusList2021Credential"]},
        "issue.status_not_allowed",
        "/type",
    ),
    "a date without offset": ({"validFrom": "2026-06-15T09:00:00"}, "time.malformed", "/validFrom"),
    "an inverted period": ({"validUntil": "2026-06-01T00:00:00Z"}, "time.inverted", "/validUntil"),
    "an expired period": ({"validUntil": "2026-06-15T10:00:00Z"}, "time.expired", "/validUntil"),
    "an unknown context": (
        {"context": ["https://www.w3.org/ns/credentials/v2", "https://example.com/x"]},
        "context.unknown",
        "/@context/1",
    ),
    "an undefined term": ({"degree": "PhD"}, "linked_data.undefined_term", "/degree"),
    "a null": ({"description": None}, "model.member_malformed", "/description"),
    "a null claim": ({"credentialSubject": {"id": "did:example:l", "name": None}}, "linked_data.dropped_value", "/credentialSubject/name"),
    "a relative subject": ({"credentialSubject": {"id": "student-7", "name": "N"}}, "model.id_malformed", "/credentialSubject/id"),
    "no subject": ({"credentialSubject": ...}, "model.member_missing", "/credentialSubject"),
}


@pytest.mark.parametrize(("members", "code", "pointer"), REFUSED.values(), ids=REFUSED.keys())
async def test_refused_before_anything_is_recorded(members: dict[str, Any], code: str, pointer: str) -> None:
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await issuer(SIGNER, ledger=ledger).issue(credential(SIGNER, **members), now=NOW)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert caught.value.entry.http_status == 400
    assert ledger.entries == []


async def test_a_credential_may_be_issued_ahead_of_its_first_day() -> None:
    issued = await issuer(SIGNER).issue(credential(SIGNER, validFrom="2027-01-01T00:00:00Z", validUntil="2028-01-01T00:00:00Z"), now=NOW)
    assert issued["validFrom"] == "2027-01-01T00:00:00Z"


async def test_an_interop_issuer_signs_inline_contexts() -> None:
    inline = credential(SIGNER, context=["https://www.w3.org/ns/credentials/v2", {"motto": "urn:x:motto"}], motto="Sapere aude")
    issued = await issuer(SIGNER, policy="interop").issue(inline, now=NOW)
    assert issued["motto"] == "Sapere aude"
    with pytest.raises(AtestoError, match=r"context\.inline"):
        await issuer(SIGNER).issue(inline, now=NOW)


@pytest.mark.parametrize(("fail_on", "left"), [("intent", []), ("issued", ["intent"])])
async def test_nothing_leaves_when_the_record_fails(fail_on: str, left: list[str]) -> None:
    ledger = MemoryLedger(fail_on=fail_on)
    with pytest.raises(StorageError):
        await issuer(SIGNER, ledger=ledger).issue(credential(SIGNER), now=NOW)
    assert [kind for kind, _, _ in ledger.entries] == left


class _Faulty(MemorySigner):
    """A token that returns a wrong byte."""

    async def sign(self, data: bytes) -> bytes:
        signature = self.key.sign(data)
        return signature[:-1] + bytes([signature[-1] ^ 1])


async def test_a_faulty_signature_is_never_released() -> None:
    ledger = MemoryLedger()
    with pytest.raises(CustodyError) as caught:
        await issuer(_Faulty(SIGNER.key), ledger=ledger).issue(credential(SIGNER), now=NOW)
    assert caught.value.code == "issue.signed_differs"
    assert [kind for kind, _, _ in ledger.entries] == ["intent"]


async def test_what_is_signed_is_what_was_linted() -> None:
    class Meddling(MemoryLedger):
        async def record_intent(self, **entry: Any) -> None:
            await super().record_intent(**entry)
            asked["name"] = "Something else"

    asked = credential(SIGNER)
    ledger = Meddling()
    with pytest.raises(CustodyError) as caught:
        await issuer(SIGNER, ledger=ledger).issue(asked, now=NOW)
    assert caught.value.code == "issue.signed_differs"
    assert [kind for kind, _, _ in ledger.entries] == ["intent"]


async def test_the_key_must_fit_the_suite() -> None:
    with pytest.raises(AtestoError) as caught:
        await issuer(SIGNER, "ecdsa-rdfc-2019").issue(credential(SIGNER), now=NOW)
    assert caught.value.code == "proof.key_mismatch"


async def test_a_presentation_is_proven() -> None:
    inner = await secured(credential(OTHER), OTHER)
    proven: Any = await prove_presentation(
        presentation(SIGNER, inner), signer=SIGNER, suite=SUITES["eddsa-rdfc-2022"], verifier=verifier(), now=NOW, challenge="c", domain="d"
    )
    assert (proven["proof"]["proofPurpose"], proven["proof"]["challenge"], proven["proof"]["domain"]) == ("authentication", "c", "d")
    assert (await verifier().verify_presentation(proven, now=NOW, challenge="c", domain="d")).verified
    bare: Any = await prove_presentation(presentation(None), signer=SIGNER, suite=SUITES["eddsa-jcs-2022"], verifier=verifier(), now=NOW)
    assert "challenge" not in bare["proof"]
    assert "domain" not in bare["proof"]


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"holder": OTHER.did}, "binding.holder_mismatch", "/holder"),
        ({"proof": {}}, "issue.already_secured", "/proof"),
        ({"@context": ["https://www.w3.org/ns/credentials/v2", {"a": "urn:a:b"}]}, "context.inline", "/@context/1"),
        ({"type": "x"}, "model.type_missing", "/type"),
        ({"note": "x"}, "linked_data.undefined_term", "/note"),
    ],
)
async def test_a_presentation_is_refused(members: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(AtestoError) as caught:
        await prove_presentation(
            {**presentation(SIGNER), **members}, signer=SIGNER, suite=SUITES["eddsa-rdfc-2022"], verifier=verifier(), now=NOW
        )
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_an_issuer_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        issuer(SIGNER).name = "x"  # type: ignore[misc]
