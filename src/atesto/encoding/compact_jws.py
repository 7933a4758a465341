"""Strict splitting of compact JWS (RFC 7515 section 7.1), before any library sees a token.

Checks, in order:
1. ASCII and length;
2. exactly three parts, header and signature not empty;
3. each part is canonical base64url;
4. the header is one strict JSON object.

It does not check `alg`, `crit` or the signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto import limits
from atesto.encoding.base64url import decode_base64url
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


@dataclass(frozen=True, slots=True)
class CompactJws:
    """A token taken apart. `signing_input` is the ASCII text that was signed."""

    header: JsonObject
    payload: bytes
    signature: bytes
    signing_input: bytes


def split_compact_jws(token: str) -> CompactJws:
    """The parts of `token`. Raises MalformedInput `token.malformed` or what its header's JSON raises."""
    if len(token) > limits.MAX_TOKEN_BYTES or not token.isascii():
        raise MalformedInput("token.malformed", "The token is too long or not ASCII.")
    parts = token.split(".")
    if len(parts) != 3 or not parts[0] or not parts[2]:
        raise MalformedInput(
            "token.malformed",
            f"A compact JWS has three parts, header and signature not empty; this one has {len(parts)} parts.",
        )
    try:
        header, payload, signature = (decode_base64url(part) for part in parts)
    except MalformedInput as error:
        raise MalformedInput("token.malformed", error.detail) from None
    return CompactJws(parse_json_object(header), payload, signature, f"{parts[0]}.{parts[1]}".encode("ascii"))
