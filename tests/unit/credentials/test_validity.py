"""Periods of validity: boundaries to the second, and which member is at fault."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from atesto import limits
from atesto.credentials.validity import check_validity, read_validity
from atesto.errors import MalformedInput, VerificationError

NOW = datetime(2026, 6, 15, 12, 0, 0, tzinfo=UTC)


def stamp(seconds: int) -> str:
    return (NOW + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def outcome(document: dict[str, Any], version: str = "2.0") -> tuple[str, str] | None:
    try:
        check_validity(read_validity(document, version), NOW)
    except (VerificationError, MalformedInput) as error:
        return error.code, error.pointer
    return None


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, None),
        ({"validFrom": stamp(0), "validUntil": stamp(0)}, None),
        ({"validFrom": stamp(limits.CLOCK_SKEW_SECONDS)}, None),
        ({"validFrom": stamp(limits.CLOCK_SKEW_SECONDS + 1)}, ("time.not_yet_valid", "/validFrom")),
        ({"validUntil": stamp(0)}, None),
        ({"validUntil": stamp(-1)}, ("time.expired", "/validUntil")),
        ({"validFrom": stamp(-10), "validUntil": stamp(-11)}, ("time.inverted", "/validUntil")),
        ({"validFrom": stamp(20), "validUntil": stamp(10)}, ("time.inverted", "/validUntil")),
        ({"validFrom": None}, ("time.malformed", "/validFrom")),
        ({"issuanceDate": stamp(1000)}, None),
    ],
)
def test_version_2(document: dict[str, Any], expected: tuple[str, str] | None) -> None:
    assert outcome(document) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, None),
        ({"expirationDate": stamp(-1)}, ("time.expired", "/expirationDate")),
        ({"validUntil": stamp(-1)}, ("time.expired", "/validUntil")),
        ({"issued": stamp(1000)}, ("time.not_yet_valid", "/issued")),
        ({"validFrom": stamp(1000)}, ("time.not_yet_valid", "/validFrom")),
        ({"issuanceDate": stamp(1000)}, ("time.not_yet_valid", "/issuanceDate")),
        ({"expirationDate": stamp(-2000)}, ("time.inverted", "/expirationDate")),
        ({"issuanceDate": 1}, ("time.malformed", "/issuanceDate")),
    ],
)
def test_version_1_1(members: dict[str, Any], expected: tuple[str, str] | None) -> None:
    assert outcome({"issuanceDate": stamp(-1000), **members}, "1.1") == expected


def test_version_1_1_needs_an_issuance_date() -> None:
    assert outcome({}, "1.1") == ("model.member_missing", "/issuanceDate")


def test_what_is_said_of_time_zones_and_starts() -> None:
    validity = read_validity({"validFrom": "2026-06-15T12:00:00", "validUntil": "2026-06-16T12:00:00+02:00"}, "2.0")
    assert validity.without_offset == ("validFrom",)
    assert validity.latest_start == NOW
    assert read_validity({}, "2.0").latest_start is None
    both = read_validity({"issuanceDate": stamp(-5), "validFrom": stamp(7)}, "1.1")
    assert both.latest_start == NOW + timedelta(seconds=7)
