"""The sixteen elements of the European approach: each missing one is refused by name, each unsound one with its place."""

from __future__ import annotations

from typing import Any

import pytest

from atesto.error_codes import ERROR_CODES
from atesto.errors import MalformedInput
from atesto.profiles.award.parse import parse_award
from atesto.recognition.frameworks.eu_2022.check import check, require
from atesto.recognition.frameworks.eu_2022.element_result import Status
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS
from tests.simulators.awards import EXAMPLES, changed, example

ENGLISH = "en-tidal-turbines"
# Element, what is deleted, where the refusal points.
MANDATORY = [
    ("learner", "learner", "/learner"),
    ("title", "title", "/title"),
    ("country", "awarding_body.country", "/awarding_body/country"),
    ("awarding_body", "awarding_body.name", "/awarding_body/name"),
    ("issuing_date", "issuing_date", "/issuing_date"),
    ("learning_outcomes", "learning_outcomes", "/learning_outcomes"),
    ("workload", "workload", "/workload"),
    ("level", "level", "/level"),
    ("assessment", "assessment.type", "/assessment/type"),
    ("participation", "participation", "/participation"),
    ("quality_assurance", "quality_assurance.type", "/quality_assurance/type"),
]
OPTIONAL = ["prerequisites", "supervision", "grade", "stackability", "further_information"]


def refusal(record: Any) -> MalformedInput:
    with pytest.raises(MalformedInput) as caught:
        require(parse_award(record))
    return caught.value


def statuses(record: Any) -> dict[str, Status]:
    return {result.element: result.status for result in check(parse_award(record))}


def test_the_recommendation_has_eleven_mandatory_elements_and_five_optional_ones() -> None:
    assert [element.name for element in ELEMENTS if element.mandatory] == [name for name, _, _ in MANDATORY]
    assert [element.name for element in ELEMENTS if not element.mandatory] == OPTIONAL
    assert [element.mandatory for element in ELEMENTS] == [True] * 11 + [False] * 5


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_every_element(name: str) -> None:
    award = parse_award(example(name))
    require(award)
    assert {result.code for result in check(award)} == {None}
    present = {result.element for result in check(award) if result.mandatory and result.status is not Status.ABSENT}
    assert len(present) == 11


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(("element", "path", "pointer"), MANDATORY, ids=[row[0] for row in MANDATORY])
def test_a_missing_mandatory_element_is_refused_by_its_own_name(name: str, element: str, path: str, pointer: str) -> None:
    record = changed(example(name), path, ...)
    found = refusal(record)
    assert (found.code, found.pointer) == (f"eu2022.{element}_missing", pointer)
    assert "not stated" in found.detail
    assert [result.element for result in check(parse_award(record)) if result.code] == [element]


@pytest.mark.parametrize("element", OPTIONAL)
def test_a_missing_optional_element_is_absent_and_refuses_nothing(element: str) -> None:
    record = example(ENGLISH)
    assert statuses(record)[element] is Status.PRESENT
    record = changed(record, element, ...)
    require(parse_award(record))
    assert statuses(record)[element] is Status.ABSENT


INVALID: list[tuple[str, dict[str, Any], str]] = [
    ("learner", {"learner": {"date_of_birth": "1990-01-01"}}, "/learner"),
    ("learner", {"learner": {"email": "a@b.example"}}, "/learner"),
    ("learner", {"learner.national_id": "12345"}, "/learner/national_id/country"),
    ("learner", {"learner.national_id": {"number": "1", "country": "Atlantis"}}, "/learner/national_id/country"),
    ("learner", {"learner.date_of_birth": "2026-06-12"}, "/learner/date_of_birth"),
    ("country", {"awarding_body.country": "Atlantis"}, "/awarding_body/country"),
    ("awarding_body", {"mandate": {"issuer": {"name": "Another"}}}, "/mandate/statement"),
    ("issuing_date", {"issuing_date": "1989-12-31", "learner.date_of_birth": ...}, "/issuing_date"),
    ("issuing_date", {"valid_until": "2026-06-11"}, "/valid_until"),
    ("learning_outcomes", {"learning_outcomes": ["x", {"title": "y", "esco": ["https://a.example/"]}]}, "/learning_outcomes/1/esco/0"),
    (
        "learning_outcomes",
        {"learning_outcomes": [{"title": "y", "esco": ["http://data.europa.eu/esco/skill/"]}]},
        "/learning_outcomes/0/esco/0",
    ),
    ("workload", {"workload": {"hours": 0}}, "/workload/hours"),
    ("workload", {"workload": {"hours": -5}}, "/workload/hours"),
    ("workload", {"workload": {"ects": 0}}, "/workload/ects"),
    ("workload", {"workload": {"ects": -1, "hours": 25}}, "/workload/ects"),
    ("workload", {"workload": {"hours": 99, "ects": 4}}, "/workload/ects"),
    ("workload", {"workload": {"hours": 121, "ects": 4}}, "/workload/ects"),
    ("workload", {"workload": {"hours": 104, "ects": 4, "stated_otherwise": ["P60M"]}}, "/workload/stated_otherwise/0"),
    ("workload", {"workload": {"stated_otherwise": ["P60M"]}}, "/workload/stated_otherwise/0"),
    ("level", {"level": {"eqf": 0}}, "/level/eqf"),
    ("level", {"level": {"eqf": 9}}, "/level/eqf"),
    ("level", {"level": {"eqf": 99}}, "/level/eqf"),
    ("level", {"level": {"eqf": -1}}, "/level/eqf"),
    ("level", {"level": {"nqf": {"id": "https://a.example/6"}}}, "/level/nqf/id"),
    ("level", {"level": {"eqf": 6, "not_applicable": "no framework"}}, "/level/not_applicable"),
    ("assessment", {"assessment": "séance"}, "/assessment/type"),
    ("participation", {"participation": "by post"}, "/participation"),
    ("quality_assurance", {"quality_assurance.type": "trust us"}, "/quality_assurance/type"),
    ("quality_assurance", {"quality_assurance.agency.country": "Atlantis"}, "/quality_assurance/agency/country"),
    ("supervision", {"supervision": "by a parrot"}, "/supervision"),
    ("grade", {"assessment": ...}, "/grade"),
    ("stackability", {"stackability.partial": False}, "/stackability/part_of"),
    ("country", {"awarding_body.region": "https://a.example/region"}, "/awarding_body/region"),
    ("learning_outcomes", {"learning_outcomes": ["x", {"title": "y", "type": "competence"}]}, "/learning_outcomes/1/type"),
    ("learning_outcomes", {"learning_outcomes": [{"title": "y", "reuse_level": "everywhere"}]}, "/learning_outcomes/0/reuse_level"),
    ("workload", {"workload": {"hours": 104, "ects": 4, "received": 4.5}}, "/workload/received"),
    ("workload", {"workload": {"ects": 4, "received": 0}}, "/workload/received"),
    ("level", {"level": {"ehea": "fourth cycle"}}, "/level/ehea"),
    ("level", {"level": {"ehea": "first cycle", "not_applicable": "x"}}, "/level/not_applicable"),
    ("grade", {"grade": "78 / 100"}, "/grade/scheme"),
]


@pytest.mark.parametrize(("element", "changes", "pointer"), INVALID, ids=[f"{row[0]}-{index}" for index, row in enumerate(INVALID)])
def test_an_unsound_element_is_refused_where_it_is(element: str, changes: dict[str, Any], pointer: str) -> None:
    record = example(ENGLISH)
    for path, value in changes.items():
        changed(record, path, value)
    (found,) = [result for result in check(parse_award(record)) if result.element == element]
    assert (found.status, found.code, found.pointer) == (Status.INVALID, f"eu2022.{element}_invalid", pointer)
    assert found.detail.endswith(".")


@pytest.mark.parametrize(
    "workload",
    [
        {"hours": 100, "ects": 4},
        {"hours": 120, "ects": 4},
        {"hours": 0.5},
        {"ects": 0.5},
        {"hours": 12.5, "ects": 0.5},
        {"hours": 26, "ects": 1},
    ],
)
def test_a_workload_within_the_bounds_is_sound(workload: Any) -> None:
    assert statuses(changed(example(ENGLISH), "workload", workload))["workload"] is Status.PRESENT


@pytest.mark.parametrize("level", range(1, 9))
def test_every_eqf_level_is_sound(level: int) -> None:
    assert statuses(changed(example(ENGLISH), "level", {"eqf": level}))["level"] is Status.PRESENT


def test_a_level_that_does_not_apply_needs_its_reason() -> None:
    assert statuses(changed(example(ENGLISH), "level", {"not_applicable": "no framework yet"}))["level"] is Status.NOT_APPLICABLE
    assert statuses(changed(example(ENGLISH), "level", {}))["level"] is Status.ABSENT


@pytest.mark.parametrize(
    "learner",
    [{"id": "did:key:z6Mk"}, {"full_name": "Orla"}, {"given_name": "Orla"}, {"national_id": {"number": "1", "country": "IE"}}],
)
def test_one_means_of_identification_is_enough(learner: Any) -> None:
    assert statuses(changed(example(ENGLISH), "learner", learner))["learner"] is Status.PRESENT


def test_what_is_sound_after_a_mandate_is_stated() -> None:
    record = changed(example(ENGLISH), "mandate", {"issuer": {"name": "Another"}, "statement": "By agreement."})
    assert statuses(record)["awarding_body"] is Status.PRESENT


def test_the_first_fault_gives_the_code_and_the_others_are_named() -> None:
    record = changed(changed(example(ENGLISH), "title", ...), "level", {"eqf": 9})
    found = refusal(record)
    assert found.code == "eu2022.title_missing"
    assert found.detail.endswith("Besides: level invalid.")


def test_an_award_that_says_nothing_lacks_all_eleven() -> None:
    results = check(parse_award({}))
    assert [result.code for result in results] == [f"eu2022.{name}_missing" for name, _, _ in MANDATORY] + [None] * 5
    assert refusal({}).code == "eu2022.learner_missing"


def test_every_code_stands_in_the_catalogue_and_can_happen() -> None:
    assert [element.missing for element in ELEMENTS if element.mandatory] == [f"eu2022.{name}_missing" for name, _, _ in MANDATORY]
    unsound = {f"eu2022.{element}_invalid" for element, _, _ in INVALID}
    assert {element.invalid for element in ELEMENTS} == {None, *unsound}
    codes = {code for element in ELEMENTS for code in (element.missing, element.invalid) if code}
    assert codes == {code for code in ERROR_CODES if code.startswith("eu2022.")}


def test_a_result_as_json() -> None:
    first, *_, last = check(parse_award({}))
    assert first.to_json() == {
        "element": "learner",
        "mandatory": True,
        "status": "absent",
        "pointer": "/learner",
        "detail": "Identification of the learner: not stated.",
        "code": "eu2022.learner_missing",
    }
    assert "code" not in last.to_json()


@pytest.mark.parametrize("level", [{"ehea": "bachelor"}, {"ehea": "third"}, {"eqf": 7, "ehea": "second cycle"}])
def test_a_cycle_is_a_level(level: Any) -> None:
    assert statuses(changed(example(ENGLISH), "level", level))["level"] is Status.PRESENT


def test_fewer_credits_may_be_received_than_there_are() -> None:
    award = parse_award(changed(example(ENGLISH), "workload", {"hours": 104, "ects": 4, "received": 2.5}))
    assert [result.code for result in check(award) if result.code] == []


def test_an_unsupervised_assessment_is_remarked_upon_and_refuses_nothing() -> None:
    record = changed(example(ENGLISH), "supervision", "unsupervised")
    require(parse_award(record))
    (result,) = [result for result in check(parse_award(record)) if result.remarkable]
    assert (result.element, result.status) == ("supervision", Status.PRESENT)
    assert "nobody checked" in result.detail
    assert not [result for result in check(parse_award(example(ENGLISH))) if result.remarkable]
