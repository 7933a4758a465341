"""Awards: what is written is read back, whole; and what is written keeps its own profile's rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.check import check
from atesto.profiles.edc.read import read
from tests.simulators.awards import EXAMPLES, as_issued, credential, example, records, supplements


@given(records())
def test_a_record_is_its_own_json(record: Any) -> None:
    award = parse_award(record)
    assert parse_award(json.loads(json.dumps(award.to_json()))) == award


@given(st.one_of(records(), supplements()))
def test_what_is_written_is_read_back(record: Any) -> None:
    award = parse_award(record)
    document = credential(award)
    assert check(document) == ()
    assert read(document).to_json() == as_issued(award)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_back(name: str) -> None:
    award = parse_award(example(name))
    document = json.loads(json.dumps(credential(award)))
    assert check(document) == ()
    assert read(document).to_json() == as_issued(award)


@given(records())
def test_the_same_award_is_the_same_document(record: Any) -> None:
    assert credential(parse_award(record)) == credential(parse_award(record))
