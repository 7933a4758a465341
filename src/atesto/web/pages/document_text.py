"""Long documents, shortened for reading on a page. The whole text is with whoever sent it, and in the answers of the doors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonValue

_MAX_CHARACTERS: Final = 400
_KEPT_CHARACTERS: Final = 80
_MAX_ITEMS: Final = 50


def readable(value: JsonValue) -> str:
    """`value` as indented JSON in which texts of more than 400 characters (images) and lists of more than 50 items are cut short."""
    return json.dumps(_abridged(value), ensure_ascii=False, indent=1)


def _abridged(value: JsonValue) -> JsonValue:
    if isinstance(value, str) and len(value) > _MAX_CHARACTERS:
        return f"{value[:_KEPT_CHARACTERS]} … ({len(value):,} characters)"
    if isinstance(value, list):
        kept = [_abridged(item) for item in value[:_MAX_ITEMS]]
        return [*kept, f"… ({len(value):,} items)"] if len(value) > _MAX_ITEMS else kept
    if isinstance(value, dict):
        return {name: _abridged(member) for name, member in value.items()}
    return value
