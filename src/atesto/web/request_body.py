"""Reading a request's body: what it says it is first, then its bytes, within bounds.

Checks, in order:
1. no Content-Encoding: nothing is inflated;
2. the media type: JSON as `application/json` or `+json` (a cross-site form cannot send that without asking first), and what else the door
   takes: doors that ask for a token or change anything take nothing else;
3. the length that is announced;
4. the bytes that arrive, and the time they take;
5. strict JSON, an object.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import ClientConnectionResetError, web
from aiohttp.http_exceptions import HttpProcessingError

from atesto import limits
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


def check_media_type(request: web.Request, *, form: bool, also: tuple[str, ...] = ()) -> bool:
    """Whether the body is of `also`, to be taken as it is; JSON, or a page's form, otherwise. Raises MalformedInput `transport.*`."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        raise MalformedInput("transport.content_encoding", "The request has a Content-Encoding.")
    media_type = request.content_type.lower() if "Content-Type" in request.headers else ""
    if form:
        accepted = media_type in {"multipart/form-data", "application/x-www-form-urlencoded"}
    else:
        accepted = media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))
    if media_type in also:
        return True
    if not accepted:
        raise MalformedInput("transport.unsupported_media_type", "The Content-Type is not one that this address takes.")
    return False


async def read_body(request: web.Request, *, max_bytes: int, seconds: float) -> bytes:
    """The whole body. Raises MalformedInput `transport.body_too_large`, `transport.timeout`, `transport.unreadable`."""
    announced = request.content_length
    if announced is not None and announced > max_bytes:
        raise MalformedInput("transport.body_too_large", f"The body has {announced} bytes; at most {max_bytes} are taken.")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            while part := await request.content.readany():
                size += len(part)
                if size > max_bytes:
                    raise MalformedInput("transport.body_too_large", f"The body has more than {max_bytes} bytes.")
                parts.append(part)
    except TimeoutError:
        raise MalformedInput("transport.timeout", f"The body was not there after {seconds:g} s.") from None
    except (web.RequestPayloadError, HttpProcessingError, ClientConnectionResetError, ConnectionError):
        raise MalformedInput("transport.unreadable", "The body broke off, or its framing is wrong.") from None
    return b"".join(parts)


async def parse_body(data: bytes, *, max_bytes: int) -> JsonObject:
    """The JSON object in `data`. Raises MalformedInput `json.*`."""
    if len(data) <= limits.PARSE_INLINE_BYTES:
        return parse_json_object(data, max_bytes=max_bytes)
    return await asyncio.to_thread(parse_json_object, data, max_bytes=max_bytes)
