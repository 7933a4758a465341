"""What became of one station."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from atesto.verification.stations import SEALED_TEXTS, STATION_TEXTS, Station

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.errors import AtestoError


class State(StrEnum):
    """What became of one station."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class StationResult:
    """One station's outcome; `error` is set when it did not pass."""

    station: Station
    state: State
    error: AtestoError | None = None
    sealed: bool = False

    @property
    def sentence(self) -> str:
        """One sentence for a person."""
        if self.error is not None:
            return self.error.entry.title
        if self.state is not State.PASSED:
            return "This was not checked: something before it failed."
        passed = STATION_TEXTS[self.station].passed
        return SEALED_TEXTS.get(self.station, passed) if self.sealed else passed

    def to_json(self) -> JsonObject:
        """`{station, name, state, sentence}` and, when it did not pass, `code` and `pointer`."""
        result: JsonObject = {
            "station": int(self.station),
            "name": STATION_TEXTS[self.station].name,
            "state": self.state.value,
            "sentence": self.sentence,
        }
        if self.error is not None:
            result |= {"code": self.error.code, "pointer": self.error.pointer}
        return result
