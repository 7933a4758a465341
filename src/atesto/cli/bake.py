"""`atesto bake`: a secured badge into a picture."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Final

import typer

from atesto.cli.files import STANDARD, read_input, write_output
from atesto.cli.output import facts, people
from atesto.limits import MAX_IMAGE_BYTES, MAX_JSON_BYTES

if TYPE_CHECKING:
    from atesto.issuance.bake import BakedPicture

NAME: Final = "bake"
EXAMPLE: Final = "Example: `atesto bake credential.json badge.png --out baked.png`"


def command(
    credential: Annotated[
        str,
        typer.Argument(metavar="CREDENTIAL", help="The issued Open Badge or CLR: JSON or a compact JWT; `-` reads it from standard input."),
    ],
    image: Annotated[
        str | None,
        typer.Argument(metavar="[IMAGE]", help="The PNG or SVG that it goes into; a picture is drawn without one.", show_default=False),
    ] = None,
    *,
    out: Annotated[
        str | None,
        typer.Option(
            help="Where the picture goes; `-` is standard output, which is the default unless that is a terminal.", show_default=False
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a credential that the picture holds already.")] = False,
    colour: Annotated[
        str | None, typer.Option(help="The institution's colour (#RRGGBB), for a picture that is drawn.", show_default=False)
    ] = None,
) -> None:
    """Bakes a badge into a picture. The credential's text is kept to the letter, and nothing of the picture but that is changed."""
    from atesto.adapters.rendering.badge_image import draw_badge
    from atesto.issuance.bake import bake_credential

    text = _text(read_input(credential, max_bytes=MAX_JSON_BYTES))
    picture = read_input(image, max_bytes=MAX_IMAGE_BYTES) if image is not None else None
    baked = bake_credential(text, picture, draw=draw_badge, colour=colour, replace=replace)
    target = out or _default_target(credential, baked)
    write_output(target, baked.image, overwrite=out is not None)
    people().print("✔ Baked.", style="bold green")
    rows: list[tuple[str, str | None]] = [
        ("Picture", image or "drawn from the credential"),
        ("Kind", baked.media_type),
        ("Size", f"{len(baked.image):,} bytes"),
        ("Written to", "standard output" if target == STANDARD else target),
    ]
    people().print(facts(rows))


def _text(content: bytes) -> str:
    from atesto.errors import MalformedInput

    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedInput("json.not_utf8", f"Byte {error.start} is not UTF-8.") from None


def _default_target(credential: str, baked: BakedPicture) -> str:
    """On a terminal a file, as for `atesto issue`."""
    if not sys.stdout.isatty() or credential == STANDARD:
        return STANDARD
    return f"{PurePath(credential).stem}.baked.{'png' if baked.media_type == 'image/png' else 'svg'}"
