"""The fields of a page's form, from its bytes: `multipart/form-data` (RFC 7578) or `application/x-www-form-urlencoded`.

The body is within its cap already. Nothing in it is decoded beyond that: no Content-Transfer-Encoding, no Content-Encoding of parts.
"""

from __future__ import annotations

import re
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

from atesto.errors import MalformedInput

_MAX_FIELDS: Final = 16


def parse_form(content_type: str, body: bytes) -> dict[str, bytes]:
    """Each field's bytes; of a name that comes twice, the first that is not empty. Raises MalformedInput `request.malformed`."""
    header = Message()
    header["Content-Type"] = content_type
    if header.get_content_type() == "application/x-www-form-urlencoded":
        fields = _urlencoded(body)
    else:
        fields = _multipart(body, header.get_boundary())
    result: dict[str, bytes] = {}
    for name, value in fields:
        if not result.get(name):
            result[name] = value
    return result


def _urlencoded(body: bytes) -> list[tuple[str, bytes]]:
    try:
        # As Latin-1 both ways, so that every byte stays the byte that was sent.
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=_MAX_FIELDS, encoding="latin-1")
    except ValueError:
        raise MalformedInput("request.malformed", "The form has too many fields.") from None
    return [(name, value.encode("latin-1")) for name, value in pairs]


def _multipart(body: bytes, boundary: str | None) -> list[tuple[str, bytes]]:
    if not boundary:
        raise MalformedInput("request.malformed", "The form names no boundary.")
    delimiter = b"\r\n--" + boundary.encode("ascii", "replace")
    parts = (b"\r\n" + body).split(delimiter, _MAX_FIELDS + 2)
    if len(parts) > _MAX_FIELDS + 2 or len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise MalformedInput("request.malformed", "The form is not whole.")
    return [_part(part) for part in parts[1:-1]]


def _part(part: bytes) -> tuple[str, bytes]:
    head, blank, value = part.partition(b"\r\n\r\n")
    disposition = re.search(rb'(?i)^\s*content-disposition:\s*form-data;.*?\bname="([^"\r\n]{1,64})"', head, re.MULTILINE)
    if not blank or disposition is None:
        raise MalformedInput("request.malformed", "A field of the form has no name.")
    return disposition[1].decode("utf-8", "replace"), value
