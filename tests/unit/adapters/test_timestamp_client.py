"""The client of a timestamp service, against services on the loopback with one fault each."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any, Final

import pytest
from aiohttp import web
from asn1crypto import tsp

from atesto import limits
from atesto.adapters.timestamp_client import TimestampClient
from atesto.errors import AtestoError
from atesto.proofs.jades.assessment import SealTrust, assess_seal
from atesto.proofs.jades.seal import parse_seal
from tests.simulators.clocks import granted, service
from tests.simulators.seals import NOW, World, sealed

pytestmark = pytest.mark.loopback

WORLD: Final = World()
DIGEST: Final = hashlib.sha256(b"x").digest()
TYPE: Final = "application/timestamp-reply"


def answered(body: bytes, *, nonce: int | None = None) -> bytes:
    return granted(WORLD.stamps, body, nonce=nonce)


async def right(request: web.Request) -> web.Response:
    assert request.content_type == "application/timestamp-query"
    assert "Cookie" not in request.headers
    return web.Response(body=answered(await request.read()), content_type=TYPE)


async def test_a_seal_is_stamped() -> None:
    async with service(right) as url:
        document = await sealed(WORLD.holder, timestamps=TimestampClient(url))
    found = assess_seal(parse_seal(document), SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,)), now=NOW)
    assert (found.level, found.proven_at, found.indication.value) == ("B-T", WORLD.stamps.time, "TOTAL-PASSED")


async def test_each_request_has_a_nonce_of_its_own() -> None:
    nonces = []

    async def noting(request: web.Request) -> web.Response:
        body = await request.read()
        nonces.append(tsp.TimeStampReq.load(body)["nonce"].native)
        return web.Response(body=answered(body), content_type=TYPE)

    async with service(noting) as url:
        client = TimestampClient(url)
        await client.stamp(DIGEST)
        await client.stamp(DIGEST)
    assert len(set(nonces)) == 2


async def another_nonce(request: web.Request) -> web.Response:
    return web.Response(body=answered(await request.read(), nonce=7), content_type=TYPE)


async def another_digest(request: web.Request) -> web.Response:
    body = (await request.read()).replace(DIGEST, hashlib.sha256(b"y").digest())
    return web.Response(body=answered(body), content_type=TYPE)


async def rejected(_: web.Request) -> web.Response:
    return web.Response(body=bytes([0x30, 5, 0x30, 3, 2, 1, 2]), content_type=TYPE)


async def a_page(_: web.Request) -> web.Response:
    return web.Response(text="<html>", content_type="text/html")


async def an_error(_: web.Request) -> web.Response:
    return web.Response(status=500, text="no")


async def elsewhere(_: web.Request) -> web.Response:
    raise web.HTTPFound("/elsewhere")


async def too_much(_: web.Request) -> web.Response:
    return web.Response(body=b"0" * (limits.MAX_TIMESTAMP_BYTES + 1), content_type=TYPE)


async def nothing(_: web.Request) -> web.Response:
    return web.Response(body=b"", content_type=TYPE)


async def broken_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": TYPE})
    await response.prepare(request)
    await response.write(b"0")
    assert request.transport is not None
    request.transport.close()
    return response


async def silent(_: web.Request) -> web.Response:
    await asyncio.sleep(3_600)
    return web.Response()


FAULTS: Final[dict[str, tuple[Any, str]]] = {
    "another nonce": (another_nonce, "the nonce differs"),
    "another digest": (another_digest, "over something else"),
    "a refusal": (rejected, "rejection"),
    "a page": (a_page, "text/html"),
    "an error": (an_error, "status 500"),
    "a redirect": (elsewhere, "status 302"),
    "too much": (too_much, "more than"),
    "nothing": (nothing, "cannot be used"),
    "broken off": (broken_off, "broke off"),
    "silence": (silent, "within 0.2 s"),
}


@pytest.mark.parametrize(("handler", "said"), FAULTS.values(), ids=FAULTS)
async def test_a_service_with_a_fault(handler: Any, said: str) -> None:
    async with service(handler) as url:
        with pytest.raises(AtestoError) as caught:
            await TimestampClient(url, seconds=0.2 if handler is silent else 5).stamp(DIGEST)
    assert (caught.value.code, said in caught.value.detail) == ("issue.timestamp_service", True), caught.value


async def test_nobody_there() -> None:
    async with service(right) as url:
        pass
    with pytest.raises(AtestoError) as caught:
        await TimestampClient(url).stamp(DIGEST)
    assert caught.value.code == "issue.timestamp_service"
