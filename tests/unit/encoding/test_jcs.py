from __future__ import annotations

from typing import Any

import pytest

from atesto.encoding.jcs import canonicalize_json
from atesto.errors import MalformedInput

# Numbers as ECMAScript writes them (RFC 8785 appendix B).
NUMBERS = [
    (0.0, "0"),
    (-0.0, "0"),
    (5e-324, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9007199254740991, "9007199254740991"),
    (-9007199254740991, "-9007199254740991"),
    (295147905179352830000.0, "295147905179352830000"),
    (1e21, "1e+21"),
    (9.999999999999997e22, "9.999999999999997e+22"),
    (1e-6, "0.000001"),
    (1e-7, "1e-7"),
    (333333333.3333333, "333333333.3333333"),
    (1.0, "1"),
]


@pytest.mark.parametrize(("number", "text"), NUMBERS, ids=[text for _, text in NUMBERS])
def test_numbers(number: float, text: str) -> None:
    assert canonicalize_json(number) == text.encode()


def test_members_are_ordered_by_utf_16_code_units() -> None:
    # U+1F600 is written with surrogates (D83D), so it comes before U+FB33 although its code point is higher.
    assert canonicalize_json({"\ufb33": 1, "\U0001f600": 2, "b": 3, "a": 4, "\r": 5}) == (
        '{"\\r":5,"a":4,"b":3,"\U0001f600":2,"\ufb33":1}'.encode()
    )


def test_strings_are_escaped_only_where_they_must_be() -> None:
    assert canonicalize_json('\x00\x08\t\n\x0c\r\x1f"\\/é\x7f') == '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/é\x7f"'.encode()


def test_white_space_goes_and_order_in_arrays_stays() -> None:
    assert canonicalize_json({"b": [3, 1, None, True, False], "a": {}}) == b'{"a":{},"b":[3,1,null,true,false]}'


@pytest.mark.parametrize(
    "value",
    [9007199254740992, -9007199254740992, float("nan"), float("inf"), "\ud800", {"\udc00": 1}, ["\udfff"]],
    ids=["2^53", "-2^53", "NaN", "infinity", "lone surrogate", "lone surrogate in a name", "nested"],
)
def test_values_without_a_canonical_form_are_refused(value: Any) -> None:
    with pytest.raises(MalformedInput, match="has no canonical form") as refused:
        canonicalize_json(value)
    assert refused.value.code == "encoding.not_canonicalizable"
    assert refused.value.pointer == ""


def test_nesting_past_what_python_follows_is_refused() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(MalformedInput, match="RecursionError") as refused:
        canonicalize_json(value)
    assert refused.value.code == "encoding.not_canonicalizable"
    while value:  # taken apart by hand: freeing it would recurse as deep
        value = value[0]
