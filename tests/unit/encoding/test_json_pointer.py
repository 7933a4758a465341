from __future__ import annotations

import pytest

from atesto.encoding.json_pointer import json_pointer


@pytest.mark.parametrize(
    ("segments", "expected"),
    [((), ""), (("a",), "/a"), (("a", 0, "b"), "/a/0/b"), (("",), "/"), (("m/n",), "/m~1n"), (("m~n",), "/m~0n"), (("~1",), "/~01")],
)
def test_pointer_as_in_rfc_6901(segments: tuple[str | int, ...], expected: str) -> None:
    assert json_pointer(*segments) == expected
