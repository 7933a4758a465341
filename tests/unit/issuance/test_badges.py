"""The second form of an award: an Open Badge that verifies; badges written elsewhere keep the rules of their kind or are not signed."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from atesto.errors import AtestoError
from atesto.issuance.award import issue_award
from atesto.issuance.securing import JWT
from atesto.profiles.award.parse import parse_award
from atesto.profiles.choices import Choices
from atesto.profiles.open_badges.extension.classes import TYPE, URL
from atesto.profiles.open_badges.read import read
from atesto.profiles.table import RULES
from atesto.verification.comparison import compare_credentials
from tests.simulators.awards import EXAMPLES, example
from tests.simulators.parts import MemoryLedger, MemorySigner, issuer, secured, verifier
from tests.unit.profiles.open_badges.test_check import badge

AFTERWARDS: Final = datetime(2026, 8, 1, 12, tzinfo=UTC)
SIGNER: Final = MemorySigner.numbered(1)
BOARD: Final = MemorySigner.numbered(2)


async def no_pages(_: Any) -> Any:
    raise AssertionError("a badge shows no page")


async def pictures(award: Any) -> dict[str, bytes]:
    return dict.fromkeys(award.page_languages, b"\x89PNG\r\n\x1a\n")


async def issued(record: Any, form: str = "ob3", *, choices: Choices | None = None, way: Any = None, ledger: Any = None) -> Any:
    by = dataclasses.replace(issuer(SIGNER, ledger=ledger), choices=choices or Choices())
    return await issue_award(
        parse_award(record),
        form,
        issuer=by if way is None else dataclasses.replace(by, suite=way),
        credential_id="urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c03",
        draw_pages=no_pages if form == "ob3" else pictures,
        now=AFTERWARDS,
    )


@pytest.mark.parametrize("name", EXAMPLES)
async def test_an_example_is_issued_as_a_badge_and_verifies(name: str) -> None:
    ledger = MemoryLedger()
    credential = await issued(example(name), ledger=ledger)
    report = await verifier().verify_credential(credential, now=AFTERWARDS)
    assert report.verified, report.problems
    assert [finding.code for finding in report.findings] == ["ob.conforms", "eu2022.complete"]
    assert [kind for kind, _, _ in ledger.entries] == ["intent", "issued"]
    assert credential["@context"][2] == URL
    assert credential["credentialSubject"]["achievement"]["type"] == ["Achievement", TYPE]


@pytest.mark.parametrize("name", EXAMPLES)
async def test_the_two_forms_of_an_award_are_twins(name: str) -> None:
    first, second = await issued(example(name), "edc"), await issued(example(name))
    comparison = await compare_credentials(verifier(), first, second, now=AFTERWARDS)
    assert comparison.to_json()["twins"] is True
    qualification = first["credentialSubject"]["hasClaim"]["specifiedBy"]["id"]
    assert [row["identifier"] for row in second["credentialSubject"]["achievement"]["otherIdentifier"]] == [qualification]


async def test_a_badge_in_a_token_verifies_too() -> None:
    report = await verifier().verify_credential(await issued(example(EXAMPLES[0]), way=JWT), now=AFTERWARDS)
    assert report.verified, report.problems


async def test_nothing_that_reaches_the_learner_stands_in_clear_unless_the_issuer_says_so() -> None:
    record = example("en-tidal-turbines")
    record["learner"]["national_id"] = {"number": "1234567T", "country": "IE"}
    hidden = json.dumps(await issued(record))
    assert "Orla Brennan-Kowalczyk" in hidden
    for secret in ("orla.brennan@", "1994-11-23", "1234567T"):
        assert secret not in hidden
    told = await issued(record, choices=Choices(plain_identities=True))
    report = await verifier().verify_credential(told, now=AFTERWARDS)
    assert report.verified
    assert [finding.code for finding in report.findings] == ["ob.conforms", *["ob.identity_plain"] * 3, "eu2022.complete"]
    learner = read(told).learner
    assert learner is not None
    assert learner.national_id is not None
    assert (learner.national_id.number, learner.national_id.country) == ("1234567T", "IRL")


async def test_without_the_extension_a_badge_says_what_badges_can() -> None:
    credential = await issued(example("en-tidal-turbines"), choices=Choices(european_extension=False))
    assert len(credential["@context"]) == 2
    assert URL not in json.dumps(credential)
    report = await verifier().verify_credential(credential, now=AFTERWARDS)
    assert report.verified
    finding = next(row for row in report.findings if row.code == "eu2022.element_absent")
    for element in ("workload", "assessment", "participation", "quality assurance"):
        assert element in finding.detail
    found = read(credential)
    assert found.level is not None
    assert found.level.eqf == 6


async def handwritten() -> Any:
    document = badge()
    document["issuer"]["id"] = SIGNER.did
    achievement = document["credentialSubject"]["achievement"]
    (endorsement,) = achievement["endorsement"]
    endorsement["issuer"]["id"] = BOARD.did
    achievement["endorsement"] = [await secured(endorsement, BOARD)]
    return document


async def test_a_badge_written_elsewhere_is_issued_when_it_keeps_the_rules() -> None:
    credential = await issuer(SIGNER).issue(await handwritten(), now=AFTERWARDS)
    report = await verifier().verify_credential(credential, now=AFTERWARDS)
    assert report.verified
    assert [finding.code for finding in report.findings if finding.code.startswith("ob.")] == ["ob.conforms"]


@pytest.mark.parametrize("name", ["OpenBadgeCredential", "AchievementCredential"])
async def test_a_badge_that_breaks_a_rule_is_not_signed_and_found_out_when_others_signed_it(name: str) -> None:
    document, ledger = await handwritten(), MemoryLedger()
    document["type"][1] = name
    document["credentialSubject"]["result"][0]["value"] = "11"
    with pytest.raises(AtestoError) as caught:
        await issuer(SIGNER, ledger=ledger).issue(document, now=AFTERWARDS)
    assert (caught.value.code, caught.value.pointer) == ("issue.profile", "/credentialSubject/result/0")
    assert ledger.entries == []
    report = await verifier().verify_credential(await secured(document, SIGNER), now=AFTERWARDS)
    assert report.verified
    assert [finding.code for finding in report.findings if finding.code.startswith("ob.")] == ["ob.not_conforming", "ob.result"]


async def test_an_endorsement_keeps_its_rules_too() -> None:
    endorsement = (await handwritten())["credentialSubject"]["achievement"]["endorsement"][0]
    del endorsement["proof"]
    endorsement["issuer"]["id"] = SIGNER.did
    assert "proof" in await issuer(SIGNER).issue(endorsement, now=AFTERWARDS)
    del endorsement["name"]
    with pytest.raises(AtestoError) as caught:
        await issuer(SIGNER).issue(endorsement, now=AFTERWARDS)
    assert (caught.value.code, caught.value.pointer) == ("issue.profile", "/name")
    assert "EndorsementCredential" in RULES
