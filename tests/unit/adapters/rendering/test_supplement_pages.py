"""The pages of a Diploma Supplement: eight sections, whole, inside their margins, in every language."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from atesto.adapters.rendering.page_image import PageImage, page_svgs
from atesto.adapters.rendering.page_words import WORDS
from atesto.adapters.rendering.supplement_words import SUPPLEMENT_WORDS
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from tests.simulators.awards import changed, example, supplements
from tests.unit.adapters.rendering.layout import check_layout, said, texts

SUPPLEMENT = "de-diplomzusatz-wasserwirtschaft"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
GREEK = "Θαλάσσιος χωροταξικός σχεδιασμός και διακυβέρνηση παράκτιων οικοσυστημάτων"


def sheets(record: Any, language: str) -> list[str]:
    first, *others = page_svgs(parse_award(record), language)
    check_layout(first)
    for sheet in others:
        check_layout(sheet)
    return others


def whole(svgs: list[str]) -> str:
    return " ".join(said(svg) for svg in svgs).replace("\n", " ")


def test_all_languages_name_all_rows() -> None:
    assert set(SUPPLEMENT_WORDS) == set(WORDS)
    for words in SUPPLEMENT_WORDS.values():
        assert len(words.sections) == 8
        assert len(words.rows) == 24
        assert all(words.rows.values())


@pytest.mark.parametrize("language", sorted(SUPPLEMENT_WORDS))
def test_the_eight_sections_stand_on_the_pages_in_their_order(language: str) -> None:
    found = whole(sheets(example(SUPPLEMENT), language))
    places = [found.index(f"{number} {heading}") for number, heading in enumerate(SUPPLEMENT_WORDS[language].sections, 1)]
    assert places == sorted(places)
    assert SUPPLEMENT_WORDS[language].not_stated not in found


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_that_is_stated_is_shown(language: str) -> None:
    record = example(SUPPLEMENT)
    found = whole(sheets(record, language))
    supplement = record["supplement"]
    texts_ = [
        supplement[name][language]
        for name in ("title_conferred", "institution_status", "further_study", "regulated_profession", "education_system")
    ]
    texts_ += [module[name][language] for module in supplement["modules"] for name in ("title", "grade")]
    texts_ += [outcome["title"][language] for outcome in record["learning_outcomes"]]
    texts_ += [record["grade"]["scheme"]["description"][language], record["prerequisites"][language], supplement["certified_by"]["name"]]
    texts_ += [record["learner"]["family_name"], record["learner"]["student_number"], record["level"]["nqf"]["label"][language]]
    assert [text for text in texts_ if text.replace("\u00a0", " ") not in found.replace("\u00a0", " ")] == []


def test_pages_are_numbered_and_name_the_learner() -> None:
    svgs = sheets(example(SUPPLEMENT), "de")
    for number, svg in enumerate(svgs, 2):
        assert f"Seite {number} von {len(svgs) + 1}" in said(svg)
        assert "Zoë Ägidia Brunnthaler-Žižek" in said(svg)
        assert WORDS["de"].proof in said(svg).replace("\n", " ")


def test_the_table_repeats_its_head_and_no_heading_stands_alone() -> None:
    svgs = sheets(example(SUPPLEMENT), "de")
    assert [said(svg).count("Teil des Studiums") for svg in svgs] == [1, 1]
    headings = {f"{number} {heading}" for number, heading in enumerate(SUPPLEMENT_WORDS["de"].sections, 1)}
    for svg in svgs:
        body = [element for element in texts(svg) if float(element.attrib["y"]) < 1754 - 116]
        assert body[-1].text not in headings


def test_what_is_not_stated_is_said_not_to_be() -> None:
    record = example(SUPPLEMENT)
    del record["supplement"]["regulated_profession"], record["further_information"]
    found = whole(sheets(record, "en"))
    assert found.count("not stated") == 3


def crowded(modules: int, words: int = 1) -> Any:
    record = example(SUPPLEMENT)
    record["supplement"]["modules"] = [
        {"title": " ".join([f"{number}. {GREEK}"] * words), "ects": 2.5, "grade": WORD if number % 4 else "άριστα"}
        for number in range(modules)
    ]
    for path in ("learner.family_name", "supplement.further_study", "supplement.title_conferred", "grade.scheme.title"):
        record = changed(record, path, f"{WORD} {WORD}")
    return record


@pytest.mark.parametrize("language", ["de", "el"])
@pytest.mark.parametrize(("modules", "words"), [(1, 1), (12, 3), (24, 1), (28, 1)])
def test_long_words_and_many_modules_stay_on_the_pages(modules: int, words: int, language: str) -> None:
    record = crowded(modules, words)
    found = whole(sheets(record, language))
    assert all(f"{number}. Θαλάσσιος" in found for number in range(modules))
    assert f"8 {SUPPLEMENT_WORDS[language].sections[-1]}" in found


def test_what_does_not_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(MalformedInput) as caught:
        page_svgs(parse_award(crowded(90, 3)), "de")
    assert (caught.value.code, caught.value.pointer) == ("award.malformed", "/supplement")


def test_the_pictures_of_two_languages_fit_into_one_credential() -> None:
    award = parse_award(example(SUPPLEMENT))
    assert award.page_languages == ("de", "en")
    weights = [len(page) for language in award.page_languages for page in PageImage().pages(award, language)]
    assert len(weights) == 6
    assert sum(weights) * 4 / 3 < 700_000


def test_an_award_without_a_supplement_has_one_page() -> None:
    assert len(page_svgs(parse_award(example("en-tidal-turbines")), "en")) == 1


@settings(max_examples=20)
@given(supplements())
def test_any_supplement_keeps_its_margins(record: Any) -> None:
    sheets(record, parse_award(record).language)
