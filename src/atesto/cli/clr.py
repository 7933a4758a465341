"""`atesto clr`: from badges to one signed learner record."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from atesto.cli.files import STANDARD, read_input, write_output
from atesto.cli.issue import issued_through, say_issued
from atesto.cli.options import Config, Data, settings_of
from atesto.cli.output import pretty_json, print_notices

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.settings import Settings

NAME: Final = "clr"
EXAMPLE: Final = 'Example: `atesto clr module.json certificate.json --name "Transcript" --association "1 isChildOf 2" --out record.json`'
_ASSOCIATION: Final = re.compile(r"(\S+)\s+(\S+)\s+(\S+)")


def command(
    credentials: Annotated[list[str], typer.Argument(metavar="A B …", help="The badges, with their proofs.")],
    *,
    name: Annotated[str, typer.Option(help="What the record is called.")],
    issuer_name: Annotated[str | None, typer.Option(help="The name of who issues the record.", show_default=False)] = None,
    subject: Annotated[
        str | None,
        typer.Option(help="Whose record it is: needed where the badges name different subjects, and you vouch that they are one person."),
    ] = None,
    association: Annotated[
        list[str] | None,
        typer.Option(help="How two achievements belong together, such as `1 isChildOf 2`: identifiers, or numbers of the files."),
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Says that badges which you know of were left out.")] = False,
    out: Annotated[str, typer.Option(help="Where the record goes; `-` is standard output.")] = STANDARD,
    config: Config = None,
    data: Data = None,
) -> None:
    """Bundles badges, unchanged, into a learner record (CLR 2.0), with this node's key. Each has to verify on its own."""
    settings = settings_of(config, data)
    found = [_read(path, settings.verify_max_bytes) for path in credentials]
    body: JsonObject = {
        "verifiableCredentials": [*found],
        "name": name,
        "associations": [_association(text, found) for text in association or ()],
        "partial": partial,
        **({"issuerName": issuer_name} if issuer_name else {}),
        **({"subject": subject} if subject else {}),
    }
    record, through = asyncio.run(_bundle(settings, body))
    write_output(out, pretty_json(record), overwrite=True)
    say_issued(record, through, out)


def _read(path: str, max_bytes: int) -> JsonObject | str:
    from atesto.credentials.received import received_document, token_text
    from atesto.encoding.strict_json import parse_json_object

    content = read_input(path, max_bytes=max_bytes)
    token = token_text(content)
    return received_document(parse_json_object(content, max_bytes=max_bytes))[1] if token is None else token


def _association(text: str, credentials: list[JsonObject | str]) -> JsonObject:
    """One association; a number stands for the achievement of that file."""
    from atesto.errors import MalformedInput

    match = _ASSOCIATION.fullmatch(text.strip())
    if match is None:
        raise MalformedInput("clr.association_unknown", f'"{text[:80]}" is not of the form "1 isChildOf 2".')
    return {"type": match[2], "source": _end(match[1], credentials), "target": _end(match[3], credentials)}


def _end(word: str, credentials: list[JsonObject | str]) -> str:
    from atesto.profiles.clr.achievements import achievements

    number = int(word) if re.fullmatch(r"[0-9]{1,3}", word) else 0
    named = credentials[number - 1] if 0 < number <= len(credentials) else None
    return next((name for name, _, _ in achievements(named)), word) if isinstance(named, dict) else word


async def _bundle(settings: Settings, body: JsonObject) -> tuple[JsonObject, str]:
    """The record, and through what it was issued."""
    from atesto.cli.running_node import RunningNode
    from atesto.errors import StorageError
    from atesto.node import data_folder, open_node
    from atesto.web.api.learner_records import plan_of

    try:
        async with open_node(settings, serving=False) as node:
            print_notices(node.notices)
            given: Any = body["verifiableCredentials"]
            return await node.services.bundle(tuple(given), plan_of(body), now=node.services.clock()), "this command"
    except StorageError as error:
        running = RunningNode.find(data_folder(settings)) if error.code == "storage.locked" else None
        if running is None:
            raise
    answer = await issued_through(running, settings, "/clr", body, inside="/verifiableCredentials")
    return next(iter(answer.values())), f"the running node at {running.url}"
