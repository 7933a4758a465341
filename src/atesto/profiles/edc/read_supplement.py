"""Which profile a European Digital Credential has, and what it says beyond the generic one: conversion, accreditation, supplement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.profiles.award.data_url import fault_of_document
from atesto.profiles.edc.lists.europass import CREDENTIAL_PROFILES, CREDIT_SYSTEMS
from atesto.profiles.edc.lists.learning import ENTITLEMENT_TYPES
from atesto.profiles.edc.read_parties import PartiesRead
from atesto.profiles.edc.reader import string
from atesto.profiles.edc.source import without_nothing
from atesto.profiles.edc.vocabulary import (
    EVIDENCE_CONVERSION,
    EVIDENCE_MANDATE,
    NO_GRADE,
    NOTES_OF_SUPPLEMENT,
    PROFILE_ACCREDITED,
    PROFILE_SUPPLEMENT,
)

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

_MONTHS: Final = re.compile(r"P(?:([0-9]{1,2})Y)?(?:([0-9]{1,3})M)?\Z")
_NUMBER: Final = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?\Z")


class SupplementRead(PartiesRead):
    """Reads the members of an award record that the profiles beyond the generic one have."""

    def has_profile(self, code: str) -> bool:
        """Whether the credential says that it has that profile."""
        wanted = CREDENTIAL_PROFILES.iri(code)
        return any(string(found, "id") == wanted for found in self.many(self.document, "credentialProfiles"))

    def accredited(self) -> bool | None:
        return True if self.has_profile(PROFILE_ACCREDITED) else None

    def conversion(self) -> JsonValue:
        """The document that was converted; None when there is none that a record may hold."""
        for evidence in self.evidence(EVIDENCE_CONVERSION):
            media = self.one(evidence, "embeddedEvidence")
            url = self.file("/conversion/document", media, fault_of_document)
            if url is not None:
                mandates = [string(found, "evidenceStatement") for found in self.evidence(EVIDENCE_MANDATE)]
                statement = self.string("/conversion/statement", evidence, "evidenceStatement")
                title = self.text("/conversion/title", media, "title")
                # Where there is a mandate, too, each evidence carries a statement: the mandate's is not the conversion's.
                return without_nothing({"document": url, "title": title, "statement": None if statement in mandates else statement})
        return None

    def supplement(self) -> JsonObject | None:
        """The sections of a Diploma Supplement; None in any other credential."""
        if not self.has_profile(PROFILE_SUPPLEMENT):
            return None
        at = "/supplement"
        notes = {name: self.note_of(f"{at}/{name}", about) for name, about in NOTES_OF_SUPPLEMENT.items()}
        signatory = notes.pop("certified_by") or {}
        names = [signatory[language] for language in (self.language, *signatory) if language in signatory]
        certified = without_nothing({"name": names[0] if names else None, "capacity": notes.pop("certifying_capacity")})
        return without_nothing(
            {
                "duration_months": self._months(f"{at}/duration_months"),
                "modules": self._modules(f"{at}/modules"),
                "further_study": self._entitlement(f"{at}/further_study", "learning opportunity"),
                "regulated_profession": self._entitlement(f"{at}/regulated_profession", "occupation"),
                "certified_by": certified if names else None,
                "education_system": self.text(f"{at}/education_system", self.one(self.awarding, "educationalSystemNote"), "prefLabel"),
                **notes,
            }
        )

    def ects(self, at: str, node: JsonObject, member: str) -> float | None:
        """The first ECTS credits under a member."""
        for points in self.many(node, member):
            system = string(self.one(points, "framework"), "id")
            number = string(points, "point") or ""
            if system == CREDIT_SYSTEMS.iri("6fcec5c5af") and _NUMBER.match(number):
                self.note(at, node, member)
                return float(number)
        return None

    def _months(self, at: str) -> int | None:
        match = _MONTHS.match(self.string(at, self.qualification, "maximumDuration") or "")
        return (int(match[1] or 0) * 12 + int(match[2] or 0)) or None if match else None

    def _modules(self, at: str) -> JsonValue:
        """Achievements that are parts of the whole; parts of the qualification, where there are none."""
        found: list[JsonValue] = []
        parts = self.many(self.achievement, "hasPart") or self.many(self.qualification, "hasPart")
        for index, part in enumerate(parts):
            place = f"{at}/{index}"
            title = self.text(place, part, "title")
            if title is not None:
                credits_ = self.ects(f"{place}/ects", part, "creditReceived")
                grade = self.text(f"{place}/grade", self.one(part, "provenBy", "grade"), "noteLiteral")
                if credits_ is None:
                    credits_ = self.ects(f"{place}/ects", part, "creditPoint")
                found.append(without_nothing({"title": title, "ects": credits_, "grade": None if grade == NO_GRADE else grade}))
        return found

    def _entitlement(self, at: str, kind: str) -> JsonObject | None:
        wanted = next(ENTITLEMENT_TYPES.iri(code) for code, label in ENTITLEMENT_TYPES.labels.items() if label == kind)
        for found in self.many(self.achievement, "entitlesTo"):
            if string(self.one(found, "specifiedBy", "dcType"), "id") == wanted:
                return self.text(at, found, "title")
        return None
