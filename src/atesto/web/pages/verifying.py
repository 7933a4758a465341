"""The verdict on what was pasted or uploaded, as a page. Nothing is stored; what was typed comes back when it was refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from atesto.errors import AtestoError
from atesto.verification.refusal import refused_report
from atesto.web.handed_over import read_handed_over
from atesto.web.pages.document_view import DocumentView, moment, view_document
from atesto.web.pages.form_data import parse_form
from atesto.web.pages.home import first_page
from atesto.web.pages.reader import Reader, reader_of
from atesto.web.pages.rendering import page
from atesto.web.pages.seal_view import view_seal
from atesto.web.problems import CODE, VERDICT

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.encoding.strict_json import JsonObject
    from atesto.verification.report import Report
    from atesto.web.route import Call

_MAX_SHOWN: Final = 50
"""Rows of one list on the page. A report may have thousands of findings; its JSON has them all."""


async def verify_form(call: Call) -> web.StreamResponse:
    """The result page, 200 whatever the verdict is: the page was delivered."""
    reader = reader_of(call.request)
    fields = parse_form(call.request.headers.get("Content-Type", ""), call.raw)
    typed = fields.get("document", b"").strip()
    # A picture's bytes are all meant; white space is not looked at where a text is expected.
    given = typed or fields.get("file", b"")
    if not given.strip():
        return await first_page(call, nothing_given=True)
    report = await _report(call, given)
    seen = [entry for entry in (report, *report.credentials) if entry.kind == "credential"]
    response = page(
        "verdict.html",
        reader,
        report=report,
        report_json=_without_documents(report),
        credentials=[(entry, _view(entry, reader)) for entry in seen[:_MAX_SHOWN]],
        seal=view_seal(report.seal, reader) if report.seal is not None else None,
        most=_MAX_SHOWN,
        checked=moment(report.checked_at, reader),
        typed="" if report.verified else typed.decode("utf-8", "replace"),
        public_url=call.node.rules.public_url,
    )
    response[VERDICT] = (report.kind, report.verdict.value)
    if report.problems:
        response[CODE] = report.problems[0].code
    return response


async def _report(call: Call, given: bytes) -> Report:
    services = call.services
    verifier = services.verifiers[services.default_verifier]
    now = services.clock()
    try:
        handed = await asyncio.to_thread(read_handed_over, given, max_bytes=call.node.rules.verify_max_bytes)
    except AtestoError as error:
        return refused_report(error, kind="credential", policy=verifier.policy.name, now=now)
    return await handed.judged_by(verifier, now=now)


def _without_documents(report: Report) -> JsonObject:
    """The report as the doors give it, but for the documents, which the page shows beside it."""
    result = {name: value for name, value in report.to_json().items() if name != report.kind}
    if report.kind == "presentation":
        result["credentials"] = [_without_documents(inner) for inner in report.credentials]
    return result


def _view(report: Report, reader: Reader) -> DocumentView | None:
    return view_document(report.shown, reader) if report.shown is not None else None
