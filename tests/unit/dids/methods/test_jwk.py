"""did:jwk documents and refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from atesto.dids.did_url import parse_did
from atesto.dids.document import verification_method
from atesto.dids.methods.jwk import did_jwk, resolve_did_jwk
from atesto.encoding.base64url import encode_base64url
from atesto.errors import AtestoError
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.jwk import public_jwk
from atesto.keys.private_key import PrivateKey

KEY = PrivateKey.from_seed("P-256", bytes([7]) * 32).public_key


def did_of(jwk: object) -> str:
    return "did:jwk:" + encode_base64url(json.dumps(jwk).encode())


def test_document() -> None:
    did = did_jwk(KEY)
    method_id = did + "#0"
    assert resolve_did_jwk(did) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": [{"id": method_id, "type": "JsonWebKey", "controller": did, "publicKeyJwk": public_jwk(KEY)}],
        "authentication": [method_id],
        "assertionMethod": [method_id],
        "capabilityInvocation": [method_id],
        "capabilityDelegation": [method_id],
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm(algorithm: str) -> None:
    key = PrivateKey.generate(algorithm).public_key
    did = did_jwk(key)
    assert verification_method(resolve_did_jwk(parse_did(did)), did + "#0").public_key == key


def test_published_example() -> None:
    """did:jwk method specification, P-256 example: other members stand, and the JWK is shown as the DID holds it."""
    did = (
        "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5"
        "IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
    )
    method: Any = resolve_did_jwk(parse_did(did))["verificationMethod"]
    assert method[0]["publicKeyJwk"] == {
        "crv": "P-256",
        "kty": "EC",
        "x": "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0",
        "y": "_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE",
    }


REFUSED = {
    "not base64url": ("did:jwk:a.b", "did.invalid"),
    "trailing bits": ("did:jwk:e31", "did.invalid"),
    "not JSON": ("did:jwk:AAAA", "did.invalid"),
    "a list": (did_of([]), "did.invalid"),
    "duplicate member": ("did:jwk:" + encode_base64url(b'{"kty":"EC","kty":"EC"}'), "did.invalid"),
    "empty object": (did_of({}), "key.malformed"),
    "private": (did_of(public_jwk(KEY) | {"d": "AA"}), "key.weak"),
    "symmetric": (did_of({"kty": "oct", "k": "AAAA"}), "key.weak"),
    "for encryption": (did_of(public_jwk(KEY) | {"use": "enc"}), "key.malformed"),
    "X25519": (did_of({"kty": "OKP", "crv": "X25519", "x": "AAAA"}), "key.unsupported"),
}


@pytest.mark.parametrize(("did", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(did: str, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        resolve_did_jwk(parse_did(did))
    assert caught.value.code == code
