"""How scripts/test comes by a browser: the machine's own, else Debian's package for root, else the one that Playwright brings."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts import checks

if TYPE_CHECKING:
    from collections.abc import Callable

UPDATE = ["apt-get", "update", "-qq"]
INSTALL = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
PLAYWRIGHT = [checks.PYTHON, "-m", "playwright", "install", "chromium"]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Commands that `prepare_chromium` runs on a machine with these programs, where only these commands work."""

    def prepare(programs: set[str], works: list[list[str]], *, root: bool = True) -> list[list[str]]:
        ran: list[list[str]] = []

        def succeeded(command: list[str]) -> bool:
            ran.append(command)
            if command == INSTALL and command in works:
                programs.add("chromium")
            return command in works

        monkeypatch.setattr(checks, "succeeded", succeeded)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
        checks.prepare_chromium()
        return ran

    return prepare


def test_a_browser_that_is_there_is_used(machine: Callable[..., list[list[str]]]) -> None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        assert machine({name, "apt-get"}, []) == []


def test_root_gets_the_package(machine: Callable[..., list[list[str]]]) -> None:
    assert machine({"apt-get"}, [UPDATE, INSTALL]) == [UPDATE, INSTALL]


def test_others_get_the_one_of_playwright(machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]) -> None:
    assert machine({"apt-get"}, [PLAYWRIGHT], root=False) == [PLAYWRIGHT]
    assert machine(set(), [PLAYWRIGHT]) == [PLAYWRIGHT]
    assert machine({"apt-get"}, [UPDATE, PLAYWRIGHT]) == [UPDATE, INSTALL, PLAYWRIGHT]
    assert "skipped" not in capsys.readouterr().out


def test_without_any_it_says_what_is_skipped(machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]) -> None:
    assert machine(set(), []) == [PLAYWRIGHT]
    assert "skipped by name" in capsys.readouterr().out
