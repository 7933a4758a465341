"""The catalogues of refusals, findings and limits say the whole truth: what is used stands in them, and what stands in them is used."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from atesto.error_codes import ERROR_CODES
from atesto.findings import FINDING_CODES
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS
from scripts.reference import FOLDER, PAGES, bounds
from tests.architecture.source_tree import ERROR_CLASSES, SOURCE, modules, name_of, tree_of

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUES = {SOURCE / "error_codes.py", SOURCE / "findings.py"}
USERS = [module for module in modules() if module not in CATALOGUES]


def strings(module: Path) -> set[str]:
    """Every literal text of a module but its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    }


USED = {text for module in USERS for text in strings(module)}
# The codes of the EU elements are put together from the table of elements.
USED |= {f"eu2022.{element.name}_invalid" for element in ELEMENTS}
USED |= {f"eu2022.{element.name}_missing" for element in ELEMENTS if element.mandatory}


@pytest.mark.parametrize("module", USERS, ids=name_of)
def test_every_code_that_is_raised_stands_in_the_catalogue(module: Path) -> None:
    raised = {
        (node.lineno, node.args[0].value)
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ERROR_CLASSES
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert {(line, code) for line, code in raised if code not in ERROR_CODES} == set()


def test_every_refusal_of_the_catalogue_can_happen() -> None:
    assert [code for code in ERROR_CODES if code not in USED] == []


def test_every_finding_of_the_catalogue_can_happen() -> None:
    assert [code for code in FINDING_CODES if code not in USED] == []


def test_every_limit_has_a_reason_and_is_used() -> None:
    assert [name for name, _, reason in bounds() if not reason.endswith(".")] == []
    names = {node.attr for module in modules() for node in ast.walk(tree_of(module)) if isinstance(node, ast.Attribute)}
    imported = {
        alias.name for module in modules() for node in ast.walk(tree_of(module)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert [name for name, _, _ in bounds() if name not in names | imported] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_reference_page_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run ./scripts/reference"


def test_every_reference_page_that_a_script_writes_is_known() -> None:
    made = {path.name for path in FOLDER.glob("*.md") if "Written by scripts/reference" in path.read_text(encoding="utf-8")}
    assert made == set(PAGES)
