"""Lines that fit: nothing is lost, nothing is wider than its room."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from atesto.adapters.rendering.typeface import balanced, cut, fitting, font_files, lines, width, without_widow

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x4FF, exclude_categories=("Cc", "Cn", "Cs")), max_size=120)
GERMAN = "Kreislaufwirtschaftliche Produktentwicklung und Lebenszyklusanalyse für mittelständische Maschinenbauunternehmen"


def test_the_faces_are_there_in_three_scripts() -> None:
    for path in font_files():
        assert Path(path).is_file()
        face = ImageFont.truetype(path, 40)
        absent = bytes(face.getmask("\ue123"))
        for character in "ÄßçñŵœΆθώςЖщъѝ“–…":
            assert bytes(face.getmask(character)) != absent, character


def test_a_width_grows_with_size_and_weight() -> None:
    assert width("Orla", 80, 400) == pytest.approx(2 * width("Orla", 40, 400))
    assert width("Orla", 40, 600) > width("Orla", 40, 400) > 0
    assert width("", 40, 400) == 0


@given(TEXTS, st.sampled_from([60, 300, 1016]))
def test_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    found = lines(text, 28, 400, room)
    assert all(width(line, 28, 400) <= room + 1 for line in found)
    # A space that does not break a line stays in its word.
    assert "".join("".join(found).split()).replace("-", "") == "".join(text.split()).replace("-", "")


def test_a_word_wider_than_the_room_is_broken_with_hyphens() -> None:
    found = lines("Maschinenbauunternehmen", 40, 400, 200)
    assert len(found) > 1
    assert all(line.endswith("-") for line in found[:-1])
    assert lines("W", 500, 400, 1) == ["W"] or len(lines("W", 500, 400, 1)) == 1


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_text_is_set_smaller_before_it_is_cut(most: int) -> None:
    size, found = fitting(GERMAN, (56, 48, 40, 32), 600, 1016, most)
    assert len(found) <= most
    assert all(width(line, size, 600) <= 1016 for line in found)
    assert found[-1].endswith("…") is (most == 1)
    assert size == {1: 32, 2: 32, 3: 48}[most]


def test_a_short_text_takes_the_largest_size() -> None:
    assert fitting("Orla", (80, 40), 600, 1016, 2) == (80, ["Orla"])
    assert fitting("", (80, 40), 600, 1016, 2) == (80, [])


def test_balanced_lines_are_as_few_and_more_even() -> None:
    text = "Condition monitoring of tidal turbines in deep water"
    loose, even = lines(text, 40, 400, 800), balanced(text, 40, 400, 800)
    assert len(loose) == len(even) == 2
    assert " ".join(even) == text

    def difference(found: list[str]) -> float:
        return abs(width(found[0], 40, 400) - width(found[1], 40, 400))

    assert difference(even) < difference(loose)


@given(TEXTS)
def test_balancing_keeps_the_words_and_the_room(text: str) -> None:
    loose, even = lines(text, 28, 400, 300), balanced(text, 28, 400, 300)
    assert len(even) == len(loose)
    assert all(width(line, 28, 400) <= 301 for line in even)
    assert "".join(even).replace("-", "").replace(" ", "") == "".join(loose).replace("-", "").replace(" ", "")


def test_no_word_stands_alone_in_the_last_line() -> None:
    text = "Decide, with evidence, whether a turbine may stay in service until the next neap tide"
    assert lines(text, 28, 400, 976)[-1] == "tide"
    assert without_widow(text, 28, 400, 976)[-1].endswith("until the next neap tide")


def test_what_is_cut_ends_in_an_ellipsis_at_a_word() -> None:
    found = lines("one two three four five six seven eight nine ten", 40, 400, 200)
    short = cut(found, 40, 400, 200, 2)
    assert len(short) == 2
    assert short[1].endswith("…")
    assert short[1].removesuffix("…") in found[1]
    assert width(short[1], 40, 400) <= 200
    assert cut(found, 40, 400, 200, 99) == found
