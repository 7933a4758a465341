"""The command line as a person uses it: arguments in, exit code and texts out."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atesto.cli import options
from atesto.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@dataclass(frozen=True)
class Done:
    """What one command did."""

    code: int
    out: str
    err: str


@pytest.fixture(name="atesto")
def _atesto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Done]:
    """Runs `atesto ARGUMENTS` with a data folder of its own, in a folder of its own."""
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("ATESTO_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(options, "checkout", lambda: None)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["atesto", *map(str, arguments)])
        capfdbinary.readouterr()
        code = main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode("utf-8"), err.decode("utf-8"))

    return run
