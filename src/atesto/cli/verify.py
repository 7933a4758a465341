"""`atesto verify`: the verdict on a credential or presentation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from atesto.cli.exit_codes import OF_VERDICT
from atesto.cli.files import read_input
from atesto.cli.options import Config, Data, Json, Shapes, settings_of
from atesto.cli.output import print_json, print_report
from atesto.limits import MAX_IMAGE_BYTES

if TYPE_CHECKING:
    from atesto.settings import Settings
    from atesto.verification.pipeline import Verifier
    from atesto.verification.report import Report

NAME: Final = "verify"
EXAMPLE: Final = "Example: `atesto verify credential.json`. Exit code: 0 confirmed, 1 refused, 2 not confirmed."


def command(
    document: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The credential or presentation: JSON, a sealed one too, a compact JWT, or a badge (PNG, SVG); `-` reads standard input.",
        ),
    ],
    *,
    verifier: Annotated[str | None, typer.Option(help="Name of the verifier, and so the policy.", show_default="strict")] = None,
    challenge: Annotated[str | None, typer.Option(help="Challenge that the proof must carry.", show_default=False)] = None,
    domain: Annotated[str | None, typer.Option(help="Domain that the proof must carry.", show_default=False)] = None,
    recipient: Annotated[
        str | None,
        typer.Option(help="Whom it must have been awarded to: an e-mail address, a DID or another identifier.", show_default=False),
    ] = None,
    shapes: Shapes = None,
    europass: Annotated[
        bool, typer.Option("--europass", help="Prints the report on a credential in Europass's words, as JSON-LD.")
    ] = False,
    as_json: Json = False,
    config: Config = None,
    data: Data = None,
) -> None:
    """Tells whether a credential or presentation is genuine and valid today, and shows every check."""
    settings = settings_of(config, data, shapes=shapes)
    asked = {"challenge": challenge, "domain": domain, "recipient": recipient}
    report = asyncio.run(_report(settings, verifier, document, asked))
    _print(report, europass=europass, as_json=as_json)
    raise typer.Exit(OF_VERDICT[report.verdict])


def _print(report: Report, *, europass: bool, as_json: bool) -> None:
    if europass:
        from atesto.verification.europass import europass_presentation

        if report.kind != "credential":
            raise typer.BadParameter("Europass's words are for a credential, not for a presentation.")
        print_json(europass_presentation(report))
    elif as_json:
        print_json(report.to_json())
    else:
        print_report(report, _rows(report))


async def _report(settings: Settings, name: str | None, document: str, asked: dict[str, str | None]) -> Report:
    from atesto.adapters.shapes_workers import open_shapes
    from atesto.node import local_verifier

    judge = local_verifier(settings, name)
    content = read_input(document, max_bytes=max(settings.verify_max_bytes, MAX_IMAGE_BYTES))
    async with open_shapes(settings.shapes, judge.contexts) as shapes:
        return await _verify(replace(judge, shapes=shapes), content, settings.verify_max_bytes, asked)


async def _verify(verifier: Verifier, content: bytes, max_bytes: int, asked: dict[str, str | None]) -> Report:
    from atesto.errors import AtestoError
    from atesto.verification.refusal import refused_report
    from atesto.web.handed_over import read_handed_over

    now = datetime.now(UTC)
    try:
        given = read_handed_over(content, max_bytes=max_bytes)
    except AtestoError as error:
        return refused_report(error, kind="credential", policy=verifier.policy.name, now=now)
    wanted = replace(
        given,
        challenge=_agreed("challenge", given.challenge, asked["challenge"]),
        domain=_agreed("domain", given.domain, asked["domain"]),
        recipient=_agreed("recipient", given.recipient, asked["recipient"]),
    )
    return await wanted.judged_by(verifier, now=now)


def _agreed(name: str, own: str | None, flag: str | None) -> str | None:
    """What is asked for: what the file's envelope names, or the flag. Raises BadParameter when they name two things."""
    if own is not None and flag is not None and own != flag:
        raise typer.BadParameter(f"FILE names the {name} {own[:80]!r} in its options, and --{name} names another.")
    return own if own is not None else flag


def _rows(report: Report) -> list[tuple[str, str | None]]:
    from atesto.web.pages.document_view import moment, view_document

    rows: list[tuple[str, str | None]] = []
    for entry in (report, *report.credentials):
        if entry.kind == "credential" and entry.shown is not None:
            view = view_document(entry.shown)
            rows += [
                ("Title", str(view.title) if view.title else None),
                ("Awarded to", ", ".join(map(str, view.subjects))),
                ("Issuer", f"{entry.issuer} (calls itself {view.issuer_name})" if view.issuer_name else entry.issuer),
                ("Valid from", view.valid_from.text if view.valid_from else None),
                ("Valid until", view.valid_until.text if view.valid_until else None),
            ]
    if report.seal is not None:
        from atesto.web.pages.seal_view import view_seal

        rows += [(row.label, row.text) for row in view_seal(report.seal).rows]
    return [*rows, ("Presented by", report.presenter), ("Checked", f"{moment(report.checked_at).text}, policy {report.policy}")]
