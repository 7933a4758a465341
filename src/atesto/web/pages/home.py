"""The first page, and the style and script of all pages."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from aiohttp import web

from atesto.errors import MalformedInput
from atesto.web.pages.reader import reader_of
from atesto.web.pages.rendering import page

if TYPE_CHECKING:
    from atesto.web.route import Call

_ASSETS: Final = {"atesto.css": "text/css", "atesto.js": "text/javascript"}


async def home_page(call: Call) -> web.StreamResponse:
    """What this node is, and a place to check a credential."""
    return await first_page(call)


async def first_page(call: Call, *, nothing_given: bool = False) -> web.StreamResponse:
    """The first page; `nothing_given` when somebody sent its form empty."""
    services = call.services
    return page(
        "home.html",
        reader_of(call.request),
        did=services.did,
        verifiers=sorted({verifier.policy.name for verifier in services.verifiers.values()}),
        parts=await services.parts(),
        typed="",
        nothing_given=nothing_given,
    )


async def asset(call: Call) -> web.StreamResponse:
    """One of the files in the table, and nothing else from the disk. Raises MalformedInput `transport.not_found`."""
    name = call.named("file", "")
    if name not in _ASSETS:
        raise MalformedInput("transport.not_found", "There is no such file.")
    data = resources.files("atesto.web.pages").joinpath("assets", name).read_bytes()
    return web.Response(body=data, content_type=_ASSETS[name], charset="utf-8", headers={"Cache-Control": "max-age=300"})
