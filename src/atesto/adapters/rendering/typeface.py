"""Source Sans Pro (SIL Open Font License 1.1, from the package font-source-sans-pro): its files, its metrics, lines that fit."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

from PIL import ImageFont

from atesto.adapters.rendering.page_text import split

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


def lines(text: str, size: float, weight: int, room: float, enough: int = 10_000) -> list[str]:
    """The text in lines no wider than `room`: broken at spaces, and inside a word only when the word alone does not fit.

    Past `enough` lines it stops: whoever asks knows then that the text does not fit.
    """
    found: list[str] = []
    line, used, space = "", 0.0, width(" ", size, weight)
    for word in split(text):
        # Word by word: a line measured anew with each word would cost the square of its length.
        wide = width(word, size, weight)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            found.append(line)
        line, used = word, wide
        if len(found) > enough:
            break
        while used > room and len(found) <= enough:
            fits = _longest(line, size, weight, room)
            found.append(line[:fits] + "-")
            line = line[fits:]
            used = width(line, size, weight)
    return [*found, line] if line else found


def _longest(word: str, size: float, weight: int, room: float) -> int:
    """How many characters of a word fit before a hyphen; one at least."""
    high = 8
    while high < len(word) and width(word[:high] + "-", size, weight) <= room:
        high *= 2
    low, high = 1, min(high, len(word) - 1)
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
        found = lines(text, size, weight, room, most_lines)
        if len(found) <= most_lines and " ".join(found) == " ".join(split(text)):
            return size, balanced(text, size, weight, room)
    size = sizes[-1]
    return size, cut(lines(text, size, weight, room, most_lines), size, weight, room, most_lines)


def balanced(text: str, size: float, weight: int, room: float) -> list[str]:
    """The text in as few lines as `lines` needs, and those as equal in width as that allows."""
    found = lines(text, size, weight, room)
    low, high, whole = room / 2, room, " ".join(split(text))
    while len(found) > 1 and high - low > 8:
        middle = (low + high) / 2
        tighter = lines(text, size, weight, middle, len(found))
        if len(tighter) == len(found) and " ".join(tighter) == whole:
            high, found = middle, tighter
        else:
            low = middle
    return found


def without_widow(text: str, size: float, weight: int, room: float) -> list[str]:
    """The text in lines; balanced only where the last would be a lone word at the left."""
    found = lines(text, size, weight, room)
    lonely = len(found) > 1 and width(found[-1], size, weight) < room / 4
    return balanced(text, size, weight, room) if lonely else found


def cut(found: list[str], size: float, weight: int, room: float, most_lines: int) -> list[str]:
    """At most `most_lines` of the lines, the last with an ellipsis when some are left out."""
    if len(found) <= most_lines:
        return found
    last = found[most_lines - 1]
    while last and width(last + "…", size, weight) > room:
        # At a space where there is one, else between letters.
        shorter = last.rpartition(" ")[0]
        last = shorter if width(shorter, size, weight) > room / 2 else last[:-1]
    return [*found[: most_lines - 1], last.rstrip() + "…"]
