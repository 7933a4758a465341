"""Whom a European Digital Credential names: awarding body, issuer and its mandate, quality assurance agency, learner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.errors import MalformedInput
from atesto.profiles.edc.concept import listed_concept
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.nodes import Nodes, incomplete, midnight

if TYPE_CHECKING:
    from datetime import date

    from atesto.encoding.strict_json import JsonObject
    from atesto.profiles.award.parties import Agency, AwardingBody, Learner
    from atesto.profiles.award.record import Award


@dataclass(frozen=True, slots=True)
class Parties(Nodes):
    """Makes the parties' nodes. Raises MalformedInput `award.*` and `issue.foreign_issuer`, with a pointer into the award."""

    award: Award
    issuer_did: str

    def issuer(self) -> JsonObject:
        """Who issues: the awarding body, or who has its mandate."""
        mandate = self.award.mandate
        at = "/awarding_body" if mandate is None else "/mandate/issuer"
        body = self._body() if mandate is None else mandate.issuer
        if body.eidas is None:
            raise incomplete("The issuing organisation must state the identifier that stands in its seal.", f"{at}/eidas")
        return self.awarding_body() if mandate is None else self._issuing(mandate.issuer, at)

    def awarding_body(self) -> JsonObject:
        """Who awards. The same text wherever it stands."""
        body, at = self._body(), "/awarding_body"
        if self.award.mandate is None:
            return self._issuing(body, at)
        if body.id == self.issuer_did:
            raise MalformedInput("award.malformed", "A mandate is for another organisation than the awarding body.", pointer="/mandate")
        return self._organisation("awarding-body", body, at, body.id)

    def awarding(self, at: str, on: date | None, pointer: str) -> JsonObject:
        """The awarding: by whom, and on which day."""
        if on is None:
            raise incomplete("The award must have a date.", pointer)
        supplement = self.award.supplement
        system = supplement.education_system if supplement else None
        return self.node(
            "AwardingProcess",
            at,
            awardingBody=self.awarding_body(),
            awardingDate=midnight(on),
            educationalSystemNote=None if system is None else self.node("Concept", "education-system", prefLabel=dict(system)),
        )

    def agency(self, agency: Agency) -> JsonObject:
        """The quality assurance agency; a body that names itself is written as itself."""
        at, pointer = "agency", "/quality_assurance/agency"
        if agency.id is not None:
            for party in (self.awarding_body(), self.issuer()):
                if party["id"] == agency.id:
                    return party
        if agency.name is None:
            raise incomplete("The quality assurance agency must be named.", f"{pointer}/name")
        found = self.node(
            "Organisation",
            at,
            legalName=dict(agency.name),
            location=self.location(at, agency.country, f"{pointer}/country"),
            homepage=self.web_resource(f"{at}/homepage", agency.homepage),
        )
        if agency.id is not None:
            found["id"] = agency.id
        return found

    def person(self, claim: JsonObject) -> JsonObject:
        """The learner, with the one claim."""
        learner = self._learner()
        name, born, number = self.award.language, learner.place_of_birth, learner.student_number
        found = self.node(
            "Person",
            "learner",
            givenName=None if learner.given_name is None else {name: learner.given_name},
            familyName=None if learner.family_name is None else {name: learner.family_name},
            fullName=None if learner.full_name is None else {name: learner.full_name},
            dateOfBirth=midnight(learner.date_of_birth),
            placeOfBirth=None if born is None else self.location("birth", born.country, "/learner/place_of_birth/country", name=born.name),
            citizenshipCountry=[
                listed_concept(COUNTRIES, country, f"/learner/citizenship/{index}") for index, country in enumerate(learner.citizenship)
            ],
            identifier=None if number is None else self.node("Identifier", "learner/student-number", notation=number),
            contactPoint=self.contact("learner", learner.email),
        )
        if learner.id is not None:
            found["id"] = learner.id
        if learner.national_id is not None:
            found["nationalID"] = self.legal_identifier("learner/national_id", learner.national_id, None, "/learner/national_id")
        found["hasClaim"] = claim
        return found

    def _learner(self) -> Learner:
        learner = self.award.learner
        if learner is None:
            raise incomplete("The award must say whom it belongs to.", "/learner")
        assurance = self.award.quality_assurance
        others = {self.issuer_did, self._body().id, assurance.agency.id if assurance and assurance.agency else None}
        if learner.id is not None and learner.id in others:
            raise MalformedInput("award.malformed", "The learner has the identifier of an organisation.", pointer="/learner/id")
        return learner

    def _body(self) -> AwardingBody:
        body = self.award.awarding_body
        if body is None or body.name is None:
            raise incomplete("The awarding body must state its legal name.", "/awarding_body/name")
        return body

    def _issuing(self, body: AwardingBody, pointer: str) -> JsonObject:
        if body.id is not None and body.id != self.issuer_did:
            raise MalformedInput("issue.foreign_issuer", f"The issuer is {body.id}, not {self.issuer_did}.", pointer=f"{pointer}/id")
        return self._organisation("issuer", body, pointer, self.issuer_did)

    def _organisation(self, at: str, body: AwardingBody, pointer: str, identifier: str | None) -> JsonObject:
        if body.name is None:
            raise incomplete("The organisation must state its legal name.", f"{pointer}/name")
        found = self.node(
            "Organisation",
            at,
            legalName=dict(body.name),
            location=self.location(at, body.country, f"{pointer}/country", address=body.address, region=body.region),
            homepage=self.web_resource(f"{at}/homepage", body.homepage),
            contactPoint=self.contact(at, body.email),
            logo=self.file(f"{at}/logo", body.logo),
        )
        if identifier is not None:
            found["id"] = identifier
        numbers = (("eIDASIdentifier", "eidas", body.eidas), ("registration", "registration", body.registration))
        for member, name, number in (*numbers, ("vatIdentifier", "vat", body.vat), ("taxIdentifier", "tax", body.tax)):
            if number is not None:
                found[member] = self.legal_identifier(f"{at}/{name}", number, body.country, f"{pointer}/{name}")
        return found
