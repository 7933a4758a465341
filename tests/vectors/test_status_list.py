"""Published status lists: what each says, place by place, and those that must be refused, by the specification's name of the error."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from atesto.errors import VerificationError
from atesto.status.bitstring import BitstringList, expand, value_at
from atesto.status.entry import read_entry
from tests.reference_data import reference
from tests.simulators.status_lists import entry

OWN: Final = json.loads(reference("vectors", "status-list", "bitstring-own.json").read_text(encoding="utf-8"))
SPECIFICATION: Final = json.loads(reference("vectors", "status-list", "bitstring-spec.json").read_text(encoding="utf-8"))
MEMBERS: Final = {"name", "statusSize", "encodedList", "entries", "nonzero", "index", "error", "note"}


def test_nothing_is_left_out() -> None:
    assert (len(OWN), len(SPECIFICATION)) == (7, 1)
    assert all(vector.keys() <= MEMBERS for vector in OWN)


@pytest.mark.parametrize("vector", OWN, ids=lambda vector: vector["name"])
def test_list(vector: Any) -> None:
    found = BitstringList(("revocation",), vector["encodedList"], 1)

    def at(index: int) -> int:
        return value_at(found, read_entry(entry(str(index), statusSize=vector["statusSize"]), ""))

    if "error" in vector:
        with pytest.raises(VerificationError) as caught:
            at(vector.get("index", 0))
        assert caught.value.entry.problem_type.rpartition("#")[2] == vector["error"]
        return
    size, bits = vector["statusSize"], expand(vector["encodedList"])
    assert len(bits) * 8 == vector["entries"] * size
    # Every place by the plainest reading, and a sample of them by ours, which inflates the list each time.
    digits = "".join(f"{byte:08b}" for byte in bits)
    values = {index: int(digits[index * size : (index + 1) * size], 2) for index in range(vector["entries"])}
    expected = {int(index): value for index, value in vector["nonzero"].items()}
    assert {index: value for index, value in values.items() if value} == expected
    sample = {0, 1, 7, 8, vector["entries"] - 1, *[*expected][:20]}
    assert {index: at(index) for index in sample} == {index: values[index] for index in sample}


def test_the_specification_s_list() -> None:
    (vector,) = SPECIFICATION
    assert (len(expand(vector["encodedList"])), vector["set"]) == (vector["bytes"], [])
    assert expand(vector["encodedList"]) == bytes(vector["bytes"])
