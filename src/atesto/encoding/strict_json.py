"""The one door for untrusted JSON (RFC 8259, narrowed by RFC 7493 I-JSON).

Checks, in order:
1. size in bytes;
2. UTF-8, no byte order mark;
3. depth and number of items, counted over the bytes before anything is built;
4. grammar, with no extension (NaN, Infinity, trailing text are refused);
5. numbers: short tokens, finite, integers within 2^53-1;
6. no duplicate member at any depth;
7. no lone surrogate and no NUL in any name or string.

What comes back is exactly what was sent: nothing is normalized. It does not check what the members mean.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Iterator

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"

_STRUCTURE = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},]', re.DOTALL)
_BAD_CHARACTER = re.compile("[\x00\ud800-\udfff]")


def parse_json(data: bytes, *, max_bytes: int = limits.MAX_JSON_BYTES) -> JsonValue:
    """The value of one JSON text. Raises MalformedInput `json.*`, with the pointer of the fault where the text could be read that far."""
    if len(data) > max_bytes:
        raise MalformedInput("json.too_large", f"The text has {len(data)} bytes; at most {max_bytes} are read.")
    text = _decode(data)
    _bound_structure(data)
    try:
        value: JsonValue = json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise MalformedInput("json.invalid", f"At line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except _Fault as fault:
        raise MalformedInput(fault.code, fault.detail, pointer=_pointer_of(text, fault)) from None
    _refuse_characters(value)
    return value


def parse_json_object(data: bytes, *, max_bytes: int = limits.MAX_JSON_BYTES) -> JsonObject:
    """As `parse_json`, and the value is an object."""
    value = parse_json(data, max_bytes=max_bytes)
    if not isinstance(value, dict):
        raise MalformedInput("json.not_an_object", f"A JSON object was expected, this is {json_type(value)}.")
    return value


def json_type(value: object) -> str:
    """The JSON name of a parsed value's type, with its article: for sentences."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an array" if isinstance(value, list) else "an object"


class _Fault(ValueError):
    """A fault found by a hook, which does not know where it stands."""

    def __init__(self, code: str, detail: str, member: str | None = None) -> None:
        super().__init__(detail)
        self.code, self.detail, self.member = code, detail, member


class _Duplicate(dict[str, Any]):
    """Stands for an object with a repeated member while the fault is being located."""

    member: str


class _BadNumber:
    """Stands for a refused number while the fault is being located."""


def _decode(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise MalformedInput("json.not_utf8", "The text starts with a byte order mark.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedInput("json.not_utf8", f"Byte {error.start} is not UTF-8.") from None


def _bound_structure(data: bytes) -> None:
    depth = items = 0
    for match in _STRUCTURE.finditer(data):
        token = data[match.start()]
        if token in b"[{":
            depth += 1
            items += 1
            if depth > limits.MAX_JSON_DEPTH:
                raise MalformedInput("json.too_deep", f"Nested deeper than {limits.MAX_JSON_DEPTH} levels.")
        elif token in b"]}":
            depth -= 1
        elif token == ord(","):
            items += 1
        if items > limits.MAX_JSON_ITEMS:
            raise MalformedInput("json.too_many_items", f"More than {limits.MAX_JSON_ITEMS} members and items.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        twice = _repeated(pairs)
        raise _Fault("json.duplicate_member", f"The member {_shown(twice)} stands twice in one object.", twice)
    return result


def _repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            break
        seen.add(name)
    return name


def _integer(token: str) -> int:
    _short(token)
    value = int(token)
    if abs(value) > limits.MAX_SAFE_INTEGER:
        raise _Fault("json.number_out_of_range", f"The integer {token} is beyond 2^53-1.")
    return value


def _number(token: str) -> float:
    _short(token)
    value = float(token)
    if not math.isfinite(value):
        raise _Fault("json.number_out_of_range", f"The number {token} is beyond a double.")
    return value


def _short(token: str) -> None:
    if len(token) > limits.MAX_NUMBER_CHARACTERS:
        raise _Fault(
            "json.number_out_of_range",
            f"A number has {len(token)} characters; at most {limits.MAX_NUMBER_CHARACTERS} are read.",
        )


def _constant(token: str) -> NoReturn:
    raise _Fault("json.invalid", f"{token} is not a JSON number.")


def _pointer_of(text: str, fault: _Fault) -> str:
    """Where the first fault stands: a second, tolerant parse that is run for refused texts only (they are within all bounds already)."""

    def mark_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) == len(pairs):
            return dict(pairs)
        marked = _Duplicate(pairs)
        marked.member = _repeated(pairs)
        return marked

    def mark_number(token: str) -> Any:
        try:
            return _number(token) if any(c in token for c in ".eE") else _integer(token)
        except _Fault:
            return _BadNumber()

    value = json.loads(
        text,
        object_pairs_hook=mark_object,
        parse_int=mark_number,
        parse_float=mark_number,
        parse_constant=lambda _: _BadNumber(),
    )
    for path, found in _walk(value):
        if isinstance(found, _Duplicate) and found.member == fault.member:
            return json_pointer(*path, found.member)
        if isinstance(found, _BadNumber) and fault.member is None:
            return json_pointer(*path)
    return ""


def _refuse_characters(value: JsonValue) -> None:
    for path, found in _walk(value):
        names = found.keys() if isinstance(found, dict) else (found,) if isinstance(found, str) else ()
        for text in names:
            match = _BAD_CHARACTER.search(text)
            if match:
                nul = match.group() == "\x00"
                raise MalformedInput(
                    "json.nul_character" if nul else "json.lone_surrogate",
                    "A string holds U+0000." if nul else "A string holds a lone surrogate.",
                    pointer=json_pointer(*path),
                )


def _walk(value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while stack:
        path, found = stack.pop()
        yield path, found
        if isinstance(found, dict):
            stack.extend(((*path, name), child) for name, child in reversed(found.items()))
        elif isinstance(found, list):
            stack.extend(((*path, index), child) for index, child in reversed(list(enumerate(found))))


def _shown(name: str) -> str:
    return json.dumps(name[:80], ensure_ascii=True)
