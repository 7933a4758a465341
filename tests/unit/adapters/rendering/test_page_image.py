"""The page of an award: complete, inside its margins, small, and deaf to whatever its texts try."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from PIL import Image

from atesto.adapters.rendering.page_image import PageImage, page_svgs
from atesto.adapters.rendering.page_words import WORDS
from atesto.profiles.award.parse import parse_award
from tests.simulators.awards import EXAMPLES, changed, example, records
from tests.unit.adapters.rendering.layout import check_layout, elements, said, texts

if TYPE_CHECKING:
    from atesto.profiles.award.record import Award

SIZE = (1240, 1754)
ENGLISH, GERMAN, GREEK = "en-tidal-turbines", "de-kreislaufwirtschaft", "el-thalassia-choirotaxia"
PAGES = [(name, language) for name in EXAMPLES for language in parse_award(example(name)).page_languages]
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def page_svg(award: Award, language: str) -> str:
    return page_svgs(award, language)[0]


def picture(award: Award, language: str) -> bytes:
    data = PageImage().pages(award, language)[0]
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", SIZE if award.supplement is None else (992, 1404))
        assert image.info == {}
    return data


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_a_page_is_a_small_png_of_its_size(name: str, language: str) -> None:
    data = picture(parse_award(example(name)), language)
    assert 20_000 < len(data) < 150_000


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_a_page_says_what_matters_in_its_language(name: str, language: str) -> None:
    record, words = example(name), WORDS[language]
    svg = page_svg(parse_award(record), language)
    check_layout(svg)
    # A line may break inside a text, so lines are joined again.
    lines = said(svg).replace("\n", " ")
    title = record["title"] if isinstance(record["title"], str) else record["title"][language]
    grade = record["grade"]["value"] if isinstance(record["grade"]["value"], str) else record["grade"]["value"][language]
    assert record["learner"]["full_name"] in lines
    assert title in lines
    assert grade in lines
    assert f"{record['workload']['ects']} ECTS" in lines
    assert str(record["workload"]["hours"]) in lines
    of_its_kind = (words.supplement, words.awarded_degree) if "supplement" in record else (words.kind, words.awarded)
    for word in (*of_its_kind, words.certifies, words.outcomes, words.workload, words.assessment, words.quality, words.proof):
        assert word in lines
    for outcome in record["learning_outcomes"]:
        text = outcome if isinstance(outcome, str) else outcome["title"][language]
        assert text in lines


def test_the_name_and_the_title_are_the_largest() -> None:
    svg = page_svg(parse_award(example(GERMAN)), "de")
    sizes: dict[str, float] = {}
    for element in texts(svg):
        sizes[element.text or ""] = float(element.attrib["font-size"])
    name, title, *others = sorted(set(sizes.values()), reverse=True)
    assert {text for text, size in sizes.items() if size == name} == {"Dipl.-Ing. Änne-Sophie", "Großschädl-Übelhör"}
    assert all(size < title for size in others)


def test_the_colours_are_the_houses_own() -> None:
    with Image.open(io.BytesIO(picture(parse_award(example(ENGLISH)), "en"))) as image:
        rgb = image.convert("RGB")
        assert rgb.getpixel((5, 5)) == (0x1F, 0x5F, 0xBF)
        assert rgb.getpixel((5, 1700)) == (255, 255, 255)


def test_the_same_award_is_the_same_picture() -> None:
    award = parse_award(example(GREEK))
    assert PageImage().pages(award, "el") == PageImage().pages(award, "el")


@pytest.mark.parametrize("language", sorted(WORDS))
def test_an_award_that_says_nothing_still_has_a_page(language: str) -> None:
    award = parse_award({"language": language})
    check_layout(page_svg(award, language))
    assert len(picture(award, language)) < 30_000


def test_a_language_without_words_of_its_own_gets_the_english_ones() -> None:
    svg = page_svg(parse_award({"language": "pl", "title": "Monitorowanie turbin"}), "pl")
    assert WORDS["en"].certifies in said(svg)
    assert "Monitorowanie turbin" in said(svg)


def test_a_text_that_a_language_lacks_appears_in_the_awards_own() -> None:
    record = changed(example(GREEK), "title", {"el": "Τίτλος", "en": "Title", "fr": "Titre"})
    svg = page_svg(parse_award(record), "fr")
    assert "Titre" in said(svg)
    assert "Γραπτή εξέταση" in said(svg)


@pytest.mark.parametrize(
    "member", ["learner", "awarding_body", "grade", "valid_until", "quality_assurance", "workload", "level", "assessment"]
)
def test_a_missing_part_leaves_no_hole(member: str) -> None:
    record = example(GERMAN)
    del record[member]
    check_layout(page_svg(parse_award(record), "de"))


def test_who_issues_on_anothers_behalf_is_named() -> None:
    record = changed(example(ENGLISH), "mandate", {"issuer": {"name": "Marine Skills Alliance"}, "statement": "x"})
    svg = page_svg(parse_award(record), "en")
    check_layout(svg)
    assert "Issued on its behalf by: Marine Skills Alliance" in said(svg)


LONG: dict[str, Any] = {
    "title": {
        "de": " ".join([WORD] * 4),
        "en": "Circular " * 60,
        "el": "Θαλάσσιος χωροταξικός σχεδιασμός και διακυβέρνηση παράκτιων οικοσυστημάτων " * 5,
    },
    "learner": {"full_name": f"{WORD}-{WORD} von und zu {WORD}"},
    "description": "Beschreibung mit vielen Wörtern " * 100,
    "learning_outcomes": [f"{number}. {'Etwas können, das sich nicht kürzer sagen lässt ' * 4}" for number in range(60)],
    "assessment": {"type": "project work", "title": "Verteidigung " * 30},
    "grade": {"value": "ausgezeichnet mit besonderer Anerkennung " * 10},
    "level": {"eqf": 7, "nqf": {"id": "http://data.europa.eu/snb/qdr/c_1", "label": WORD}},
    "awarding_body": {"name": f"Hochschule {WORD} " * 5, "eidas": "VATDE-" + "0" * 200, "address": "Straße " * 60, "country": "DE"},
    "mandate": {"issuer": {"name": f"Verbund {WORD} " * 5}, "statement": "x"},
    "quality_assurance": {"type": "programme quality assurance", "title": WORD * 3, "agency": {"name": WORD * 3}},
}


@pytest.mark.parametrize("language", ["de", "en", "el"])
@pytest.mark.parametrize("member", [*LONG, "everything"])
def test_long_texts_stay_on_the_page(member: str, language: str) -> None:
    record = example(GERMAN)
    record.update(LONG if member == "everything" else {member: LONG[member]})
    check_layout(page_svg(parse_award(record), language))


def test_everything_long_is_still_small_and_says_what_it_left_out() -> None:
    award = parse_award(example(GERMAN) | LONG)
    assert len(picture(award, "de")) < 150_000
    assert "weitere im digitalen Nachweis" in said(page_svg(award, "de"))


MARKUP = '<script>alert(1)</script></text><image href="file:///etc/passwd"/><!-- &amp; &#0; ]]> \' "'
HOSTILE = {
    "markup": MARKUP,
    "right to left": "مرحبا بالعالم שלום עולם",
    "turned direction": "\u202eABC\u2066DEF\u2069\u200f",
    "control characters": "a\x7fb\x85c\u2028d\ufffee\uffff",
    "no script of ours": "微型证书 माइक्रो 𝔘𝔫𝔦 🎓👩🏽‍🎓",
    "twenty thousand letters": "W" * 20_000,
    "twenty thousand words": "w " * 10_000,
    "marks upon marks": "Z" + "\u0335\u0351" * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_text(name: str) -> None:
    text = HOSTILE[name]
    record: Any = {
        "language": "de",
        "title": text,
        "description": text,
        "learner": {"full_name": text},
        "awarding_body": {"name": text, "eidas": text, "address": text},
        "learning_outcomes": [text] * 3,
        "grade": text,
        "assessment": {"type": text},
        "participation": text,
        "level": {"nqf": {"id": "http://data.europa.eu/snb/qdr/c_1", "label": text}},
        "quality_assurance": {"type": text, "agency": {"name": text}},
    }
    award = parse_award(record)
    started = time.process_time()
    svg = page_svg(award, "de")
    assert time.process_time() - started < 2
    check_layout(svg)
    assert len(picture(award, "de")) < 300_000


def test_markup_is_shown_as_it_stands() -> None:
    award = parse_award({"title": MARKUP, "learner": {"full_name": "Orla"}})
    svg = page_svg(award, "en")
    assert "<script" not in svg
    assert "<image" not in svg
    assert "alert(1)</script></text><image" in said(svg).replace("\n", "")


def test_marks_of_direction_and_controls_do_not_reach_the_picture() -> None:
    award = parse_award({"title": "A\u202eB\x7fC\u2067D", "awarding_body": {"name": "E\u202eF", "eidas": "\u202d12\u202e"}})
    found = said(page_svg(award, "en"))
    assert "ABCD" in found
    assert "EF · 12" in found


def test_a_language_cannot_break_out_of_its_attribute() -> None:
    svg = page_svg(parse_award({"title": "x"}), 'en"><script/>')
    assert elements(svg)
    assert "<script" not in svg


@settings(max_examples=20)
@given(records())
def test_any_award_keeps_its_margins(record: Any) -> None:
    award = parse_award(record)
    for language in award.page_languages:
        check_layout(page_svg(award, language))
