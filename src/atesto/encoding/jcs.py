"""JSON Canonicalization Scheme (RFC 8785)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import rfc8785

from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonValue


def canonicalize_json(value: JsonValue) -> bytes:
    """The canonical UTF-8 bytes of `value`. Raises MalformedInput for numbers beyond 2^53-1 and strings that are not Unicode."""
    try:
        return rfc8785.dumps(cast("Any", value))
    # rfc8785 leaks UnicodeEncodeError for a lone surrogate in a member name, and RecursionError past Python's own depth.
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise MalformedInput("encoding.not_canonicalizable", f"The value has no canonical form ({type(error).__name__}).") from None
