"""Pages of docs/reference that describe a node from outside: settings, commands, HTTP, metrics."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from typer.main import get_command

from atesto.cli import doctor, exit_codes
from atesto.cli.app import app
from atesto.settings import ContextSettings, IssuerSettings, SchemaSettings, SealSettings, Settings, VerifierSettings
from atesto.verification import policy
from atesto.verification.policy import POLICIES
from atesto.web.metrics import Metrics
from atesto.web.openapi import answers_of
from atesto.web.route import Access
from atesto.web.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.reference_page import Section


def settings_sections() -> list[Section]:
    """Every setting, and the rows that issuers, verifiers and contexts are made of."""
    header = "| Setting | Values | Default | What it does |"
    words = (
        "A value comes from the first of: command line, environment (`ATESTO_` and the name in capitals), configuration file (TOML,"
        " `--config` or `ATESTO_CONFIG`), default. A misspelt name is an error. `profile` and `auth` may stand in a file only."
    )
    rows: list[tuple[str, str, type[BaseModel]]] = [
        ("Settings of a node", words, Settings),
        (
            "A named issuer",
            "`[issuers.NAME]` in the file. The issuer `default` answers at `/credentials/issue` and `/awards`.",
            IssuerSettings,
        ),
        ("A named verifier", "`[verifiers.NAME]` in the file. `strict` is always there.", VerifierSettings),
        (
            "Seals",
            "`[seal]` in the file, or `ATESTO_SEAL__` and the name in capitals.",
            SealSettings,
        ),
        ("A context of the operator's own", "`[[contexts]]` in the file. Nothing is ever fetched.", ContextSettings),
        (
            "A schema",
            "`[[schemas]]` in the file: JSON Schema 2020-12, 2019-09 or draft-07, complete in itself. Credentials that name it keep to it.",
            SchemaSettings,
        ),
    ]
    sections = [(heading, text, header, [*_setting_rows(model)]) for heading, text, model in rows]
    return [*sections, _policies()]


def _setting_rows(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        default = (
            ""
            if field.default is PydanticUndefined and field.default_factory is None
            else _value(field.get_default(call_default_factory=True))
        )
        yield f"| `{name}` | {_values(field.annotation)} | {default} | {field.description} |"


def _values(annotation: Any) -> str:
    options = [str(option) for option in get_args(annotation) if isinstance(option, str)]
    for inner in get_args(annotation):
        options += [str(option) for option in get_args(inner) if isinstance(option, str)]
    if options:
        return ", ".join(f"`{option}`" for option in options)
    named = [part for part in (get_args(annotation) or (annotation,)) if part is not type(None)]
    words = {str: "text", int: "number", float: "number", bool: "true, false"}
    first = named[0] if named else annotation
    if get_origin(annotation) in {tuple, dict}:
        return "list" if get_origin(annotation) is tuple else "table"
    return words.get(first, "path" if getattr(first, "__name__", "") == "Path" else "text")


def _value(value: Any) -> str:
    if value is None or value in ((), {}) or isinstance(value, BaseModel):
        return ""
    return f"`{', '.join(value) if isinstance(value, tuple) else value}`"


def _policies() -> Section:
    """The table of policies; what each question means is the text below it in the code."""
    names = list(POLICIES)
    rows = []
    for question, words in _attributes(Path(policy.__file__), "Policy"):
        values = [getattr(POLICIES[name], question) for name in names]
        written = ["yes" if value is True else "no" if value is False else str(value) for value in values]
        rows.append(f"| {words} | {' | '.join(written)} |")
    return (
        "Policies",
        "Every judgement where the specifications are silent. `strict` is the default; `interop` exists for interoperability suites.",
        f"| Question | {' | '.join(f'`{name}`' for name in names)} |",
        rows,
    )


def _attributes(module: Path, class_name: str) -> Iterator[tuple[str, str]]:
    """Names of a class's attributes, each with the text that stands below it."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for statement, below in pairwise(node.body):
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and isinstance(below, ast.Expr):
                    yield statement.target.id, " ".join(str(ast.literal_eval(below.value)).split())


def commands_sections() -> list[Section]:
    """Every verb with its arguments and options."""
    sections: list[Section] = []
    for path, command in _commands("atesto", get_command(app)):
        parameters = [parameter for parameter in command.params if parameter.name != "help"]
        rows = [f"| {_parameter(parameter)} | {parameter.help or ''} |" for parameter in parameters]
        sections.append((f"`{path}`", f"{command.help}\n\n{command.epilog or ''}".strip(), "| Argument or option | What it does |", rows))
    looks = [f"| {name} |" for name, _ in doctor.LOOKS]
    sections.append(("What `atesto doctor` looks at", "In this order. It changes nothing.", "| What |", looks))
    sections.append(("Exit codes", "", "| Code | What it says |", [f"| {code} | {words} |" for code, words in exit_codes.MEANINGS.items()]))
    return sections


def _commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(f"{path} {name}", inner)
    if not hasattr(command, "commands"):
        yield path, command


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name}`"
    return ", ".join(f"`{option}`" for option in parameter.opts)


def http_sections() -> list[Section]:
    """Every documented door."""
    header = "| Address | Who | What it does | Answers |"
    groups: dict[str, list[str]] = {}
    for route in ROUTES:
        answers = ", ".join(str(status) for status in answers_of(route)) if route.documented else "200"
        who = "token" if route.access is Access.TOKEN else "anybody, browsers of other origins too" if route.browsers else "anybody"
        groups.setdefault(route.tag, []).append(f"| `{route.method} {route.path}` | {who} | {route.summary} | {answers} |")
    words = "Bodies and answers stand in `/openapi.json`, and for people at `/docs`, of every running node."
    return [(tag, words if number == 0 else "", header, rows) for number, (tag, rows) in enumerate(groups.items())]


def metrics_sections() -> list[Section]:
    """Every counter at /metrics."""
    rows = [f"| `{name}` | {words} |" for name, words in Metrics().described()]
    words = "Prometheus text format at `/metrics`. Labels are names of the node's own tables, never anything that a caller wrote."
    return [("Metrics", words, "| Name | What it counts |", rows)]
