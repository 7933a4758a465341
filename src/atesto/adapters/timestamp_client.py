"""The client of a timestamp service (RFC 3161 over HTTP, section 3.4): one request, one answer, within bounds.

The address is the operator's, so it may lie in his own network, and may be http: what comes back is signed, bound to the request by its
digest and nonce, and says a time that only its signature vouches for. Of each request:
1. to that address and to none that it redirects to, through no proxy, without cookies;
2. status 200, `application/timestamp-reply`, at most MAX_TIMESTAMP_BYTES, within TIMESTAMP_SECONDS;
3. the answer is a granted one, of this digest and nonce, whose signature holds (`proofs.jades.timestamp`).
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Final

import aiohttp

from atesto import __version__, limits
from atesto.errors import MalformedInput, ResolutionError, VerificationError
from atesto.proofs.jades.timestamp import read_timestamp_answer, timestamp_request

if TYPE_CHECKING:
    import ssl

_REQUEST_TYPE: Final = "application/timestamp-query"
_ANSWER_TYPE: Final = "application/timestamp-reply"
_NONCE_BITS: Final = 64
_CODE: Final = "issue.timestamp_service"


class TimestampClient:
    """A `TimestampService` at one address."""

    def __init__(self, url: str, *, seconds: float = limits.TIMESTAMP_SECONDS, tls: ssl.SSLContext | None = None) -> None:
        """`tls`: for https, when other certificates than the system's are to be trusted."""
        self._url: Final = url
        self._seconds: Final = seconds
        self._tls: Final = tls

    async def stamp(self, digest: bytes) -> bytes:
        """The token (DER) over a SHA-256 digest. Raises ResolutionError `issue.timestamp_service`."""
        nonce = secrets.randbits(_NONCE_BITS)
        answer = await self._asked(timestamp_request(digest, nonce))
        try:
            return read_timestamp_answer(answer, digest, nonce)
        except (MalformedInput, VerificationError) as error:
            raise ResolutionError(_CODE, f"What the timestamp service answered cannot be used. {error.detail}") from None

    async def _asked(self, request: bytes) -> bytes:
        headers = {"Content-Type": _REQUEST_TYPE, "Accept": _ANSWER_TYPE, "User-Agent": f"atesto/{__version__}"}
        try:
            async with (
                asyncio.timeout(self._seconds),
                aiohttp.ClientSession(
                    cookie_jar=aiohttp.DummyCookieJar(), trust_env=False, auto_decompress=False, headers=headers
                ) as session,
                session.post(self._url, data=request, allow_redirects=False, ssl=self._tls or True) as response,
            ):
                if response.status != 200:
                    raise ResolutionError(_CODE, f"The timestamp service answered with status {response.status}.")
                if response.content_type != _ANSWER_TYPE:
                    raise ResolutionError(
                        _CODE, f"The timestamp service answered with {response.content_type[:64]!r}, which is no timestamp."
                    )
                return await _bounded(response)
        except TimeoutError:
            raise ResolutionError(_CODE, f"The timestamp service did not answer whole within {self._seconds:g} s.") from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise ResolutionError(_CODE, "The timestamp service could not be reached, or broke off.") from None


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    parts: list[bytes] = []
    left = limits.MAX_TIMESTAMP_BYTES
    async for part in response.content.iter_chunked(16_384):
        left -= len(part)
        if left < 0:
            raise ResolutionError(_CODE, f"The timestamp service answered with more than {limits.MAX_TIMESTAMP_BYTES} bytes.")
        parts.append(part)
    return b"".join(parts)
