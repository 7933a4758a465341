"""Two credentials handed over together: each verified, then compared in what they say."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from atesto.errors import AtestoError
from atesto.issuance.award import issue_award
from atesto.issuance.issue import Issuer
from atesto.issuance.securing import JWT
from atesto.profiles.award.parse import parse_award
from atesto.verification.comparison import compare_credentials
from atesto.verification.report import Verdict
from tests.simulators.awards import changed, example
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, issuer, secured, verifier

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
