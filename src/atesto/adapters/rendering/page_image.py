"""The page of an award as a picture (PNG, A4 upright), one per language: what a European Digital Credential shows of itself.

The learner's name and the title are the largest things on it. Every text is measured with the typeface's own metrics and set smaller, then
cut, when it does not fit; everything from the award is escaped. The page is laid out twice: tight, then with the room that is left over
given back as air. The institution's colour and logo stand in the place of the house's accent and of initials.
A Diploma Supplement has its eight sections on pages behind the first (`supplement_pages`).
Scripts that the typeface lacks (it has Latin, Greek and Cyrillic) show as empty boxes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atesto.adapters.rendering.colour import INK, PANEL, QUIET
from atesto.adapters.rendering.look import look_of
from atesto.adapters.rendering.page_text import one_line
from atesto.adapters.rendering.page_words import PageWords, page_words
from atesto.adapters.rendering.picture import picture
from atesto.adapters.rendering.sheet import HEIGHT, MARGIN, ROOM, WIDTH, Sheet, leading
from atesto.adapters.rendering.supplement_pages import supplement_svgs
from atesto.adapters.rendering.typeface import cut, fitting, lines, without_widow

if TYPE_CHECKING:
    from atesto.adapters.rendering.look import Look
    from atesto.profiles.award.record import Award

_PAD: Final = 32
_MOST_AIR: Final = 44
"""Most that one gap grows: beyond it the page falls apart into islands."""

_SUPPLEMENT_WIDE: Final = 992
"""A Diploma Supplement has up to four pages in each of two languages, which must fit into one credential: 120 points an inch, not 150."""


class PageImage:
    """Implements `ports.Renderer`."""

    def pages(self, award: Award, language: str) -> tuple[bytes, ...]:
        """The pages of `award` in `language`; texts that the award lacks in that language appear in its own.

        Raises MalformedInput `award.malformed` when the logo cannot be drawn.
        """
        look = look_of(award)
        wide = WIDTH if award.supplement is None else _SUPPLEMENT_WIDE
        return tuple(picture(svg, look, wide) for svg in page_svgs(award, language, look))


def page_svgs(award: Award, language: str, look: Look | None = None) -> list[str]:
    """The pages as SVG: one, and in a Diploma Supplement those of its sections."""
    seen = look or look_of(award)
    return [_Page(award, language, seen, words=page_words(language)).svg(), *supplement_svgs(award, language, seen)]


@dataclass(slots=True)
class _Page(Sheet):
    words: PageWords = field(kw_only=True)
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
        return self.document()

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
        self.band()
        top = 80
        wide, high = self.emblem(top)
        left = MARGIN + (wide + 28 if wide else 0.0)
        size, found = fitting(self.body_name(), (34, 30, 26), 600, WIDTH - MARGIN - left, 2)
        told = len(found) * leading(size) + leading(24)
        self.y = top + max(-8.0, (high - told) / 2)
        self.block(found, size, 600, INK, left=left)
        self.block([self.words.supplement if self.award.supplement else self.words.kind], 24, 400, self.look.accent, left=left)
        self.y = max(self.y, top + high)

    def learner(self) -> None:
        self.y = max(self.y + 72, 256) + self.air
        self.block([self.words.certifies], 26, 400, QUIET)
        self.y += 8
        size, found = fitting(self.name(), (80, 72, 64, 56, 48, 40), 600, ROOM, 2)
        self.block(found, size, 600, INK)

    def title(self, *, described: bool) -> None:
        self.y += 28 + self.air * 0.6
        self.block([self.words.awarded_degree if self.award.supplement else self.words.awarded], 26, 400, QUIET)
        self.y += 8
        size, found = fitting(self.text(self.award.title), (56, 52, 48, 44, 40, 36, 32), 600, ROOM, 3)
        self.block(found, size, 600, self.look.accent)
        if described and self.award.description:
            self.y += 12
            found = lines(self.text(self.award.description), 24, 400, ROOM, 3)
            self.block(cut(found, 24, 400, ROOM, 3), 24, 400, QUIET)

    def facts(self) -> None:
        rows = [fact for fact in self.stated() if fact[1]]
        if not rows:
            return
        self.y += 36 + self.air * 0.8
        top, place = self.y, len(self.parts)
        self.y += _PAD - 4
        gap = 28
        column = (ROOM - 2 * _PAD - 2 * gap) / 3
        for start in range(0, len(rows), 3):
            row_top, deepest = self.y, self.y
            for index, (label, value) in enumerate(rows[start : start + 3]):
                self.y = row_top
                left = MARGIN + _PAD + index * (column + gap)
                self.block(cut(lines(label, 20, 400, column), 20, 400, column, 1), 20, 400, QUIET, left=left)
                size, found = fitting(value, (28, 26, 24, 22), 600, column, 2)
                self.block(found, size, 600, INK, left=left)
                deepest = max(deepest, self.y)
            self.y = deepest + 20
        self.y += _PAD - 24
        panel = f'<rect x="{MARGIN}" y="{top:.1f}" width="{ROOM}" height="{self.y - top:.1f}" rx="12" fill="{PANEL}"/>'
        self.parts.insert(place, panel)

    def outcomes(self) -> bool:
        titles = [self.text(outcome.title) for outcome in self.award.learning_outcomes]
        if not titles:
            return True
        self.y += 32 + self.air * 0.8
        self.block([self.words.outcomes], 26, 600, INK)
        self.y += 8
        room = self.floor - 24 - self.y
        for size, gap in ((28, 12), (26, 10), (24, 8), (22, 6), (20, 4)):
            most = int(room / leading(size)) + 1
            height = 0.0
            for title in titles:
                height += len(lines(title, size, 400, ROOM - 40, most)) * leading(size) + gap
                if height > room:
                    break
            if height <= room:
                self.bullets([without_widow(title, size, 400, ROOM - 40) for title in titles], size, gap)
                return True
        self.some_outcomes(titles, room)
        return False

    def some_outcomes(self, titles: list[str], room: float) -> None:
        """As many as fit at the smallest size, and how many more there are."""
        size, gap, shown, used = 20, 4, [], float(leading(20))
        for title in titles:
            found = lines(title, size, 400, ROOM - 40, 2)
            found = cut(found, size, 400, ROOM - 40, 2)
            used += len(found) * leading(size) + gap
            if used > room:
                break
            shown.append(found)
        self.bullets(shown, size, gap)
        if len(shown) < len(titles):
            self.block([self.words.more_outcomes.format(count=len(titles) - len(shown))], size, 400, QUIET, left=MARGIN + 40)

    def bullets(self, blocks: list[list[str]], size: int, gap: int) -> None:
        for found in blocks:
            middle = self.y + leading(size) * 0.5
            self.parts.append(f'<circle cx="{MARGIN + 10}" cy="{middle:.1f}" r="5" fill="{self.look.accent}"/>')
            self.block(found, size, 400, INK, left=MARGIN + 40)
            self.y += gap

    def foot(self) -> None:
        body, assurance, mandate = self.award.awarding_body, self.award.quality_assurance, self.award.mandate
        who = [self.body_name()] if body and body.name else []
        if body and body.eidas:
            who.append(one_line(body.eidas.number))
        if body and body.address:
            who.append(self.text(body.address))
        told = [(" · ".join(who), INK, 1)]
        if mandate and mandate.issuer.name:
            told.append((f"{self.words.on_behalf}: {self.text(mandate.issuer.name)}", INK, 1))
        if assurance and assurance.type:
            agency = self.text(assurance.agency.name) if assurance.agency and assurance.agency.name else ""
            kind = self.text(assurance.title) if assurance.title else self.words.term(one_line(assurance.type))
            told.append((f"{self.words.quality}: {kind}" + (f" · {agency}" if agency else ""), INK, 1))
        told.append((self.words.proof, QUIET, 2))
        blocks = [(fitting(text, (20, 19, 18, 17), 400, ROOM, most), colour) for text, colour, most in told if text]
        self.floor = HEIGHT - 72 - sum(len(found) * leading(size) + 4 for (size, found), _ in blocks) - 16
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
        if workload.received is not None and told:
            told = [f"{self.words.number(workload.received)} / {told[0]}"]
        if workload.hours is not None:
            told.append(self.words.hours.format(hours=self.words.number(workload.hours)))
        return " · ".join(told)
