"""Colours of a page: the institution's own, darkened where text in it could not be read (WCAG 2, contrast of at least 4.5)."""

from __future__ import annotations

from typing import Final

INK: Final = "#14213D"
QUIET: Final = "#5B6577"
LINE: Final = "#D9DEE7"
ACCENT: Final = "#1F5FBF"
PANEL: Final = "#F3F6FB"
PAPER: Final = "#FFFFFF"

LEAST_CONTRAST: Final = 4.5
_STEPS: Final = 40
_LINEAR_BELOW: Final = 0.04045


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#RRGGBB`."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def legible(colour: str) -> str:
    """The colour, mixed with as little of the page's ink as makes it legible on paper and on panels."""
    for step in range(_STEPS + 1):
        mixed = mix(colour, INK, step / _STEPS)
        if min(contrast(mixed, PAPER), contrast(mixed, PANEL)) >= LEAST_CONTRAST:
            return mixed
    return INK


def mix(one: str, other: str, share: float) -> str:
    """One colour with a share (0 to 1) of another."""
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in zip(rgb(one), rgb(other), strict=True))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_BELOW else float(((channel + 0.055) / 1.055) ** 2.4)
