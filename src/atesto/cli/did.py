"""`atesto did`: who this node is."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from atesto.cli.options import Config, Data, Json, settings_of
from atesto.cli.output import pretty_json, print_json, print_notices

NAME: Final = "did"
EXAMPLE: Final = "Example: `atesto did --document`"


def command(
    *,
    document: Annotated[bool, typer.Option("--document", help="Print the DID document instead of the DID.")] = False,
    as_json: Json = False,
    config: Config = None,
    data: Data = None,
) -> None:
    """Prints the DID under which this node issues by default, or its document."""
    settings = settings_of(config, data)
    from atesto.node import default_key

    record, documents, notices = default_key(settings)
    print_notices(notices)
    if document:
        typer.echo(pretty_json(documents[record.did]).decode("utf-8"), nl=False)
    elif as_json:
        print_json({"did": record.did, "verificationMethod": record.verification_method, "dids": list(documents)})
    else:
        typer.echo(record.did)
