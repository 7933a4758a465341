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


Section = tuple[str, str, str, list[str]]
"""Heading, words, header of the table, rows."""


def book(title: str, sections: list[Section]) -> str:
    """One page of several tables, each with a heading and words of its own."""
    lines = [f"# {title}", "", MADE_BY, ""]
    for heading, words, head, rows in sections:
        lines += [f"## {heading}", ""] if heading != title else []
        lines += [words, ""] if words else []
        lines += [*table(head, rows), ""] if rows else []
    return "\n".join(lines)
