"""Presentations: verified (VCALM `POST …/presentations/verify`) and, for tests, proved (`POST /presentations`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.web.api.credentials import named_verifier
from atesto.web.bodies import document_of, option_of, received_of
from atesto.web.problems import json_response, report_response

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.route import Call


async def verify_presentation(call: Call) -> web.StreamResponse:
    """200 or 400, with the report."""
    report = await named_verifier(call).verify_presentation(
        received_of(call.json, "verifiablePresentation"),
        now=call.services.clock(),
        challenge=option_of(call.json, "challenge"),
        domain=option_of(call.json, "domain"),
        recipient=option_of(call.json, "recipient"),
    )
    return report_response(report)


async def prove_presentation(call: Call) -> web.StreamResponse:
    """201 with the secured presentation: with a proof or, if it is asked for, as a token in an envelope."""
    presentation = await call.services.prove(
        document_of(call.json, "presentation"),
        challenge=option_of(call.json, "challenge"),
        domain=option_of(call.json, "domain"),
        envelope=option_of(call.json, "envelope"),
        now=call.services.clock(),
    )
    return json_response({"verifiablePresentation": presentation}, status=201)
