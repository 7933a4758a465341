"""`atesto present`: a presentation signed by this node's key, for tests and demonstrations. Learners present with their wallets.

With a proof it is of VCDM 2.0 as soon as one credential is, or is a token. As a token it is the JWT of VCDM 1.1 when every credential is of
VCDM 1.1, and then credentials that are tokens stand in it as bare texts.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from atesto.cli.files import STANDARD, read_input, write_output
from atesto.cli.options import Config, Data, settings_of
from atesto.cli.output import facts, people, pretty_json, print_notices

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.ports import Did
    from atesto.settings import Settings

NAME: Final = "present"
EXAMPLE: Final = "Example: `atesto present credential.json --challenge 3f7a --domain verifier.example --out presentation.json`"
_V1: Final = "https://www.w3.org/2018/credentials/v1"
_V2: Final = "https://www.w3.org/ns/credentials/v2"


def command(
    credentials: Annotated[
        list[str],
        typer.Argument(metavar="CREDENTIAL.json…", help="One or more credentials, JSON or a compact JWT; `-` reads standard input."),
    ],
    *,
    challenge: Annotated[str | None, typer.Option(help="Challenge that the verifier named.", show_default=False)] = None,
    domain: Annotated[str | None, typer.Option(help="Domain that the verifier named.", show_default=False)] = None,
    envelope: Annotated[
        Literal["jwt"] | None, typer.Option(help="`jwt`: a token in an envelope instead of a proof.", show_default=False)
    ] = None,
    out: Annotated[str, typer.Option(help="Where the presentation goes; `-` is standard output.")] = STANDARD,
    config: Config = None,
    data: Data = None,
) -> None:
    """Makes a presentation of credentials, signed by this node as the holder. For tests and demonstrations."""
    settings = settings_of(config, data)
    read = [_read(name, settings.issue_max_bytes) for name in credentials]
    did, presentation = asyncio.run(_present(settings, read, envelope, challenge, domain))
    write_output(out, pretty_json(presentation), overwrite=True)
    console = people()
    console.print("✔ Presented and signed.", style="bold green")
    console.print(facts([("Holder", did), ("Challenge", challenge), ("Domain", domain), ("Written to", out)]))


def _read(name: str, max_bytes: int) -> JsonObject:
    from atesto.credentials.received import as_object, received_document, token_text
    from atesto.encoding.strict_json import parse_json_object

    content = read_input(name, max_bytes=max_bytes)
    return as_object(token_text(content) or received_document(parse_json_object(content, max_bytes=max_bytes))[1])


async def _present(
    settings: Settings, credentials: list[JsonObject], envelope: str | None, challenge: str | None, domain: str | None
) -> tuple[Did, JsonObject]:
    from atesto.credentials.received import bare_token, readable
    from atesto.node import presenter

    did, prove, notices = presenter(settings)
    print_notices(notices)
    # A presentation speaks the version of what it holds; a mixed one speaks the newer.
    said = credentials if envelope is None else [readable(credential) for credential in credentials]
    newer = any(_V2 in _listed(document.get("@context")) for document in said)
    held: list[JsonValue] = [credential if newer else bare_token(credential) for credential in credentials]
    presentation: JsonObject = {
        "@context": [_V2 if newer else _V1],
        "type": ["VerifiablePresentation"],
        "holder": did,
        "verifiableCredential": held,
    }
    return did, await prove(presentation, challenge=challenge, domain=domain, envelope=envelope, now=datetime.now(UTC))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
