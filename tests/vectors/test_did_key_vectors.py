"""The published did:key vectors: key material and relationships compared, the types of 2021 put aside; other kinds refused by name.

The vectors derive a key for key agreement; this node does not, so `keyAgreement` is the one relationship that is left out.
"""

from __future__ import annotations

from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from atesto.dids.did_url import parse_did
from atesto.dids.document import RELATIONSHIPS, verification_method
from atesto.dids.methods.key import did_key, resolve_did_key
from atesto.encoding.base64url import decode_base64url
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import UnsupportedFeature
from atesto.keys.jwk import parse_public_jwk, public_jwk
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey
from tests.reference_data import reference

COUNTS = {"bls12381": 4, "ed25519-x25519": 5, "nist-curves": 2, "rsa": 1, "secp256k1": 6}
MEMBERS = {
    "bls12381": {"didDocument", "verificationKeyPair"},
    "ed25519-x25519": {"didDocument", "verificationKeyPair", "keyAgreementKeyPair", "seed"},
    "nist-curves": {"didDocument", "verificationMethod"},
    "rsa": {"didDocument", "publicKeyJwk", "privateKeyJwk"},
    "secp256k1": {"didDocument", "verificationKeyPair", "seed"},
}
UNSUPPORTED_NAMES = {"bls12381": "bls12_381"}


def load(name: str) -> dict[str, dict[str, Any]]:
    vectors: Any = parse_json_object(reference("vectors", "did-key", name + ".json").read_bytes())
    assert len(vectors) == COUNTS[name], f"{name} has another number of vectors than it had"
    for did, vector in vectors.items():
        assert vector.keys() <= MEMBERS[name], f"{did} has unknown members"
    return dict(vectors)


VECTORS = {name: load(name) for name in COUNTS}


def test_no_vector_file_is_left_out() -> None:
    assert {path.stem for path in reference("vectors", "did-key").glob("*.json")} == set(COUNTS)


def assert_same_document(did: str, published: dict[str, Any], key: PublicKey) -> None:
    assert did_key(key) == did
    document = resolve_did_key(parse_did(did))
    method_id = did + "#" + did.removeprefix("did:key:")
    assert published["id"] == document["id"] == did
    assert published["verificationMethod"][0]["id"] == method_id
    assert published["verificationMethod"][0]["controller"] == did
    assert verification_method(document, method_id).public_key == key
    for relationship in RELATIONSHIPS:
        if relationship != "keyAgreement":
            assert document[relationship] == published[relationship] == [method_id]
    assert "keyAgreement" not in document


@pytest.mark.parametrize("did", VECTORS["ed25519-x25519"])
def test_ed25519(did: str) -> None:
    vector = VECTORS["ed25519-x25519"][did]
    pair = vector["verificationKeyPair"]
    if "publicKeyJwk" in pair:
        key = parse_public_jwk(pair["publicKeyJwk"])
    else:
        key = PublicKey("Ed25519", base58.b58decode(pair["publicKeyBase58"]))
    assert PrivateKey.from_seed("Ed25519", bytes.fromhex(vector["seed"])).public_key == key
    assert_same_document(did, vector["didDocument"], key)


@pytest.mark.parametrize("did", VECTORS["ed25519-x25519"])
def test_x25519_key_of_the_document_is_refused(did: str) -> None:
    vector = VECTORS["ed25519-x25519"][did]
    with pytest.raises(UnsupportedFeature, match="x25519-pub") as caught:
        resolve_did_key(parse_did("did:key:" + vector["keyAgreementKeyPair"]["id"].rpartition("#")[2]))
    assert caught.value.code == "key.unsupported"


@pytest.mark.parametrize("did", VECTORS["nist-curves"])
def test_nist_curve(did: str) -> None:
    vector = VECTORS["nist-curves"][did]
    method = vector["verificationMethod"]
    if "publicKeyJwk" in method:
        key = parse_public_jwk(method["publicKeyJwk"])
        secret = PrivateKey.from_seed(key.algorithm, decode_base64url(method["privateKeyJwk"]["d"]))
    else:
        key = PublicKey("P-256", base58.b58decode(method["publicKeyBase58"]))
        secret = PrivateKey.from_seed("P-256", base58.b58decode(method["privateKeyBase58"]))
    assert secret.public_key == key
    assert_same_document(did, vector["didDocument"], key)


@pytest.mark.parametrize("did", VECTORS["secp256k1"])
def test_secp256k1(did: str) -> None:
    vector = VECTORS["secp256k1"][did]
    pair = vector["verificationKeyPair"]
    if "publicKeyJwk" in pair:
        key = parse_public_jwk(pair["publicKeyJwk"])
    else:
        key = PublicKey("secp256k1", base58.b58decode(pair["publicKeyBase58"]))
    assert ("seed" in vector) == ("publicKeyBase58" in pair)
    if "seed" in vector:
        point = ec.derive_private_key(int(vector["seed"], 16), ec.SECP256K1()).public_key().public_numbers()
        assert key.coordinates() == (point.x, point.y)
    assert_same_document(did, vector["didDocument"], key)


@pytest.mark.parametrize("did", VECTORS["rsa"])
def test_rsa(did: str) -> None:
    vector = VECTORS["rsa"][did]
    key = parse_public_jwk(vector["publicKeyJwk"])
    assert public_jwk(key) == vector["publicKeyJwk"]
    assert_same_document(did, vector["didDocument"], key)


@pytest.mark.parametrize(("name", "did"), [(name, did) for name in UNSUPPORTED_NAMES for did in VECTORS[name]])
def test_other_kinds_are_refused_by_name(name: str, did: str) -> None:
    with pytest.raises(UnsupportedFeature, match=UNSUPPORTED_NAMES[name]) as caught:
        resolve_did_key(parse_did(did))
    assert caught.value.code == "key.unsupported"
