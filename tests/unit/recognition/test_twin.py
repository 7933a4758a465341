"""The twin check: what agrees, what differs, and what only one side says."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from atesto.profiles.award.parse import parse_award
from atesto.recognition.twin import ASPECTS, Agreement, agree, compare
from tests.simulators.awards import EXAMPLES, changed, example

NAME = "en-tidal-turbines"


def compared(path: str | None = None, value: Any = None, name: str = NAME) -> dict[str, Any]:
    """The results by aspect of an example and the same with one member changed."""
    first, second = example(name), example(name)
    if path is not None:
        changed(second, path, value)
    results = compare(parse_award(first), parse_award(second))
    assert [result.aspect for result in results] == [aspect.name for aspect in ASPECTS]
    return {result.aspect: result for result in results} | {"agree": agree(results)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_award_is_its_own_twin(name: str) -> None:
    found = compared(name=name)
    assert found.pop("agree") is True
    assert {result.agreement for result in found.values()} <= {Agreement.AGREE, Agreement.UNSTATED}
    assert not any(result.parts for result in found.values())


@pytest.mark.parametrize(
    ("path", "value", "aspect", "part"),
    [
        ("title", "Tidal turbine design", "title", "in_en"),
        ("level", {"eqf": 5}, "level", "eqf"),
        ("level", {"not_applicable": "It has none."}, "level", "applies"),
        ("workload", {"hours": 60, "ects": 2.4}, "credits", "ects"),
        ("workload.hours", 88, "workload", "hours"),
        ("issuing_date", "2026-01-01", "issuing_date", "day"),
        ("learner.family_name", "Brennan", "learner", "family_name"),
        ("learner.id", "did:key:z6MkOther", "learner", "id"),
        ("awarding_body.name", "Another College", "awarding_body", "name_en"),
        ("awarding_body.eidas", "VATIE-1234567T", "awarding_body", "eidas"),
        ("awarding_body.country", "FRA", "awarding_body", "country"),
    ],
)
def test_one_change_is_found_where_it_is(path: str, value: Any, aspect: str, part: str) -> None:
    assert compared()["agree"] is True
    record = example(NAME)
    record["learner"].setdefault("id", "did:key:z6MkLearner")
    other = changed(example(NAME), "learner.id", record["learner"]["id"])
    changed(other, path, value)
    results = {result.aspect: result for result in compare(parse_award(record), parse_award(other))}
    assert agree(tuple(results.values())) is False
    assert results[aspect].agreement is Agreement.DIFFER
    assert any(part in name for name in results[aspect].parts)
    others = {name: result.agreement for name, result in results.items() if name != aspect}
    if not path.startswith("workload"):
        assert Agreement.DIFFER not in others.values()


@pytest.mark.parametrize(
    ("path", "aspect"),
    [("level", "level"), ("workload", "credits"), ("title", "title"), ("learner", "learner"), ("awarding_body", "awarding_body")],
)
def test_what_one_of_them_alone_states_is_no_agreement(path: str, aspect: str) -> None:
    found = compared(path, ...)
    assert (found[aspect].agreement, found["agree"]) == (Agreement.ONE_SIDED, False)
    assert "Only the first states it" in found[aspect].detail


def test_an_end_of_validity_on_one_side_is_no_agreement() -> None:
    found = compared("valid_until", "2036-01-01")
    assert (found["valid_until"].agreement, found["agree"]) == (Agreement.ONE_SIDED, False)


def test_two_awards_that_say_nothing_are_no_twins() -> None:
    results = compare(parse_award({}), parse_award({}))
    assert {result.agreement for result in results} == {Agreement.UNSTATED}
    assert agree(results) is False


def test_a_form_that_states_less_of_the_learner_may_agree() -> None:
    """An Open Badge that names the learner by DID alone, say."""
    full = changed(example(NAME), "learner", {"id": "did:key:z6MkLearner", "full_name": "Ada Lovelace", "date_of_birth": "1990-01-02"})
    short = changed(example(NAME), "learner", {"id": "did:key:z6MkLearner"})
    results = compare(parse_award(full), parse_award(short))
    assert agree(results) is True
    unlike = changed(example(NAME), "learner", {"email": "ada@mail.example"})
    results = compare(parse_award(full), parse_award(unlike))
    assert agree(results) is False
    assert {result.aspect: result.agreement for result in results}["learner"] is Agreement.ONE_SIDED


def test_texts_that_look_alike_are_alike() -> None:
    composed, decomposed = (unicodedata.normalize(form, "Génie  électrique") for form in ("NFC", "NFD"))
    assert composed != decomposed
    first, second = changed(example(NAME), "title", composed), changed(example(NAME), "title", decomposed.replace("  ", " "))
    results = compare(parse_award(first), parse_award(second))
    assert agree(results) is True


def test_a_full_name_agrees_with_its_parts() -> None:
    whole = changed(example(NAME), "learner", {"full_name": "Ada Lovelace"})
    parts = changed(example(NAME), "learner", {"given_name": "Ada", "family_name": "Lovelace"})
    assert agree(compare(parse_award(whole), parse_award(parts))) is True


def test_titles_without_a_common_language_are_not_said_to_agree() -> None:
    english, german = changed(example(NAME), "title", {"en": "Tides"}), changed(example(NAME), "title", {"de": "Gezeiten"})
    results = compare(parse_award(english), parse_award(german))
    assert results[0].agreement is Agreement.ONE_SIDED
    assert "Each states what the other does not" in results[0].detail
    assert agree(results) is False
