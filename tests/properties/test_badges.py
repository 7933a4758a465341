"""Badges from awards: what is written is read back, keeps to the specification and its schema, and says the same as its European twin."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given

from atesto.credentials.json_schema import first_fault
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.profiles.award.parse import parse_award
from atesto.profiles.choices import Choices
from atesto.profiles.edc.read import read as read_edc
from atesto.profiles.open_badges.check import check
from atesto.profiles.open_badges.extension.context import extension_schema
from atesto.profiles.open_badges.json_schema import badge_schema, schema_bytes
from atesto.profiles.open_badges.read import read
from atesto.profiles.open_badges.write import badge_language
from atesto.profiles.places import Places
from atesto.recognition.frameworks.eu_2022.check import check as check_elements
from atesto.recognition.twin import agree, compare
from tests.simulators.awards import EXAMPLES, as_issued, credential, example, records
from tests.simulators.badges import as_read, badge_of

SCHEMA: Final = schema_bytes(badge_schema())
EXTENSION: Final = schema_bytes(extension_schema())
PLAIN: Final = Choices(plain_identities=True)
PROCESSOR: Final = LinkedDataProcessor(ContextRegistry.bundled())


@given(records())
def test_what_is_written_keeps_to_the_specification(record: Any) -> None:
    document: Any = badge_of(parse_award(record))
    assert check(document) == ()
    assert first_fault(SCHEMA, document) is None
    assert first_fault(EXTENSION, document["credentialSubject"]["achievement"]) is None


@given(records())
def test_nothing_of_it_is_lost_as_statements(record: Any) -> None:
    PROCESSOR.dataset_of(badge_of(parse_award(record), PLAIN))


@given(records())
def test_what_is_written_is_read_back(record: Any) -> None:
    award = parse_award(record)
    assert read(badge_of(award, PLAIN)).to_json() == as_read(award)


@given(records())
def test_the_two_forms_of_an_award_are_twins(record: Any) -> None:
    award = parse_award(record)
    first = read_edc(credential(award))
    # A learner whom nothing identifies is nobody's twin, not even its own.
    identified = agree(compare(first, first))
    results = compare(first, read(badge_of(award, PLAIN)))
    assert agree(results) is identified, [result for result in results if result.agreement != "agree"]
    assert all(result.agreement in ("agree", "unstated") for result in results)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_keeps_its_elements_and_its_twin(name: str) -> None:
    award = parse_award(example(name))
    document = json.loads(json.dumps(badge_of(award)))
    found = read(document)
    assert agree(compare(read_edc(credential(award)), found))
    assert [result.status for result in check_elements(found)] == [result.status for result in check_elements(award)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_back_whole_but_for_other_languages(name: str) -> None:
    award = parse_award(example(name))
    assert read(badge_of(award, PLAIN)).to_json() == as_read(award)
    language = badge_language(award)
    assert as_issued(award)["title"][language] == read(badge_of(award)).title[language]  # type: ignore[index, call-overload]


@given(records())
def test_what_was_read_has_its_place(record: Any) -> None:
    document, places = badge_of(parse_award(record), PLAIN), Places()
    award = read(document, places)
    for pointer, place in places.found.items():
        assert value_at(award.to_json(), pointer) is not None
        assert value_at(document, place) is not None
    assert award.learner is None or "/learner" in places.found
    for name in ("title", "awarding_body", "issuing_date", "learning_outcomes"):
        assert f"/{name}" in places.found
        assert f"/{name}" in places.homes


def value_at(value: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        value = value.get(name)
    return value


@given(records())
def test_the_same_award_is_the_same_badge(record: Any) -> None:
    assert badge_of(parse_award(record)) == badge_of(parse_award(record))
