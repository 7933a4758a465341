"""What a badge's picture says when nobody brought a picture: title, institution, level, date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from atesto.errors import AtestoError
from atesto.profiles.table import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award

_LONGEST_LANGUAGE: Final = 8


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """The words of a badge's picture. What is not known is empty or None, and left out of it. `colour` is `#RRGGBB`."""

    title: str
    institution: str
    language: str = "en"
    eqf: int | None = None
    ects: float | None = None
    kind: str = ""
    awarded: date | None = None
    colour: str | None = None


def badge_face(document: JsonObject, *, colour: str | None = None) -> BadgeFace:
    """The face of a credential: read as an award where it has a form of ours, else from the members of Open Badges 3.0 and VCDM.

    Judges nothing: members of another shape than expected are passed over.
    """
    for award in _awards(document):
        if award.title:
            face = _face_of_award(award, colour)
            # A badge says itself what its picture says; only level and credits are the award's to tell.
            is_badge = "achievement" in _node(document.get("credentialSubject"))
            return replace(_face_of_badge(document, colour), eqf=face.eqf, ects=face.ects) if is_badge else face
    return _face_of_badge(document, colour)


def _awards(document: JsonObject) -> Iterator[Award]:
    types = document.get("type")
    named = types if isinstance(types, list) else [types]
    for form in FORMS.values():
        if form.type_name in named:
            try:
                yield form.read(document)
            except AtestoError:
                continue


def _face_of_award(award: Award, colour: str | None) -> BadgeFace:
    def said(text: Mapping[str, str] | None) -> str:
        return text.get(award.language) or next(iter(text.values()), "") if text else ""

    body = award.awarding_body
    return BadgeFace(
        title=said(award.title),
        institution=said(body.name) if body else "",
        language=award.language,
        eqf=award.level.eqf if award.level else None,
        ects=award.workload.ects if award.workload else None,
        awarded=award.issuing_date,
        colour=colour,
    )


def _face_of_badge(document: JsonObject, colour: str | None) -> BadgeFace:
    subject = _node(document.get("credentialSubject"))
    achievement = _node(subject.get("achievement"))
    language = achievement.get("inLanguage")
    return BadgeFace(
        title=_said(achievement.get("name")) or _said(document.get("name")),
        institution=_said(_node(document.get("issuer")).get("name")) or _said(_node(achievement.get("creator")).get("name")),
        language=language[:_LONGEST_LANGUAGE].partition("-")[0] if isinstance(language, str) else "en",
        kind=_words_of(achievement.get("achievementType")),
        awarded=_day(document.get("awardedDate")) or _day(document.get("validFrom")) or _day(document.get("issuanceDate")),
        colour=colour,
    )


def _node(value: JsonValue) -> JsonObject:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _said(value: JsonValue) -> str:
    """A text, or the first one of a language map."""
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    return value if isinstance(value, str) else ""


def _words_of(value: JsonValue) -> str:
    """An achievement type of the specification in words: `CertificateOfCompletion` as "Certificate of completion"; others say nothing."""
    if not isinstance(value, str) or not value.isascii() or not value.isalpha():
        return ""
    words = "".join(f" {letter}" if letter.isupper() else letter for letter in value).split()
    return " ".join(words).capitalize()


def _day(value: JsonValue) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
