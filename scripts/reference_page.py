"""The form of a reference page."""

from __future__ import annotations

from typing import Final

MADE_BY: Final = "<!-- Written by scripts/reference from the code: change it there. -->"


def page(title: str, words: str, head: str, rows: list[str]) -> str:
    """One page: a title, a paragraph, a table."""
    return "\n".join([f"# {title}", "", MADE_BY, "", words, "", *table(head, rows), ""])


def table(head: str, rows: list[str]) -> list[str]:
    """The lines of one table."""
    return [head, "|" + " --- |" * (head.count("|") - 1), *rows]
