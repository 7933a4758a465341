"""JSONTestSuite: what must parse parses, what must be refused is refused, and what is left open has a decided answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atesto.encoding.strict_json import parse_json
from atesto.errors import MalformedInput
from tests.reference_data import reference

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.vectors

CASES = {"y": 55, "n": 117, "i": 19}

# Legal JSON (RFC 8259) that the door refuses: I-JSON (RFC 7493) and our bounds are narrower. Every other y_ file parses.
NARROWED = {
    "y_number_double_close_to_zero": "json.number_out_of_range",
    "y_object_duplicated_key": "json.duplicate_member",
    "y_object_duplicated_key_and_value": "json.duplicate_member",
    "y_string_null_escape": "json.nul_character",
}

# Left to the implementation: these are refused with these codes, and an underflowing number is the zero that a double makes of it.
DECIDED = {
    "i_number_huge_exp": "json.number_out_of_range",
    "i_number_neg_int_huge_exp": "json.number_out_of_range",
    "i_number_real_underflow": None,
    "i_number_too_big_pos_int": "json.number_out_of_range",
    "i_number_very_big_negative_int": "json.number_out_of_range",
    "i_object_key_lone_2nd_surrogate": "json.lone_surrogate",
    "i_string_1st_valid_surrogate_2nd_invalid": "json.lone_surrogate",
    "i_string_UTF-8_invalid_sequence": "json.not_utf8",
    "i_string_UTF8_surrogate_U+D800": "json.not_utf8",
    "i_string_incomplete_surrogate_pair": "json.lone_surrogate",
    "i_string_invalid_lonely_surrogate": "json.lone_surrogate",
    "i_string_invalid_surrogate": "json.lone_surrogate",
    "i_string_invalid_utf-8": "json.not_utf8",
    "i_string_lone_second_surrogate": "json.lone_surrogate",
    "i_string_lone_utf8_continuation_byte": "json.not_utf8",
    "i_string_truncated-utf-8": "json.not_utf8",
    "i_string_utf16LE_no_BOM": "json.not_utf8",
    "i_structure_500_nested_arrays": "json.too_deep",
    "i_structure_UTF-8_BOM_empty_object": "json.not_utf8",
}

FILES = sorted(reference("vectors", "json-parsing").glob("*.json"))


def test_the_suite_is_whole() -> None:
    assert {letter: sum(file.name.startswith(f"{letter}_") for file in FILES) for letter in CASES} == CASES
    assert sum(CASES.values()) == len(FILES)
    assert {file.stem for file in FILES if file.stem.startswith("i_")} == set(DECIDED)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_json_parsing(file: Path) -> None:
    name = file.stem
    if name.startswith("y_") and name not in NARROWED:
        parse_json(file.read_bytes())
        return
    if name in DECIDED and DECIDED[name] is None:
        assert parse_json(file.read_bytes()) == [0.0]
        return
    with pytest.raises(MalformedInput) as refused:
        parse_json(file.read_bytes())
    expected = NARROWED.get(name) or DECIDED.get(name)
    assert refused.value.code == expected if expected else refused.value.code in {"json.invalid", "json.not_utf8", "json.too_deep"}
