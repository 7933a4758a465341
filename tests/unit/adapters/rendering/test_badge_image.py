"""The badge that is drawn: every text in its place, however long, and deaf to whatever its texts try."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from atesto.adapters.rendering.badge_image import SIDE, badge_svg, draw_badge, hexagon, paint_of
from atesto.adapters.rendering.colour import INK, PAPER, contrast
from atesto.adapters.rendering.typeface import font_files, width
from atesto.profiles.badge_face import BadgeFace

SVG: Final = "{http://www.w3.org/2000/svg}"
DAY: Final = date(2026, 9, 15)
WORD: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
FACES: Final = {
    "English": BadgeFace("Condition Monitoring of Tidal Turbines", "Atlantic Technological University", "en", 6, 4, awarded=DAY),
    "German": BadgeFace(
        "Kreislaufwirtschaftsmanagement und Ressourceneffizienzanalyse in der Wertschöpfungskette",
        "Technische Universität Bergakademie Freiberg", "de", 7, 10.5, awarded=DAY, colour="#0B6B4F",
    ),
    "Greek": BadgeFace(
        "Θαλάσσια χωροταξία και βιώσιμη γαλάζια ανάπτυξη", "Πανεπιστήμιο Αιγαίου", "el", 7, 6, awarded=DAY, colour="#8B1E3F"
    ),
    "Bulgarian": BadgeFace(
        "Управление на водните ресурси и устойчиво земеделие", "Софийски университет „Св. Климент Охридски“", "bg", 6, 4, awarded=DAY,
        colour="#F2C200",
    ),
    "one endless word": BadgeFace(WORD, WORD, "de", 5, 2, awarded=DAY),
    "endless words": BadgeFace(f"{WORD} " * 20, f"{WORD} " * 20, "de", 5, 2, kind=WORD * 3, awarded=DAY),
    "a short title": BadgeFace("Teamwork", "Example Corp", kind="Certificate of completion", awarded=DAY),
    "a title alone": BadgeFace("Teamwork", ""),
    "nothing": BadgeFace("", ""),
    "another script": BadgeFace("データサイエンス", "東京大学", "ja", awarded=DAY),
}  # fmt: skip


def texts(svg: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(svg) if node.tag == SVG + "text"]


def said(svg: str) -> list[str]:
    return [node.text or "" for node in texts(svg)]


def drawn(svg: str) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=font_files())
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def without_text(svg: str) -> str:
    root = ET.fromstring(svg)
    for node in texts(svg):
        root.remove(next(child for child in root if child.attrib == node.attrib and child.text == node.text))
    return ET.tostring(root, encoding="unicode")


def half_width(y: float, radius: float) -> float:
    """How far the hexagon reaches from its middle line at the height `y`."""
    corners = hexagon(radius)
    side, shoulder, point = corners[1][0] - SIDE / 2, corners[2][1], corners[3][1]
    below = max(y, SIDE - y)
    return side if below <= shoulder else side * (point - below) / (point - shoulder)


@pytest.mark.parametrize("name", FACES)
def test_no_drawn_pixel_of_a_text_leaves_the_badge(name: str) -> None:
    svg = badge_svg(FACES[name])
    changed = ImageChops.difference(drawn(svg), drawn(without_text(svg))).convert("RGBA")
    shown = changed.getextrema()
    mask = ImageChops.lighter(ImageChops.lighter(changed.getchannel("R"), changed.getchannel("G")), changed.getchannel("B"))
    rows = [box for y in range(SIDE) if (box := mask.crop((0, y, SIDE, y + 1)).getbbox())]
    assert bool(rows) == bool(texts(svg)), shown
    for y in range(SIDE):
        box = mask.crop((0, y, SIDE, y + 1)).getbbox()
        if box is None:
            continue
        reach = max(SIDE / 2 - box[0], box[2] - SIDE / 2)
        # On the band there is its front; elsewhere the hexagon, with room to its edge.
        room = 406 - 16 if 744 <= y <= 844 else half_width(y, 472) - 12
        assert reach <= room, (y, reach, room)


@pytest.mark.parametrize("name", FACES)
def test_lines_stand_apart_and_are_as_wide_as_they_were_measured(name: str) -> None:
    svg = badge_svg(FACES[name])
    places = sorted((float(node.attrib["y"]), float(node.attrib["font-size"]), node) for node in texts(svg))
    for (above, _, _), (below, size, _) in pairwise(places):
        assert below - size * 0.80 > above, said(svg)
    for y, size, node in places:
        assert width(node.text or "", size, int(node.attrib["font-weight"])) <= 812
        assert size >= 24
        assert 40 < y < SIDE - 40
    assert len(said(svg)) <= 8


def test_it_says_what_it_was_given() -> None:
    english, german, greek = (" ".join(said(badge_svg(FACES[name]))) for name in ("English", "German", "Greek"))
    assert english == "AT Condition Monitoring of Tidal Turbines Atlantic Technological University EQF level 6 · 4 ECTS 15 September 2026"
    assert "Kreislaufwirtschaftsmanagement und Ressourceneffizienzanalyse in der Wertschöpfungskette" in german
    assert "EQR-Niveau 7 · 10,5 ECTS 15. September 2026" in german
    assert "Θαλάσσια χωροταξία και βιώσιμη γαλάζια ανάπτυξη Πανεπιστήμιο Αιγαίου Επίπεδο ΕΠΕΠ 7 · 6 ECTS" in greek
    short = said(badge_svg(FACES["a short title"]))
    assert short == ["EC", "Teamwork", "Example Corp", "Certificate of completion", "15 September 2026"]


def test_what_does_not_fit_is_cut_and_what_cannot_be_drawn_is_left_out() -> None:
    long = said(badge_svg(FACES["endless words"]))
    assert sum(text.endswith("…") for text in long) >= 2
    assert said(badge_svg(FACES["another script"])) == ["15 September 2026"]
    assert said(badge_svg(FACES["nothing"])) == []
    assert badge_svg(FACES["nothing"]).count("<polygon") == 1
    assert badge_svg(FACES["English"]).count("<polygon") == 0


def test_it_is_a_picture_of_1024_pixels_on_nothing_and_the_same_every_time() -> None:
    first = draw_badge(FACES["English"])
    with Image.open(io.BytesIO(first)) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (SIDE, SIDE), "RGBA")
        assert image.getpixel((4, 4)) == (0, 0, 0, 0)
    assert len(first) < 200_000
    assert draw_badge(FACES["English"]) == first


def test_the_title_can_be_made_out_at_96_pixels() -> None:
    # A short title has letters of twelve pixels there, a title of three lines of five and more.
    for name, least in (("a short title", 11.5), ("English", 6.0), ("Greek", 5.5)):
        found = texts(badge_svg(FACES[name]))
        assert float(found[1].attrib["font-size"]) * 96 / SIDE >= least, name


@given(st.integers(0, 0xFFFFFF))
@settings(max_examples=200)
def test_text_can_be_read_on_every_colour(number: int) -> None:
    paint = paint_of(f"#{number:06X}")
    assert paint.text in {PAPER, INK}
    assert min(contrast(paint.text, paint.light), contrast(paint.text, paint.deep)) >= 4.5


@pytest.mark.parametrize(
    "text",
    [
        "</text><image href='http://127.0.0.1/x'/>",
        "<script>alert(1)</script>",
        "&amp;&lt;&#0;",
        "a\x00b\x08c\u202egnp",
        "\ud800",
        "]]>",
        "\"'>",
    ],
)
def test_words_of_a_credential_stay_words(text: str) -> None:
    svg = badge_svg(BadgeFace(text, text, "en", kind=text))
    assert {node.tag.removeprefix(SVG) for node in ET.fromstring(svg)} <= {"defs", "path", "circle", "polygon", "rect", "text"}
    assert draw_badge(BadgeFace(text, text, "en", kind=text)).startswith(b"\x89PNG")


def test_the_measuring_would_notice_a_text_that_leaves() -> None:
    svg: Any = badge_svg(FACES["English"]).replace('font-size="42"', 'font-size="72"', 1)
    changed = ImageChops.difference(drawn(svg), drawn(without_text(svg))).getchannel("R")
    box = changed.getbbox()
    assert box is not None
    assert box[2] - SIDE / 2 > half_width(600, 472) - 12
