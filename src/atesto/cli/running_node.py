"""A node that runs on the same data folder: where it answers, so that a command can work through it instead of beside it."""

from __future__ import annotations

import os
import ssl
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from atesto import limits
from atesto.adapters.private_file import read_private_file, write_private_file
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import AtestoError, StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from atesto.encoding.strict_json import JsonObject

_NAME: Final = "running.json"
_SECONDS: Final = 60.0
_MAX_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class RunningNode:
    """What a serving node writes into its data folder: its local address, and its certificate's file when it speaks TLS."""

    url: str
    certificate: str | None
    pid: int
    keys: tuple[str, ...] = ()
    """The ids of the keys that it signs with until it ends."""

    def announce(self, data: Path) -> None:
        """Writes it, for this user alone: a command sends the API token where this file points. Raises CustodyError."""
        write_private_file(data / _NAME, orjson.dumps(asdict(self)))

    @staticmethod
    def withdraw(data: Path) -> None:
        """Removes it, when the node stops."""
        (data / _NAME).unlink(missing_ok=True)

    @classmethod
    def find(cls, data: Path) -> RunningNode | None:
        """The node that runs on `data`; None when none says so, or the one that said so has ended or is not this user's."""
        try:
            found = parse_json_object(read_private_file(data / _NAME, max_bytes=_MAX_BYTES))
            keys = found.get("keys")
            node = cls(
                str(found["url"]),
                str(found["certificate"]) if found["certificate"] else None,
                int(str(found["pid"])),
                tuple(map(str, keys)) if isinstance(keys, list) else (),
            )
            # Signal 0 is refused for another user's process, and that is not our node.
            os.kill(node.pid, 0)
        except (OSError, AtestoError, KeyError, ValueError):
            return None
        return node

    async def post(self, path: str, body: JsonObject, *, token: str) -> tuple[int, JsonObject]:
        """Status and body of the node's answer. Raises StorageError `storage.unavailable` when it does not answer."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return await self._request("POST", path, headers, orjson.dumps(body))

    async def ask(self, path: str) -> tuple[int, JsonObject]:
        """Status and body of the node's answer to a GET. Raises as `post`."""
        return await self._request("GET", path, {}, None)

    async def _request(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, JsonObject]:
        import aiohttp

        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, trust_env=False) as session,
                session.request(method, self.url + path, data=body, ssl=self._tls(), allow_redirects=False, headers=headers) as response,
            ):
                return response.status, parse_json_object(await response.read(), max_bytes=limits.MAX_ISSUE_BYTES)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise StorageError("storage.unavailable", f"The running node at {self.url} did not answer ({type(error).__name__}).") from None

    def _tls(self) -> Any:
        if self.certificate is None:
            return True
        # The node's own certificate, from its own settings: that very one and no other, whatever names stand in it.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(cafile=self.certificate)
        return context
