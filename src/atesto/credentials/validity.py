"""Periods of validity (VCDM 2.0 section 4.9, VCDM 1.1 sections 4.5 and 4.6).

VCDM 2.0: `validFrom`, `validUntil`. VCDM 1.1: `issuanceDate` (required), `expirationDate`; European Digital Credentials
carry `issued`, `validFrom` and `validUntil` besides, and every period that is stated has to hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.encoding.timestamp import Timestamp, parse_timestamp
from atesto.errors import MalformedInput, VerificationError

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject

_STARTS: Final = {"2.0": ("validFrom",), "1.1": ("issuanceDate", "issued", "validFrom")}
_ENDS: Final = {"2.0": ("validUntil",), "1.1": ("expirationDate", "validUntil")}


@dataclass(frozen=True, slots=True)
class Validity:
    """The moments that a credential states, by member name."""

    starts: dict[str, Timestamp]
    ends: dict[str, Timestamp]

    @property
    def without_offset(self) -> tuple[str, ...]:
        """The members whose text names no time zone."""
        return tuple(name for name, stamp in {**self.starts, **self.ends}.items() if not stamp.has_offset)

    @property
    def latest_start(self) -> datetime | None:
        """From when on the credential may be valid; None when it does not say."""
        return max((stamp.moment for stamp in self.starts.values()), default=None)

    @property
    def earliest_end(self) -> datetime | None:
        """Until when the credential may be valid; None when it does not say."""
        return min((stamp.moment for stamp in self.ends.values()), default=None)


def read_validity(document: JsonObject, version: str) -> Validity:
    """The stated moments. Raises MalformedInput `time.malformed`, `model.member_missing`."""
    if version == "1.1" and "issuanceDate" not in document:
        raise MalformedInput("model.member_missing", "The credential does not say when it was issued.", pointer="/issuanceDate")
    return Validity(_moments(document, _STARTS[version]), _moments(document, _ENDS[version]))


def check_validity(validity: Validity, now: datetime, *, skew_seconds: int = limits.CLOCK_SKEW_SECONDS) -> None:
    """`skew_seconds`: how far a start may lie ahead. Raises VerificationError `time.inverted`, `time.not_yet_valid` or `time.expired`."""
    for start_name, start in validity.starts.items():
        for end_name, end in validity.ends.items():
            if end.moment < start.moment:
                raise VerificationError("time.inverted", f"{end_name} lies before {start_name}.", pointer=json_pointer(end_name))
    for name, start in validity.starts.items():
        if start.moment > now + timedelta(seconds=skew_seconds):
            raise VerificationError("time.not_yet_valid", f"{name} lies ahead.", pointer=json_pointer(name))
    for name, end in validity.ends.items():
        if end.moment < now:
            raise VerificationError("time.expired", f"{name} has passed.", pointer=json_pointer(name))


def _moments(document: JsonObject, names: tuple[str, ...]) -> dict[str, Timestamp]:
    found: dict[str, Timestamp] = {}
    for name in names:
        if name not in document:
            continue
        value = document[name]
        if not isinstance(value, str):
            raise MalformedInput("time.malformed", f"{name} is {json_type(value)}, not a date-time.", pointer=json_pointer(name))
        found[name] = parse_timestamp(value, pointer=json_pointer(name))
    return found
