"""Credentials: issued (VCALM `POST …/credentials/issue`), verified (`POST …/credentials/verify`) and compared (our own door).

The verifying door also takes a credential as it is, told by the media type: JSON, a compact token, or a picture with either baked in.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import orjson

from atesto.baking.picture import PNG, SVG, picture_type
from atesto.credentials.received import Received, received_credential, token_text
from atesto.errors import AtestoError, MalformedInput
from atesto.verification.europass import europass_presentation
from atesto.web.bodies import document_of, option_of, pair_of, received_of
from atesto.web.problems import ISSUER, json_response, report_response

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.verification.report import Report
    from atesto.web.route import Call
    from atesto.web.services import CredentialIssuer, DocumentVerifier

LINKED_DATA_TYPE: Final = "application/ld+json"
_TEXT: Final = "text/plain"
"""How Open Badges 3.0 sends a compact token. Any page can have a browser send this without asking: so it is a token or nothing."""
_TOKEN_TYPES: Final = ("application/vc+jwt", "application/jwt", _TEXT)
CREDENTIAL_TYPES: Final = ("application/vc", "application/vc+ld+json", *_TOKEN_TYPES, PNG, SVG)
"""Media types of bodies that are a credential themselves."""


async def issue_credential(call: Call) -> web.StreamResponse:
    """201 with the secured credential, in the wrapped form."""
    name, issuer = named_issuer(call)
    credential = await issuer.issue(document_of(call.json, "credential"), now=call.services.clock())
    response = json_response({"verifiableCredential": credential}, status=201)
    response[ISSUER] = name
    return response


async def verify_credential(call: Call) -> web.StreamResponse:
    """200 or 400, with the report."""
    return report_response(await _report(call))


async def _report(call: Call) -> Report:
    verifier = named_verifier(call)
    if call.body is None:
        received = await asyncio.to_thread(_as_it_is, call)
        return (await verifier.verify_credential(received.document, now=call.services.clock())).noting(received.findings)
    return await verifier.verify_credential(
        received_of(call.json, "verifiableCredential"),
        now=call.services.clock(),
        challenge=option_of(call.json, "challenge"),
        domain=option_of(call.json, "domain"),
        recipient=option_of(call.json, "recipient"),
    )


async def verify_for_europass(call: Call) -> web.StreamResponse:
    """200 or 400 as `verify_credential`, with the report in Europass's words."""
    report = await _report(call)
    response = report_response(report)
    response.body = orjson.dumps(europass_presentation(report))
    response.content_type = LINKED_DATA_TYPE
    return response


def _as_it_is(call: Call) -> Received:
    """The credential that the body is. Raises AtestoError."""
    media_type = call.request.content_type
    if media_type in {PNG, SVG} and picture_type(call.raw) is None:
        raise MalformedInput(
            "image.unknown_format", "The Content-Type names a picture; the bytes are neither those of a PNG nor of an SVG."
        )
    if media_type in _TOKEN_TYPES and token_text(call.raw) is None:
        if media_type == _TEXT:
            raise MalformedInput("transport.unsupported_media_type", "A body of text/plain is a compact token, and this is none.")
        raise MalformedInput("token.malformed", "The Content-Type names a token, and the body is none.")
    return received_credential(call.raw, max_bytes=call.node.rules.verify_max_bytes)


async def compare_credentials(call: Call) -> web.StreamResponse:
    """200 with the comparison, whatever it says: what was asked is answered."""
    first, second = pair_of(call.json, "verifiableCredentials")
    try:
        comparison = await call.services.compare(first, second, now=call.services.clock())
    except AtestoError as error:
        raise error.below("/verifiableCredentials") from None
    return json_response(comparison.to_json())


def named_issuer(call: Call) -> tuple[str, CredentialIssuer]:
    """The issuer that the path names, or the default one. Raises MalformedInput `request.unknown_name`."""
    name = call.named("name", call.services.default_issuer)
    issuer = call.services.issuers.get(name)
    if issuer is None:
        raise MalformedInput("request.unknown_name", "There is no issuer of that name.")
    return name, issuer


def named_verifier(call: Call) -> DocumentVerifier:
    """The verifier that the path names, or the default one. Raises MalformedInput `request.unknown_name`."""
    verifier = call.services.verifiers.get(call.named("name", call.services.default_verifier))
    if verifier is None:
        raise MalformedInput("request.unknown_name", "There is no verifier of that name.")
    return verifier
