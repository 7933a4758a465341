"""Award records from Open Badges: this node's and others'.

Tolerant, like the reader of European Digital Credentials: what cannot be read is left out; the rules over the award say what is missing.
What the European extension says comes first; without it outcomes and level are read from alignments. Bare credits have no unit and are not
read as ECTS. Texts are in the language of the achievement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from atesto.profiles.award.values import LANGUAGE_TAG
from atesto.profiles.edc.lists.europass import EQF_LEVELS
from atesto.profiles.edc.reader import Reader, has_type, string
from atesto.profiles.open_badges.extension import classes as extension
from atesto.profiles.open_badges.extension.read import extended
from atesto.profiles.open_badges.parties import country_of, learner_of, numbers_of
from atesto.profiles.open_badges.places import note_places
from atesto.profiles.open_badges.write import MANDATE, NQF_TARGET

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award
    from atesto.profiles.places import Places

_ESCO_SKILL: Final = "http://data.europa.eu/esco/skill/"
_COMPETENCIES: Final = frozenset({"ceasn:Competency", "CFItem"})
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+\Z")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*\Z")
_EMAIL: Final = re.compile(r"[^\s@<>\"\\^`{|}]+@[^\s@<>\"\\^`{|}]+\Z")
_EQF: Final = re.compile(re.escape(EQF_LEVELS.base) + r"([0-9]{1,4})\Z")
_DAY: Final = 10
"""How many characters of a date-time are its day, as it is written: in the place where it was written."""


def read(document: JsonObject, places: Places | None = None) -> Award:
    """The award that the badge speaks of. Raises MalformedInput `award.malformed` when what it says exceeds the record's bounds.

    `places`, when given, is filled with where each part of the award stands in the document.
    """
    award = parse_award(_Reading(document).award())
    if places is not None:
        note_places(document, award.to_json(), places)
    return award


class _Reading:
    def __init__(self, document: JsonObject) -> None:
        self._reader = Reader({})
        self._document = document
        self._subject = self._reader.one(document, "credentialSubject")
        self._achievement = self._reader.one(self._subject, "achievement")
        tag = string(self._achievement, "inLanguage") or ""
        self._language = tag if LANGUAGE_TAG.match(tag) else "en"

    def award(self) -> JsonObject:
        achievement = self._achievement
        title = words(achievement, "name") or words(self._document, "name")
        description = words(achievement, "description")
        issuer, creator = self._reader.one(self._document, "issuer"), self._reader.one(achievement, "creator")
        mandate = bool(creator) and string(creator, "id") != string(issuer, "id")
        found: dict[str, JsonValue] = {
            "language": self._language,
            "title": self._text(title),
            "description": None if description == title else self._text(description),
            "learner": without_nothing(self._learner()),
            "awarding_body": without_nothing(self._organisation(creator if mandate else issuer)),
            "mandate": {"issuer": without_nothing(self._organisation(issuer)), **self._statement()} if mandate else None,
            "issuing_date": day(self._document, "awardedDate") or day(self._document, "validFrom") or day(self._document, "issuanceDate"),
            "valid_until": day(self._document, "validUntil") or day(self._document, "expirationDate"),
            "learning_outcomes": self._outcomes(),
            "level": without_nothing(self._level()),
            "grade": self._grade(),
        }
        if has_type(achievement, extension.TYPE):
            scheme = self._reader.one(achievement, "provenBy", "gradingScheme")
            found |= {name: value for name, value in extended(achievement).items() if value not in (None, [], {})}
            self._received(found)
            grade = found["grade"]
            if isinstance(grade, dict):
                found["grade"] = {**grade, **_scheme(scheme)}
        return without_nothing(found)

    # --- who -----------------------------------------------------------------------------------------------------------------

    def _learner(self) -> dict[str, JsonValue]:
        found = learner_of(_identifier(self._subject), self._reader.many(self._subject, "identifier"))
        email = found["email"]
        return {**found, "email": email if isinstance(email, str) and _EMAIL.match(email) else None}

    def _organisation(self, node: JsonObject) -> dict[str, JsonValue]:
        parent = self._reader.one(node, "parentOrg")
        address = node.get("address") or parent.get("address")
        street = words(address, "streetAddress") if isinstance(address, dict) else None
        region = string(address, "addressRegion") if isinstance(address, dict) else None
        url, email = string(node, "url"), string(node, "email")
        country = country_of(address)
        numbers = numbers_of(self._reader.many(node, "otherIdentifier"))
        return {
            "id": _identifier(node),
            "name": self._text(words(node, "name")),
            "country": country,
            "address": self._text(street),
            "region": region if region and _IRI.match(region) else None,
            "homepage": url if url and _WEB.match(url) else None,
            "email": email if email and _EMAIL.match(email) else None,
            **numbers,
        }

    def _statement(self) -> JsonObject:
        for evidence in self._reader.many(self._document, "evidence"):
            statement = words(evidence, "narrative")
            if evidence.get("genre") == MANDATE and statement:
                return {"statement": statement}
        return {}

    def _received(self, found: dict[str, JsonValue]) -> None:
        """Credits earned are ECTS where the extension says that those available are."""
        workload, earned = found.get("workload"), self._subject.get("creditsEarned")
        if isinstance(workload, dict) and "ects" in workload and isinstance(earned, int | float) and not isinstance(earned, bool):
            workload["received"] = float(earned)

    # --- what ----------------------------------------------------------------------------------------------------------------

    def _outcomes(self) -> list[JsonValue]:
        found: list[JsonValue] = []
        for alignment in self._reader.many(self._achievement, "alignment"):
            name, url = string(alignment, "targetName"), string(alignment, "targetUrl") or ""
            skill = url.startswith(_ESCO_SKILL) and _IRI.match(url) is not None
            if name and (skill or alignment.get("targetType") in _COMPETENCIES):
                found.append({"title": {self._language: name}, "esco": [url] if skill else []})
        return found

    def _level(self) -> dict[str, JsonValue]:
        found: dict[str, JsonValue] = {}
        for alignment in self._reader.many(self._achievement, "alignment"):
            url = string(alignment, "targetUrl") or ""
            if match := _EQF.match(url):
                found["eqf"] = int(match[1])
            elif alignment.get("targetType") == NQF_TARGET and _IRI.match(url):
                name = words(alignment, "targetName")
                found["nqf"] = {"id": url, **({"label": {self._language: name}} if name and name != url else {})}
        return found

    def _grade(self) -> JsonValue:
        """The first result with a value, and the name of its description."""
        descriptions = {string(node, "id"): node for node in self._reader.many(self._achievement, "resultDescription")}
        for result in self._reader.many(self._subject, "result"):
            value = words(result, "value")
            if value is None:
                continue
            name = words(descriptions.get(string(result, "resultDescription"), {}), "name")
            known = has_type(self._achievement, extension.TYPE) or name is None
            return {"value": {self._language: value}, **({} if known else {"scheme": {"title": {self._language: name}}})}
        return None

    def _text(self, value: str | None) -> JsonValue:
        return None if value is None else {self._language: value}


def _identifier(node: JsonObject) -> str | None:
    name = string(node, "id")
    return name if name and _IRI.match(name) and not name.startswith("urn:uuid:") else None


def _scheme(node: JsonObject) -> JsonObject:
    title = node.get("title")
    if not isinstance(title, dict) or not title:
        return {}
    return {"scheme": without_nothing({"title": title, "description": node.get("explanation")})}


def words(node: JsonObject, member: str) -> str | None:
    """A text as it stands; None where there is none."""
    value = node.get(member)
    return value if isinstance(value, str) and value.strip() else None


def day(node: JsonObject, member: str) -> str | None:
    """The day of a date-time; None where there is none."""
    value = string(node, member)
    if value is None:
        return None
    try:
        parse_timestamp(value)
    except MalformedInput:
        return None
    return value[:_DAY]


def without_nothing(members: dict[str, JsonValue]) -> JsonObject:
    """The members that say something."""
    return {name: value for name, value in members.items() if value not in (None, [], {})}
