"""The aiohttp application: the route table, the middleware in front of it, and a watch on the event loop."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from aiohttp import web

from atesto.web.middleware import Door, Doors, Preflight
from atesto.web.route import Doorway
from atesto.web.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.typedefs import Handler

    from atesto.web.door_rules import DoorRules
    from atesto.web.metrics import Metrics
    from atesto.web.services import Services

DOORS: Final = web.AppKey("doors", Doors)
"""Where the application keeps what stands in front of it."""
_LAG_PERIOD_SECONDS: Final = 0.25


def make_application(services: Services, rules: DoorRules, metrics: Metrics) -> web.Application:
    """The application of one node."""
    doors = Doors(Doorway(services, rules, metrics, ROUTES))

    @web.middleware
    async def in_front(request: web.Request, handler: Handler) -> web.StreamResponse:  # noqa: ARG001 - aiohttp passes it by this name
        return await doors.handle(request)

    application = web.Application(middlewares=[in_front])
    application[DOORS] = doors
    for route in ROUTES:
        _hang(application, doors, route.method, route.path, Door(route))
        if route.method == "GET":
            _hang(application, doors, "HEAD", route.path, Door(route))
    for path in dict.fromkeys(route.path for route in ROUTES if route.browsers):
        routes = [route for route in ROUTES if route.path == path]
        methods = ", ".join(sorted(route.method for route in routes))
        _hang(application, doors, "OPTIONS", path, Preflight(routes[0], methods))

    async def watch(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_watch_lag(metrics))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    application.cleanup_ctx.append(watch)
    return application


def _hang(application: web.Application, doors: Doors, method: str, path: str, door: Door | Preflight) -> None:
    async def stand_in(_: web.Request) -> web.StreamResponse:
        # Never reached: the middleware stands in front and opens `door` itself, so that nothing can be reached without it.
        raise web.HTTPNotFound

    application.router.add_route(method, path, stand_in)
    doors.behind[stand_in] = door


async def _watch_lag(metrics: Metrics) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(_LAG_PERIOD_SECONDS)
        metrics.saw_lag(max(0.0, time.perf_counter() - before - _LAG_PERIOD_SECONDS))
