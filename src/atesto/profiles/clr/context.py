"""The JSON-LD contexts of CLR 2.0, generated from a table of its terms (CLR Standard 2.0, sections 4 and 6.2).

Two contexts are published: 2.0 (`context.json`) and 2.0.1, which defines `partial` and the learner's `identifier` and names the
Open Badges vocabulary by its later address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_CLR: Final = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
_CRED: Final = "https://www.w3.org/2018/credentials#"
_OBI: Final = {"2.0": "https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#", "2.0.1": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"}

CLASSES: Final = ("ClrCredential", "ClrSubject", "Association")
_NAMING_CLASSES: Final = ("ClrCredential", "ClrSubject")
"""Classes whose scope repeats the aliases `id` and `type`."""

# (version it came with, class, term, IRI's last part, coercion, whether it holds a set)
TERMS: Final = (
    ("2.0.1", "ClrCredential", "partial", "partial", "xsd:boolean", False),
    ("2.0", "ClrSubject", "achievement", "achievement", "obi:Achievement", True),
    ("2.0", "ClrSubject", "association", "association", _CLR + "Association", True),
    ("2.0", "ClrSubject", "verifiableCredential", "verifiableCredential", "cred:verifiableCredential", True),
    ("2.0.1", "ClrSubject", "identifier", "identifier-1", "obi:Identifier", True),
    ("2.0", "Association", "associationType", "AssociationType", None, False),
    ("2.0", "Association", "sourceId", "sourceId", "xsd:anyURI", False),
    ("2.0", "Association", "targetId", "targetId", "xsd:anyURI", False),
)


def clr_context(version: str = "2.0.1") -> JsonObject:
    """The context document of CLR `version`, "2.0" or "2.0.1"."""
    classes: JsonObject = {name: {"@id": _CLR + name, "@context": _scope(name, version)} for name in CLASSES}
    return {"@context": {"id": "@id", "type": "@type", **classes}}


def _scope(class_name: str, version: str) -> JsonObject:
    scope: JsonObject = {"id": "@id", "type": "@type"} if class_name in _NAMING_CLASSES else {}
    if class_name == "ClrSubject":
        scope |= {"cred": _CRED, "obi": _OBI[version]}
    for since, owner, term, iri, coercion, is_set in TERMS:
        if owner == class_name and since <= version:
            definition: dict[str, JsonValue] = {"@id": _CLR + iri}
            if coercion is not None:
                definition["@type"] = coercion
            if is_set:
                definition["@container"] = "@set"
            scope[term] = definition
    return scope
