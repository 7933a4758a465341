"""Documents whose objects know where they stand, so that a fault found deep inside an algorithm has a JSON pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atesto.encoding.json_pointer import json_pointer

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue


class LocatedObject(dict[str, Any]):
    """A JSON object with its pointer. Copying it gives itself: it is read, never changed, and must not lose its place."""

    __slots__ = ("pointer",)

    def __init__(self, members: dict[str, Any], pointer: str) -> None:
        """`pointer` is the RFC 6901 JSON pointer of the object in its document."""
        super().__init__(members)
        self.pointer = pointer

    def __deepcopy__(self, memo: dict[int, Any]) -> LocatedObject:
        """Itself."""
        return self


def locate(document: JsonObject) -> LocatedObject:
    """A copy of `document` whose objects know their pointers; contexts are left as they are, they are no part of what is said."""
    located: LocatedObject = _located(document, "")
    return located


def _located(value: JsonValue, pointer: str) -> Any:
    if isinstance(value, dict):
        members = {
            name: _located(member, pointer + json_pointer(name)) if isinstance(member, dict | list) and name != "@context" else member
            for name, member in value.items()
        }
        return LocatedObject(members, pointer)
    if isinstance(value, list):
        return [_located(item, f"{pointer}/{index}") if isinstance(item, dict | list) else item for index, item in enumerate(value)]
    return value


def names_only_urls(document: JsonObject) -> bool:
    """Whether every `@context` in `document`, at whatever depth, is a URL or a list of URLs: the document defines no words of its own."""
    stack: list[JsonValue] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            context = value.get("@context", [])
            if not all(isinstance(item, str) for item in (context if isinstance(context, list) else [context])):
                return False
            stack.extend(member for member in value.values() if isinstance(member, dict | list))
        elif isinstance(value, list):
            stack.extend(item for item in value if isinstance(item, dict | list))
    return True
