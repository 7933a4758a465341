"""What a public key accepts when made, and as a signature."""

from __future__ import annotations

import pickle

import pytest

from atesto.errors import AtestoError, MalformedInput, UnsupportedFeature, VerificationError
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey

P256_PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1


def key_of(algorithm: str) -> PrivateKey:
    return PrivateKey.from_seed(algorithm, bytes([7]) * ALGORITHMS[algorithm].secret_bytes)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_own_signature_verifies_and_others_do_not(algorithm: str) -> None:
    key = key_of(algorithm)
    signature = key.sign(b"text")
    assert len(signature) == ALGORITHMS[algorithm].signature_bytes
    key.public_key.verify(signature, b"text")
    for bad_signature, data in ((signature, b"Text"), (signature, b""), (signature[::-1], b"text")):
        with pytest.raises(VerificationError) as caught:
            key.public_key.verify(bad_signature, data)
        assert caught.value.code == "proof.signature_invalid"
    other = PrivateKey.from_seed(algorithm, bytes([8]) * ALGORITHMS[algorithm].secret_bytes)
    with pytest.raises(VerificationError):
        other.public_key.verify(signature, b"text")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("change", [-64, -1, 1, 64])
def test_signature_of_another_length_is_refused(algorithm: str, change: int) -> None:
    key = key_of(algorithm)
    signature = key.sign(b"text")
    wrong = signature[:change] if change < 0 else signature + bytes(change)
    with pytest.raises(VerificationError) as caught:
        key.public_key.verify(wrong, b"text")
    assert caught.value.code == "proof.signature_invalid"
    assert f"{len(wrong)} bytes instead of {len(signature)}" in caught.value.detail


@pytest.mark.parametrize("algorithm", ["P-256", "P-384"])
def test_high_s_is_valid(algorithm: str) -> None:
    key, parameters = key_of(algorithm), ALGORITHMS[algorithm]
    half = parameters.signature_bytes // 2
    signature = key.sign(b"text")
    s = int.from_bytes(signature[half:], "big")
    key.public_key.verify(signature[:half] + (parameters.order - s).to_bytes(half, "big"), b"text")


@pytest.mark.parametrize("algorithm", ["P-256", "P-384"])
@pytest.mark.parametrize("part", ["r", "s"])
@pytest.mark.parametrize("value", ["zero", "order", "order+1"])
def test_ecdsa_numbers_out_of_range_are_refused(algorithm: str, part: str, value: str) -> None:
    key, parameters = key_of(algorithm), ALGORITHMS[algorithm]
    half = parameters.signature_bytes // 2
    signature = key.sign(b"text")
    numbers = {"r": int.from_bytes(signature[:half], "big"), "s": int.from_bytes(signature[half:], "big")}
    numbers[part] = {"zero": 0, "order": parameters.order, "order+1": parameters.order + 1}[value]
    with pytest.raises(VerificationError) as caught:
        key.public_key.verify(b"".join(numbers[name].to_bytes(half, "big") for name in "rs"), b"text")
    assert caught.value.detail == "The signature does not fit: its numbers are outside [1, n-1]."


def test_ed25519_scalar_plus_order_is_refused_by_name() -> None:
    key, parameters = key_of("Ed25519"), ALGORITHMS["Ed25519"]
    signature = key.sign(b"text")
    malleated = (int.from_bytes(signature[32:], "little") + parameters.order).to_bytes(32, "little")
    with pytest.raises(VerificationError) as caught:
        key.public_key.verify(signature[:32] + malleated, b"text")
    assert caught.value.detail == "The signature does not fit: its scalar is not below the order of the group."
    with pytest.raises(VerificationError) as caught:
        key.public_key.verify(signature[:32] + parameters.order.to_bytes(32, "little"), b"text")
    assert "order of the group" in caught.value.detail
    with pytest.raises(VerificationError) as caught:
        key.public_key.verify(signature[:32] + (parameters.order - 1).to_bytes(32, "little"), b"text")
    assert "order of the group" not in caught.value.detail


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("change", [-1, 1])
def test_key_of_another_length_is_refused(algorithm: str, change: int) -> None:
    raw = key_of(algorithm).public_key.raw
    wrong = raw[:change] if change < 0 else raw + b"\0"
    with pytest.raises(MalformedInput) as caught:
        PublicKey(algorithm, wrong)
    assert caught.value.code == "key.length"
    assert f"{len(wrong)} bytes instead of {len(raw)}" in caught.value.detail


@pytest.mark.parametrize("algorithm", ["P-256", "P-384"])
def test_ec_encodings_other_than_compressed_are_refused(algorithm: str) -> None:
    raw = key_of(algorithm).public_key.raw
    for first in (0, 1, 4, 5, 6, 7):
        with pytest.raises(MalformedInput) as caught:
            PublicKey(algorithm, bytes([first]) + raw[1:])
        assert caught.value.code == "key.malformed"
    for wrong, code in ((b"\0", "key.length"), (bytes(len(raw)), "key.malformed"), (b"\2" + b"\xff" * (len(raw) - 1), "key.malformed")):
        with pytest.raises(MalformedInput) as caught:
            PublicKey(algorithm, wrong)
        assert caught.value.code == code


def test_ec_x_is_below_the_prime_and_on_the_curve() -> None:
    # x = 5 is on P-256, x = 1 is not; x = p + 5 must not pass for x = 5.
    PublicKey("P-256", b"\2" + (5).to_bytes(32, "big"))
    for x in (1, P256_PRIME + 5):
        with pytest.raises(MalformedInput) as caught:
            PublicKey("P-256", b"\2" + x.to_bytes(32, "big"))
        assert caught.value.code == "key.malformed"


@pytest.mark.parametrize("algorithm", ["", "ed25519", "P-224", "rsa", "Ed448"])
def test_other_algorithms_are_unsupported(algorithm: str) -> None:
    with pytest.raises(UnsupportedFeature) as caught:
        PublicKey(algorithm, bytes(32))
    assert caught.value.code == "key.unsupported"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_equality_hash_and_pickle_are_by_value(algorithm: str) -> None:
    key = key_of(algorithm).public_key
    again = PublicKey(algorithm, key.raw)
    assert again == key
    assert hash(again) == hash(key)
    assert again != key_of("P-256" if algorithm != "P-256" else "Ed25519").public_key
    travelled = pickle.loads(pickle.dumps(key))
    assert travelled == key
    travelled.verify(key_of(algorithm).sign(b"x"), b"x")
    assert repr(key) == f"PublicKey(algorithm={algorithm!r}, raw={key.raw!r})"


def test_ed25519_has_no_coordinates() -> None:
    with pytest.raises(AtestoError) as caught:
        key_of("Ed25519").public_key.coordinates()
    assert caught.value.code == "key.unsupported"
