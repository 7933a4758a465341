"""The certification's table names tests that there are, and every numbered requirement once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "reference" / "open-badges-certification.md").read_text(encoding="utf-8")


def test_what_it_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", PAGE)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_requirement_has_a_row() -> None:
    rows = re.findall(r"^\| ([ID]\d) \|", PAGE, re.MULTILINE)
    assert rows == [*(f"I{number}" for number in range(1, 8)), *(f"D{number}" for number in range(1, 9))]
    assert "| H1 to H7 |" in PAGE
