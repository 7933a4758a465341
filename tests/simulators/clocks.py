"""Timestamp services on the loopback: what they answer is a handler's, written by the test."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from asn1crypto import tsp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.simulators.seals import TimestampAuthority


def granted(stamps: TimestampAuthority, body: bytes, *, nonce: int | None = None) -> bytes:
    """A granted TimeStampResp (DER) to a request."""
    request = tsp.TimeStampReq.load(body)
    token = stamps.token(request["message_imprint"]["hashed_message"].native, nonce=nonce or request["nonce"].native)
    return b"\x30\x82" + (len(token) + 5).to_bytes(2, "big") + b"\x30\x03\x02\x01\x00" + token


@asynccontextmanager
async def service(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """The address of a service that answers with `handler`."""
    application = web.Application()
    application.router.add_post("/tsr", handler)
    application.router.add_post("/elsewhere", handler)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/tsr"
    finally:
        await runner.cleanup()
