"""The award record's page names every member, its meaning and its element; the lists' page holds every value that authors need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from atesto.profiles.award.record import Award
from atesto.recognition.frameworks.eu_2022.elements import ELEMENTS
from scripts.reference_award import LISTS, award_page, element_of, example_of, lists_page, parts

if TYPE_CHECKING:
    from atesto.profiles.edc.lists.controlled_list import ControlledList

PAGE = award_page()
MEMBERS = [(path, name, field) for path, part in parts() for name, field in part.model_fields.items()]


def test_every_object_of_the_record_has_a_section() -> None:
    assert len(list(parts())) == 24
    assert [path for path, _ in parts()][:3] == ["", "/learner", "/learner/place_of_birth"]
    assert {f"/{name}" for name in Award.model_fields} == {f"{path}/{name}" for path, name, _ in MEMBERS if not path}


@pytest.mark.parametrize(("path", "name", "field"), MEMBERS, ids=[f"{path}/{name}" for path, name, _ in MEMBERS])
def test_every_member_has_a_meaning_and_an_example(path: str, name: str, field: object) -> None:
    description = str(getattr(field, "description", ""))
    assert description.endswith("."), "a sentence"
    assert example_of(f"{path}/{name}") is not None
    assert description in PAGE


def test_every_element_stands_at_one_member() -> None:
    places = [f"{path}/{name}" for path, name, _ in MEMBERS]
    assert [element.name for element in ELEMENTS if places.count(element.pointer) != 1] == []
    for element in ELEMENTS:
        words = element_of(element.pointer)
        assert words.startswith("**") is element.mandatory
        assert PAGE.count(f"| {words} |") == 1


@pytest.mark.parametrize("found", [row[0] for row in LISTS], ids=[row[0].title for row in LISTS])
def test_a_list_is_there_in_full(found: ControlledList) -> None:
    page = lists_page()
    assert all(f"| `{code}` | {label} |" in page for code, label in found.labels.items())


def test_links_between_the_pages_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", line.removeprefix("## ").lower()).replace(" ", "-")
        for line in lists_page().splitlines()
        if line.startswith("## ")
    }
    links = set(re.findall(r"\(lists\.md#([^)]+)\)", PAGE))
    assert links
    assert links <= anchors
