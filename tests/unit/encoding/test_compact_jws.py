from __future__ import annotations

import pytest

from atesto import limits
from atesto.encoding.base64url import encode_base64url
from atesto.encoding.compact_jws import split_compact_jws
from atesto.errors import MalformedInput

HEADER = encode_base64url(b'{"alg":"EdDSA"}')
PAYLOAD = encode_base64url(b"payload")
SIGNATURE = encode_base64url(b"signature")


def refusal(token: str) -> MalformedInput:
    with pytest.raises(MalformedInput) as refused:
        split_compact_jws(token)
    return refused.value


def test_the_parts() -> None:
    parts = split_compact_jws(f"{HEADER}.{PAYLOAD}.{SIGNATURE}")
    assert parts.header == {"alg": "EdDSA"}
    assert parts.payload == b"payload"
    assert parts.signature == b"signature"
    assert parts.signing_input == f"{HEADER}.{PAYLOAD}".encode()


def test_the_payload_may_be_empty() -> None:
    assert split_compact_jws(f"{HEADER}..{SIGNATURE}").payload == b""


@pytest.mark.parametrize(
    "token",
    ["", "..", f"{HEADER}.{PAYLOAD}", f".{PAYLOAD}.{SIGNATURE}", f"{HEADER}.{PAYLOAD}.", f"{HEADER}.{PAYLOAD}.{SIGNATURE}."],
)
def test_not_three_parts_or_an_empty_one(token: str) -> None:
    error = refusal(token)
    assert error.code == "token.malformed"
    assert f"this one has {token.count('.') + 1} parts" in error.detail


@pytest.mark.parametrize(
    "token",
    [f"{HEADER}=.{PAYLOAD}.{SIGNATURE}", f"{HEADER}.{PAYLOAD} .{SIGNATURE}", f"{HEADER}.{PAYLOAD}.{SIGNATURE}\n"],
)
def test_a_part_that_is_not_base64url(token: str) -> None:
    error = refusal(token)
    assert error.code == "token.malformed"
    assert "base64url" in error.detail


def test_a_token_that_is_not_ascii() -> None:
    error = refusal(f"{HEADER}.{PAYLOAD}.é")
    assert error.code == "token.malformed"
    assert "not ASCII" in error.detail


def test_the_longest_token_is_read_and_no_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    token = f"{HEADER}.{PAYLOAD}.{SIGNATURE}"
    monkeypatch.setattr(limits, "MAX_TOKEN_BYTES", len(token))
    assert split_compact_jws(token).payload == b"payload"
    error = refusal(token + "A")
    assert error.code == "token.malformed"
    assert "too long" in error.detail


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (b'{"alg":"none","alg":"ES256"}', "json.duplicate_member"),
        (b"[]", "json.not_an_object"),
        (b"{", "json.invalid"),
        (b"\xff", "json.not_utf8"),
    ],
)
def test_the_header_is_one_strict_json_object(header: bytes, code: str) -> None:
    assert refusal(f"{encode_base64url(header)}.{PAYLOAD}.{SIGNATURE}").code == code
