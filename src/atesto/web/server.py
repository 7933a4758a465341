"""Listening: a bound socket, TLS from files, bounded heads, and a stop that lets running requests finish.

What aiohttp cannot read as a request never reaches the middleware; its answer is ours all the same (`Doors.unreadable`).
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import EMPTY_PAYLOAD, StreamReader, web
from aiohttp.http import RawRequestMessage

from atesto import limits
from atesto.errors import MalformedInput
from atesto.web.application import DOORS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from atesto.web.middleware import Doors

_BACKLOG = 128


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises MalformedInput `settings.address` when it cannot be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
        raise MalformedInput("settings.address", f"The node cannot listen on {host} port {port}: {reason}.") from None


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """The server side of TLS 1.2 and newer with this chain and key. Raises MalformedInput `settings.invalid`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # A key with a passphrase would make OpenSSL ask on the terminal; a node has nobody to ask.
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except FileNotFoundError as error:
        raise MalformedInput("settings.invalid", f"A TLS file is missing: {error.filename or certificate}.") from None
    except (OSError, ssl.SSLError, ValueError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or "not a PEM certificate and its key"
        raise MalformedInput("settings.invalid", f"TLS cannot be set up with {certificate} and {key}: {reason}.") from None
    return context


def _no_passphrase() -> str:
    return ""


@asynccontextmanager
async def serving(
    application: web.Application,
    listener: socket.socket,
    *,
    tls: ssl.SSLContext | None,
    drain_seconds: float,
    idle_seconds: float = limits.IDLE_SECONDS,
) -> AsyncIterator[None]:
    """Serves `application` on `listener` inside the block; at its end no new connection is taken and running requests may finish."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=drain_seconds)
    await runner.setup()
    loop = asyncio.get_running_loop()

    def connection() -> web.RequestHandler:
        return _Connection(
            application[DOORS],
            runner.server,
            loop=loop,
            access_log=None,
            keepalive_timeout=idle_seconds,
            lingering_time=limits.LINGER_SECONDS,
            max_line_size=limits.MAX_HEADER_BYTES,
            max_field_size=limits.MAX_HEADER_BYTES,
            max_headers=limits.MAX_HEADERS,
            auto_decompress=False,
        )

    try:
        server = await loop.create_server(connection, sock=listener, ssl=tls, backlog=_BACKLOG)
        try:
            yield
        finally:
            server.close()
    finally:
        await runner.cleanup()


class _Connection(web.RequestHandler):
    """One connection; what goes wrong below the middleware is answered in the node's own words."""

    __slots__ = ("_body", "_doors")

    def __init__(self, doors: Doors, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._doors = doors
        self._body: StreamReader = EMPTY_PAYLOAD

    def data_received(self, data: bytes) -> None:
        # A connection that closes after its request takes nothing more, not even that request's body; a stopping node answers it whole.
        closes, ends = self._close, self._force_close
        if not self._body.is_eof():
            self._close = self._force_close = False
        super().data_received(data)
        self._close, self._force_close = self._close or closes, self._force_close or ends
        if not self._messages:
            return
        message, body = self._messages[-1]
        if isinstance(message, RawRequestMessage):
            self._body = body
        elif not self._body.is_eof():
            # The framing broke while a body was on its way: whoever reads that body hears of it now, not when its time is over.
            self._body.set_exception(web.RequestPayloadError("The framing of the body is wrong."))
            self._body.feed_eof()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - aiohttp's words, which may repeat what was sent
    ) -> web.StreamResponse:
        if request.writer.output_size > 0:
            raise ConnectionResetError("An answer is on its way already; a second one would be read as part of it.")
        response = self._doors.unreadable(exc, theirs=status < 500)
        response.force_close()
        return response
