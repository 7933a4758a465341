"""Wycheproof: Ed25519 and ECDSA signatures, one test a case; JWKs of the JSON Web Key file, each with its reason.

This node judges no case otherwise than the file. Keys that the signature files use must all be accepted as keys.
"""

from __future__ import annotations

from typing import Any

import pytest

from atesto.encoding.multibase import encode_base58btc
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import AtestoError, VerificationError
from atesto.keys.jwk import parse_public_jwk, public_jwk
from atesto.keys.multikey import parse_public_multikey
from atesto.keys.public_key import PublicKey
from tests.reference_data import reference

ED25519, P256, SECP256K1 = "ed25519_test", "ecdsa_secp256r1_sha256_p1363_test", "ecdsa_secp256k1_sha256_p1363_test"
COUNTS = {ED25519: 83, P256: 262, SECP256K1: 252, "json_web_key_test": 26}
GROUP_MEMBERS = {
    "type",
    "source",
    "publicKey",
    "publicKeyDer",
    "publicKeyPem",
    "publicKeyJwk",
    "sha",
    "tests",
    "comment",
    "private",
    "public",
}
TEST_MEMBERS = {"tcId", "comment", "flags", "msg", "sig", "result", "jws"}


def cases(name: str) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Every case by name, with its group. Fails on counts and members that it does not know."""
    file: Any = parse_json_object(reference("vectors", "wycheproof", name + ".json").read_bytes())
    found = {}
    for group in file["testGroups"]:
        assert group.keys() <= GROUP_MEMBERS
        for test in group["tests"]:
            assert test.keys() <= TEST_MEMBERS
            assert test["result"] in {"valid", "invalid"}
            found[f"tc{test['tcId']}-{test['comment'] or 'plain'}"] = (group, test)
    assert len(found) == file["numberOfTests"] == COUNTS[name]
    return found


ED25519_CASES, P256_CASES, SECP256K1_CASES, JWK_CASES = cases(ED25519), cases(P256), cases(SECP256K1), cases("json_web_key_test")


def check(key: PublicKey, test: dict[str, Any]) -> None:
    message, signature = bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"])
    if test["result"] == "valid":
        key.verify(signature, message)
        return
    with pytest.raises(VerificationError) as caught:
        key.verify(signature, message)
    assert caught.value.code == "proof.signature_invalid"


@pytest.mark.parametrize(("group", "test"), ED25519_CASES.values(), ids=ED25519_CASES)
def test_ed25519(group: dict[str, Any], test: dict[str, Any]) -> None:
    check(PublicKey("Ed25519", bytes.fromhex(group["publicKey"]["pk"])), test)


@pytest.mark.parametrize(("group", "test"), P256_CASES.values(), ids=P256_CASES)
def test_p256(group: dict[str, Any], test: dict[str, Any]) -> None:
    point = bytes.fromhex(group["publicKey"]["uncompressed"])
    check(PublicKey("P-256", bytes([2 + (point[-1] & 1)]) + point[1:33]), test)


@pytest.mark.parametrize(("group", "test"), SECP256K1_CASES.values(), ids=SECP256K1_CASES)
def test_secp256k1(group: dict[str, Any], test: dict[str, Any]) -> None:
    point = bytes.fromhex(group["publicKey"]["uncompressed"])
    check(PublicKey("secp256k1", bytes([2 + (point[-1] & 1)]) + point[1:33]), test)


@pytest.mark.parametrize("name", [ED25519, P256, SECP256K1])
def test_every_published_jwk_is_the_key_of_its_group(name: str) -> None:
    groups = {group["publicKeyDer"]: group for group, _ in cases(name).values()}
    with_jwk = [group for group in groups.values() if "publicKeyJwk" in group]
    assert len(with_jwk) > 20
    for group in with_jwk:
        jwk = group["publicKeyJwk"]
        assert public_jwk(parse_public_jwk(jwk)) == {name: jwk[name] for name in ("crv", "kty", "x", "y") if name in jwk}


def test_secp256k1_multikeys_are_read() -> None:
    groups = {group["publicKeyDer"]: group for group, _ in cases(SECP256K1).values()}
    assert len(groups) > 50
    for group in groups.values():
        point = bytes.fromhex(group["publicKey"]["uncompressed"])
        key = parse_public_multikey(encode_base58btc(b"\xe7\x01" + bytes([2 + (point[-1] & 1)]) + point[1:33]))
        assert key.coordinates() == (int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big"))


# The file offers keys that must not be taken, but for two; the JWS around them is judged in test_wycheproof_jws.
JWK_REASONS = {
    "wrong_algorithm": ("key.malformed", "/alg"),
    "invalid_algorithm": ("key.malformed", "/alg"),
    "invalid_use": ("key.malformed", "/use"),
    "invalid_point": ("key.malformed", "/y"),
    "wrong_curve": ("key.malformed", "/alg"),
    "wrong_kty": ("key.malformed", "/alg"),
    "rs256": ("key.malformed", "/use"),
    "jws_rsa_roca_key": ("key.weak", ""),
    "keysize_too_small": ("key.weak", ""),
    "exponentOne": ("key.weak", ""),
}


@pytest.mark.parametrize(("group", "test"), JWK_CASES.values(), ids=JWK_CASES)
def test_json_web_key(group: dict[str, Any], test: dict[str, Any]) -> None:
    for jwk in group["private"]["keys"]:
        if group["comment"] == "jws_mixedSymmetryKeyset" and jwk["kty"] == "EC":
            # The one ordinary key of the file: a public P-256 key beside the symmetric one, which alone is refused.
            assert parse_public_jwk(jwk).algorithm == "P-256"
            continue
        with pytest.raises(AtestoError) as caught:
            parse_public_jwk(jwk)
        assert caught.value.code == "key.weak"
    assert ("public" in group) == (group["comment"] in JWK_REASONS)
    for jwk in group.get("public", {"keys": []})["keys"]:
        if test["comment"] == "acceptsValid":
            assert parse_public_jwk(jwk).algorithm == "RSA"
            continue
        with pytest.raises(AtestoError) as caught:
            parse_public_jwk(jwk)
        assert (caught.value.code, caught.value.pointer) == JWK_REASONS[group["comment"]]
