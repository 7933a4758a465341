"""The command line: one verb a module, loaded when it is used.

Exit codes: 0 confirmed or done, 1 refused, 2 not confirmed, 64 and up for usage and faults (see `exit_codes`).
"""

from __future__ import annotations

import sys
from pathlib import PurePath

import typer
from typer.exceptions import TyperException
from typer.rich_utils import rich_format_error

from atesto import __version__
from atesto.cli import bake, clr, compare, did, doctor, exit_codes, issue, keys, present, serve, unbake, verify
from atesto.cli.files import FileProblemError
from atesto.cli.output import people, print_refusal
from atesto.errors import AtestoError

app = typer.Typer(
    name="atesto",
    help="Issues micro-credentials from award records, and tells whether one that you were shown is genuine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (serve, issue, clr, verify, compare, bake, unbake, present, did, doctor):
    app.command(name=module.NAME, epilog=module.EXAMPLE)(module.command)
app.add_typer(keys.app, name="keys")


@app.callback(invoke_without_command=True)
def version(*, show: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    """Issues micro-credentials from award records, and tells whether one that you were shown is genuine."""
    if show:
        typer.echo(f"atesto {__version__}")
        raise typer.Exit


def main() -> int:
    """Runs one command; returns its exit code."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        rich_format_error(error)  # type: ignore[arg-type]
        return exit_codes.USAGE
    except (typer.Abort, KeyboardInterrupt):
        return exit_codes.INTERRUPTED
    except AtestoError as error:
        print_refusal(error)
        return exit_codes.exit_code_of(error)
    except FileProblemError as error:
        people().print(f"✘ {error}")
        return error.exit_code
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone (the library makes that an exit with 1, which would be a verdict); the interpreter would complain
        # once more when it flushes.
        sys.stderr.close()
        return exit_codes.CANNOT_WRITE
    except Exception as error:  # noqa: BLE001 - the last net: a person gets a sentence and a place, not a trace with values
        people().print(f"✘ Something unforeseen happened: {type(error).__name__} at {_place_of(error)}. Please report it.")
        return exit_codes.UNFORESEEN
    return code if isinstance(code, int) else 0


def _place_of(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
