"""Award records from European Digital Credentials.

Tolerant: members may be missing, stand alone or in lists, be told in full or named by id; what cannot be read is left out, and the
rules over the award say what is missing. A value outside its controlled list is kept as it stands, to be reported as such. Of several
achievements the first is read. Birth dates that were shifted from midnight in a European time zone are read as the day that was meant.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.duration import duration_to_hours
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    CREDIT_SYSTEMS,
    EQF_LEVELS,
    EVIDENCE_TYPES,
    MODES,
    QUALITY_ASSURANCE_TYPES,
    SUPERVISION_TYPES,
)
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.reader import Reader, has_type, string, text
from atesto.profiles.edc.vocabulary import NO_GRADE, NOTE_ON_LEVEL, NOTE_ON_STACKABILITY

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award
    from atesto.profiles.edc.lists.controlled_list import ControlledList

_NUMBER: Final = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?\Z")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*\Z")
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+\Z")
_MANDATE: Final = EVIDENCE_TYPES.iri("c_18016257")
_WRITTEN_DAY: Final = 10
"""How many characters of a date-time are its day, as it is written: in the place where it was written."""
_LATE_EVENING: Final = 21
"""Midnight in Bucharest or Athens in summer is 21:00 UTC of the day before."""


def read(document: JsonObject) -> Award:
    """The award that the credential speaks of. Raises MalformedInput `award.malformed` when what it says exceeds the record's bounds."""
    return parse_award(_Reading(document).award())


class _Reading:
    def __init__(self, document: JsonObject) -> None:
        self._reader = Reader(document)
        self._document = document
        subject = self._reader.one(document, "credentialSubject")
        claims = self._reader.many(subject, "hasClaim")
        achievements = [claim for claim in claims if has_type(claim, "LearningAchievement")]
        self._subject = subject
        self._achievement: JsonObject = achievements[0] if achievements else {}
        self._qualification = self._reader.one(self._achievement, "specifiedBy")
        self._assessment = self._reader.one(self._achievement, "provenBy")
        self._title = text(self._achievement, "title") or text(self._qualification, "title")
        self._language = self._main_language()

    def award(self) -> JsonObject:
        qualification, achievement = self._qualification, self._achievement
        assessment_specification = self._reader.one(self._assessment, "specifiedBy")
        return _without_nothing(
            {
                "language": self._language,
                "title": self._title,
                "description": text(achievement, "description"),
                "learner": self._learner(),
                "awarding_body": self._body(self._awarding()),
                "mandate": self._mandate(),
                "issuing_date": _day(self._reader.one(achievement, "awardedBy"), "awardingDate") or _day(self._document, "issued"),
                "valid_until": _day(self._document, "validUntil") or _day(self._document, "expirationDate"),
                "learning_outcomes": self._outcomes(),
                "workload": self._workload(),
                "level": self._level(),
                "assessment": self._assessed(assessment_specification),
                "participation": self._listed(MODES, qualification, "mode")
                or self._listed(MODES, self._reader.one(achievement, "influencedBy", "specifiedBy"), "mode"),
                "quality_assurance": self._quality_assurance(),
                "prerequisites": text(self._reader.one(qualification, "entryRequirement"), "noteLiteral"),
                "supervision": self._listed(SUPERVISION_TYPES, self._assessment, "idVerification", mandatory=True),
                "grade": self._grade(assessment_specification),
                "stackability": self._stackability(),
                "further_information": self._further_information(),
                "activity": self._activity(),
                "field_of_education": self._codes(FIELDS_OF_EDUCATION, "thematicArea"),
                "instruction_languages": self._codes(LANGUAGES, "language"),
            }
        )

    def _main_language(self) -> str:
        """The primary language of the display; as the title writes it where that tells the region, too."""
        iri = string(self._reader.one(self._document, "displayParameter", "primaryLanguage"), "id")
        code = LANGUAGES.code(iri) if iri else None
        tags = list(self._title or {})
        if code is None:
            return tags[0] if tags else "en"
        tag = next(name for name, found in LANGUAGES.names.items() if found == code)
        return next((found for found in sorted(tags) if found.split("-", 1)[0] == tag), tag)

    # --- who -------------------------------------------------------------------------------------------------------------

    def _learner(self) -> JsonValue:
        subject = self._subject
        name = string(subject, "id")
        return _without_nothing(
            {
                "id": name if name and _IRI.match(name) and not name.startswith(("urn:uuid:", "urn:epass:")) else None,
                "given_name": self._name("givenName"),
                "family_name": self._name("familyName"),
                "full_name": self._name("fullName"),
                "date_of_birth": _day(subject, "dateOfBirth", shifted=True),
                "national_id": self._identifier(self._reader.one(subject, "nationalID"), None),
                "email": self._email(subject),
            }
        )

    def _name(self, member: str) -> str | None:
        found = text(self._subject, member) or {}
        return next((str(found[language]) for language in (self._language, *found) if language in found), None)

    def _awarding(self) -> JsonObject:
        return self._reader.one(self._achievement, "awardedBy", "awardingBody")

    def _mandate(self) -> JsonValue:
        """Who issues, where that is another than who awards, and the statement that it may."""
        issuer, body = self._reader.one(self._document, "issuer"), self._awarding()
        if not issuer or not body or string(issuer, "id") == string(body, "id"):
            return None
        statements = (
            string(evidence, "evidenceStatement")
            for evidence in self._reader.many(self._document, "evidence")
            if string(self._reader.one(evidence, "dcType"), "id") == _MANDATE
        )
        return {"issuer": self._body(issuer), **_without_nothing({"statement": next(statements, None)})}

    def _body(self, body: JsonObject) -> JsonObject:
        country = self._country(body)
        return _without_nothing(
            {
                **self._organisation(body),
                "eidas": self._identifier(self._reader.one(body, "eIDASIdentifier"), country),
                "registration": self._identifier(self._reader.one(body, "registration"), country),
                "vat": self._identifier(self._reader.one(body, "vatIdentifier"), country),
                "tax": self._identifier(self._reader.one(body, "taxIdentifier"), country),
                "address": text(self._reader.one(body, "location", "address", "fullAddress"), "noteLiteral"),
                "email": self._email(body),
            }
        )

    def _organisation(self, body: JsonObject) -> dict[str, JsonValue]:
        name = string(body, "id")
        return {
            "id": name if name and _IRI.match(name) and not name.startswith(("urn:uuid:", "urn:epass:")) else None,
            "name": text(body, "legalName"),
            "country": self._country(body),
            "homepage": _web(self._reader.one(body, "homepage")),
        }

    def _country(self, body: JsonObject) -> str | None:
        for place in self._reader.many(body, "location"):
            for address in self._reader.many(place, "address"):
                return self._code(COUNTRIES, self._reader.one(address, "countryCode"))
        return None

    def _identifier(self, node: JsonObject, country: str | None) -> JsonValue:
        number = string(node, "notation")
        if number is None:
            return None
        stated = self._code(COUNTRIES, self._reader.one(node, "spatial"))
        return _without_nothing({"number": number, "country": None if stated == country else stated})

    def _email(self, node: JsonObject) -> str | None:
        address = string(self._reader.one(node, "contactPoint", "emailAddress"), "id") or ""
        found = address.removeprefix("mailto:")
        return found if address.startswith("mailto:") and re.fullmatch(r"[^\s@<>\"\\^`{|}]+@[^\s@<>\"\\^`{|}]+", found) else None

    # --- what ------------------------------------------------------------------------------------------------------------

    def _outcomes(self) -> JsonValue:
        found: list[JsonValue] = []
        for outcome in self._reader.many(self._qualification, "learningOutcome"):
            title = text(outcome, "title")
            if title is not None:
                skills: list[JsonValue] = [
                    skill for node in self._reader.many(outcome, "relatedESCOSkill") if (skill := string(node, "id")) and _IRI.match(skill)
                ]
                found.append({"title": title, "esco": skills})
        return found

    def _workload(self) -> JsonValue:
        volume = string(self._qualification, "volumeOfLearning")
        hours = duration_to_hours(volume) if volume else None
        activity = self._reader.one(self._achievement, "influencedBy")
        stated = (volume, string(activity, "workload"), string(self._reader.one(activity, "specifiedBy"), "volumeOfLearning"))
        otherwise: list[JsonValue] = [duration for duration in stated if duration and duration_to_hours(duration) is None]
        credits_ = self._ects(self._qualification, "creditPoint")
        if credits_ is None:
            credits_ = self._ects(self._achievement, "creditReceived")
        found: JsonObject = {"hours": hours, "ects": credits_, "stated_otherwise": otherwise}
        return None if hours is None and credits_ is None and not otherwise else _without_nothing(found)

    def _ects(self, node: JsonObject, member: str) -> float | None:
        for points in self._reader.many(node, member):
            system = string(self._reader.one(points, "framework"), "id")
            number = string(points, "point") or ""
            if system == CREDIT_SYSTEMS.iri("6fcec5c5af") and _NUMBER.match(number):
                return float(number)
        return None

    def _level(self) -> JsonValue:
        eqf = string(self._reader.one(self._qualification, "eqfLevel"), "id") or ""
        digits = eqf.removeprefix(EQF_LEVELS.base)
        national = self._reader.one(self._qualification, "nqfLevel")
        name = string(national, "id")
        return _without_nothing(
            {
                "eqf": int(digits) if re.fullmatch(r"[0-9]{1,4}", digits) else None,
                "nqf": _without_nothing({"id": name, "label": text(national, "prefLabel")}) if name and _IRI.match(name) else None,
                "not_applicable": self._note(NOTE_ON_LEVEL),
            }
        )

    def _note(self, about: str | None) -> JsonValue:
        for note in self._reader.many(self._qualification, "additionalNote"):
            if string(self._reader.one(note, "subject"), "id") == about:
                return text(note, "noteLiteral")
        return None

    def _assessed(self, specification: JsonObject) -> JsonValue:
        kind = self._listed(ASSESSMENT_TYPES, specification, "dcType")
        title = text(self._assessment, "title")
        own_day = _day(self._reader.one(self._assessment, "awardedBy"), "awardingDate")
        process = string(self._reader.one(self._assessment, "awardedBy"), "id")
        same_process = process == string(self._reader.one(self._achievement, "awardedBy"), "id")
        return _without_nothing(
            {
                "type": kind,
                "title": None if title in ({"en": kind}, self._title if kind is None else None) else title,
                "description": text(self._assessment, "description"),
                "date": None if same_process else own_day,
            }
        )

    def _grade(self, specification: JsonObject) -> JsonValue:
        value = text(self._reader.one(self._assessment, "grade"), "noteLiteral")
        if value is None or value == NO_GRADE:
            return None
        scheme = self._reader.one(specification, "gradingScheme")
        title = text(scheme, "title")
        told = _without_nothing({"title": title, "description": text(scheme, "description")}) if title else None
        return _without_nothing({"value": value, "scheme": told})

    def _quality_assurance(self) -> JsonValue:
        found = self._reader.one(self._qualification, "accreditation") or self._reader.one(self._awarding(), "accreditation")
        kind = self._listed(QUALITY_ASSURANCE_TYPES, found, "dcType", mandatory=True)
        title = text(found, "title")
        return _without_nothing(
            {
                "type": kind,
                "title": None if title == {"en": kind} else title,
                "agency": _without_nothing(self._organisation(self._reader.one(found, "accreditingAgent"))),
                "decision": text(self._reader.one(found, "decision"), "prefLabel"),
                "report": _web(self._reader.one(found, "report")),
                "review_date": _day(found, "reviewDate"),
                "expiry_date": _day(found, "expiryDate"),
            }
        )

    def _stackability(self) -> JsonValue:
        partial = self._qualification.get("isPartialQualification")
        titles: list[JsonValue] = [
            title for node in self._reader.many(self._qualification, "isPartOf") if (title := text(node, "title")) is not None
        ]
        return _without_nothing(
            {
                "partial": partial if isinstance(partial, bool) else None,
                "part_of": titles,
                "note": self._note(NOTE_ON_STACKABILITY),
            }
        )

    def _further_information(self) -> JsonValue:
        links: list[JsonValue] = []
        for document in self._reader.many(self._qualification, "supplementaryDocument"):
            url = _web(document)
            if url is not None:
                links.append(_without_nothing({"url": url, "title": text(document, "title")}))
        return _without_nothing({"text": self._note(None), "links": links})

    def _activity(self) -> JsonValue:
        activity = self._reader.one(self._achievement, "influencedBy")
        title = text(activity, "title")
        if title is None:
            return None
        kind = self._listed(ACTIVITY_TYPES, self._reader.one(activity, "specifiedBy"), "dcType")
        workload = string(activity, "workload")
        return _without_nothing({"title": title, "type": kind, "hours": duration_to_hours(workload) if workload else None})

    # --- controlled values -----------------------------------------------------------------------------------------------

    def _listed(self, table: ControlledList, node: JsonObject, member: str, *, mandatory: bool = False) -> str | None:
        """The value's label; where the list is not mandatory, a home-made concept with a label of the list counts as that value."""
        concept = self._reader.one(node, member)
        iri = string(concept, "id")
        code = table.code(iri) if iri else None
        if code is None and not mandatory:
            label = (text(concept, "prefLabel") or {}).get("en")
            code = table.find(label) if isinstance(label, str) else None
        return iri if code is None else table.labels[code]

    def _code(self, table: ControlledList, node: JsonObject) -> str | None:
        iri = string(node, "id")
        return (table.code(iri) or iri) if iri else None

    def _codes(self, table: ControlledList, member: str) -> JsonValue:
        return [code for node in self._reader.many(self._qualification, member) if (code := self._code(table, node))]


def _day(node: JsonObject, member: str, *, shifted: bool = False) -> str | None:
    value = string(node, member)
    if value is None:
        return None
    try:
        moment = parse_timestamp(value).moment
    except MalformedInput:
        return None
    late = value.endswith("Z") and moment.hour >= _LATE_EVENING and moment.minute == moment.second == 0
    if shifted and late and moment.date() < date.max:
        return (moment.date() + timedelta(days=1)).isoformat()
    return value[:_WRITTEN_DAY]


def _web(node: JsonObject) -> str | None:
    url = string(node, "contentURL")
    return url if url and _WEB.match(url) else None


def _without_nothing(members: dict[str, JsonValue]) -> JsonObject:
    """The members that say something; an object of none stands for nothing at all one level up."""
    return {name: value for name, value in members.items() if value not in (None, [], {})}
