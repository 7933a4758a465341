"""Multibase (CID 1.0 section 2.4): base58btc (`z`) and base64url without padding (`u`), bounded and strict."""

from __future__ import annotations

import base58

from atesto import limits
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.errors import MalformedInput
from atesto.ports import Multibase

_BASE58 = frozenset("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")


def encode_base58btc(data: bytes) -> Multibase:
    """`data` as multibase base58btc, `z` first."""
    return Multibase("z" + base58.b58encode(data).decode("ascii"))


def decode_base58btc(text: str, *, max_characters: int = limits.MAX_BASE58_CHARACTERS) -> bytes:
    """The bytes of a multibase base58btc `text`. Length and alphabet are checked first: the library strips spaces and is quadratic."""
    if not text.startswith("z"):
        raise MalformedInput("encoding.multibase", "The value is not base58btc: it does not start with 'z'.")
    if len(text) > max_characters:
        raise MalformedInput("encoding.too_long", f"A base58 value has {len(text)} characters; at most {max_characters} are decoded.")
    if not _BASE58.issuperset(text[1:]):
        raise MalformedInput("encoding.base58", "A base58 value holds characters outside its alphabet.")
    return base58.b58decode(text[1:])


def encode_base64url_multibase(data: bytes) -> Multibase:
    """`data` as multibase base64url, `u` first."""
    return Multibase("u" + encode_base64url(data))


def decode_multibase(text: str) -> bytes:
    """The bytes of a `z` or `u` multibase text."""
    if text.startswith("u"):
        return decode_base64url(text[1:])
    return decode_base58btc(text)
