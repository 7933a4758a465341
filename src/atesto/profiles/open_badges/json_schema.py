"""JSON Schemas (2020-12) of Open Badges, made from the table of classes.

They ask what the schemas that 1EdTech publishes ask, and more where those would let pass what cannot be meant; each such rule is a row of
`DIFFERENCES`. Without any of them a schema is the published one in other words: tests compare the two over samples and generated documents.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.profiles.open_badges.classes import CLASSES, Class, Kind, Member, Value
from atesto.profiles.open_badges.vocabulary import (
    COMPACT_JWS_PATTERN,
    CONTEXT_PATTERN,
    CREDENTIAL,
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    DURATION_PATTERN,
    EXTENDED_PATTERN,
    IRI_PATTERN,
    LANGUAGE_PATTERN,
    TAG_PATTERN,
    Enumeration,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

DIFFERENCES: Final[dict[str, str]] = {
    "texts": "A text is a text. The published schemas take an object by language too, which no Open Badges context gives a meaning.",
    "types": "An object says its class, also where it has one type. The published schemas take any type that is not in a list.",
    "contexts": "The contexts are a list that begins with the two of the specification. The published schemas take any single one.",
    "identifiers": "Identifiers are absolute. The published schemas take any text.",
    "extensions": "A value that extends an enumeration is `ext:` and a name. The published schemas look for that anywhere in the value.",
    "one_of": "A subject has an id or an identifier, criteria an id or a narrative: said by the specification, not by its schemas.",
    "status_list": "Several status entries may be listed, as VCDM 2.0 has it. The published schemas take one object.",
    "service_types": "A status, schema, service or proof may have several types, as VCDM 2.0 has it. The published schemas take one.",
}
"""Where our schemas differ from the published ones, and why. All but `LOOSER` are stricter."""
LOOSER: Final = frozenset({"status_list", "service_types"})

_MAP_KEYS: Final = "^[a-z]{2}(-[A-Z]{2})?$"
_PUBLISHED_EXTENDED: Final = "(ext:)[a-z|A-Z|0-9|.|\\-|_]+"
_FORMATS: Final[dict[Kind, JsonObject]] = {
    Kind.DATE_TIME: {"type": "string", "format": "date-time"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DURATION: {"type": "string", "pattern": DURATION_PATTERN},
    Kind.NODE: {"type": "string", "pattern": IRI_PATTERN},
    Kind.TEXTS: {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": TAG_PATTERN},
        "additionalProperties": {"type": "string", "minLength": 1},
    },
}
_TEXTS: Final[dict[Kind, JsonObject]] = {
    Kind.TEXT: {"type": "string"},
    Kind.MARKDOWN: {"type": "string"},
    Kind.WORD: {"type": "string"},
    Kind.IRI: {"type": "string"},
    Kind.LANGUAGE: {"type": "string", "pattern": LANGUAGE_PATTERN},
    Kind.TOKEN: {"type": "string", "pattern": COMPACT_JWS_PATTERN},
}
_BASE_CONTEXTS: Final = {"2.0": CREDENTIALS_V2, "1.1": CREDENTIALS_V1}
_CONTEXT: Final[JsonObject] = {"type": ["string", "object"]}


def badge_schema(version: str = "2.0", *, differences: Collection[str] = tuple(DIFFERENCES)) -> JsonObject:
    """The schema of an OpenBadgeCredential in a version of the data model of credentials, with those differences from the published one."""
    return schema_of(CLASSES[version], "AchievementCredential", version, differences=differences, context_rules=(CONTEXT_PATTERN,))


def schema_of(
    classes: Mapping[str, Class],
    root: str,
    version: str,
    *,
    context_rules: tuple[str, ...] = (),
    differences: Collection[str] = tuple(DIFFERENCES),
) -> JsonObject:
    """The schema of one class; `context_rules` are, for a credential, the patterns of the contexts after the first."""
    maker = _Maker(version, frozenset(differences))
    return {
        "$schema": DRAFT,
        "title": root,
        "$ref": f"#/$defs/{root}",
        "$defs": {
            name: maker.object(entry, context_rules if name == root else (CONTEXT_PATTERN,)) for name, entry in sorted(classes.items())
        },
    }


def schema_bytes(schema: JsonObject) -> bytes:
    """The schema as it is applied."""
    return json.dumps(schema, sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class _Maker:
    version: str
    differences: frozenset[str]

    def object(self, entry: Class, context_rules: tuple[str, ...]) -> JsonObject:
        properties: JsonObject = {member.name: self.member(member) for member in entry.members}
        required: list[JsonValue] = [member.name for member in entry.members if member.required]
        if entry.types or entry.any_type:
            properties["type"] = self.types(entry)
            required.append("type")
        if (CREDENTIAL,) in entry.types:
            properties["@context"] = self.contexts(context_rules)
            required.append("@context")
        found: JsonObject = {"type": "object", "properties": properties, "required": required, "additionalProperties": not entry.closed}
        if entry.one_of and "one_of" in self.differences:
            found["anyOf"] = [self.stated(name, entry) for name in entry.one_of]
        return found

    def stated(self, name: str, entry: Class) -> JsonObject:
        rule: JsonObject = {"required": [name]}
        return {**rule, "properties": {name: {"minItems": 1}}} if any(row.name == name and row.many for row in entry.members) else rule

    def member(self, member: Member) -> JsonObject:
        value = _either(self.value(choice) for choice in member.values)
        several = member.many or (member.name == "credentialStatus" and "status_list" in self.differences)
        return {"oneOf": [value, {"type": "array", "items": value}]} if several else value

    def value(self, value: Value) -> JsonObject:
        if isinstance(value, Enumeration):
            listed: JsonObject = {"enum": list(value.values)}
            pattern = EXTENDED_PATTERN if "extensions" in self.differences else _PUBLISHED_EXTENDED
            return _either((listed, {"type": "string", "pattern": pattern})) if value.extensible else listed
        if isinstance(value, Kind):
            return _FORMATS[value] if value in _FORMATS else self.text(self.strict_text(value))
        return {"$ref": f"#/$defs/{value}"}

    def strict_text(self, kind: Kind) -> JsonObject:
        return {"type": "string", "pattern": IRI_PATTERN} if kind is Kind.IRI and "identifiers" in self.differences else _TEXTS[kind]

    def text(self, rule: JsonObject) -> JsonObject:
        """A text or, as the published schemas have it, an object of such texts by language."""
        if "texts" in self.differences:
            return rule
        return _either((rule, {"type": "object", "additionalProperties": rule, "propertyNames": {"pattern": _MAP_KEYS}}))

    def types(self, entry: Class) -> JsonObject:
        word = self.text({"type": "string"})
        if entry.any_type:
            listed: JsonObject = {"type": "array", "items": word, "minItems": 1}
            return _either((word, listed)) if "service_types" in self.differences else word
        if entry.alone:
            return self.text({"enum": [entry.name]})
        contained: list[JsonValue] = [{"contains": {"enum": list(names)}} for names in entry.types]
        several: JsonObject = {"type": "array", "items": word, "minItems": 1, "allOf": contained}
        if "types" not in self.differences:
            return _either((word, several))
        return several if len(entry.types) > 1 else _either(({"enum": list(entry.types[0])}, several))

    def contexts(self, rules: tuple[str, ...]) -> JsonObject:
        listed: JsonObject = {
            "type": "array",
            "minItems": 1 + len(rules),
            "prefixItems": [{"const": _BASE_CONTEXTS[self.version]}, *_patterns(rules)],
            "items": _CONTEXT,
        }
        return listed if "contexts" in self.differences else _either((listed, _CONTEXT))


def _patterns(rules: tuple[str, ...]) -> list[JsonValue]:
    return [{"type": "string", "pattern": rule} for rule in rules]


def _either(rules: Iterable[JsonObject]) -> JsonObject:
    found: list[JsonValue] = list(rules)
    only = found[0]
    return only if len(found) == 1 and isinstance(only, dict) else {"anyOf": found}
