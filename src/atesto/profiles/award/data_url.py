"""Files inside an award record, as data: URLs (RFC 2397, base64): logos (PNG, SVG) and documents (PDF, PNG, JPEG).

Checks, in order:
1. the URL names one of the media types that are taken here, and `base64`, and nothing else;
2. the base64 is strict, and the file no larger than its bound;
3. the file begins as one of its type does; a PNG states a width and height within the bound;
4. an SVG is a picture and nothing more (`svg.fault_of_svg`).

It does not decode pictures: whoever draws one does.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from atesto import limits
from atesto.profiles.award.svg import fault_of_svg

PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
SVG: Final = "image/svg+xml"
PDF: Final = "application/pdf"

_DATA_URL: Final = re.compile(r"data:([a-z]+/[a-z+]+);base64,([A-Za-z0-9+/]+={0,2})\Z")
_PNG_HEAD: Final = 24
_BEGINNINGS: Final[dict[str, bytes]] = {PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", JPEG: b"\xff\xd8\xff", PDF: b"%PDF-", SVG: b"<"}


def file_of(data_url: str) -> tuple[str, bytes]:
    """Media type and bytes of a data URL that has passed its check."""
    media_type, content = data_url.removeprefix("data:").split(";base64,", 1)
    return media_type, base64.b64decode(content)


def data_url(media_type: str, content: str) -> str:
    """The data URL of base64 text."""
    return f"data:{media_type};base64,{content}"


def fault_of_logo(text: str) -> str | None:
    """What is wrong with a logo, in a sentence for a person; None when nothing is."""
    return _fault(text, (PNG, SVG), limits.MAX_AWARD_LOGO_BYTES)


def fault_of_document(text: str) -> str | None:
    """What is wrong with a document, in a sentence for a person; None when nothing is."""
    return _fault(text, (PDF, PNG, JPEG), limits.MAX_AWARD_DOCUMENT_BYTES)


def _fault(text: str, media_types: tuple[str, ...], most_bytes: int) -> str | None:
    if len(text) > most_bytes * 4 // 3 + 64:
        return f"The file is larger than {most_bytes:,} bytes."
    match = _DATA_URL.match(text)
    if match is None or match[1] not in media_types:
        return f"Expected a file in a data: URL, in base64, of type {' or '.join(media_types)}."
    try:
        content = base64.b64decode(match[2], validate=True)
    except (binascii.Error, ValueError):
        return "The file's base64 cannot be read."
    if len(content) > most_bytes:
        return f"The file is larger than {most_bytes:,} bytes."
    if not content.startswith(_BEGINNINGS[match[1]]):
        return f"The file does not begin as one of type {match[1]} does."
    if match[1] == PNG:
        return _fault_of_size(content)
    return fault_of_svg(content) if match[1] == SVG else None


def _fault_of_size(png: bytes) -> str | None:
    wide, high = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:_PNG_HEAD], "big")
    most = limits.MAX_AWARD_PICTURE_SIDE
    return None if 0 < wide <= most and 0 < high <= most else f"The picture is not 1 to {most:,} points wide and high."
