"""Proofs inside a credential: of endorsements, of bundled credentials. The outer proof covers their text; none was verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.encoding.json_pointer import json_pointer

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.verification.record import Record


def note_nested_proofs(record: Record, document: JsonObject) -> None:
    """Notes how many proofs stand inside a credential beside its own, with the place of one. A presentation's credentials are verified."""
    if record.kind != "credential":
        return
    own = {"@context", "proof"}
    stack: list[tuple[JsonValue, str]] = [(value, json_pointer(name)) for name, value in document.items() if name not in own]
    found: list[str] = []
    while stack:
        value, pointer = stack.pop()
        if isinstance(value, dict):
            if "proof" in value:
                found.append(pointer)
            stack.extend((member, pointer + json_pointer(name)) for name, member in value.items() if isinstance(member, dict | list))
        elif isinstance(value, list):
            stack.extend((item, f"{pointer}/{index}") for index, item in enumerate(value) if isinstance(item, dict | list))
    if found:
        record.note("proof.nested_not_verified", f"Parts with a proof of their own: {len(found)}.", found[-1])
