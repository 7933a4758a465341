"""A newer copy: asked for once, and judged instead of the one at hand when it is a newer copy of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.errors import ResolutionError
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, secured, verifier
from tests.simulators.signed_badges import badge, badge_token, noticed
from tests.simulators.status_lists import LIST_URL, entry, status_list

if TYPE_CHECKING:
    from atesto.verification.report import Report

ISSUER: Final = MemorySigner.numbered(61)
STRANGER: Final = MemorySigner.numbered(62)
URL: Final = "https://school.example/credentials/1"
SERVICE: Final = {"id": URL, "type": "1EdTechCredentialRefresh"}
ENDED: Final = {"validUntil": "2026-06-15T11:00:00Z"}


async def issued(signer: Any = ISSUER, **members: Any) -> Any:
    return await secured(badge(signer, **{"refreshService": SERVICE, **members}), signer)


async def verify(document: Any, answer: Any, **more: Any) -> tuple[Report, list[str]]:
    fetcher = MemoryFetcher({URL: answer, LIST_URL: await status_list(ISSUER, {7: 1})})
    report = await verifier(fetcher=fetcher, **more).verify_credential(document, now=NOW)
    return report, fetcher.asked


def result(report: Report) -> list[tuple[str, str]]:
    return [(check.state.value, check.finding or "") for check in report.checks if check.name == "refresh"]


async def test_a_newer_copy_takes_the_place_of_an_expired_one() -> None:
    newer = await issued(name="Tides, renewed")
    report, asked = await verify(await issued(**ENDED), newer)
    assert report.verified, report.problems
    assert (report.document, asked) == (newer, [URL])
    assert result(report) == [("passed", "")]
    assert [finding.code for finding in noticed(report)] == ["refresh.replaced"]


async def test_the_newer_copy_is_judged_in_everything() -> None:
    for members, code in ((ENDED, "time.expired"), ({"credentialStatus": entry()}, "status.revoked")):
        report, _ = await verify(await issued(), await issued(**members))
        assert ([problem.code for problem in report.problems], report.shown) == ([code], None)


async def test_the_same_copy_is_no_news() -> None:
    document = await issued()
    report, asked = await verify(document, document)
    assert (report.verified, asked, result(report), noticed(report)) == (True, [URL], [("passed", "")], ())


async def test_a_newer_copy_may_be_a_token() -> None:
    text = await badge_token(badge(ISSUER, name="Tides, renewed"), ISSUER)
    report, _ = await verify(await issued(), text.encode())
    assert (report.verified, report.token, (report.document or {})["name"]) == (True, text, "Tides, renewed")


async def test_the_newer_copy_s_own_service_is_not_asked() -> None:
    newer = await issued(name="Renewed", refreshService={"id": "https://school.example/credentials/2", "type": "1EdTechCredentialRefresh"})
    report, asked = await verify(await issued(), newer)
    assert (report.verified, asked) == (True, [URL])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ResolutionError("fetch.status", "The host answered with status 404."), "status 404"),
        (b"<html>", "Expecting value"),
        ({"error": "none"}, "@context"),
    ],
)
async def test_when_none_can_be_had_the_one_at_hand_is_judged(answer: Any, why: str) -> None:
    document = await issued()
    report, _ = await verify(document, answer)
    assert (report.verified, report.document, result(report)) == (True, document, [("not_checked", "refresh.failed")])
    assert [(finding.code, why in finding.detail) for finding in noticed(report)] == [("refresh.failed", True)], noticed(report)
    report, _ = await verify(await issued(**ENDED), answer)
    assert [problem.code for problem in report.problems] == ["time.expired"]


async def test_what_is_no_newer_copy_of_the_same_is_not_used() -> None:
    forged = {**await issued(), "name": "Forged"}
    older = await secured(badge(ISSUER, validFrom="2026-06-14T09:00:00Z"), ISSUER)
    for answer, why in (
        (forged, "signature does not fit"),
        (await issued(id="urn:uuid:another"), "another credential"),
        (await secured(badge(STRANGER), STRANGER), "another credential"),
        (older, "older copy"),
    ):
        report, _ = await verify(await issued(), answer)
        assert (report.verified, result(report)) == (True, [("not_checked", "refresh.failed")])
        assert why in noticed(report)[0].detail


async def test_it_is_asked_after_the_proof_and_for_no_other_kind_of_service() -> None:
    document = await issued()
    report, asked = await verify({**document, "name": "Changed"}, document)
    assert ([problem.code for problem in report.problems], asked) == (["proof.signature_invalid"], [])
    manual = await secured(badge(ISSUER, refreshService={"id": URL, "type": "https://example.org/ManualRefresh"}), ISSUER)
    report, asked = await verify(manual, document)
    assert (report.verified, asked, result(report)) == (True, [], [])


async def test_an_issuer_does_not_ask() -> None:
    report, asked = await verify(await issued(), await issued(name="Renewed"), asks_for_newer=False)
    assert (report.verified, asked) == (True, [])


async def test_a_credential_is_often_had_anew_at_its_own_address() -> None:
    """The specification's own example: the service's id is the credential's."""
    own = {"id": URL, "refreshService": {"id": URL, "type": ["1EdTechCredentialRefresh"]}}
    report, _ = await verify(await issued(**own), await issued(**own, name="Renewed"))
    assert (report.verified, (report.document or {})["name"]) == (True, "Renewed")
