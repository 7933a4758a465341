"""Texts from strangers, made fit for a picture: one line, of bounded length, without characters that steer instead of being read."""

from __future__ import annotations

import unicodedata
from typing import Final

_LONGEST: Final = 1_000
"""Characters of one text that are measured. A whole page holds fewer; measuring 20,000 at seven sizes would take seconds."""
_STEERING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the direction of what follows them: a name must not rearrange the number beside it."""
_HOLDING: Final = "\u00a0"
_HOLDS: Final = frozenset("\u00a0\u2007\u202f")
"""Spaces that hold two words together."""
_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC")


def one_line(text: str) -> str:
    """The text in one line, cut where it is longer than any page. Spaces at which a line must not break are kept."""
    words = " ".join(split(writable(text[: 2 * _LONGEST])))
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def split(text: str) -> list[str]:
    """The words between spaces at which a line may break."""
    return [word for word in text.split(" ") if word.strip()]


def writable(text: str) -> str:
    """Without control characters (XML 1.0 section 2.2), lone surrogates, non-characters and marks of direction; white space is a space,
    and a space that holds words together is one, of ordinary width.
    """
    kept = (_space(character) if character.isspace() else character for character in text if character not in _STEERING)
    return "".join(character for character in kept if unicodedata.category(character) not in ("Cc", "Cs", "Cn"))


def _space(character: str) -> str:
    return _HOLDING if character in _HOLDS else " "


def initials(name: str) -> str:
    """One or two capitals that stand for a name, in a script that the typeface has; empty when there are none."""
    found = [word[0] for word in name.replace("-", " ").split() if word[0].isalpha() and word[0].isupper()]
    known = [letter for letter in found if unicodedata.name(letter, "").startswith(_SCRIPTS)]
    return "".join(known[:2]) if len(known) == len(found) else ""
