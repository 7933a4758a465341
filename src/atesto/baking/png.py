"""Credentials in PNG (third edition, sections 5 and 11.3.3), chunk by chunk. No pixel is decoded and nothing is inflated.

Checks, in order:
1. size and signature;
2. each chunk: length, type, checksum (CRC); at most `limits.MAX_PNG_CHUNKS` of them;
3. order: IHDR first and once, with sound members; no unknown critical chunk; PLTE once and before IDAT; IDAT together; IEND last;
4. nothing stands after IEND;
5. one credential: one iTXt chunk of a known keyword, not compressed, in UTF-8.

It does not check that the picture can be drawn, nor what the credential says.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.baking.carrier import CARRIERS, OLDER_KEYWORD, Baked, Carrier
from atesto.errors import MalformedInput, UnsupportedFeature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MAX_LENGTH: Final = 2**31 - 1
_FRAME: Final = 12
"""Bytes of a chunk beside its data: length, type, checksum."""
_MAX_KEYWORD: Final = 79
_TEXTS: Final = frozenset({b"iTXt", b"tEXt", b"zTXt"})
_CRITICAL: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_DEPTHS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
"""Bit depths by colour type (table 11.1)."""
_BY_KEYWORD: Final = {carrier.keyword.encode("ascii"): carrier for carrier in CARRIERS}


@dataclass(frozen=True, slots=True)
class _Chunk:
    """One chunk: `number` from 1, `start` and `end` of all its bytes, `data` of its content."""

    number: int
    kind: bytes
    start: int
    end: int
    data: bytes

    @property
    def name(self) -> str:
        return f"Chunk {self.number} ({self.kind.decode('ascii')})"


def unbake_png(png: bytes) -> Baked:
    """The credential in `png`. Raises MalformedInput `image.*`, UnsupportedFeature `image.compressed`, `image.older_version`."""
    chunks = _chunks(png)
    found = [(chunk, carrier) for chunk in chunks if (carrier := _BY_KEYWORD.get(_keyword(chunk)))]
    if not found:
        if any(_keyword(chunk) == OLDER_KEYWORD.encode("ascii") for chunk in chunks):
            raise UnsupportedFeature(
                "image.older_version", f"It has a text of the keyword {OLDER_KEYWORD!r}, as Open Badges 1 and 2 write it."
            )
        raise MalformedInput("image.no_credential", "The PNG has no text of the keyword 'openbadgecredential' or 'clrcredential'.")
    if len(found) > 1:
        places = " and ".join(str(chunk.number) for chunk, _ in found[:2])
        raise MalformedInput("image.several_credentials", f"Chunks {places} both hold a credential.")
    chunk, carrier = found[0]
    width, height = struct.unpack(">II", chunks[0].data[:8])
    return Baked(_text(chunk), carrier, f"a PNG of {width} by {height} pixels, chunk {chunk.number} of {len(chunks)}")


def bake_png(png: bytes, text: str, carrier: Carrier, *, replace: bool) -> bytes:
    """`png` with `text` in one chunk before its pixels; every other chunk stays as it is. `replace`: what is baked in already is left out.

    Raises MalformedInput `image.*`.
    """
    chunks = _chunks(png)
    held = [chunk for chunk in chunks if _keyword(chunk) in _BY_KEYWORD]
    if held and not replace:
        raise MalformedInput("image.already_baked", f"{held[0].name} holds a credential already.")
    pixels = next(index for index, chunk in enumerate(chunks) if chunk.kind == b"IDAT")
    parts = [png[chunk.start : chunk.end] if chunk not in held else b"" for chunk in chunks]
    data = carrier.keyword.encode("ascii") + b"\0" + b"\0\0" + b"\0" + b"\0" + text.encode("utf-8")
    return b"".join([SIGNATURE, *parts[:pixels], _chunk(b"iTXt", data), *parts[pixels:]])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def _chunks(png: bytes) -> list[_Chunk]:
    if len(png) > limits.MAX_IMAGE_BYTES:  # 1.
        raise MalformedInput("image.too_large", f"The picture has {len(png)} bytes; at most {limits.MAX_IMAGE_BYTES} are read.")
    if not png.startswith(SIGNATURE):
        raise MalformedInput("image.unknown_format", "The bytes do not begin with the signature of a PNG.")
    chunks = list(_framed(png))  # 2.
    _check_order(chunks)  # 3.
    left = len(png) - chunks[-1].end
    if left:  # 4.
        raise MalformedInput("image.trailing_data", f"{left} bytes stand after the end of the PNG.")
    return chunks


def _framed(png: bytes) -> Iterator[_Chunk]:
    """The chunks up to IEND, each whole, with a sound type and checksum."""
    position, number = len(SIGNATURE), 0
    view = memoryview(png)
    while True:
        number += 1
        if number > limits.MAX_PNG_CHUNKS:
            raise MalformedInput("image.too_many_parts", f"The PNG has more than {limits.MAX_PNG_CHUNKS} chunks.")
        if position + _FRAME > len(png):
            raise MalformedInput("image.truncated", f"The PNG ends after {number - 1} chunks, without IEND.")
        length, kind = struct.unpack_from(">I4s", png, position)
        if not kind.isalpha() or not kind.isascii() or length > _MAX_LENGTH:
            raise MalformedInput("image.chunk_malformed", f"Chunk {number}, at byte {position}, has no sound type or length.")
        end = position + _FRAME + length
        if end > len(png):
            raise MalformedInput("image.truncated", f"Chunk {number} ({kind.decode('ascii')}) has {length} bytes, and the PNG ends before.")
        (stated,) = struct.unpack_from(">I", png, end - 4)
        if zlib.crc32(view[position + 4 : end - 4]) != stated:
            raise MalformedInput("image.checksum", f"Chunk {number} ({kind.decode('ascii')}) does not have the checksum that it states.")
        # The pixels are never looked at: they are not copied either.
        yield _Chunk(number, kind, position, end, b"" if kind == b"IDAT" else png[position + 8 : end - 4])
        if kind == b"IEND":
            return
        position = end


def _check_order(chunks: Sequence[_Chunk]) -> None:
    kinds = [chunk.kind for chunk in chunks]
    for chunk in chunks:
        if chunk.kind[0:1].isupper() and chunk.kind not in _CRITICAL:
            raise MalformedInput("image.chunk_unknown", f"{chunk.name} is critical, and PNG knows no such chunk.")
    if kinds[0] != b"IHDR" or kinds.count(b"IHDR") > 1:
        raise MalformedInput("image.chunk_order", "IHDR is the first chunk, and comes once.")
    _check_header(chunks[0])
    if b"IDAT" not in kinds:
        raise MalformedInput("image.chunk_order", "The PNG has no pixels: there is no IDAT.")
    first, last = kinds.index(b"IDAT"), len(kinds) - 1 - kinds[::-1].index(b"IDAT")
    if kinds.count(b"IDAT") != last - first + 1:
        raise MalformedInput("image.chunk_order", "Another chunk stands between the IDAT chunks.")
    if kinds.count(b"PLTE") > 1 or (b"PLTE" in kinds and kinds.index(b"PLTE") > first):
        raise MalformedInput("image.chunk_order", "PLTE comes at most once, and before IDAT.")
    if chunks[-1].data:
        raise MalformedInput("image.chunk_malformed", "IEND is not empty.")


def _check_header(header: _Chunk) -> None:
    if len(header.data) != 13:
        raise MalformedInput("image.chunk_malformed", f"IHDR has {len(header.data)} bytes instead of 13.")
    width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", header.data)
    sound = 0 < width <= _MAX_LENGTH and 0 < height <= _MAX_LENGTH and depth in _DEPTHS.get(colour, ())
    if not sound or compression or filtering or interlace > 1:
        raise MalformedInput("image.chunk_malformed", "IHDR states sizes or a way of writing pixels that PNG does not know.")


def _keyword(chunk: _Chunk) -> bytes:
    """The keyword of a text chunk, in whatever way it is written; empty for every other chunk."""
    if chunk.kind not in _TEXTS:
        return b""
    keyword, separator, _ = chunk.data[: _MAX_KEYWORD + 1].partition(b"\0")
    return keyword if separator else b""


def _text(chunk: _Chunk) -> str:  # 5.
    if chunk.kind == b"tEXt":
        raise MalformedInput("image.wrong_chunk", f"{chunk.name} holds the credential; tEXt is Latin-1 and not for credentials.")
    if chunk.kind == b"zTXt":
        raise UnsupportedFeature("image.compressed", f"{chunk.name} holds the credential compressed.")
    rest = chunk.data.partition(b"\0")[2]
    flag, method = rest[0:1], rest[1:2]
    if flag == b"\1":
        raise UnsupportedFeature("image.compressed", f"{chunk.name} holds the credential compressed.")
    _, first, further = rest[2:].partition(b"\0")
    _, second, text = further.partition(b"\0")
    if flag + method != b"\0\0" or not first or not second:
        raise MalformedInput("image.chunk_malformed", f"{chunk.name} is not built as a text chunk is: flags, language, keyword, text.")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedInput("image.not_utf8", f"{chunk.name}: byte {error.start} of the credential is not UTF-8.") from None
