"""Credentials inside a credential: each verified for itself, within bounds, with its place and its result in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits
from atesto.errors import AtestoError
from atesto.verification.report import Verdict
from tests.simulators.every_form import SILENT
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, issuer, secured, verifier
from tests.simulators.signed_badges import badge, badge_token, endorsement, learning_record, noticed
from tests.simulators.status_lists import LIST_URL, entry, status_list

if TYPE_CHECKING:
    from atesto.verification.report import Report

ISSUER: Final = MemorySigner.numbered(51)
BOARD: Final = MemorySigner.numbered(52)


async def verify(document: Any, answers: Any = None, **asked: Any) -> Report:
    return await verifier(fetcher=MemoryFetcher(answers or {})).verify_credential(await secured(document, ISSUER), now=NOW, **asked)


def inside(report: Report) -> list[tuple[str, str, str]]:
    return [(check.name, check.state.value, check.pointer) for check in report.checks]


async def endorsed(**members: Any) -> Any:
    return await secured(endorsement(BOARD, **members), BOARD)


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in report.problems]


async def test_endorsements_are_verified_at_every_depth() -> None:
    of_achievement, of_issuer = await endorsed(), await endorsed(of=ISSUER.did, number=2)
    profile = {"id": ISSUER.did, "type": ["Profile"], "name": "Harbour College", "endorsement": [of_issuer]}
    document = badge(
        ISSUER, issuer=profile, achievement={"endorsement": [of_achievement], "creator": {**profile, "endorsement": of_issuer}}
    )
    report = await verify(document)
    assert report.verified, report.problems
    places = [
        "/issuer/endorsement/0",
        "/credentialSubject/achievement/endorsement/0",
        "/credentialSubject/achievement/creator/endorsement",
    ]
    assert inside(report) == [("endorsement", "passed", place) for place in places]
    assert [(inner.pointer, inner.issuer, inner.verified) for inner in report.endorsements] == [
        (place, BOARD.did, True) for place in places
    ]
    assert (noticed(report), report.credentials) == ((), ())
    form: Any = report.to_json()
    assert [(inner["pointer"], inner["verified"]) for inner in form["endorsements"]] == [(place, True) for place in places]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"name": "Changed"}, "proof.signature_invalid"),
        ({"proof": ...}, "proof.missing"),
    ],
)
async def test_one_bad_endorsement_refuses_the_badge(members: Any, code: str) -> None:
    good = await endorsed()
    changed = {name: value for name, value in {**good, **members}.items() if value is not ...}
    bad = await verify(badge(ISSUER, achievement={"endorsement": [good]}, endorsement=[{**changed, "id": "urn:uuid:4"}]))
    assert bad.verdict is Verdict.REFUSED
    assert [check.state.value for check in bad.checks] == ["passed", "failed"]
    assert (codes(bad)[0][0], codes(bad)[0][1].startswith("/endorsement/0")) == (code, True)
    assert [result.state.value for result in bad.stations] == ["passed"] * 11
    assert bad.shown is None


async def test_an_endorsement_that_cannot_be_checked_leaves_the_badge_unconfirmed() -> None:
    silent = await secured(endorsement(SILENT), SILENT)
    report = await verify(badge(ISSUER, achievement={"endorsement": [silent]}))
    assert report.verdict is Verdict.NOT_CONFIRMED
    assert codes(report) == [("did.unreachable", "/credentialSubject/achievement/endorsement/0/proof/verificationMethod")]


async def test_an_endorsement_has_dates_and_a_status_of_its_own() -> None:
    expired = await endorsed(validUntil="2026-06-15T11:00:00Z")
    report = await verify(badge(ISSUER, achievement={"endorsement": [expired]}))
    assert codes(report) == [("time.expired", "/credentialSubject/achievement/endorsement/0/validUntil")]
    revoked = await endorsed(credentialStatus=entry())
    report = await verify(badge(ISSUER, achievement={"endorsement": [revoked]}), {LIST_URL: await status_list(BOARD, {7: 1})})
    assert codes(report) == [("status.revoked", "/credentialSubject/achievement/endorsement/0/credentialStatus")]


async def test_endorsements_in_tokens() -> None:
    good = await badge_token(endorsement(BOARD), BOARD)
    report = await verify(badge(ISSUER, achievement={"endorsementJwt": [good]}))
    assert report.verified, report.problems
    assert (report.endorsements[0].token, report.endorsements[0].pointer) == (good, "/credentialSubject/achievement/endorsementJwt/0")
    bad = await badge_token(endorsement(BOARD), ISSUER, header={"kid": BOARD.verification_method})
    report = await verify(badge(ISSUER, endorsementJwt=[good, bad]))
    assert codes(report) == [("proof.signature_invalid", "/endorsementJwt/1")]
    report = await verify(badge(ISSUER, endorsementJwt=["no token"]))
    assert codes(report) == [("token.malformed", "/endorsementJwt/0")]


async def test_an_endorsement_of_something_else_is_told() -> None:
    report = await verify(badge(ISSUER, achievement={"endorsement": [await endorsed(of="urn:uuid:another")]}))
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in noticed(report)] == [
        ("endorsement.other_subject", "/credentialSubject/achievement/endorsement/0")
    ]


async def test_a_record_of_learning_and_what_it_bundles() -> None:
    inner = await secured(badge(BOARD, achievement={"endorsement": [await endorsed()]}), BOARD)
    unsigned = badge(BOARD, id="urn:uuid:33", achievement={"id": "urn:uuid:34"})
    report = await verify(learning_record(ISSUER, inner, unsigned))
    assert report.verified, report.problems
    place = "/credentialSubject/verifiableCredential/"
    assert inside(report) == [("credential", "passed", place + "0"), ("credential", "not_checked", place + "1")]
    assert [finding.code for finding in noticed(report)] == ["nested.unsecured"]
    (within,) = report.credentials
    assert inside(within) == [("endorsement", "passed", "/credentialSubject/achievement/endorsement/0")]
    changed = {**inner, "name": "Changed"}
    bad = await verify(learning_record(ISSUER, inner, {**changed, "id": "urn:uuid:44"}))
    assert (bad.verdict, codes(bad)[0]) == (Verdict.REFUSED, ("proof.signature_invalid", place + "1/proof/proofValue"))


async def test_an_issuer_that_signs_what_it_bundles_lints_the_bundle_with_another_key_and_the_bundled_with_its_own() -> None:
    inner = await issuer(ISSUER).issue(badge(ISSUER), now=NOW)
    record = await issuer(ISSUER).issue(learning_record(ISSUER, inner), now=NOW)
    assert (await verifier().verify_credential(record, now=NOW)).verified
    with pytest.raises(AtestoError) as caught:
        await issuer(ISSUER).issue(learning_record(ISSUER, {**inner, "name": "Changed"}), now=NOW)
    place = "/credentialSubject/verifiableCredential/0/proof/proofValue"
    assert (caught.value.code, caught.value.pointer) == ("proof.signature_invalid", place)


async def test_nothing_more_is_verified_than_the_bounds_allow() -> None:
    many = [await endorsed(number=number) for number in range(limits.MAX_NESTED_CREDENTIALS + 1)]
    report = await verify(badge(ISSUER, achievement={"endorsement": many[:-1]}))
    assert (report.verified, len(report.endorsements)) == (True, limits.MAX_NESTED_CREDENTIALS)
    report = await verify(badge(ISSUER, achievement={"endorsement": many}))
    assert (report.verdict, len(report.endorsements)) == (Verdict.NOT_CONFIRMED, limits.MAX_NESTED_CREDENTIALS)
    assert codes(report) == [("nested.too_many", f"/credentialSubject/achievement/endorsement/{limits.MAX_NESTED_CREDENTIALS}")]


async def test_nothing_deeper_is_verified_than_the_bounds_allow() -> None:
    async def nested(depth: int) -> Any:
        deeper = [await nested(depth - 1)] if depth else []
        issuer = {"id": BOARD.did, "type": ["Profile"], **({"endorsement": deeper} if deeper else {})}
        return await secured(endorsement(BOARD, of=BOARD.did, number=depth, issuer=issuer), BOARD)

    report = await verify(badge(ISSUER, endorsement=[await nested(limits.MAX_NESTED_DEPTH - 1)]))
    assert report.verified, report.problems
    report = await verify(badge(ISSUER, endorsement=[await nested(limits.MAX_NESTED_DEPTH)]))
    assert (report.verdict, codes(report)[0][0]) == (Verdict.NOT_CONFIRMED, "nested.too_deep")


async def test_an_endorsement_of_whoever_helped_is_verified_too() -> None:
    signed = await secured(
        badge(ISSUER, subject={"source": {"id": "urn:uuid:1", "type": ["Profile"], "endorsement": await endorsed()}}), ISSUER
    )
    report = await verifier().verify_credential(signed, now=NOW)
    assert report.verified
    assert inside(report) == [("endorsement", "passed", "/credentialSubject/source/endorsement")]
