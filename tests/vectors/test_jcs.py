"""RFC 8785: the published examples and 1,194 doubles with the text that an ECMAScript engine gives them."""

from __future__ import annotations

import json
import struct
from typing import Any

import pytest

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.strict_json import parse_json
from atesto.errors import MalformedInput
from tests.reference_data import reference

pytestmark = pytest.mark.vectors

FOLDER = reference("vectors", "jcs")
NUMBERS: list[dict[str, Any]] = json.loads((FOLDER / "numbers.json").read_bytes())
DOCUMENTS = ("arrays", "french", "structures", "values")


def test_the_suite_is_whole() -> None:
    assert len(NUMBERS) == 1194
    assert all(set(case) == {"ieee754", "json"} for case in NUMBERS)
    assert {file.stem for file in (FOLDER / "input").iterdir()} == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document(name: str) -> None:
    canonical = canonicalize_json(parse_json((FOLDER / "input" / f"{name}.json").read_bytes()))
    assert canonical == (FOLDER / "output" / f"{name}.json").read_bytes().rstrip(b"\n")
    assert canonical == bytes.fromhex((FOLDER / "outhex" / f"{name}.txt").read_text())


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case["ieee754"])
def test_number(case: dict[str, Any]) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(case["ieee754"]))
    if case["json"] is None:
        with pytest.raises(MalformedInput) as refused:
            canonicalize_json(number)
        assert refused.value.code == "encoding.not_canonicalizable"
    else:
        assert canonicalize_json(number).decode() == case["json"]
