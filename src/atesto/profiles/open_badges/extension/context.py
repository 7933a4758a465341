"""The JSON-LD context and the JSON Schema of the European extension, made from its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.profiles.open_badges.classes import Kind
from atesto.profiles.open_badges.extension.classes import CLASSES, MEANINGS, TYPE
from atesto.profiles.open_badges.json_schema import schema_of

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.open_badges.classes import Class, Member

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_COERCIONS: Final[dict[Kind, JsonObject]] = {
    Kind.TEXTS: {"@container": "@language"},
    Kind.NODE: {"@type": "@id"},
    Kind.DURATION: {"@type": _XSD + "duration"},
    Kind.DATE_TIME: {"@type": _XSD + "dateTime"},
    Kind.BOOLEAN: {"@type": _XSD + "boolean"},
    Kind.TEXT: {"@type": _XSD + "string"},
    Kind.IRI: {"@type": _XSD + "anyURI"},
}


def extension_context() -> JsonObject:
    """The document behind `extension.classes.URL`. Members are defined in the scope of their class alone."""
    aliases: JsonObject = {"@protected": True, "id": "@id", "type": "@type"}
    return {"@context": {**aliases, **{name: _scope(entry, aliases) for name, entry in CLASSES.items()}}}


def extension_schema() -> JsonObject:
    """The schema (2020-12) of an Achievement that is a EuropeanMicroCredential, as far as the extension goes."""
    return schema_of(CLASSES, TYPE, "2.0")


def _scope(entry: Class, aliases: JsonObject) -> JsonObject:
    terms: dict[str, JsonValue] = {member.name: _definition(member) for member in entry.members if member.name != "id"}
    return {"@id": MEANINGS[entry.name], "@context": {**aliases, **terms}}


def _definition(member: Member) -> JsonObject:
    kind = member.values[0]
    coercion = _COERCIONS[kind] if isinstance(kind, Kind) else {"@type": "@id"}
    return {"@id": MEANINGS[member.name], **coercion, **({"@container": "@set"} if member.many else {})}
