"""DIDs: the node's own documents where did:web has them, and the resolution of anybody's (`GET /identifiers/{did}`)."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import orjson
from aiohttp import web

from atesto import limits
from atesto.dids.jwk_set import JWK_SET_TYPE
from atesto.dids.resolution_result import resolution_result
from atesto.errors import MalformedInput
from atesto.fetch_budget import FetchBudget
from atesto.web.problems import CODE, json_response

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.web.route import Call

DOCUMENT_TYPE: Final = "application/did+ld+json"
RESOLUTION_TYPE: Final = "application/ld+json"
_IDENTIFIERS: Final = "/identifiers/"


async def did_document(call: Call) -> web.StreamResponse:
    """The own document that stands at this path; 304 when the caller has it. Raises MalformedInput `transport.not_found`."""
    document = call.services.published(call.request.path)
    if document is None:
        raise MalformedInput("transport.not_found", "No DID of this node has its document at this address.")
    return _published(call, document, DOCUMENT_TYPE)


async def jwk_set(call: Call) -> web.StreamResponse:
    """The JWK Set of the node's did:web; 304 when the caller has it. Raises MalformedInput `transport.not_found`."""
    keys = call.services.jwk_set()
    if keys is None:
        raise MalformedInput("transport.not_found", "This node has no did:web.")
    return _published(call, keys, JWK_SET_TYPE)


def _published(call: Call, document: JsonObject, content_type: str) -> web.StreamResponse:
    body = orjson.dumps(document)
    etag = hashlib.sha256(body).hexdigest()[:32]
    headers = {"Cache-Control": f"public, max-age={limits.DOCUMENT_MAX_AGE_SECONDS}", "ETag": f'"{etag}"'}
    if any(known.value in {etag, "*"} for known in call.request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type=content_type, headers=headers)


async def resolve_identifier(call: Call) -> web.StreamResponse:
    """200 with the resolution result; 404 when nothing was found, 400 for every other error, each with a result that names it."""
    result = await resolution_result(
        _identifier(call.request),
        functools.partial(call.services.resolve, budget=FetchBudget()),
        public_key_format=call.request.query.get("publicKeyFormat"),
    )
    status = 200 if result.error is None else 404 if result.error == "notFound" else 400
    response = json_response(result.to_json, status=status, content_type=RESOLUTION_TYPE)
    if result.code is not None:
        response[CODE] = result.code
    return response


def _identifier(request: web.Request) -> str:
    """The DID or DID URL of the path, decoded once.

    A caller who writes `did:` with its colon has not encoded the whole: `%3A` is then a did:web's own, and only what cannot stand in a
    path is decoded.
    """
    raw = request.rel_url.raw_path.removeprefix(_IDENTIFIERS)
    if not raw.startswith("did:") or "%25" in raw:
        return unquote(raw)
    for escape, character in (("%23", "#"), ("%2F", "/"), ("%2f", "/"), ("%3F", "?"), ("%3f", "?")):
        raw = raw.replace(escape, character)
    return raw
