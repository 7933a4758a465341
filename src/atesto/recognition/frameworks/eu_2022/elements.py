"""The sixteen elements as a table: how each is named, whether it is mandatory, which rule judges it.

A rule takes the award and says nothing (`None`: absent) or what it found: pointer and sentence of the first fault (`Fault`), that the
element does not apply (`NotApplicable`), or that it is `Sound`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import ASSESSMENT_TYPES, EQF_LEVELS, MODES, QUALITY_ASSURANCE_TYPES, SUPERVISION_TYPES
from atesto.profiles.edc.lists.learning import REUSE_LEVELS, SKILL_TYPES
from atesto.profiles.edc.vocabulary import ATU, NUTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.profiles.award.record import Award
    from atesto.profiles.edc.lists.controlled_list import ControlledList

MIN_HOURS_PER_ECTS: Final = 25
MAX_HOURS_PER_ECTS: Final = 30
"""ECTS Users' Guide 2015: one credit stands for 25 to 30 hours of work."""
FIRST_YEAR: Final = 1990
"""No micro-credential is older than this; an earlier year is a slip of the pen."""
UNSUPERVISED: Final = SUPERVISION_TYPES.labels["c598449d64"]
ESCO_SKILL: Final = "http://data.europa.eu/esco/skill/"
NQF_LEVEL: Final = "http://data.europa.eu/snb/qdr/"


@dataclass(frozen=True, slots=True)
class Sound:
    """The element is there, and nothing is wrong with it; `remark` is what a reader should know all the same."""

    remark: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The element does not apply, and the award says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong with the element."""

    pointer: str
    sentence: str


Judgement = Sound | NotApplicable | Fault | None


@dataclass(frozen=True, slots=True)
class Element:
    """One row: where the element is in the award record, and the codes of its refusals.

    `missing` is there for the mandatory ones; `invalid` where the element can be unsound and still be read.
    """

    name: str
    words: str
    pointer: str
    missing: str | None
    invalid: str | None
    judge: Callable[[Award], Judgement]

    @property
    def mandatory(self) -> bool:
        """Whether the Recommendation demands it."""
        return self.missing is not None


def _learner(award: Award) -> Judgement:
    learner = award.learner
    if learner is None:
        return None
    if not any((learner.id, learner.given_name, learner.family_name, learner.full_name, learner.national_id)):
        partial = learner.date_of_birth or learner.email
        return Fault("/learner", "A birth date or an e-mail address alone does not identify a person.") if partial else None
    if learner.national_id and learner.national_id.country not in COUNTRIES.labels:
        return Fault("/learner/national_id/country", "The national identification number does not say which country gave it.")
    if learner.date_of_birth and award.issuing_date and learner.date_of_birth >= award.issuing_date:
        return Fault("/learner/date_of_birth", "The learner was not born before the award was made.")
    return Sound()


def _title(award: Award) -> Judgement:
    return Sound() if award.title else None


def _country(award: Award) -> Judgement:
    body = award.awarding_body
    if body is None or body.country is None:
        return None
    if body.region is not None and not body.region.startswith((ATU, NUTS)):
        return Fault("/awarding_body/region", f"A region is an IRI below {ATU} or {NUTS}.")
    return _listed(COUNTRIES, body.country, "/awarding_body/country", by_code=True)


def _awarding_body(award: Award) -> Judgement:
    if award.awarding_body is None or award.awarding_body.name is None:
        return None
    if award.mandate is not None and award.mandate.statement is None:
        return Fault("/mandate/statement", "Another organisation issues than the one that awards, and it is not said by what right.")
    return Sound()


def _issuing_date(award: Award) -> Judgement:
    issued = award.issuing_date
    if issued is None:
        return None
    if issued.year < FIRST_YEAR:
        return Fault("/issuing_date", f"The year {issued.year} cannot be the year of a micro-credential.")
    if award.valid_until and award.valid_until < issued:
        return Fault("/valid_until", "The award ends before it is made.")
    return Sound()


def _learning_outcomes(award: Award) -> Judgement:
    for index, outcome in enumerate(award.learning_outcomes):
        for place, skill in enumerate(outcome.esco):
            if not skill.startswith(ESCO_SKILL) or skill == ESCO_SKILL:
                return Fault(json_pointer("learning_outcomes", index, "esco", place), f"An ESCO skill is an IRI below {ESCO_SKILL}.")
        for member, table, value in (("type", SKILL_TYPES, outcome.type), ("reuse_level", REUSE_LEVELS, outcome.reuse_level)):
            found = Sound() if value is None else _listed(table, value, json_pointer("learning_outcomes", index, member))
            if isinstance(found, Fault):
                return found
    return Sound() if award.learning_outcomes else None


def _workload(award: Award) -> Judgement:
    workload = award.workload
    if workload is None or (workload.hours is None and workload.ects is None and not workload.stated_otherwise):
        return None
    hours, ects = workload.hours, workload.ects
    if workload.stated_otherwise:
        return Fault(
            "/workload/stated_otherwise/0", f"A workload is stated as {workload.stated_otherwise[0][:40]}, which does not fit the hours."
        )
    if hours is not None and hours <= 0:
        return Fault("/workload/hours", "The hours are not more than zero.")
    if ects is not None and ects <= 0:
        return Fault("/workload/ects", "The credits are not more than zero.")
    if hours is not None and ects is not None and not MIN_HOURS_PER_ECTS * ects <= hours <= MAX_HOURS_PER_ECTS * ects:
        return Fault("/workload/ects", f"{ects:g} ECTS stand for {25 * ects:g} to {30 * ects:g} hours, not for {hours:g}.")
    if workload.received is not None and ects is not None and not 0 < workload.received <= ects:
        return Fault("/workload/received", f"{workload.received:g} ECTS were received, of {ects:g} that there are.")
    return Sound()


def _level(award: Award) -> Judgement:
    level = award.level
    if level is None or (level.eqf, level.nqf, level.ehea, level.not_applicable) == (None,) * 4:
        return None
    if level.not_applicable is not None:
        if (level.eqf, level.nqf, level.ehea) != (None,) * 3:
            return Fault("/level/not_applicable", "A level is given, and also said not to apply.")
        return NotApplicable()
    if level.eqf is not None and str(level.eqf) not in EQF_LEVELS.labels:
        return Fault("/level/eqf", f"The European Qualifications Framework has the levels 1 to 8, not {level.eqf}.")
    if level.nqf is not None and not level.nqf.id.startswith(NQF_LEVEL):
        return Fault("/level/nqf/id", f"A national level is an IRI below {NQF_LEVEL}.")
    return Sound() if level.ehea is None else _listed(EHEA_CYCLES, level.ehea, "/level/ehea")


def _assessment(award: Award) -> Judgement:
    if award.assessment is None or award.assessment.type is None:
        return None
    return _listed(ASSESSMENT_TYPES, award.assessment.type, "/assessment/type")


def _participation(award: Award) -> Judgement:
    return None if award.participation is None else _listed(MODES, award.participation, "/participation")


def _quality_assurance(award: Award) -> Judgement:
    assurance = award.quality_assurance
    if assurance is None or assurance.type is None:
        return None
    if assurance.agency and assurance.agency.country and assurance.agency.country not in COUNTRIES.labels:
        return Fault("/quality_assurance/agency/country", f'"{assurance.agency.country[:40]}" is not in the list of countries.')
    if assurance.expiry_date and award.issuing_date and assurance.expiry_date < award.issuing_date:
        return Fault("/quality_assurance/expiry_date", "The quality assurance had ended when the award was made.")
    return _listed(QUALITY_ASSURANCE_TYPES, assurance.type, "/quality_assurance/type")


def _prerequisites(award: Award) -> Judgement:
    return Sound() if award.prerequisites else None


def _supervision(award: Award) -> Judgement:
    if award.supervision is None:
        return None
    if award.supervision == UNSUPERVISED:
        return Sound("Nobody supervised the assessment, and nobody checked who was assessed.")
    return _listed(SUPERVISION_TYPES, award.supervision, "/supervision")


def _grade(award: Award) -> Judgement:
    if award.grade is None:
        return None
    if award.assessment is None:
        return Fault("/grade", "A grade is given, but no assessment in which it was achieved.")
    return Sound() if award.grade.scheme else Fault("/grade/scheme", "A grade is given, but not the scale on which it stands.")


def _stackability(award: Award) -> Judgement:
    stackability = award.stackability
    if stackability is None or (stackability.partial is None and not stackability.part_of and stackability.note is None):
        return None
    if stackability.partial is False and stackability.part_of:
        return Fault("/stackability/part_of", "The award names what it is part of, and says that it is not part of anything.")
    return Sound()


def _further_information(award: Award) -> Judgement:
    further = award.further_information
    return Sound() if further and (further.text or further.links) else None


def _listed(table: ControlledList, value: str, pointer: str, *, by_code: bool = False) -> Judgement:
    if value in (table.labels if by_code else table.labels.values()):
        return Sound()
    return Fault(pointer, f'"{value[:80]}" is not in the list of {table.title}.')


ELEMENTS: Final[tuple[Element, ...]] = (
    Element("learner", "Identification of the learner", "/learner", "eu2022.learner_missing", "eu2022.learner_invalid", _learner),
    Element("title", "Title of the micro-credential", "/title", "eu2022.title_missing", None, _title),
    Element(
        "country", "Country or region of the issuer", "/awarding_body/country", "eu2022.country_missing", "eu2022.country_invalid", _country
    ),
    Element(
        "awarding_body",
        "Awarding body",
        "/awarding_body/name",
        "eu2022.awarding_body_missing",
        "eu2022.awarding_body_invalid",
        _awarding_body,
    ),
    Element(
        "issuing_date", "Date of issuing", "/issuing_date", "eu2022.issuing_date_missing", "eu2022.issuing_date_invalid", _issuing_date
    ),
    Element(
        "learning_outcomes",
        "Learning outcomes",
        "/learning_outcomes",
        "eu2022.learning_outcomes_missing",
        "eu2022.learning_outcomes_invalid",
        _learning_outcomes,
    ),
    Element(
        "workload",
        "Notional workload, in ECTS wherever possible",
        "/workload",
        "eu2022.workload_missing",
        "eu2022.workload_invalid",
        _workload,
    ),
    Element("level", "Level, if applicable", "/level", "eu2022.level_missing", "eu2022.level_invalid", _level),
    Element("assessment", "Type of assessment", "/assessment/type", "eu2022.assessment_missing", "eu2022.assessment_invalid", _assessment),
    Element(
        "participation",
        "Form of participation",
        "/participation",
        "eu2022.participation_missing",
        "eu2022.participation_invalid",
        _participation,
    ),
    Element(
        "quality_assurance",
        "Type of quality assurance",
        "/quality_assurance/type",
        "eu2022.quality_assurance_missing",
        "eu2022.quality_assurance_invalid",
        _quality_assurance,
    ),
    Element("prerequisites", "Prerequisites needed to enrol", "/prerequisites", None, None, _prerequisites),
    Element(
        "supervision",
        "Supervision and identity verification during assessment",
        "/supervision",
        None,
        "eu2022.supervision_invalid",
        _supervision,
    ),
    Element("grade", "Grade achieved", "/grade", None, "eu2022.grade_invalid", _grade),
    Element("stackability", "Integration and stackability options", "/stackability", None, "eu2022.stackability_invalid", _stackability),
    Element("further_information", "Further information", "/further_information", None, None, _further_information),
)
