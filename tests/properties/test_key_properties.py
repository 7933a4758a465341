"""Properties of keys: round trips, and no bit of a signature, a text or a key that could be changed unnoticed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atesto.dids.did_url import split_verification_method
from atesto.dids.methods.jwk import did_jwk, resolve_did_jwk
from atesto.dids.methods.key import did_key, did_key_method, resolve_did_key
from atesto.errors import AtestoError, VerificationError
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.jwk import jwk_thumbprint, parse_public_jwk, public_jwk
from atesto.keys.multikey import parse_public_multikey, public_multikey
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey

algorithms = st.sampled_from(sorted(ALGORITHMS))
# Long secrets have their first byte cleared so that every scalar is below the order.
secrets = st.binary(min_size=47, max_size=47).filter(lambda data: any(data[16:]))


def key_of(algorithm: str, secret: bytes) -> PrivateKey:
    return PrivateKey.from_seed(algorithm, b"\0" + secret[-(ALGORITHMS[algorithm].secret_bytes - 1) :])


def flip(data: bytes, position: int) -> bytes:
    bit = position % (8 * len(data))
    return bytes(byte ^ (1 << bit % 8 if index == bit // 8 else 0) for index, byte in enumerate(data))


def key_or_code(algorithm: str, raw: bytes) -> PublicKey | str:
    try:
        return PublicKey(algorithm, raw)
    except AtestoError as error:
        return error.code


@given(algorithms, secrets)
@settings(max_examples=100, deadline=None)
def test_forms_of_a_key_are_the_same_key(algorithm: str, secret: bytes) -> None:
    key = key_of(algorithm, secret).public_key
    assert parse_public_multikey(public_multikey(key)) == key
    assert parse_public_jwk(public_jwk(key)) == key
    assert len(jwk_thumbprint(key)) == 43
    assert resolve_did_key(did_key(key))["id"] == did_key(key)
    assert resolve_did_jwk(did_jwk(key))["id"] == did_jwk(key)
    assert "#".join(split_verification_method(did_key_method(key))) == did_key_method(key)


@given(algorithms, secrets, st.binary(min_size=1, max_size=64), st.integers(min_value=0))
@settings(max_examples=150, deadline=None)
def test_any_flipped_bit_of_signature_or_text_is_refused(algorithm: str, secret: bytes, text: bytes, position: int) -> None:
    key = key_of(algorithm, secret)
    signature = key.sign(text)
    key.public_key.verify(signature, text)
    assert key.sign(text) == signature
    for changed_signature, changed_text in ((flip(signature, position), text), (signature, flip(text, position))):
        with pytest.raises(VerificationError) as caught:
            key.public_key.verify(changed_signature, changed_text)
        assert caught.value.code == "proof.signature_invalid"


@given(algorithms, secrets, st.integers(min_value=0))
@settings(max_examples=150, deadline=None)
def test_a_flipped_bit_makes_another_key_or_none(algorithm: str, secret: bytes, position: int) -> None:
    key = key_of(algorithm, secret)
    signature = key.sign(b"text")
    other = key_or_code(algorithm, flip(key.public_key.raw, position))
    if isinstance(other, str):
        assert other in {"key.malformed", "key.weak"}
        return
    with pytest.raises(VerificationError):
        other.verify(signature, b"text")


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_key_or_refused(text: str) -> None:
    for parse in (parse_public_multikey, split_verification_method):
        for candidate in (text, "z" + text, "did:key:" + text, "did:key:z6Mk#" + text):
            try:
                parse(candidate)
            except AtestoError:
                continue


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_ed25519_key_or_refused(raw: bytes) -> None:
    key = key_or_code("Ed25519", raw)
    if isinstance(key, str):
        assert key in {"key.malformed", "key.weak"}
    else:
        assert key.raw == raw
