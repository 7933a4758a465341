"""What a person reads: verdict first, then a short table. Colour on a terminal only, and never alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from atesto.verification.check_result import CheckState
from atesto.verification.report import Verdict
from atesto.verification.results import Outcome
from atesto.verification.station_result import State
from atesto.verification.stations import STATION_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atesto.encoding.strict_json import JsonObject
    from atesto.errors import AtestoError
    from atesto.verification.report import Report

_WORDS: Final = {
    Verdict.CONFIRMED: ("✔ Confirmed", "bold green"),
    Verdict.NOT_CONFIRMED: ("? Not confirmed", "bold yellow"),
    Verdict.REFUSED: ("✘ Refused", "bold red"),
}
_MARKS: Final = {
    State.PASSED: ("✔ passed", "green"),
    State.FAILED: ("✘ failed", "red"),
    State.UNDECIDED: ("? unknown", "yellow"),
    State.NOT_REACHED: ("· not reached", "dim"),
}
_OUTCOMES: Final = {
    Outcome.OK: ("✔ well", "green"),
    Outcome.WARNING: ("! see below", "yellow"),
    Outcome.FAILED: ("✘ not so", "red"),
    Outcome.UNDECIDED: ("? unknown", "yellow"),
    Outcome.NOT_CHECKED: ("· not checked", "dim"),
}

_CHECK_MARKS: Final = {
    CheckState.PASSED: _MARKS[State.PASSED],
    CheckState.FAILED: _MARKS[State.FAILED],
    CheckState.UNDECIDED: _MARKS[State.UNDECIDED],
    CheckState.NOT_CHECKED: ("· not checked", "dim"),
}


def people() -> Console:
    """Where a person reads what a command did; standard output stays free for what the command makes."""
    return _console(stderr=True)


def printed() -> Console:
    """Standard output, for people."""
    return _console(stderr=False)


def _console(*, stderr: bool) -> Console:
    # A did:key is no emoji, and a person's name is no markup.
    return Console(stderr=stderr, highlight=False, soft_wrap=True, emoji=False, markup=False)


def print_notices(notices: Iterable[str]) -> None:
    """What the operator has to know, loudly."""
    for notice in notices:
        people().print(f"! {notice}", style="yellow")


def print_json(value: object) -> None:
    """`value` on standard output, as JSON on one line."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def pretty_json(document: JsonObject) -> bytes:
    """A document as readable JSON with a line break at its end."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def facts(rows: Iterable[tuple[str, str | None]]) -> Table:
    """A table of names and values; rows without a value are left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(f"  {name}", Text(_safe(value)))
    return table


def print_refusal(error: AtestoError) -> None:
    """Why a command did nothing: what happened, where, and what to do."""
    console = people()
    console.print(Text.assemble(("✘ ", "bold red"), (error.entry.title, "bold")))
    console.print(facts([("Why", error.detail), ("Where", error.pointer), ("What to do", error.entry.hint), ("Code", error.code)]))


def verdict_text(verdict: Verdict) -> tuple[str, str]:
    """The verdict's mark and word, and its style."""
    return _WORDS[verdict]


def print_report(report: Report, rows: Iterable[tuple[str, str | None]]) -> None:
    """The verdict and `rows` about the document, then every check, then what else was noticed."""
    console = printed()
    word, style = _WORDS[report.verdict]
    console.print(Text.assemble((word, style), "  ", (report.sentence, "bold")))
    console.print()
    console.print(facts(rows))
    console.print()
    console.print(_stations(report))
    for line in _checks(report):
        console.print(line)
    for problem in report.problems:
        console.print()
        reason = [("Why", problem.detail), ("Where", problem.pointer), ("What to do", problem.entry.hint), ("Code", problem.code)]
        console.print(facts(reason))
    if report.profile_judged:
        console.print()
        console.print("  Question by question")
        console.print(_results(report))
    if report.findings:
        console.print()
        console.print("  Noticed besides")
        for finding in report.findings:
            console.print(Text(f"  - {finding.to_json()['title']} {_safe(finding.detail)}"))
    for what, listed in (("Credential", report.credentials), ("Endorsement", report.endorsements)):
        for number, inner in enumerate(listed, start=1):
            word, style = _WORDS[inner.verdict]
            console.print(Text.assemble(f"\n  {what} {number}: ", (word, style), f"  {inner.sentence}"))


def _stations(report: Report) -> Table:
    table = Table.grid(padding=(0, 2))
    for justify in ("right", "left", "left", "left"):
        table.add_column(justify=justify, no_wrap=justify == "right")
    for result in report.stations:
        mark, style = _MARKS[result.state]
        name = STATION_TEXTS[result.station].name.replace("_", " ")
        table.add_row(f"  {int(result.station)}", name, Text(mark, style), result.sentence)
    return table


def _results(report: Report) -> Table:
    table = Table.grid(padding=(0, 2))
    for result in report.results:
        mark, style = _OUTCOMES[result.outcome]
        table.add_row(f"  {result.name}", Text(mark, style), result.sentence)
    return table


def _checks(report: Report) -> Iterator[Text]:
    """The results beside the stations: one line each."""
    if report.checks:
        yield Text("\n  Checked besides")
    for check in report.checks:
        mark, style = _CHECK_MARKS[check.state]
        yield Text.assemble("  - ", (mark, style), f"  {check.name} at {_safe(check.pointer) or '/'}: {check.sentence}")


def _safe(text: str) -> str:
    """Text from a document cannot steer a terminal: control and direction characters are shown as their code points."""
    return "".join(character if character.isprintable() or character == " " else f"\\u{ord(character):04x}" for character in text)
