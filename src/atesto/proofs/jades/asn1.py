"""Reading ASN.1 from strangers: one place that knows what asn1crypto and the path validator raise for bytes that are not what they say.

asn1crypto decodes late: a structure that loads may fail at each member that is read, so whole readings stand under `reading`.
"""

from __future__ import annotations

import base64
import binascii
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Iterator

# RuntimeError stands for RecursionError and for what a library leaves undone; AssertionError for its own checks.
FAULTS: Final = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, AssertionError, binascii.Error)


@contextmanager
def reading(code: str, what: str, pointer: str = "") -> Iterator[None]:
    """Whatever the libraries raise inside becomes MalformedInput `code`: `what` cannot be read."""
    try:
        yield
    except FAULTS:
        raise MalformedInput(code, f"{what} cannot be read.", pointer=pointer) from None


def decode_base64(text: object, *, code: str, what: str, max_bytes: int, pointer: str = "") -> bytes:
    """The bytes of a base64 text (RFC 4648 section 4, padded), strictly: one text for one value. Raises MalformedInput `code`."""
    if not isinstance(text, str) or not text or len(text) > max_bytes * 4 // 3 + 4:
        raise MalformedInput(code, f"{what} is no base64 text of at most {max_bytes} bytes.", pointer=pointer)
    with reading(code, what, pointer):
        data = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(data).decode("ascii") != text:
        raise MalformedInput(code, f"{what} is not in the one base64 form of its bytes.", pointer=pointer)
    return data
