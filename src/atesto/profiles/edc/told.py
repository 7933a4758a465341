"""What a credential tells of each of its objects, as its statements would have it.

Two objects with one id are one object to the statements, and a string or an object with nothing but an id names one that is told
elsewhere. Members that no term defines say nothing; nothing below them is an object of the credential.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.profiles.edc.classes import LEFT_OUT
from atesto.profiles.edc.plan import KINDS, KINDS_AT_TOP, class_of
from atesto.profiles.edc.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue


class Several(list["JsonValue"]):
    """What several places say under one member of one object."""


@dataclass(frozen=True, slots=True)
class Told:
    """One object: where it stands first, what is said of it everywhere, and whether two places say different things."""

    pointer: str
    node: JsonObject
    at_top: bool = False
    is_merged: bool = False

    def place(self, member: str) -> str:
        """Pointer of a member: no member of the credential has a character that a pointer would escape."""
        return self.pointer if self.is_merged else f"{self.pointer}/{member}"


class Telling:
    """All objects of one credential. Made once; everything that is looked up was found then."""

    def __init__(self, document: JsonObject) -> None:
        self.top = {name: value for name, value in document.items() if name not in LEFT_OUT and name != "@context"}
        self.left_out = [name for name in LEFT_OUT if name in document]
        self._mentions: dict[str, list[tuple[str, JsonObject]]] = {}
        self.objects: list[Told] = []
        """Each once, in the order of the document; the credential itself first."""
        self.differing: list[tuple[str, str]] = []
        """Place of an object, and of an earlier one with the same id that says something else."""
        placed = list(_placed(self.top))
        for pointer, node in placed:
            name = identifier(node)
            if name is not None and len(node) > 1:
                self._mentions.setdefault(name, []).append((pointer, node))
        self._merged = {name: self._one(name, mentions) for name, mentions in self._mentions.items()}
        for pointer, node in placed:
            name = identifier(node)
            if name is None:
                self.objects.append(Told(pointer, node, at_top=not pointer))
            elif len(node) > 1 and self._merged[name].pointer == pointer:
                self.objects.append(self._merged[name])
        self._classes = {name: own_classes(told.node) for name, told in self._merged.items()}

    def classes(self, item: JsonValue) -> frozenset[str]:
        """The classes of an object, or of the one that a string names."""
        name = name_of(item)
        if name is not None:
            return self._classes.get(name, frozenset())
        return own_classes(item) if isinstance(item, dict) else frozenset()

    def node(self, item: JsonValue) -> JsonObject:
        """What is told of an object, or of the one that a string names; empty when nothing is."""
        name = name_of(item)
        if name is not None and name in self._merged:
            return self._merged[name].node
        return item if isinstance(item, dict) else {}

    def _one(self, name: str, mentions: list[tuple[str, JsonObject]]) -> Told:
        pointer, node = mentions[0]
        others = [(place, other) for place, other in mentions[1:] if other != node and not _same(other, node)]
        if not others:
            return Told(pointer, node, at_top=not pointer)
        self.differing += [(place, pointer) for place, _ in others]
        merged: dict[str, Several] = {}
        for mention in (node, *(other for _, other in others)):
            for member, value in mention.items():
                if member not in ("id", "@id"):
                    merged.setdefault(member, Several()).append(value)
        return Told(pointer, {"id": name, **merged}, at_top=not pointer, is_merged=True)


def identifier(node: JsonObject) -> str | None:
    """The id of an object; None when it has none that others could name."""
    name = node.get("id", node.get("@id"))
    return name if isinstance(name, str) else None


def name_of(item: JsonValue) -> str | None:
    """The id by which a value names an object: the object's own, or the string itself."""
    if isinstance(item, str):
        return item
    return identifier(item) if isinstance(item, dict) else None


def own_classes(node: JsonObject) -> frozenset[str]:
    """The classes that an object says it is of, as far as the vocabulary knows them."""
    names = class_of()
    stated = items(node.get("type", node.get("@type")))
    return frozenset(names[name] for name in stated if isinstance(name, str) and name in names)


def items(value: JsonValue) -> Iterator[JsonValue]:
    """The values under a member: lists in lists are one list, null is nothing."""
    if isinstance(value, list):
        for inner in value:
            yield from items(inner)
    elif value is not None:
        yield value


def placed_items(value: JsonValue, pointer: str) -> Iterator[tuple[str, JsonValue]]:
    """The same, each with its place."""
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from placed_items(inner, f"{pointer}/{index}")
    elif value is not None:
        yield pointer, value


def _placed(top: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    stack: list[tuple[str, JsonObject]] = [("", top)]
    while stack:
        pointer, node = stack.pop()
        yield pointer, node
        kinds = KINDS if pointer else KINDS_AT_TOP
        inner = [
            (place, item)
            for member, value in node.items()
            if isinstance(value, dict | list) and kinds.get(member) is Kind.NODE
            for place, item in placed_items(value, f"{pointer}/{member}")
            if isinstance(item, dict)
        ]
        stack.extend(reversed(inner))


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values say the same: a list of one says what its item says."""
    if isinstance(one, list) or isinstance(other, list):
        ones, others = list(items(one)), list(items(other))
        return len(ones) == len(others) and all(_same(*pair) for pair in zip(ones, others, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    return one == other and type(one) is type(other)
