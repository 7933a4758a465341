"""The one fetcher: every address that a stranger can name is fetched here and nowhere else.

Of every fetch, in this order:
 1. the budget of the verification allows one more address (fan-out), and time to wait for it;
 2. what is remembered answers; else what is already being fetched is waited for (single flight);
 3. the URL keeps the rules (fetch_rules 1-5), at first and after each of at most two redirects;
 4. at most four fetches from one host at a time;
 5. the host's name is resolved here, and every address of it keeps the rules (fetch_rules 6);
 6. the connection goes to an address that was just checked, and the socket is made only for such a one: no second look-up, no proxy;
 7. TLS: a valid certificate that names the host;
 8. status 200; no Content-Encoding; the Content-Type is one that was asked for; never HTML unless asked for;
 9. the body is read up to the bound, and must end where its Content-Length says.
All of it within five seconds, for one request in all; and only so many requests wait at the same time. No cookies, no credentials,
no Referer, nothing of who asked.

Nothing stays open between fetches: each has a session of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import ipaddress
import socket
import ssl
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from atesto import __version__, limits
from atesto.adapters.fetch_cache import FetchCache
from atesto.adapters.fetch_rules import HTTPS_PORT
from atesto.adapters.name_lookup import NameLookup
from atesto.errors import AtestoError, MalformedInput, ResolutionError
from atesto.ports import Fetched

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from atesto.adapters.fetch_rules import FetchRules
    from atesto.fetch_budget import FetchBudget

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK: Final = 16_384
_TURNS: Final = 16
"""Turns of the event loop in which a connection that was shut down is taken down; it needs three or four."""
_TIMEOUT: Final = aiohttp.ClientTimeout(total=None, sock_connect=limits.FETCH_CONNECT_SECONDS)


class HttpFetcher:
    """A `Fetcher` over the network."""

    def __init__(
        self,
        rules: FetchRules,
        *,
        cache_seconds: float = limits.FETCH_CACHE_SECONDS,
        ca_file: Path | None = None,
        seconds: float = limits.FETCH_SECONDS,
        most_waiting: int = limits.MAX_WAITING_FOR_HOSTS,
        lookup: Callable[[str], Awaitable[list[str]]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ca_file`: certificates that are trusted beside the system's. Raises MalformedInput `settings.invalid` when it cannot be read."""
        self._rules: Final = rules
        self._tls: Final = _tls_context(ca_file)
        self._seconds: Final = seconds
        self._own_lookup: Final = NameLookup() if lookup is None else None
        self._lookup: Final = lookup or self._own_lookup or NameLookup()
        self._clock: Final = clock
        self._most_waiting: Final = most_waiting
        self._waiting = 0
        self._cache: Final = FetchCache(seconds=cache_seconds)
        self._running: dict[tuple[Any, ...], asyncio.Task[Fetched]] = {}
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def fetch(
        self, url: str, *, media_types: tuple[str, ...], max_bytes: int, budget: FetchBudget, max_age: float | None = None
    ) -> Fetched:
        """The answer of `url`. Raises ResolutionError `fetch.*`."""
        budget.spend(url)  # 1.
        key = (url, media_types, max_bytes)
        known = self._cache.get(key, now=self._clock(), max_age=max_age)  # 2.
        if isinstance(known, Fetched):
            return known
        if known is not None:
            raise known.below("")
        if self._waiting >= self._most_waiting:
            raise ResolutionError("fetch.too_busy", f"{self._waiting} requests are waiting for other hosts already.")
        since = self._clock()
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._shared(key, url, media_types, max_bytes), budget.seconds_left)
        except TimeoutError:
            raise ResolutionError("fetch.too_slow", "This request has waited long enough for other hosts.") from None
        finally:
            self._waiting -= 1
            budget.wait(self._clock() - since)

    async def _shared(self, key: tuple[Any, ...], url: str, media_types: tuple[str, ...], max_bytes: int) -> Fetched:
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(self._fetch(url, media_types, min(max_bytes, limits.MAX_FETCHED_BYTES)))
            self._running[key] = task
            task.add_done_callback(functools.partial(self._finish, key))
        # Whoever waits may leave; the fetch goes on for the others.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Ends what is being fetched."""
        for task in [*self._running.values()]:
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        if self._own_lookup is not None:
            self._own_lookup.close()

    def _finish(self, key: tuple[Any, ...], task: asyncio.Task[Fetched]) -> None:
        self._running.pop(key, None)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            self._cache.put(key, task.result(), now=self._clock())
        elif isinstance(error, AtestoError) and error.code != "fetch.too_busy":
            self._cache.put(key, error, now=self._clock())

    async def _fetch(self, url: str, media_types: tuple[str, ...], max_bytes: int) -> Fetched:
        try:
            async with asyncio.timeout(self._seconds):
                for _ in range(limits.MAX_REDIRECTS + 1):
                    answer = await self._hop(url, media_types, max_bytes)
                    if isinstance(answer, Fetched):
                        return answer
                    url = answer
        except TimeoutError:
            raise ResolutionError("fetch.too_slow", f"The host did not answer whole within {self._seconds:g} s.") from None
        raise ResolutionError("fetch.redirected", f"There are more than {limits.MAX_REDIRECTS} redirects.")

    async def _hop(self, url: str, media_types: tuple[str, ...], max_bytes: int) -> Fetched | str:
        """The answer of `url`, or where it sends us."""
        parts = self._rules.checked_url(url)  # 3.
        host, port = parts.hostname or "", parts.port or HTTPS_PORT
        places = self._hosts.setdefault(f"{host}:{port}", asyncio.Semaphore(limits.MAX_FETCHES_A_HOST))
        async with places:  # 4.
            addresses = await self._checked_addresses(host, port)  # 5.
            made: list[socket.socket] = []
            try:
                async with (
                    self._session(addresses, made) as session,
                    session.get(URL(url, encoded=True), allow_redirects=False, headers={"Accept": ", ".join(media_types)}) as response,
                ):
                    if response.status in _MOVED:
                        return urljoin(url, response.headers.get("Location", ""))
                    return Fetched(url, _checked_head(response, media_types), await _body(response, max_bytes))
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _explained(error, host) from None
            finally:
                await _hang_up(made)

    async def _checked_addresses(self, host: str, port: int) -> list[str]:
        found = [host] if _is_literal(host) else await self._lookup(host)
        if not all(self._rules.may_connect(address, port) for address in found):
            raise ResolutionError("fetch.address_refused", f"The name {host} leads to an address that is not public.")
        return found

    def _session(self, addresses: list[str], made: list[socket.socket]) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=_Resolved(addresses),
            socket_factory=functools.partial(_guarded_socket, self._rules, made),  # 6.
            ssl=self._tls,  # 7.
            use_dns_cache=False,
            force_close=True,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=_TIMEOUT,
            max_line_size=limits.MAX_HEADER_BYTES,
            max_field_size=limits.MAX_HEADER_BYTES,
            headers={"User-Agent": f"atesto/{__version__}", "Accept-Encoding": "identity"},
        )


class _NotPublicError(OSError):
    """The socket would have gone where none may go."""


class _Resolved(AbstractResolver):
    """Gives aiohttp the addresses that were checked, and looks nothing up."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses: Final = addresses

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:  # noqa: ARG002
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


def _guarded_socket(rules: FetchRules, made: list[socket.socket], info: tuple[Any, ...]) -> socket.socket:
    """The choke point: whatever led here, no socket is made for an address that the rules refuse. Those made are added to `made`."""
    family, kind, protocol, _, address = info
    if not rules.may_connect(str(address[0]), int(address[1])):
        raise _NotPublicError("not a public address")
    made.append(socket.socket(family, kind, protocol))
    return made[-1]


async def _hang_up(made: list[socket.socket]) -> None:
    """Ends the connections now: a polite end of TLS would wait up to half a minute for a host that does not answer."""
    for connection in made:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for _ in range(_TURNS):
        if all(connection.fileno() < 0 for connection in made):
            return
        await asyncio.sleep(0)


def _tls_context(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError):
            raise MalformedInput("settings.invalid", f"fetch_ca_file: there are no PEM certificates in {ca_file}.") from None
    return context


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _checked_head(response: aiohttp.ClientResponse, media_types: tuple[str, ...]) -> str:
    """8. The media type of an answer that may be read."""
    if response.status != 200:
        raise ResolutionError("fetch.status", f"The host answered with status {response.status}.")
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise ResolutionError("fetch.malformed", "The answer is compressed, which was not asked for.")
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type not in media_types:
        raise ResolutionError("fetch.malformed", f"The answer is of type {media_type[:64]!r}, which was not asked for.")
    return media_type


async def _body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """9."""
    if response.content_length is not None and response.content_length > max_bytes:
        raise ResolutionError("fetch.too_large", f"The answer has {response.content_length} bytes; at most {max_bytes} are read.")
    parts: list[bytes] = []
    left = max_bytes
    async for part in response.content.iter_chunked(_CHUNK):
        left -= len(part)
        if left < 0:
            raise ResolutionError("fetch.too_large", f"The answer has more than {max_bytes} bytes.")
        parts.append(part)
    return b"".join(parts)


def _explained(error: Exception, host: str) -> ResolutionError:
    """An error of the libraries below as one of ours, without what the host sent."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _NotPublicError):
            return ResolutionError("fetch.address_refused", f"The name {host} leads to an address that is not public.")
        if isinstance(seen, ssl.SSLCertVerificationError) and (why := getattr(seen, "verify_message", "")):
            return ResolutionError("fetch.tls", f"The certificate of {host} does not hold: {why.rstrip('.')}.")
        if isinstance(seen, ssl.SSLError) and not isinstance(seen, aiohttp.ClientError):
            return ResolutionError("fetch.tls", f"TLS with {host} could not be set up.")
        seen = getattr(seen, "os_error", None) or seen.__cause__
    if isinstance(error, aiohttp.ClientConnectorError | TimeoutError):
        return ResolutionError("fetch.unconnected", f"No connection to {host} could be made.")
    return ResolutionError("fetch.malformed", f"The answer of {host} is broken or breaks off.")
