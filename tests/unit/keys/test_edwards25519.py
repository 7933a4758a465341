"""Which encodings of points are refused as public keys."""

from __future__ import annotations

import pytest

from atesto.errors import AtestoError, VerificationError
from atesto.keys.edwards25519 import check_point
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey

PRIME = 2**255 - 19

# Every encoding of the eight points of small order: eight canonical ones and six others that decoders accept.
SMALL_ORDER = {
    "order 1": "0100000000000000000000000000000000000000000000000000000000000000",
    "order 1, sign bit": "0100000000000000000000000000000000000000000000000000000000000080",
    "order 1, y = p+1": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 1, y = p+1, sign bit": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "order 2": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 2, sign bit": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "order 4": "0000000000000000000000000000000000000000000000000000000000000000",
    "order 4, other": "0000000000000000000000000000000000000000000000000000000000000080",
    "order 4, y = p": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4, y = p, other": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "order 8, first": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8, second": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "order 8, third": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "order 8, fourth": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
}


@pytest.mark.parametrize("encoded", SMALL_ORDER.values(), ids=SMALL_ORDER)
def test_small_order_is_weak(encoded: str) -> None:
    with pytest.raises(AtestoError) as caught:
        PublicKey("Ed25519", bytes.fromhex(encoded))
    assert caught.value.code == "key.weak"


@pytest.mark.parametrize("offset", range(2, 19))
@pytest.mark.parametrize("sign", [0, 1])
def test_non_canonical_y_is_malformed(offset: int, sign: int) -> None:
    with pytest.raises(AtestoError) as caught:
        check_point((PRIME + offset | sign << 255).to_bytes(32, "little"))
    assert caught.value.code == "key.malformed"
    assert "canonical" in caught.value.detail


@pytest.mark.parametrize("y", [2, 7, 8, 11])
def test_y_without_x_is_malformed(y: int) -> None:
    with pytest.raises(AtestoError) as caught:
        check_point(y.to_bytes(32, "little"))
    assert caught.value.code == "key.malformed"
    assert "not a point" in caught.value.detail


@pytest.mark.parametrize("y", [3, 4, 5, 6, 9, 10])
@pytest.mark.parametrize("sign", [0, 1])
def test_ordinary_point_passes(y: int, sign: int) -> None:
    check_point((y | sign << 255).to_bytes(32, "little"))


def test_one_signature_would_fit_every_text_under_the_identity() -> None:
    """What the check is for: R = the identity, S = 0 verifies under a key of order 1 in OpenSSL."""
    signature = bytes.fromhex(SMALL_ORDER["order 1"]) + bytes(32)
    with pytest.raises(VerificationError):
        PrivateKey.from_seed("Ed25519", bytes(32)).public_key.verify(signature, b"any text")
