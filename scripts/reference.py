"""Writes docs/reference/*.md from the tables in the code, so that both say the same. What `./scripts/reference` starts.

A new table of the code gets a page here: one function that returns the page's text, and one row in PAGES. tests/architecture
compares the pages with what stands on disk.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.error_codes import BLANK, ERROR_CODES
from atesto.findings import FINDING_CODES
from scripts.reference_award import award_page, lists_page
from scripts.reference_edc import edc_page
from scripts.reference_node import commands_sections, http_sections, metrics_sections, settings_sections
from scripts.reference_page import book, page

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "reference"


def errors_page() -> str:
    """Every code of a refusal, in the order of the catalogue."""
    rows = []
    for code, row in ERROR_CODES.items():
        problem = "" if row.problem_type == BLANK else f"`{row.problem_type}`"
        verdict = "not confirmed" if row.undecided else "refused"
        rows.append(f"| {anchor(code)}`{code}` | {row.title} | {row.hint} | {verdict} | {row.http_status} | {problem} |")
    return page(
        "Refusals",
        "Every refusal carries one of these codes. A code keeps its meaning once it is published. A verdict is *not confirmed* where"
        " something could not be checked, else *refused*. The status is the one of an answer that is nothing but this refusal;"
        " a verification that ran to its verdict says it in the report.",
        "| Code | What it means | What to do | Verdict | HTTP | Problem type |",
        rows,
    )


def findings_page() -> str:
    """Every code of a finding."""
    rows = [f"| {anchor(code)}`{code}` | {row.level.value} | {row.title} |" for code, row in FINDING_CODES.items()]
    return page(
        "Findings",
        "What a verifier notices beside the verdict. A finding does not change the verdict.",
        "| Code | Level | What it means |",
        rows,
    )


def limits_page() -> str:
    """Every bound, with its reason: the string that follows it in limits.py."""
    rows = [f"| `{name}` | {value:,} | {reason} |" for name, value, reason in bounds()]
    return page(
        "Limits",
        "Every bound of the node. Sizes are in bytes, times in seconds, unless the name says otherwise.",
        "| Name | Value | Why |",
        rows,
    )


def bounds() -> list[tuple[str, float, str]]:
    """Name, value and reason of each bound. A reason stands below its bound, or below the last of several that share it."""
    found: list[tuple[str, float, str]] = []
    reason = ""
    for statement in reversed(ast.parse(Path(limits.__file__).read_text(encoding="utf-8")).body):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            reason = " ".join(str(statement.value.value).split())
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found.append((statement.target.id, getattr(limits, statement.target.id), reason))
    return found[::-1]


def anchor(code: str) -> str:
    """Makes a code findable on its page: `errors.md#json-too-deep`."""
    return f'<a id="{code.replace(".", "-").replace("_", "-")}"></a>'


PAGES: Final[dict[str, Callable[[], str]]] = {
    "award.md": award_page,
    "edc.md": edc_page,
    "errors.md": errors_page,
    "findings.md": findings_page,
    "limits.md": limits_page,
    "settings.md": lambda: book("Settings", settings_sections()),
    "commands.md": lambda: book("Commands", commands_sections()),
    "http.md": lambda: book("HTTP interface", http_sections()),
    "metrics.md": lambda: book("Metrics", metrics_sections()),
    "lists.md": lists_page,
}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in PAGES.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
