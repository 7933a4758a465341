"""A strict reader of N-Quads (RDF 1.1) for tests: terms come out in the canonical form that `linked_data.dataset.Quad` has.

The project itself writes N-Quads and never reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.linked_data.dataset import Quad

_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI: Final = rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_ESCAPE})*>"
_BLANK: Final = r"_:[^\W_](?:[\w.:-]*[\w:-])?|_:[_:](?:[\w.:-]*[\w:-])?"
_STRING: Final = rf'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|{_ESCAPE})*"'
_LITERAL: Final = rf"{_STRING}(?:\^\^{_IRI}|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?"
_LINE: Final = re.compile(
    rf"[ \t]*(?P<s>{_IRI}|{_BLANK})[ \t]*(?P<p>{_IRI})[ \t]*(?P<o>{_IRI}|{_BLANK}|{_LITERAL})"
    rf"[ \t]*(?P<g>{_IRI}|{_BLANK})?[ \t]*\.[ \t]*(?:#.*)?\Z"
)
_EMPTY: Final = re.compile(r"[ \t]*(?:#.*)?\Z")
_ANY_ESCAPE: Final = re.compile(rf"{_ESCAPE}|\\.")
_LETTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_XSD_STRING: Final = "^^<http://www.w3.org/2001/XMLSchema#string>"
_NAMED: Final = {value: f"\\{letter}" for letter, value in _LETTERS.items() if letter != "'"}


def read_nquads(data: bytes) -> tuple[Quad, ...]:
    """The quads of a document, in its order. Raises ValueError with the number of the first line that is none."""
    quads = []
    for number, line in enumerate(re.split(r"[\r\n]+", data.decode("utf-8")), 1):
        match = _LINE.match(line)
        if match:
            quads.append((_term(match["s"]), _term(match["p"]), _term(match["o"]), _term(match["g"] or "")))
        elif not _EMPTY.match(line):
            raise ValueError(f"line {number} is no quad: {line[:120]!r}")
    return tuple(quads)


def _term(text: str) -> str:
    if text.startswith("<"):
        return _unescaped(text)
    if not text.startswith('"'):
        return text
    end = text.rindex('"')
    lexical, rest = _unescaped(text[1:end]), _unescaped(text[end + 1 :])
    return f'"{"".join(map(_escaped, lexical))}"{"" if rest == _XSD_STRING else rest}'


def _unescaped(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        kind, rest = match.group()[1], match.group()[2:]
        return chr(int(rest, 16)) if kind in "uU" else _LETTERS[kind]

    return _ANY_ESCAPE.sub(replace, text)


def _escaped(character: str) -> str:
    """RDFC-1.0 section 5: short escapes where there are any, \\uXXXX for the other control characters, all else as it is."""
    if character in _NAMED:
        return _NAMED[character]
    return f"\\u{ord(character):04X}" if character < " " or character == "\x7f" else character
