"""Mutants: small changes of a module that a test ought to notice.

No mutant is made in docstrings, annotations, decorators, sentences for a person (strings with spaces), or code that only type checkers
read: no test can or should notice those.
"""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd,
}
TYPING_CALLS: Final = {"cast", "NewType", "TypeVar", "ParamSpec"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """The change numbered `index` of a module, at `line`."""

    module: Path
    index: int
    line: int
    change: str

    def source(self) -> str:
        """The changed module."""
        mutator = _Mutator(self.index)
        return ast.unparse(ast.fix_missing_locations(mutator.visit(ast.parse(self.module.read_text(encoding="utf-8")))))

    def diff(self) -> str:
        """What changed, against the module as Python reads it (comments and layout are gone in both)."""
        before = ast.unparse(ast.parse(self.module.read_text(encoding="utf-8"))).splitlines()
        lines = difflib.unified_diff(before, self.source().splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def mutants_of(module: Path) -> list[Mutant]:
    """Every mutant of `module`, in reading order of its syntax tree."""
    mutator = _Mutator(None)
    mutator.visit(ast.parse(module.read_text(encoding="utf-8")))
    return [Mutant(module, index, line, change) for index, (line, change) in enumerate(mutator.sites)]


class _Mutator(ast.NodeTransformer):
    """Counts the places that can be changed, and changes the one numbered `target`."""

    def __init__(self, target: int | None) -> None:
        self.target = target
        self.sites: list[tuple[int, str]] = []

    def _here(self, node: ast.AST, change: str) -> bool:
        self.sites.append((getattr(node, "lineno", 0), change))
        return len(self.sites) - 1 == self.target

    # --- what is left alone ---------------------------------------------------------------------------------------

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.defaults = [self.visit(default) for default in node.defaults]
        node.kw_defaults = [default and self.visit(default) for default in node.kw_defaults]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.args = self.visit(node.args)
        node.body = self._body(node.body)
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.args = self.visit(node.args)
        node.body = self._body(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
            return node
        node.body = self._body(node.body)
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = self._body(node.body)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None and "TypeAlias" not in ast.unparse(node.annotation):
            node.value = self.visit(node.value)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def _body(self, statements: list[Any]) -> list[Any]:
        return [statement if _is_text(statement) else self.visit(statement) for statement in statements]

    # --- what is changed ------------------------------------------------------------------------------------------

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        if self._here(node, "condition negated"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
            return node
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        if self._here(node, "condition negated"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
            return node
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        if node.ifs and self._here(node.ifs[0], "filter removed"):
            node.ifs = []
            return node
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for position, operator in enumerate(node.ops):
            if self._here(node, "comparison changed"):
                node.ops[position] = COMPARISONS[type(operator)]()
                return node
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self._here(node, "and / or exchanged"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return node
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not | ast.USub) and self._here(node, "sign or negation removed"):
            return node.operand
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if type(node.op) in OPERATORS and self._here(node, "operator changed"):
            node.op = OPERATORS[type(node.op)]()
            return node
        return self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if type(node.op) in OPERATORS and self._here(node, "operator changed"):
            node.op = OPERATORS[type(node.op)]()
            return node
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if isinstance(value, bool):
            return ast.Constant(not value) if self._here(node, "constant changed") else node
        if isinstance(value, int):
            return ast.Constant(value + 1) if self._here(node, "constant changed") else node
        if isinstance(value, str) and " " not in value:
            return ast.Constant("XX" + value) if self._here(node, "string changed") else node
        if isinstance(value, bytes):
            return ast.Constant(b"XX" + value) if self._here(node, "string changed") else node
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None):
            return node
        if self._here(node, "nothing returned"):
            node.value = ast.Constant(None)
            return node
        return self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return ast.copy_location(ast.Pass(), node) if self._here(node, "raise removed") else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and self._here(node, "call removed"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id in TYPING_CALLS:
            node.args = node.args[:1] + [self.visit(argument) for argument in node.args[1:]]
            return node
        return self.generic_visit(node)

    def visit_Break(self, node: ast.Break) -> ast.AST:
        return ast.copy_location(ast.Continue(), node) if self._here(node, "break / continue exchanged") else node

    def visit_Continue(self, node: ast.Continue) -> ast.AST:
        return ast.copy_location(ast.Break(), node) if self._here(node, "break / continue exchanged") else node


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
