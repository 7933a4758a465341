"""What an institution brings to its pages: a colour and a logo."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import resvg_py
from PIL import Image

from atesto.adapters.rendering.colour import ACCENT, legible
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.profiles.award.record import Award

LOGO_WIDE: Final = 300
LOGO_HIGH: Final = 104
"""The box that a logo fits into."""
_DRAWN: Final = 2
"""A logo is drawn so many times larger than it is shown, and scaled down by the page's renderer."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, drawn: PNG and the size at which it is shown."""

    png: bytes
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Look:
    """Colour of accents, and the logo where there is one."""

    accent: str = ACCENT
    logo: Logo | None = None


def look_of(award: Award) -> Look:
    """The award's look. Raises MalformedInput `award.malformed` when its logo cannot be drawn."""
    colour = award.display.colour if award.display else None
    body = award.awarding_body
    logo = drawn(body.logo) if body and body.logo else None
    return Look(legible(colour) if colour else ACCENT, logo)


def drawn(data_url: str) -> Logo:
    """The logo in its box. Whatever size it states, the canvas is ours; nothing is loaded but the file itself."""
    wide, high = LOGO_WIDE * _DRAWN, LOGO_HIGH * _DRAWN
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">'
        f'<image href="{data_url}" width="{wide}" height="{high}" preserveAspectRatio="xMidYMid meet"/></svg>'
    )
    try:
        canvas = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
    except ValueError:
        raise _undrawable() from None
    with Image.open(io.BytesIO(canvas)) as image:
        picture = image.convert("RGBA")
    box = picture.getchannel("A").getbbox()
    if box is None:
        raise _undrawable()
    shown = picture.crop(box)
    out = io.BytesIO()
    shown.save(out, "PNG")
    return Logo(out.getvalue(), shown.width / _DRAWN, shown.height / _DRAWN)


def href(logo: Logo) -> str:
    """The drawn logo as a data URL."""
    return "data:image/png;base64," + base64.b64encode(logo.png).decode("ascii")


def _undrawable() -> MalformedInput:
    return MalformedInput("award.malformed", "The logo cannot be drawn: nothing of it can be seen.", pointer="/awarding_body/logo")
