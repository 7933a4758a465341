"""`atesto unbake`: the credential out of a picture."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from atesto.cli.files import STANDARD, read_input, write_output
from atesto.cli.output import facts, people
from atesto.limits import MAX_IMAGE_BYTES

NAME: Final = "unbake"
EXAMPLE: Final = "Example: `atesto unbake baked.png --out credential.json`"


def command(
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="The PNG or SVG; `-` reads it from standard input.")],
    *,
    out: Annotated[str, typer.Option(help="Where the credential goes; `-` is standard output.")] = STANDARD,
) -> None:
    """Takes the credential out of a picture, to the letter. It is not verified: `atesto verify` takes the picture itself."""
    from atesto.baking.picture import unbake

    baked = unbake(read_input(image, max_bytes=MAX_IMAGE_BYTES))
    write_output(out, baked.text.encode("utf-8"), overwrite=True)
    people().print("✔ Taken out, and not verified.", style="bold green")
    people().print(facts([("Found in", baked.place), ("Written to", "standard output" if out == STANDARD else out)]))
