from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from atesto.encoding.timestamp import Timestamp, format_timestamp, parse_timestamp
from atesto.errors import MalformedInput

NINE = datetime(2026, 6, 15, 9, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-15T09:00:00Z", NINE),
        ("2026-06-15T09:00:00.000Z", NINE),
        ("2026-06-15T11:00:00+02:00", NINE),
        ("2026-06-15T03:30:00-05:30", NINE),
        ("2026-06-15T09:00:00-00:00", NINE),
        ("2026-06-15T23:00:00+14:00", NINE),
        ("2026-06-14T19:00:00-14:00", NINE),
        ("2026-06-15T09:00:00.5Z", NINE.replace(microsecond=500_000)),
        ("2026-06-15T09:00:00.123456789012Z", NINE.replace(microsecond=123_456)),
        ("2026-06-15T09:00:00.1234569+00:00", NINE.replace(microsecond=123_456)),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-10-20T10:59:59+13:59", datetime(2026, 10, 19, 21, 0, 59, tzinfo=UTC)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    parsed = parse_timestamp(text)
    assert parsed == Timestamp(moment, has_offset=True)
    assert parsed.moment.tzinfo is UTC


def test_without_an_offset_it_is_utc_and_said_so() -> None:
    assert parse_timestamp("2026-06-15T09:00:00") == Timestamp(NINE, has_offset=False)
    assert parse_timestamp("2026-06-15T09:00:00.1234567") == Timestamp(NINE.replace(microsecond=123_456), has_offset=False)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-06-15", "2026-06-15T09:00Z", "2026-06-15 09:00:00Z", "2026-06-15t09:00:00Z", "2026-06-15T09:00:00z",
        "2026-06-15T09:00:00Z\n", " 2026-06-15T09:00:00Z", "2026-06-15T09:00:00Zx", "26-06-15T09:00:00Z", "+02026-06-15T09:00:00Z",
        "2026-00-15T09:00:00Z", "2026-13-15T09:00:00Z", "2026-06-00T09:00:00Z", "2026-06-32T09:00:00Z", "2026-06-31T09:00:00Z",
        "2025-02-29T09:00:00Z", "0000-01-01T00:00:00Z", "2026-06-15T24:00:00Z", "2026-06-15T09:60:00Z", "2026-06-15T09:00:60Z",
        "2026-06-15T09:00:00.Z", "2026-06-15T09:00:00.1234567890123Z", "2026-06-15T09:00:00,5Z", "2026-06-15T09:00:00+2:00",
        "2026-06-15T09:00:00+0200", "2026-06-15T09:00:00+14:01", "2026-06-15T09:00:00+15:00", "2026-06-15T09:00:00+02:60",
        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "٢٠٢٦-06-15T09:00:00Z", "2026-06-15T09:00:00+02:00[Europe/Paris]",
    ],
)  # fmt: skip
def test_malformed(text: str) -> None:
    with pytest.raises(MalformedInput, match="is not of the form 2026-06-15T09:00:00Z") as refused:
        parse_timestamp(text, pointer="/validFrom")
    assert refused.value.code == "time.malformed"
    assert refused.value.pointer == "/validFrom"


def test_the_pointer_is_the_whole_document_unless_given() -> None:
    with pytest.raises(MalformedInput) as refused:
        parse_timestamp("soon")
    assert refused.value.pointer == ""


def test_written_in_utc_to_the_second() -> None:
    assert format_timestamp(NINE.replace(microsecond=999_999)) == "2026-06-15T09:00:00Z"
    assert format_timestamp(datetime(2026, 6, 15, 1, 2, 3, tzinfo=timezone(timedelta(hours=-5, minutes=-30)))) == "2026-06-15T06:32:03Z"
