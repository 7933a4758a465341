"""Findings of a credential's own profile: always there, never a part of the verdict."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from atesto.issuance.award import issue_award
from atesto.profiles.award.parse import parse_award
from atesto.verification.profile_findings import profile_findings
from tests.simulators.parts import NOW, PROCESSOR, MemoryLedger, MemorySigner, credential, issuer, secured, verifier

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "award-en-tidal-turbines.json"
SIGNER = MemorySigner.numbered(71)
PROFILE = ["edc.conforms", "edc.left_out"]
"""What is said of the profile of each: it conforms, and was judged without its proof."""


@pytest.fixture(scope="module")
async def issued() -> Any:
    async def no_pictures(award: Any) -> dict[str, bytes]:
        return dict.fromkeys(award.page_languages, b"\x89PNG\r\n\x1a\n")

    return await issue_award(
        parse_award(json.loads(EXAMPLE.read_bytes())),
        "edc",
        issuer=issuer(SIGNER, ledger=MemoryLedger()),
        credential_id="urn:credential:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c02",
        draw_pages=no_pictures,
        now=NOW,
    )


def codes(document: Any) -> list[str]:
    return [finding.code for finding in profile_findings(PROCESSOR, document).findings]


async def test_a_whole_one_is_said_to_be_whole(issued: Any) -> None:
    assert codes(issued) == [*PROFILE, "eu2022.complete"]


async def test_what_is_absent_is_named(issued: Any) -> None:
    document = copy.deepcopy(issued)
    qualification = document["credentialSubject"]["hasClaim"]["specifiedBy"]
    del qualification["learningOutcome"]
    del qualification["mode"]
    findings = profile_findings(PROCESSOR, document).findings
    assert [finding.code for finding in findings] == [*PROFILE, "eu2022.element_absent"]
    assert findings[1].detail == "Not judged: proof."
    assert findings[2].detail == "Not stated: learning outcomes, participation."


async def test_what_is_not_sound_is_named(issued: Any) -> None:
    document = copy.deepcopy(issued)
    document["credentialSubject"]["hasClaim"]["specifiedBy"]["volumeOfLearning"] = "PT2H"
    assert codes(document) == [*PROFILE, "eu2022.element_invalid"]


async def test_what_does_not_conform_is_said_first_and_counted(issued: Any) -> None:
    document = copy.deepcopy(issued)
    document["credentialSubject"]["hasClaim"]["specifiedBy"]["eqfLevel"]["id"] = "http://data.europa.eu/snb/eqf/99"
    del document["issued"]
    findings = profile_findings(PROCESSOR, document).findings
    assert findings[0].detail == "Profile: Generic; 2 faults."
    assert [finding.code for finding in findings[:4]] == [
        "edc.not_conforming",
        "edc.left_out",
        "edc.property_missing",
        "edc.concept_not_allowed",
    ]


async def test_findings_stand_in_the_report_and_change_no_verdict(issued: Any) -> None:
    unsigned = {name: value for name, value in copy.deepcopy(issued).items() if name != "proof"}
    del unsigned["credentialSubject"]["hasClaim"]["specifiedBy"]["mode"]
    report = await verifier().verify_credential(await secured(unsigned, SIGNER), now=NOW)
    assert report.verified
    assert "eu2022.element_absent" in [finding.code for finding in report.findings]


async def test_they_stand_in_the_report_of_a_refused_one_too(issued: Any) -> None:
    changed = copy.deepcopy(issued)
    changed["credentialSubject"]["fullName"] = {"en": "Somebody Else"}
    report = await verifier().verify_credential(changed, now=NOW)
    assert not report.verified
    assert report.problems[0].code == "proof.signature_invalid"
    assert "eu2022.complete" in [finding.code for finding in report.findings]


async def test_a_credential_of_no_known_form_has_none() -> None:
    report = await verifier().verify_credential(await secured(credential(SIGNER), SIGNER), now=NOW)
    assert report.verified
    assert report.findings == ()


async def test_the_report_lists_the_elements_with_their_places_in_the_document(issued: Any) -> None:
    report = await verifier().verify_credential(issued, now=NOW)
    found: Any = report.to_json()["elements"]
    assert len(found) == 16
    assert {name for element in found for name in element} == {"element", "mandatory", "status", "pointer", "detail"}
    for element in found:
        place = issued
        for segment in element["pointer"].split("/")[1:]:
            place = place[int(segment)] if isinstance(place, list) else place[segment]
        assert place


async def test_a_credential_of_no_known_form_states_no_elements() -> None:
    report = await verifier().verify_credential(await secured(credential(SIGNER), SIGNER), now=NOW)
    assert "elements" not in report.to_json()


async def test_a_learner_whom_nobody_checked_is_a_warning(issued: Any) -> None:
    document = copy.deepcopy(issued)
    supervision = document["credentialSubject"]["hasClaim"]["provenBy"]["idVerification"]
    supervision["id"] = "http://data.europa.eu/snb/supervision-verification/c598449d64"
    found = profile_findings(PROCESSOR, document).findings
    assert [(finding.code, finding.pointer) for finding in found] == [
        *((code, "") for code in PROFILE),
        ("eu2022.learner_not_authenticated", "/credentialSubject/hasClaim/provenBy/idVerification"),
        ("eu2022.complete", ""),
    ]
