"""Issuing in tokens: the same order as for proofs, an envelope as the result, and nothing in it that would be lost."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from atesto import limits
from atesto.credentials.received import as_object, readable, received_document, received_token, token_text
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import AtestoError, CustodyError, StorageError
from atesto.issuance.issue import Issuer
from atesto.issuance.securing import JWT
from atesto.proofs.jose.token import parse_token
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, verifier
from tests.simulators.tokens import GONE, ec_signer, token

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

SIGNER = MemorySigner.numbered(1)
OLDER: dict[str, Any] = {
    "@context": ["https://www.w3.org/2018/credentials/v1"],
    "id": "urn:uuid:9d3b1a52-4a4b-4a3e-9d0c-0a6f9a1f2b11",
    "type": ["VerifiableCredential"],
    "issuer": {"id": SIGNER.did},
    "issuanceDate": "2026-06-15T09:00:00.250Z",
    "expirationDate": "2036-06-15T09:00:00Z",
    "credentialSubject": {"id": "did:example:learner"},
}


def issuer(signer: Any = SIGNER, *, policy: str = "strict", ledger: MemoryLedger | None = None) -> Issuer:
    return Issuer("jwt", signer.did, signer, JWT, verifier(policy), ledger or MemoryLedger())


def token_of(envelope: JsonObject, media_type: str) -> str:
    assert set(envelope) == {"@context", "type", "id"}
    assert envelope["@context"] == ["https://www.w3.org/ns/credentials/v2"]
    assert envelope["type"] == "EnvelopedVerifiableCredential"
    address = envelope["id"]
    assert isinstance(address, str)
    assert address.startswith(f"data:{media_type},")
    return address.partition(",")[2]


@pytest.mark.parametrize(("algorithm", "alg"), [("Ed25519", "EdDSA"), ("P-256", "ES256"), ("P-384", "ES384")])
async def test_a_credential_is_issued_recorded_and_verifies(algorithm: str, alg: str) -> None:
    signer, ledger = MemorySigner.numbered(1, algorithm), MemoryLedger()
    asked = credential(signer)
    before = copy.deepcopy(asked)
    issued = await issuer(signer, ledger=ledger).issue(asked, now=NOW)
    assert asked == before
    said = parse_token(token_of(issued, "application/vc+jwt"))
    assert said.header == {"alg": alg, "cty": "vc", "kid": signer.verification_method, "typ": "vc+jwt"}
    assert said.payload == {**asked, "iat": int(NOW.timestamp())}
    report = await verifier().verify_credential(issued, now=NOW)
    assert report.verified
    assert report.findings == ()
    assert [(kind, name) for kind, name, _ in ledger.entries] == [("intent", asked["id"]), ("issued", asked["id"])]
    assert ledger.entries[0][2] == hashlib.sha256(said.signing_input).hexdigest()
    assert ledger.entries[1][2] == hashlib.sha256(canonicalize_json(issued)).hexdigest()
    assert readable(issued) == said.payload
    assert readable(asked) is asked


async def test_vcdm_1_1_is_issued_as_its_own_jwt() -> None:
    issued = await issuer().issue(OLDER, now=NOW)
    text = token_of(issued, "application/jwt")
    said = parse_token(text)
    assert said.header == {"alg": "EdDSA", "kid": SIGNER.verification_method, "typ": "JWT"}
    assert said.payload == {
        "iss": SIGNER.did,
        "sub": "did:example:learner",
        "jti": OLDER["id"],
        "nbf": 1_781_514_000,
        "exp": 2_097_133_200,
        "iat": int(NOW.timestamp()),
        "vc": OLDER,
    }
    assert (await verifier().verify_credential(issued, now=NOW)).verified
    assert (await verifier().verify_credential(text, now=NOW)).verified
    assert readable(issued) == OLDER
    assert as_object(text) == issued
    several = {**OLDER, "issuer": SIGNER.did, "credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]}
    del several["expirationDate"]
    payload = parse_token(token_of(await issuer().issue(several, now=NOW), "application/jwt")).payload
    assert payload.keys() == {"iss", "jti", "nbf", "iat", "vc"}


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"issuer": "did:example:other"}, "issue.foreign_issuer", "/issuer"),
        ({"proof": {}}, "issue.already_secured", "/proof"),
        ({"motto": "Sapere aude"}, "linked_data.undefined_term", "/motto"),
        ({"type": ["VerifiableCredential", "Doctorate"]}, "linked_data.undefined_type", "/type/1"),
        ({"name": None}, "model.member_malformed", "/name"),
        ({"validUntil": "2026-06-15T11:59:59Z"}, "time.expired", "/validUntil"),
        ({"context": ["https://www.w3.org/ns/credentials/v2", {"a": "urn:a:b"}]}, "context.inline", "/@context/1"),
    ],
)
async def test_what_is_refused_is_neither_signed_nor_recorded(members: dict[str, Any], code: str, pointer: str) -> None:
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await issuer(ledger=ledger).issue(credential(SIGNER, **members), now=NOW)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert ledger.entries == []


@pytest.mark.parametrize("claim", ["iat", "exp", "iss"])
async def test_claims_of_the_token_are_the_issuer_s(claim: str) -> None:
    examples = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
    with pytest.raises(AtestoError) as caught:
        await issuer(policy="interop").issue(credential(SIGNER, context=examples, **{claim: 1}), now=NOW)
    assert (caught.value.code, caught.value.pointer) == ("token.claims_differ", f"/{claim}")


async def test_a_signer_that_signs_something_else_is_caught() -> None:
    class Faulty(MemorySigner):
        async def sign(self, data: bytes) -> bytes:
            return self.key.sign(data + b"x")

    ledger = MemoryLedger()
    with pytest.raises(CustodyError) as caught:
        await issuer(Faulty(SIGNER.key), ledger=ledger).issue(credential(SIGNER), now=NOW)
    assert caught.value.code == "issue.signed_differs"
    assert [kind for kind, *_ in ledger.entries] == ["intent"]


@pytest.mark.parametrize("step", ["intent", "issued"])
async def test_what_cannot_be_recorded_is_not_released(step: str) -> None:
    with pytest.raises(StorageError):
        await issuer(ledger=MemoryLedger(fail_on=step)).issue(credential(SIGNER), now=NOW)


async def test_keys_that_only_verify_do_not_issue() -> None:
    signer = ec_signer("ES512")
    with pytest.raises(AtestoError) as caught:
        await issuer(signer).issue(credential(SIGNER, issuer=signer.did), now=NOW)
    assert caught.value.code == "key.unsupported"


async def test_a_token_is_no_longer_than_a_verifying_door_takes() -> None:
    long = {"description": "x" * 770_000}
    issued = await issuer().issue(credential(SIGNER, **long), now=NOW)
    assert len(json.dumps({"verifiableCredential": issued})) < limits.MAX_JSON_BYTES
    assert (await verifier().verify_credential(issued, now=NOW)).verified
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await issuer(ledger=ledger).issue(credential(SIGNER, description="x" * 800_000), now=NOW)
    assert (caught.value.code, ledger.entries) == ("encoding.too_long", [])


async def test_a_credential_ahead_of_its_day_is_issued() -> None:
    later = credential(SIGNER, validFrom="2027-01-01T00:00:00Z")
    assert (await verifier().verify_credential(await issuer().issue(later, now=NOW), now=NOW)).problems[0].code == "time.not_yet_valid"


async def test_what_was_handed_over_is_told_apart() -> None:
    plain = await token(credential(SIGNER), SIGNER)
    shown = await token({}, SIGNER, kind="presentation")
    older = await token({"vp": {}}, SIGNER, typ=GONE)
    assert [received_token(text)[0] for text in (plain, shown, older)] == ["credential", "presentation", "presentation"]
    assert received_token(plain)[1] == plain
    assert as_object(plain)["id"] == f"data:application/vc+jwt,{plain}"
    envelope = as_object(plain)
    assert as_object(envelope) is envelope
    assert received_document(envelope) == ("credential", envelope)
    assert received_document({"verifiableCredential": plain}) == ("credential", plain)
    assert received_document({"verifiablePresentation": shown}) == ("presentation", shown)
    assert received_document({"type": "EnvelopedVerifiablePresentation"})[0] == "presentation"
    assert token_text(b"\n " + plain.encode() + b"\n") == plain
    assert token_text(b'{"a": 1}') is None
    assert token_text(b"a b") is None
    assert dataclasses.asdict(JWT) == {"name": "jwt"}
