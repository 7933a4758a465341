"""Date-times (RFC 3339, XML Schema dateTimeStamp, VCDM 2.0 section 4.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from atesto.errors import MalformedInput

_FORM = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,12})?"
    r"(?P<offset>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?\Z"
)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A moment, and whether its text said which time zone it means (without one it is read as UTC)."""

    moment: datetime
    has_offset: bool


def parse_timestamp(text: str, *, pointer: str = "") -> Timestamp:
    """The moment of `text`. Raises MalformedInput `time.malformed`."""
    match = _FORM.match(text)
    if match:
        has_offset = match["offset"] is not None
        try:
            # Python keeps microseconds; further digits cannot change an order by more than that.
            moment = datetime.fromisoformat(text if has_offset else text + "Z")
            return Timestamp(moment.astimezone(UTC), has_offset)
        except (ValueError, OverflowError):
            pass
    raise MalformedInput("time.malformed", "The date-time is not of the form 2026-06-15T09:00:00Z.", pointer=pointer)


def format_timestamp(moment: datetime) -> str:
    """`moment` in UTC to the second, `Z` last."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
