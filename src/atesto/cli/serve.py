"""`atesto serve`: the node, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import shlex
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from atesto import __version__
from atesto.cli.options import Config, Data, checkout, settings_of
from atesto.cli.output import facts, people, print_notices

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from atesto.node import Node
    from atesto.settings import Settings
    from atesto.web.door_rules import DoorRules

NAME: Final = "serve"
EXAMPLE: Final = "Example: `atesto serve --port 8443 --tls-cert chain.pem --tls-key key.pem --public-url https://issuer.example`"
_EXAMPLE_AWARD: Final = "examples/award-en-tidal-turbines.json"


def command(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.", show_default="8080")] = None,
    data: Data = None,
    config: Config = None,
    public_url: Annotated[str | None, typer.Option(help="The URL under which others reach the node.", show_default=False)] = None,
    tls_cert: Annotated[Path | None, typer.Option(help="Certificate chain (PEM).", show_default=False)] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Private key of the certificate (PEM).", show_default=False)] = None,
) -> None:
    """Starts the node. It makes its keys, its DID and its API token at the first start, and says where they lie."""
    settings = settings_of(config, data, host=host, port=port, public_url=public_url, tls_cert=tls_cert, tls_key=tls_key)
    from atesto import limits
    from atesto.adapters.log_output import set_up_logging

    set_up_logging(settings.log_level, settings.log_format)
    given = [("--config", config), ("--data", data)]
    sys.setswitchinterval(limits.THREAD_SWITCH_SECONDS)
    asyncio.run(_serve(settings, [part for name, value in given if value is not None for part in (name, str(value))]))


async def _serve(settings: Settings, given: list[str]) -> None:
    from atesto.cli.running_node import RunningNode
    from atesto.node import data_folder, open_node
    from atesto.web.application import make_application
    from atesto.web.metrics import Metrics
    from atesto.web.server import listen, serving, tls_context

    tls = tls_context(settings.tls_cert, settings.tls_key) if settings.tls_cert and settings.tls_key else None
    stop = _stop_signal()
    with listen(settings.host, settings.port) as listener:
        async with open_node(settings, serving=True) as node:
            # What an earlier node left behind, when it was killed, points at nobody, or at somebody else.
            RunningNode.withdraw(data_folder(settings))
            local = _local_url(settings, listener)
            metrics = Metrics()
            metrics.watch(waiting=lambda: getattr(node.workers, "waiting", 0), healthy=lambda: node.journal.healthy)
            application = make_application(node.services, _rules(settings, node, local), metrics)
            async with serving(application, listener, tls=tls, drain_seconds=settings.drain_seconds):
                # Modules and tables live as long as the node: looking through them again and again would stop every answer for 60 ms.
                gc.collect()
                gc.freeze()
                certificate = str(settings.tls_cert.absolute()) if settings.tls_cert else None
                RunningNode(local, certificate, os.getpid(), node.key_ids).announce(data_folder(settings))
                _greet(settings, node, local, given)
                await stop.wait()
                people().print("\nStopping: running requests may finish.")
                RunningNode.withdraw(data_folder(settings))


def _rules(settings: Settings, node: Node, local: str) -> DoorRules:
    from atesto.web.door_rules import DoorRules

    public_url = (settings.public_url or local).rstrip("/")
    return DoorRules(
        token=node.token,
        public_url=public_url,
        host_names=DoorRules.host_names_of(public_url, settings.host, settings.allowed_hosts),
        cors_origins=frozenset(settings.cors_origins),
        verify_max_bytes=settings.verify_max_bytes,
        issue_max_bytes=settings.issue_max_bytes,
        body_seconds=settings.body_seconds,
        max_requests=settings.max_requests,
    )


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def _local_url(settings: Settings, listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    # An address that means "every interface" is reached from here by the loopback.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"{'https' if settings.tls_cert else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def exposure(settings: Settings) -> Iterator[str]:
    """What an address that others can reach brings with it."""
    from atesto.settings import is_loopback

    if is_loopback(settings.host):
        return
    if settings.tls_cert is None:
        yield "The node listens beyond this machine without TLS: unless a proxy stands between, the API token travels in clear."
    if settings.public_url is None and not settings.allowed_hosts:
        yield "Under other names than localhost the node answers 421: set public_url, or allowed_hosts."


def _greet(settings: Settings, node: Node, local: str, given: list[str]) -> None:
    from atesto.node import key_store_path, token_path

    console = people()
    print_notices((*node.notices, *exposure(settings)))
    root = checkout()
    console.print(f"\natesto {__version__} is ready.\n", style="bold")
    token = str(token_path(settings)) if node.token is not None else "none: anybody who reaches this node can issue"
    keys = f"{key_store_path(settings)}{' (development keys)' if root is not None and settings.keys == root / 'keys' else ''}"
    rows = [("URL", settings.public_url or local), ("DID", node.services.did), ("API token", token), ("Keys", keys)]
    console.print(facts([*rows, ("Stop", "Ctrl-C")]))
    if settings.auth == "none":
        console.print("\n! Anybody who reaches this node can issue in its name. It is for interoperability tests only.", style="bold red")
    if root is None:
        return
    program, award = shlex.quote(str(Path(sys.argv[0]).absolute())), shlex.quote(str(root / _EXAMPLE_AWARD))
    options = "".join(f" {shlex.quote(part)}" for part in given)
    console.print("\nIssue the example award and verify it, in another terminal:\n")
    console.print(f"  {program} issue {award} --out credential.json{options} && \\")
    console.print(f"  {program} verify credential.json{options}\n")
