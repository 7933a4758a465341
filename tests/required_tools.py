"""Programs that some tests need and a machine may lack. With CI=true a skip for lack of one is a failure (tests/conftest.py)."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from scripts.node_runtime import OLDEST_NODE, find_node, peers_are_installed

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def node() -> str:
    """Node.js, with the locked packages of tests/interop/node installed."""
    program = find_node()
    if program is None:
        pytest.skip(f"needs tool: Node.js {OLDEST_NODE} or newer")
    if not peers_are_installed():
        pytest.skip("needs tool: the packages of tests/interop/node, which scripts/test installs")
    return program


def curl() -> str:
    """The program by which the how-to pages speak HTTP."""
    found = shutil.which("curl")
    if found is None:
        pytest.skip("needs tool: curl")
    return found


def openssl() -> str:
    """The program that signs timestamps and checks seals beside us; 3.0 or newer (older ones have another `ts`)."""
    found = shutil.which("openssl")
    if found is None:
        pytest.skip("needs tool: openssl")
    return found


def chromium() -> str | None:
    """The machine's Chromium; None where Playwright's own is to be used."""
    for name in _CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    if not _playwright_has_chromium():
        pytest.skip("needs tool: Chromium")
    return None


@cache
def _playwright_has_chromium() -> bool:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only browser tests pay for this import

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()
