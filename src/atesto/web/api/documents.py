"""What the node says about itself: its OpenAPI document and its counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from atesto.web.metrics import CONTENT_TYPE
from atesto.web.openapi import openapi_document
from atesto.web.problems import json_response

if TYPE_CHECKING:
    from atesto.web.route import Call


async def openapi(call: Call) -> web.StreamResponse:
    """The document, made from the route table."""
    return json_response(openapi_document(call.node.routes, public_url=call.node.rules.public_url))


async def metrics(call: Call) -> web.StreamResponse:
    """The counters in Prometheus' text format."""
    return web.Response(body=call.node.metrics.render(), headers={"Content-Type": CONTENT_TYPE})
