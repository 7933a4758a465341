"""Award records from JSON: what is taken, what is refused, and where the fault is said to be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from atesto import limits
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from tests.simulators.awards import EXAMPLES, changed, example

ENGLISH = "en-tidal-turbines"


def refusal(record: Any) -> MalformedInput:
    with pytest.raises(MalformedInput) as caught:
        parse_award(record)
    assert caught.value.code == "award.malformed"
    return caught.value


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_good_record(name: str) -> None:
    record = example(name)
    award = parse_award(record)
    assert award.language == record["language"]
    assert parse_award(award.to_json()) == award


def test_short_forms_say_the_same_as_long_ones() -> None:
    short = parse_award(
        {
            "language": "de",
            "title": "Löten",
            "awarding_body": {"country": "de", "eidas": "VATDE-1", "tax": {"number": "2", "country": "Germany"}},
            "learning_outcomes": ["Kann löten"],
            "assessment": "Quiz",
            "participation": "in person",
            "grade": {"value": "1,0", "scheme": "Noten"},
            "stackability": "Zählt mit",
            "further_information": {"links": ["https://a.example/"]},
            "activity": "Kurs",
            "field_of_education": ["education science"],
            "instruction_languages": ["German", "en", "FRA"],
        }
    )
    long = parse_award(
        {
            "language": "de",
            "title": {"de": "Löten"},
            "awarding_body": {
                "country": "http://publications.europa.eu/resource/authority/country/DEU",
                "eidas": {"number": "VATDE-1"},
                "tax": {"number": "2"},
            },
            "learning_outcomes": [{"title": {"de": "Kann löten"}, "esco": []}],
            "assessment": {"type": "b1b68f6735"},
            "participation": "Presential",
            "grade": {"value": {"de": "1,0"}, "scheme": {"title": {"de": "Noten"}}},
            "stackability": {"note": {"de": "Zählt mit"}},
            "further_information": {"links": [{"url": "https://a.example/"}]},
            "activity": {"title": {"de": "Kurs"}},
            "field_of_education": ["0111"],
            "instruction_languages": ["DEU", "ENG", "FRA"],
        }
    )
    assert short == long


def test_a_number_of_another_country_keeps_it() -> None:
    award = parse_award({"awarding_body": {"country": "IE", "eidas": {"number": "1", "country": "ES"}}})
    assert award.awarding_body is not None
    assert award.awarding_body.eidas is not None
    assert award.awarding_body.eidas.country == "ESP"


def test_an_empty_record_is_an_award_that_says_nothing() -> None:
    assert parse_award({}).to_json() == {"language": "en"}


def test_a_value_outside_its_list_is_kept_for_the_rules() -> None:
    award = parse_award({"participation": "by post", "awarding_body": {"country": "Atlantis"}, "assessment": "séance"})
    assert award.participation == "by post"
    assert award.awarding_body is not None
    assert award.awarding_body.country == "Atlantis"
    assert award.assessment is not None
    assert award.assessment.type == "séance"


@pytest.mark.parametrize("record", [None, [], "an award", 1, True])
def test_a_record_is_an_object(record: Any) -> None:
    assert refusal(record).pointer == ""


# What is written there, and the words by which a person understands the refusal.
FAULTS: list[tuple[str, Any, str, str]] = [
    ("title", 5, "/title", "Expected text"),
    ("title", [], "/title", "Expected text"),
    ("title", None, "", ""),
    ("title", {}, "/title", "one to"),
    ("title", "", "/title", "not empty"),
    ("title", " \n\t", "/title", "not empty"),
    ("title", {"en": ""}, "/title", "not empty"),
    ("title", {"en": 5}, "/title", "not empty"),
    ("title", {"EN": "x"}, "/title", "named by its language"),
    ("title", {"en-gb": "x"}, "/title", "named by its language"),
    ("title", {"": "x"}, "/title", "named by its language"),
    ("title", {"@none": "x"}, "/title", "named by its language"),
    ("title", "a\u0000b", "/title", "control characters"),
    ("title", "a\rb", "/title", "control characters"),
    ("title", "x" * (limits.MAX_AWARD_TEXT_CHARACTERS + 1), "/title", "longer than"),
    ("title", {f"a{a}{b}": "x" for a in "abcdefg" for b in "abcdef"}, "/title", "one to 40 languages"),
    ("language", "english", "/language", "language tag"),
    ("language", 5, "/language", "language tag"),
    ("language", "en\n", "/language", "language tag"),
    ("learner", "Orla", "/learner", "Expected an object, this is a string"),
    ("learner", [], "/learner", "Expected an object, this is an array"),
    ("learner.given_name", 5, "/learner/given_name", "Expected text"),
    ("learner.given_name", {"en": "Orla"}, "/learner/given_name", "Expected text"),
    ("learner.nickname", "O", "/learner/nickname", 'no member "nickname"'),
    ("learner.id", "orla", "/learner/id", "absolute identifier"),
    ("learner.id", "did:key:z6Mk x", "/learner/id", "absolute identifier"),
    ("learner.id", "did:a:" + "x" * limits.MAX_URL_CHARACTERS, "/learner/id", "absolute identifier"),
    ("learner.email", "orla", "/learner/email", "e-mail address"),
    ("learner.date_of_birth", "23.11.1994", "/learner/date_of_birth", "year-month-day"),
    ("learner.date_of_birth", "1994-11-23T00:00:00Z", "/learner/date_of_birth", "year-month-day"),
    ("learner.date_of_birth", "1994-02-30", "/learner/date_of_birth", "year-month-day"),
    ("learner.date_of_birth", "0000-01-01", "/learner/date_of_birth", "year-month-day"),
    ("learner.date_of_birth", 19941123, "/learner/date_of_birth", "year-month-day"),
    ("learner.national_id", {"country": "IE"}, "/learner/national_id/number", 'member "number" is required'),
    ("awarding_body.homepage", "carrowmore.example", "/awarding_body/homepage", "https://"),
    ("awarding_body.homepage", "javascript:alert(1)", "/awarding_body/homepage", "https://"),
    ("awarding_body.homepage", "https://", "/awarding_body/homepage", "https://"),
    ("awarding_body.homepage", 'https://a.example/">', "/awarding_body/homepage", "https://"),
    ("awarding_body.country", ["IE"], "/awarding_body/country", "Expected text"),
    ("awarding_body.eidas", 5, "/awarding_body/eidas", "Expected an object, this is a number"),
    ("mandate", {"statement": "x"}, "/mandate/issuer", "required"),
    ("issuing_date", None, "", ""),
    ("issuing_date", True, "/issuing_date", "year-month-day"),
    ("learning_outcomes", "one", "/learning_outcomes", "Expected a list, this is a string"),
    ("learning_outcomes", ["x"] * (limits.MAX_AWARD_ITEMS + 1), "/learning_outcomes", "longer than"),
    ("learning_outcomes", ["x", 5], "/learning_outcomes/1", "Expected an object"),
    ("learning_outcomes", ["x", {"esco": []}], "/learning_outcomes/1/title", "required"),
    ("learning_outcomes", [{"title": "x", "esco": ["skill"]}], "/learning_outcomes/0/esco/0", "absolute identifier"),
    ("workload", 104, "/workload", "Expected an object"),
    ("workload.hours", "104", "/workload/hours", "Expected a number, this is a string"),
    ("workload.hours", True, "/workload/hours", "Expected a number"),
    ("workload.hours", 1e308, "/workload/hours", "below a million"),
    ("workload.hours", float("nan"), "/workload/hours", "finite"),
    ("workload.hours", float("inf"), "/workload/hours", "finite"),
    ("workload.ects", 0.1234567, "/workload/ects", "six decimals"),
    ("workload.ects", -1e9, "/workload/ects", "below a million"),
    ("workload.days", 5, "/workload/days", "no member"),
    ("level.eqf", "6", "/level/eqf", "Expected a whole number, this is a string"),
    ("level.eqf", 6.5, "/level/eqf", "whole number"),
    ("level.eqf", True, "/level/eqf", "whole number"),
    ("level.nqf", {"label": "x"}, "/level/nqf/id", "required"),
    ("assessment", 5, "/assessment", "Expected an object"),
    ("assessment.type", "", "/assessment/type", "not empty"),
    ("participation", {"en": "blended"}, "/participation", "Expected text"),
    ("quality_assurance", "yes", "/quality_assurance", "Expected an object"),
    ("quality_assurance.agency.country", 5, "/quality_assurance/agency/country", "Expected text"),
    ("quality_assurance.report", "report", "/quality_assurance/report", "https://"),
    ("grade.scheme.title", ..., "/grade/scheme/title", "required"),
    ("stackability.partial", "yes", "/stackability/partial", "true or false, this is a string"),
    ("stackability.partial", 1, "/stackability/partial", "true or false"),
    ("further_information.links", [{"title": "x"}], "/further_information/links/0/url", "required"),
    ("field_of_education", [713], "/field_of_education/0", "Expected text"),
    ("instruction_languages", [""], "/instruction_languages/0", "not empty"),
    ("colour", "blue", "/colour", 'no member "colour"'),
    ("a/b~c", "x", "/a~1b~0c", "no member"),
]


@pytest.mark.parametrize(("path", "value", "pointer", "words"), FAULTS, ids=[f"{fault[0]}-{index}" for index, fault in enumerate(FAULTS)])
def test_a_fault_is_refused_where_it_is(path: str, value: Any, pointer: str, words: str) -> None:
    record = changed(example(ENGLISH), path, value)
    if not words:
        assert parse_award(record).to_json().get(path) is None
        return
    found = refusal(record)
    assert found.pointer == pointer
    assert words in found.detail


def test_a_refusal_does_not_repeat_what_the_record_says() -> None:
    for path, value, _, words in FAULTS:
        if words and isinstance(value, str) and len(value) > 3 and value not in words:
            assert value not in refusal(changed(example(ENGLISH), path, value)).detail, path


@pytest.mark.parametrize("value", ["x" * limits.MAX_AWARD_TEXT_CHARACTERS, "line\nline\tcell", "مرحبا", "𝔘𝔫𝔦", "<b>&amp;</b>"])
def test_a_text_at_the_edge_is_taken(value: str) -> None:
    assert parse_award({"title": value}).title == {"en": value}


def test_lists_and_languages_at_their_bound_are_taken() -> None:
    title: Any = {f"a{a}{b}": "x" for a in "abcdefgh" for b in "abcde"}
    assert len(title) == limits.MAX_AWARD_LANGUAGES
    award = parse_award({"title": title, "learning_outcomes": ["x"] * limits.MAX_AWARD_ITEMS})
    assert len(award.learning_outcomes) == limits.MAX_AWARD_ITEMS


def test_pages_are_drawn_in_a_bounded_number_of_languages() -> None:
    title: Any = dict.fromkeys(["de", "fr", "es", "el", "bg", "it", "en", "pl"], "x")
    pages = parse_award({"language": "en", "title": title}).page_languages
    assert pages == ("en", "de", "fr", "es", "el", "bg")
    assert len(pages) == limits.MAX_AWARD_PAGES
    assert parse_award({"language": "fr"}).page_languages == ("fr",)


def test_an_award_cannot_be_changed() -> None:
    award = parse_award(example(ENGLISH))
    with pytest.raises(ValueError, match="frozen"):
        award.issuing_date = date(2020, 1, 1)
