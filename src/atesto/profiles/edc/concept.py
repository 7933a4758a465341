"""Values of controlled lists, as a European Digital Credential writes them (SHACL demands the scheme inline, with its type)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.profiles.edc.lists.controlled_list import ControlledList


def listed_concept(table: ControlledList, value: str, pointer: str) -> JsonObject:
    """The concept that `value` (code, label, name) means. Raises MalformedInput `award.code_unknown` with the award's `pointer`."""
    code = table.find(value)
    if code is None:
        raise MalformedInput("award.code_unknown", f'"{value[:80]}" is not in the list of {table.title}.', pointer=pointer)
    return concept(table.iri(code), table.scheme, {"en": table.labels[code]})


def concept(iri: str, scheme: str, label: dict[str, str] | None = None) -> JsonObject:
    """A concept of any scheme."""
    found: JsonObject = {"id": iri, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}
    if label:
        found["prefLabel"] = dict(label)
    return found
