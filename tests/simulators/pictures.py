"""Pictures made by hand, sound or with one fault, without the code that is tested."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from atesto.baking.carrier import CARRIERS

BADGE, RECORD = CARRIERS
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
JSON: Final = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Ναυσικά, Österreich"}'
JWS: Final = "eyJhbGciOiJFZERTQSJ9.eyJ0eXBlIjoiT3BlbkJhZGdlQ3JlZGVudGlhbCJ9.c2lnbmF0dXJl"


def chunk(kind: bytes, data: bytes = b"", *, checksum: int | None = None) -> bytes:
    crc = zlib.crc32(kind + data) if checksum is None else checksum
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def header(
    width: int = 1, height: int = 1, depth: int = 8, colour: int = 0, compression: int = 0, filtering: int = 0, interlace: int = 0
) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, compression, filtering, interlace))


PIXELS: Final = chunk(b"IDAT", zlib.compress(b"\0\x80"))
END: Final = chunk(b"IEND")


def png(*before: bytes, after: bytes = b"", head: bytes | None = None, pixels: bytes = PIXELS, end: bytes = END) -> bytes:
    """One grey pixel, with these chunks before and after it."""
    return SIGNATURE + (header() if head is None else head) + b"".join(before) + pixels + after + end


def itxt(
    text: str | bytes, keyword: bytes = b"openbadgecredential", *, flags: bytes = b"\0\0", language: bytes = b"", key: bytes = b""
) -> bytes:
    content = text.encode() if isinstance(text, str) else text
    return chunk(b"iTXt", keyword + b"\0" + flags + language + b"\0" + key + b"\0" + content)


PIXEL: Final = png()

SVG: Final = b"""<?xml version="1.0" encoding="UTF-8"?>\r
<!-- a > b -->\r
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink='http://www.w3.org/1999/xlink' aria-label="a > b"\r
     viewBox="0 0 8 8">\r
  <style><![CDATA[ circle > a { fill: red } ]]></style>\r
  <circle r="4"/><xlink:x y='&#960;'></xlink:x>\r
</svg>\r
"""
BADGE_PREFIX: Final = b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'


def svg(content: str | bytes = b"", *, root: bytes = BADGE_PREFIX, before: bytes = b"") -> bytes:
    """A small SVG with `content` in it."""
    inside = content.encode() if isinstance(content, str) else content
    return before + b'<svg xmlns="http://www.w3.org/2000/svg"' + root + b">" + inside + b'<circle r="4"/></svg>'


def element(text: str = JSON, attributes: str = "", prefix: str = "openbadges") -> str:
    return f"<{prefix}:credential{attributes}>{text}</{prefix}:credential>"
