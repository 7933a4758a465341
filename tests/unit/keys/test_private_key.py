"""Making and using private keys, against the vectors printed in RFC 8032 and RFC 6979."""

from __future__ import annotations

import pickle

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from atesto.errors import MalformedInput, UnsupportedFeature
from atesto.keys import private_key as module
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.private_key import PrivateKey

PUBLISHED = {
    "RFC 8032 7.1 TEST 2": (
        "Ed25519",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "RFC 6979 A.2.5 SHA-256 sample": (
        "P-256",
        "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
        "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
        b"sample",
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    ),
    "RFC 6979 A.2.6 SHA-384 sample": (
        "P-384",
        "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
        "02ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13",
        b"sample",
        (
            "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46"
            "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"
        ),
    ),
}


@pytest.mark.parametrize(("algorithm", "secret", "public", "message", "signature"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_signature(algorithm: str, secret: str, public: str, message: bytes, signature: str) -> None:
    key = PrivateKey.from_seed(algorithm, bytes.fromhex(secret))
    assert key.public_key.raw.hex() == public
    assert key.sign(message).hex() == signature
    assert key.seed().hex() == secret


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_generated_keys_differ_and_survive_storage(algorithm: str) -> None:
    key, other = PrivateKey.generate(algorithm), PrivateKey.generate(algorithm)
    assert key.algorithm == key.public_key.algorithm == algorithm
    assert key.public_key != other.public_key
    assert PrivateKey.from_seed(algorithm, key.seed()).public_key == key.public_key


@pytest.mark.parametrize("algorithm", ["P-256", "P-384"])
def test_scalar_stays_within_the_order_and_keeps_its_length(algorithm: str) -> None:
    parameters = ALGORITHMS[algorithm]
    for scalar in (0, parameters.order, parameters.order + 1):
        with pytest.raises(MalformedInput) as caught:
            PrivateKey.from_seed(algorithm, scalar.to_bytes(parameters.secret_bytes, "big"))
        assert caught.value.code == "key.malformed"
    for scalar in (1, parameters.order - 1):
        seed = scalar.to_bytes(parameters.secret_bytes, "big")
        assert PrivateKey.from_seed(algorithm, seed).seed() == seed


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("change", [-1, 1])
def test_secret_of_another_length_is_refused(algorithm: str, change: int) -> None:
    with pytest.raises(MalformedInput) as caught:
        PrivateKey.from_seed(algorithm, bytes(ALGORITHMS[algorithm].secret_bytes + change))
    assert caught.value.code == "key.malformed"


def test_other_algorithms_are_unsupported() -> None:
    with pytest.raises(UnsupportedFeature) as caught:
        PrivateKey.generate("X25519")
    assert caught.value.code == "key.unsupported"
    with pytest.raises(UnsupportedFeature) as caught:
        PrivateKey.from_seed("secp256k1", bytes(32))
    assert caught.value.code == "key.unsupported"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_secret_does_not_show_or_travel(algorithm: str) -> None:
    key = PrivateKey.from_seed(algorithm, b"canary-secret-" + bytes([65]) * (ALGORITHMS[algorithm].secret_bytes - 14))
    shown = repr(key) + str(key) + f"{[key]}"
    assert "canary" not in shown
    assert key.seed().hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_without_deterministic_signing_random_nonces_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ec.ECDSA

    def old_openssl(algorithm: hashes.HashAlgorithm, deterministic_signing: bool = False) -> ec.ECDSA:
        if deterministic_signing:
            raise UnsupportedAlgorithm("not in this OpenSSL")
        return real(algorithm)

    monkeypatch.setattr(ec, "ECDSA", old_openssl)
    scheme = module._signature_scheme(hashes.SHA256())
    assert not scheme.deterministic_signing
