"""Claims by the holder without a proof of their own (VCDM 2.0 section 4.13.3): when the presentation's proof is enough, and when not."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.verification.report import Verdict
from atesto.verification.station_result import State
from tests.simulators.parts import NOW, MemorySigner, credential, presentation, secured, verifier

if TYPE_CHECKING:
    from atesto.verification.report import Report

HOLDER: Final = MemorySigner.numbered(1)
ISSUER: Final = MemorySigner.numbered(2)
PLACE: Final = "/verifiableCredential/0"


async def show(document: Any, policy: str = "strict") -> Report:
    return await verifier(policy).verify_presentation(document, now=NOW, challenge="c", domain="d")


async def presented(*credentials: Any, holder: MemorySigner | None = HOLDER, suite: str = "eddsa-rdfc-2022", **members: Any) -> Any:
    return await secured(
        presentation(holder, *credentials, **members), HOLDER, suite, purpose="authentication", more={"challenge": "c", "domain": "d"}
    )


def problem(report: Report) -> tuple[str, str]:
    assert not report.verified
    return report.problems[0].code, report.problems[0].pointer


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("as_object", [False, True])
async def test_the_holders_own_claims_need_no_second_proof(policy: str, suite: str, as_object: bool) -> None:
    own = credential(HOLDER, issuer={"id": HOLDER.did, "name": "Noor"} if as_object else HOLDER.did)
    report = await show(await presented(own, suite=suite), policy)
    assert report.verified, report.problems
    (inner,) = report.credentials
    assert (inner.issuer, inner.verdict, inner.pointer) == (HOLDER.did, Verdict.CONFIRMED, PLACE)
    assert [finding.code for finding in inner.findings] == ["credential.self_asserted"]
    assert all(result.state is State.PASSED for result in inner.stations)
    assert inner.shown == own


async def test_beside_the_credentials_of_others() -> None:
    own, theirs = credential(HOLDER, id="urn:uuid:1"), await secured(credential(ISSUER), ISSUER)
    report = await show(await presented(own, theirs, own))
    assert report.verified
    assert [[finding.code for finding in inner.findings] for inner in report.credentials] == [
        ["credential.self_asserted"],
        [],
        ["credential.self_asserted"],
    ]


async def test_a_holder_may_prove_them_all_the_same() -> None:
    report = await show(await presented(await secured(credential(HOLDER), HOLDER)))
    assert report.verified
    assert report.credentials[0].findings == ()


async def test_only_the_holder_says_it_without_proof() -> None:
    assert problem(await show(await presented(credential(ISSUER)))) == ("proof.missing", PLACE + "/proof")
    assert problem(await show(await presented(credential(HOLDER, issuer={"id": ISSUER.did})))) == ("proof.missing", PLACE + "/proof")
    assert problem(await show(await presented(credential(HOLDER, issuer=HOLDER.did + "#x")))) == ("proof.missing", PLACE + "/proof")


async def test_the_holder_must_be_named() -> None:
    assert problem(await show(await presented(credential(HOLDER), holder=None))) == ("proof.missing", PLACE + "/proof")


async def test_the_holder_must_have_signed() -> None:
    assert problem(await show(await presented(credential(ISSUER), holder=ISSUER))) == ("binding.holder_mismatch", "/holder")


@pytest.mark.parametrize("empty", [None, [], "", {}])
async def test_a_proof_that_is_none_is_no_missing_proof(empty: Any) -> None:
    document = await presented(credential(HOLDER))
    document["verifiableCredential"][0]["proof"] = empty
    assert not (await show(document)).verified


async def test_a_change_breaks_the_presentations_proof() -> None:
    document = await presented(credential(HOLDER))
    for change in ({"name": "Master of everything"}, {"validUntil": "2027-01-01T00:00:00Z"}):
        changed = copy.deepcopy(document)
        changed["verifiableCredential"][0] |= change
        assert problem(await show(changed)) == ("proof.signature_invalid", "/proof/proofValue")
    added = copy.deepcopy(document)
    added["verifiableCredential"].append(credential(HOLDER, id="urn:uuid:2"))
    assert problem(await show(added)) == ("proof.signature_invalid", "/proof/proofValue")
    stripped = await presented(await secured(credential(HOLDER), HOLDER))
    del stripped["verifiableCredential"][0]["proof"]
    assert problem(await show(stripped)) == ("proof.signature_invalid", "/proof/proofValue")


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"credentialSubject": {}}, "model.member_malformed", "/credentialSubject"),
        ({"validUntil": "2026-06-15T10:00:00Z"}, "time.expired", "/validUntil"),
        ({"validFrom": "2026-06-16T10:00:00Z"}, "time.not_yet_valid", "/validFrom"),
        ({"credentialStatus": {"type": "https://example.org/#Status"}}, "status.unknown_type", "/credentialStatus"),
        (
            {"relatedResource": {"id": "https://www.w3.org/ns/credentials/v2", "digestSRI": "sha384-" + "A" * 64}},
            "resource.digest_mismatch",
            "/relatedResource/digestSRI",
        ),
    ],
)
async def test_everything_else_holds_for_them_too(members: dict[str, Any], code: str, pointer: str) -> None:
    assert problem(await show(await presented(credential(HOLDER, **members)))) == (code, PLACE + pointer)


async def test_words_of_their_own_are_shown_as_what_they_mean() -> None:
    own = credential(HOLDER, context=["https://www.w3.org/ns/credentials/v2", {"motto": "https://example.org/motto"}], motto="m")
    document = await presented(own)
    assert problem(await show(document)) == ("context.inline", PLACE + "/@context/1")
    report = await show(document, "interop")
    assert report.verified
    shown = report.credentials[0].shown
    assert shown is not None
    assert shown["https://example.org/motto"] == "m"


async def test_a_credential_alone_is_never_self_asserted() -> None:
    report = await verifier().verify_credential(credential(HOLDER), now=NOW)
    assert problem(report) == ("proof.missing", "/proof")
