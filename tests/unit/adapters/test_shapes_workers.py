"""The published shapes in a process of their own: with a deadline, and started only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from atesto import limits
from atesto.adapters.shapes_workers import open_shapes
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from tests.simulators.awards import credential, example
from tests.simulators.parts import CONTEXTS
from tests.simulators.small_shapes import small_shapes

if TYPE_CHECKING:
    from pathlib import Path


def document() -> Any:
    return credential(parse_award(example("en-tidal-turbines")))


async def test_their_verdict_comes_from_a_process_of_their_own(tmp_path: Path) -> None:
    async with open_shapes(small_shapes(tmp_path / "shapes"), CONTEXTS) as shapes:
        assert shapes is not None
        assert [finding.code for finding in await shapes.findings(document())] == ["edc.shapes_conform"]
        assert await shapes.findings({"type": ["VerifiableCredential", "OpenBadgeCredential"]}) == []


async def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHAPES_CPU_SECONDS", 0.01)
    async with open_shapes(small_shapes(tmp_path / "shapes"), CONTEXTS) as shapes:
        assert shapes is not None
        (finding,) = await shapes.findings(document())
    assert (finding.code, finding.detail) == ("edc.shapes_not_applied", "Checking took more processor time than one document gets.")


async def test_no_folder_no_process() -> None:
    async with open_shapes(None, CONTEXTS) as shapes:
        assert shapes is None


async def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput) as caught:
        async with open_shapes(tmp_path / "nowhere", CONTEXTS):
            pass
    assert caught.value.code == "settings.invalid"
