"""The one report of a verification, in two parts: authenticity (the stations, and the verdict over them) and findings.

`verified` is a conjunction that is computed once, when the report is made, and is false until every station has passed and every embedded
credential was confirmed. A report has no truth value, so that nobody writes `if report:`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NoReturn

from atesto.encoding.timestamp import format_timestamp
from atesto.verification.results import is_judged, results_of
from atesto.verification.station_result import State
from atesto.verification.stations import Station

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.errors import AtestoError
    from atesto.findings import Finding
    from atesto.recognition.frameworks.eu_2022.element_result import ElementResult
    from atesto.verification.check_result import CheckResult
    from atesto.verification.results import Result
    from atesto.verification.station_result import StationResult


class Verdict(StrEnum):
    """The three states. Only the first is verified."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    REFUSED = "refused"


_KINDS: Final = {"credential": "micro-credential", "presentation": "presentation"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a verifier answers about one document. `shown` is set only when the document was confirmed.

    `seal` is what was found of the seal (`SealAssessment.to_json`), when there is one, whatever the verdict.
    `token` is the signed text itself, when the document came in one: that is what a holder keeps.
    `elements` are those of the European approach to micro-credentials, where the document's form states them: pointers into the document.
    `pointer` says where the document stands in the one that was posted: "" or, for a credential, its place in the one around it.
    `credentials` are those in a presentation, or bundled in a record of learning; `checks` are the results beside the stations.
    """

    kind: str
    policy: str
    checked_at: datetime
    stations: tuple[StationResult, ...]
    findings: tuple[Finding, ...] = ()
    elements: tuple[ElementResult, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    credentials: tuple[Report, ...] = ()
    endorsements: tuple[Report, ...] = ()
    accepts_published_keys: bool = False
    """Whether the verifier's settings accept keys whose secret is published."""
    issuer: str | None = None
    presenter: str | None = None
    document: JsonObject | None = None
    token: str | None = None
    seal: JsonObject | None = None
    pointer: str = ""
    verdict: Verdict = field(init=False)

    def __post_init__(self) -> None:
        """Computes the verdict, once."""
        object.__setattr__(self, "verdict", _verdict(self.stations, self.inner))

    def __bool__(self) -> NoReturn:
        """Always raises: read `verified`."""
        raise TypeError("A report has no truth value; read report.verified.")

    def noting(self, findings: tuple[Finding, ...]) -> Report:
        """The same report with `findings` before its own: what was noticed before the document was looked at."""
        return replace(self, findings=(*findings, *self.findings)) if findings else self

    @property
    def verified(self) -> bool:
        """Whether everything that had to be checked was checked and held."""
        return self.verdict is Verdict.CONFIRMED

    @property
    def inner(self) -> tuple[Report, ...]:
        """The reports on every credential inside."""
        return (*self.credentials, *self.endorsements)

    @property
    def shown(self) -> JsonObject | None:
        """The document, if and only if it was confirmed."""
        return self.document if self.verified else None

    @property
    def problems(self) -> tuple[AtestoError, ...]:
        """Why the document was not confirmed: its own reason first, then those of its checks and of the credentials inside."""
        own = [result.error for result in self.stations if result.error is not None]
        checks = [check.error for check in self.checks if check.error is not None]
        inner = [problem.below(credential.pointer) for credential in self.inner for problem in credential.problems]
        # A check that decides is the reason of its station too, and the first problem of a credential inside is its check's.
        once = [*{(error.code, error.pointer): error for error in reversed((*own, *checks, *inner))}.values()][::-1]
        # What refuses comes before what could not be checked: it is the reason of the verdict.
        return tuple(sorted(once, key=lambda error: error.entry.undecided))

    @property
    def results(self) -> tuple[Result, ...]:
        """One answer a question, beside the verdict."""
        return results_of(self.stations, self.findings)

    @property
    def profile_judged(self) -> bool:
        """Whether the document has a profile whose questions were asked."""
        return is_judged(self.findings)

    @property
    def sentence(self) -> str:
        """The verdict in one sentence, by a person for a person."""
        what = _KINDS[self.kind]
        if self.verdict is Verdict.CONFIRMED:
            return f"This {what} is genuine and valid today."
        title = self.problems[0].entry.title if self.problems else "something was not checked."
        reason = title[0].lower() + title[1:]
        if self.verdict is Verdict.NOT_CONFIRMED:
            return f"We cannot confirm this {what}: {reason}"
        return f"Do not rely on this {what}: {reason}"

    def to_json(self) -> JsonObject:
        """The answer of every verifying door (house form; `problemDetails` as RFC 9457)."""
        result: JsonObject = {
            "verified": self.verified,
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "kind": self.kind,
            "policy": self.policy,
            "checkedAt": format_timestamp(self.checked_at),
            "stations": [station.to_json() for station in self.stations],
            "checks": [check.to_json() for check in self.checks],
            "findings": [finding.to_json() for finding in self.findings],
            "results": [result.to_json() for result in self.results],
            "problemDetails": [problem_details(problem) for problem in self.problems],
        }
        token = self.token if self.verified else None
        optional: dict[str, JsonValue] = {"issuer": self.issuer, "presenter": self.presenter, self.kind: self.shown, "token": token}
        optional["seal"] = self.seal
        result |= {name: value for name, value in optional.items() if value is not None}
        if self.elements:
            result["elements"] = [element.to_json() for element in self.elements]
        if self.pointer:
            result["pointer"] = self.pointer
        if self.accepts_published_keys:
            result["acceptsPublishedTestKeys"] = True
        if self.endorsements:
            result["endorsements"] = [endorsement.to_json() for endorsement in self.endorsements]
        if self.kind == "presentation" or self.credentials:
            result["credentials"] = [credential.to_json() for credential in self.credentials]
        return result


def problem_details(error: AtestoError) -> JsonObject:
    """An error as RFC 9457 problem details, with `code`, `pointer` and `hint` beside the standard members."""
    row = error.entry
    return {
        "type": row.problem_type,
        "title": row.title,
        "status": row.http_status,
        "detail": error.detail,
        "code": error.code,
        "pointer": error.pointer,
        "hint": row.hint,
    }


def _verdict(stations: tuple[StationResult, ...], credentials: Sequence[Report]) -> Verdict:
    every_station = [result.station for result in stations] == list(Station)
    if every_station and all(result.state is State.PASSED for result in stations) and all(inner.verified for inner in credentials):
        return Verdict.CONFIRMED
    failed = any(result.state is State.FAILED for result in stations)
    if failed or any(inner.verdict is Verdict.REFUSED for inner in credentials):
        return Verdict.REFUSED
    return Verdict.NOT_CONFIRMED
