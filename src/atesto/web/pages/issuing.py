"""Issuing from a page, by somebody who has the API token. The token is a field of the form: no cookie, so no other site can use it."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

from atesto.credentials.received import readable
from atesto.errors import AtestoError, PolicyDenied
from atesto.web.pages.document_view import view_document
from atesto.web.pages.form_data import parse_form
from atesto.web.pages.reader import reader_of
from atesto.web.pages.rendering import page
from atesto.web.problems import CODE, ISSUER
from atesto.web.request_body import parse_body

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.route import Call


async def issue_form(call: Call) -> web.StreamResponse:
    """The credential on a page; on a refusal the form again, with what was typed (but for the token)."""
    reader = reader_of(call.request)
    fields = parse_form(call.request.headers.get("Content-Type", ""), call.raw)
    typed = fields.get("award", b"").strip() or fields.get("file", b"").strip()
    services = call.services
    try:
        _check_token(fields.get("token", b"").strip(), call.node.rules.token)
        award = await parse_body(typed, max_bytes=call.node.rules.issue_max_bytes)
        (credential,) = (await services.issue_award(award, (), now=services.clock())).values()
    except AtestoError as error:
        response = page(
            "issue.html",
            reader,
            status=error.entry.http_status,
            error=error,
            typed=typed.decode("utf-8", "replace"),
            wrong_token=error.code == "transport.unauthorized",
        )
        response[CODE] = error.code
        return response
    response = page(
        "issued.html",
        reader,
        view=view_document(readable(credential), reader),
        typed="",
        wrong_token=False,
        text=json.dumps(credential, ensure_ascii=False, indent=2),
    )
    response[ISSUER] = services.default_issuer
    return response


def _check_token(given: bytes, token: str | None) -> None:
    if token is not None and not hmac.compare_digest(given, token.encode("utf-8")):
        raise PolicyDenied("transport.unauthorized", "The API token is missing, or is not this node's.")
