"""The picture of a badge that came without one: a PNG of 1,024 pixels on a transparent ground.

A hexagon in the institution's colour, its initials, the title in at most three lines, the institution, and a band with level and credits.
Every text is measured with the typeface's own metrics and set smaller, then cut, when it does not fit; everything from the credential is
escaped. No file, system font or network is used beside the two font files.
Titles in scripts that the typeface lacks (it has Latin, Greek and Cyrillic) are left out, and a star stands in their place.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import resvg_py

from atesto.adapters.rendering.colour import ACCENT, INK, LEAST_CONTRAST, PAPER, contrast, legible, mix
from atesto.adapters.rendering.page_text import initials, one_line, writable
from atesto.adapters.rendering.page_words import page_words
from atesto.adapters.rendering.typeface import FAMILY, cut, fitting, font_files, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.profiles.badge_face import BadgeFace

SIDE: Final = 1024
_MIDDLE: Final = SIDE / 2
_RADIUS: Final = 472
"""From the middle to a corner, before corners are rounded."""
_ROUNDING: Final = 64
_ROOM: Final = 660
"""Width for text between the hexagon's upright sides."""
_DISC: Final = (218, 104)
"""Middle and radius of the disc with the initials."""
_LONE_DISC: Final = (420, 170)
"""The same where no title stands below it."""
_BAND: Final = (744, 100, 980)
"""Upper edge, height and width of the band, its ends included."""
_FRONT: Final = 812
"""Width of the band's front."""
_FOLD: Final = 32
_DROP: Final = 28
_DATE_ROOM: Final = 262
"""Width of the date's line, where the hexagon has narrowed."""
_TITLE_SIZES: Final = (128, 116, 104, 96, 88, 80, 72, 66, 60, 54, 48, 44, 40)
_TITLE_HEIGHT: Final = 272
_LEADING: Final = 1.14
_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC", "MICRO", "FEMININE", "MASCULINE", "MODIFIER")


def draw_badge(face: BadgeFace) -> bytes:
    """Implements `ports.BadgeDrawer`."""
    return bytes(resvg_py.svg_to_bytes(svg_string=badge_svg(face), skip_system_fonts=True, font_files=font_files()))


def badge_svg(face: BadgeFace) -> str:
    """The picture as SVG, which uses the typeface's family by name."""
    return _Badge(face, paint_of(face.colour or ACCENT)).svg()


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of one badge: its ground from light to deep, and the text on it."""

    light: str
    deep: str
    text: str


def paint_of(colour: str) -> Paint:
    """White text on the colour where that can be read (WCAG 2, 4.5), else the ink's, else white on a darker shade of it."""
    if contrast(colour, PAPER) < LEAST_CONTRAST <= contrast(colour, INK):
        return Paint(mix(colour, PAPER, 0.3), colour, INK)
    ground = legible(colour)
    return Paint(ground, mix(ground, INK, 0.5), PAPER)


def hexagon(radius: float) -> list[tuple[float, float]]:
    """The corners of a hexagon on its point, around the middle of the picture."""
    turns = (math.radians(60 * step - 90) for step in range(6))
    return [(_MIDDLE + radius * math.cos(turn), _MIDDLE + radius * math.sin(turn)) for turn in turns]


def drawable(text: str) -> bool:
    """Whether the typeface has the script of every letter in `text`."""
    letters = (character for character in text if unicodedata.category(character).startswith("L"))
    return all(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in letters)


def _hexagon(radius: float, rounding: float, paint: str) -> str:
    corners = hexagon(radius)
    path: list[str] = []
    for index, corner in enumerate(corners):
        before, after = corners[index - 1], corners[(index + 1) % 6]
        entry, leave = _towards(corner, before, rounding), _towards(corner, after, rounding)
        path.append(f"{'L' if path else 'M'}{entry[0]:.1f} {entry[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {leave[0]:.1f} {leave[1]:.1f}")
    return f'<path d="{"".join(path)}Z" {paint}/>'


def _towards(start: tuple[float, float], end: tuple[float, float], distance: float) -> tuple[float, float]:
    share = distance / math.dist(start, end)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


@dataclass(frozen=True, slots=True)
class _Badge:
    face: BadgeFace
    paint: Paint

    def svg(self) -> str:
        paint = self.paint
        shine = f'fill="none" stroke="{paint.text}" stroke-opacity="0.38" stroke-width="4" clip-path="url(#c)"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}" '
            f'font-family="{FAMILY}" text-anchor="middle">'
            f'<defs><linearGradient id="g" x1="0" y1="0" x2="0.35" y2="1"><stop stop-color="{paint.light}"/>'
            f'<stop offset="1" stop-color="{paint.deep}"/></linearGradient>'
            f'<clipPath id="c"><rect width="{SIDE}" height="{_BAND[0]}"/></clipPath></defs>'
        )
        shape = _hexagon(_RADIUS, _ROUNDING, f'fill="url(#g)" stroke="{PAPER}" stroke-width="12"')
        return "".join([head, shape, _hexagon(_RADIUS - 40, _ROUNDING - 16, shine), *self.disc(), *self.words(), *self.band(), "</svg>"])

    @property
    def title(self) -> str:
        return _drawn(self.face.title)

    def disc(self) -> Iterator[str]:
        """The initials of the institution, or a star; larger where there is no title below it."""
        middle, radius = _DISC if self.title else _LONE_DISC
        colour = legible(self.face.colour or ACCENT)
        yield f'<circle cx="{_MIDDLE:g}" cy="{middle}" r="{radius}" fill="{PAPER}"/>'
        letters = initials(one_line(self.face.institution))
        if letters:
            size = round(radius * 1.08)
            yield _line(letters, middle + size * 0.34, size, colour)
            return
        points = []
        for step in range(10):
            turn, reach = math.radians(36 * step - 90), radius * (0.66 if step % 2 == 0 else 0.27)
            points.append(f"{_MIDDLE + reach * math.cos(turn):.1f},{middle + reach * math.sin(turn):.1f}")
        yield f'<polygon points="{" ".join(points)}" fill="{colour}"/>'

    def words(self) -> Iterator[str]:
        """Title and institution, in the middle of what is free between disc and band."""
        institution = _drawn(self.face.institution)
        size, found = _fitting_title(self.title)
        small, who = fitting(institution, (42, 38, 34, 32), 400, _ROOM, 2) if institution else (42, [])
        gap = 24 if found and who else 0
        height = len(found) * size * _LEADING + gap + len(who) * small * _LEADING
        top = sum(_DISC if self.title else _LONE_DISC)
        y = (top + _BAND[0] - height) / 2
        for line in found:
            yield _line(line, y + size * 0.86, size, self.paint.text)
            y += size * _LEADING
        y += gap
        for line in who:
            yield _line(line, y + small * 0.86, small, self.paint.text, weight=400)
            y += small * _LEADING

    def band(self) -> Iterator[str]:
        """Level and credits on a band across the hexagon, and the date below it; the date on the band where nothing else is known."""
        told, day = self.told()
        top, height, _ = _BAND
        if not told and day:
            told, day = [day], ""
        if told:
            yield from _ribbon()
            size, found = fitting(" · ".join(told), (52, 48, 44, 40, 36, 32, 28), 600, _FRONT - 48, 1)
            yield _line(found[0], top + height / 2 + size * 0.34, size, PAPER)
        if day:
            size, found = fitting(day, (32, 30, 28, 26, 24), 400, _DATE_ROOM, 1)
            yield _line(found[0], top + height + 46, size, self.paint.text, weight=400)

    def told(self) -> tuple[list[str], str]:
        """What stands on the band, and the date."""
        face, words = self.face, page_words(self.face.language)
        told = [words.eqf.format(level=face.eqf)] if face.eqf else []
        told += [f"{words.number(face.ects)} ECTS"] if face.ects is not None else []
        kind = _drawn(face.kind)
        return told or ([kind] if kind else []), words.written(face.awarded) if face.awarded else ""


def _drawn(text: str) -> str:
    found = one_line(text)
    return found if drawable(found) else ""


def _fitting_title(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title stands in at most three lines of bounded height, and those lines."""
    if not title:
        return _TITLE_SIZES[0], []
    for size in _TITLE_SIZES:
        most = min(3, int(_TITLE_HEIGHT / (size * _LEADING)))
        _, found = fitting(title, (size,), 600, _ROOM, most)
        if " ".join(found) == title:
            return size, found
    size = _TITLE_SIZES[-1]
    return size, cut(lines(title, size, 600, _ROOM, 3), size, 600, _ROOM, 3)


def _ribbon() -> Iterator[str]:
    top, height, wide = _BAND
    edge = f'stroke="{PAPER}" stroke-width="6" stroke-linejoin="round"'
    for side in (-1, 1):
        outer, inner = _MIDDLE + side * wide / 2, _MIDDLE + side * _FRONT / 2
        behind, notch = inner - side * _FOLD, outer - side * _FOLD
        # The ends of the band hang behind it and deeper, and are joined to it by a fold.
        yield (
            f'<path d="M{outer:g} {top + _DROP}H{behind:g}V{top + height + _DROP}H{outer:g}L{notch:g} {top + _DROP + height / 2:g}Z" '
            f'fill="{mix(INK, PAPER, 0.16)}" {edge}/>'
            f'<path d="M{inner:g} {top + height}H{behind:g}V{top + height + _DROP}Z" fill="#060B18" {edge}/>'
        )
    yield f'<rect x="{_MIDDLE - _FRONT / 2:g}" y="{top}" width="{_FRONT}" height="{height}" fill="{INK}" {edge}/>'


def _line(text: str, baseline: float, size: int, colour: str, *, weight: int = 600) -> str:
    kept = escape(writable(text))
    return f'<text x="{_MIDDLE:g}" y="{baseline:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}">{kept}</text>'
