"""Absolute IRIs (RFC 3987, RFC 3986 section 4.3): what an identifier in signed data has to be."""

from __future__ import annotations

import re

from atesto import limits

# Everything but the characters that RFC 3987 leaves out; they could forge statements when written as N-Quads.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\xa0\u2028\u2029\ud800-\udfff]+\Z")


def is_absolute_iri(text: str) -> bool:
    """Whether `text` is an absolute IRI: a scheme, a colon, and something behind it; no longer than MAX_URL_CHARACTERS."""
    return len(text) <= limits.MAX_URL_CHARACTERS and _ABSOLUTE.match(text) is not None
