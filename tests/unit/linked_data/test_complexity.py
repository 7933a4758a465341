"""What a document costs before any JSON-LD is processed."""

from __future__ import annotations

from typing import Any

import pytest

from atesto import limits
from atesto.errors import VerificationError
from atesto.linked_data.complexity import check_complexity, complexity
from tests.simulators.parts import PROCESSOR

OBJECT, TYPED, MEMBER, ITEM = limits.COST_OF_OBJECT, limits.COST_OF_TYPED_OBJECT, limits.COST_OF_MEMBER, limits.COST_OF_ITEM


@pytest.mark.parametrize(
    ("document", "cost"),
    [
        ({}, OBJECT),
        ({"a": 1, "b": "x"}, OBJECT + 2 * MEMBER),
        ({"type": "T"}, TYPED + MEMBER),
        ({"@type": "T"}, TYPED + MEMBER),
        ({"a": []}, OBJECT + MEMBER),
        ({"a": [1, None, "x"]}, OBJECT + MEMBER + 3 * ITEM),
        ({"a": [[1], [[2]]]}, OBJECT + MEMBER + 5 * ITEM),
        ({"a": {"type": "T", "b": [{}]}}, OBJECT + MEMBER + TYPED + 2 * MEMBER + ITEM + OBJECT),
        ({"@context": {"a": {"b": ["c"] * 100}}}, OBJECT + MEMBER),
        ({"a": {"@context": [{"b": "c"}]}}, OBJECT + MEMBER + OBJECT + MEMBER),
    ],
)
def test_cost(document: dict[str, Any], cost: int) -> None:
    assert complexity(document) == cost


def test_the_dearest_document() -> None:
    items = (limits.MAX_DOCUMENT_COST - OBJECT - MEMBER) // ITEM
    dearest: dict[str, Any] = {"a": ["x"] * items}
    assert complexity(dearest) == limits.MAX_DOCUMENT_COST
    check_complexity(dearest)
    dearest["a"].append("x")
    for refuse in (check_complexity, PROCESSOR.expand, PROCESSOR.dataset_of, lambda document: PROCESSOR.recompact(document, [])):
        with pytest.raises(VerificationError) as refused:
            refuse(dearest)
        assert refused.value.code == "linked_data.too_complex"


def test_each_type_is_charged() -> None:
    one: Any = {"type": "Achievement"}
    many: Any = {"type": ["Achievement"] * 1_000}
    assert complexity(many) - complexity(one) >= 999 * limits.COST_OF_TYPED_OBJECT
    assert complexity({"@type": ["a", "b"]}) > complexity({"@type": "a"})
