"""A client of doors with fakes behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.web.application import make_application
from atesto.web.metrics import Metrics
from atesto.web.openapi import openapi_document
from atesto.web.routes import ROUTES
from tests.simulators.doors import rules, services

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from aiohttp import web
    from aiohttp.test_utils import TestClient

PATHS: Final[Any] = openapi_document(ROUTES, public_url="http://127.0.0.1:8080")["paths"]
UNFORESEEN: Final = 500
"""What no document promises."""


@pytest.fixture
def doors(aiohttp_client: Any) -> Iterator[Callable[..., Awaitable[TestClient[Any, Any]]]]:
    """`await doors(services=…, **rules)`: a client of an application with these behind it.

    Whatever a documented address answers in a test has to stand in the OpenAPI document.
    """
    undocumented: list[tuple[str, str, int]] = []

    async def look(request: web.Request, response: web.StreamResponse) -> None:
        resource = request.match_info.route.resource
        operation = PATHS.get(resource.canonical if resource is not None else "", {}).get(request.method.lower())
        if operation is not None and response.status != UNFORESEEN and str(response.status) not in operation["responses"]:
            undocumented.append((request.method, request.path, response.status))

    async def make(behind: Any = None, **changes: Any) -> TestClient[Any, Any]:
        application = make_application(behind or services(), rules(**changes), Metrics())
        application.on_response_prepare.append(look)
        client: TestClient[Any, Any] = await aiohttp_client(application, server_kwargs={"auto_decompress": False})
        return client

    yield make
    assert undocumented == []
