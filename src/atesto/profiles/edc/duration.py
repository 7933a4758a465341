"""Hours as xsd:duration, both ways."""

from __future__ import annotations

import re
from typing import Final

from atesto import limits

_TIME: Final = re.compile(r"PT(?=[0-9])(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,8})M)?\Z")


def hours_to_duration(hours: float) -> str | None:
    """`PT37H30M` for 37.5; None when the hours are not whole minutes, less than one or past the record's bound."""
    minutes = round(hours * 60)
    # Hours have six decimals at most, so twenty minutes are 0.333333.
    if minutes < 1 or hours >= limits.MAX_AWARD_NUMBER or abs(hours * 60 - minutes) > 1e-4:
        return None
    whole, rest = divmod(minutes, 60)
    return "PT" + (f"{whole}H" if whole else "") + (f"{rest}M" if rest else "")


def duration_to_hours(text: str) -> float | None:
    """The hours of a duration that is stated in hours and minutes, to six decimals; None for any other, days and months above all."""
    match = _TIME.match(text)
    if match is None:
        return None
    hours = round(int(match["hours"] or 0) + int(match["minutes"] or 0) / 60, 6)
    return hours if hours < limits.MAX_AWARD_NUMBER else None
