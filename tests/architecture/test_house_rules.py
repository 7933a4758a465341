"""House rules that a machine can check."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source_tree import REPOSITORY, modules, name_of, tracked_files, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40
# "Long because ..." in the first line of a module's or function's docstring says why it is longer.
REASON = re.compile(r"\blong because\b", re.IGNORECASE)
DRAWERS = {"utils", "helpers", "common", "misc", "manager"}
# The places where whatever happens must still become an answer.
LAST_NETS = {"src/atesto/web/middleware.py": 1, "src/atesto/cli/app.py": 1}
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b", "NotImplemented" + "Error", "pragma: " + "no cover")))
NO_CURRENCY = '"XX' + 'X": "No currency"'
"""A code of ISO 4217 that looks like such a mark."""
EXTRAS = {"shacl": "src/atesto/profiles/edc/shapes.py"}
"""Extra of the package -> the one module that may import what it brings."""
# Paths of somebody's machine and hosts of a package index have no place in a file that everybody gets.
# Written in parts, so that this file does not find itself.
_PARTS = (r"/wo", r"rk/|/ro", r"ot/|/Us", r"ers/\w|/ho", r"me/\w|registry\.npm", r"js\.|pythonho", r"sted\.org|pypi\.", r"org")
FOREIGN = re.compile("".join(_PARTS))
TEXT = {".py", ".md", ".toml", ".json", ".txt", ".sh", ".mjs", ".html", ".css", ".js", ".yaml", ".yml", ".jsonld", ""}

EACH_MODULE = pytest.mark.parametrize("module", modules(), ids=name_of)


@EACH_MODULE
def test_modules_are_short(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MAX_MODULE_LINES or REASON.search(first_line(tree_of(module)))


@EACH_MODULE
def test_functions_are_short(module: Path) -> None:
    long = [
        f"{node.name} has {length(node)} lines"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and length(node) > MAX_FUNCTION_LINES
        and not REASON.search(first_line(node))
    ]
    assert long == []


@EACH_MODULE
def test_no_assert_stands_for_a_check(module: Path) -> None:
    """`python -O` removes them."""
    assert [node.lineno for node in ast.walk(tree_of(module)) if isinstance(node, ast.Assert)] == []


@EACH_MODULE
def test_no_exception_is_caught_that_nobody_thought_of(module: Path) -> None:
    handlers = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.ExceptHandler) and broad(node.type)]
    assert len(handlers) == LAST_NETS.get(name_of(module), 0), [node.lineno for node in handlers]


@EACH_MODULE
def test_nothing_is_left_unfinished(module: Path) -> None:
    text = module.read_text(encoding="utf-8").replace(NO_CURRENCY, "")
    assert UNFINISHED.findall(text) == []


@EACH_MODULE
def test_modules_and_packages_say_what_they_are(module: Path) -> None:
    assert first_line(tree_of(module)), "a module's first line says what it is"
    assert DRAWERS.isdisjoint(module.relative_to(REPOSITORY).with_suffix("").parts), "a drawer, not a room"


def test_no_file_names_somebody_s_machine() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path, number, line in lines_of_tracked_files()
        if FOREIGN.search(line) and not line.startswith("#!/")
    ]
    assert found == []


def lines_of_tracked_files() -> Iterator[tuple[Path, int, str]]:
    for path in tracked_files():
        if path.suffix in TEXT and path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                yield path, number, line


def first_line(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return (ast.get_docstring(node) or "").split("\n", 1)[0]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def broad(kind: ast.expr | None) -> bool:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(name is None or (isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"}) for name in names)


def test_only_declared_packages_are_imported() -> None:
    """What a development environment happens to have is not there when the node runs."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # pydantic_core is a part of pydantic under a name of its own.
    known = provided_by(project["dependencies"]) | set(sys.stdlib_module_names) | {"atesto", "pydantic_core"}
    imported = {(name.partition(".")[0], name_of(module)) for module in modules() for name in imports_of(module)}
    extras = {(name, where) for extra, where in EXTRAS.items() for name in provided_by(project["optional-dependencies"][extra])}
    assert set(EXTRAS) == set(project["optional-dependencies"])
    assert {(name, where) for name, where in imported if name not in known} == extras


def provided_by(declared: list[str]) -> set[str]:
    named = {canonical(re.split(r"[<>=~!\[ ]", text)[0]) for text in declared}
    return {module for module, names in packages_distributions().items() if named & {canonical(name) for name in names}}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imports_of(module: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
