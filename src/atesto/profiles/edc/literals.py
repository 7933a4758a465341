"""Literals as the terms want them: how a date-time, a duration, a number, a truth value and an address are written.

What JSON-LD would make of a value is what counts: a number under a term of text is text, a fraction under a term of whole numbers is
none, and an object with `@value` is the literal that it says it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.encoding.iri import is_absolute_iri
from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.edc.terms import PREFIXES, Kind

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_DURATION: Final = re.compile(
    r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?\Z"
)
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}\Z")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})\Z")
LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")
"""A language tag (RFC 5646 section 2.1), as loosely as RDF takes it."""

EXPECTED: Final[dict[Kind, str]] = {
    Kind.TEXT: "text by language",
    Kind.STRING: "text",
    Kind.DATE_TIME: "a date-time such as 2026-06-15T09:00:00Z",
    Kind.DURATION: "a duration such as PT60H",
    Kind.INTEGER: "a whole number",
    Kind.POSITIVE_INTEGER: "a whole number from 1 on",
    Kind.BOOLEAN: "true or false",
    Kind.DECIMAL: "a decimal number, written as text where it has a fraction",
    Kind.URI: "a web address or another URI",
    Kind.PLAIN: "a plain value",
}
"""What is said to whoever wrote something else."""


def is_literal(kind: Kind, item: JsonValue) -> bool:
    """Whether `item` is a literal of that kind (none of text by language). A date-time without an offset is one."""
    if isinstance(item, dict):
        return _is_value_object(kind, item)
    if isinstance(item, bool):
        return kind in (Kind.BOOLEAN, Kind.PLAIN)
    if isinstance(item, int):
        return kind in (Kind.STRING, Kind.PLAIN, Kind.INTEGER, Kind.DECIMAL) or (kind is Kind.POSITIVE_INTEGER and item > 0)
    if isinstance(item, float):
        return kind in (Kind.STRING, Kind.PLAIN)
    return isinstance(item, str) and _is_lexical(kind, item)


def has_offset(item: JsonValue) -> bool:
    """Whether a date-time says its time zone."""
    text = item.get("@value") if isinstance(item, dict) else item
    return not isinstance(text, str) or parse_timestamp(text).has_offset


def number(item: JsonValue) -> float | None:
    """The number that a literal says, None when it says none."""
    text = item.get("@value") if isinstance(item, dict) else item
    if isinstance(text, bool):
        return None
    if isinstance(text, int | float):
        return float(text)
    return float(text) if isinstance(text, str) and _DECIMAL.match(text) else None


def _is_lexical(kind: Kind, text: str) -> bool:
    match kind:
        case Kind.DATE_TIME:
            return _is_date_time(text)
        case Kind.DURATION:
            return _DURATION.match(text) is not None
        case Kind.INTEGER:
            return _INTEGER.match(text) is not None
        case Kind.POSITIVE_INTEGER:
            return _INTEGER.match(text) is not None and int(text) > 0
        case Kind.BOOLEAN:
            return text in ("true", "false", "1", "0")
        case Kind.DECIMAL:
            return _DECIMAL.match(text) is not None
        case Kind.URI:
            return is_absolute_iri(text)
        case _:
            return kind in (Kind.STRING, Kind.PLAIN)


def _is_date_time(text: str) -> bool:
    try:
        parse_timestamp(text)
    except MalformedInput:
        return False
    return True


def _is_value_object(kind: Kind, item: JsonObject) -> bool:
    text, stated = item.get("@value"), item.get("@type")
    if text is None or isinstance(text, dict | list):
        return False
    if kind is Kind.PLAIN:
        return True
    if "@language" in item:
        return False
    wanted = kind.value
    named = wanted if stated is None and kind is Kind.STRING else stated
    return named in (wanted, PREFIXES["xsd"] + wanted.removeprefix("xsd:")) and is_literal(kind, text)
