"""Awards: what is written is read back, whole; and what is written keeps its own profile's rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.check import check
from atesto.profiles.edc.read import read
from atesto.verification.profile_findings import profile_findings

if TYPE_CHECKING:
    from atesto.profiles.award.parties import Learner

from tests.simulators.awards import EXAMPLES, as_issued, credential, example, records, supplements
from tests.simulators.parts import PROCESSOR


@given(records())
def test_a_record_is_its_own_json(record: Any) -> None:
    award = parse_award(record)
    assert parse_award(json.loads(json.dumps(award.to_json()))) == award


@given(st.one_of(records(), supplements()))
def test_what_is_written_is_read_back(record: Any) -> None:
    award = parse_award(record)
    document = credential(award)
    assert [finding.code for finding in check(document)] == remarks(award.learner)
    assert read(document).to_json() == as_issued(award)


def remarks(learner: Learner | None) -> list[str]:
    """What the check says of a learner without a name, and of nothing else."""
    if learner is None or learner.given_name or learner.family_name or learner.full_name:
        return []
    return ["edc.learner_unnamed"] if learner.id or learner.national_id else ["edc.learner_unidentified"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_back(name: str) -> None:
    award = parse_award(example(name))
    document = json.loads(json.dumps(credential(award)))
    assert check(document) == ()
    assert read(document).to_json() == as_issued(award)


_JUNK: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 10**30),
    st.sampled_from(["", "x", "urn:x:1", "P60M", "2026-06-15T12:00:00Z", [], {}, [[]], [{}], ["x", {"id": 5}]]),
    st.sampled_from([{"id": 5}, {"id": ["a"]}, {"id": "urn:uuid:1"}, {"en": 5}, {"en": ["a", 5]}, {"@value": "x"}, {"type": 5}]),
)


def places_in(value: Any, pointer: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    return [place for name, child in inner for place in ((*pointer, name), *places_in(child, (*pointer, name)))]


@settings(max_examples=300)
@given(st.data(), st.sampled_from(EXAMPLES))
def test_whatever_stands_in_a_member_it_is_read_and_every_element_has_a_place(data: st.DataObject, name: str) -> None:
    document = json.loads(json.dumps(credential(parse_award(example(name)))))
    *above, last = data.draw(st.sampled_from([place for place in places_in(document) if place[0] not in ("@context", "type")]))
    within = document
    for step in above:
        within = within[step]
    within[last] = data.draw(_JUNK)
    result = profile_findings(PROCESSOR, document)
    assert result.elements or [finding.code for finding in result.findings].count("profile.unreadable") == 1
    for element in result.elements:
        found = document
        for step in element.pointer.split("/")[1:]:
            step_ = step.replace("~1", "/").replace("~0", "~")
            found = found[int(step_)] if isinstance(found, list) else found[step_]


@given(records())
def test_the_same_award_is_the_same_document(record: Any) -> None:
    assert credential(parse_award(record)) == credential(parse_award(record))
