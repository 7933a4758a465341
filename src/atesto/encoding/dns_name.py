"""DNS names as URLs carry them (RFC 1123 2.1, RFC 5890 for `xn--` labels), strictly: nothing that could be read as an IP address."""

from __future__ import annotations

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}\Z")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_MAX_CHARACTERS = 253


def is_dns_name(text: str) -> bool:
    """Whether `text` is one: lower case, ASCII, no dot at the end, and a last label that is no number.

    Decimal, hexadecimal, octal and short spellings of an IP address all end in a number (WHATWG URL, "ends in a number").
    """
    return len(text) <= _MAX_CHARACTERS and _NAME.match(text) is not None and _NUMBER.match(text.rpartition(".")[2]) is None
