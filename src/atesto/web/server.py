"""Listening: a bound socket, TLS from files, bounded heads, and a stop that lets running requests finish."""

from __future__ import annotations

import os
import socket
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from atesto import limits
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

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
    application: web.Application, listener: socket.socket, *, tls: ssl.SSLContext | None, drain_seconds: float
) -> AsyncIterator[None]:
    """Serves `application` on `listener` inside the block; at its end no new connection is taken and running requests may finish."""
    runner = web.AppRunner(
        application,
        access_log=None,
        shutdown_timeout=drain_seconds,
        keepalive_timeout=limits.IDLE_SECONDS,
        lingering_time=limits.LINGER_SECONDS,
        max_line_size=limits.MAX_HEADER_BYTES,
        max_field_size=limits.MAX_HEADER_BYTES,
        max_headers=limits.MAX_HEADERS,
        auto_decompress=False,
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listener, ssl_context=tls, backlog=_BACKLOG).start()
        yield
    finally:
        await runner.cleanup()
