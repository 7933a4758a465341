"""Whom a European Digital Credential names: learner, awarding body, who issues and by what right, quality assurance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.profiles.award.data_url import fault_of_logo
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import EVIDENCE_TYPES, QUALITY_ASSURANCE_TYPES
from atesto.profiles.edc.reader import string
from atesto.profiles.edc.source import IRI, Source, code_of, lasting_id, without_nothing
from atesto.profiles.edc.vocabulary import EVIDENCE_MANDATE

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_EMAIL: Final = re.compile(r"[^\s@<>\"\\^`{|}]+@[^\s@<>\"\\^`{|}]+\Z")


class PartiesRead(Source):
    """Reads the parties as members of an award record."""

    def learner(self) -> JsonValue:
        subject, at = self.subject, "/learner"
        born = self.one(subject, "placeOfBirth")
        self.note(at, subject)
        return without_nothing(
            {
                "id": lasting_id(subject),
                "given_name": self.words(f"{at}/given_name", subject, "givenName"),
                "family_name": self.words(f"{at}/family_name", subject, "familyName"),
                "full_name": self.words(f"{at}/full_name", subject, "fullName"),
                "date_of_birth": self.day(f"{at}/date_of_birth", subject, "dateOfBirth", shifted=True),
                "place_of_birth": self._place(f"{at}/place_of_birth", born),
                "citizenship": self.codes(f"{at}/citizenship", COUNTRIES, subject, "citizenshipCountry"),
                "national_id": self._identifier(f"{at}/national_id", subject, "nationalID", None),
                "student_number": self.string(f"{at}/student_number", self.one(subject, "identifier"), "notation"),
                "email": self._email(f"{at}/email", subject),
            }
        )

    def body(self, at: str, body: JsonObject) -> JsonObject:
        country = self._country(f"{at}/country", body)
        return without_nothing(
            {
                **self._organisation(at, body),
                "country": country,
                "region": self._region(f"{at}/region", body),
                "eidas": self._identifier(f"{at}/eidas", body, "eIDASIdentifier", country),
                "registration": self._identifier(f"{at}/registration", body, "registration", country),
                "vat": self._identifier(f"{at}/vat", body, "vatIdentifier", country),
                "tax": self._identifier(f"{at}/tax", body, "taxIdentifier", country),
                "address": self.text(f"{at}/address", self.one(body, "location", "address", "fullAddress"), "noteLiteral"),
                "email": self._email(f"{at}/email", body),
                "logo": self.file(f"{at}/logo", self.one(body, "logo"), fault_of_logo),
            }
        )

    def mandate(self) -> JsonValue:
        """Who issues, where that is another than who awards, and the statement that it may."""
        issuer, body = self.one(self.document, "issuer"), self.awarding_body
        if not issuer or not body or string(issuer, "id") == string(body, "id"):
            return None
        self.note("/mandate", self.document, "issuer")
        statements = (self.string("/mandate/statement", evidence, "evidenceStatement") for evidence in self.evidence(EVIDENCE_MANDATE))
        return {"issuer": self.body("/mandate/issuer", issuer), **without_nothing({"statement": next(statements, None)})}

    def evidence(self, code: str) -> list[JsonObject]:
        """The evidence of one type."""
        kind = EVIDENCE_TYPES.iri(code)
        return [found for found in self.many(self.document, "evidence") if string(self.one(found, "dcType"), "id") == kind]

    def quality_assurance(self) -> JsonValue:
        at = "/quality_assurance"
        found = self.one(self.qualification, "accreditation") or self.one(self.awarding_body, "accreditation")
        kind = self.listed(f"{at}/type", QUALITY_ASSURANCE_TYPES, found, "dcType", mandatory=True)
        title = self.text(f"{at}/title", found, "title")
        agency = self.one(found, "accreditingAgent")
        return without_nothing(
            {
                "type": kind,
                "title": None if title == {"en": kind} else title,
                "agency": without_nothing(
                    {**self._organisation(f"{at}/agency", agency), "country": self._country(f"{at}/agency/country", agency)}
                ),
                "decision": self.text(f"{at}/decision", self.one(found, "decision"), "prefLabel"),
                "report": self.web(f"{at}/report", self.one(found, "report")),
                "review_date": self.day(f"{at}/review_date", found, "reviewDate"),
                "expiry_date": self.day(f"{at}/expiry_date", found, "expiryDate"),
            }
        )

    def _organisation(self, at: str, body: JsonObject) -> dict[str, JsonValue]:
        return {
            "id": lasting_id(body),
            "name": self.text(f"{at}/name", body, "legalName"),
            "homepage": self.web(f"{at}/homepage", self.one(body, "homepage")),
        }

    def _country(self, at: str, body: JsonObject) -> str | None:
        for place in self.many(body, "location"):
            for address in self.many(place, "address"):
                self.note(at, address, "countryCode")
                return code_of(COUNTRIES, self.one(address, "countryCode"))
        return None

    def _region(self, at: str, body: JsonObject) -> str | None:
        for place in self.many(body, "location"):
            region = string(self.one(place, "spatialCode"), "id")
            if region and IRI.match(region):
                self.note(at, place, "spatialCode")
                return region
        return None

    def _place(self, at: str, place: JsonObject) -> JsonValue:
        country = code_of(COUNTRIES, self.one(place, "address", "countryCode"))
        if country is None:
            return None
        self.note(at, place)
        return without_nothing({"country": country, "name": self.text(f"{at}/name", place, "geographicName")})

    def _identifier(self, at: str, node: JsonObject, member: str, country: str | None) -> JsonValue:
        found = self.one(node, member)
        number = string(found, "notation")
        if number is None:
            return None
        self.note(at, node, member)
        stated = code_of(COUNTRIES, self.one(found, "spatial"))
        return without_nothing({"number": number, "country": None if stated == country else stated})

    def _email(self, at: str, node: JsonObject) -> str | None:
        contact = self.one(node, "contactPoint")
        address = string(self.one(contact, "emailAddress"), "id") or ""
        found = address.removeprefix("mailto:")
        if not address.startswith("mailto:") or not _EMAIL.match(found):
            return None
        self.note(at, contact, "emailAddress")
        return found
