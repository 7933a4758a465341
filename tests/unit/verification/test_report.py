"""The report: a conjunction, computed once, false until proven, and without a truth value."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atesto.errors import MalformedInput, VerificationError
from atesto.findings import Finding
from atesto.verification.record import Record, StoppedError
from atesto.verification.report import Report, Verdict
from atesto.verification.station_result import State, StationResult
from atesto.verification.stations import STATION_TEXTS, Station

NOW = datetime(2026, 6, 15, 12, 0, 0, tzinfo=UTC)


def passed_until(last: Station, error: Exception | None = None) -> Record:
    record = Record("credential", "strict", NOW)
    for station in Station:
        if station > last:
            break
        if station == last and error is not None:
            with pytest.raises(StoppedError), record.station(station):
                raise error
        else:
            with record.station(station):
                pass
    return record


def test_eleven_stations_in_order() -> None:
    assert [int(station) for station in Station] == list(range(1, 12))
    assert list(STATION_TEXTS) == list(Station)


def test_all_passed_is_confirmed() -> None:
    record = passed_until(Station.RESULT)
    record.document = {"id": "urn:x:1"}
    report = record.report()
    assert report.verified
    assert report.verdict is Verdict.CONFIRMED
    assert report.shown == {"id": "urn:x:1"}
    assert report.sentence == "This micro-credential is genuine and valid today."
    assert report.problems == ()


@pytest.mark.parametrize("last", [station for station in Station if station is not Station.RESULT])
def test_anything_short_of_the_last_station_is_not_confirmed(last: Station) -> None:
    record = passed_until(last)
    record.document = {"id": "urn:x:1"}
    report = record.report()
    assert not report.verified
    assert report.verdict is Verdict.NOT_CONFIRMED
    assert report.shown is None
    assert report.to_json()["verified"] is False
    assert "credential" not in report.to_json()


def test_a_failure_is_refused_and_an_undecided_one_not_confirmed() -> None:
    failed = passed_until(Station.SIGNATURE, VerificationError("proof.signature_invalid", "No.", pointer="/proof")).report()
    assert failed.verdict is Verdict.REFUSED
    assert failed.stations[7].state is State.FAILED
    assert [result.state for result in failed.stations[8:]] == [State.NOT_REACHED] * 3
    assert failed.sentence.startswith("Do not rely on this micro-credential: the signature does not fit")
    undecided = passed_until(Station.STATUS, VerificationError("status.unreachable", "No.")).report()
    assert undecided.verdict is Verdict.NOT_CONFIRMED
    assert undecided.stations[9].state is State.UNDECIDED
    assert undecided.sentence.startswith("We cannot confirm this micro-credential: ")


def test_embedded_credentials_count() -> None:
    good = passed_until(Station.RESULT).report()
    bad = passed_until(Station.SHAPE, MalformedInput("model.type_missing", "No.", pointer="/type")).report()
    unsure = passed_until(Station.STATUS, VerificationError("status.unreachable", "No.")).report()

    def outer(*credentials: Report) -> Report:
        return Report("presentation", "strict", NOW, good.stations, credentials=credentials, document={})

    assert outer(good, good).verdict is Verdict.CONFIRMED
    assert outer(good, bad).verdict is Verdict.REFUSED
    assert outer(good, unsure).verdict is Verdict.NOT_CONFIRMED
    assert outer(unsure, bad).verdict is Verdict.REFUSED
    assert outer(bad).shown is None
    assert outer(good).to_json()["credentials"] == [good.to_json()]


def test_the_pointer_of_an_embedded_fault_leads_from_the_outside() -> None:
    record = Record("credential", "strict", NOW, "/verifiableCredential/1")
    with pytest.raises(StoppedError), record.station(Station.TRANSPORT):
        raise MalformedInput("model.type_missing", "No.", pointer="/type")
    outer = Report("presentation", "strict", NOW, (), credentials=(record.report(),))
    assert [problem.pointer for problem in outer.problems] == ["/verifiableCredential/1/type"]


def test_a_report_cannot_be_used_as_a_condition() -> None:
    with pytest.raises(TypeError, match="verified"):
        bool(passed_until(Station.RESULT).report())


def test_stations_cannot_be_skipped_repeated_or_entered_after_a_failure() -> None:
    record = Record("credential", "strict", NOW)
    with pytest.raises(RuntimeError), record.station(Station.SHAPE):
        pass
    with record.station(Station.TRANSPORT):
        pass
    with pytest.raises(RuntimeError), record.station(Station.TRANSPORT):
        pass
    with pytest.raises(StoppedError), record.station(Station.PARSING):
        raise MalformedInput("json.invalid", "No.")
    with pytest.raises(RuntimeError), record.station(Station.SHAPE):
        pass


def test_stations_out_of_order_or_missing_never_verify() -> None:
    every = passed_until(Station.RESULT).report().stations
    for stations in (every[::-1], every[:-1], every[1:], (*every, every[-1]), ()):
        assert not Report("credential", "strict", NOW, stations).verified


def test_the_json_form() -> None:
    record = passed_until(Station.SHAPE, MalformedInput("model.type_missing", "It is no credential.", pointer="/type"))
    record.note("time.no_offset", "validFrom names no time zone.", "/validFrom")
    record.issuer = "did:example:i"
    form = record.report().to_json()
    assert form == {
        "verified": False,
        "verdict": "refused",
        "sentence": "Do not rely on this micro-credential: the document does not say that it is a credential or presentation.",
        "kind": "credential",
        "policy": "strict",
        "checkedAt": "2026-06-15T12:00:00Z",
        "issuer": "did:example:i",
        "stations": form["stations"],
        "checks": [],
        "findings": [Finding("time.no_offset", "validFrom names no time zone.", "/validFrom").to_json()],
        "results": [result.to_json() for result in record.report().results],
        "problemDetails": [
            {
                "type": "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR",
                "title": "The document does not say that it is a credential or presentation.",
                "status": 400,
                "detail": "It is no credential.",
                "code": "model.type_missing",
                "pointer": "/type",
                "hint": "VerifiableCredential in type.",
            }
        ],
    }
    stations = form["stations"]
    assert isinstance(stations, list)
    assert stations[0] == {
        "station": 1,
        "name": "transport",
        "state": "passed",
        "sentence": "The document arrived whole and within bounds.",
    }
    assert stations[2] == {
        "station": 3,
        "name": "shape",
        "state": "failed",
        "sentence": "The document does not say that it is a credential or presentation.",
        "code": "model.type_missing",
        "pointer": "/type",
    }
    assert stations[3] == {
        "station": 4,
        "name": "contexts",
        "state": "not_reached",
        "sentence": "This was not checked: something before it failed.",
    }
    assert StationResult(Station.TIME, State.PASSED).to_json()["sentence"] == "It is valid at this time."
