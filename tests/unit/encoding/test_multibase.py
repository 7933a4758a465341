from __future__ import annotations

import pytest

from atesto import limits
from atesto.encoding.multibase import decode_base58btc, decode_multibase, encode_base58btc, encode_base64url_multibase
from atesto.errors import MalformedInput

PAIRS = [
    (b"", "z"),
    (b"\x00", "z1"),
    (b"\x00\x00\x01", "z112"),
    (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
    (b"\xff", "z5Q"),
    (bytes.fromhex("73696d706c792061206c6f6e6720737472696e67"), "z2cFupjhnEsSn59qHXstmK2ffpLv2"),
]


@pytest.mark.parametrize(("data", "text"), PAIRS)
def test_base58btc_both_ways(data: bytes, text: str) -> None:
    assert encode_base58btc(data) == text
    assert decode_base58btc(text) == data
    assert decode_multibase(text) == data


def test_base64url_both_ways() -> None:
    assert encode_base64url_multibase(b"\xfb\xff") == "u-_8"
    assert decode_multibase("u-_8") == b"\xfb\xff"
    assert decode_multibase("u") == b""


@pytest.mark.parametrize("text", ["", "5Q", "Z5Q", "m5Q", "U5Q", " z5Q", "fff"])
def test_another_or_no_prefix_is_refused(text: str) -> None:
    for decode in (decode_base58btc, decode_multibase):
        with pytest.raises(MalformedInput, match="does not start with 'z'") as refused:
            decode(text)
        assert refused.value.code == "encoding.multibase"


@pytest.mark.parametrize("text", ["z0", "zO", "zI", "zl", "z5Q\n", "z5Q ", "z 5Q", "z5-Q", "zé"])
def test_characters_outside_the_alphabet_are_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="outside its alphabet") as refused:
        decode_base58btc(text)
    assert refused.value.code == "encoding.base58"


def test_every_character_of_the_alphabet_is_read() -> None:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    assert [decode_base58btc(f"z{character}") for character in alphabet] == [bytes([value]) for value in range(58)]


def test_the_longest_text_is_read_and_no_longer_one() -> None:
    longest = "z" + "1" * (limits.MAX_BASE58_CHARACTERS - 1)
    assert len(decode_base58btc(longest)) == limits.MAX_BASE58_CHARACTERS - 1
    with pytest.raises(MalformedInput, match=f"{len(longest) + 1} characters; at most {len(longest)} are decoded") as refused:
        decode_base58btc(longest + "1")
    assert refused.value.code == "encoding.too_long"
    with pytest.raises(MalformedInput) as refused:
        decode_base58btc("z11", max_characters=2)
    assert refused.value.code == "encoding.too_long"
    assert decode_base58btc("z1", max_characters=2) == b"\x00"


def test_base64url_in_multibase_is_strict() -> None:
    with pytest.raises(MalformedInput) as refused:
        decode_multibase("uZh")
    assert refused.value.code == "encoding.base64url"
