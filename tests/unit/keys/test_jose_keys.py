"""Keys that only verify tokens: P-521, secp256k1 and RSA, as JWK and Multikey, from generated keys, and what is refused of RSA."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from atesto import limits
from atesto.dids.methods.key import did_key, did_key_method, resolve_did_key
from atesto.encoding.base64url import encode_base64url
from atesto.encoding.multibase import encode_base58btc
from atesto.errors import AtestoError
from atesto.keys.algorithms import ALGORITHMS, JOSE_ALGORITHMS
from atesto.keys.jwk import jwk_thumbprint, parse_public_jwk, public_jwk
from atesto.keys.multikey import parse_public_multikey, public_multikey
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey
from atesto.keys.rsa import rsa_raw

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

RSA = rsa.generate_private_key(65_537, 2048)
EC = {"P-521": (ec.SECP521R1(), hashes.SHA512()), "secp256k1": (ec.SECP256K1(), hashes.SHA256())}


def number(value: int) -> str:
    return encode_base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def rsa_jwk(**members: Any) -> JsonObject:
    numbers = RSA.public_key().public_numbers()
    return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e), **members}


@pytest.mark.parametrize("name", EC)
def test_ec_keys_verify_and_travel(name: str) -> None:
    curve, hash_algorithm = EC[name]
    private = ec.derive_private_key(7, curve)
    raw = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    key = PublicKey(name, raw)
    assert parse_public_jwk(public_jwk(key)) == key
    assert len(jwk_thumbprint(key)) == 43
    r, s = decode_dss_signature(private.sign(b"data", ec.ECDSA(hash_algorithm)))
    half = JOSE_ALGORITHMS[name].signature_bytes // 2
    signature = r.to_bytes(half, "big") + s.to_bytes(half, "big")
    pickle.loads(pickle.dumps(key)).verify(signature, b"data")
    for changed, data in ((signature, b"date"), (signature[:-1], b"data"), (bytes(2 * half), b"data")):
        with pytest.raises(AtestoError) as caught:
            key.verify(changed, data)
        assert caught.value.code == "proof.signature_invalid"
    with pytest.raises(AtestoError) as caught:
        key.modulus_and_exponent()
    assert caught.value.code == "key.unsupported"


def test_rsa_verifies_with_the_padding_that_is_named_and_no_other() -> None:
    key = parse_public_jwk(rsa_jwk())
    assert key.modulus_and_exponent() == (RSA.public_key().public_numbers().n, 65_537)
    assert public_jwk(key) == rsa_jwk()
    assert len(jwk_thumbprint(key)) == 43
    signatures = {
        "RS256": RSA.sign(b"data", padding.PKCS1v15(), hashes.SHA256()),
        "PS256": RSA.sign(b"data", padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()),
    }
    for algorithm, signature in signatures.items():
        pickle.loads(pickle.dumps(key)).verify(signature, b"data", jws_algorithm=algorithm)
        other = next(name for name in signatures if name != algorithm)
        for changed, named in ((signature, other), (signature[:-1], algorithm), (b"", algorithm)):
            with pytest.raises(AtestoError) as caught:
                key.verify(changed, b"data", jws_algorithm=named)
            assert caught.value.code == "proof.signature_invalid"
    with pytest.raises(AtestoError) as caught:
        key.coordinates()
    assert caught.value.code == "key.unsupported"


REFUSED: dict[str, tuple[JsonObject, str, str]] = {
    "1024 bits": (rsa_jwk(n=number((1 << 1023) + 1)), "key.weak", ""),
    "2047 bits": (rsa_jwk(n=number((1 << 2046) + 1)), "key.weak", ""),
    "4097 bits": (rsa_jwk(n=number((1 << 4096) + 1)), "key.malformed", ""),
    "even": (rsa_jwk(n=number(1 << 2047)), "key.malformed", ""),
    "exponent 1": (rsa_jwk(e="AQ"), "key.weak", ""),
    "exponent 3": (rsa_jwk(e="Aw"), "key.weak", ""),
    "even exponent": (rsa_jwk(e=number(65_538)), "key.malformed", ""),
    "long exponent": (rsa_jwk(e=number((1 << 32) + 1)), "key.malformed", ""),
    "leading zero": (rsa_jwk(e="AAEAAQ"), "key.malformed", "/e"),
    "empty": (rsa_jwk(e=""), "key.malformed", "/e"),
    "no modulus": ({"kty": "RSA", "e": "AQAB"}, "key.malformed", "/n"),
    "padding": (rsa_jwk(e="AQAB="), "key.malformed", "/e"),
    "private": (rsa_jwk(d="AQAB"), "key.weak", "/d"),
    "other algorithm": (rsa_jwk(alg="RS512"), "key.malformed", "/alg"),
    "for encryption": (rsa_jwk(alg="RSA-OAEP"), "key.malformed", "/alg"),
}


@pytest.mark.parametrize(("jwk", "code", "pointer"), REFUSED.values(), ids=REFUSED)
def test_refused_rsa(jwk: JsonObject, code: str, pointer: str) -> None:
    with pytest.raises(AtestoError) as caught:
        parse_public_jwk(jwk)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_an_rsa_key_is_a_subject_public_key_info_with_an_rsa_key() -> None:
    foreign = ec.derive_private_key(7, ec.SECP256R1()).public_key()
    weak = rsa.RSAPublicNumbers(3, RSA.public_key().public_numbers().n).public_key()
    cases = {
        b"": "key.malformed",
        foreign.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo): "key.malformed",
        weak.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo): "key.weak",
    }
    for raw, code in cases.items():
        with pytest.raises(AtestoError) as caught:
            PublicKey("RSA", raw)
        assert caught.value.code == code


# did:key v0.9 section 4.6, the examples of P-521; the JWK stands with the first.
PUBLISHED_P521 = {
    "z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7": {
        "kty": "EC",
        "crv": "P-521",
        "x": "ASUHPMyichQ0QbHZ9ofNx_l4y7luncn5feKLo3OpJ2nSbZoC7mffolj5uy7s6KSKXFmnNWxGJ42IOrjZ47qqwqyS",
        "y": "AW9ziIC4ZQQVSNmLlp59yYKrjRY0_VqO-GOIYQ9tYpPraBKUloEId6cI_vynCzlZWZtWpgOM3HPhYEgawQ703RjC",
    },
    "z2J9gcGdb2nEyMDmzQYv2QZQcM1vXktvy1Pw4MduSWxGabLZ9XESSWLQgbuPhwnXN7zP7HpTzWqrMTzaY5zWe6hpzJ2jnw4f": None,
}


@pytest.mark.parametrize("text", PUBLISHED_P521)
def test_published_p521(text: str) -> None:
    key = parse_public_multikey(text)
    assert (key.algorithm, public_multikey(key)) == ("P-521", text)
    assert PUBLISHED_P521[text] in (None, public_jwk(key))


@pytest.mark.parametrize("name", [*EC, "RSA"])
def test_multikeys_both_ways(name: str) -> None:
    start = {"P-521": "z2J9", "secp256k1": "zQ3s", "RSA": "z4MX"}[name]
    key = parse_public_jwk(rsa_jwk())
    if name in EC:
        private = ec.derive_private_key(7, EC[name][0])
        key = PublicKey(name, private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    text = public_multikey(key)
    assert text.startswith(start)
    assert parse_public_multikey(text) == key
    assert resolve_did_key(did_key(key))["id"] == "did:key:" + text


def pkcs1(modulus: int, exponent: int) -> bytes:
    """An RSAPublicKey, by hand: the library makes none of a weak one. Positive integers, lengths below 65,536."""

    def element(tag: int, content: bytes) -> bytes:
        length = len(content)
        head = bytes([length]) if length < 128 else bytes([0x81, length]) if length < 256 else b"\x82" + length.to_bytes(2, "big")
        return bytes([tag]) + head + content

    def integer(value: int) -> bytes:
        return element(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))

    return element(0x30, integer(modulus) + integer(exponent))


N = RSA.public_key().public_numbers().n
GOOD = pkcs1(N, 65_537)
INFO = RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
REFUSED_MULTIKEYS = {
    "nothing": (b"", "key.malformed"),
    "another structure": (INFO, "key.malformed"),
    "a byte behind": (GOOD + b"\x00", "key.malformed"),
    "a byte short": (GOOD[:-1], "key.malformed"),
    "a longer length": (b"\x30\x83\x00" + GOOD[2:], "key.malformed"),
    "1024 bits": (pkcs1((1 << 1023) + 1, 65_537), "key.weak"),
    "2047 bits": (pkcs1((1 << 2046) + 1, 65_537), "key.weak"),
    "4097 bits": (pkcs1((1 << 4096) + 1, 65_537), "key.malformed"),
    "even": (pkcs1(1 << 2047, 65_537), "key.malformed"),
    "exponent 1": (pkcs1(N, 1), "key.malformed"),
    "exponent 3": (pkcs1(N, 3), "key.weak"),
    "even exponent": (pkcs1(N, 65_538), "key.malformed"),
    "long exponent": (pkcs1(N, (1 << 32) + 1), "key.malformed"),
}


def test_the_rsa_multikey_by_hand_is_the_right_one() -> None:
    assert parse_public_multikey(encode_base58btc(b"\x85\x24" + GOOD)) == parse_public_jwk(rsa_jwk())


@pytest.mark.parametrize(("data", "code"), REFUSED_MULTIKEYS.values(), ids=REFUSED_MULTIKEYS)
def test_refused_rsa_multikeys(data: bytes, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        parse_public_multikey(encode_base58btc(b"\x85\x24" + data))
    assert caught.value.code == code


def test_the_longest_key_of_all_fits() -> None:
    longest = PublicKey("RSA", rsa_raw((1 << 4096) - 5, (1 << 32) - 1))
    assert parse_public_multikey(public_multikey(longest)) == longest
    assert len(did_key_method(longest)) < limits.MAX_URL_CHARACTERS


def test_they_are_not_made_here() -> None:
    assert ALGORITHMS.keys().isdisjoint(JOSE_ALGORITHMS)
    for name in JOSE_ALGORITHMS.keys() - {"RSA"}:
        with pytest.raises(AtestoError) as caught:
            PrivateKey.generate(name)
        assert caught.value.code == "key.unsupported"
