"""Pictures with credentials in them (`POST /credentials/bake`, our own door). Baking uses no key and keeps nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from aiohttp import web

from atesto.baking.picture import SVG
from atesto.errors import AtestoError
from atesto.web.bodies import base64_of, option_of, received_of

if TYPE_CHECKING:
    from atesto.web.route import Call

_SANDBOX: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""The picture is somebody's markup: it is to be saved, and to do nothing where it is opened all the same."""

_OF_CREDENTIAL: Final = frozenset({"image.not_secured", "image.not_a_badge", "image.unwritable"})


async def bake_credential(call: Call) -> web.StreamResponse:
    """200 with the picture, as an attachment."""
    options = call.json.get("options")
    image = base64_of(call.json, "image")
    try:
        baked = await asyncio.to_thread(
            call.services.bake,
            received_of(call.json, "credential"),
            image,
            colour=option_of(call.json, "colour"),
            replace=isinstance(options, dict) and options.get("replace") is True,
        )
    except AtestoError as error:
        of_credential = error.code in _OF_CREDENTIAL or not error.code.startswith("image.")
        raise error.below("/credential" if of_credential else "/image") from None
    ending = "svg" if baked.media_type == SVG else "png"
    headers = {"Content-Disposition": f'attachment; filename="badge.{ending}"', "Content-Security-Policy": _SANDBOX}
    return web.Response(body=baked.image, content_type=baked.media_type, headers=headers)
