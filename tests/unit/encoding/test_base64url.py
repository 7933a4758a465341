from __future__ import annotations

import pytest

from atesto import limits
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.errors import MalformedInput

PAIRS = [(b"", ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (b"foob", "Zm9vYg"), (b"\xfb\xff\xbe", "-_--"), (b"\x00", "AA")]


@pytest.mark.parametrize(("data", "text"), PAIRS)
def test_both_ways(data: bytes, text: str) -> None:
    assert encode_base64url(data) == text
    assert decode_base64url(text) == data


@pytest.mark.parametrize("text", ["Zg==", "Zm8=", "Zm9v\n", "Zm 9v", " Zm9v", "Zm9v ", "+_--", "/_--", "Zm9v.", "Zé9v", "٣٣٣٣"])
def test_padding_and_foreign_characters_are_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="padding, foreign characters or an impossible length") as refused:
        decode_base64url(text)
    assert refused.value.code == "encoding.base64url"


@pytest.mark.parametrize("text", ["A", "Zm9vY", "Zm9vYmFyA"])
def test_lengths_that_no_bytes_have_are_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="impossible length") as refused:
        decode_base64url(text)
    assert refused.value.code == "encoding.base64url"


@pytest.mark.parametrize("text", ["Zh", "Zm9", "AB", "AAB"])
def test_unused_bits_are_zero(text: str) -> None:
    with pytest.raises(MalformedInput, match="unused bits") as refused:
        decode_base64url(text)
    assert refused.value.code == "encoding.base64url"


def test_the_longest_text_is_read_and_no_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BASE64URL_CHARACTERS", 8)
    assert decode_base64url("AAAAAAAA") == bytes(6)
    with pytest.raises(MalformedInput, match="10 characters") as refused:
        decode_base64url("AAAAAAAAAA")
    assert refused.value.code == "encoding.too_long"
    with pytest.raises(MalformedInput) as refused:
        decode_base64url("=========")
    assert refused.value.code == "encoding.too_long"
