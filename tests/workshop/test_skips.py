"""Skips are never silent: they are counted by reason, and in continuous integration a missing tool is a failure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).resolve().parent.parent / "conftest.py"

TESTS = """
import pytest

def test_passes(): pass
def test_needs_tool(): pytest.skip("needs tool: a hammer")
def test_needs_tool_too(): pytest.skip("needs tool: a hammer")
def test_needs_data(): pytest.skip("needs reference data: vectors/x")
"""

MODULE = """
import pytest

pytest.skip("needs tool: an anvil", allow_module_level=True)
"""


def run(folder: Path, *, ci: str) -> tuple[int, dict[str, Any], str]:
    shutil.copy(CONFTEST, folder)
    (folder / "test_some.py").write_text(TESTS)
    (folder / "test_module.py").write_text(MODULE)
    tally = folder / "tally.json"
    environment = {**os.environ, "CI": ci, "ATESTO_TEST_TALLY": str(tally)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(tally.read_text()), done.stdout


@pytest.mark.slow
def test_skips_are_counted_by_reason(tmp_path: Path) -> None:
    code, tally, output = run(tmp_path, ci="")
    assert code == 0
    assert tally == {
        "passed": 1,
        "failed": 0,
        "skipped": {"needs tool: a hammer": 2, "needs tool: an anvil": 1, "needs reference data: vectors/x": 1},
    }
    assert "    2  needs tool: a hammer" in output


@pytest.mark.slow
def test_in_continuous_integration_a_missing_tool_fails(tmp_path: Path) -> None:
    code, tally, output = run(tmp_path, ci="true")
    assert code != 0
    assert tally["failed"] >= 1
    assert "needs tool: an anvil (in continuous integration a missing tool is a failure)" in output
    (tmp_path / "test_module.py").unlink()
