"""The pages of a Diploma Supplement behind the first: eight sections, laid out from the top, on as many sheets as they need.

A heading never stands alone at the foot; the table of the programme repeats its head. Where three sheets do not hold everything the text
is set smaller; what does not fit even so is refused, for a supplement without its last sections is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atesto.adapters.rendering.colour import INK, PANEL, QUIET
from atesto.adapters.rendering.page_words import PageWords, page_words
from atesto.adapters.rendering.sheet import HEIGHT, MARGIN, ROOM, WIDTH, Sheet, leading
from atesto.adapters.rendering.supplement_content import Content
from atesto.adapters.rendering.supplement_words import SUPPLEMENT_WORDS, SupplementWords, supplement_words
from atesto.adapters.rendering.typeface import cut, fitting, lines, width
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.adapters.rendering.look import Look
    from atesto.adapters.rendering.supplement_content import Rows
    from atesto.profiles.award.record import Award

_TOP: Final = 196
_FLOOR: Final = HEIGHT - 148
_SIZES: Final = (22, 20, 18)
_LABELS: Final = 300
"""The column of labels; what is stated stands to the right of it."""
_GAP: Final = 28
_VALUES: Final = MARGIN + _LABELS + _GAP
_CREDITS: Final = 110
_GRADES: Final = 260
_MOST_LINES: Final = 36
"""Most lines of one text: a sheet holds some fifty, and a text is not broken over two."""
_MOST_SHEETS: Final = 3
"""Most sheets in one language: with the first page four, and what two languages of them weigh just fits into one credential."""


def supplement_svgs(award: Award, language: str, look: Look) -> list[str]:
    """The sheets as SVG; none for an award without a supplement. Raises MalformedInput `award.malformed` when they do not hold it all."""
    if award.supplement is None:
        return []
    for size in _SIZES:
        book = _Book(award, language, look, supplement_words(language), page_words(language), size)
        book.lay()
        if not book.full:
            return book.finished()
    sentence = f"The sections of the Diploma Supplement do not fit on {_MOST_SHEETS} pages."
    raise MalformedInput("award.malformed", sentence, pointer="/supplement")


@dataclass(slots=True)
class _Book:
    award: Award
    language: str
    look: Look
    words: SupplementWords
    page: PageWords
    size: int
    sheets: list[Sheet] = field(default_factory=list)
    full: bool = False
    """Nothing more is put on any sheet."""

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def lay(self) -> None:
        self.turn()
        supplement = self.award.supplement
        if supplement is None:
            return
        content = Content(self.award, supplement, self.words, self.page, self.sheet.text, english=self.words is SUPPLEMENT_WORDS["en"])
        programme = f"4.3 {self.words.rows['programme']}"
        for heading, rows in content.sections():
            self.heading(heading, rows)
            for label, texts in rows:
                if label == programme:
                    self.programme(label, content.modules())
                else:
                    self.row(label, texts)

    def turn(self) -> None:
        """A new sheet, with the institution and the learner at its head."""
        if len(self.sheets) == _MOST_SHEETS:
            self.full = True
            return
        sheet = Sheet(self.award, self.language, self.look)
        sheet.band()
        self.sheets.append(sheet)
        kind = self.page.supplement
        size, found = fitting(kind, (26, 24, 22, 20), 600, ROOM / 2 - _GAP, 1)
        sheet.y = 76
        sheet.block(found, size, 600, self.look.accent)
        size, found = fitting(sheet.body_name(), (22, 20, 18), 400, ROOM / 2 - _GAP, 2)
        sheet.block(found, size, 400, QUIET)
        for index, text in enumerate((sheet.name(), sheet.text(self.award.title))):
            size, found = fitting(text, (22, 20, 18), 600 if index == 0 else 400, ROOM / 2, 1 if index == 0 else 2)
            sheet.y = 78 if index == 0 else 110
            for line in found:
                left = WIDTH - MARGIN - width(line, size, 600 if index == 0 else 400)
                sheet.block([line], size, 600 if index == 0 else 400, INK if index == 0 else QUIET, left=left)
        sheet.rule(_TOP - 20)
        sheet.y = _TOP

    def room(self, high: float) -> bool:
        """Whether something of that height may be put down, on a new sheet where it must."""
        if self.sheet.y + high > _FLOOR and not self.full:
            self.turn()
        return not self.full

    def heading(self, heading: str, rows: Rows) -> None:
        first = lines(rows[0][1][0], self.size, 400, ROOM - _LABELS - _GAP, 3) if rows and rows[0][1] else []
        size, found = fitting(heading, (26, 24, 22), 600, ROOM - 32, 2)
        high = len(found) * leading(size) + 20
        if not self.room(36 + high + 12 + min(len(first), 3) * leading(self.size)):
            return
        sheet = self.sheet
        sheet.y += 18 if sheet.y > _TOP else 0
        sheet.parts.append(f'<rect x="{MARGIN}" y="{sheet.y:.1f}" width="{ROOM}" height="{high:.1f}" rx="8" fill="{PANEL}"/>')
        sheet.y += 10
        sheet.block(found, size, 600, self.look.accent, left=MARGIN + 16)
        sheet.y += 18

    def row(self, label: str, texts: list[str]) -> None:
        """A label, and its paragraphs beside it; over the whole width where there is no label."""
        left = _VALUES if label else MARGIN + 16
        room, small = WIDTH - MARGIN - left, self.size - 2
        labels = cut(lines(label, small, 400, _LABELS - 16, 3), small, 400, _LABELS - 16, 3)
        beside, deepest = len(labels) * leading(small), 0.0
        for index, text in enumerate(texts):
            found = lines(text, self.size, 400, room, _MOST_LINES)
            found = cut(found, self.size, 400, room, _MOST_LINES)
            high = len(found) * leading(self.size)
            if not self.room(max(high, beside) if index == 0 else high):
                return
            sheet, top = self.sheet, self.sheet.y
            if index == 0:
                sheet.y = top + 1
                sheet.block(labels, small, 400, QUIET, left=MARGIN + 16)
                deepest = sheet.y
            elif top == _TOP:
                deepest = 0.0
            sheet.y = top
            sheet.block(found, self.size, 400, INK, left=left)
            sheet.y = top + high + 4
        self.sheet.y = max(self.sheet.y, deepest) + 6

    def programme(self, label: str, modules: list[tuple[str, str, str]]) -> None:
        """The parts of the programme: title, credits, grade."""
        self.row_head(label, again=False)
        titles = WIDTH - MARGIN - _CREDITS - _GRADES - (MARGIN + 16) - _GAP
        for title, credits_, grade in modules:
            found = cut(lines(title, self.size, 400, titles, 3), self.size, 400, titles, 3)
            size, told = fitting(grade, (self.size, self.size - 2, self.size - 4), 400, _GRADES - 8, 2)
            high = max(len(found) * leading(self.size), len(told) * leading(size))
            sheets = len(self.sheets)
            if not self.room(high + 8):
                return
            if len(self.sheets) > sheets:
                self.row_head(label, again=True)
            sheet, top = self.sheet, self.sheet.y
            sheet.block(found, self.size, 400, INK, left=MARGIN + 16)
            sheet.y = top
            sheet.block([credits_], self.size, 400, INK, left=self.credits_left(credits_, self.size, 400))
            sheet.y = top
            sheet.block(told, size, 400, INK, left=WIDTH - MARGIN - _GRADES + 8)
            sheet.y = top + high + 3
            sheet.rule(sheet.y)
            sheet.y += 5
        self.sheet.y += 12

    def row_head(self, label: str, *, again: bool) -> None:
        """The label, where it is the first time, and the heads of the columns."""
        size = self.size - 2
        if not again:
            if not self.room(2 * leading(size) + 4 * leading(self.size)):
                return
            self.sheet.block([label], size, 400, QUIET, left=MARGIN + 16)
            self.sheet.y += 6
        sheet, top = self.sheet, self.sheet.y
        heads = ((self.words.module, MARGIN + 16.0), (self.words.credits, self.credits_left(self.words.credits, size, 600)))
        for text, left in (*heads, (self.words.grade, WIDTH - MARGIN - _GRADES + 8.0)):
            sheet.y = top
            sheet.block([text], size, 600, INK, left=left)
        sheet.rule(sheet.y + 2, self.look.accent)
        sheet.y += 10

    @staticmethod
    def credits_left(text: str, size: int, weight: int) -> float:
        """Numbers stand at the right of their column."""
        return WIDTH - MARGIN - _GRADES - 24 - width(text, size, weight)

    def finished(self) -> list[str]:
        """The sheets, each with its foot; the first page of the whole is counted, too."""
        count = len(self.sheets) + 1
        for number, sheet in enumerate(self.sheets, 2):
            sheet.rule(HEIGHT - 116)
            told = self.words.page.format(number=number, count=count)
            sheet.y = HEIGHT - 102
            sheet.block([told], 18, 400, QUIET, left=WIDTH - MARGIN - width(told, 18, 400))
            sheet.y = HEIGHT - 102
            room = ROOM - width(told, 18, 400) - _GAP
            size, found = fitting(self.page.proof, (18, 17, 16), 400, room, 2)
            sheet.block(found, size, 400, QUIET)
        return [sheet.document() for sheet in self.sheets]
