"""Somebody's Markdown on a page: a small part of CommonMark, to a short list of elements.

What is rendered: headings (as strong paragraphs: a page has its own), paragraphs, lists, strong, emphasis, code, links to http(s).
Everything else is text as it stands: HTML, other addresses, tables. Pictures are their words. Every text is escaped; elements and
attributes are ours alone, so nothing has to be cleaned afterwards.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS: Final = 4_000
"""Longer narratives are cut: the whole text is one click away."""
_MAX_DEPTH: Final = 3

_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*\Z")
_ITEM: Final = re.compile(r" {0,7}(?:[-*+]|([0-9]{1,4})[.)])[ \t]+(.+)\Z")
_INLINE: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]{1,300})`"
    r"|!\[(?P<picture>[^\]\n]{0,300})\]\([^()\s]{0,2000}\)"
    r"|\[(?P<words>[^\]\n]{1,300})\]\((?P<link>https?://[^()\s<>\"]{1,2000})\)"
    r"|<(?P<address>https?://[^\s<>]{1,2000})>"
    r"|\*\*(?P<strong>[^*\s][^*\n]{0,1000})\*\*"
    r"|(?<!\*)\*(?P<emphasis>[^*\s][^*\n]{0,1000})\*(?!\*)"
)


def render_markdown(text: str) -> Markup:
    """The markup of a narrative; never more than escaped words and the elements p, ul, ol, li, strong, em, code, a."""
    cut = text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + " …"
    return Markup("\n").join(_blocks(cut.splitlines()))


def _blocks(lines: list[str]) -> Iterator[Markup]:
    paragraph: list[str] = []
    items: list[str] = []
    numbered = False
    for line in [*lines, ""]:
        item, heading = _ITEM.match(line), _HEADING.match(line)
        if paragraph and (item or heading or not line.strip()):
            yield Markup("<p>{}</p>").format(_inline(" ".join(paragraph)))
            paragraph = []
        if items and (item is None or (item[1] is not None) is not numbered):
            yield _list(items, numbered=numbered)
            items = []
        if item:
            numbered = item[1] is not None
            items.append(item[2])
        elif heading:
            yield Markup("<p><strong>{}</strong></p>").format(_inline(heading[1]))
        elif line.strip():
            paragraph.append(line.strip())
    if items:
        yield _list(items, numbered=numbered)


def _list(items: list[str], *, numbered: bool) -> Markup:
    rows = Markup().join(Markup("<li>{}</li>").format(_inline(item)) for item in items)
    return Markup("<ol>{}</ol>").format(rows) if numbered else Markup("<ul>{}</ul>").format(rows)


def _inline(text: str, depth: int = 0) -> Markup:
    if depth == _MAX_DEPTH:
        return escape(text)
    parts, end = [], 0
    for match in _INLINE.finditer(text):
        parts += [escape(text[end : match.start()]), _element(match, depth + 1)]
        end = match.end()
    return Markup().join([*parts, escape(text[end:])])


def _element(match: re.Match[str], depth: int) -> Markup:
    kind, words = match.lastgroup, match[match.lastgroup or 0]
    match kind:
        case "code":
            return Markup("<code>{}</code>").format(words)
        case "link":
            return _link(match["link"], _inline(match["words"], depth))
        case "address":
            return _link(words, escape(words))
        case "strong":
            return Markup("<strong>{}</strong>").format(_inline(words, depth))
        case "emphasis":
            return Markup("<em>{}</em>").format(_inline(words, depth))
        case _:
            return escape(words)


def _link(address: str, words: Markup) -> Markup:
    return Markup('<a href="{}" rel="nofollow noopener noreferrer external">{}</a>').format(address, words)
