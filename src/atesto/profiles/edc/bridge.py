"""A European Digital Credential in the contexts of VCDM 2.0 and Open Badges 3.0: an experiment that no Europass tool reads.

VCDM 2.0 and the context of the EDC application profile do not load together: both define `description`, and VCDM 2.0 protects its own.
Open Badges clash in three terms more. JSON-LD lets the context of a property redefine what is protected (JSON-LD 1.1 section 4.1.11), so
the bridge defines every other term at the top and the clashing ones under the properties at which the EDC part of a document begins.

What is bridged states the same as the plain document: nothing lost, nothing gained.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from atesto.profiles.edc.context import edc_context

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

CLASHING: Final = ("Address", "Evidence", "description", "image")
"""Terms that VCDM 2.0 or Open Badges 3.0 define, and protect, in another meaning."""
EVIDENCE: Final = "EdcEvidence"
"""The class of an evidence in a bridged document: `evidence` is VCDM's own property, under which nothing can be redefined."""
BEGINNINGS: Final = (
    "accreditation",
    "attachment",
    "contactPoint",
    "displayParameter",
    "eIDASIdentifier",
    "embeddedEvidence",
    "groupMemberOf",
    "hasClaim",
    "hasCredential",
    "hasSubOrganization",
    "homepage",
    "identifier",
    "location",
    "logo",
    "memberOf",
    "nationalID",
    "placeOfBirth",
    "registration",
    "subOrganizationOf",
    "taxIdentifier",
    "vatIdentifier",
)
"""Properties of credential, issuer, subject and evidence: everything below them is the vocabulary of Europe."""
_DATES: Final = ("issued", "issuanceDate", "expirationDate")
"""Dates of VCDM 1.1 that VCDM 2.0 no longer has."""


def bridge_context() -> JsonObject:
    """The bridge, as the object that stands in `@context` behind the other two; made from the table of terms."""
    plain = edc_context()["@context"]
    if not isinstance(plain, dict):
        raise TypeError("a context is an object")
    scope: JsonObject = {term: plain[term] for term in CLASHING}
    found: JsonObject = {term: value for term, value in plain.items() if term not in CLASHING}
    for term in BEGINNINGS:
        definition = found[term]
        found[term] = {**(definition if isinstance(definition, dict) else {"@id": definition}), "@context": scope}
    found[EVIDENCE] = plain["Evidence"]
    return found | {date: {"@id": f"cred:{date}", "@type": "xsd:dateTime"} for date in _DATES}


def bridged(document: JsonObject, *, open_badges: bool = False) -> JsonObject:
    """The unsigned VCDM 1.1 credential as one of VCDM 2.0: the same statements under other contexts.

    Does not make it an Open Badge: with `open_badges` its context is there, so that such members can be added.
    """
    found = copy.deepcopy(document)
    found["@context"] = [CREDENTIALS_V2, *([OPEN_BADGES] if open_badges else []), bridge_context()]
    evidence = found.get("evidence")
    for item in evidence if isinstance(evidence, list) else [evidence]:
        if isinstance(item, dict):
            item["type"] = _renamed(item.get("type"))
    return found


def _renamed(kinds: JsonValue) -> JsonValue:
    if isinstance(kinds, list):
        return [_renamed(kind) for kind in kinds]
    return EVIDENCE if kinds == "Evidence" else kinds
