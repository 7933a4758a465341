"""Results: one answer a question, read off the stations and the findings, and never part of the verdict."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from atesto.findings import FINDING_CODES, Finding
from atesto.issuance.award import issue_award
from atesto.profiles.award.parse import parse_award
from atesto.verification.report import Verdict
from atesto.verification.results import QUESTIONS, question_of, results_of
from atesto.verification.station_result import State, StationResult
from atesto.verification.stations import Station
from tests.simulators.awards import example
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, issuer, secured, verifier

SIGNER = MemorySigner.numbered(91)
PASSED = tuple(StationResult(station, State.PASSED) for station in Station)
EDC = {"profile", "lists", "elements", "nodes"}


@pytest.fixture(scope="module")
async def issued() -> Any:
    async def pictures(award: Any) -> dict[str, bytes]:
        return dict.fromkeys(award.page_languages, b"\x89PNG\r\n\x1a\n")

    return await issue_award(
        parse_award(example("en-tidal-turbines")),
        "edc",
        issuer=issuer(SIGNER, ledger=MemoryLedger()),
        credential_id="urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c04",
        draw_pages=pictures,
        now=NOW,
    )


async def outcomes(document: Any, policy: str = "strict") -> dict[str, str]:
    report = await verifier(policy).verify_credential(document, now=NOW)
    rows: Any = report.to_json()["results"]
    assert [row["result"] for row in rows] == [question.name for question in QUESTIONS]
    assert all(row["sentence"] for row in rows)
    return {row["result"]: row["outcome"] for row in rows}


async def signed_anew(document: Any, change: Any) -> Any:
    found = copy.deepcopy({name: value for name, value in document.items() if name != "proof"})
    change(found)
    return await secured(found, SIGNER)


def test_every_finding_is_about_one_question() -> None:
    lost = [code for code in FINDING_CODES if question_of(code) is None]
    assert set(lost) == {"image.baked", "finding.more"}


def test_every_row_of_the_table_fits_a_finding() -> None:
    for question in QUESTIONS:
        for row in question.codes:
            fitting = [code for code in FINDING_CODES if code == row or (row.endswith(".") and code.startswith(row))]
            assert fitting or row in {"proof.", "credential."}, row


async def test_a_whole_european_credential_is_well_in_every_respect(issued: Any) -> None:
    assert set((await outcomes(issued)).values()) == {"ok"}


async def test_what_has_no_profile_is_not_judged_by_one() -> None:
    found = await outcomes(await secured(credential(SIGNER), SIGNER))
    assert {name for name, outcome in found.items() if outcome == "not_checked"} == EDC
    assert {outcome for name, outcome in found.items() if name not in EDC} == {"ok"}


async def test_of_a_badge_no_question_is_answered_that_was_not_asked() -> None:
    by = issuer(SIGNER, ledger=MemoryLedger())

    async def none(_: Any) -> dict[str, bytes]:
        return {}

    badge = await issue_award(
        parse_award(example("en-tidal-turbines")), "ob3", issuer=by, credential_id="urn:uuid:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c06",
        draw_pages=none, now=NOW,
    )  # fmt: skip
    found = await outcomes(badge)
    assert {name for name, outcome in found.items() if outcome == "not_checked"} == {"lists", "nodes"}
    assert {outcome for name, outcome in found.items() if name not in {"lists", "nodes"}} <= {"ok", "warning"}
    assert (found["profile"], found["elements"]) == ("ok", "ok")


def _level_99(document: Any) -> None:
    document["credentialSubject"]["hasClaim"]["specifiedBy"]["eqfLevel"]["id"] = "http://data.europa.eu/snb/eqf/99"


def _two_texts(document: Any) -> None:
    document["credentialSubject"]["hasClaim"]["awardedBy"]["awardingBody"]["legalName"] = {"en": "Another College"}


def _no_mode(document: Any) -> None:
    del document["credentialSubject"]["hasClaim"]["specifiedBy"]["mode"]


def _no_display(document: Any) -> None:
    del document["displayParameter"]


def _no_time_zone(document: Any) -> None:
    document["credentialSubject"]["dateOfBirth"] = "1994-11-23T00:00:00"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_level_99, {"profile": "failed", "lists": "failed", "elements": "failed"}),
        (_two_texts, {"nodes": "failed", "profile": "failed"}),
        (_no_mode, {"elements": "failed"}),
        (_no_display, {"profile": "failed"}),
        (_no_time_zone, {"dates": "warning"}),
    ],
)
async def test_one_fault_is_told_where_it_belongs_and_changes_no_verdict(issued: Any, change: Any, expected: dict[str, str]) -> None:
    document = await signed_anew(issued, change)
    assert (await verifier().verify_credential(document, now=NOW)).verdict is Verdict.CONFIRMED
    found = await outcomes(document)
    assert {name: outcome for name, outcome in found.items() if outcome != "ok"} == expected


async def test_a_changed_credential_fails_where_it_is_secured_and_the_rest_is_told_all_the_same(issued: Any) -> None:
    document = copy.deepcopy(issued)
    _no_mode(document)
    found = await outcomes(document)
    assert (found["securing"], found["elements"], found["profile"]) == ("failed", "failed", "ok")
    assert {found[name] for name in ("status", "dates")} == {"not_checked"}
    assert found["losslessness"] == "ok"


async def test_what_is_lost_fails_before_anything_is_secured(issued: Any) -> None:
    document = {**issued, "studentNumber": "7"}
    found = await outcomes(document)
    assert (found["losslessness"], found["securing"], found["elements"]) == ("failed", "not_checked", "ok")


def test_the_graver_finding_speaks() -> None:
    findings = [Finding("edc.conforms", "."), Finding("edc.concept_unknown", "."), Finding("edc.concept_not_allowed", ".")]
    lists = next(result for result in results_of(PASSED, findings) if result.name == "lists")
    assert lists.outcome.value == "failed"
    assert lists.sentence == FINDING_CODES["edc.concept_not_allowed"].title
    assert lists.codes == ("edc.concept_unknown", "edc.concept_not_allowed")
