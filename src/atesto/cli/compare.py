"""`atesto compare`: whether two credentials of one award say the same."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from atesto.cli.exit_codes import OF_VERDICT
from atesto.cli.files import read_input
from atesto.cli.options import Config, Data, Json, settings_of
from atesto.cli.output import facts, print_json, printed, verdict_text
from atesto.errors import AtestoError, UnsupportedFeature
from atesto.verification.report import Verdict

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.recognition.twin import AspectResult
    from atesto.verification.comparison import Comparison

NAME: Final = "compare"
EXAMPLE: Final = (
    "Example: `atesto compare diploma.json badge.json`. Exit code: 0 both confirmed and the same, 1 they differ or one is refused, "
    "2 the same, and not both could be confirmed."
)
_WORDS: Final = {
    Verdict.CONFIRMED: ("✔ Twins", "bold green"),
    Verdict.NOT_CONFIRMED: ("? Not confirmed", "bold yellow"),
    Verdict.REFUSED: ("✘ Not twins", "bold red"),
}
_MARKS: Final = {
    "agree": ("✔ the same", "green"),
    "differ": ("✘ differs", "red"),
    "one_sided": ("? one side", "yellow"),
    "unstated": ("· unstated", "dim"),
}


def command(
    first: Annotated[str, typer.Argument(metavar="A", help="A credential: JSON or a compact JWT; `-` reads it from standard input.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    *,
    verifier: Annotated[str | None, typer.Option(help="Name of the verifier, and so the policy.", show_default="strict")] = None,
    as_json: Json = False,
    config: Config = None,
    data: Data = None,
) -> None:
    """Tells whether two credentials of one award say the same, and whether both are genuine."""
    settings = settings_of(config, data)
    from atesto.node import local_verifier
    from atesto.verification.comparison import compare_credentials

    judge = local_verifier(settings, verifier)
    found = [_read(name, settings.verify_max_bytes) for name in (first, second)]
    try:
        comparison = asyncio.run(compare_credentials(judge, *found, now=datetime.now(UTC)))
    except AtestoError as error:
        index, pointer = error.pointer[1:2], error.pointer[2:]
        raise type(error)(error.code, f"{(first, second)[int(index)]}: {error.detail}", pointer=pointer) if index else error from None
    if as_json:
        print_json(comparison.to_json())
    else:
        _print(comparison, (first, second))
    raise typer.Exit(OF_VERDICT[comparison.verdict])


def _read(name: str, max_bytes: int) -> JsonObject | str:
    from atesto.web.handed_over import read_handed_over

    given = read_handed_over(read_input(name, max_bytes=max_bytes), max_bytes=max_bytes)
    if given.challenge is not None or given.domain is not None:
        raise UnsupportedFeature(
            "request.option_unsupported", f"{name}: a comparison asks for no challenge and no domain.", pointer="/options"
        )
    return given.document


def _print(comparison: Comparison, names: tuple[str, str]) -> None:
    console = printed()
    console.print(Text.assemble(_WORDS[comparison.verdict], "  ", (comparison.sentence, "bold")))
    console.print()
    for name, report in zip(names, comparison.reports, strict=True):
        console.print(facts([(name, f"{verdict_text(report.verdict)[0]}: {report.sentence}")]))
    console.print()
    table = Table.grid(padding=(0, 2))
    for result in comparison.results:
        mark, style = _MARKS[result.agreement.value]
        table.add_row(f"  {result.aspect.replace('_', ' ')}", Text(mark, style), result.detail)
    console.print(table)
    if comparison.verified:
        for result in comparison.results:
            _print_difference(result, names)


def _print_difference(result: AspectResult, names: tuple[str, str]) -> None:
    for part in dict.fromkeys(result.parts):
        rows = [
            (f"{name}: {result.aspect} {part}".replace("_", " "), said.get(part, "not stated"))
            for name, said in zip(names, (result.first, result.second), strict=True)
        ]
        printed().print()
        printed().print(facts(rows))
