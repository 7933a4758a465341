"""PNG: what is read and written, and each fault beside the picture that lacks it."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, Final

import pytest
from PIL import Image, PngImagePlugin

from atesto import limits
from atesto.baking.picture import bake, picture_type, unbake
from atesto.baking.png import SIGNATURE
from atesto.errors import AtestoError
from tests.simulators.pictures import BADGE, END, JSON, JWS, PIXEL, PIXELS, RECORD, chunk, header, itxt, png

BAKED: Final = png(itxt(JSON))


def code(image: bytes) -> str:
    with pytest.raises(AtestoError) as refused:
        unbake(image)
    return refused.value.code


@pytest.mark.parametrize("text", [JSON, JWS])
@pytest.mark.parametrize("carrier", [BADGE, RECORD], ids=lambda carrier: carrier.keyword)
def test_what_is_baked_is_what_comes_out(text: str, carrier: Any) -> None:
    baked = bake(PIXEL, text, carrier)
    assert picture_type(baked) == "image/png"
    found = unbake(baked)
    assert (found.text, found.carrier) == (text, carrier)
    assert found.place == "a PNG of 1 by 1 pixels, chunk 2 of 4"


def test_the_chunk_is_the_one_that_the_specification_describes_and_nothing_else_changes() -> None:
    assert bake(PIXEL, JSON, BADGE) == BAKED
    rich = png(chunk(b"PLTE", b"\1\2\3"), chunk(b"tEXt", b"Title\0x"), after=chunk(b"tEXt", b"Author\0y"), head=header(colour=3))
    expected = png(
        chunk(b"PLTE", b"\1\2\3"), chunk(b"tEXt", b"Title\0x"), itxt(JSON), after=chunk(b"tEXt", b"Author\0y"), head=header(colour=3)
    )
    assert bake(rich, JSON, BADGE) == expected


@pytest.mark.parametrize("position", ["before", "after"])
def test_another_library_reads_our_chunk_and_we_read_its(position: str) -> None:
    with Image.open(io.BytesIO(bake(PIXEL, JSON, BADGE))) as image:
        assert isinstance(image, PngImagePlugin.PngImageFile)
        image.load()
        assert image.text["openbadgecredential"] == JSON
        assert image.getpixel((0, 0)) == 128
    out, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("openbadgecredential", JSON)
    Image.new("RGB", (3, 5)).save(out, "PNG", pnginfo=info)
    assert unbake(out.getvalue()).text == JSON
    compressed, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("openbadgecredential", JSON, zip=True)
    Image.new("RGB", (3, 5)).save(compressed, "PNG", pnginfo=info)
    assert code(compressed.getvalue()) == "image.compressed"


def test_a_credential_after_the_pixels_and_one_with_a_language_are_read() -> None:
    assert unbake(png(after=itxt(JSON))).text == JSON
    assert unbake(png(itxt(JSON, language=b"el", key="τίτλος".encode()))).text == JSON


def test_a_baked_picture_is_baked_anew_only_where_that_is_asked_for() -> None:
    with pytest.raises(AtestoError) as refused:
        bake(BAKED, JWS, BADGE)
    assert refused.value.code == "image.already_baked"
    assert bake(BAKED, JWS, BADGE, replace=True) == png(itxt(JWS))
    # Whatever it was that held one: all of it goes, and no other text.
    crowded = png(itxt("x"), itxt("y", b"clrcredential"), chunk(b"tEXt", b"Title\0x"), after=chunk(b"zTXt", b"openbadgecredential\0\0x"))
    assert bake(crowded, JWS, BADGE, replace=True) == png(chunk(b"tEXt", b"Title\0x"), itxt(JWS))
    # An older badge stays: it is a text like any other.
    older = png(itxt("{}", b"openbadges"))
    assert bake(older, JWS, BADGE) == png(itxt("{}", b"openbadges"), itxt(JWS))


FAULTS: Final = {
    "a tEXt chunk": ("image.wrong_chunk", png(chunk(b"tEXt", b"openbadgecredential\0{}"))),
    "a zTXt chunk": ("image.compressed", png(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(b"{}")))),
    "compressed": ("image.compressed", png(itxt(zlib.compress(b"{}"), flags=b"\1\0"))),
    "a flag of 2": ("image.chunk_malformed", png(itxt(JSON, flags=b"\2\0"))),
    "a method of 1": ("image.chunk_malformed", png(itxt(JSON, flags=b"\0\1"))),
    "no translated keyword": ("image.chunk_malformed", png(chunk(b"iTXt", b"openbadgecredential\0\0\0el\0{}"))),
    "nothing but the keyword": ("image.chunk_malformed", png(chunk(b"iTXt", b"openbadgecredential\0"))),
    "Latin-1": ("image.not_utf8", png(itxt(b'{"name":"\xd6sterreich"}'))),
    "twice the same": ("image.several_credentials", png(itxt(JSON), itxt(JSON))),
    "twice, apart": ("image.several_credentials", png(itxt(JSON), after=itxt("{}"))),
    "twice, one in tEXt": ("image.several_credentials", png(itxt(JSON), chunk(b"tEXt", b"openbadgecredential\0{}"))),
    "a badge and a record": ("image.several_credentials", png(itxt(JSON), itxt(JSON, b"clrcredential"))),
    "none": ("image.no_credential", PIXEL),
    "a keyword in capitals": ("image.no_credential", png(itxt(JSON, b"OpenBadgeCredential"))),
    "a keyword of another chunk": ("image.no_credential", png(chunk(b"eXIf", b"openbadgecredential\0\0\0\0\0{}"))),
    "an older badge": ("image.older_version", png(itxt("{}", b"openbadges"))),
    "an older badge in tEXt": ("image.older_version", png(chunk(b"tEXt", b"openbadges\0https://example.org/assertion"))),
    "a wrong checksum": ("image.checksum", png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}", checksum=0))),
    "a wrong checksum of the pixels": ("image.checksum", png(itxt(JSON), pixels=chunk(b"IDAT", b"x", checksum=1))),
    "trailing data": ("image.trailing_data", BAKED + b"\n"),
    "another picture behind it": ("image.trailing_data", BAKED + BAKED),
    "no end": ("image.truncated", BAKED[: -len(END)]),
    "half an end": ("image.truncated", BAKED[:-1]),
    "cut in a chunk": ("image.truncated", BAKED[: len(BAKED) // 2]),
    "nothing but the signature": ("image.truncated", SIGNATURE),
    "a length past the end": ("image.truncated", SIGNATURE + header() + struct.pack(">I4s", 2**31 - 1, b"iTXt") + b"x" * 64),
    "a length that no chunk has": ("image.chunk_malformed", SIGNATURE + header() + struct.pack(">I4s", 2**31, b"iTXt") + b"x" * 64),
    "a type that is no word": ("image.chunk_malformed", png(itxt(JSON), chunk(b"a b1"))),
    "an end that is not empty": ("image.chunk_malformed", png(itxt(JSON), end=chunk(b"IEND", b"x"))),
    "a critical chunk that PNG does not know": ("image.chunk_unknown", png(itxt(JSON), chunk(b"CgBI", b"x"))),
    "no header": ("image.chunk_order", png(itxt(JSON), head=b"")),
    "two headers": ("image.chunk_order", png(itxt(JSON), header())),
    "no pixels": ("image.chunk_order", png(itxt(JSON), pixels=b"")),
    "pixels apart": ("image.chunk_order", png(PIXELS, itxt(JSON))),
    "a palette after the pixels": ("image.chunk_order", png(itxt(JSON), head=header(colour=3), after=chunk(b"PLTE", b"\1\2\3"))),
    "two palettes": ("image.chunk_order", png(itxt(JSON), chunk(b"PLTE", b"\1\2\3"), chunk(b"PLTE", b"\1\2\3"), head=header(colour=3))),
    "a short header": ("image.chunk_malformed", png(itxt(JSON), head=chunk(b"IHDR", b"\0" * 12))),
    "no width": ("image.chunk_malformed", png(itxt(JSON), head=header(width=0))),
    "no height": ("image.chunk_malformed", png(itxt(JSON), head=header(height=0))),
    "a width that PNG does not know": ("image.chunk_malformed", png(itxt(JSON), head=header(width=2**31))),
    "a depth of 3": ("image.chunk_malformed", png(itxt(JSON), head=header(depth=3))),
    "a depth that the colours do not have": ("image.chunk_malformed", png(itxt(JSON), head=header(depth=4, colour=2))),
    "colours of type 5": ("image.chunk_malformed", png(itxt(JSON), head=header(colour=5))),
    "another compression": ("image.chunk_malformed", png(itxt(JSON), head=header(compression=1))),
    "another filter": ("image.chunk_malformed", png(itxt(JSON), head=header(filtering=1))),
    "another interlacing": ("image.chunk_malformed", png(itxt(JSON), head=header(interlace=2))),
    "a JPEG": ("image.unknown_format", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + BAKED),
    "a GIF": ("image.unknown_format", b"GIF89a" + BAKED),
    "a WebP": ("image.unknown_format", b"RIFF\0\0\0\0WEBPVP8 "),
    "a PDF": ("image.unknown_format", b"%PDF-1.7\n"),
    "a signature damaged by a text transfer": ("image.unknown_format", BAKED.replace(b"\r\n\x1a\n", b"\n\x1a\n", 1)),
    "nothing": ("image.unknown_format", b""),
}


def test_the_pictures_of_the_faults_are_sound_without_them() -> None:
    assert unbake(BAKED).text == JSON
    assert unbake(png(itxt(JSON), chunk(b"PLTE", b"\1\2\3"), head=header(colour=3))).text == JSON
    assert unbake(png(itxt(JSON), chunk(b"abCd", b"x"), chunk(b"tEXt", b"openbadgecredentials\0{}"))).text == JSON
    assert unbake(png(itxt(JSON), head=header(2**31 - 1, 2**31 - 1, 16, 6, interlace=1))).text == JSON
    assert unbake(png(itxt(JSON), pixels=PIXELS + chunk(b"IDAT"))).text == JSON


@pytest.mark.parametrize("fault", FAULTS)
def test_a_picture_with_one_fault_is_refused_by_its_name(fault: str) -> None:
    expected, image = FAULTS[fault]
    assert code(image) == expected


def test_size_and_number_of_chunks_are_bounded() -> None:
    room = limits.MAX_IMAGE_BYTES - len(BAKED)
    padding = chunk(b"abCd", bytes(room - 12))
    assert len(png(itxt(JSON), padding)) == limits.MAX_IMAGE_BYTES
    assert unbake(png(itxt(JSON), padding)).text == JSON
    assert code(png(itxt(JSON), chunk(b"abCd", bytes(room - 11)))) == "image.too_large"
    most = limits.MAX_PNG_CHUNKS - 4
    assert unbake(png(itxt(JSON), *[chunk(b"abCd")] * most)).text == JSON
    assert code(png(itxt(JSON), *[chunk(b"abCd")] * (most + 1))) == "image.too_many_parts"
    with pytest.raises(AtestoError) as refused:
        bake(bytes(PIXEL[:8]) + bytes(limits.MAX_IMAGE_BYTES), JSON, BADGE)
    assert refused.value.code == "image.too_large"


def test_nothing_is_inflated() -> None:
    # A bomb: a gigabyte of zeros in the pixels, and a picture of two billion by two billion. Neither is looked at.
    squeezer = zlib.compressobj(9)
    bomb = b"".join(squeezer.compress(bytes(2**20)) for _ in range(64)) + squeezer.flush()
    head = header(2**31 - 1, 2**31 - 1)
    assert unbake(png(itxt(JSON), head=head, pixels=chunk(b"IDAT", bomb))).text == JSON
    assert code(png(chunk(b"zTXt", b"openbadgecredential\0\0" + bomb))) == "image.compressed"
    assert unbake(png(itxt(JSON), chunk(b"iCCP", b"x\0\0" + bomb), chunk(b"zTXt", b"Title\0\0" + bomb))).text == JSON


@pytest.mark.parametrize("colour", range(8))
def test_bit_depths_are_those_that_the_colours_have(colour: int) -> None:
    allowed = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}.get(colour, set())
    read = set()
    for depth in range(20):
        try:
            unbake(png(itxt(JSON), head=header(depth=depth, colour=colour)))
        except AtestoError as error:
            assert error.code == "image.chunk_malformed"  # noqa: PT017 - each depth is refused so, or read
        else:
            read.add(depth)
    assert read == allowed
