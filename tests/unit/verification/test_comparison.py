"""Two credentials handed over together: each verified, then compared in what they say."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError
from atesto.issuance.award import issue_award
from atesto.issuance.issue import Issuer
from atesto.issuance.securing import JWT
from atesto.profiles.award.parse import parse_award
from atesto.verification.comparison import compare_credentials
from atesto.verification.report import Verdict
from tests.simulators.awards import changed, example
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, issuer, secured, verifier

if TYPE_CHECKING:
    from atesto.dids.document import VerificationMethod
    from atesto.fetch_budget import FetchBudget

SIGNER = MemorySigner.numbered(81)


async def issued(record: Any, *, suite: Any = None) -> Any:
    async def pictures(award: Any) -> dict[str, bytes]:
        return dict.fromkeys(award.page_languages, b"\x89PNG\r\n\x1a\n")

    by = issuer(SIGNER, ledger=MemoryLedger())
    if suite is not None:
        by = Issuer(by.name, by.did, by.signer, suite, by.verifier, by.ledger)
    return await issue_award(
        parse_award(record),
        "edc",
        issuer=by,
        credential_id="urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c03",
        draw_pages=pictures,
        now=NOW,
    )


@pytest.fixture(scope="module")
async def proof_inside() -> Any:
    return await issued(example("en-tidal-turbines"))


@pytest.fixture(scope="module")
async def token_around() -> Any:
    return await issued(example("en-tidal-turbines"), suite=JWT)


async def test_two_ways_of_securing_one_award_are_twins(proof_inside: Any, token_around: Any) -> None:
    token = token_around["id"].partition(",")[2]
    for second in (token_around, token):
        comparison = await compare_credentials(verifier(), proof_inside, second, now=NOW)
        answer = comparison.to_json()
        assert (answer["twins"], answer["agree"], answer["verified"]) == (True, True, True)
        assert comparison.verdict is Verdict.CONFIRMED
        learner: Any = next(row for row in answer["aspects"] if row["aspect"] == "learner")  # type: ignore[union-attr, call-overload, index]
        assert learner["first"] == learner["second"]


async def test_what_differs_is_named_with_both_sides(proof_inside: Any) -> None:
    other = await issued(changed(example("en-tidal-turbines"), "level", {"eqf": 7}))
    answer: Any = (await compare_credentials(verifier(), proof_inside, other, now=NOW)).to_json()
    assert (answer["twins"], answer["agree"], answer["verified"]) == (False, False, True)
    assert answer["sentence"] == "The two credentials do not say the same: level."
    level = next(row for row in answer["aspects"] if row["aspect"] == "level")
    assert (level["parts"], level["second"]["eqf"]) == (["eqf"], "7")


async def test_a_credential_that_was_changed_is_compared_but_not_repeated(proof_inside: Any, token_around: Any) -> None:
    forged = copy.deepcopy(proof_inside)
    forged["credentialSubject"]["hasClaim"]["title"] = {"en": "Doctor of Everything"}
    comparison = await compare_credentials(verifier(), forged, token_around, now=NOW)
    answer: Any = comparison.to_json()
    assert (answer["twins"], answer["agree"], answer["verified"], comparison.verdict) == (False, False, False, Verdict.REFUSED)
    assert [row["verified"] for row in answer["credentials"]] == [False, True]
    assert answer["credentials"][0]["problemDetails"][0]["code"] == "proof.signature_invalid"
    assert not any("first" in row for row in answer["aspects"])
    assert any("second" in row for row in answer["aspects"])
    assert "Doctor of Everything" not in str(answer)


async def test_a_refused_twin_is_said_to_be_refused(proof_inside: Any, token_around: Any) -> None:
    forged = {**proof_inside, "proof": {**proof_inside["proof"], "created": "2026-06-01T00:00:00Z"}}
    for pair, said in (
        ((forged, token_around), "one of them is"),
        ((token_around, forged), "one of them is"),
        ((forged, forged), "both are"),
    ):
        comparison = await compare_credentials(verifier(), *pair, now=NOW)
        assert (comparison.agree, comparison.verdict) == (True, Verdict.REFUSED)
        assert comparison.sentence == f"The two credentials say the same, but {said} refused."


async def test_both_wait_for_hosts_out_of_one_budget(proof_inside: Any) -> None:
    class SlowHosts(Resolver):
        left: Final[list[float]] = []

        async def resolve(self, verification_method: str, *, budget: FetchBudget | None = None) -> VerificationMethod:
            assert budget is not None
            self.left.append(budget.seconds_left)
            budget.wait(3.0)
            return await super().resolve(verification_method, budget=budget)

    hosts = SlowHosts()
    comparison = await compare_credentials(verifier(resolver=hosts), proof_inside, proof_inside, now=NOW)
    assert comparison.verified
    assert hosts.left == [limits.FETCH_SECONDS_A_REQUEST, limits.FETCH_SECONDS_A_REQUEST - 3.0]


async def test_an_unconfirmed_twin_is_not_confirmed(proof_inside: Any) -> None:
    unproven = {name: value for name, value in proof_inside.items() if name != "proof"}
    unproven["credentialStatus"] = {
        "id": "https://status.example/1#3", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "3", "statusListCredential": "https://status.example/1",
    }  # fmt: skip
    unproven["@context"] = [*unproven["@context"], "https://www.w3.org/ns/credentials/status/v1"]
    comparison = await compare_credentials(verifier(), proof_inside, await secured(unproven, SIGNER), now=NOW)
    assert [report.verdict for report in comparison.reports] == [Verdict.CONFIRMED, Verdict.NOT_CONFIRMED]
    assert (comparison.agree, comparison.verified, comparison.verdict) == (True, False, Verdict.NOT_CONFIRMED)
    assert comparison.sentence == "The two credentials say the same, but not both are confirmed."


@pytest.mark.parametrize(
    ("second", "code", "pointer"),
    [
        ("e30.e30.e30", "token.header", "/1"),
        ({"type": "EnvelopedVerifiableCredential"}, "model.context_missing", "/1"),
        ({}, "model.member_missing", "/1/type"),
        (credential(SIGNER), "compare.form_unknown", "/1/type"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_place(proof_inside: Any, second: Any, code: str, pointer: str) -> None:
    assert (await compare_credentials(verifier(), proof_inside, proof_inside, now=NOW)).verdict is Verdict.CONFIRMED
    with pytest.raises(AtestoError) as raised:
        await compare_credentials(verifier(), proof_inside, second, now=NOW)
    assert raised.value.code == code
    assert raised.value.pointer.startswith(pointer)
