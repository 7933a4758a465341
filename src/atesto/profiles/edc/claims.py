"""What a European Digital Credential claims: the achievement, how it was assessed, the qualification that specifies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.errors import MalformedInput
from atesto.profiles.edc.concept import concept, listed_concept
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.duration import hours_to_duration
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    EQF_LEVELS,
    MODES,
    QUALITY_ASSURANCE_TYPES,
    SUPERVISION_TYPES,
)
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES
from atesto.profiles.edc.nodes import incomplete, midnight
from atesto.profiles.edc.parties import Parties
from atesto.profiles.edc.vocabulary import ESCO_SKILLS_SCHEME, NO_GRADE, NOTE_ON_LEVEL, NOTE_ON_STACKABILITY, NQF_SCHEME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award, QualityAssurance
    from atesto.profiles.edc.lists.controlled_list import ControlledList


@dataclass(frozen=True, slots=True)
class Claims(Parties):
    """Makes the claim's nodes. Raises MalformedInput `award.*`, with a pointer into the award."""

    def title(self) -> dict[str, JsonValue]:
        if self.award.title is None:
            raise incomplete("The award must have a title.", "/title")
        return dict(self.award.title)

    def achievement(self) -> JsonObject:
        award, work = self.award, self.award.workload
        return self.node(
            "LearningAchievement",
            "achievement",
            title=self.title(),
            description=_copy(award.description),
            awardedBy=self.awarding("awarding", award.issuing_date, "/issuing_date"),
            creditReceived=self.credits("credit-received", (work.received if work.received is not None else work.ects) if work else None),
            influencedBy=self.activity(),
            provenBy=self.assessment(),
            specifiedBy=self.qualification(),
        )

    def activity(self) -> JsonObject | None:
        activity = self.award.activity
        if activity is None:
            return None
        kind = _listed(ACTIVITY_TYPES, activity.type, "/activity/type")
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
            idVerification=_listed(SUPERVISION_TYPES, award.supervision, "/supervision"),
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
            dcType=_listed(ASSESSMENT_TYPES, kind, "/assessment/type"),
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
            creditPoint=self.credits("credit", award.workload.ects if award.workload else None),
            eqfLevel=None if level is None or level.eqf is None else listed_concept(EQF_LEVELS, str(level.eqf), "/level/eqf"),
            educationLevel=_listed(EHEA_CYCLES, level.ehea if level else None, "/level/ehea"),
            nqfLevel=None if level is None or level.nqf is None else concept(level.nqf.id, NQF_SCHEME, level.nqf.label),
            mode=_listed(MODES, award.participation, "/participation"),
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
                dcType=_listed(SKILL_TYPES, outcome.type, f"/learning_outcomes/{index}/type"),
                reusabilityLevel=_listed(REUSE_LEVELS, outcome.reuse_level, f"/learning_outcomes/{index}/reuse_level"),
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


def assessment_title(award: Award) -> dict[str, str]:
    """What the assessment is called in the credential: its title, else its type, else the award's title."""
    assessment = award.assessment
    if assessment and assessment.title:
        return assessment.title
    return {"en": assessment.type} if assessment and assessment.type else dict(award.title or {})


def _listed(table: ControlledList, value: str | None, pointer: str) -> JsonObject | None:
    return None if value is None else listed_concept(table, value, pointer)


def _copy(text: Mapping[str, str] | None) -> JsonObject | None:
    return None if text is None else dict(text)


def _duration(hours: float | None, pointer: str) -> str | None:
    if hours is None:
        return None
    duration = hours_to_duration(hours)
    if duration is None:
        raise MalformedInput("award.malformed", "The hours must be more than zero, in whole minutes.", pointer=pointer)
    return duration
