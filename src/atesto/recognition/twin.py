"""The twin check: whether two awards, read from two credentials, say the same.

Checks, an aspect each: title, level, credits, workload, date of issuing, end of validity, learner, awarding body. Two awards agree when no
aspect differs and none is stated on one side alone, and when title, learner and awarding body are stated on both.

It does not check that what they say is true, who says it, or that it is sound: it knows no proof, no clock and no list.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from atesto.profiles.award.parties import AwardingBody, Learner
    from atesto.profiles.award.record import Award

Said = dict[str, str]
"""What one award says of an aspect, part by part; two awards agree in an aspect when they agree in each part that both state."""


class Agreement(StrEnum):
    """The four things that can be said of an aspect of two awards."""

    AGREE = "agree"
    DIFFER = "differ"
    ONE_SIDED = "one_sided"
    """One of them states it, or each states a part that the other does not."""
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One row: what is compared, and how an award tells it."""

    name: str
    needed: bool
    """Whether both must state it: without it nobody can tell that two awards are of the same achievement."""
    said: Callable[[Award], Said]


@dataclass(frozen=True, slots=True)
class AspectResult:
    """What two awards say of one aspect. `parts` names the parts in which they differ, or which only one of them states."""

    aspect: str
    agreement: Agreement
    parts: tuple[str, ...]
    detail: str
    first: Said
    second: Said


def compare(first: Award, second: Award) -> tuple[AspectResult, ...]:
    """One result an aspect, in the order of `ASPECTS`."""
    return tuple(_result(aspect, aspect.said(first), aspect.said(second)) for aspect in ASPECTS)


def agree(results: tuple[AspectResult, ...]) -> bool:
    """Whether the two are twins in what they say. `results` are those of `compare`."""
    accepted = {aspect.name: {Agreement.AGREE} if aspect.needed else {Agreement.AGREE, Agreement.UNSTATED} for aspect in ASPECTS}
    return all(result.agreement in accepted[result.aspect] for result in results)


def _result(aspect: Aspect, first: Said, second: Said) -> AspectResult:
    shared = [part for part in first if part in second]
    differing = tuple(part for part in shared if _plain(first[part]) != _plain(second[part]))
    if differing:
        return AspectResult(aspect.name, Agreement.DIFFER, differing, f"They differ ({_listed(differing)}).", first, second)
    if shared:
        return AspectResult(aspect.name, Agreement.AGREE, (), f"They agree ({_listed(shared)}).", first, second)
    stated = (*first, *second)
    if stated:
        sides = "Each states what the other does not" if first and second else f"Only the {'first' if first else 'second'} states it"
        return AspectResult(aspect.name, Agreement.ONE_SIDED, stated, f"{sides} ({_listed(stated)}).", first, second)
    return AspectResult(aspect.name, Agreement.UNSTATED, (), "Neither states it.", first, second)


def _listed(parts: tuple[str, ...] | list[str]) -> str:
    return ", ".join(dict.fromkeys(part.replace("_", " ") for part in parts))


def _plain(text: str) -> str:
    """Texts that a reader cannot tell apart are equal: white space, and the two ways of writing an accent."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# --- what is compared ---------------------------------------------------------------------------------------------------


def _title(award: Award) -> Said:
    return _by_language(award.title)


def _level(award: Award) -> Said:
    level = award.level
    if level is None:
        return {}
    # Each says "none" of the other: a level on one side and the reason why there is none on the other is a difference.
    if level.not_applicable is not None and level.eqf is None and level.nqf is None:
        return {"applies": "no"}
    stated = {"eqf": None if level.eqf is None else str(level.eqf), "national": level.nqf.id if level.nqf else None}
    return {"applies": "yes", **_given(stated)} if any(stated.values()) else {}


def _credits(award: Award) -> Said:
    return _given({"ects": _number(award.workload.ects)}) if award.workload else {}


def _workload(award: Award) -> Said:
    return _given({"hours": _number(award.workload.hours)}) if award.workload else {}


def _issuing_date(award: Award) -> Said:
    return _given({"day": _day(award.issuing_date)})


def _valid_until(award: Award) -> Said:
    return _given({"day": _day(award.valid_until)})


def _learner(award: Award) -> Said:
    learner = award.learner
    if learner is None:
        return {}
    number = learner.national_id
    return _given(
        {
            "id": learner.id,
            "name": _name(learner),
            "given_name": learner.given_name,
            "family_name": learner.family_name,
            "date_of_birth": _day(learner.date_of_birth),
            "national_id": None if number is None else f"{number.number} {number.country or ''}",
            # The part before the @ may tell capitals apart; nobody who gives addresses out does.
            "email": learner.email and learner.email.lower(),
        }
    )


def _name(learner: Learner) -> str | None:
    parts = [part for part in (learner.given_name, learner.family_name) if part]
    return learner.full_name or " ".join(parts) or None


def _awarding_body(award: Award) -> Said:
    body = award.awarding_body
    return {} if body is None else {**_numbers(body), **_by_language(body.name, "name"), **_given({"id": body.id, "country": body.country})}


def _numbers(body: AwardingBody) -> Said:
    numbers = {"eidas": body.eidas, "registration": body.registration, "vat": body.vat, "tax": body.tax}
    return {name: number.number for name, number in numbers.items() if number is not None}


def _by_language(text: Mapping[str, str] | None, prefix: str = "in") -> Said:
    return {f"{prefix}_{language}": words for language, words in (text or {}).items()}


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _given(parts: Mapping[str, str | None]) -> Said:
    return {name: value for name, value in parts.items() if value}


ASPECTS: Final[tuple[Aspect, ...]] = (
    Aspect("title", needed=True, said=_title),
    Aspect("level", needed=False, said=_level),
    Aspect("credits", needed=False, said=_credits),
    Aspect("workload", needed=False, said=_workload),
    Aspect("issuing_date", needed=False, said=_issuing_date),
    Aspect("valid_until", needed=False, said=_valid_until),
    Aspect("learner", needed=True, said=_learner),
    Aspect("awarding_body", needed=True, said=_awarding_body),
)
