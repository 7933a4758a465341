"""Status through the pipeline: lists are fetched, verified, bound to the issuer and judged; what cannot be had leaves the question open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson
import pytest

from atesto.dids.resolution import Resolver
from atesto.errors import ResolutionError
from atesto.ports import Fetched
from atesto.verification.report import Verdict
from tests.simulators.every_form import HTTPS, SILENT, WEB
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, credential, presentation, secured, verifier
from tests.simulators.status_lists import LIST_URL, entry, list_document, packed, status_list
from tests.simulators.tokens import token

if TYPE_CHECKING:
    from atesto.fetch_budget import FetchBudget
    from atesto.verification.report import Report

ISSUER: Final = MemorySigner.numbered(41)
STRANGER: Final = MemorySigner.numbered(42)
DOCUMENTS: Final = {"https://issuer.example/schools/1/did.json": WEB.document(), "https://issuer.example/issuers/1": HTTPS.document()}
LEGACY: Final = "https://issuer.example/revoked"
EXTENSIONS: Final = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]


async def verify(
    status: Any,
    answers: dict[str, Any],
    *,
    policy: str = "strict",
    signer: Any = ISSUER,
    trusted: frozenset[str] = frozenset(),
    **members: Any,
) -> Report:
    fetcher = MemoryFetcher({**DOCUMENTS, **answers})
    judge = verifier(policy, Resolver(fetcher=fetcher), fetcher=fetcher, status_issuers=trusted)
    return await judge.verify_credential(await secured(credential(signer, credentialStatus=status, **members), signer), now=NOW)


def results(report: Report) -> list[tuple[str, str, str]]:
    return [
        (check.state.value, check.error.code if check.error else "", check.pointer) for check in report.checks if check.name == "status"
    ]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


async def test_a_credential_that_is_not_revoked_is_confirmed_and_its_neighbours_do_not_matter() -> None:
    answers = {LIST_URL: await status_list(ISSUER, {6: 1, 8: 1})}
    report = await verify(entry("7"), answers)
    assert (report.verified, results(report), codes(report)) == (True, [("passed", "", "/credentialStatus")], [])
    report = await verify(entry("6"), answers)
    assert (report.verdict, report.problems[0].code, report.problems[0].pointer) == (Verdict.REFUSED, "status.revoked", "/credentialStatus")
    assert report.stations[9].error is report.problems[0]


@pytest.mark.parametrize("index", [6, "6"])
async def test_the_place_may_be_a_number(index: Any) -> None:
    report = await verify(entry(index), {LIST_URL: await status_list(ISSUER, {6: 1})})
    assert report.problems[0].code == "status.revoked"
    assert codes(report) == (["status.index_number"] if index == 6 else [])


async def test_a_list_in_a_token_is_read_like_one_with_a_proof() -> None:
    for values, code in (({6: 1}, []), ({7: 1}, ["status.revoked"])):
        text = await token(list_document(ISSUER, values), ISSUER)
        report = await verify(entry("7"), {LIST_URL: text.encode()})
        assert [problem.code for problem in report.problems] == code
    changed = text[:-6] + ("AAAAAA" if text[-6:] != "AAAAAA" else "BBBBBB")
    report = await verify(entry("6"), {LIST_URL: changed.encode()})
    assert report.problems[0].code == "status.list_refused"


async def test_every_entry_is_judged_and_each_has_its_result() -> None:
    suspension = list_document(ISSUER, {7: 1}, subject={"statusPurpose": "suspension"}, id=LIST_URL + "/s")
    answers = {LIST_URL: await status_list(ISSUER), LIST_URL + "/s": await secured(suspension, ISSUER)}
    entries = [entry("7"), entry("7", purpose="suspension", url=LIST_URL + "/s"), entry("8", url="https://silent.example/s"), entry("9")]
    report = await verify(entries, answers)
    assert results(report) == [
        ("passed", "", "/credentialStatus/0"),
        ("failed", "status.suspended", "/credentialStatus/1"),
        ("undecided", "status.unreachable", "/credentialStatus/2"),
        ("passed", "", "/credentialStatus/3"),
    ]
    assert (report.verdict, [problem.code for problem in report.problems]) == (Verdict.REFUSED, ["status.suspended", "status.unreachable"])
    report = await verify(entries[2:], answers)
    assert (report.verdict, [problem.code for problem in report.problems]) == (Verdict.NOT_CONFIRMED, ["status.unreachable"])


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ResolutionError("fetch.status", "404."), "status.unreachable"),
        (ResolutionError("fetch.too_large", "Large."), "status.unreachable"),
        (ResolutionError("fetch.too_busy", "Busy."), "fetch.too_busy"),
        (ResolutionError("fetch.too_slow", "Slow."), "fetch.too_slow"),
    ],
)
async def test_what_cannot_be_had_leaves_the_question_open(policy: str, answer: Exception, code: str) -> None:
    report = await verify(entry(), {LIST_URL: answer}, policy=policy)
    assert (report.verdict, report.problems[0].code) == (Verdict.NOT_CONFIRMED, code)
    assert report.shown is None


async def test_a_list_is_a_credential_that_must_verify_itself() -> None:
    good = await status_list(ISSUER)
    assert (await verify(entry(), {LIST_URL: good})).verified
    changed = {**good, "credentialSubject": {**good["credentialSubject"], "encodedList": packed(bytes(20_000))}}
    for answer, code, verdict in (
        (changed, "status.list_refused", Verdict.REFUSED),
        ({name: value for name, value in good.items() if name != "proof"}, "status.list_refused", Verdict.REFUSED),
        (b"<html>", "status.list_malformed", Verdict.REFUSED),
        (b'{"a": 1, "a": 2}', "status.list_malformed", Verdict.REFUSED),
        (await secured(credential(ISSUER), ISSUER), "status.list_malformed", Verdict.REFUSED),
        (await status_list(ISSUER, validUntil="2026-06-15T11:59:59Z"), "status.list_unconfirmed", Verdict.NOT_CONFIRMED),
        (await status_list(ISSUER, validFrom="2026-06-15T13:00:00Z"), "status.list_unconfirmed", Verdict.NOT_CONFIRMED),
        (await status_list(ISSUER, credentialStatus=entry()), "status.list_malformed", Verdict.REFUSED),
    ):
        report = await verify(entry(), {LIST_URL: answer})
        assert (report.problems[0].code, report.problems[0].pointer, report.verdict) == (code, "/credentialStatus", verdict)


async def test_a_list_whose_issuer_is_silent_leaves_the_question_open() -> None:
    report = await verify(entry(), {LIST_URL: await status_list(SILENT)})
    assert (report.problems[0].code, report.verdict) == ("status.list_unconfirmed", Verdict.NOT_CONFIRMED)


async def test_who_may_speak_for_the_issuer() -> None:
    """The issuer; whoever has the list's own host; whom the settings name. Nobody else under strict."""
    for signer in (WEB, HTTPS):
        assert (await verify(entry(), {LIST_URL: await status_list(signer)})).verified
        elsewhere = await verify(entry(url="https://other.example/s"), {"https://other.example/s": await status_list(signer)})
        assert [problem.code for problem in elsewhere.problems] == ["status.foreign_issuer"]
        port = await verify(entry(url="https://issuer.example:8443/s"), {"https://issuer.example:8443/s": await status_list(signer)})
        assert [problem.code for problem in port.problems] == ["status.foreign_issuer"]
    by_stranger = {LIST_URL: await status_list(STRANGER, {7: 1})}
    report = await verify(entry("6"), by_stranger)
    assert (report.problems[0].code, report.verdict) == ("status.foreign_issuer", Verdict.REFUSED)
    assert STRANGER.did in report.problems[0].detail
    assert ISSUER.did in report.problems[0].detail
    assert (await verify(entry("6"), by_stranger, trusted=frozenset({STRANGER.did}))).verified
    report = await verify(entry("6"), by_stranger, policy="interop")
    assert (report.verified, codes(report)) == (True, ["status.list_by_another"])
    report = await verify(entry("7"), by_stranger, policy="interop")
    assert [problem.code for problem in report.problems] == ["status.revoked"]


async def test_what_a_list_says_beside_validity_is_a_finding() -> None:
    messages = [{"status": "0x0", "message": "pending"}, {"status": "0x1", "message": "sent by post"}]
    listed = await status_list(ISSUER, {7: 1}, subject={"statusPurpose": "message"})
    report = await verify(entry(purpose="message", statusMessage=messages), {LIST_URL: listed})
    assert report.verified
    assert [(finding.code, finding.detail, finding.pointer) for finding in report.findings] == [
        ("status.message", "sent by post", "/credentialStatus")
    ]


async def test_kinds_of_status_that_are_not_known() -> None:
    unknown = {"id": "urn:s:1", "type": "https://example.org/Status"}
    report = await verify(unknown, {})
    assert (report.verdict, report.problems[0].code) == (Verdict.NOT_CONFIRMED, "status.unknown_type")
    report = await verify([unknown, entry()], {LIST_URL: await status_list(ISSUER, {7: 1})}, policy="interop")
    assert ([check[0] for check in results(report)], codes(report)) == (["not_checked", "failed"], ["status.not_checked"])


@dataclass
class AgingFetcher:
    """Serves the older list from memory unless a fresher one is asked for."""

    older: Any
    newer: Any
    asked: list[float | None] = field(default_factory=list)

    async def fetch(
        self, url: str, *, media_types: tuple[str, ...], max_bytes: int, budget: FetchBudget, max_age: float | None = None
    ) -> Fetched:
        assert ("application/vc" in media_types, max_bytes > 0, budget.seconds_left > 0) == (True, True, True)
        self.asked.append(max_age)
        return Fetched(url, "application/vc", orjson.dumps(self.newer if max_age is not None and max_age < 60 else self.older))


@pytest.mark.parametrize(("ttl", "code", "asked"), [(..., [], [300]), (60_000, [], [300, 60]), (10_000, ["status.revoked"], [300, 10])])
async def test_the_ttl_of_a_list_is_kept(ttl: Any, code: list[str], asked: list[float]) -> None:
    subject = {} if ttl is ... else {"ttl": ttl}
    older, newer = await status_list(ISSUER, subject=subject), await status_list(ISSUER, {7: 1}, subject=subject)
    fetcher = AgingFetcher(older, newer)
    signed = await secured(credential(ISSUER, credentialStatus=entry()), ISSUER)
    report = await verifier(fetcher=fetcher).verify_credential(signed, now=NOW)
    assert ([problem.code for problem in report.problems], fetcher.asked) == (code, asked)


def legacy(*revoked: Any, issuer: Any = None) -> Any:
    return {"id": LEGACY, "issuer": issuer or ISSUER.did, "revokedCredential": list(revoked)}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (legacy(), None),
        (legacy({"id": "urn:uuid:other"}), None),
        (legacy(issuer={"id": ISSUER.did, "type": ["Profile"]}), None),
        ({"id": LEGACY, "issuer": ISSUER.did}, None),
        (legacy({"id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c01", "revoked": False}), None),
        (legacy({"id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c01"}), "status.revoked"),
        (legacy({"id": "urn:x"}, {"id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c01", "revoked": True}), "status.revoked"),
        (legacy(issuer=STRANGER.did), "status.foreign_issuer"),
        (legacy("urn:x"), "status.list_malformed"),
        (legacy({"revoked": True}), "status.list_malformed"),
        (b"[]", "status.list_malformed"),
        (b"e30.e30.AAAA", "status.list_malformed"),
        (ResolutionError("fetch.status", "404."), "status.unreachable"),
    ],
)
async def test_the_revocation_list_of_1edtech(document: Any, code: str | None) -> None:
    status = {"id": LEGACY, "type": "1EdTechRevocationList"}
    report = await verify(status, {LEGACY: document}, context=EXTENSIONS)
    if code is None:
        assert (report.verified, codes(report)) == (True, ["status.list_unsigned"])
        return
    assert [(problem.code, problem.pointer) for problem in report.problems] == [(code, "/credentialStatus")]
    assert report.verdict is (Verdict.NOT_CONFIRMED if code == "status.unreachable" else Verdict.REFUSED)


async def test_addresses_are_counted_for_each_credential() -> None:
    """Four addresses a credential: the fifth list is not asked for, and that is said."""
    urls = [f"https://issuer.example/status/{number}" for number in range(5)]
    listed = await status_list(ISSUER)
    report = await verify([entry(url=url) for url in urls], dict.fromkeys(urls, listed))
    assert [state for state, _, _ in results(report)] == ["passed"] * 4 + ["undecided"]
    assert (report.problems[0].code, report.verdict) == ("fetch.too_many", Verdict.NOT_CONFIRMED)


async def test_credentials_in_a_presentation_have_their_status_too() -> None:
    fetcher = MemoryFetcher({LIST_URL: await status_list(ISSUER, {8: 1})})
    inner = [await secured(credential(ISSUER, credentialStatus=entry(index)), ISSUER) for index in ("7", "8")]
    shown = await secured(presentation(STRANGER, *inner), STRANGER, purpose="authentication")
    report = await verifier(fetcher=fetcher).verify_presentation(shown, now=NOW)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [
        ("status.revoked", "/verifiableCredential/1/credentialStatus")
    ]


async def test_a_list_s_dates_are_judged_now_even_where_an_issuer_looks_ahead() -> None:
    fetcher = MemoryFetcher({LIST_URL: await status_list(ISSUER, validUntil="2026-06-15T12:30:00Z")})
    signed = await secured(credential(ISSUER, credentialStatus=entry(), validFrom="2026-06-15T14:00:00Z"), ISSUER)
    report = await verifier(fetcher=fetcher, validity_at=NOW + timedelta(hours=3)).verify_credential(signed, now=NOW)
    assert report.verified, report.problems
