"""Badges in tokens, issued: the exact header and claims, RS256 among the algorithms; a claim without its content is refused."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from atesto.adapters.signers.software import SoftwareSigner
from atesto.custody.lifecycle import create_key, name_under
from atesto.custody.publication import OwnDocuments, published_keys, token_method
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError
from atesto.issuance.issue import Issuer
from atesto.issuance.lint import _kept_key
from atesto.issuance.securing import JWT
from atesto.keys.jwk import parse_public_jwk
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did
from atesto.proofs.jose.token import parse_token
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.memory_key_store import MemoryKeyStore
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, verifier
from tests.simulators.signed_badges import START, badge, endorsement, noticed, older

SIGNER: Final = MemorySigner.numbered(81)
RSA: Final = MemorySigner(PrivateKey.generate("RSA", bits=2_048))
WEB: Final = Did("did:web:issuer.example")
IDENTITY: Final = {
    "type": "IdentityObject",
    "hashed": True,
    "identityHash": "sha256$" + "0" * 64,
    "identityType": "emailAddress",
    "salt": "s",
}


def issuer(signer: Any = SIGNER) -> Issuer:
    return Issuer("badges", signer.did, signer, JWT, verifier(), MemoryLedger())


async def issued(document: Any, signer: Any = SIGNER) -> Any:
    envelope: Any = await issuer(signer).issue(document, now=NOW)
    address = envelope["id"]
    assert address.startswith("data:application/jwt,")
    return parse_token(address.partition(",")[2])


@pytest.mark.parametrize(
    ("signer", "alg"),
    [(RSA, "RS256"), (MemorySigner.numbered(81, "P-256"), "ES256"), (SIGNER, "EdDSA"), (MemorySigner.numbered(81, "P-384"), "ES384")],
)
async def test_a_badge_is_issued_and_verifies(signer: Any, alg: str) -> None:
    document = badge(signer, validUntil="2027-06-15T09:00:00Z")
    token = await issued(document, signer)
    assert token.header == {"alg": alg, "kid": signer.verification_method, "typ": "JWT"}
    said = {
        "iss": signer.did,
        "sub": "did:example:learner",
        "jti": document["id"],
        "nbf": START,
        "exp": START + 365 * 86_400,
        "iat": int(NOW.timestamp()),
    }
    assert token.payload == {**document, **said}
    report = await verifier().verify_credential(token.text, now=NOW)
    assert (report.verified, noticed(report)) == (True, ()), report.problems


async def test_endorsements_too_and_version_1_1_in_its_wrapper() -> None:
    assert (await issued(endorsement(SIGNER))).payload["jti"] == endorsement(SIGNER)["id"]
    old = older(badge(SIGNER))
    token = await issued(old)
    assert (token.header["typ"], token.payload["vc"], token.payload["nbf"]) == ("JWT", old, START)


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        (badge(SIGNER, subject={"id": ..., "identifier": [IDENTITY]}), "token.claim_missing", "/credentialSubject/id"),
        # What every badge must have is demanded before its token is.
        (badge(SIGNER, id=...), "issue.profile", "/id"),
        (badge(SIGNER, validFrom=...), "issue.profile", "/validFrom"),
        (badge(SIGNER, validFrom="2026-06-15T09:00:00.5Z"), "token.claim_malformed", "/validFrom"),
        (badge(SIGNER, validUntil="2027-06-15T09:00:00.5Z"), "token.claim_malformed", "/validUntil"),
        (badge(SIGNER, jti="urn:uuid:other"), "token.claims_differ", "/jti"),
    ],
)
async def test_what_a_claim_could_not_repeat_is_refused(document: Any, code: str, pointer: str) -> None:
    with pytest.raises(AtestoError) as caught:
        await issuer().issue(document, now=NOW)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


async def test_under_did_web_the_jwk_set_names_the_key_of_the_token() -> None:
    """As a verifier of badges elsewhere finds it: by the DID's document, and by the JWK Set at the well-known address."""
    store = MemoryKeyStore()
    record = create_key(store, PrivateKey.generate("RSA", bits=2_048), now=NOW, naming=name_under(WEB))
    own = OwnDocuments(store)
    signer = SoftwareSigner(store, record.key_id, verification_method=token_method(record))
    here = Issuer("badges", WEB, signer, JWT, verifier(resolver=Resolver(own)), MemoryLedger())
    document = badge(SIGNER, issuer={"id": WEB, "type": ["Profile"], "name": "Harbour College"})
    envelope: Any = await here.issue(document, now=NOW)
    token = parse_token(envelope["id"].partition(",")[2])
    fetcher = MemoryFetcher({"https://issuer.example/.well-known/did.json": own[WEB]})
    report = await verifier(resolver=Resolver(fetcher=fetcher)).verify_credential(token.text, now=NOW)
    assert report.verified, report.problems
    keys: Any = published_keys(store)
    (named,) = [key for key in keys["keys"] if key["kid"] == token.key_id]
    assert (parse_public_jwk(named), named["iss"]) == (record.public_key, WEB)
    json.dumps(keys)


async def test_the_key_of_the_lint_is_kept_apart_and_signs_nothing_that_leaves() -> None:
    token = await issued(badge(RSA), RSA)
    kept = _kept_key("RSA")
    assert kept.public_key != RSA.public_key
    with pytest.raises(AtestoError):
        kept.public_key.verify(token.signature, token.signing_input, jws_algorithm="RS256")
