"""European Digital Credentials from award records (VCDM 1.1, EDC application profile 1.1, generic profile).

Every node is typed and has an absolute id: a DID, or a UUID made from the credential's id and the node's place, so the same award under the
same id is the same document. A node that stands in several places is written out in each, in equal text.
Birth dates are written as midnight UTC, with no shift.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.edc.concept import concept, listed_concept
from atesto.profiles.edc.duration import hours_to_duration
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    CREDENTIAL_PROFILES,
    CREDIT_SYSTEMS,
    ENCODINGS,
    EQF_LEVELS,
    MODES,
    QUALITY_ASSURANCE_TYPES,
    SUPERVISION_TYPES,
)
from atesto.profiles.edc.lists.file_types import FILE_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.nodes import incomplete, midnight
from atesto.profiles.edc.parties import Parties
from atesto.profiles.edc.vocabulary import (
    CONTEXTS,
    ESCO_SKILLS_SCHEME,
    NO_GRADE,
    NOTE_ON_LEVEL,
    NOTE_ON_STACKABILITY,
    NQF_SCHEME,
    PROFILE_GENERIC,
    SCHEMA_GENERIC,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award, QualityAssurance

_END_OF_DAY: Final = "T23:59:59Z"


def write(award: Award, *, issuer_did: str, credential_id: str, issued: datetime, pages: Mapping[str, bytes]) -> JsonObject:
    """The unsigned credential of `award`, issued under `issuer_did` by its awarding body or by who has its mandate.

    `pages` are the page images (PNG) by language. Raises MalformedInput `award.edc_incomplete` (a member that the form must carry is
    missing), `award.malformed` or `award.code_unknown`, with a pointer into the award, and `issue.foreign_issuer` when the issuing
    organisation names another DID. Does not check the elements of the European approach: `recognition.frameworks.eu_2022.require`
    does, before.
    """
    return _Writer(credential_id, award, issuer_did).credential(issued, pages)


@dataclass(frozen=True, slots=True)
class _Writer(Parties):
    def credential(self, issued: datetime, pages: Mapping[str, bytes]) -> JsonObject:
        moment = format_timestamp(issued)
        document: JsonObject = {
            "@context": list(CONTEXTS),
            "id": self.credential_id,
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "credentialProfiles": listed_concept(CREDENTIAL_PROFILES, PROFILE_GENERIC, ""),
            "credentialSchema": {"id": SCHEMA_GENERIC, "type": "ShaclValidator2017"},
            "issuer": self.issuer(),
            "issued": moment,
            "issuanceDate": moment,
            "validFrom": moment,
        }
        if self.award.valid_until:
            document["validUntil"] = document["expirationDate"] = self.award.valid_until.isoformat() + _END_OF_DAY
        document["displayParameter"] = self.display(pages)
        document["credentialSubject"] = self.person(self.achievement())
        if (mandate := self.mandate()) is not None:
            document["evidence"] = mandate
        return document

    # --- what ------------------------------------------------------------------------------------------------------------

    def title(self) -> dict[str, JsonValue]:
        if self.award.title is None:
            raise incomplete("The award must have a title.", "/title")
        return dict(self.award.title)

    def achievement(self) -> JsonObject:
        award = self.award
        return self.node(
            "LearningAchievement",
            "achievement",
            title=self.title(),
            description=_copy(award.description),
            awardedBy=self.awarding("awarding", award.issuing_date, "/issuing_date"),
            creditReceived=self.credits("credit-received"),
            influencedBy=self.activity(),
            provenBy=self.assessment(),
            specifiedBy=self.qualification(),
        )

    def awarding(self, at: str, on: date | None, pointer: str) -> JsonObject:
        if on is None:
            raise incomplete("The award must have a date.", pointer)
        return self.node("AwardingProcess", at, awardingBody=self.awarding_body(), awardingDate=midnight(on))

    def credits(self, at: str) -> JsonObject | None:
        workload = self.award.workload
        if workload is None or workload.ects is None:
            return None
        system = listed_concept(CREDIT_SYSTEMS, "ects", "/workload/ects")
        return self.node("CreditPoint", at, framework=system, point=_plain(workload.ects))

    def activity(self) -> JsonObject | None:
        activity = self.award.activity
        if activity is None:
            return None
        kind = None if activity.type is None else listed_concept(ACTIVITY_TYPES, activity.type, "/activity/type")
        specification = None
        if kind is not None:
            specification = self.node("LearningActivitySpecification", "activity/specification", title=dict(activity.title), dcType=kind)
        return self.node(
            "LearningActivity",
            "activity",
            title=dict(activity.title),
            awardedBy=self.awarding("awarding", self.award.issuing_date, "/issuing_date"),
            workload=_duration(activity.hours, "/activity/hours"),
            specifiedBy=specification,
        )

    def assessment(self) -> JsonObject | None:
        award, assessment = self.award, self.award.assessment
        if assessment is None and award.grade is None and award.supervision is None:
            return None
        awarding = self.awarding("awarding", award.issuing_date, "/issuing_date")
        if assessment and assessment.date:
            awarding = self.awarding("assessment/awarding", assessment.date, "/assessment/date")
        return self.node(
            "LearningAssessment",
            "assessment",
            title=dict(assessment_title(award)),
            description=_copy(assessment.description if assessment else None),
            awardedBy=awarding,
            grade=self.note("assessment/grade", award.grade.value if award.grade else NO_GRADE),
            idVerification=None if award.supervision is None else listed_concept(SUPERVISION_TYPES, award.supervision, "/supervision"),
            specifiedBy=self.assessment_specification(),
        )

    def assessment_specification(self) -> JsonObject:
        award, at = self.award, "assessment/specification"
        kind = award.assessment.type if award.assessment else None
        scheme = award.grade.scheme if award.grade else None
        grading = None
        if scheme is not None:
            grading = self.node("GradingScheme", "assessment/scheme", title=dict(scheme.title), description=_copy(scheme.description))
        return self.node(
            "LearningAssessmentSpecification",
            at,
            title=dict(assessment_title(award)),
            dcType=None if kind is None else listed_concept(ASSESSMENT_TYPES, kind, "/assessment/type"),
            gradingScheme=grading,
        )

    def qualification(self) -> JsonObject:
        award = self.award
        further, stack, level = award.further_information, award.stackability, award.level
        notes: list[JsonValue] = [
            self.note("note/further", further.text if further else None),
            self.note("note/stackability", stack.note if stack else None, about=NOTE_ON_STACKABILITY),
            self.note("note/level", level.not_applicable if level else None, about=NOTE_ON_LEVEL),
        ]
        return self.node(
            "Qualification",
            "qualification",
            title=self.title(),
            learningOutcome=self.outcomes(),
            volumeOfLearning=_duration(award.workload.hours if award.workload else None, "/workload/hours"),
            creditPoint=self.credits("credit"),
            eqfLevel=None if level is None or level.eqf is None else listed_concept(EQF_LEVELS, str(level.eqf), "/level/eqf"),
            nqfLevel=None if level is None or level.nqf is None else concept(level.nqf.id, NQF_SCHEME, level.nqf.label),
            mode=None if award.participation is None else listed_concept(MODES, award.participation, "/participation"),
            accreditation=None if award.quality_assurance is None else self.accreditation(award.quality_assurance),
            entryRequirement=self.note("entry-requirement", award.prerequisites),
            isPartialQualification=stack.partial if stack else None,
            isPartOf=[
                self.node("Qualification", f"part-of/{index}", title=dict(title))
                for index, title in enumerate(stack.part_of if stack else ())
            ],
            additionalNote=[note for note in notes if note is not None],
            supplementaryDocument=self.web_resources("document", further.links if further else ()),
            thematicArea=[
                listed_concept(FIELDS_OF_EDUCATION, code, f"/field_of_education/{index}")
                for index, code in enumerate(award.field_of_education)
            ],
            language=[
                listed_concept(LANGUAGES, code, f"/instruction_languages/{index}") for index, code in enumerate(award.instruction_languages)
            ],
        )

    def outcomes(self) -> list[JsonValue]:
        return [
            self.node(
                "LearningOutcome",
                f"outcome/{index}",
                title=dict(outcome.title),
                relatedESCOSkill=[concept(skill, ESCO_SKILLS_SCHEME) for skill in outcome.esco],
            )
            for index, outcome in enumerate(self.award.learning_outcomes)
        ]

    def accreditation(self, assurance: QualityAssurance) -> JsonObject:
        if assurance.type is None:
            raise incomplete("The type of quality assurance must be stated.", "/quality_assurance/type")
        if assurance.agency is None:
            raise incomplete("The quality assurance agency must be stated.", "/quality_assurance/agency")
        kind = listed_concept(QUALITY_ASSURANCE_TYPES, assurance.type, "/quality_assurance/type")
        decision = None
        if assurance.decision is not None:
            decision = self.node("Concept", "accreditation/decision", prefLabel=dict(assurance.decision))
        return self.node(
            "Accreditation",
            "accreditation",
            title=dict(assurance.title or {"en": assurance.type}),
            dcType=kind,
            accreditingAgent=self.agency(assurance.agency),
            decision=decision,
            report=self.web_resource("accreditation/report", assurance.report),
            reviewDate=midnight(assurance.review_date),
            expiryDate=midnight(assurance.expiry_date),
        )

    # --- how it looks ----------------------------------------------------------------------------------------------------

    def display(self, pages: Mapping[str, bytes]) -> JsonObject:
        languages = [language for language in self.award.page_languages if language in pages]
        if self.award.language not in pages:
            raise incomplete("The credential must show a page in the award's own language.", "/language")
        return self.node(
            "DisplayParameter",
            "display",
            title=self.title(),
            primaryLanguage=self.language(self.award.language),
            language=list({str(row["id"]): row for row in map(self.language, languages)}.values()),
            individualDisplay=[self.page(language, pages[language]) for language in languages],
        )

    def language(self, tag: str) -> JsonObject:
        pointer = "/language" if tag == self.award.language else "/title" + json_pointer(tag)
        return listed_concept(LANGUAGES, tag.split("-", 1)[0], pointer)

    def page(self, language: str, image: bytes) -> JsonObject:
        at = f"display/{language}"
        picture = self.node(
            "MediaObject",
            f"{at}/image",
            content=base64.b64encode(image).decode("ascii"),
            contentEncoding=listed_concept(ENCODINGS, "base64", ""),
            contentType=listed_concept(FILE_TYPES, "PNG", ""),
        )
        detail = self.node("DisplayDetail", f"{at}/detail", page=1, image=picture)
        return self.node("IndividualDisplay", at, language=self.language(language), displayDetail=detail)


def assessment_title(award: Award) -> dict[str, str]:
    """What the assessment is called in the credential: its title, else its type, else the award's title."""
    assessment = award.assessment
    if assessment and assessment.title:
        return assessment.title
    return {"en": assessment.type} if assessment and assessment.type else dict(award.title or {})


def _copy(text: Mapping[str, str] | None) -> JsonObject | None:
    return None if text is None else dict(text)


def _duration(hours: float | None, pointer: str) -> str | None:
    if hours is None:
        return None
    duration = hours_to_duration(hours)
    if duration is None:
        raise MalformedInput("award.malformed", "The hours must be more than zero, in whole minutes.", pointer=pointer)
    return duration


def _plain(number: float) -> str:
    return format(Decimal(repr(number)).normalize(), "f")
