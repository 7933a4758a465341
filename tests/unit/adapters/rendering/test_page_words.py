"""The words of a page: complete in six languages, dates and numbers as people write them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from atesto.adapters.rendering.page_text import initials, one_line, writable
from atesto.adapters.rendering.page_words import WORDS, PageWords, page_words
from atesto.profiles.edc.lists.europass import ASSESSMENT_TYPES, MODES, QUALITY_ASSURANCE_TYPES

LABELS = {*ASSESSMENT_TYPES.labels.values(), *MODES.labels.values(), *QUALITY_ASSURANCE_TYPES.labels.values()}


def test_there_are_six_languages() -> None:
    assert set(WORDS) == {"en", "de", "fr", "es", "el", "bg"}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_language_has_every_word(language: str) -> None:
    words = WORDS[language]
    for field in fields(PageWords):
        value: Any = getattr(words, field.name)
        assert value, field.name
        assert value == value.strip() if isinstance(value, str) else True
    assert len(words.months.split()) == 12
    assert set(words.terms) == LABELS
    assert len(set(words.terms.values())) == len(LABELS)
    assert words.hours.format(hours="7") != words.hours
    assert words.eqf.format(level=6) != words.eqf
    assert words.more_outcomes.format(count=3) != words.more_outcomes


@pytest.mark.parametrize("language", sorted(set(WORDS) - {"en"}))
def test_a_translation_is_one(language: str) -> None:
    for name in ("certifies", "awarded", "outcomes", "workload", "quality", "on_behalf", "proof", "months"):
        assert getattr(WORDS[language], name) != getattr(WORDS["en"], name)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "5 March 2026"),
        ("de", "5. März 2026"),
        ("fr", "5 mars 2026"),
        ("es", "5 de marzo de 2026"),
        ("el", "5 Μαρτίου 2026"),
        ("bg", "5 март 2026 г."),
    ],
)
def test_a_date_as_people_write_it(language: str, written: str) -> None:
    assert WORDS[language].written(date(2026, 3, 5)) == written


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (5.0, "5", "5"),
        (2.5, "2.5", "2,5"),
        (104.0, "104", "104"),
        (12345.0, "12345", "12345"),
        (999_999.0, "999999", "999999"),
        (0.333333, "0.333333", "0,333333"),
    ],
)
def test_a_number_without_needless_digits(value: float, english: str, german: str) -> None:
    assert WORDS["en"].number(value) == english
    assert WORDS["de"].number(value) == german


def test_a_region_has_its_languages_words_and_a_stranger_the_english_ones() -> None:
    assert page_words("de-AT") is WORDS["de"]
    assert page_words("el") is WORDS["el"]
    assert page_words("pl") is WORDS["en"]


def test_a_term_starts_with_a_capital_and_a_stranger_stays_as_it_is() -> None:
    assert WORDS["de"].term("Online") == "Online"
    assert WORDS["en"].term("Presential") == "On site"
    assert WORDS["en"].term("by post") == "By post"
    assert WORDS["en"].term("") == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Carrowmore Institute of Technology", "CI"),
        ("University of the South", "US"),
        ("Πανεπιστήμιο Νοτίου Ευβοϊκού", "ΠΝ"),
        ("Технически университет", "Т"),
        ("ETH", "E"),
        ("lowercase college", ""),
        ("جامعة Cairo", "C"),
        ("東京 University", "U"),
        ("Ծ University", ""),
        ("", ""),
        ("1st", ""),
        ("</text>", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_one_line_is_one_line_of_bounded_length() -> None:
    assert one_line("  a \n\t b\u2028c\u3000d ") == "a b c d"
    # A space that holds two words together goes on doing so.
    assert one_line("24\u202f% de\u00a0l’eau") == "24\u00a0% de\u00a0l’eau"
    assert one_line("x" * 1_000) == "x" * 1_000
    assert one_line("x" * 20_000) == "x" * 1_000 + "…"


def test_only_what_can_be_read_is_written() -> None:
    assert writable("a\x00b\x1bc\x7fd\x9fe\ud800f\ufffeg\uffffh\u202ei\u2069j\u200ek\ufeffl") == "abcdefghijkl"
    assert writable("ÄßθЖ🎓 مرحبا") == "ÄßθЖ🎓 مرحبا"
