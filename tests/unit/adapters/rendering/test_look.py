"""The institution's colour and logo: legible, inside their box, drawn from the file alone."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from atesto.adapters.rendering.colour import ACCENT, INK, PANEL, PAPER, contrast, legible, mix
from atesto.adapters.rendering.look import LOGO_HIGH, LOGO_WIDE, drawn, look_of
from atesto.adapters.rendering.page_image import PageImage, page_svgs
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from tests.simulators.awards import PNG_FILE, SVG_FILE, changed, example
from tests.unit.adapters.rendering.layout import SVG, check_layout, elements

ENGLISH = "en-tidal-turbines"


def svg_file(inner: str, head: str = 'viewBox="0 0 40 40"') -> str:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inner}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode("ascii")


def branded(logo: str | None = None, colour: str | None = None) -> Any:
    record = example(ENGLISH)
    if logo is not None:
        record = changed(record, "awarding_body.logo", logo)
    return parse_award(record if colour is None else changed(record, "display", {"colour": colour}))


def test_contrast_is_measured_as_wcag_does() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert contrast("#123456", "#123456") == 1
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54
    assert round(contrast(ACCENT, PAPER), 2) == 6.09


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_legible_and_no_darker_than_it_must(number: int) -> None:
    colour = f"#{number:06X}"
    found = legible(colour)
    assert min(contrast(found, PAPER), contrast(found, PANEL)) >= 4.5
    if min(contrast(colour, PAPER), contrast(colour, PANEL)) >= 4.5:
        assert found == colour
    else:
        lighter = next(step for step in range(41) if mix(colour, INK, step / 40) == found)
        assert min(contrast(mix(colour, INK, (lighter - 1) / 40), PAPER), contrast(mix(colour, INK, (lighter - 1) / 40), PANEL)) < 4.5


@pytest.mark.parametrize(("colour", "shown"), [("#0B6B4F", "#0B6B4F"), ("#FFD500", None), (None, ACCENT)])
def test_the_colour_stands_in_the_place_of_the_accent(colour: str | None, shown: str | None) -> None:
    award = branded(colour=colour)
    accent = look_of(award).accent
    assert accent == (shown or legible("#FFD500"))
    (svg,) = page_svgs(award, "en")
    check_layout(svg)
    assert svg.count(accent) > 4
    assert (ACCENT in svg) is (colour is None)
    with Image.open(io.BytesIO(PageImage().pages(award, "en")[0])) as image:
        assert image.convert("RGB").getpixel((5, 5)) == tuple(bytes.fromhex(accent[1:]))
        # The ground of the facts stays what it is, whatever colours the logo brings.
        assert (0xF3, 0xF6, 0xFB) in {colour for _, colour in image.convert("RGB").getcolors(4096) or []}


SHAPES = {
    "square": svg_file('<rect width="40" height="40" fill="#8C2F5B"/>'),
    "wide": svg_file('<rect width="400" height="20" fill="#8C2F5B"/>', 'viewBox="0 0 400 20"'),
    "tall": svg_file('<rect width="20" height="400" fill="#8C2F5B"/>', 'viewBox="0 0 20 400"'),
    "of a size that no memory holds": svg_file('<rect width="1" height="1"/>', 'width="900000" height="900000" viewBox="0 0 1 1"'),
    "without a size": svg_file('<rect width="30" height="30" fill="red"/>', ""),
    "one point": PNG_FILE,
    "small": SVG_FILE,
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_logo_fits_into_its_box_and_onto_the_page(name: str) -> None:
    logo = drawn(SHAPES[name])
    assert 0 < logo.wide <= LOGO_WIDE
    assert 0 < logo.high <= LOGO_HIGH
    award = branded(SHAPES[name])
    (svg,) = page_svgs(award, "en")
    check_layout(svg)
    assert [element.tag for element in elements(svg)].count(SVG + "image") == 1
    assert len(PageImage().pages(award, "en")[0]) < 150_000


def test_the_logo_is_seen_in_its_colours() -> None:
    pages = PageImage().pages(branded(SHAPES["square"]), "en")
    with Image.open(io.BytesIO(pages[0])) as image:
        found = image.convert("RGB").getpixel((112 + 50, 80 + 50))
    assert isinstance(found, tuple)
    assert max(abs(int(a) - b) for a, b in zip(found, (0x8C, 0x2F, 0x5B), strict=True)) < 12


EMPTY_PNG = io.BytesIO()
Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(EMPTY_PNG, "PNG")


@pytest.mark.parametrize(
    "logo",
    [
        svg_file(""),
        svg_file('<rect width="40" height="40" fill="none"/>'),
        svg_file('<path d="nonsense"/>'),
        "data:image/png;base64," + base64.b64encode(EMPTY_PNG.getvalue()).decode("ascii"),
        "data:image/png;base64," + base64.b64encode(EMPTY_PNG.getvalue()[:40]).decode("ascii"),
    ],
)
def test_a_logo_that_shows_nothing_is_refused(logo: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        PageImage().pages(branded(logo), "en")
    assert (caught.value.code, caught.value.pointer) == ("award.malformed", "/awarding_body/logo")
