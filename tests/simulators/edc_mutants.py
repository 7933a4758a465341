"""European Digital Credentials with one fault each: a member taken away, or a class, a form, a number or a list value changed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.profiles.edc.classes import CREDENTIAL_MEMBERS
from atesto.profiles.edc.terms import TERMS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KINDS: Final = {term: kind for term, _, kind in TERMS if kind is not Kind.CLASS} | CREDENTIAL_MEMBERS
Place = tuple[Any, Any, str]
"""The object or list that holds a value, its name or index there, and its pointer."""


def places(value: Any, pointer: str = "") -> Iterator[Place]:
    """Every member of every object, and every item of every list; the contexts left out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in inner:
        if name != "@context":
            at = pointer + json_pointer(name)
            yield value, name, at
            yield from places(child, at)


def without_one(document: Any) -> Iterator[tuple[str, Any]]:
    """Each copy of `document` that lacks one member or item, with the pointer of what it lacks."""
    for _, _, pointer in places(document):
        changed = copy.deepcopy(document)
        holder, name = _find(changed, pointer)
        del holder[name]
        yield f"without {pointer}", changed


def changed_once(document: Any) -> Iterator[tuple[str, Any]]:
    """Each copy of `document` with one value changed, with what was done where."""
    for holder, name, pointer in places(document):
        for what, change in _changes(holder, name):
            changed = copy.deepcopy(document)
            place, key = _find(changed, pointer)
            place[key] = change(place[key])
            yield f"{what} {pointer}", changed


def _find(document: Any, pointer: str) -> tuple[Any, Any]:
    *above, last = (segment.replace("~1", "/").replace("~0", "~") for segment in pointer.split("/")[1:])
    for segment in above:
        document = document[int(segment) if isinstance(document, list) else segment]
    return document, int(last) if isinstance(document, list) else last


def _changes(holder: Any, name: Any) -> list[tuple[str, Callable[[Any], Any]]]:
    if not isinstance(holder, dict):
        return []
    if name == "type":
        return [
            ("other class", lambda _: "Phone"),
            ("more classes", lambda value: [value, "Note"] if isinstance(value, str) else [*value, "Note"]),
        ]
    if name == "id":
        return [
            ("other id", lambda value: value + "x"),
            ("blank id", lambda _: "_:b0"),
            ("relative id", lambda _: "here"),
            ("shared id", lambda _: "urn:shared"),
        ]
    return _OF_KIND.get(KINDS.get(name, Kind.CLASS), [])


def _twin(value: Any) -> Any:
    twin = copy.deepcopy(value)
    for item in twin if isinstance(twin, list) else [twin]:
        if isinstance(item, dict) and "id" in item:
            item["id"] += "-twin"
    return [*(value if isinstance(value, list) else [value]), *(twin if isinstance(twin, list) else [twin])]


def _again(value: Any) -> Any:
    return [value, copy.deepcopy(value)]


def _to(replacement: Any) -> Callable[[Any], Any]:
    return lambda _: copy.deepcopy(replacement)


_OF_KIND: Final[dict[Kind, list[tuple[str, Callable[[Any], Any]]]]] = {
    Kind.NODE: [
        ("twice", _twin),
        ("again", _again),
        ("named", lambda value: value["id"] if isinstance(value, dict) and "id" in value else "urn:nobody"),
        ("named in an object", lambda value: {"id": value["id"]} if isinstance(value, dict) and "id" in value else {}),
        ("a number", _to(5)),
        ("a truth value", _to(True)),
        ("an empty object", _to({})),
        ("an empty list", _to([])),
        ("a literal", _to({"@value": "x"})),
        ("a list of JSON-LD", lambda value: {"@list": [value]}),
        ("a value of no list", _to({"id": "urn:x", "type": "Concept", "prefLabel": {"en": "x"}})),
        (
            "a value of another list",
            _to({"id": "urn:x", "type": "Concept", "inScheme": {"id": "urn:scheme", "type": "ConceptScheme"}}),
        ),
    ],
    Kind.TEXT: [
        ("a string", _to("words")),
        ("a number", _to(5)),
        ("an empty object", _to({})),
        ("empty text", _to({"en": ""})),
        ("two texts in a language", _to({"en": ["one", "two"]})),
        ("two languages", _to({"en": "one", "el": "ένα"})),
        ("no language", _to({"@none": "one"})),
        ("a literal", _to([{"@value": "one", "@language": "en"}])),
        ("a list of maps", _to([{"en": "one"}])),
    ],
    Kind.STRING: [
        ("a number", _to(5)),
        ("a truth value", _to(True)),
        ("two", _to(["one", "two"])),
        ("by language", _to({"en": "one"})),
        ("in a language", _to({"@value": "one", "@language": "en"})),
        ("another type", _to({"@value": "1", "@type": "xsd:integer"})),
        ("its type", _to({"@value": "1", "@type": "xsd:string"})),
    ],
    Kind.DATE_TIME: [
        ("a word", _to("soon")),
        ("a number", _to(2026)),
        ("two", _to(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])),
        ("a day", _to("2026-01-01")),
        ("another type", _to({"@value": "2026-01-01", "@type": "xsd:date"})),
        ("a typed date-time", _to({"@value": "2026-01-01T00:00:00Z", "@type": "xsd:dateTime"})),
        ("no such day", _to("2026-02-30T00:00:00Z")),
    ],
    Kind.DURATION: [("words", _to("60 hours")), ("a number", _to(60)), ("two", _to(["PT1H", "PT2H"])), ("months", _to("P60M"))],
    Kind.INTEGER: [("a word", _to("five")), ("a fraction", _to(1.5)), ("a string", _to("5")), ("two", _to([1, 2]))],
    Kind.POSITIVE_INTEGER: [
        ("nothing", _to(0)),
        ("below", _to(-1)),
        ("a word", _to("one")),
        ("a fraction", _to(1.5)),
        ("a string", _to("1")),
    ],
    Kind.BOOLEAN: [("a word", _to("yes")), ("a string", _to("true")), ("a number", _to(1))],
    Kind.DECIMAL: [("a word", _to("much")), ("a fraction", _to(2.5)), ("a string", _to("2.5")), ("whole", _to(2))],
    Kind.URI: [("a number", _to(5)), ("words", _to("at home")), ("two", _to(["https://a.example/", "https://b.example/"]))],
    Kind.PLAIN: [
        ("a number", _to(5)),
        ("two", _to(["one", "two"])),
        ("by language", _to({"en": "one"})),
        ("an object", _to({"id": "urn:x"})),
    ],
}
