"""Bodies of at most 64 KB that are meant to cost the node as much as they can, each with the code of its refusal.

All start from a credential that the node signed, so that no cheap check ends them early.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from tests.live.material import OPEN_BADGES, V2, changed, put

MAX_BYTES: Final = 65_536
Made: TypeAlias = tuple[str, Any]
"""The address, and the body: bytes, or a value that is written as JSON."""
_CREDENTIALS: Final = "/credentials/verify"
_PRESENTATIONS: Final = "/presentations/verify"


def _credential(issued: Any, *place: str | int, value: Any) -> Made:
    return _CREDENTIALS, {"verifiableCredential": changed(issued, put(*place, value=value))}


def _filled(one: Callable[[int], Any], wrap: Callable[[list[Any]], Made]) -> Made:
    """`wrap` around as many items as fit."""
    items = [one(number) for number in range(MAX_BYTES // 8)]
    low, high = 0, len(items)
    while low < high:
        middle = (low + high + 1) // 2
        path, body = wrap(items[:middle])
        low, high = (middle, high) if len(written((path, body))) <= MAX_BYTES else (low, middle - 1)
    return wrap(items[:low])


def written(made: Made) -> bytes:
    """The body as it is sent."""
    body = made[1]
    return body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def _related(nodes: int, edges: list[tuple[int, int]], *, kind: str = "urn:n") -> list[Any]:
    """A graph of nodes whose ids are blank: no id a document may write, so each is one object that holds its neighbours."""
    return [{"id": f"_:{kind}{number}", "relatedLink": [f"_:{kind}{to}" for start, to in edges if start == number]} for number in range(nodes)]


def _nested(depth: int, leaf: Any, member: str) -> Any:
    value = leaf
    for _ in range(depth):
        value = {member: value}
    return value


def _chain(length: int) -> Any:
    return _nested(length, {"name": "end"}, "evidence")


def _unnamed_star(leaves: int) -> list[Any]:
    return [{} for _ in range(leaves)]


def _clique(size: int) -> list[Any]:
    return _related(size, list(itertools.permutations(range(size), 2)))


def _twins(levels: int, width: int) -> Any:
    """Unnamed nodes that are all alike, `width` at each of `levels`: what the first hash cannot tell apart."""
    value: Any = {"type": "Thing"} if levels == 0 else [_twins(levels - 1, width) for _ in range(width)]
    return value if levels == 0 else {"evidence": value}


def heavy_bodies(issued: Any, presented: Any) -> dict[str, tuple[Made, str]]:
    """name -> (what is sent, the code of its refusal)."""
    badge = changed(issued, put("@context", value=[V2, OPEN_BADGES]))
    typed = {"type": ["Achievement"], "id": "urn:x:1"}
    return {
        "deep arrays": ((_CREDENTIALS, b"[" * MAX_BYTES), "json.too_deep"),
        "deep objects": ((_CREDENTIALS, b'{"a":' * (MAX_BYTES // 5)), "json.too_deep"),
        "deep within bounds": (
            _filled(lambda _: _nested(50, 1, "x"), lambda items: _credential(issued, "credentialSubject", "x", value=items)),
            "linked_data.too_complex",
        ),
        "wide object": (
            _filled(
                lambda number: (f"m{number}", 1),
                lambda items: _credential(issued, "credentialSubject", value=dict(items)),
            ),
            "linked_data.too_complex",
        ),
        "wide array": (
            _filled(lambda _: 1, lambda items: _credential(issued, "credentialSubject", "x", value=items)),
            "linked_data.too_complex",
        ),
        "many empty objects": (
            _filled(lambda _: {}, lambda items: _credential(issued, "evidence", value=[{"type": "E", "name": items}])),
            "linked_data.too_complex",
        ),
    }
