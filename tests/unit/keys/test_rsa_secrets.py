"""RSA keys of our own: made within bounds, kept in PKCS #8, signing by RS256; what is no such secret is refused."""

from __future__ import annotations

from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from atesto import limits
from atesto.errors import AtestoError
from atesto.keys.private_key import PrivateKey

KEY: Final = PrivateKey.generate("RSA", bits=limits.MIN_RSA_BITS)


def pkcs8(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_a_key_is_what_its_secret_makes_of_it() -> None:
    again = PrivateKey.from_seed("RSA", KEY.seed())
    assert again.public_key == KEY.public_key
    assert again.seed() == KEY.seed()
    assert KEY.public_key.modulus_and_exponent()[0].bit_length() == limits.MIN_RSA_BITS
    assert "secret" not in repr(KEY)


def test_it_signs_by_rs256_and_the_same_each_time() -> None:
    signature = KEY.sign(b"data")
    assert signature == PrivateKey.from_seed("RSA", KEY.seed()).sign(b"data")
    KEY.public_key.verify(signature, b"data")
    KEY.public_key.verify(signature, b"data", jws_algorithm="RS256")
    with pytest.raises(AtestoError) as caught:
        KEY.public_key.verify(signature, b"data", jws_algorithm="PS256")
    assert caught.value.code == "proof.signature_invalid"


@pytest.mark.parametrize(("bits", "code"), [(1_024, "key.weak"), (2_047, "key.weak"), (4_097, "key.malformed"), (8_192, "key.malformed")])
def test_no_other_length_is_made(bits: int, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        PrivateKey.generate("RSA", bits=bits)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        (b"", "key.malformed"),
        (KEY.seed()[:-1], "key.malformed"),
        (KEY.public_key.raw, "key.malformed"),
        (pkcs8(ec.derive_private_key(7, ec.SECP256R1())), "key.malformed"),
        (pkcs8(rsa.generate_private_key(65_537, 1_024)), "key.weak"),
    ],
)
def test_what_is_no_rsa_secret(secret: bytes, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        PrivateKey.from_seed("RSA", secret)
    assert caught.value.code == code
