"""`atesto present`: a presentation signed by this node's key, for tests and demonstrations. Learners present with their wallets."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from atesto.cli.files import STANDARD, read_input, write_output
from atesto.cli.options import Config, Data, settings_of
from atesto.cli.output import facts, people, pretty_json, print_notices

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.settings import Settings

NAME: Final = "present"
EXAMPLE: Final = "Example: `atesto present credential.json --challenge 3f7a --domain verifier.example --out presentation.json`"
_V1: Final = "https://www.w3.org/2018/credentials/v1"
_V2: Final = "https://www.w3.org/ns/credentials/v2"
_DATA_INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"


def command(
    credentials: Annotated[
        list[str], typer.Argument(metavar="CREDENTIAL.json…", help="One or more credentials; `-` reads standard input.")
    ],
    *,
    challenge: Annotated[str | None, typer.Option(help="Challenge that the verifier named.", show_default=False)] = None,
    domain: Annotated[str | None, typer.Option(help="Domain that the verifier named.", show_default=False)] = None,
    out: Annotated[str, typer.Option(help="Where the presentation goes; `-` is standard output.")] = STANDARD,
    config: Config = None,
    data: Data = None,
) -> None:
    """Makes a presentation of credentials, signed by this node as the holder. For tests and demonstrations."""
    settings = settings_of(config, data)
    from atesto.credentials.received import as_object, received_document
    from atesto.encoding.strict_json import parse_json_object

    read = [
        parse_json_object(read_input(name, max_bytes=settings.issue_max_bytes), max_bytes=settings.issue_max_bytes) for name in credentials
    ]
    presentation = asyncio.run(_present(settings, [as_object(received_document(document)[1]) for document in read], challenge, domain))
    write_output(out, pretty_json(presentation), overwrite=True)
    console = people()
    console.print("✔ Presented and signed.", style="bold green")
    console.print(facts([("Holder", str(presentation.get("holder"))), ("Challenge", challenge), ("Domain", domain), ("Written to", out)]))


async def _present(settings: Settings, credentials: list[JsonObject], challenge: str | None, domain: str | None) -> JsonObject:
    from atesto.node import presenter

    did, prove, notices = presenter(settings)
    print_notices(notices)
    # A presentation speaks the version of what it holds; a mixed one speaks the newer.
    newer = any(_V2 in _listed(document.get("@context")) for document in credentials)
    presentation: JsonObject = {
        "@context": [_V2] if newer or not credentials else [_V1, _DATA_INTEGRITY],
        "type": ["VerifiablePresentation"],
        "holder": did,
        "verifiableCredential": [*credentials],
    }
    return await prove(presentation, challenge=challenge, domain=domain, now=datetime.now(UTC))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
