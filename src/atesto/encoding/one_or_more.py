"""JSON-LD lets most members hold one value or a list of them: both read as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonValue


def one_or_more(value: JsonValue) -> list[JsonValue]:
    """`value` when it is a list, the caller's to read only; else a list that holds it."""
    return value if isinstance(value, list) else [value]
