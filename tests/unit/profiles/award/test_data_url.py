"""Files in an award record: what they may be, and what an SVG may not hold."""

from __future__ import annotations

import base64
import struct

import pytest

from atesto import limits
from atesto.profiles.award.data_url import fault_of_document, fault_of_logo, file_of
from tests.simulators.awards import PDF_FILE, PNG_FILE, SVG_FILE

SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">'


def url(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def svg(inner: str) -> str:
    return url("image/svg+xml", f"{SVG_HEAD}{inner}</svg>".encode())


def png(wide: int, high: int, more: int = 0) -> str:
    return url("image/png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", wide, high) + b"\x00" * more)


SOUND_SVG = [
    '<g fill="#123456" transform="scale(2)"><path d="M0 0h8v8z"/><circle cx="1" cy="1" r="1"/></g>',
    '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient><radialGradient id="b" xlink:href="#a"/></defs>',
    '<rect width="8" height="8" fill="url(#b)" style="stroke:url( \'#a\' )"/>',
    '<title>A &amp; B</title><desc>x</desc><clipPath id="c"><ellipse rx="1"/></clipPath><polygon clip-path="url(#c)" points="0,0 1,1"/>',
    "<!-- a remark --><line/><polyline/>",
]


@pytest.mark.parametrize("inner", SOUND_SVG)
def test_an_svg_of_shapes_is_taken(inner: str) -> None:
    assert fault_of_logo(svg(inner)) is None


def test_logos_and_documents_are_taken() -> None:
    for logo in (PNG_FILE, SVG_FILE, png(1, limits.MAX_AWARD_PICTURE_SIDE)):
        assert fault_of_logo(logo) is None
    for document in (PDF_FILE, PNG_FILE, url("image/jpeg", b"\xff\xd8\xff\xe0")):
        assert fault_of_document(document) is None
    assert file_of(PDF_FILE) == ("application/pdf", b"%PDF-1.4 one page")


HOSTILE_SVG = {
    "script": "<script>alert(1)</script>",
    "style": "<style>@import url(https://a.example/x.css);</style>",
    "foreign object": "<foreignObject/>",
    "picture": '<image href="https://a.example/x.png"/>',
    "file": '<image xlink:href="file:///etc/passwd"/>',
    "repeated without end": '<g id="a"><use href="#a"/></g>',
    "text": "<text>Name</text>",
    "animation": "<animate/>",
    "filter": "<filter/>",
    "event": '<rect onload="alert(1)"/>',
    "event in capitals": '<rect OnClick="alert(1)"/>',
    "address": '<linearGradient href="https://a.example/#a"/>',
    "paint from outside": '<rect fill="url(https://a.example/#a)"/>',
    "quoted paint from outside": "<rect style=\"fill:url( 'data:image/svg+xml,x' )\"/>",
    "import in a style": "<rect style=\"@import 'https://a.example'\"/>",
    "element of another vocabulary": '<x:rect xmlns:x="https://a.example/"/>',
    "too many": "<g/>" * limits.MAX_AWARD_SVG_ELEMENTS,
    "not well-formed": "<g>",
    "two encodings": "<title>\x80</title>",
}


@pytest.mark.parametrize("name", [name for name in HOSTILE_SVG if name != "two encodings"])
def test_an_svg_that_acts_or_reaches_out_is_refused(name: str) -> None:
    fault = fault_of_logo(svg(HOSTILE_SVG[name]))
    assert fault is not None
    assert "SVG" in fault


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!doctype svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><title>\xff</title></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"),
        b"<svg/>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
        b"<",
    ],
)
def test_what_is_no_plain_svg_is_refused(content: bytes) -> None:
    assert fault_of_logo(url("image/svg+xml", content)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "https://a.example/logo.png",
        "data:image/png,abc",
        "data:image/png;base64,",
        "data:image/png;base64,iVBORw0KGgo\n",
        "data:image/png;base64,iVBORw0KGg_-",
        "data:image/png;base64,iVBO=Rw0",
        "data:image/png;charset=utf-8;base64,iVBORw0KGgo=",
        "data:IMAGE/PNG;base64,iVBORw0KGgo=",
        "data:image/gif;base64,R0lGODlh",
        "data:image/jpeg;base64,/9j/4A==",
        "data:text/html;base64,PGI+",
        url("image/png", b"%PDF-1.4"),
        png(0, 1),
        png(1, limits.MAX_AWARD_PICTURE_SIDE + 1),
        png(1, 1, limits.MAX_AWARD_LOGO_BYTES),
    ],
)
def test_what_is_no_logo_is_refused(text: str) -> None:
    assert fault_of_logo(text) is not None


@pytest.mark.parametrize(
    "text", [SVG_FILE, url("application/pdf", b"MZ"), url("application/pdf", b"%PDF-" + b"0" * limits.MAX_AWARD_DOCUMENT_BYTES)]
)
def test_what_is_no_document_is_refused(text: str) -> None:
    assert fault_of_document(text) is not None
