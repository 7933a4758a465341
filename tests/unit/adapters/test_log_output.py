"""Log lines: one JSON object a line, libraries taken in, nothing of a request repeated."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest
import structlog

from atesto.adapters.log_output import set_up_logging

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info", "json")
    structlog.get_logger("x").info("request", status=200)
    structlog.get_logger("x").debug("hidden")
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["status"], entry["level"]) == ("request", 200, "info")
    assert entry["timestamp"].endswith("Z")


def test_a_library_s_line_loses_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info", "json")
    fault = ValueError("claim of a learner")
    logging.getLogger("some.library").error("It failed", exc_info=fault)
    logging.getLogger("some.library").info("chatter")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["logger"] == "some.library"
    assert "claim of a learner" not in line
    assert "Traceback" not in line


def test_text_is_for_terminals(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("warning", "text")
    structlog.get_logger("x").info("hidden")
    structlog.get_logger("x").warning("seen", status=503)
    text = capsys.readouterr().err
    assert "seen" in text
    assert "hidden" not in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    set_up_logging("warning", "auto")
    structlog.get_logger("y").warning("machine")
    assert json.loads(capsys.readouterr().err)["event"] == "machine"
