"""SVG: what is read and written byte for byte, and each fault beside the picture that lacks it."""

from __future__ import annotations

import gc
import re
from typing import Any, Final
from xml.dom import minidom

import pytest
from lxml import etree

from atesto import limits
from atesto.baking.picture import bake, picture_type, unbake
from atesto.errors import AtestoError
from tests.simulators.pictures import BADGE, JSON, JWS, RECORD, SVG, element, svg

NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
AWKWARD: Final = (
    '{"a": "]]>", "b": "]]]]>>", "c": "<![CDATA[ &amp; &#8364; </openbadges:credential> ]]>", "d": "π"}',
    '{\r\n  "a": 1,\r  "b":\t2\n}\r\n',
    '  {"a":"\U0001f393 é"}  \n',
    '{"a":"]]"}',
    '{"a":"\u2028\u0085\ufffd"}',
)


def code(image: bytes) -> str:
    with pytest.raises(AtestoError) as refused:
        unbake(image)
    return refused.value.code


@pytest.mark.parametrize("text", [JSON, JWS, *AWKWARD])
@pytest.mark.parametrize("carrier", [BADGE, RECORD], ids=lambda carrier: carrier.keyword)
def test_what_is_baked_is_what_comes_out(text: str, carrier: Any) -> None:
    baked = bake(SVG, text, carrier)
    assert picture_type(baked) == "image/svg+xml"
    found = unbake(baked)
    assert (found.text, found.carrier, found.place) == (text, carrier, "an SVG with 5 elements")


@pytest.mark.parametrize("text", [JSON, JWS, *AWKWARD])
def test_two_other_parsers_find_the_same(text: str) -> None:
    baked = bake(SVG, text, BADGE)
    tree = etree.fromstring(baked, etree.XMLParser(resolve_entities=False, no_network=True))
    first = tree[0]
    assert first.tag == f"{{{NAMESPACE}}}credential"
    node: Any = minidom.parseString(baked).getElementsByTagNameNS(NAMESPACE, "credential")[0]
    if text == JWS:
        assert (first.get("verify"), first.text, node.getAttribute("verify")) == (JWS, None, JWS)
        assert node.firstChild is None
    else:
        assert first.text == text
        assert "".join(child.data for child in node.childNodes) == text
        assert first.attrib == {}


def test_every_other_byte_stays() -> None:
    baked = bake(SVG, JSON, BADGE)
    added = re.compile(rb' xmlns:openbadges="[^"]*"|<openbadges:credential>.*</openbadges:credential>', re.DOTALL)
    assert len(added.findall(baked)) == 2
    assert added.sub(b"", baked) == SVG
    assert baked.index(b"<openbadges:credential>") == baked.index(b'viewBox="0 0 8 8"') + len(b'viewBox="0 0 8 8"') + len(
        b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
    )


def test_a_credential_is_taken_out_whole_when_another_takes_its_place() -> None:
    once = bake(SVG, JSON, BADGE)
    with pytest.raises(AtestoError) as refused:
        bake(once, JWS, BADGE)
    assert refused.value.code == "image.already_baked"
    assert bake(once, JSON, BADGE, replace=True) == once
    twice = bake(once, JWS, BADGE, replace=True)
    assert twice == bake(SVG, JWS, BADGE)
    assert bake(twice, JSON, BADGE, replace=True) == once
    empty = svg('<openbadges:credential verify="a>b"/><g><openbadges:credential><x/></openbadges:credential ></g>')
    assert bake(empty, JWS, BADGE, replace=True) == svg(f'<openbadges:credential verify="{JWS}"></openbadges:credential><g></g>')


@pytest.mark.parametrize(
    ("root", "prefix"),
    [
        (b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"', "openbadges"),
        (b" xmlns:ob='https://purl.imsglobal.org/ob/v3p0'", "ob"),
        (b' xmlns:openbadges="http://openbadges.org"', "openbadges3"),
        (b' xmlns:openbadges="http://openbadges.org" xmlns:openbadges3="urn:x"', "openbadges4"),
        (b"", "openbadges"),
    ],
)
def test_the_pictures_own_prefix_is_kept(root: bytes, prefix: str) -> None:
    baked = bake(svg(root=root), JSON, BADGE)
    assert root in baked
    assert baked.count(b"https://purl.imsglobal.org/ob/v3p0") == 1
    assert f"<{prefix}:credential>".encode() in baked
    assert unbake(baked).text == JSON


@pytest.mark.parametrize(
    "empty",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" />',
        b'<s:svg\n xmlns:s="http://www.w3.org/2000/svg"\n/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b'\xef\xbb\xbf<svg a=">" xmlns="http://www.w3.org/2000/svg">\n</svg >',
    ],
)
def test_a_picture_without_anything_in_it_is_baked(empty: bytes) -> None:
    assert unbake(bake(empty, JSON, BADGE)).text == JSON


def test_a_doctype_that_names_a_dtd_elsewhere_is_passed_over() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">'
    assert unbake(svg(element(), before=doctype)).text == JSON
    assert bake(svg(before=doctype), JSON, BADGE).startswith(doctype)


OTHER: Final = svg(element())
FAULTS: Final = {
    "two": ("image.several_credentials", svg(element() + element())),
    "two, one of them deep": ("image.several_credentials", svg(element() + f"<g>{element()}</g>")),
    "a badge and a record": (
        "image.several_credentials",
        svg(element() + '<c:credential xmlns:c="https://purl.imsglobal.org/clr/v2p0">{}</c:credential>'),
    ),
    "none": ("image.no_credential", svg()),
    "another namespace": ("image.no_credential", svg(element(), root=b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p1"')),
    "no namespace": ("image.no_credential", svg(f"<credential>{JSON}</credential>")),
    "one in a comment": ("image.no_credential", svg(f"<!-- {element()} -->")),
    "one in a CDATA section": ("image.no_credential", svg(f"<desc><![CDATA[{element()}]]></desc>")),
    "an older badge": (
        "image.older_version",
        svg('<b:assertion verify="https://example.org/a"/>', root=b' xmlns:b="http://openbadges.org"'),
    ),
    "empty": ("image.credential_malformed", svg(element(""))),
    "blank": ("image.credential_malformed", svg(element(" \n "))),
    "a token as its text": ("image.credential_malformed", svg(element(JWS))),
    "JSON in the attribute": ("image.credential_malformed", svg(element("", " verify='{}'"))),
    "an empty attribute": ("image.credential_malformed", svg(element("", " verify=''"))),
    "text and attribute": ("image.credential_malformed", svg(element(JSON, f' verify="{JWS}"'))),
    "an element in it": ("image.credential_malformed", svg(element(f"{JSON}<g/>"))),
    "itself in it": ("image.credential_malformed", svg(element(element()))),
    "the attribute in a namespace": ("image.credential_malformed", svg(element("", f' openbadges:verify="{JWS}"'))),
    "a reference in the attribute": (
        "image.svg_entity",
        svg(element("", f' verify="{JWS}&more;"'), before=b'<!DOCTYPE svg SYSTEM "x.dtd">'),
    ),
    "an entity of a DTD elsewhere": ("image.svg_entity", svg(element(f"&more;{JSON}"), before=b'<!DOCTYPE svg SYSTEM "x.dtd">')),
    "an entity of nowhere": ("image.svg_malformed", svg(element(f"&more;{JSON}"))),
    "an internal subset": ("image.svg_dtd", svg(element(), before=b'<!DOCTYPE svg [<!ATTLIST svg a CDATA "b">]>')),
    "an empty internal subset": ("image.svg_dtd", svg(element(), before=b"<!DOCTYPE svg []>")),
    "an external entity": (
        "image.svg_dtd",
        svg(element("&x;"), before=b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    "a parameter entity": ("image.svg_dtd", svg(element(), before=b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>')),
    "a billion laughs": (
        "image.svg_dtd",
        svg(
            element("&l9;"),
            before=b'<!DOCTYPE svg [<!ENTITY l0 "{}">'
            + b"".join(b'<!ENTITY l%d "%s">' % (step, b"&l%d;" % (step - 1) * 10) for step in range(1, 10))
            + b"]>",
        ),
    ),
    "Latin-1": ("image.svg_encoding", svg(element(), before=b'<?xml version="1.0" encoding="ISO-8859-1"?>')),
    "UTF-16 by its name": ("image.svg_encoding", svg(element(), before=b'<?xml version="1.0" encoding="UTF-16"?>')),
    "bytes that are not UTF-8": ("image.svg_encoding", svg(element('{"a":"_"}').encode().replace(b"_", b"\xd6"))),
    "UTF-16": ("image.unknown_format", OTHER.decode().encode("utf-16")),
    "UTF-16 without a mark": ("image.unknown_format", OTHER.decode().encode("utf-16-le")),
    "HTML": ("image.unknown_format", b"<html><body/></html>"),
    "another word that begins so": ("image.unknown_format", b"<svgs/>"),
    "svg of no namespace": ("image.svg_root", b"<svg/>"),
    "svg in something else": ("image.svg_root", b"<html>" + OTHER + b"</html>"),
    "cut off": ("image.svg_malformed", OTHER[:-1]),
    "cut in the credential": ("image.svg_malformed", OTHER[: len(OTHER) // 2]),
    "something behind it": ("image.svg_malformed", OTHER + b"x"),
    "another picture behind it": ("image.svg_malformed", OTHER + OTHER),
    "an attribute given twice": ("image.svg_malformed", svg(element("", f' verify="{JWS}" verify="{JWS}"'))),
    "a prefix of nowhere": ("image.svg_malformed", svg(element(prefix="ob"))),
    "a character that XML does not have": ("image.svg_malformed", svg(element('{"a":"\x01"}'))),
}


def test_the_pictures_of_the_faults_are_sound_without_them() -> None:
    assert unbake(OTHER).text == JSON
    assert unbake(svg(f"<g><g>{element()}</g></g>")).text == JSON
    assert unbake(svg(element("", f' verify="{JWS}"'))).text == JWS
    assert unbake(svg(element(" \n ", f" other='&amp;' verify='{JWS}'").replace("other='&amp;' ", ""))).text == JWS
    assert unbake(svg(element("&#123;&quot;a&quot;:<!-- x --><![CDATA[1]]>}"))).text == '{"a":1}'
    assert unbake(svg(element(), before=b"<?xml version='1.0' encoding='utf-8' standalone='yes'?><!-- x --><?y z?>")).text == JSON
    assert unbake(svg(element(), before=b"\xef\xbb\xbf \n".strip())).text == JSON


@pytest.mark.parametrize("fault", FAULTS)
def test_a_picture_with_one_fault_is_refused_by_its_name(fault: str) -> None:
    expected, image = FAULTS[fault]
    assert code(image) == expected


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\x0b", "\x00", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_not_written(character: str) -> None:
    with pytest.raises(AtestoError) as refused:
        bake(SVG, f'{{"a":"{character}"}}', BADGE)
    assert refused.value.code == "image.unwritable"
    assert f"U+{ord(character):04X}" in refused.value.detail


def test_a_token_cannot_leave_its_attribute() -> None:
    text = "a\"'<>&.b.c"
    tree = etree.fromstring(bake(SVG, text, BADGE))
    assert tree[0].get("verify") == text


def test_size_depth_and_numbers_are_bounded() -> None:
    room = limits.MAX_IMAGE_BYTES - len(OTHER)
    assert unbake(OTHER + b" " * room).text == JSON
    assert code(OTHER + b" " * (room + 1)) == "image.too_large"
    deep = limits.MAX_SVG_DEPTH - 1
    assert unbake(svg("<g>" * deep + "</g>" * deep + element())).text == JSON
    assert code(svg("<g>" * (deep + 1) + "</g>" * (deep + 1) + element())) == "image.too_many_parts"
    many = limits.MAX_SVG_ELEMENTS - 3
    assert unbake(svg("<g/>" * many + element())).text == JSON
    assert code(svg("<g/>" * (many + 1) + element())) == "image.too_many_parts"
    assert code(svg("<?x?>" * 4 * limits.MAX_SVG_ELEMENTS + element())) == "image.too_many_parts"
    wide = " ".join(f"a{number}=''" for number in range(limits.MAX_SVG_ATTRIBUTES))
    assert unbake(svg(f"<g {wide}/>{element()}")).text == JSON
    assert code(svg(f"<g {wide} b = ''/>{element()}")) == "image.too_many_parts"
    most = 4 * limits.MAX_SVG_ELEMENTS // limits.MAX_SVG_ATTRIBUTES
    assert unbake(svg(f"<g {wide}/>" * (most - 1) + element())).text == JSON
    assert code(svg(f"<g {wide}/>" * most + element())) == "image.too_many_parts"
    # Signs of equality in a text are no attributes.
    assert unbake(svg(element('{"a":"' + "=" * 4_000 + '"}'))).text.count("=") == 4_000


def test_nothing_is_kept_of_a_picture_once_it_is_read() -> None:
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            unbake(OTHER)
            with pytest.raises(AtestoError):
                unbake(FAULTS["an internal subset"][1])
        assert not [thing for thing in gc.get_objects() if type(thing).__name__ == "_Scan"]
    finally:
        gc.enable()


def test_what_is_not_utf_8_is_said_with_its_place() -> None:
    for image, said in ((OTHER + b"\xd6", f"Byte {len(OTHER)} is not UTF-8."), (OTHER + b"\0", "There are NUL bytes in it.")):
        with pytest.raises(AtestoError) as refused:
            unbake(image)
        assert (refused.value.code, refused.value.detail) == ("image.svg_encoding", said)
