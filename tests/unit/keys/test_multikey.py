"""Multikey both ways, and what is refused, by name."""

from __future__ import annotations

import pytest
from multiformats import multicodec, varint

from atesto.encoding.multibase import encode_base58btc
from atesto.errors import AtestoError, MalformedInput, UnsupportedFeature
from atesto.keys.algorithms import ALGORITHMS, EVERY_ALGORITHM
from atesto.keys.multikey import parse_public_multikey, parse_secret_multikey, public_multikey
from atesto.keys.private_key import PrivateKey

# From secrets that stand in RFC 8032 and RFC 6979.
RECORDED = {
    "Ed25519": ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "z6MkiaMbhXHNA4eJVCCj8dbzKzTgYDKf6crKgHVHid1F1WCT"),
    "P-256": ("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"),
    "P-384": (
        "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
        "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
    ),
}


@pytest.mark.parametrize("algorithm", RECORDED)
def test_recorded_multikey_both_ways(algorithm: str) -> None:
    secret, text = RECORDED[algorithm]
    key = PrivateKey.from_seed(algorithm, bytes.fromhex(secret))
    assert public_multikey(key.public_key) == text
    assert parse_public_multikey(text) == key.public_key
    secret_text = encode_base58btc(varint.encode(ALGORITHMS[algorithm].secret_multicodec) + bytes.fromhex(secret))
    assert parse_secret_multikey(secret_text).public_key == key.public_key


def test_codes_are_those_of_the_multicodec_table() -> None:
    assert {
        row.name: (multicodec.get(code=row.public_multicodec).name, multicodec.get(code=row.secret_multicodec).name)
        for row in EVERY_ALGORITHM.values()
    } == {
        "Ed25519": ("ed25519-pub", "ed25519-priv"),
        "P-256": ("p256-pub", "p256-priv"),
        "P-384": ("p384-pub", "p384-priv"),
        "P-521": ("p521-pub", "p521-priv"),
        "secp256k1": ("secp256k1-pub", "secp256k1-priv"),
        "RSA": ("rsa-pub", "rsa-priv"),
    }


@pytest.mark.parametrize("start", ["z6Mk", "zDna", "z82L"])
def test_first_characters_tell_the_algorithm(start: str) -> None:
    algorithm = {"z6Mk": "Ed25519", "zDna": "P-256", "z82L": "P-384"}[start]
    assert public_multikey(PrivateKey.generate(algorithm).public_key).startswith(start)


UNSUPPORTED = {
    "x25519-pub": 32, "bls12_381-g1-pub": 48, "bls12_381-g2-pub": 96, "ed448-pub": 57, "x448-pub": 56, "ed25519-priv": 32, "p256-priv": 32,
    "secp256k1-priv": 32, "p521-priv": 66, "rsa-priv": 270,
}  # fmt: skip


@pytest.mark.parametrize(("name", "length"), UNSUPPORTED.items(), ids=UNSUPPORTED)
def test_keys_of_other_kinds_are_unsupported_by_name(name: str, length: int) -> None:
    text = encode_base58btc(varint.encode(multicodec.get(name).code) + bytes([2]) * length)
    with pytest.raises(UnsupportedFeature) as caught:
        parse_public_multikey(text)
    assert caught.value.code == "key.unsupported"
    assert name in caught.value.detail


MALFORMED = {
    "nothing": b"",
    "prefix alone": b"\xed\x01",
    "half a prefix": b"\xed",
    "over-long varint": b"\xed\x81\x00" + bytes([9]) * 32,
    "over-long varint of P-256": b"\x80\xa4\x00" + b"\x02" + bytes([9]) * 32,
    "endless varint": b"\xff" * 34,
    "one byte short": b"\xed\x01" + bytes([9]) * 31,
    "one byte long": b"\xed\x01" + bytes([9]) * 33,
    "P-256, one byte short": b"\x80\x24\x02" + bytes([9]) * 31,
    "P-256, uncompressed": b"\x80\x24\x04" + bytes([9]) * 64,
    "P-384 prefix, P-256 length": b"\x81\x24\x02" + bytes([9]) * 32,
    "a hash, not a key": b"\x12\x20" + bytes([9]) * 32,
    "unknown code": varint.encode(0x3FFFFF) + bytes([9]) * 32,
    "leading zero": b"\x00\xed\x01" + bytes([9]) * 32,
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_malformed_bytes(data: bytes) -> None:
    for parse in (parse_public_multikey, parse_secret_multikey):
        with pytest.raises(AtestoError) as caught:
            parse(encode_base58btc(data))
        if parse is parse_public_multikey:
            assert caught.value.code == ("key.length" if "bytes instead of" in caught.value.detail else "key.malformed")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "encoding.multibase"),
        ("uAAAA", "encoding.multibase"),
        ("6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "encoding.multibase"),
        ("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp\n", "encoding.base58"),
        (" z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "encoding.multibase"),
        ("z0OIl", "encoding.base58"),
        ("z" + "6" * 1024, "encoding.too_long"),
    ],
)
def test_malformed_text(text: str, code: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        parse_public_multikey(text)
    assert caught.value.code == code


def test_longest_text_is_decoded() -> None:
    with pytest.raises(AtestoError) as caught:
        parse_public_multikey("z" + "6" * 1023)
    assert caught.value.code.startswith("key.")


def test_public_multikey_is_not_a_secret_one() -> None:
    with pytest.raises(UnsupportedFeature):
        parse_secret_multikey(public_multikey(PrivateKey.generate("P-256").public_key))
