"""What was found of one credential or presentation, question by question, beside the one verdict.

Everything is read off the stations and the findings; nothing is checked here. The verdict does not come from the results: it is the
conjunction of the stations, and profile, lists, elements and nodes never change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from atesto.findings import FINDING_CODES, Level
from atesto.verification.station_result import State
from atesto.verification.stations import Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.findings import Finding
    from atesto.verification.station_result import StationResult


class Outcome(StrEnum):
    """The five things that can be said in answer to a question."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    UNDECIDED = "undecided"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Question:
    """One row: what is asked, the stations that answer, and the findings that are about it."""

    name: str
    yes: str
    """What a person reads when all is well."""
    stations: tuple[Station, ...]
    """None for a question that only findings answer, and only of a credential whose profile is known."""
    codes: tuple[str, ...]
    """Finding codes; one that ends in a dot stands for its family. The longest that fits decides to which question a finding belongs."""
    asked_by: tuple[str, ...] = ()
    """Codes of which one stands among the findings of every credential of which a question without stations was asked."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one question."""

    name: str
    outcome: Outcome
    sentence: str
    codes: tuple[str, ...]
    """What led to it: codes of the refusal or the findings."""

    def to_json(self) -> JsonObject:
        """`{result, outcome, sentence, codes}`."""
        codes: list[JsonValue] = [*self.codes]
        return {"result": self.name, "outcome": self.outcome.value, "sentence": self.sentence, "codes": codes}


_EUROPEAN: Final = ("edc.conforms", "edc.not_conforming")
_JUDGED: Final = (*_EUROPEAN, "ob.conforms", "ob.not_conforming", "profile.unreadable")

QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "securing",
        "It was secured by those who speak, and not changed since.",
        (Station.KEYS, Station.BINDING, Station.SIGNATURE),
        ("binding.", "holder.", "freshness.", "token.", "proof.", "seal.", "credential.", "key.", "recipient.", "nested.", "endorsement."),
    ),
    Question(
        "losslessness",
        "Every word in it has a meaning that is signed.",
        (Station.CONTEXTS, Station.LINKED_DATA),
        ("linked_data.", "context."),
    ),
    Question("profile", "It conforms to the profile that it names.", (), ("edc.", "ob.", "clr.", "profile."), _JUDGED),
    Question(
        "lists",
        "Its values are in their controlled lists.",
        (),
        ("edc.concept_unknown", "edc.concept_not_allowed", "edc.list_wrong"),
        _EUROPEAN,
    ),
    Question("elements", "It states every mandatory element of the European approach.", (), ("eu2022.",), ("eu2022.",)),
    Question("nodes", "Each part that it describes is described in one way.", (), ("edc.node_differs", "edc.root_type"), _EUROPEAN),
    Question(
        "status",
        "It was not withdrawn, as far as it says where to look.",
        (Station.STATUS,),
        ("status.", "schema.", "resource.", "refresh."),
    ),
    Question(
        "dates",
        "It is valid at this time, and its dates are well written.",
        (Station.TIME,),
        ("time.", "edc.date_malformed", "edc.duration_malformed"),
    ),
)
_ANSWERS: Final = {
    "edc.not_conforming": Outcome.FAILED,
    "edc.concept_not_allowed": Outcome.FAILED,
    "edc.list_wrong": Outcome.FAILED,
    "edc.node_differs": Outcome.FAILED,
    "edc.root_type": Outcome.FAILED,
    "ob.not_conforming": Outcome.FAILED,
    "edc.shapes_violated": Outcome.FAILED,
    "eu2022.element_absent": Outcome.FAILED,
    "eu2022.element_invalid": Outcome.FAILED,
    "profile.unreadable": Outcome.UNDECIDED,
    "status.not_checked": Outcome.UNDECIDED,
    "status.none": Outcome.NOT_CHECKED,
}
"""Findings that answer their question by something else than their level says."""
_NOT_CHECKED: Final = "This was not checked."


def results_of(stations: Sequence[StationResult], findings: Sequence[Finding]) -> tuple[Result, ...]:
    """One result a question, in the order of `QUESTIONS`."""
    about: dict[str, list[Finding]] = {question.name: [] for question in QUESTIONS}
    for finding in findings:
        name = question_of(finding.code)
        if name is not None:
            about[name].append(finding)
    return tuple(
        _result(question, stations, about[question.name], judged=any(_fits(finding.code, question.asked_by) for finding in findings))
        for question in QUESTIONS
    )


def is_judged(findings: Sequence[Finding]) -> bool:
    """Whether the findings are of a credential whose profile is known."""
    return any(_fits(finding.code, _JUDGED) for finding in findings)


def question_of(code: str) -> str | None:
    """Which question a finding is about; None for one about the list of findings itself."""
    fitting = [(len(row), question.name) for question in QUESTIONS for row in question.codes if _fits(code, (row,))]
    return max(fitting)[1] if fitting else None


def _fits(code: str, rows: tuple[str, ...]) -> bool:
    return any(code == row or (row.endswith(".") and code.startswith(row)) for row in rows)


def _result(question: Question, stations: Sequence[StationResult], findings: Sequence[Finding], *, judged: bool) -> Result:
    codes = tuple(dict.fromkeys(finding.code for finding in findings))
    for result in stations:
        if result.station in question.stations and result.error is not None:
            outcome = Outcome.FAILED if result.state is State.FAILED else Outcome.UNDECIDED
            return Result(question.name, outcome, result.error.entry.title, (result.error.code, *codes))
    reached = all(result.state is State.PASSED for result in stations if result.station in question.stations)
    if not (reached if question.stations else judged):
        return Result(question.name, Outcome.NOT_CHECKED, _NOT_CHECKED, codes)
    for outcome in (Outcome.FAILED, Outcome.UNDECIDED, Outcome.WARNING, Outcome.NOT_CHECKED):
        for finding in findings:
            if _outcome(finding) is outcome:
                return Result(question.name, outcome, FINDING_CODES[finding.code].title, codes)
    return Result(question.name, Outcome.OK, question.yes, codes)


def _outcome(finding: Finding) -> Outcome:
    usual = Outcome.WARNING if FINDING_CODES[finding.code].level is Level.WARNING else Outcome.OK
    return _ANSWERS.get(finding.code, usual)
