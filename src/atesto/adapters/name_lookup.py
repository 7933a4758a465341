"""Name resolution for the fetcher: the system's resolver, in threads of its own.

A lookup cannot be broken off, so slow name servers hold threads. Names that led somewhere before have threads that others cannot take;
for a new name without a free thread the answer is "busy" at once, which nobody remembers.
"""

from __future__ import annotations

import asyncio
import socket
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from atesto import limits
from atesto.errors import ResolutionError


class NameLookup:
    """`await lookup(host)`: every address of a host, as IP literals, in the resolver's order."""

    def __init__(self) -> None:
        self._new: Final = _Threads(limits.NAME_LOOKUPS, "new-name")
        self._known: Final = _Threads(limits.KNOWN_NAME_LOOKUPS, "known-name")
        self._names: Final[OrderedDict[str, None]] = OrderedDict()

    async def __call__(self, host: str) -> list[str]:
        """Raises ResolutionError `fetch.unresolvable`, `fetch.too_busy`."""
        threads = self._known if host in self._names and self._known.free else self._new
        if not threads.free:
            raise ResolutionError("fetch.too_busy", "Too many names are being looked up already.")
        try:
            found = await threads.run(host)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise ResolutionError("fetch.unresolvable", f"The name {host} leads to no address.")
        self._remember(host)
        return found

    def close(self) -> None:
        """Forgets lookups that have not begun; one that runs ends with the resolver's own patience."""
        self._new.close()
        self._known.close()

    def _remember(self, host: str) -> None:
        self._names[host] = None
        self._names.move_to_end(host)
        while len(self._names) > limits.MAX_KNOWN_NAMES:
            self._names.popitem(last=False)


class _Threads:
    """A pool that knows how many of its threads are taken, also by lookups that nobody waits for any more."""

    def __init__(self, most: int, name: str) -> None:
        self._pool: Final = ThreadPoolExecutor(most, thread_name_prefix=name)
        self._most: Final = most
        self._taken = 0

    @property
    def free(self) -> bool:
        return self._taken < self._most

    def run(self, host: str) -> asyncio.Future[list[str]]:
        running = asyncio.get_running_loop().run_in_executor(self._pool, _addresses, host)
        self._taken += 1
        # Shielded: who waits may leave, and the thread is taken until the lookup has ended.
        running.add_done_callback(self._ended)
        return asyncio.shield(running)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ended(self, running: asyncio.Future[list[str]]) -> None:
        self._taken -= 1
        if not running.cancelled():
            running.exception()


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
