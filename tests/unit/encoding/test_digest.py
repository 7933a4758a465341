"""Digests as documents state them: every form that is read, and what each other text is refused for."""

from __future__ import annotations

import base64
import hashlib

import pytest

from atesto import limits
from atesto.encoding.digest import DIGEST_BYTES, Digest, digests_of, parse_digest_multibase, parse_digest_sri
from atesto.encoding.multibase import encode_base58btc, encode_base64url_multibase
from atesto.errors import MalformedInput

DATA = b'{"@context": {}}'
VALUES = {name: hashlib.new(name, DATA).digest() for name in DIGEST_BYTES}
CODES = {"sha256": 0x12, "sha384": 0x20, "sha512": 0x13}


def sri(name: str) -> str:
    return f"{name}-{base64.b64encode(VALUES[name]).decode()}"


def multihash(name: str) -> bytes:
    return bytes([CODES[name], len(VALUES[name])]) + VALUES[name]


def test_all_digests_of_some_bytes() -> None:
    assert digests_of(DATA) == tuple(Digest(name, value) for name, value in VALUES.items())


@pytest.mark.parametrize("name", DIGEST_BYTES)
def test_every_algorithm_is_read_in_every_form(name: str) -> None:
    expected = Digest(name, VALUES[name])
    assert parse_digest_sri(sri(name)) == (expected,)
    assert parse_digest_sri(sri(name) + "?ct=application/json") == (expected,)
    assert parse_digest_multibase(encode_base64url_multibase(multihash(name))) == expected
    assert parse_digest_multibase(encode_base58btc(multihash(name))) == expected


def test_the_longest_text_is_read() -> None:
    text = sri("sha256") + "?"
    assert parse_digest_sri(text + "x" * (limits.MAX_DIGEST_CHARACTERS - len(text))) == (Digest("sha256", VALUES["sha256"]),)


def test_one_text_may_hold_several_hash_expressions() -> None:
    assert parse_digest_sri(f" {sri('sha256')}  {sri('sha512')} ") == (
        Digest("sha256", VALUES["sha256"]),
        Digest("sha512", VALUES["sha512"]),
    )


def test_the_bare_value_of_a_sha256_is_read() -> None:
    assert parse_digest_multibase(encode_base64url_multibase(VALUES["sha256"])) == Digest("sha256", VALUES["sha256"])
    # As the W3C suite writes the digest of the July 2024 revision of the base context.
    found = parse_digest_multibase("uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k")
    assert found.value.hex() == "24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9"


def test_the_examples_of_the_data_model_are_read() -> None:
    stated = "sha384-Ml/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
    assert parse_digest_sri(stated) == parse_digest_sri(stated.replace("-M", "-"))
    assert parse_digest_sri("sha256-MIwhzJyufmsjiGS1qP0waCmFb0gKa5ZGBI0ZZtfQo9Ls=")[0] == parse_digest_multibase(
        "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"
    )


def test_an_m_that_belongs_to_the_value_stays() -> None:
    value = b"0" + bytes(31)
    text = base64.b64encode(value).decode()
    assert text.startswith("M")
    assert parse_digest_sri(f"sha256-{text}") == (Digest("sha256", value),)


def test_other_multihashes_are_named_unknown() -> None:
    blake3 = bytes([0x1E, 32]) + bytes(32)
    assert parse_digest_multibase(encode_base64url_multibase(blake3)) == Digest(None, bytes(32))
    long_code = bytes([0xB2, 0x40, 64]) + bytes(64)
    assert parse_digest_multibase(encode_base64url_multibase(long_code)).algorithm is None
    # Codes of two bytes whose first seven bits are those of a known one, or none at all.
    for code in (b"\x92\x01", b"\x80\x01"):
        assert parse_digest_multibase(encode_base64url_multibase(code + b"\x20" + bytes(32))) == Digest(None, bytes(32))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "encoding.digest"),
        ("x", "encoding.digest"),
        ("sha384", "encoding.digest"),
        ("sha384-", "encoding.digest"),
        (sri("sha384").replace("sha384", "sha256"), "encoding.digest"),
        (sri("sha384").replace("sha384", "SHA384"), "encoding.digest"),
        (sri("sha256").replace("sha256", "sha1"), "encoding.digest"),
        (sri("sha256").rstrip("="), "encoding.digest"),
        (sri("sha256") + "=", "encoding.digest"),
        ("sha256-" + VALUES["sha256"].hex(), "encoding.digest"),
        ("sha256-" + base64.urlsafe_b64encode(b"\xff" * 32).decode(), "encoding.digest"),
        ("sha256-" + "/" * 42 + "9=", "encoding.digest"),
        (sri("sha256") + "\n", "encoding.digest"),
        (sri("sha256") + "\t" + sri("sha384"), "encoding.digest"),
        (sri("sha256") + " x", "encoding.digest"),
        (sri("sha256") + "?a b", "encoding.digest"),
        ("x" * (limits.MAX_DIGEST_CHARACTERS + 1), "encoding.too_long"),
    ],
)
def test_malformed_sri(text: str, code: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        parse_digest_sri(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no code"),
        (b"\x12", "no length"),
        (b"\x12\x20", "no value"),
        (multihash("sha256")[:-1], "cut"),
        (multihash("sha256") + b"\x00", "longer"),
        (bytes([0x12, 16]) + bytes(16), "shortened by its author"),
        (bytes([0x20, 32]) + bytes(32), "length of another algorithm"),
        (bytes([0x1E, 0]), "an empty value"),
        (b"\x92\x00" + bytes([32]) + bytes(32), "a varint with a needless byte"),
        (b"\x92\x00\x01\x03abc", "a varint that would go on after its needless byte"),
        (b"\x92\x80\x80\x80\x01\x20" + bytes(32), "a varint of five bytes"),
        (b"\xff" * 40, "a varint without end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_malformed_multihash(data: bytes, reason: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        parse_digest_multibase(encode_base64url_multibase(data))
    assert caught.value.code == "encoding.digest"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "encoding.multibase"),
        ("EiC", "encoding.multibase"),
        ("mEiC", "encoding.multibase"),
        ("u=", "encoding.base64url"),
        ("z0", "encoding.base58"),
        ("u" * (limits.MAX_DIGEST_CHARACTERS + 1), "encoding.too_long"),
    ],
)
def test_malformed_multibase(text: str, code: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        parse_digest_multibase(text)
    assert caught.value.code == code
