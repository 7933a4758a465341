"""What every page holds to, measured on its SVG: only shapes and text, inside the margins, no line of text upon another."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

from atesto.adapters.rendering.typeface import width

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, BOTTOM = 112, 1240 - 112, 1754 - 40


def elements(svg: str) -> list[ET.Element]:
    root = ET.fromstring(svg)
    assert root.tag == SVG + "svg"
    return list(root)


def texts(svg: str) -> list[ET.Element]:
    return [element for element in elements(svg) if element.tag == SVG + "text"]


def said(svg: str) -> str:
    return "\n".join(element.text or "" for element in texts(svg))


def check_layout(svg: str) -> None:
    assert {element.tag.removeprefix(SVG) for element in elements(svg)} <= {"rect", "text", "circle", "image"}
    places: list[tuple[float, float, float, float]] = []
    for element in elements(svg):
        if element.tag == SVG + "image":
            assert element.attrib["href"].startswith("data:image/png;base64,")
            assert float(element.attrib["x"]) == LEFT
            assert float(element.attrib["width"]) <= 300
            assert float(element.attrib["height"]) <= 104
            top = float(element.attrib["y"])
            places.append((top, top + float(element.attrib["height"]), LEFT, LEFT + float(element.attrib["width"])))
    for element in texts(svg):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        wide = width(element.text or "", size, int(element.attrib["font-weight"]))
        if element.get("text-anchor") == "middle":
            assert wide <= 88
            continue
        assert x >= LEFT
        assert x + wide <= RIGHT + 0.5, element.text
        assert y - size * 0.75 > 16
        assert y + size * 0.25 <= BOTTOM, element.text
        places.append((y - size * 0.72, y + size * 0.22, x, x + wide))
    for one, other in pairwise(sorted(places)):
        beside = one[3] <= other[2] + 0.5 or other[3] <= one[2] + 0.5
        assert beside or one[1] <= other[0] + 0.5, (one, other)
