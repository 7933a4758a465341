"""What an award says in the European extension: the members that an Achievement of type EuropeanMicroCredential gets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from atesto.errors import MalformedInput
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.duration import hours_to_duration
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    CREDIT_SYSTEMS,
    EQF_LEVELS,
    MODES,
    QUALITY_ASSURANCE_TYPES,
    SUPERVISION_TYPES,
)
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES
from atesto.profiles.edc.nodes import midnight
from atesto.profiles.edc.vocabulary import NOTE_ON_LEVEL, NOTE_ON_STACKABILITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.parties import Agency
    from atesto.profiles.award.record import Award, LearningOutcome, QualityAssurance
    from atesto.profiles.edc.lists.controlled_list import ControlledList


def extension_members(award: Award) -> JsonObject:
    """The members, without those of which the award says nothing.

    Raises MalformedInput `award.code_unknown`, `award.malformed` with a pointer into the award.
    """
    stack, further, workload, level = award.stackability, award.further_information, award.workload, award.level
    notes = (
        _note(further.text if further else None),
        _note(stack.note if stack else None, about=NOTE_ON_STACKABILITY),
        _note(level.not_applicable if level else None, about=NOTE_ON_LEVEL),
    )
    return _stated(
        learningOutcome=[_outcome(outcome, index) for index, outcome in enumerate(award.learning_outcomes)],
        volumeOfLearning=_duration(workload.hours if workload else None, "/workload/hours"),
        creditPoint=_credits(workload.ects if workload else None),
        eqfLevel=None if level is None or level.eqf is None else _listed(EQF_LEVELS, str(level.eqf), "/level/eqf"),
        nqfLevel=None if level is None or level.nqf is None else _concept(level.nqf.id, level.nqf.label),
        educationLevel=_listed(EHEA_CYCLES, level.ehea if level else None, "/level/ehea"),
        mode=_listed(MODES, award.participation, "/participation"),
        accreditation=None if award.quality_assurance is None else _accreditation(award.quality_assurance),
        entryRequirement=_note(award.prerequisites),
        isPartialQualification=stack.partial if stack else None,
        isPartOf=[_node("Qualification", title=dict(title)) for title in (stack.part_of if stack else ())],
        additionalNote=[note for note in notes if note is not None],
        supplementaryDocument=[
            _node("WebResource", contentURL=link.url, title=_copy(link.title)) for link in (further.links if further else ())
        ],
        thematicArea=_all_listed(FIELDS_OF_EDUCATION, award.field_of_education, "/field_of_education"),
        language=_all_listed(LANGUAGES, award.instruction_languages, "/instruction_languages"),
        provenBy=_assessment(award),
        influencedBy=_activity(award),
    )


def _outcome(outcome: LearningOutcome, index: int) -> JsonObject:
    at = f"/learning_outcomes/{index}"
    return _node(
        "LearningOutcome",
        title=dict(outcome.title),
        dcType=_listed(SKILL_TYPES, outcome.type, f"{at}/type"),
        reusabilityLevel=_listed(REUSE_LEVELS, outcome.reuse_level, f"{at}/reuse_level"),
        relatedESCOSkill=list(outcome.esco),
    )


def _assessment(award: Award) -> JsonObject | None:
    assessment, scheme = award.assessment, award.grade.scheme if award.grade else None
    if assessment is None and award.supervision is None and scheme is None:
        return None
    grading = None if scheme is None else _node("GradingScheme", title=dict(scheme.title), explanation=_copy(scheme.description))
    return _node(
        "LearningAssessment",
        title=_copy(assessment.title if assessment else None),
        explanation=_copy(assessment.description if assessment else None),
        dcType=_listed(ASSESSMENT_TYPES, assessment.type if assessment else None, "/assessment/type"),
        awardingDate=midnight(assessment.date if assessment else None),
        idVerification=_listed(SUPERVISION_TYPES, award.supervision, "/supervision"),
        gradingScheme=grading,
    )


def _activity(award: Award) -> JsonObject | None:
    activity = award.activity
    if activity is None:
        return None
    kind = _listed(ACTIVITY_TYPES, activity.type, "/activity/type")
    return _node("LearningActivity", title=dict(activity.title), dcType=kind, workload=_duration(activity.hours, "/activity/hours"))


def _accreditation(assurance: QualityAssurance) -> JsonObject | None:
    kind = _listed(QUALITY_ASSURANCE_TYPES, assurance.type, "/quality_assurance/type")
    if kind is None:
        raise MalformedInput("award.badge_incomplete", "The type of quality assurance must be stated.", pointer="/quality_assurance/type")
    return _node(
        "Accreditation",
        title=_copy(assurance.title),
        dcType=kind,
        accreditingAgent=None if assurance.agency is None else _agency(assurance.agency),
        decision=None if assurance.decision is None else _node("Concept", prefLabel=dict(assurance.decision)),
        report=None if assurance.report is None else _node("WebResource", contentURL=assurance.report),
        reviewDate=midnight(assurance.review_date),
        expiryDate=midnight(assurance.expiry_date),
    )


def _agency(agency: Agency) -> JsonObject:
    country = _listed(COUNTRIES, agency.country, "/quality_assurance/agency/country")
    return _stated(id=agency.id, type=["Organisation"], legalName=_copy(agency.name), spatial=country, homepage=agency.homepage)


def _concept(iri: str, label: Mapping[str, str] | None) -> JsonObject:
    return _stated(id=iri, type=["Concept"], prefLabel=_copy(label))


def _credits(ects: float | None) -> JsonObject | None:
    if ects is None:
        return None
    return _node("CreditPoint", framework=_listed(CREDIT_SYSTEMS, "ects", ""), point=format(Decimal(repr(ects)).normalize(), "f"))


def _note(text: Mapping[str, str] | None, *, about: str | None = None) -> JsonObject | None:
    return None if text is None else _node("Note", noteLiteral=dict(text), subject=about)


def _duration(hours: float | None, pointer: str) -> str | None:
    if hours is None:
        return None
    duration = hours_to_duration(hours)
    if duration is None:
        raise MalformedInput("award.malformed", "The hours must be more than zero, in whole minutes.", pointer=pointer)
    return duration


def _all_listed(table: ControlledList, values: tuple[str, ...], pointer: str) -> list[JsonValue]:
    return [_listed(table, value, f"{pointer}/{index}") for index, value in enumerate(values)]


def _listed(table: ControlledList, value: str | None, pointer: str) -> str | None:
    if value is None:
        return None
    code = table.find(value)
    if code is None:
        raise MalformedInput("award.code_unknown", f'"{value[:80]}" is not in the list of {table.title}.', pointer=pointer)
    return table.iri(code)


def _copy(text: Mapping[str, str] | None) -> JsonObject | None:
    return None if text is None else dict(text)


def _node(kind: str, **members: JsonValue) -> JsonObject:
    return _stated(type=[kind], **members)


def _stated(**members: JsonValue) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None and value != []}
