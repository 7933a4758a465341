"""Name resolution for the fetcher: the system's resolver, in threads of its own."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from atesto import limits
from atesto.errors import ResolutionError


class NameLookup:
    """`await lookup(host)`: every address of a host, as IP literals, in the resolver's order."""

    def __init__(self) -> None:
        self._threads: Final = ThreadPoolExecutor(limits.NAME_LOOKUPS, thread_name_prefix="name-lookup")

    async def __call__(self, host: str) -> list[str]:
        """Raises ResolutionError `fetch.unresolvable`."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, _addresses, host)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise ResolutionError("fetch.unresolvable", f"The name {host} leads to no address.")
        return found

    def close(self) -> None:
        """Forgets lookups that have not begun; one that runs ends with the resolver's own patience."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
