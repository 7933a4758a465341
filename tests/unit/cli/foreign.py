"""A credential of another issuer, as one would receive it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.simulators.parts import MemorySigner, credential, secured

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


def foreign_credential(**members: Any) -> JsonObject:
    """A small credential by somebody else, with members changed."""
    signer = MemorySigner.numbered(72)
    return asyncio.run(secured(credential(signer, **members), signer))
