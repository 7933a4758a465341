"""The record that a verification writes as it goes from station to station; it ends as a report."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from atesto.errors import AtestoError
from atesto.fetch_budget import FetchBudget
from atesto.findings import Finding
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

    def __init__(self, kind: str, policy: str, now: datetime, pointer: str = "", *, fetches: FetchBudget | None = None) -> None:
        """`kind` is "credential" or "presentation"; `pointer` as in `Report`; `fetches` bounds what is fetched on the way."""
        self.kind, self._policy, self._now, self._pointer = kind, policy, now, pointer
        self.fetches = fetches if fetches is not None else FetchBudget()
        self._results: dict[Station, StationResult] = {}
        self._findings: list[Finding] = []
        self.issuer: str | None = None
        self.presenter: str | None = None
        self.credentials: tuple[Report, ...] = ()
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
            credentials=self.credentials,
            issuer=self.issuer,
            presenter=self.presenter,
            document=self.document,
            token=self.token,
            seal=self.seal,
            pointer=self._pointer,
        )
