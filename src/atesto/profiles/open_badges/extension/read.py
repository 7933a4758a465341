"""What the European extension says of an award: the members of the award record, as they are read from an Achievement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.edc.cycles import EHEA_CYCLES
from atesto.profiles.edc.duration import duration_to_hours
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
from atesto.profiles.edc.reader import Reader, string, text
from atesto.profiles.edc.vocabulary import NOTE_ON_LEVEL, NOTE_ON_STACKABILITY

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.edc.lists.controlled_list import ControlledList

_NUMBER: Final = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?\Z")
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+\Z")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*\Z")
_DIGITS: Final = re.compile(r"[0-9]{1,4}\Z")
_READER: Final = Reader({})
_DAY: Final = 10


def extended(achievement: JsonObject) -> dict[str, JsonValue]:
    """The members; empty ones for what it does not say. Nothing raises."""
    assessment = _READER.one(achievement, "provenBy")
    return {
        "learning_outcomes": _outcomes(achievement),
        "workload": _workload(achievement),
        "level": _level(achievement),
        "assessment": _stated(
            type=_label(ASSESSMENT_TYPES, assessment, "dcType"),
            title=text(assessment, "title"),
            description=text(assessment, "explanation"),
            date=_day(assessment, "awardingDate"),
        ),
        "participation": _label(MODES, achievement, "mode"),
        "quality_assurance": _quality_assurance(_READER.one(achievement, "accreditation")),
        "prerequisites": text(_READER.one(achievement, "entryRequirement"), "noteLiteral"),
        "supervision": _label(SUPERVISION_TYPES, assessment, "idVerification"),
        "stackability": _stated(
            partial=achievement["isPartialQualification"] if isinstance(achievement.get("isPartialQualification"), bool) else None,
            part_of=[title for node in _READER.many(achievement, "isPartOf") if (title := text(node, "title"))],
            note=_note(achievement, NOTE_ON_STACKABILITY),
        ),
        "further_information": _stated(text=_note(achievement, None), links=_links(achievement)),
        "activity": _activity(achievement),
        "field_of_education": _codes(FIELDS_OF_EDUCATION, achievement, "thematicArea"),
        "instruction_languages": _codes(LANGUAGES, achievement, "language"),
    }


def _outcomes(achievement: JsonObject) -> list[JsonValue]:
    return [
        _stated(
            title=title,
            type=_label(SKILL_TYPES, outcome, "dcType"),
            reuse_level=_label(REUSE_LEVELS, outcome, "reusabilityLevel"),
            esco=[iri for iri in _iris(outcome, "relatedESCOSkill") if _IRI.match(iri)],
        )
        for outcome in _READER.many(achievement, "learningOutcome")
        if (title := text(outcome, "title"))
    ]


def _workload(achievement: JsonObject) -> JsonObject:
    volume = string(achievement, "volumeOfLearning")
    hours = duration_to_hours(volume) if volume else None
    ects = None
    for points in _READER.many(achievement, "creditPoint"):
        number = string(points, "point") or ""
        if string(points, "framework") == CREDIT_SYSTEMS.iri("6fcec5c5af") and _NUMBER.match(number):
            ects = float(number)
    otherwise: list[JsonValue] = [volume] if volume and hours is None else []
    # No hours are something else than none stated.
    return {name: value for name, value in (("hours", hours), ("ects", ects), ("stated_otherwise", otherwise)) if value not in (None, [])}


def _level(achievement: JsonObject) -> JsonObject:
    digits = (string(achievement, "eqfLevel") or "").removeprefix(EQF_LEVELS.base)
    national = _READER.one(achievement, "nqfLevel")
    name = string(national, "id")
    return _stated(
        eqf=int(digits) if _DIGITS.match(digits) else None,
        nqf=_stated(id=name, label=text(national, "prefLabel")) if name and _IRI.match(name) else None,
        ehea=_label(EHEA_CYCLES, achievement, "educationLevel"),
        not_applicable=_note(achievement, NOTE_ON_LEVEL),
    )


def _quality_assurance(node: JsonObject) -> JsonObject:
    agency = _READER.one(node, "accreditingAgent")
    name, homepage, country = string(agency, "id"), string(agency, "homepage"), string(agency, "spatial")
    return _stated(
        type=_label(QUALITY_ASSURANCE_TYPES, node, "dcType"),
        title=text(node, "title"),
        agency=_stated(
            id=name if name and _IRI.match(name) else None,
            name=text(agency, "legalName"),
            country=None if country is None else COUNTRIES.code(country) or country,
            homepage=homepage if homepage and _WEB.match(homepage) else None,
        ),
        decision=text(_READER.one(node, "decision"), "prefLabel"),
        report=_web(_READER.one(node, "report")),
        review_date=_day(node, "reviewDate"),
        expiry_date=_day(node, "expiryDate"),
    )


def _activity(achievement: JsonObject) -> JsonObject:
    node = _READER.one(achievement, "influencedBy")
    title, workload = text(node, "title"), string(node, "workload")
    if title is None:
        return {}
    return _stated(title=title, type=_label(ACTIVITY_TYPES, node, "dcType"), hours=duration_to_hours(workload) if workload else None)


def _links(achievement: JsonObject) -> list[JsonValue]:
    nodes = _READER.many(achievement, "supplementaryDocument")
    return [_stated(url=url, title=text(node, "title")) for node in nodes if (url := _web(node)) is not None]


def _note(achievement: JsonObject, about: str | None) -> JsonObject | None:
    return next(
        (text(note, "noteLiteral") for note in _READER.many(achievement, "additionalNote") if string(note, "subject") == about), None
    )


def _web(node: JsonObject) -> str | None:
    url = string(node, "contentURL")
    return url if url and _WEB.match(url) else None


def _day(node: JsonObject, member: str) -> str | None:
    value = string(node, member)
    if value is None:
        return None
    try:
        parse_timestamp(value)
    except MalformedInput:
        return None
    return value[:_DAY]


def _label(table: ControlledList, node: JsonObject, member: str) -> str | None:
    """The label of a value of the list; another value as it stands, to be reported as such."""
    iri = string(node, member)
    code = table.code(iri) if iri else None
    return iri if code is None else table.labels[code]


def _codes(table: ControlledList, node: JsonObject, member: str) -> list[JsonValue]:
    return [table.code(iri) or iri for iri in _iris(node, member)]


def _iris(node: JsonObject, member: str) -> list[str]:
    value = node.get(member)
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _stated(**members: JsonValue) -> JsonObject:
    return {name: value for name, value in members.items() if value not in (None, [], {})}
