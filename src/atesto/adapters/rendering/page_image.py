"""The page of an award as a picture (PNG, A4 upright), one per language: what a European Digital Credential shows of itself.

The learner's name and the title are the largest things on it. Every text is measured with the typeface's own metrics and set smaller, then
cut, when it does not fit; everything from the award is escaped. The page is laid out twice: tight, then with the room that is left over
given back as air. No file, system font or network is used beside the two font files.
Scripts that the typeface lacks (it has Latin, Greek and Cyrillic) show as empty boxes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

import resvg_py
from PIL import Image

from atesto.adapters.rendering.page_text import initials, one_line, writable
from atesto.adapters.rendering.page_words import PageWords, page_words
from atesto.adapters.rendering.typeface import FAMILY, cut, fitting, font_files, lines, without_widow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.profiles.award.record import Award

_WIDTH: Final = 1240
_HEIGHT: Final = 1754
_MARGIN: Final = 112
_ROOM: Final = _WIDTH - 2 * _MARGIN
_TILE: Final = 88
"""The square with the awarding body's initials."""
_PAD: Final = 32
_MOST_AIR: Final = 44
"""Most that one gap grows: beyond it the page falls apart into islands."""
_STEPS: Final = 10
"""Shades from each ground to each colour of text, for its soft edges: more would cost bytes and show nothing."""

_INK: Final = "#14213D"
_QUIET: Final = "#5B6577"
_LINE: Final = "#D9DEE7"
_ACCENT: Final = "#1F5FBF"
_PANEL: Final = "#F3F6FB"
_PAPER: Final = "#FFFFFF"


class PageImage:
    """Implements `ports.Renderer`."""

    def page(self, award: Award, language: str) -> bytes:
        """The page of `award` in `language`; texts that the award lacks in that language appear in its own."""
        return _picture(page_svg(award, language))


def page_svg(award: Award, language: str) -> str:
    """The page as SVG, which uses the typeface's family by name."""
    return _Page(award, language, page_words(language)).svg()


@cache
def _palette() -> Image.Image:
    """The page's own colours and nothing else. Choosing them anew for each picture costs more than drawing it."""
    grounds, inks = [_rgb(_PAPER), _rgb(_PANEL)], [_rgb(_INK), _rgb(_QUIET), _rgb(_ACCENT)]
    found = [*grounds, _rgb(_LINE)]
    for ground in grounds:
        for ink in inks:
            found += [
                tuple(round(low + (high - low) * step / _STEPS) for low, high in zip(ground, ink, strict=True))
                for step in range(1, _STEPS + 1)
            ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in dict.fromkeys(found) for channel in colour])
    return palette


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _picture(svg: str) -> bytes:
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=font_files(), background="#FFFFFF")
    with Image.open(io.BytesIO(bytes(png))) as image:
        small = image.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
        out = io.BytesIO()
        small.save(out, "PNG")
    return out.getvalue()


@dataclass(slots=True)
class _Page:
    award: Award
    language: str
    words: PageWords
    parts: list[str] = field(default_factory=list)
    y: float = 0
    air: float = 0
    floor: float = 0
    """Where the footer begins; everything above it is for the learner."""

    def svg(self) -> str:
        described = self.lay(described=True)
        if not described:
            self.lay(described=False)
        spare = self.floor - self.y - 24
        if spare > 0:
            self.lay(described=described, air=min(spare / 5, _MOST_AIR))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'font-family="{FAMILY}" xml:lang={quoteattr(self.language)}>' + "".join(self.parts) + "</svg>"
        )

    def lay(self, *, described: bool, air: float = 0) -> bool:
        """Sets everything; returns whether all of it found its place."""
        self.parts, self.air = [], air
        self.foot()
        self.head()
        self.learner()
        self.title(described=described)
        self.facts()
        return self.outcomes()

    # --- sections --------------------------------------------------------------------------------------------------------

    def head(self) -> None:
        self.parts.append(f'<rect width="{_WIDTH}" height="16" fill="{_ACCENT}"/>')
        name = self.body_name()
        letters, left, top = initials(name), float(_MARGIN), 88
        if letters:
            self.parts.append(f'<rect x="{_MARGIN}" y="{top}" width="{_TILE}" height="{_TILE}" rx="12" fill="{_ACCENT}"/>')
            middle = _MARGIN + _TILE / 2
            self.parts.append(
                f'<text x="{middle}" y="{top + _TILE / 2 + 14}" font-size="42" font-weight="600" fill="{_PAPER}" '
                f'text-anchor="middle">{_xml(letters)}</text>'
            )
            left += _TILE + 28
        size, found = fitting(name, (34, 30, 26), 600, _WIDTH - _MARGIN - left, 2)
        self.y = max(top - 8, top + (_TILE - len(found) * _leading(size) - _leading(24)) / 2)
        self.block(found, size, 600, _INK, left=left)
        self.block([self.words.kind], 24, 400, _ACCENT, left=left)
        self.y = max(self.y, top + _TILE)

    def learner(self) -> None:
        self.y = max(self.y + 72, 256) + self.air
        self.block([self.words.certifies], 26, 400, _QUIET)
        self.y += 8
        size, found = fitting(self.name(), (80, 72, 64, 56, 48, 40), 600, _ROOM, 2)
        self.block(found, size, 600, _INK)

    def title(self, *, described: bool) -> None:
        self.y += 28 + self.air * 0.6
        self.block([self.words.awarded], 26, 400, _QUIET)
        self.y += 8
        size, found = fitting(self.text(self.award.title), (56, 52, 48, 44, 40, 36, 32), 600, _ROOM, 3)
        self.block(found, size, 600, _ACCENT)
        if described and self.award.description:
            self.y += 12
            found = lines(self.text(self.award.description), 24, 400, _ROOM, 3)
            self.block(cut(found, 24, 400, _ROOM, 3), 24, 400, _QUIET)

    def facts(self) -> None:
        rows = [fact for fact in self.stated() if fact[1]]
        if not rows:
            return
        self.y += 36 + self.air * 0.8
        top, place = self.y, len(self.parts)
        self.y += _PAD - 4
        gap = 28
        column = (_ROOM - 2 * _PAD - 2 * gap) / 3
        for start in range(0, len(rows), 3):
            row_top, deepest = self.y, self.y
            for index, (label, value) in enumerate(rows[start : start + 3]):
                self.y = row_top
                left = _MARGIN + _PAD + index * (column + gap)
                self.block(cut(lines(label, 20, 400, column), 20, 400, column, 1), 20, 400, _QUIET, left=left)
                size, found = fitting(value, (28, 26, 24, 22), 600, column, 2)
                self.block(found, size, 600, _INK, left=left)
                deepest = max(deepest, self.y)
            self.y = deepest + 20
        self.y += _PAD - 24
        panel = f'<rect x="{_MARGIN}" y="{top:.1f}" width="{_ROOM}" height="{self.y - top:.1f}" rx="12" fill="{_PANEL}"/>'
        self.parts.insert(place, panel)

    def outcomes(self) -> bool:
        titles = [self.text(outcome.title) for outcome in self.award.learning_outcomes]
        if not titles:
            return True
        self.y += 32 + self.air * 0.8
        self.block([self.words.outcomes], 26, 600, _INK)
        self.y += 8
        room = self.floor - 24 - self.y
        for size, gap in ((28, 12), (26, 10), (24, 8), (22, 6), (20, 4)):
            most = int(room / _leading(size)) + 1
            height = 0.0
            for title in titles:
                height += len(lines(title, size, 400, _ROOM - 40, most)) * _leading(size) + gap
                if height > room:
                    break
            if height <= room:
                self.bullets([without_widow(title, size, 400, _ROOM - 40) for title in titles], size, gap)
                return True
        self.some_outcomes(titles, room)
        return False

    def some_outcomes(self, titles: list[str], room: float) -> None:
        """As many as fit at the smallest size, and how many more there are."""
        size, gap, shown, used = 20, 4, [], float(_leading(20))
        for title in titles:
            found = lines(title, size, 400, _ROOM - 40, 2)
            found = cut(found, size, 400, _ROOM - 40, 2)
            used += len(found) * _leading(size) + gap
            if used > room:
                break
            shown.append(found)
        self.bullets(shown, size, gap)
        if len(shown) < len(titles):
            self.block([self.words.more_outcomes.format(count=len(titles) - len(shown))], size, 400, _QUIET, left=_MARGIN + 40)

    def bullets(self, blocks: list[list[str]], size: int, gap: int) -> None:
        for found in blocks:
            middle = self.y + _leading(size) * 0.5
            self.parts.append(f'<circle cx="{_MARGIN + 10}" cy="{middle:.1f}" r="5" fill="{_ACCENT}"/>')
            self.block(found, size, 400, _INK, left=_MARGIN + 40)
            self.y += gap

    def foot(self) -> None:
        body, assurance, mandate = self.award.awarding_body, self.award.quality_assurance, self.award.mandate
        who = [self.body_name()] if body and body.name else []
        if body and body.eidas:
            who.append(one_line(body.eidas.number))
        if body and body.address:
            who.append(self.text(body.address))
        told = [(" · ".join(who), _INK, 1)]
        if mandate and mandate.issuer.name:
            told.append((f"{self.words.on_behalf}: {self.text(mandate.issuer.name)}", _INK, 1))
        if assurance and assurance.type:
            agency = self.text(assurance.agency.name) if assurance.agency and assurance.agency.name else ""
            kind = self.text(assurance.title) if assurance.title else self.words.term(one_line(assurance.type))
            told.append((f"{self.words.quality}: {kind}" + (f" · {agency}" if agency else ""), _INK, 1))
        told.append((self.words.proof, _QUIET, 2))
        blocks = [(fitting(text, (20, 19, 18, 17), 400, _ROOM, most), colour) for text, colour, most in told if text]
        self.floor = _HEIGHT - 72 - sum(len(found) * _leading(size) + 4 for (size, found), _ in blocks) - 16
        self.rule(self.floor)
        self.y = self.floor + 16
        for (size, found), colour in blocks:
            self.block(found, size, 400, colour)
            self.y += 4

    # --- what is said ----------------------------------------------------------------------------------------------------

    def stated(self) -> list[tuple[str, str]]:
        award, words = self.award, self.words
        level, assessment = award.level, award.assessment
        levels = [words.eqf.format(level=level.eqf)] if level and level.eqf else []
        if level and level.nqf and level.nqf.label:
            levels.append(self.text(level.nqf.label))
        assessed = ""
        if assessment:
            assessed = self.text(assessment.title) if assessment.title else words.term(one_line(assessment.type or ""))
        return [
            (words.awarded_on, words.written(award.issuing_date) if award.issuing_date else ""),
            (words.workload, self.workload()),
            (words.level, " · ".join(levels)),
            (words.grade, self.text(award.grade.value) if award.grade else ""),
            (words.assessment, assessed),
            (words.participation, words.term(one_line(award.participation or ""))),
            (words.valid_until, words.written(award.valid_until) if award.valid_until else ""),
        ]

    def workload(self) -> str:
        workload = self.award.workload
        if workload is None:
            return ""
        told = [] if workload.ects is None else [f"{self.words.number(workload.ects)} ECTS"]
        if workload.hours is not None:
            told.append(self.words.hours.format(hours=self.words.number(workload.hours)))
        return " · ".join(told)

    def body_name(self) -> str:
        body = self.award.awarding_body
        return self.text(body.name if body else None)

    def name(self) -> str:
        learner = self.award.learner
        if learner is None:
            return ""
        parts = " ".join(part for part in (learner.given_name, learner.family_name) if part)
        return one_line(learner.full_name or parts or learner.id or "")

    def text(self, text: Mapping[str, str] | None) -> str:
        """The text in the page's language, else in the award's, else in the first there is; in one line."""
        if not text:
            return ""
        return one_line(next((text[tag] for tag in (self.language, self.award.language) if tag in text), next(iter(text.values()))))

    # --- marks -----------------------------------------------------------------------------------------------------------

    def block(self, found: list[str], size: int, weight: int, colour: str, *, left: float = _MARGIN) -> None:
        """Lines of text from `self.y` downwards."""
        for line in found:
            baseline = self.y + _leading(size) * 0.5 + size * 0.33
            self.parts.append(
                f'<text x="{left:.1f}" y="{baseline:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}">{_xml(line)}</text>'
            )
            self.y += _leading(size)

    def rule(self, y: float) -> None:
        self.parts.append(f'<rect x="{_MARGIN}" y="{y:.1f}" width="{_ROOM}" height="2" fill="{_LINE}"/>')


def _leading(size: int) -> float:
    return round(size * 1.28)


def _xml(text: str) -> str:
    return escape(writable(text))
