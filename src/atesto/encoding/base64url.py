"""base64url without padding (RFC 4648 section 5, RFC 7515 section 2), strictly: one text for one value."""

from __future__ import annotations

import base64
import re

from atesto import limits
from atesto.errors import MalformedInput

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*\Z")


def encode_base64url(data: bytes) -> str:
    """`data` in base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes:
    """The bytes of `text`. Raises MalformedInput for padding, foreign characters, impossible lengths and set trailing bits."""
    if len(text) > limits.MAX_BASE64URL_CHARACTERS:
        raise MalformedInput("encoding.too_long", f"A base64url value has {len(text)} characters.")
    if not _ALPHABET.match(text) or len(text) % 4 == 1:
        raise MalformedInput("encoding.base64url", "A base64url value has padding, foreign characters or an impossible length.")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode_base64url(data) != text:
        raise MalformedInput("encoding.base64url", "A base64url value has unused bits set.")
    return data
