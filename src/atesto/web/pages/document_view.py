"""What a person reads of a credential: whom it speaks of, what they can do, who issued it, when it holds. Text only.

Reads the members that the profiles of this node use. What it does not find it leaves out; the whole text is one click away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import AtestoError
from atesto.profiles.edc.duration import duration_to_hours
from atesto.web.pages.markdown import render_markdown
from atesto.web.pages.reader import Reader

if TYPE_CHECKING:
    from datetime import datetime

    from markupsafe import Markup

    from atesto.encoding.strict_json import JsonObject, JsonValue

_FALLBACK_LANGUAGE: Final = "en"
_MAX_CHARACTERS: Final = 300
_MAX_LISTED: Final = 20
_NAMES: Final = ("name", "fullName", "title", "label", "prefLabel", "legalName", "displayName")
_WHAT: Final = ("achievement", "hasClaim", "learningAchievement")
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z")
_ECTS: Final = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
_EQF_LEVEL: Final = re.compile(r"http://data\.europa\.eu/snb/eqf/([1-8])\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Somebody's words, and the language that they are said to be in."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        """The words alone."""
        return self.text


@dataclass(frozen=True, slots=True)
class Moment:
    """A date-time for people and for machines."""

    text: str
    machine: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """One thing that was learned."""

    title: Phrase | None
    outcomes: tuple[Phrase, ...]
    workload: str | None
    level: str | None
    awarded_on: Moment | None
    criteria: Markup | None = None
    """What had to be done, in a badge's own Markdown; it tells the outcomes, too, where this node wrote it."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Every member is plain text, to be escaped and isolated in direction."""

    title: Phrase | None
    subjects: tuple[Phrase, ...]
    achievements: tuple[Achievement, ...]
    issuer_name: Phrase | None
    description: Phrase | None
    valid_from: Moment | None
    valid_until: Moment | None
    other_language: bool
    """Whether its words are in a language that the reader did not ask for."""


def view_document(document: JsonObject, reader: Reader | None = None) -> DocumentView:
    """What can be shown of a confirmed credential, in the reader's language where the credential has it."""
    view = _View(reader or Reader())
    subjects = _listed(document.get("credentialSubject"))
    what = [entry for subject in subjects if isinstance(subject, dict) for member in _WHAT for entry in _listed(subject.get(member))]
    achievements = tuple(view.achievement(entry) for entry in what[:_MAX_LISTED] if isinstance(entry, dict))
    title = view.name(document) or view.name(document.get("displayParameter"))
    return DocumentView(
        title=title or next((entry.title for entry in achievements if entry.title), None),
        subjects=tuple(name for subject in subjects[:_MAX_LISTED] if (name := view.person(subject))),
        achievements=achievements,
        issuer_name=view.name(document.get("issuer")),
        description=view.phrase(document.get("description")),
        valid_from=view.day(document.get("validFrom", document.get("issuanceDate"))),
        valid_until=view.day(document.get("validUntil", document.get("expirationDate"))),
        other_language=title is not None and title.language is not None and title.language.split("-")[0].lower() != view.reader.language,
    )


def moment(value: datetime, reader: Reader | None = None) -> Moment:
    """`value`, as people write it."""
    return Moment((reader or Reader()).moment(value), value.isoformat())


@dataclass(frozen=True, slots=True)
class _View:
    """Reads members for one reader."""

    reader: Reader

    def achievement(self, value: JsonObject) -> Achievement:
        specified = _object(value.get("specifiedBy")) or value
        awarded, narrative = _object(value.get("awardedBy")), _object(value.get("criteria")).get("narrative")
        level = _EQF_LEVEL.match(_named(specified.get("eqfLevel")))
        criteria = render_markdown(narrative) if isinstance(narrative, str) else None
        listed = [] if criteria else _listed(specified.get("learningOutcome"))[:_MAX_LISTED]
        outcomes = tuple(name for item in listed if (name := self.name(item)))
        day = self.day(awarded.get("awardingDate"))
        return Achievement(self.name(value), outcomes, self._workload(specified), level[1] if level else None, day, criteria)

    def _workload(self, specified: JsonObject) -> str | None:
        """Hours and credits side by side: `104 h · 4 ECTS`."""
        volume = specified.get("volumeOfLearning")
        hours = duration_to_hours(volume) if isinstance(volume, str) else None
        parts = [f"{self.reader.number(hours)} h"] if hours is not None else []
        for credit in map(_object, _listed(specified.get("creditPoint"))[:_MAX_LISTED]):
            point, framework = credit.get("point"), _object(credit.get("framework"))
            name = "ECTS" if _ECTS in (framework.get("id"), credit.get("framework")) else str(self.name(framework) or "")
            if isinstance(point, str) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", point, re.ASCII):
                parts.append(f"{self.reader.number(float(point))} {name}".strip())
        return " · ".join(parts) or None

    def day(self, value: JsonValue) -> Moment | None:
        if not isinstance(value, str):
            return None
        try:
            at = parse_timestamp(value).moment
        except AtestoError:
            return None
        return Moment(self.reader.day(at), value)

    def person(self, value: JsonValue) -> Phrase | None:
        if not isinstance(value, dict):
            return None
        parts = [part for member in ("givenName", "familyName") if (part := self.phrase(value.get(member)))]
        identifier = value.get("id")
        if found := self.name(value):
            return found
        for identity in map(_object, _listed(value.get("identifier"))):
            if identity.get("identityType") == "name" and identity.get("hashed") is False:
                return self.phrase(identity.get("identityHash"))
        if parts:
            return Phrase(" ".join(map(str, parts)), parts[0].language)
        return Phrase(_cut(identifier)) if isinstance(identifier, str) else None

    def name(self, value: JsonValue) -> Phrase | None:
        if not isinstance(value, dict):
            return None
        return next((found for member in _NAMES if (found := self.phrase(value.get(member)))), None)

    def phrase(self, value: JsonValue) -> Phrase | None:
        """One text of a value that may be a string, a language value, a map of languages, or a list of these."""
        if isinstance(value, dict) and "@value" not in value:
            value = [{"@value": text, "@language": tag} for tag, text in value.items() if _LANGUAGE_TAG.match(tag)]
        found = [phrase for item in _listed(value) for phrase in _plain(item)]
        for wanted in (self.reader.language, _FALLBACK_LANGUAGE):
            if match := next((phrase for phrase in found if phrase.language and phrase.language.split("-")[0].lower() == wanted), None):
                return match
        return next(iter(found), None)


def _plain(value: JsonValue) -> list[Phrase]:
    """The phrases of a string or a language value; a map's value may be a list."""
    if isinstance(value, str):
        return [Phrase(_cut(value))] if value.strip() else []
    if not isinstance(value, dict):
        return []
    tag = value.get("@language")
    language = tag if isinstance(tag, str) and _LANGUAGE_TAG.match(tag) else None
    return [Phrase(_cut(text), language) for text in _listed(value.get("@value")) if isinstance(text, str) and text.strip()]


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS] + " …"


def _named(value: JsonValue) -> str:
    """The identifier of a thing that is named or told."""
    return value if isinstance(value, str) else str(_object(value).get("id", ""))


def _object(value: JsonValue) -> JsonObject:
    """The first object of a value that may be one or a list."""
    return next((item for item in _listed(value) if isinstance(item, dict)), {})


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [] if value is None else [value]
