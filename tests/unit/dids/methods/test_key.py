"""did:key documents and refusals."""

from __future__ import annotations

import pytest

from atesto.dids.did_url import parse_did
from atesto.dids.methods.key import did_key, did_key_method, resolve_did_key
from atesto.encoding.multibase import encode_base58btc
from atesto.errors import AtestoError
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did

MULTIKEY = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
DID = "did:key:" + MULTIKEY


def test_document_of_the_zero_seed() -> None:
    key = PrivateKey.from_seed("Ed25519", bytes(32)).public_key
    assert did_key(key) == DID
    method_id = f"{DID}#{MULTIKEY}"
    assert did_key_method(key) == method_id
    assert resolve_did_key(Did(DID)) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID,
        "verificationMethod": [{"id": method_id, "type": "Multikey", "controller": DID, "publicKeyMultibase": MULTIKEY}],
        "authentication": [method_id],
        "assertionMethod": [method_id],
        "capabilityInvocation": [method_id],
        "capabilityDelegation": [method_id],
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm(algorithm: str) -> None:
    key = PrivateKey.generate(algorithm).public_key
    assert resolve_did_key(parse_did(did_key(key)))["id"] == did_key(key)


REFUSED = {
    "not multibase": ("did:key:abc", "did.invalid"),
    "base64url": ("did:key:u7QEB", "did.invalid"),
    "with version": ("did:key:1.1:" + MULTIKEY, "did.invalid"),
    "colon inside": ("did:key:" + MULTIKEY + ":a", "did.invalid"),
    "outside the alphabet": ("did:key:z0OIl", "did.invalid"),
    "too long": ("did:key:z" + "6" * 1030, "did.invalid"),
    "published case of a wrong length": ("did:key:zTjsVPtY", "key.length"),
    "33 bytes": ("did:key:" + encode_base58btc(b"\xed\x01" + bytes([9]) * 33), "key.length"),
    "over-long varint": ("did:key:" + encode_base58btc(b"\xed\x81\x00" + bytes([9]) * 32), "key.malformed"),
    "X25519": ("did:key:" + encode_base58btc(b"\xec\x01" + bytes([9]) * 32), "key.unsupported"),
    "small order": ("did:key:" + encode_base58btc(b"\xed\x01\x01" + bytes(31)), "key.weak"),
    "off the curve": ("did:key:" + encode_base58btc(b"\x80\x24\x02" + bytes(31) + b"\x01"), "key.malformed"),
    "leading 1": ("did:key:z1" + MULTIKEY[1:], "key.malformed"),
}


@pytest.mark.parametrize(("did", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(did: str, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        resolve_did_key(parse_did(did))
    assert caught.value.code == code
