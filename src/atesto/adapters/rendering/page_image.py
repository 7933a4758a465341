"""The page of an award as a picture (PNG, A4 upright), one per language: what a European Digital Credential shows of itself.

The learner's name and the title are the largest things on it. Every text is measured with the typeface's own metrics and set smaller, then
cut, when it does not fit; everything from the award is escaped. No file, system font or network is used beside the two font files.
Scripts that the typeface lacks (it has Latin, Greek and Cyrillic) show as empty boxes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import resvg_py
from PIL import Image

from atesto.adapters.rendering.page_words import PageWords, page_words
from atesto.adapters.rendering.typeface import FAMILY, cut, fitting, font_files, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.profiles.award.record import Award

_WIDTH: Final = 1240
_HEIGHT: Final = 1754
_MARGIN: Final = 112
_ROOM: Final = _WIDTH - 2 * _MARGIN
_FOOT: Final = 1560
"""Where the footer's line is drawn; everything above it is for the learner."""
_COLOURS_IN_PICTURE: Final = 64
"""Ink, quiet, accent and line on white, with their soft edges: more colours cost bytes and show nothing."""

_INK: Final = "#14213D"
_QUIET: Final = "#5B6577"
_LINE: Final = "#D9DEE7"
_ACCENT: Final = "#1F5FBF"


class PageImage:
    """Implements `ports.Renderer`."""

    def page(self, award: Award, language: str) -> bytes:
        """The page of `award` in `language`; texts that the award lacks in that language appear in its own."""
        return _picture(page_svg(award, language))


def page_svg(award: Award, language: str) -> str:
    """The page as SVG, which uses the typeface's family by name."""
    return _Page(award, language, page_words(language)).svg()


def _picture(svg: str) -> bytes:
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=font_files(), background="#FFFFFF")
    with Image.open(io.BytesIO(bytes(png))) as image:
        small = image.convert("RGB").quantize(_COLOURS_IN_PICTURE, dither=Image.Dither.NONE)
        out = io.BytesIO()
        small.save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(slots=True)
class _Page:
    award: Award
    language: str
    words: PageWords
    parts: list[str] = field(default_factory=list)
    y: float = 0

    def svg(self) -> str:
        self.head()
        self.learner()
        self.title()
        self.facts()
        self.outcomes()
        self.foot()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'font-family="{FAMILY}" xml:lang="{escape(self.language)}">' + "".join(self.parts) + "</svg>"
        )

    # --- sections --------------------------------------------------------------------------------------------------------

    def head(self) -> None:
        self.parts.append(f'<rect width="{_WIDTH}" height="16" fill="{_ACCENT}"/>')
        body = self.award.awarding_body
        size, found = fitting(self.text(body.name if body else None), (34, 30, 26), 600, _ROOM, 2)
        self.y = 96
        self.block(found, size, 600, _INK)
        self.y += 4
        self.block([self.words.kind], 24, 400, _ACCENT)

    def learner(self) -> None:
        self.y = max(self.y + 88, 280)
        self.block([self.words.certifies], 26, 400, _QUIET)
        self.y += 12
        size, found = fitting(self.name(), (80, 72, 64, 56, 48, 40), 600, _ROOM, 2)
        self.block(found, size, 600, _INK)

    def title(self) -> None:
        self.y += 32
        self.block([self.words.awarded], 26, 400, _QUIET)
        self.y += 12
        size, found = fitting(self.text(self.award.title), (56, 52, 48, 44, 40, 36, 32), 600, _ROOM, 3)
        self.block(found, size, 600, _ACCENT)

    def facts(self) -> None:
        rows = [fact for fact in self.stated() if fact[1]]
        self.y += 40
        self.rule(self.y)
        self.y += 20
        column, gap = (_ROOM - 2 * 32) / 3, 32
        for start in range(0, len(rows), 3):
            top, deepest = self.y, self.y
            for index, (label, value) in enumerate(rows[start : start + 3]):
                self.y = top
                left = _MARGIN + index * (column + gap)
                self.block(cut(lines(label, 20, 400, column), 20, 400, column, 1), 20, 400, _QUIET, left=left)
                size, found = fitting(value, (28, 26, 24, 22), 600, column, 2)
                self.block(found, size, 600, _INK, left=left)
                deepest = max(deepest, self.y)
            self.y = deepest + 16
        self.y += 8
        self.rule(self.y)

    def outcomes(self) -> None:
        titles = [self.text(outcome.title) for outcome in self.award.learning_outcomes]
        if not titles:
            return
        self.y += 32
        self.block([self.words.outcomes], 26, 600, _INK)
        self.y += 8
        room = _FOOT - 24 - self.y
        for size, gap in ((28, 12), (26, 10), (24, 8), (22, 6), (20, 4)):
            blocks = [lines(title, size, 400, _ROOM - 40) for title in titles]
            if sum(len(block) * _leading(size) + gap for block in blocks) <= room:
                self.bullets(blocks, size, gap)
                return
        self.some_outcomes(titles, room)

    def some_outcomes(self, titles: list[str], room: float) -> None:
        """As many as fit at the smallest size, and how many more there are."""
        size, gap, shown, used = 20, 4, [], float(_leading(20))
        for title in titles:
            found = lines(title, size, 400, _ROOM - 40)
            found = cut(found, size, 400, _ROOM - 40, 2)
            used += len(found) * _leading(size) + gap
            if used > room:
                break
            shown.append(found)
        self.bullets(shown, size, gap)
        self.block([self.words.more_outcomes.format(count=len(titles) - len(shown))], size, 400, _QUIET, left=_MARGIN + 40)

    def bullets(self, blocks: list[list[str]], size: int, gap: int) -> None:
        for found in blocks:
            middle = self.y + _leading(size) * 0.5
            self.parts.append(f'<circle cx="{_MARGIN + 10}" cy="{middle:.1f}" r="5" fill="{_ACCENT}"/>')
            self.block(found, size, 400, _INK, left=_MARGIN + 40)
            self.y += gap

    def foot(self) -> None:
        self.rule(_FOOT)
        self.y = _FOOT + 16
        body, assurance = self.award.awarding_body, self.award.quality_assurance
        who = [self.text(body.name)] if body and body.name else []
        if body and body.eidas:
            who.append(body.eidas.number)
        if body and body.address:
            who.append(self.text(body.address))
        self.small(" · ".join(who), _INK)
        if assurance and assurance.type:
            agency = self.text(assurance.agency.name) if assurance.agency and assurance.agency.name else ""
            told = self.text(assurance.title) if assurance.title else self.words.term(assurance.type)
            self.small(f"{self.words.quality}: {told}" + (f" · {agency}" if agency else ""), _INK)
        self.small(self.words.proof, _QUIET, most_lines=2)

    # --- what is said ----------------------------------------------------------------------------------------------------

    def stated(self) -> list[tuple[str, str]]:
        award, words = self.award, self.words
        level, assessment = award.level, award.assessment
        levels = [words.eqf.format(level=level.eqf)] if level and level.eqf else []
        if level and level.nqf and level.nqf.label:
            levels.append(self.text(level.nqf.label))
        assessed = ""
        if assessment:
            assessed = self.text(assessment.title) if assessment.title else words.term(assessment.type or "")
        return [
            (words.awarded_on, words.written(award.issuing_date) if award.issuing_date else ""),
            (words.workload, self.workload()),
            (words.level, " · ".join(levels)),
            (words.grade, self.text(award.grade.value) if award.grade else ""),
            (words.assessment, assessed),
            (words.participation, words.term(award.participation or "")),
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

    def name(self) -> str:
        learner = self.award.learner
        if learner is None:
            return ""
        parts = " ".join(part for part in (learner.given_name, learner.family_name) if part)
        return learner.full_name or parts or learner.id or ""

    def text(self, text: Mapping[str, str] | None) -> str:
        """The text in the page's language, else in the award's, else in the first there is; in one line."""
        if not text:
            return ""
        found = next((text[tag] for tag in (self.language, self.award.language) if tag in text), next(iter(text.values())))
        return " ".join(found.split())

    # --- marks -----------------------------------------------------------------------------------------------------------

    def block(self, found: list[str], size: int, weight: int, colour: str, *, left: float = _MARGIN) -> None:
        """Lines of text from `self.y` downwards."""
        for line in found:
            baseline = self.y + _leading(size) * 0.5 + size * 0.33
            self.parts.append(
                f'<text x="{left:.1f}" y="{baseline:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}">{_xml(line)}</text>'
            )
            self.y += _leading(size)

    def small(self, text: str, colour: str, *, most_lines: int = 1) -> None:
        size, found = fitting(text, (20, 19, 18, 17), 400, _ROOM, most_lines)
        self.block(found, size, 400, colour)
        self.y += 4

    def rule(self, y: float) -> None:
        self.parts.append(f'<rect x="{_MARGIN}" y="{y:.1f}" width="{_ROOM}" height="2" fill="{_LINE}"/>')


def _leading(size: int) -> float:
    return round(size * 1.28)


def _xml(text: str) -> str:
    """Escaped, and without the characters that XML 1.0 has no way to write."""
    return escape("".join(character for character in text if character >= " " and character not in "\ufffe\uffff"))
