"""Digests as documents state them: digestSRI (SRI 3.5, hash-expression) and digestMultibase (VC-DI 2.6, a multihash in multibase).

Read besides, because both are found in published documents: the bare 32 bytes of a SHA-256 in multibase (W3C suite), and an `M` between the
algorithm and the base64 of a digestSRI (the examples of VCDM 2.0 section 5.3). Neither can be mistaken for anything else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from atesto import limits
from atesto.encoding.multibase import decode_multibase
from atesto.errors import MalformedInput

DIGEST_BYTES: Final = {"sha256": 32, "sha384": 48, "sha512": 64}
"""The algorithms that are compared, and the length of their values."""
_MULTIHASHES: Final = {0x12: "sha256", 0x20: "sha384", 0x13: "sha512"}
_SRI: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})(?:\?[\x21-\x7e]*)?\Z")


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest. `algorithm` is a name of `DIGEST_BYTES`, or None for a multihash of another kind."""

    algorithm: str | None
    value: bytes


def digests_of(data: bytes) -> tuple[Digest, ...]:
    """The digests of `data` under every algorithm that is compared."""
    return tuple(Digest(name, hashlib.new(name, data).digest()) for name in DIGEST_BYTES)


def parse_digest_sri(text: str) -> tuple[Digest, ...]:
    """The digests of `text`: one or several hash expressions with spaces between them; options are ignored.

    Raises MalformedInput `encoding.digest`, `encoding.too_long`.
    """
    _check_length(text)
    parts = text.split(" ")
    return tuple(_hash_expression(part) for part in parts if part or len(parts) == 1)


def parse_digest_multibase(text: str) -> Digest:
    """The digest of `text`. Raises MalformedInput `encoding.*`: not multibase, or not a whole multihash."""
    _check_length(text)
    data = decode_multibase(text)
    if len(data) == DIGEST_BYTES["sha256"]:
        return Digest("sha256", data)
    code, rest = _varint(data)
    length, value = _varint(rest)
    algorithm = _MULTIHASHES.get(code)
    if length != len(value) or length == 0 or (algorithm is not None and length != DIGEST_BYTES[algorithm]):
        raise MalformedInput("encoding.digest", "The multihash does not have the length that it says, or that its algorithm has.")
    return Digest(algorithm, value)


def _check_length(text: str) -> None:
    if len(text) > limits.MAX_DIGEST_CHARACTERS:
        raise MalformedInput("encoding.too_long", f"A digest has {len(text)} characters.")


def _hash_expression(text: str) -> Digest:
    match = _SRI.match(text)
    if match:
        algorithm, encoded = match.groups()
        # Never both: the lengths of the two differ by one.
        for candidate in (encoded, encoded.removeprefix("M")):
            value = _standard_base64(candidate)
            if value is not None and len(value) == DIGEST_BYTES[algorithm]:
                return Digest(algorithm, value)
    raise MalformedInput("encoding.digest", "The digest is not of the form sha384-… with the standard base64 of its whole value.")


def _standard_base64(text: str) -> bytes | None:
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return value if base64.b64encode(value).decode("ascii") == text else None


def _varint(data: bytes) -> tuple[int, bytes]:
    """An unsigned varint (multiformats) of at most four bytes, and what follows it."""
    number = 0
    for index, byte in enumerate(data[:4]):
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            if byte == 0 and index:
                break
            return number, data[index + 1 :]
    raise MalformedInput("encoding.digest", "The multihash does not start with its code and length.")
