"""The peers' packages are the locked ones, whoever ran `npm ci`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from scripts.node_runtime import peers_are_installed

if TYPE_CHECKING:
    from pathlib import Path

JOSE: Final = {"version": "6.1.0", "integrity": "sha512-AAAA"}
ELSEWHERE: Final = {"version": "1.0.0", "optional": True, "os": ["darwin"]}
LOCKED: Final = {"": {"name": "peer"}, "node_modules/jose": JOSE, "node_modules/elsewhere": ELSEWHERE}
# what npm notes, and whether that is what is locked
NOTES: Final[dict[str, tuple[Any, bool]]] = {
    "without what is for other machines": ({"node_modules/jose": JOSE}, True),
    "with it": ({"node_modules/jose": JOSE, "node_modules/elsewhere": ELSEWHERE}, True),
    "another version": ({"node_modules/jose": {**JOSE, "version": "6.0.0"}}, False),
    "other bytes": ({"node_modules/jose": {**JOSE, "integrity": "sha512-BBBB"}}, False),
    "one less": ({}, False),
    "one more": ({"node_modules/jose": JOSE, "node_modules/stranger": JOSE}, False),
}


@pytest.mark.parametrize("case", NOTES)
def test_the_note_of_npm_is_believed(case: str, tmp_path: Path) -> None:
    packages, expected = NOTES[case]
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": LOCKED}), encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    assert not peers_are_installed(tmp_path)
    (tmp_path / "node_modules" / ".package-lock.json").write_text(json.dumps({"packages": packages}), encoding="utf-8")
    assert peers_are_installed(tmp_path) is expected
