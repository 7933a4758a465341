"""Markdown from strangers: what it becomes, and that nothing else comes of it."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atesto.profiles.award.parse import parse_award
from atesto.profiles.open_badges.criteria import criteria_of
from atesto.web.pages.markdown import MAX_CHARACTERS, render_markdown

ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "code", "a"}
LINK = '<a href="{0}" rel="nofollow noopener noreferrer external">{1}</a>'


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("plain", "<p>plain</p>"),
        ("two\nlines\n\nand more", "<p>two lines</p>\n<p>and more</p>"),
        ("# Heading #", "<p><strong>Heading</strong></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b\n* c", "<ol><li>a</li><li>b</li></ol>\n<ul><li>c</li></ul>"),
        ("**strong *both* x** and *em*", "<p>**strong <em>both</em> x** and <em>em</em></p>"),
        ("**strong** and `*code*`", "<p><strong>strong</strong> and <code>*code*</code></p>"),
        (r"\*not\* \<b\>", "<p>*not* &lt;b&gt;</p>"),
        ("[a page](https://a.example/x?y=1&z=2)", f"<p>{LINK.format('https://a.example/x?y=1&amp;z=2', 'a page')}</p>"),
        ("<https://a.example/>", f"<p>{LINK.format('https://a.example/', 'https://a.example/')}</p>"),
        ("![a picture](https://a.example/pixel.png)", "<p>a picture</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html,x)", "<p>[x](data:text/html,x)</p>"),
        ('[x](https://a.example/"onclick="y)', "<p>[x](https://a.example/&#34;onclick=&#34;y)</p>"),
        ("[<img src=x>](https://a.example/)", f"<p>{LINK.format('https://a.example/', '&lt;img src=x&gt;')}</p>"),
        ("", ""),
    ],
)
def test_what_it_becomes(text: str, markup: str) -> None:
    assert str(render_markdown(text)) == markup


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


PIECES = st.sampled_from([*"ab \n*_`[]()<>!#-+1.\\\"'&:/", "https://a.example/", "<script>", "](javascript:"])


@given(st.lists(PIECES, max_size=60).map("".join))
def test_only_elements_of_ours_come_of_it(text: str) -> None:
    parser = _Elements()
    parser.feed(str(render_markdown(text)))
    for tag, attributes in parser.found:
        assert tag in ALLOWED
        assert [name for name, _ in attributes] == (["href", "rel"] if tag == "a" else [])
        assert all(value is not None and re.match(r"https?://", value) for name, value in attributes if name == "href")


@pytest.mark.parametrize("piece", ["*a", "**a", "[", "[a](", "`a", "![", "<https://a", "\\", "- ", "1. a\n"])
def test_long_nonsense_costs_little(piece: str) -> None:
    began = time.process_time()
    assert len(render_markdown(piece * 200_000)) < 30 * MAX_CHARACTERS
    assert time.process_time() - began < 1


def test_criteria_written_from_an_award_are_read_as_words() -> None:
    outcome = "Use *stars*, [brackets](https://x.example/), # and <b> well"
    award = parse_award({"title": "T", "learning_outcomes": [outcome], "assessment": {"title": "1. - + `x`"}})
    markup = str(render_markdown(criteria_of(award, "en")))
    assert "<li>Use *stars*, [brackets](https://x.example/), # and &lt;b&gt; well</li>" in markup
    assert "<p>1. - + `x`</p>" in markup
