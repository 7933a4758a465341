"""The record that a verification writes as it goes from station to station; it ends as a report."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from atesto.errors import AtestoError
from atesto.fetch_budget import FetchBudget
from atesto.findings import Finding
from atesto.verification.check_result import INNER, CheckResult, CheckState
from atesto.verification.report import Report
from atesto.verification.station_result import State, StationResult
from atesto.verification.stations import Station

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.recognition.frameworks.eu_2022.element_result import ElementResult


class StoppedError(Exception):
    """A station did not pass; what it found stands in the record. Never leaves the pipeline."""


class Record:
    """Collects station results in their order. A station that was not entered is "not reached"."""

    def __init__(
        self,
        kind: str,
        policy: str,
        now: datetime,
        pointer: str = "",
        *,
        fetches: FetchBudget | None = None,
        accepts_published_keys: bool = False,
    ) -> None:
        """`kind` is "credential" or "presentation"; `pointer` and `accepts_published_keys` as in `Report`; `fetches` bounds what is fetched
        on the way.
        """
        self.kind, self._policy, self._now, self._pointer = kind, policy, now, pointer
        self._accepts_published_keys = accepts_published_keys
        self.fetches = fetches if fetches is not None else FetchBudget()
        self._results: dict[Station, StationResult] = {}
        self._findings: list[Finding] = []
        self.issuer: str | None = None
        self.presenter: str | None = None
        self._checks: list[CheckResult] = []
        self.credentials: tuple[Report, ...] = ()
        self.endorsements: tuple[Report, ...] = ()
        self.read: JsonObject | None = None
        """The document once its shape is known: for findings, whatever the verdict."""
        self.document: JsonObject | None = None
        self.token: str | None = None
        self.seal: JsonObject | None = None
        """What was found of the seal, whatever the verdict."""
        self.elements: tuple[ElementResult, ...] = ()
        """The elements of the European approach, where the credential's form states them."""

    @contextmanager
    def station(self, station: Station) -> Iterator[None]:
        """Runs one station: an AtestoError inside is written down and stops the verification."""
        if any(result.state is not State.PASSED for result in self._results.values()) or len(self._results) != station - 1:
            raise RuntimeError(f"Station {station} was entered out of order.")
        try:
            yield
        except AtestoError as error:
            state = State.UNDECIDED if error.entry.undecided else State.FAILED
            self._results[station] = StationResult(station, state, error)
            raise StoppedError from None
        self._results[station] = StationResult(station, State.PASSED, sealed=self.seal is not None)

    @contextmanager
    def check(self, name: str, pointer: str = "", *, only_faults: bool = False) -> Iterator[None]:
        """Runs one check: an AtestoError inside becomes its result, and the verification goes on until `settle`.

        With `only_faults` a check that passes leaves no result: what it looked at has results of its own.
        """
        try:
            yield
        except AtestoError as error:
            state = CheckState.UNDECIDED if error.entry.undecided else CheckState.FAILED
            self._checks.append(CheckResult(name, state, pointer, error=error))
        else:
            if not only_faults:
                self._checks.append(CheckResult(name, CheckState.PASSED, pointer))

    def not_checked(self, name: str, finding: str, detail: str, pointer: str = "") -> None:
        """A result that decides nothing, and its finding."""
        self._checks.append(CheckResult(name, CheckState.NOT_CHECKED, pointer, finding=finding))
        self.note(finding, detail, pointer)

    def add_check(self, result: CheckResult) -> None:
        """Adds a result that was made elsewhere."""
        self._checks.append(result)

    def settle(self) -> None:
        """Returns when no check says otherwise. Raises the first AtestoError that refuses, else the first that leaves open.

        Credentials inside have reports of their own, which count by themselves.
        """
        decisive = [result for result in self._checks if result.name not in INNER]
        for state in (CheckState.FAILED, CheckState.UNDECIDED):
            for result in decisive:
                if result.state is state and result.error is not None:
                    raise result.error

    def note(self, code: str, detail: str, pointer: str = "") -> None:
        """Adds a finding."""
        self._findings.append(Finding(code, detail, pointer))

    def add(self, findings: Iterable[Finding]) -> None:
        """Adds findings that were made elsewhere."""
        self._findings.extend(findings)

    def report(self) -> Report:
        """The report as it stands."""
        return Report(
            kind=self.kind,
            policy=self._policy,
            checked_at=self._now,
            stations=tuple(self._results.get(station, StationResult(station, State.NOT_REACHED)) for station in Station),
            findings=tuple(self._findings),
            elements=self.elements,
            checks=tuple(self._checks),
            credentials=self.credentials,
            endorsements=self.endorsements,
            accepts_published_keys=self._accepts_published_keys,
            issuer=self.issuer,
            presenter=self.presenter,
            document=self.document,
            token=self.token,
            seal=self.seal,
            pointer=self._pointer,
        )
