"""Source Sans Pro (SIL Open Font License 1.1, from the package font-source-sans-pro): its files, its metrics, lines that fit."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

from PIL import ImageFont

FAMILY: Final = "Source Sans Pro"
_FILES: Final = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}
_MEASURED_AT: Final = 100
_SAFETY: Final = 1.01
"""The renderer shapes text itself; its widths agree with these to less than one part in a hundred."""


def font_files() -> list[str]:
    """The paths of the faces that pages are set in."""
    return [str(files("font_source_sans_pro").joinpath("files", name)) for name in _FILES.values()]


@lru_cache(maxsize=2)
def _face(weight: int) -> ImageFont.FreeTypeFont:
    path = files("font_source_sans_pro").joinpath("files", _FILES[weight])
    return ImageFont.truetype(str(path), _MEASURED_AT)


def width(text: str, size: float, weight: int) -> float:
    """The width of one line, in the unit of `size`."""
    return _face(weight).getlength(text) * size / _MEASURED_AT * _SAFETY


def lines(text: str, size: float, weight: int, room: float) -> list[str]:
    """The text in lines no wider than `room`: broken at spaces, and inside a word only when the word alone does not fit."""
    found: list[str] = []
    line = ""
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if width(candidate, size, weight) <= room:
            line = candidate
            continue
        if line:
            found.append(line)
        line = word
        while width(line, size, weight) > room:
            fits = _longest(line, size, weight, room)
            found.append(line[:fits] + "-")
            line = line[fits:]
    return [*found, line] if line else found


def _longest(word: str, size: float, weight: int, room: float) -> int:
    """How many characters of a word fit before a hyphen; one at least."""
    low, high = 1, len(word) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if width(word[:middle] + "-", size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def fitting(text: str, sizes: tuple[int, ...], weight: int, room: float, most_lines: int) -> tuple[int, list[str]]:
    """The largest of `sizes` (largest first) at which the text needs at most `most_lines` and no word is broken, and its lines.

    At the smallest size the text is cut, with an ellipsis, where it still needs more.
    """
    for size in sizes:
        found = lines(text, size, weight, room)
        whole = all(width(word, size, weight) <= room for word in text.split())
        if whole and len(found) <= most_lines:
            return size, found
    size = sizes[-1]
    return size, cut(lines(text, size, weight, room), size, weight, room, most_lines)


def cut(found: list[str], size: float, weight: int, room: float, most_lines: int) -> list[str]:
    """At most `most_lines` of the lines, the last with an ellipsis when some are left out."""
    if len(found) <= most_lines:
        return found
    last = found[most_lines - 1]
    while last and width(last + "…", size, weight) > room:
        last = last[:-1]
    return [*found[: most_lines - 1], last.rstrip() + "…"]
