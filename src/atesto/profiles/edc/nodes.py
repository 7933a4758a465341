"""Nodes of a European Digital Credential: typed, each with an absolute id, and the small ones that stand in many places."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from atesto.errors import MalformedInput
from atesto.profiles.award.data_url import JPEG, PDF, PNG, SVG, file_of
from atesto.profiles.edc.concept import concept, listed_concept
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import CREDIT_SYSTEMS, ENCODINGS
from atesto.profiles.edc.lists.file_types import FILE_TYPES
from atesto.profiles.edc.vocabulary import ELM_SCHEME, REGION_SCHEMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.part import LegalIdentifier
    from atesto.profiles.award.record import Link

FILE_TYPE_OF: Final[dict[str, str]] = {PNG: "PNG", JPEG: "JPEG", SVG: "SVG", PDF: "PDF"}
"""Media type -> code in the list of file types."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Makes the nodes of one credential. A node's id is a UUID of the credential's id and the node's place (RFC 9562 section 5.5)."""

    credential_id: str

    def node(self, kind: str, place: str, **members: JsonValue) -> JsonObject:
        """A typed node; members that are None are left out, one-item lists stand as their item."""
        found: JsonObject = {"id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{self.credential_id}#{place}')}", "type": kind}
        for name, value in members.items():
            if isinstance(value, list):
                if value:
                    found[name] = value[0] if len(value) == 1 else value
            elif value is not None:
                found[name] = value
        return found

    def note(self, place: str, text: Mapping[str, str] | None, *, about: str | None = None) -> JsonObject | None:
        if text is None:
            return None
        subject = None if about is None else concept(about, ELM_SCHEME)
        return self.node("Note", place, noteLiteral=dict(text), subject=subject)

    def web_resource(self, place: str, url: str | None, title: Mapping[str, str] | None = None) -> JsonObject | None:
        return None if url is None else self.node("WebResource", place, contentURL=url, title=dict(title) if title else None)

    def web_resources(self, place: str, links: tuple[Link, ...]) -> list[JsonValue]:
        return [self.web_resource(f"{place}/{index}", link.url, link.title) for index, link in enumerate(links)]

    def location(
        self,
        at: str,
        country: str | None,
        pointer: str,
        *,
        address: Mapping[str, str] | None = None,
        region: str | None = None,
        name: Mapping[str, str] | None = None,
    ) -> JsonObject:
        if country is None:
            raise incomplete("The organisation must state its country.", pointer)
        code = listed_concept(COUNTRIES, country, pointer)
        place = self.node("Address", f"{at}/address", countryCode=code, fullAddress=self.note(f"{at}/address/full", address))
        scheme = next((scheme for base, scheme in REGION_SCHEMES if region and region.startswith(base)), ELM_SCHEME)
        return self.node(
            "Location",
            f"{at}/location",
            address=place,
            spatialCode=None if region is None else concept(region, scheme),
            geographicName=None if name is None else dict(name),
        )

    def media(self, at: str, media_type: str, content: bytes, title: Mapping[str, str] | None = None) -> JsonObject:
        return self.node(
            "MediaObject",
            at,
            title=dict(title) if title else None,
            content=base64.b64encode(content).decode("ascii"),
            contentEncoding=listed_concept(ENCODINGS, "base64", ""),
            contentType=listed_concept(FILE_TYPES, FILE_TYPE_OF[media_type], ""),
        )

    def file(self, at: str, url: str | None, title: Mapping[str, str] | None = None) -> JsonObject | None:
        """What a data URL of the award holds."""
        return None if url is None else self.media(at, *file_of(url), title)

    def credits(self, at: str, ects: float | None) -> JsonObject | None:
        if ects is None:
            return None
        system = listed_concept(CREDIT_SYSTEMS, "ects", "/workload/ects")
        return self.node("CreditPoint", at, framework=system, point=format(Decimal(repr(ects)).normalize(), "f"))

    def legal_identifier(self, at: str, number: LegalIdentifier, country: str | None, pointer: str) -> JsonObject:
        stated = number.country or country
        if stated is None:
            raise incomplete("An official number must state its country.", f"{pointer}/country")
        return self.node("LegalIdentifier", at, notation=number.number, spatial=listed_concept(COUNTRIES, stated, f"{pointer}/country"))

    def contact(self, at: str, email: str | None) -> JsonObject | None:
        if email is None:
            return None
        return self.node("ContactPoint", f"{at}/contact", emailAddress={"id": f"mailto:{email}", "type": "Mailbox"})


def midnight(day: date | None) -> str | None:
    """The day as a date-time: midnight UTC, with no shift."""
    return None if day is None else f"{day.isoformat()}T00:00:00Z"


def incomplete(sentence: str, pointer: str) -> MalformedInput:
    """The refusal of an award that lacks what the form must carry; `pointer` leads into the award."""
    return MalformedInput("award.edc_incomplete", sentence, pointer=pointer)
