"""Connections that give nothing, give it slowly, or give what is no request: in process, with short times."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from atesto.web.application import make_application
from atesto.web.metrics import Metrics
from atesto.web.server import listen, serving
from tests.simulators.doors import FakeVerifier, rules, services

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.loopback

IDLE = 0.4
HEAD = b"POST /credentials/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
BODY = b'{"verifiableCredential":{"proof":{}}}'


@asynccontextmanager
async def server(behind: Any = None, **changes: Any) -> AsyncIterator[tuple[int, Metrics]]:
    metrics = Metrics()
    application = make_application(behind or services(), rules(**changes), metrics)
    with listen("127.0.0.1", 0) as listener:
        async with serving(application, listener, tls=None, drain_seconds=2, idle_seconds=IDLE):
            yield listener.getsockname()[1], metrics


async def talk(port: int, *parts: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """Everything that came back, and after how long the server closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    started = time.monotonic()
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), 5), time.monotonic() - started
    except ConnectionError:
        return b"", time.monotonic() - started
    finally:
        writer.close()


async def test_a_connection_that_says_nothing_is_closed() -> None:
    async with server() as (port, _):
        answer, seconds = await talk(port)
        assert answer == b""
        assert IDLE * 0.9 <= seconds < IDLE + 1.5


async def test_a_head_that_drips_is_closed() -> None:
    async with server() as (port, _):
        answer, seconds = await talk(port, *[HEAD[index : index + 1] for index in range(40)], pause=IDLE / 8)
        assert answer == b""
        assert seconds < 5


async def test_a_connection_is_kept_between_requests_and_closed_when_it_rests() -> None:
    async with server() as (port, _):
        request = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        answer, seconds = await talk(port, request, request)
        assert answer.count(b"HTTP/1.1 200 OK") == 2
        assert IDLE * 0.9 <= seconds < IDLE + 1.5


async def test_a_body_that_drips_is_given_up_and_others_are_not_held() -> None:
    async with server(body_seconds=0.5) as (port, _):
        drips = [HEAD + b"Content-Length: 1000\r\n\r\n", *[b" "] * 30]
        slow = [asyncio.create_task(talk(port, *drips, pause=0.05)) for _ in range(20)]
        await asyncio.sleep(0.1)
        answer, seconds = await talk(port, b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert seconds < 0.5
        for answer, _ in await asyncio.gather(*slow):
            # A client that goes on sending may find its connection gone before it reads.
            assert answer == b"" or answer.startswith(b"HTTP/1.1 408 ")
        assert (await talk(port, drips[0]))[0].startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_breaks_its_framing_ends_the_request_at_once() -> None:
    async with server(body_seconds=5) as (port, metrics):
        started = time.monotonic()
        answer, _ = await talk(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{    \r\n", b"zz\r\n", pause=0.05)
        assert time.monotonic() - started < 1
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert answer.count(b"HTTP/1.1 400 ") == 1
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "transport.unreadable"
        assert b"atesto_requests_running 0.0" in metrics.render()


async def test_what_is_no_request_is_counted_and_answered() -> None:
    async with server() as (port, metrics):
        answer, _ = await talk(port, b"nonsense\r\n\r\n")
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.0 400 ")
        assert b"Server: atesto" in head
        assert json.loads(body)["code"] == "transport.unreadable"
        text = metrics.render().decode()
        assert 'atesto_requests_total{method="OTHER",route="(unreadable)",status="400"} 1.0' in text
        assert 'atesto_refusals_total{code="transport.unreadable"} 1.0' in text


async def test_a_stopping_server_reads_the_body_of_a_running_request() -> None:
    reader = None
    async with server(services(verifier=FakeVerifier())) as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + f"Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:5])
        await writer.drain()
        await asyncio.sleep(0.1)
        later = asyncio.get_running_loop().call_later(0.3, writer.write, BODY[5:])
    assert not later.cancelled()
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"proof.signature_invalid" in answer
