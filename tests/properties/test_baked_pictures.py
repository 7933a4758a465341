"""Properties of baked pictures: what goes in comes out, and no change of a picture ends in anything but a refusal or a credential."""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atesto.baking.picture import bake, unbake
from atesto.baking.png import SIGNATURE
from atesto.errors import AtestoError
from tests.simulators.pictures import BADGE, JSON, JWS, PIXEL, RECORD, SVG, chunk, element, itxt, png, svg

if TYPE_CHECKING:
    from collections.abc import Iterator

CARRIERS: Final = st.sampled_from([BADGE, RECORD])
# Every character that XML can hold, and those that it treats in its own way more often.
CHARACTERS: Final = st.one_of(
    st.sampled_from("]>&<\r\n\t \"'\x7f\x85\u2028\ufffd"),
    st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"),
)
BODIES: Final = st.text(CHARACTERS, max_size=60).map(lambda text: "{" + text)
TOKENS: Final = st.text("abcXYZ019-_.", min_size=1, max_size=40)
PICTURES: Final = st.sampled_from(
    [PIXEL, SVG, svg(), svg(root=b""), png(chunk(b"tEXt", b"a\0b")), b'<svg xmlns="http://www.w3.org/2000/svg"/>']
)
SOUND: Final = [png(itxt(JSON)), png(after=itxt(JWS)), svg(element()), svg(element("", f' verify="{JWS}"')), bake(SVG, JSON, BADGE)]
PIECES: Final = [
    b"<", b">", b"]]>", b"<![CDATA[", b"&#0;", b"&x;", b'"', b"<!--", b"<!DOCTYPE svg []>", b"\0", b"\xff", b"\xef\xbb\xbf", b"{}",
    b"IEND", b"iTXt", b"openbadgecredential\0", b'xmlns:openbadges="urn:x"', b"openbadges:credential", b"verify='a'", b"\x7f\xff\xff\xff",
]  # fmt: skip


@given(PICTURES, BODIES | TOKENS, CARRIERS)
def test_what_is_baked_comes_out_to_the_letter(picture: bytes, text: str, carrier: object) -> None:
    assert carrier in {BADGE, RECORD}
    chosen = BADGE if carrier == BADGE else RECORD
    baked = bake(picture, text, chosen)
    found = unbake(baked)
    assert (found.text, found.carrier) == (text, chosen)
    assert bake(baked, text, chosen, replace=True) == baked
    with pytest.raises(AtestoError, match=r"image\.already_baked"):
        bake(baked, text, chosen)


@given(PICTURES, BODIES, BODIES | TOKENS, CARRIERS, CARRIERS)
def test_a_replaced_credential_leaves_no_trace(picture: bytes, first: str, second: str, before: object, after: object) -> None:
    one, other = (BADGE if carrier == BADGE else RECORD for carrier in (before, after))
    replaced = bake(bake(picture, first, one), second, other, replace=True)
    assert unbake(replaced).text == second
    assert unbake(replaced).carrier == other
    assert first == second or first.encode() not in replaced.replace(second.encode(), b"") or first.encode() in picture


@given(st.sampled_from(SOUND), st.data())
def test_changed_bytes_are_refused_or_read_and_never_more(sound: bytes, data: st.DataObject) -> None:
    changed = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed)))
        match data.draw(st.sampled_from(["set", "insert", "cut", "double"])):
            case "set" if place < len(changed):
                changed[place] = data.draw(st.integers(0, 255))
            case "insert":
                changed[place:place] = data.draw(st.sampled_from(PIECES) | st.binary(min_size=1, max_size=4))
            case "cut":
                del changed[place : place + data.draw(st.integers(1, 40))]
            case _:
                changed[place:place] = changed[: data.draw(st.integers(0, 80))]
    taken(bytes(changed))


@given(st.sampled_from(SOUND[:2]), st.data())
def test_changed_chunks_with_sound_checksums_are_refused_or_read_and_never_more(sound: bytes, data: st.DataObject) -> None:
    chunks = split(sound)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(chunks) - 1))
        kind, content = chunks[place]
        match data.draw(st.sampled_from(["kind", "content", "cut", "double", "drop", "move"])):
            case "kind":
                chunks[place] = (
                    data.draw(st.sampled_from([b"IHDR", b"PLTE", b"IDAT", b"IEND", b"iTXt", b"tEXt", b"zTXt", b"abcd"])),
                    content,
                )
            case "content":
                at = data.draw(st.integers(0, len(content)))
                chunks[place] = (kind, content[:at] + data.draw(st.binary(max_size=3)) + content[at + data.draw(st.integers(0, 3)) :])
            case "cut":
                chunks[place] = (kind, content[: data.draw(st.integers(0, len(content)))])
            case "double":
                chunks.insert(place, chunks[place])
            case "drop" if len(chunks) > 1:
                del chunks[place]
            case _:
                chunks.insert(data.draw(st.integers(0, len(chunks) - 1)), chunks.pop(place))
    taken(SIGNATURE + b"".join(chunk(kind, content) for kind, content in chunks))


def taken(picture: bytes) -> None:
    """Reads it, and bakes into it: a refusal by name, or a result that reads back."""
    codes: list[str] = []
    with refusal(codes):
        unbake(picture)
    with refusal(codes):
        assert unbake(bake(picture, JSON, BADGE, replace=True)).text == JSON
    assert [code for code in codes if not code.startswith("image.")] == []


@contextmanager
def refusal(codes: list[str]) -> Iterator[None]:
    try:
        yield
    except AtestoError as error:
        codes.append(error.code)


def split(picture: bytes) -> list[tuple[bytes, bytes]]:
    found, place = [], len(SIGNATURE)
    while place < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, place)
        content = picture[place + 8 : place + 8 + length]
        assert zlib.crc32(kind + content) == struct.unpack_from(">I", picture, place + 8 + length)[0]
        found.append((kind, content))
        place += 12 + length
    return found
