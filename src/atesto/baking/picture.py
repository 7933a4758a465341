"""A picture of either format: which one it is, what is baked into it, and how something is baked into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.baking.png import SIGNATURE, bake_png, unbake_png
from atesto.baking.svg import bake_svg, unbake_svg
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.baking.carrier import Baked, Carrier

PNG: Final = "image/png"
SVG: Final = "image/svg+xml"
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_SVG_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]")
_OTHERS: Final = {b"\xff\xd8\xff": "a JPEG", b"GIF8": "a GIF", b"RIFF": "a WebP", b"%PDF": "a PDF"}


def picture_type(content: bytes) -> str | None:
    """The media type of a picture that may hold a credential, told by its bytes; None for what is no PNG, and no XML with an svg in it.

    Raises MalformedInput `image.unknown_format` for a picture of a format that cannot hold one.
    """
    if content.startswith(SIGNATURE):
        return PNG
    other = next((name for start, name in _OTHERS.items() if content.startswith(start)), None)
    if other is not None:
        raise MalformedInput("image.unknown_format", f"This is {other}.")
    return SVG if _MARKUP.match(content) and _SVG_TAG.search(content) else None


def unbake(image: bytes) -> Baked:
    """The credential in `image`. Raises MalformedInput and UnsupportedFeature `image.*`."""
    return unbake_png(image) if _known_type(image) == PNG else unbake_svg(image)


def bake(image: bytes, text: str, carrier: Carrier, *, replace: bool = False) -> bytes:
    """`image` with the credential `text`; its pixels and shapes are untouched. Raises MalformedInput `image.*`."""
    baker = bake_png if _known_type(image) == PNG else bake_svg
    return baker(image, text, carrier, replace=replace)


def _known_type(image: bytes) -> str:
    found = picture_type(image)
    if found is None:
        raise MalformedInput("image.unknown_format", "The bytes are neither those of a PNG nor those of an SVG.")
    return found
