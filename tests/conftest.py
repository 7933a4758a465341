"""What holds for every test: no sockets, no silent skips, the same random examples every time."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator

# Deterministic: the examples of a test follow from its source. `explore` looks elsewhere every time and prints how to repeat a failure.
_CALM: dict[str, Any] = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("fast", max_examples=25, derandomize=True, database=None, **_CALM)
settings.register_profile("ci", max_examples=150, derandomize=True, database=None, **_CALM)
settings.register_profile("explore", max_examples=1_000, **_CALM)
_PROFILE = os.environ.get("ATESTO_HYPOTHESIS_PROFILE", "fast")
settings.load_profile(_PROFILE)

_LOOPBACK_FIXTURES = {"aiohttp_client", "aiohttp_server", "aiohttp_raw_server"}
_LACK_OF_TOOL = "needs tool:"


def pytest_report_header() -> str:
    """How the random examples of this run were chosen."""
    seed = "the source of each test" if _PROFILE != "explore" else "chance; failures print their seed"
    return f"hypothesis: profile {_PROFILE}, examples seeded by {seed}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sockets are off; a test that asks for the loopback gets that and no more."""
    for item in items:
        if item.get_closest_marker("loopback") or _LOOPBACK_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In continuous integration a test that is skipped for lack of a tool fails."""
    report = yield
    _refuse_lack_of_tool(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that is skipped whole."""
    report = yield
    _refuse_lack_of_tool(report)
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Says what was skipped and why, with counts, and leaves the tally for scripts/test."""
    if hasattr(config, "workerinput"):
        return
    stats = terminalreporter.stats
    reasons = Counter(_reason(report) for report in stats.get("skipped", []))
    if reasons:
        terminalreporter.section("skipped by name")
        for reason, count in sorted(reasons.items()):
            terminalreporter.line(f"{count:5}  {reason}")
    if path := os.environ.get("ATESTO_TEST_TALLY"):
        failed = len(stats.get("failed", [])) + len(stats.get("error", []))
        Path(path).write_text(json.dumps({"passed": len(stats.get("passed", [])), "failed": failed, "skipped": reasons}))


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def _refuse_lack_of_tool(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.outcome == "skipped" and os.environ.get("CI") == "true" and _reason(report).startswith(_LACK_OF_TOOL):
        report.outcome = "failed"
        report.longrepr = f"{_reason(report)} (in continuous integration a missing tool is a failure)"
