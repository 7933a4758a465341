"""Whether the node lives, and whether it can do its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.web.problems import json_response

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.web.route import Call


async def live(_: Call) -> web.StreamResponse:
    """200 as long as the process answers at all: a supervisor restarts it otherwise."""
    return json_response({"status": "live"})


async def ready(call: Call) -> web.StreamResponse:
    """200 when every part works, 503 with the names of those that do not: a balancer sends requests elsewhere."""
    parts = await call.services.parts()
    works = all(part.works for part in parts)
    listed = [{"name": part.name, "works": part.works, "sentence": part.sentence} for part in parts]
    return json_response({"status": "ready" if works else "not ready", "parts": listed}, status=200 if works else 503)
