"""Baking and reading a picture, timed alone: no other program of the comparison does it. The bar is 20 ms for both together."""

from __future__ import annotations

import json
import random
import struct
import zlib
from typing import TYPE_CHECKING, Final

from atesto.baking.carrier import CARRIERS
from atesto.baking.picture import bake, unbake
from atesto.baking.png import SIGNATURE
from scripts.bench_figures import OURS
from scripts.bench_operations import DisagreementError, Operation, timed

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

PICTURE: Final = "PNG of 500 KB"
BYTES: Final = 500_000
_PIECE: Final = 8_192
"""How many bytes libpng puts into one chunk."""


def picture() -> bytes:
    """A PNG of that size, its pixels noise: in chunks of the size in which they are usually written."""
    noise = random.Random(500).randbytes(BYTES)  # noqa: S311 - pixels
    pieces = (noise[start : start + _PIECE] for start in range(0, BYTES, _PIECE))
    header = struct.pack(">IIBBBBB", 408, 408, 8, 2, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", header) + b"".join(_chunk(b"IDAT", piece) for piece in pieces) + _chunk(b"IEND", b"")


def baking_operations(credential: JsonObject) -> list[Operation]:
    """Baking `credential`, reading it again, and the two together. Raises DisagreementError."""
    plain, text = picture(), json.dumps(credential)
    baked = bake(plain, text, CARRIERS[0])
    if unbake(baked).text != text:
        raise DisagreementError("What was baked does not come out; nothing was measured.")
    return [
        Operation(PICTURE, "bake", 10, {OURS: timed(lambda: bake(plain, text, CARRIERS[0]))}),
        Operation(PICTURE, "unbake", 10, {OURS: timed(lambda: unbake(baked))}),
        Operation(PICTURE, "bake + unbake (bar: 20 ms)", 10, {OURS: timed(lambda: unbake(bake(plain, text, CARRIERS[0])))}),
    ]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
