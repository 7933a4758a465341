"""Looking things up in a European Digital Credential, whatever shape JSON-LD allows them: one or many, in full or by id.

What is found is remembered with its place, so that whoever judges the award can say where in the document each part of it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.encoding.json_pointer import json_pointer
from atesto.profiles.award.values import LANGUAGE_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue


class Reader:
    """Finds members of one document's nodes. Nothing raises: what does not have the expected shape is not there."""

    def __init__(self, document: JsonObject) -> None:
        """Remembers the fullest text of every id, so that a node that is only named can be read where it is told."""
        self.document = document
        self._fullest: dict[str, JsonObject] = {}
        self._pointers: dict[int, str] = {}
        self.places: dict[str, str] = {}
        """Pointer into the award record -> pointer into the document, of what was read."""
        for pointer, found in placed_nodes(document):
            self._pointers.setdefault(id(found), pointer)
            name = found.get("id")
            if isinstance(name, str) and len(found) > len(self._fullest.get(name, {})):
                self._fullest[name] = found

    def pointer(self, node: JsonObject, member: str | None = None) -> str | None:
        """Where a node of the document, or a member that it has, stands; None for what is not in the document."""
        at = self._pointers.get(id(node))
        if at is None or member is None:
            return at
        return at + json_pointer(member) if member in node else None

    def note(self, at: str, node: JsonObject, member: str | None = None) -> None:
        """Remembers that what the award record has at the pointer `at` was read from there. The first place counts."""
        place = self.pointer(node, member)
        if place is not None:
            self.places.setdefault(at, place)

    def many(self, node: JsonObject, member: str) -> list[JsonObject]:
        """The nodes under a member."""
        value = node.get(member)
        return [found for item in (value if isinstance(value, list) else [value]) if (found := self._node(item)) is not None]

    def one(self, node: JsonObject, *path: str) -> JsonObject:
        """The first node along a path of members; empty when there is none."""
        for member in path:
            found = self.many(node, member)
            if not found:
                return {}
            node = found[0]
        return node

    def _node(self, item: JsonValue) -> JsonObject | None:
        if isinstance(item, str):
            return self._fullest.get(item, {"id": item})
        if not isinstance(item, dict):
            return None
        name = item.get("id")
        return self._fullest.get(name, item) if isinstance(name, str) and len(item) == 1 else item


def nodes(value: JsonValue) -> Iterator[JsonObject]:
    """Every object in a document, outermost first."""
    return (node for _, node in placed_nodes(value))


def placed_nodes(value: JsonValue) -> Iterator[tuple[str, JsonObject]]:
    """Every object in a document with its JSON pointer, outermost first."""
    stack: list[tuple[str, JsonValue]] = [("", value)]
    while stack:
        pointer, found = stack.pop()
        if isinstance(found, dict):
            yield pointer, found
            stack.extend((pointer + json_pointer(name), child) for name, child in reversed(found.items()))
        elif isinstance(found, list):
            stack.extend((f"{pointer}/{index}", child) for index, child in reversed(list(enumerate(found))))


def has_type(node: JsonObject, name: str) -> bool:
    """Whether a node says that it is of that class."""
    kinds = node.get("type")
    return name in kinds if isinstance(kinds, list) else kinds == name


def string(node: JsonObject, member: str) -> str | None:
    """The member's text, its ends trimmed; None when it has none."""
    value = node.get(member)
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None


def text(node: JsonObject, member: str) -> JsonObject | None:
    """The member's language map, without what is not text in a language; None when nothing is left."""
    value = node.get(member)
    if not isinstance(value, dict):
        return None
    found: JsonObject = {}
    for name, words in value.items():
        first = words[0] if isinstance(words, list) and words else words
        language = _language_tag(name)
        if LANGUAGE_TAG.match(language) and isinstance(first, str) and first.strip():
            found.setdefault(language, first)
    return found or None


def _language_tag(name: str) -> str:
    """The tag in its usual case, which says nothing (RFC 5646 section 2.1.1): `en-GB` for `EN-gb`."""
    first, *others = name.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in others)])
