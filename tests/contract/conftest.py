"""A client of doors with fakes behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from atesto.web.application import make_application
from atesto.web.metrics import Metrics
from tests.simulators.doors import rules, services

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp.test_utils import TestClient


@pytest.fixture
def doors(aiohttp_client: Any) -> Callable[..., Awaitable[TestClient[Any, Any]]]:
    """`await doors(services=…, **rules)`: a client of an application with these behind it."""

    async def make(behind: Any = None, **changes: Any) -> TestClient[Any, Any]:
        client: TestClient[Any, Any] = await aiohttp_client(
            make_application(behind or services(), rules(**changes), Metrics()), server_kwargs={"auto_decompress": False}
        )
        return client

    return make
