"""The JSON-LD context of the EDC application profile, made from our own table of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.profiles.edc.terms import PREFIXES, TERMS, Kind

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue


def edc_context() -> JsonObject:
    """The document behind `http://data.europa.eu/snb/model/context/edc-ap`: prefixes first, then the terms in the table's order.

    It gives the same statements as the published document, of which it is not a copy.
    """
    definitions: dict[str, JsonValue] = dict(PREFIXES)
    for term, iri, kind in TERMS:
        definitions[term] = _definition(iri, kind)
    return {"@context": definitions}


def _definition(iri: str, kind: Kind) -> JsonValue:
    match kind:
        case Kind.CLASS:
            return iri
        case Kind.NODE:
            return {"@id": iri, "@type": "@id"}
        case Kind.TEXT:
            return {"@id": iri, "@container": "@language"}
        case Kind.PLAIN:
            return {"@id": iri}
        case _:
            return {"@id": iri, "@type": kind.value}
