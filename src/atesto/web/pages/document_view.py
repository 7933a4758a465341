"""What a person reads of a credential: its name, whom it speaks of, who issued it, when it holds. Text only, nothing is interpreted.

Reads the members that the profiles of this node use. What it does not find it leaves out; the whole text is one click away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import AtestoError

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue

_PREFERRED_LANGUAGE: Final = "en"
_MAX_CHARACTERS: Final = 300
_NAMES: Final = ("name", "fullName", "title", "label", "prefLabel", "legalName", "displayName")
_WHAT: Final = ("achievement", "hasClaim", "learningAchievement")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date-time for people and for machines."""

    text: str
    machine: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Every member is plain text, to be escaped and isolated in direction."""

    title: str | None
    subjects: tuple[str, ...]
    achievements: tuple[str, ...]
    issuer_name: str | None
    description: str | None
    valid_from: Moment | None
    valid_until: Moment | None


def view_document(document: JsonObject) -> DocumentView:
    """What can be shown of a confirmed credential."""
    subjects = _listed(document.get("credentialSubject"))
    issuer = document.get("issuer")
    achievements = [what for subject in subjects if isinstance(subject, dict) for member in _WHAT for what in _listed(subject.get(member))]
    return DocumentView(
        title=_name(document) or _name(document.get("displayParameter")),
        subjects=tuple(name for subject in subjects if (name := _person(subject))),
        achievements=tuple(dict.fromkeys(name for what in achievements if (name := _name(what)))),
        issuer_name=_name(issuer),
        description=_text(document.get("description")),
        valid_from=_moment(document.get("validFrom", document.get("issuanceDate"))),
        valid_until=_moment(document.get("validUntil", document.get("expirationDate"))),
    )


def moment(value: datetime) -> Moment:
    """`value`, as people write it."""
    return Moment(f"{value.day} {value:%B %Y, %H:%M} UTC", value.isoformat())


def _moment(value: JsonValue) -> Moment | None:
    if not isinstance(value, str):
        return None
    try:
        at = parse_timestamp(value).moment
    except AtestoError:
        return None
    return Moment(f"{at.day} {at:%B %Y}", value)


def _person(value: JsonValue) -> str | None:
    if not isinstance(value, dict):
        return None
    given, family = _text(value.get("givenName")), _text(value.get("familyName"))
    identifier = value.get("id")
    return _name(value) or " ".join(part for part in (given, family) if part) or (identifier if isinstance(identifier, str) else None)


def _name(value: JsonValue) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((text for member in _NAMES if (text := _text(value.get(member)))), None)


def _text(value: JsonValue) -> str | None:
    """One text of a value that may be a string, a language value, a map of languages, or a list of these."""
    if isinstance(value, str):
        return value if len(value) <= _MAX_CHARACTERS else value[:_MAX_CHARACTERS] + " …"
    if isinstance(value, list):
        texts = [text for item in value if (text := _text(item))]
        tagged = [item for item in value if isinstance(item, dict) and item.get("@language") == _PREFERRED_LANGUAGE]
        return _text(tagged[0]) if tagged else next(iter(texts), None)
    if isinstance(value, dict):
        if "@value" in value:
            return _text(value["@value"])
        keys = [_PREFERRED_LANGUAGE, *(key for key in value if len(key) in {2, 3})]
        return next((text for key in keys if key in value and (text := _text(value[key]))), None)
    return None


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [] if value is None else [value]
