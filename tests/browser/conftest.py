"""A real node, a real browser, and a visitor that notices what a page should not do."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.required_tools import chromium
from tests.simulators.parts import MemorySigner, credential, presentation, secured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ATESTO = str(Path(sys.executable).with_name("atesto"))
AWARD = (EXAMPLES / "award-en-tidal-turbines.json").read_text(encoding="utf-8")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True)
class RunningNode:
    """Where the node answers, and the token that it made."""

    url: str
    token: str
    data: Path


@dataclass
class Visitor:
    """One browser context; `trouble` gathers dialogs, script errors, violated policies and requests to other hosts."""

    context: BrowserContext
    node: RunningNode
    trouble: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.trouble.append(f"script error: {error}"))
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        return page

    def at(self, path: str) -> Page:
        page = self.page()
        page.goto(self.node.url + path)
        return page

    def check(self, text: str, path: str = "/") -> Page:
        """The answer to `text`, pasted and sent."""
        page = self.at(path)
        page.fill("#document", text)
        return self._sent(page, "verify")

    def issue(self, award: str, token: str, path: str = "/") -> Page:
        """The answer to `award`, pasted and sent with `token`."""
        page = self.at(path)
        page.click("details:has(form[action*='issue']) > summary")
        page.fill("#award", award)
        page.fill("#token", token)
        return self._sent(page, "issue")

    def _sent(self, page: Page, form: str) -> Page:
        # A click is over once the answer begins. Chromium prints nothing of a page that is still loading ("Printing failed").
        with page.expect_navigation(wait_until="load"):
            page.click(f"form[action*='{form}'] button[type=submit]")
        return page

    def _console(self, message: ConsoleMessage) -> None:
        # A page that is answered with 4xx is noted by the browser as an error; the tests look at the page itself.
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            self.trouble.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.node.url + "/", "data:", "blob:")):
            self.trouble.append(f"request: {request.url}")


@pytest.fixture(scope="session")
def running_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """`atesto serve` with its own data, stopped at the end."""
    data = tmp_path_factory.mktemp("node")
    log = (data / "log.txt").open("wb")
    command = [ATESTO, "serve", "--port", "0", "--data", str(data)]
    process = subprocess.Popen(command, cwd=data, env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield RunningNode(_url(data, process), (data / "api-token").read_text(encoding="utf-8").strip(), data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


def _environment() -> dict[str, str]:
    """Without the settings of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ATESTO_")}


def _url(data: Path, process: subprocess.Popen[bytes]) -> str:
    told = data / "running.json"
    for _ in range(600):
        if told.exists() and (content := told.read_bytes()):
            return str(json.loads(content)["url"])
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"The node did not start:\n{(data / 'log.txt').read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium. Not for the whole session: while Playwright runs, this thread has a running loop, and async tests need it."""
    program = chromium()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only after it is known that there is a browser

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, running_node: RunningNode) -> Iterator[Callable[..., Visitor]]:
    """`visit(width=…, color_scheme=…)`: a new visitor; at the end of the test none may have met trouble."""
    visitors: list[Visitor] = []

    def make(*, width: int = 1280, locale: str = "en", **options: Any) -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, **options)
        context.set_default_timeout(15_000)
        visitors.append(Visitor(context, running_node))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.trouble] == []


@pytest.fixture(scope="session")
def good(running_node: RunningNode) -> str:
    """A credential that this node issued."""
    target = running_node.data / "credential.json"
    award = EXAMPLES / "award-en-tidal-turbines.json"
    command = [ATESTO, "issue", str(award), "--out", str(target), "--data", str(running_node.data)]
    done = subprocess.run(command, cwd=running_node.data, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return target.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def tampered(good: str) -> str:
    """The same with another title."""
    changed = good.replace("Tidal", "Royal", 1)
    assert changed != good
    return changed


def signed(**members: Any) -> str:
    """A small credential of another issuer, quick to verify, valid since 2020."""
    signer = MemorySigner.numbered(7)
    document = credential(signer, **{"validFrom": "2020-01-01T00:00:00Z", **members})
    return _secured(document, signer)


def presented(*credentials: str) -> str:
    """A presentation of `credentials` by somebody else."""
    holder = MemorySigner.numbered(8)
    return _secured(presentation(holder, *map(json.loads, credentials)), holder, purpose="authentication")


def _secured(document: Any, signer: MemorySigner, **options: Any) -> str:
    with ThreadPoolExecutor(1) as pool:  # this thread's loop is Playwright's
        made = pool.submit(asyncio.run, secured(document, signer, created=datetime(2020, 1, 1, tzinfo=UTC), **options)).result()
    return json.dumps(made, ensure_ascii=False)


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: ATESTO_TEST_ARTEFACTS, else the tests' own temporary folder."""
    chosen = os.environ.get("ATESTO_TEST_ARTEFACTS")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
