"""Whether a document keeps to the table of classes: findings with the place of each fault.

Checks, for each object of a class, in the table's order:
1. it says its class, under `type`;
2. a credential names the contexts of the specification first, in their order, and the newest one of Open Badges;
3. what is required is there, and one of those members of which one must be there;
4. each value is what the table says: of its kind, of its enumeration, one or many;
5. a closed class has no other members.

It looks into nested endorsements and the European extension as well. It does not check what holds between members (`rules`), nor any proof.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.encoding.iri import is_absolute_iri
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.findings import Finding
from atesto.profiles.open_badges.classes import CLASSES, Class, Kind, Member, Value
from atesto.profiles.open_badges.extension import classes as extension
from atesto.profiles.open_badges.vocabulary import (
    COMPACT_JWS_PATTERN,
    CONTEXT_PATTERN,
    CREDENTIAL,
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    DURATION_PATTERN,
    LANGUAGE_PATTERN,
    OLD_ALIAS,
    OPEN_BADGES,
    TAG_PATTERN,
    Enumeration,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue

_OPEN_BADGES: Final = re.compile(CONTEXT_PATTERN + r"\Z")
_LANGUAGE: Final = re.compile(LANGUAGE_PATTERN + r"\Z")
_TOKEN: Final = re.compile(COMPACT_JWS_PATTERN + r"\Z")
_DURATION: Final = re.compile(DURATION_PATTERN + r"\Z")
_TAG: Final = re.compile(TAG_PATTERN + r"\Z")
_DATE: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\Z")
_UNSTATED: Final = {
    "AchievementSubject": "ob.subject_unidentified",
    "ClrSubject": "ob.subject_unidentified",
    "Criteria": "ob.criteria_unstated",
}


def structure(
    document: JsonObject, root: str = "AchievementCredential", *, classes: Mapping[str, Mapping[str, Class]] = CLASSES
) -> Iterator[Finding]:
    """The findings over a credential of class `root`, in the order of the table."""
    version = version_of(document)
    return _Structure(classes).of_class(document, classes[version][root], "", version)


def version_of(document: JsonObject) -> str:
    """The version of the data model of credentials, by the first context."""
    return "1.1" if contexts_of(document)[:1] == [CREDENTIALS_V1] else "2.0"


def contexts_of(document: JsonObject) -> list[JsonValue]:
    """What stands under `@context`, as a list."""
    value = document.get("@context", [])
    return value if isinstance(value, list) else [value]


def types_in(node: JsonObject) -> list[JsonValue]:
    """What stands under `type`, as a list."""
    value = node.get("type", [])
    return value if isinstance(value, list) else [value]


class _Structure:
    def __init__(self, classes: Mapping[str, Mapping[str, Class]]) -> None:
        self._classes = classes

    def of_class(self, node: JsonObject, entry: Class, pointer: str, version: str) -> Iterator[Finding]:
        yield from _type_faults(node, entry, pointer)
        if (CREDENTIAL,) in entry.types:
            yield from _context_faults(node, pointer, clr=entry.name == "ClrCredential")
        for member in entry.members:
            if member.name in node:
                yield from self._values(node[member.name], member, pointer + json_pointer(member.name), version)
            elif member.required:
                yield Finding("ob.member_missing", f"{member.name} is missing.", pointer + json_pointer(member.name))
        if entry.one_of and not any(node.get(name) for name in entry.one_of):
            yield Finding(_UNSTATED[entry.name], f"Neither {' nor '.join(entry.one_of)} is stated.", pointer)
        if entry.name == "Achievement" and extension.TYPE in types_in(node):
            yield from self.of_class(node, extension.CLASSES[extension.TYPE], pointer, version)
        if entry.closed:
            known = {"type", *(member.name for member in entry.members)}
            for name in node:
                if name not in known:
                    yield Finding("ob.member_unknown", f"{name[:80]} has no place in it.", pointer + json_pointer(name))

    def _values(self, value: JsonValue, member: Member, pointer: str, version: str) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield from self._value(value, member, pointer, version)
        elif member.many or member.name == "credentialStatus":
            for index, item in enumerate(value):
                yield from self._value(item, member, f"{pointer}/{index}", version)
        else:
            yield Finding("ob.member_malformed", f"{member.name} is one value, this is a list.", pointer)

    def _value(self, value: JsonValue, member: Member, pointer: str, version: str) -> Iterator[Finding]:
        named = next((choice for choice in member.values if isinstance(choice, str)), None)
        if named is not None and isinstance(value, dict):
            own = version_of(value) if "@context" in value else version
            entry = self._classes[own].get(named) or extension.CLASSES[named]
            yield from self.of_class(value, entry, pointer, own)
            return
        listed = next((choice for choice in member.values if isinstance(choice, Enumeration)), None)
        if listed is not None and isinstance(value, str) and value not in listed:
            yield Finding("ob.value_unknown", f'"{value[:80]}" is not one of the {listed.title}.', pointer)
        elif not any(_fits(value, choice) for choice in member.values):
            yield Finding("ob.member_malformed", f"{member.name} is {_expected(member)}, this is {_told(value)}.", pointer)


def _type_faults(node: JsonObject, entry: Class, pointer: str) -> Iterator[Finding]:
    """Check 1."""
    types = types_in(node)
    for names in entry.types:
        if not any(name in types for name in names):
            yield Finding("ob.type", f"It does not say that it is {' or '.join(names)}.", pointer + "/type")
    if entry.any_type and not types:
        yield Finding("ob.type", "It does not say its type.", pointer + "/type")
    if entry.alone and isinstance(node.get("type"), list):
        yield Finding("ob.type", "Its type is one text, this is a list.", pointer + "/type")


def _context_faults(node: JsonObject, pointer: str, *, clr: bool) -> Iterator[Finding]:
    """Check 2. A credential inside one without `@context` has that one's; there the type says enough."""
    contexts, place = contexts_of(node), pointer + "/@context"
    if contexts[:1] not in ([CREDENTIALS_V2], [CREDENTIALS_V1]):
        yield Finding("ob.context", "The first context is not that of the data model of credentials.", place)
        return
    badges = contexts[2 if clr else 1 :][:1]
    found = badges[0] if badges else None
    if not isinstance(found, str) or not (_OPEN_BADGES.match(found) or found == OLD_ALIAS):
        yield Finding("ob.context", "The context of Open Badges does not stand in its place.", place)
    elif found != OPEN_BADGES:
        yield Finding("ob.context_outdated", f"It names {found}; the newest is {OPEN_BADGES}.", place)


def _fits(value: JsonValue, choice: Value) -> bool:
    if isinstance(choice, Enumeration):
        return value in choice
    return isinstance(choice, Kind) and _KINDS[choice](value)


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_date_time(value: JsonValue) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return parse_timestamp(value).has_offset
    except MalformedInput:
        return False


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_by_language(value: JsonValue) -> bool:
    return (
        isinstance(value, dict) and bool(value) and all(_TAG.match(name) and isinstance(text, str) and text for name, text in value.items())
    )


def _matching(pattern: re.Pattern[str]) -> Callable[[JsonValue], bool]:
    return lambda value: isinstance(value, str) and pattern.match(value) is not None


_KINDS: Final[dict[Kind, Callable[[JsonValue], bool]]] = {
    Kind.TEXT: _is_text,
    Kind.MARKDOWN: _is_text,
    Kind.WORD: _is_text,
    Kind.IRI: lambda value: isinstance(value, str) and is_absolute_iri(value),
    Kind.DATE_TIME: _is_date_time,
    Kind.DATE: _matching(_DATE),
    Kind.NUMBER: _is_number,
    Kind.BOOLEAN: lambda value: isinstance(value, bool),
    Kind.LANGUAGE: _matching(_LANGUAGE),
    Kind.TOKEN: _matching(_TOKEN),
    Kind.TEXTS: _is_by_language,
    Kind.DURATION: _matching(_DURATION),
    Kind.NODE: lambda value: isinstance(value, str) and is_absolute_iri(value),
}


def _expected(member: Member) -> str:
    words = []
    for choice in member.values:
        if isinstance(choice, Kind):
            words.append(choice.value)
        else:
            words.append(f"one of the {choice.title}" if isinstance(choice, Enumeration) else f"an object of class {choice}")
    return " or ".join(words)


def _told(value: JsonValue) -> str:
    return "a text that is not one" if isinstance(value, str) else json_type(value)
