"""A sheet of A4, upright: where lines of text and shapes are put, from the top downwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from atesto.adapters.rendering.colour import LINE, PAPER
from atesto.adapters.rendering.look import href
from atesto.adapters.rendering.page_text import initials, one_line, writable
from atesto.adapters.rendering.typeface import FAMILY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.adapters.rendering.look import Look
    from atesto.profiles.award.record import Award

WIDTH: Final = 1240
HEIGHT: Final = 1754
MARGIN: Final = 112
ROOM: Final = WIDTH - 2 * MARGIN
TILE: Final = 88
"""The square with the awarding body's initials, where it has no logo."""


@dataclass(slots=True)
class Sheet:
    """One sheet for one award in one language."""

    award: Award
    language: str
    look: Look
    parts: list[str] = field(default_factory=list)
    y: float = 0

    def document(self) -> str:
        """The SVG, which uses the typeface's family by name."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'font-family="{FAMILY}" xml:lang={quoteattr(self.language)}>' + "".join(self.parts) + "</svg>"
        )

    # --- marks -----------------------------------------------------------------------------------------------------------

    def block(self, found: list[str], size: int, weight: int, colour: str, *, left: float = MARGIN) -> None:
        """Lines of text from `self.y` downwards."""
        for line in found:
            baseline = self.y + leading(size) * 0.5 + size * 0.33
            self.parts.append(
                f'<text x="{left:.1f}" y="{baseline:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}">{xml(line)}</text>'
            )
            self.y += leading(size)

    def rule(self, y: float, colour: str = LINE) -> None:
        self.parts.append(f'<rect x="{MARGIN}" y="{y:.1f}" width="{ROOM}" height="2" fill="{colour}"/>')

    def band(self) -> None:
        """The institution's colour along the upper edge."""
        self.parts.append(f'<rect width="{WIDTH}" height="16" fill="{self.look.accent}"/>')

    def emblem(self, top: float) -> tuple[float, float]:
        """The logo, else the initials; how much width and height it takes."""
        logo, letters = self.look.logo, initials(self.body_name())
        if logo is not None:
            self.parts.append(f'<image x="{MARGIN}" y="{top:.1f}" width="{logo.wide:.1f}" height="{logo.high:.1f}" href="{href(logo)}"/>')
            return logo.wide, logo.high
        if not letters:
            return 0, TILE
        self.parts.append(f'<rect x="{MARGIN}" y="{top}" width="{TILE}" height="{TILE}" rx="12" fill="{self.look.accent}"/>')
        self.parts.append(
            f'<text x="{MARGIN + TILE / 2}" y="{top + TILE / 2 + 14}" font-size="42" font-weight="600" fill="{PAPER}" '
            f'text-anchor="middle">{xml(letters)}</text>'
        )
        return TILE, TILE

    # --- what is said ----------------------------------------------------------------------------------------------------

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


def leading(size: int) -> float:
    """The height of a line of that size."""
    return round(size * 1.28)


def xml(text: str) -> str:
    """The text as XML, and nothing but text."""
    return escape(writable(text))
