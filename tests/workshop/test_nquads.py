"""The tests' own N-Quads reader: what it reads is what was written, and it refuses what is none."""

from __future__ import annotations

import pytest

from tests.nquads import read_nquads


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        (r"<a:s> <a:p> <a:o> .", ("<a:s>", "<a:p>", "<a:o>", "")),
        (r"_:s.1 <a:p> _:o <a:g> .", ("_:s.1", "<a:p>", "_:o", "<a:g>")),
        (r'<a:s> <a:p> "x"^^<http://www.w3.org/2001/XMLSchema#string> _:g .', ("<a:s>", "<a:p>", '"x"', "_:g")),
        (r'<a:s><a:p>"x"@pt-BR. # said', ("<a:s>", "<a:p>", '"x"@pt-BR', "")),
        (r'<a:s> <a:p> "a\\tb" .', ("<a:s>", "<a:p>", r'"a\\tb"', "")),
        (r'<a:s> <a:p> "\t\u0009\u00e9\U0001F600\u007f\u000b\'" .', ("<a:s>", "<a:p>", '"\\t\\té😀\\u007F\\u000B\'"', "")),
        (r'<a:s> <a:p> "say \"x\" ^^<a:b>"^^<a:\u00e9> .', ("<a:s>", "<a:p>", r'"say \"x\" ^^<a:b>"^^<a:é>', "")),
    ],
)
def test_one_line(line: str, terms: tuple[str, str, str, str]) -> None:
    assert read_nquads(f"# first\n\n{line}\r\n".encode()) == (terms,)


@pytest.mark.parametrize(
    "line",
    [
        "<a:s> <a:p> <a:o>",
        '"s" <a:p> <a:o> .',
        "<a:s> _:p <a:o> .",
        "<a:s> <a:p> <a:o> <a:g> <a:h> .",
        r'<a:s> <a:p> "\x" .',
        r'<a:s> <a:p> "\u12" .',
        '<a:s> <a:p> "x"@-en .',
        '<a:s> <a:p> "x"@en^^<a:b> .',
        '<a:s> <a:p> "x" "g" .',
        "<a s> <a:p> <a:o> .",
        "<a:s> <a:p> <a:o> . <a:s> <a:p> <a:o> .",
    ],
)
def test_what_is_no_quad(line: str) -> None:
    with pytest.raises(ValueError, match="line 1 is no quad"):
        read_nquads(line.encode())
