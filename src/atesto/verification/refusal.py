"""Reports on documents that did not get past the door, whose three stations come before the pipeline's."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from atesto.verification.record import Record, StoppedError
from atesto.verification.stations import Station

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.errors import AtestoError
    from atesto.verification.report import Report

_STATION_OF_FAMILY: Final = {"transport": Station.TRANSPORT, "json": Station.PARSING, "image": Station.PARSING, "token": Station.PARSING}
_STATION_OF_CODE: Final = {"model.unsupported_format": Station.PARSING}


def refused_report(error: AtestoError, *, kind: str, policy: str, now: datetime) -> Report:
    """The report of a document that did not get past the doors."""
    record = Record(kind, policy, now)
    failing = _STATION_OF_CODE.get(error.code) or _STATION_OF_FAMILY.get(error.code.partition(".")[0], Station.SHAPE)
    with contextlib.suppress(StoppedError):
        for station in Station:
            with record.station(station):
                if station is failing:
                    raise error
    return record.report()
