"""`atesto issue`: from an award record to a signed credential."""

from __future__ import annotations

import asyncio
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Final

import typer

from atesto.cli.files import STANDARD, read_input, write_output
from atesto.cli.options import Config, Data, settings_of
from atesto.cli.output import facts, people, pretty_json, print_notices

if TYPE_CHECKING:
    from atesto.cli.running_node import RunningNode
    from atesto.encoding.strict_json import JsonObject
    from atesto.settings import Settings

NAME: Final = "issue"
EXAMPLE: Final = "Example: `atesto issue examples/award-en-tidal-turbines.json --out credential.json`"


def command(
    award: Annotated[str, typer.Argument(metavar="AWARD.json", help="The award record; `-` reads it from standard input.")],
    *,
    out: Annotated[
        str | None,
        typer.Option(
            help="Where the credential goes; `-` is standard output, which is the default unless that is a terminal.", show_default=False
        ),
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            help="Form of the credential; several times for several forms, each in a file of its own: NAME.FORM.json.", show_default="edc"
        ),
    ] = None,
    config: Config = None,
    data: Data = None,
) -> None:
    """Issues a credential from an award record, with this node's key. Works beside a stopped node and through a running one."""
    settings = settings_of(config, data)
    target = out or _default_target(award)
    from atesto.encoding.strict_json import parse_json_object

    record = parse_json_object(read_input(award, max_bytes=settings.issue_max_bytes), max_bytes=settings.issue_max_bytes)
    credentials, through = asyncio.run(_issue(settings, record, tuple(dict.fromkeys(form or ()))))
    places = _write(credentials, target, overwrite=out is not None)
    for name, credential in credentials.items():
        say_issued(credential, through, places[name])


def _write(credentials: dict[str, JsonObject], target: str, *, overwrite: bool) -> dict[str, str]:
    """Where each went. Several forms go to a file each, or to standard output in one object, by form."""
    if len(credentials) == 1 or target == STANDARD:
        whole: JsonObject = next(iter(credentials.values())) if len(credentials) == 1 else {**credentials}
        write_output(target, pretty_json(whole), overwrite=overwrite)
        return dict.fromkeys(credentials, target)
    path = PurePath(target)
    places = {name: str(path.with_name(f"{path.name.removesuffix('.json')}.{name}.json")) for name in credentials}
    for name, credential in credentials.items():
        write_output(places[name], pretty_json(credential), overwrite=overwrite)
    return places


def _default_target(award: str) -> str:
    """On a terminal a file: a credential with its pictures fills the screen and tells nobody anything."""
    if not sys.stdout.isatty() or award == STANDARD:
        return STANDARD
    return f"{PurePath(award).stem}.credential.json"


async def _issue(settings: Settings, award: JsonObject, forms: tuple[str, ...]) -> tuple[dict[str, JsonObject], str]:
    """The credentials by form, and through what they were issued."""
    from atesto.cli.running_node import RunningNode
    from atesto.errors import StorageError
    from atesto.node import data_folder, open_node

    try:
        async with open_node(settings, serving=False) as node:
            print_notices(node.notices)
            return await node.services.issue_award(award, forms, now=node.services.clock()), "this command"
    except StorageError as error:
        running = RunningNode.find(data_folder(settings)) if error.code == "storage.locked" else None
        if running is None:
            raise
    body: JsonObject = {"award": award, **({"forms": list(forms)} if forms else {})}
    return await issued_through(running, settings, "/awards", body, inside="/award"), f"the running node at {running.url}"


async def issued_through(running: RunningNode, settings: Settings, address: str, body: JsonObject, *, inside: str) -> dict[str, JsonObject]:
    """The credentials that a running node answers with, by form. Raises MalformedInput; its pointer leads into what stands `inside`."""
    from atesto.adapters.api_token import obtain_token
    from atesto.error_codes import ERROR_CODES
    from atesto.errors import MalformedInput, StorageError
    from atesto.node import token_path

    token = "" if settings.auth == "none" else obtain_token(token_path(settings)).secret
    status, answer = await running.post(address, body, token=token)
    issued = _issued(answer) if status == 201 else {}
    if issued:
        return issued
    code, detail, pointer = (str(answer.get(name, "")) for name in ("code", "detail", "pointer"))
    if code not in ERROR_CODES:
        raise StorageError("storage.unavailable", f"The running node answered {status}, and not as an atesto node does.")
    raise MalformedInput(code, detail, pointer=pointer.removeprefix(inside))


def _issued(answer: JsonObject) -> dict[str, JsonObject]:
    """The credentials of an answer, by form; under no name where none was asked for."""
    one, several = answer.get("verifiableCredential"), answer.get("verifiableCredentials")
    listed = {"": one} if isinstance(one, dict) else several if isinstance(several, dict) else {}
    return {name: credential for name, credential in listed.items() if isinstance(credential, dict)}


def say_issued(credential: JsonObject, through: str, target: str) -> None:
    """Tells the person at the terminal what was issued, and where it is."""
    from atesto.credentials.received import readable
    from atesto.web.pages.document_view import view_document

    said = readable(credential)
    view = view_document(said)
    console = people()
    console.print("✔ Issued, recorded and signed.", style="bold green")
    issuer = said.get("issuer")
    rows: list[tuple[str, str | None]] = [
        ("Title", str(view.title) if view.title else None),
        ("Awarded to", ", ".join(map(str, view.subjects))),
        ("Issued by", str(view.issuer_name) if view.issuer_name else None),
        ("Issuer", str(issuer.get("id")) if isinstance(issuer, dict) else str(issuer)),
        ("Credential", str(said.get("id"))),
        ("By", through),
        ("Written to", "standard output" if target == STANDARD else target),
    ]
    console.print(facts(rows))
