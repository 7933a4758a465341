"""From the SVG of a page to its picture: PNG, in as few colours as the page has."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import resvg_py
from PIL import Image

from atesto.adapters.rendering.colour import INK, LINE, PANEL, PAPER, QUIET, mix, rgb
from atesto.adapters.rendering.sheet import WIDTH
from atesto.adapters.rendering.typeface import font_files

if TYPE_CHECKING:
    from atesto.adapters.rendering.look import Look

_STEPS: Final = 10
"""Shades from each ground to each colour of text, for its soft edges: more would cost bytes and show nothing."""
_LOGO_COLOURS: Final = 128
_NEAR: Final = 8
"""A colour of the logo that is so near to one of the page is left out: the page's grounds must not be drawn in it."""


def picture(svg: str, look: Look, wide: int = WIDTH) -> bytes:
    """The page as PNG, so many points wide. No file, system font or network is used beside the two font files."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=wide, skip_system_fonts=True, font_files=font_files(), background=PAPER)
    with Image.open(io.BytesIO(bytes(png))) as image:
        small = image.convert("RGB").quantize(palette=_palette(look), dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=16)
def _palette(look: Look) -> Image.Image:
    """The page's own colours, those of the logo, and nothing else. Choosing them anew for each picture costs more than drawing it."""
    found = [rgb(PAPER), rgb(PANEL), rgb(LINE)]
    for ground in (PAPER, PANEL):
        for ink in (INK, QUIET, look.accent):
            found += [rgb(mix(ground, ink, step / _STEPS)) for step in range(1, _STEPS + 1)]
    if look.logo is not None:
        found += [colour for colour in _colours(look.logo.png) if min(_distance(colour, other) for other in found) > _NEAR]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in dict.fromkeys(found) for channel in colour])
    return palette


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _colours(logo: bytes) -> list[tuple[int, int, int]]:
    """The logo's colours on paper."""
    with Image.open(io.BytesIO(logo)) as image:
        paper = Image.new("RGBA", image.size, PAPER)
        paper.alpha_composite(image.convert("RGBA"))
    few = paper.convert("RGB").quantize(_LOGO_COLOURS, dither=Image.Dither.NONE)
    channels = few.getpalette() or []
    return [(channels[place], channels[place + 1], channels[place + 2]) for place in range(0, len(channels) - 2, 3)]
