"""The main job: a real award becomes a European Digital Credential that verifies; a deficient one is refused with its reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.errors import AtestoError
from atesto.issuance.award import issue_award
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.read import read
from tests.simulators.parts import MemoryLedger, MemorySigner, issuer, verifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.profiles.award.record import Award

SIGNER: Final = MemorySigner.numbered(1)
EXAMPLES: Final = Path(__file__).resolve().parents[3] / "examples"
ONE_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)

AFTERWARDS = datetime(2026, 8, 1, 12, tzinfo=UTC)
"""A moment behind the day of every example award."""


async def one_pixel(award: Award) -> Mapping[str, bytes]:
    return dict.fromkeys(award.page_languages, ONE_PIXEL)


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))


async def issue(record: Any, ledger: MemoryLedger, form: str = "edc") -> Any:
    return await issue_award(
        parse_award(record),
        form,
        issuer=issuer(SIGNER, ledger=ledger),
        credential_id="urn:uuid:1f0e4d55-6f0e-4d55-9a86-0f3f6f7f1c01",
        draw_pages=one_pixel,
        now=AFTERWARDS,
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("award-*.json")), ids=lambda path: path.stem)
async def test_an_example_award_is_issued_and_verifies(path: Path) -> None:
    record, ledger = example(path.name), MemoryLedger()
    credential = await issue(record, ledger)
    report = await verifier().verify_credential(credential, now=AFTERWARDS)
    assert report.verified, report.problems
    assert report.issuer == SIGNER.did
    assert [finding.code for finding in report.findings] == ["schema.not_checked", "edc.conforms", "edc.left_out", "eu2022.complete"]
    assert [kind for kind, _, _ in ledger.entries] == ["intent", "issued"]
    award = parse_award(record)
    assert read(credential).title == award.title
    assert read(credential).learning_outcomes == award.learning_outcomes


async def test_a_deficient_award_is_refused_before_anything_is_drawn_or_recorded() -> None:
    record = example("award-en-tidal-turbines.json")
    del record["quality_assurance"]
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await issue(record, ledger)
    assert caught.value.code == "eu2022.quality_assurance_missing"
    assert ledger.entries == []


async def test_a_credential_that_no_verifier_would_take_is_not_issued() -> None:
    record = example("award-en-tidal-turbines.json")
    record["learning_outcomes"] = ["x" * 20_000] * 60
    ledger = MemoryLedger()
    with pytest.raises(AtestoError) as caught:
        await issue(record, ledger)
    assert caught.value.code == "award.malformed"
    assert "more than verifiers take" in caught.value.detail
    assert ledger.entries == []


async def test_an_unknown_form_is_refused() -> None:
    record = example("award-en-tidal-turbines.json")
    with pytest.raises(AtestoError) as caught:
        await issue(record, MemoryLedger(), "parchment")
    assert caught.value.code == "award.form_unknown"


async def test_a_changed_grade_is_refused() -> None:
    record = example("award-en-tidal-turbines.json")
    credential = await issue(record, MemoryLedger())
    text = json.dumps(credential).replace("78 / 100", "98 / 100")
    report = await verifier().verify_credential(json.loads(text), now=AFTERWARDS)
    assert report.problems[0].code == "proof.signature_invalid"
