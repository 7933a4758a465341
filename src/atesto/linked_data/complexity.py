"""What a document may cost, judged before any JSON-LD is processed.

JSON-LD expansion costs per object (a type may bring its own context) and per member, language tag and value. The weights are those
costs, measured; the bound keeps the dearest document of 64 KB below a quarter of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto import limits
from atesto.errors import VerificationError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue


def complexity(document: JsonObject) -> int:
    """The cost of `document` in units of about one microsecond of processing; 0 for its contexts, which are counted elsewhere."""
    cost = 0
    stack: list[JsonValue] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            cost += limits.COST_OF_TYPED_OBJECT * _types(value) or limits.COST_OF_OBJECT
            cost += limits.COST_OF_MEMBER * len(value)
            stack.extend(member for name, member in value.items() if name != "@context")
        elif isinstance(value, list):
            cost += limits.COST_OF_ITEM * len(value)
            stack.extend(value)
    return cost


def check_complexity(document: JsonObject, *, times: int = 1) -> None:
    """Raises VerificationError `linked_data.too_complex`. `times`: how often the whole document has to be processed."""
    cost = complexity(document)
    if cost > limits.MAX_DOCUMENT_COST:
        raise VerificationError("linked_data.too_complex", "The document has more parts than are processed in one piece.")
    if times > 1 and cost * times > limits.MAX_REPEATED_COST:
        raise VerificationError("linked_data.too_complex", f"The document has more parts than are processed {times} times over.")


def _types(node: JsonObject) -> int:
    """How many types `node` has: each may bring a context of its own."""
    listed = [node[name] for name in ("type", "@type") if name in node]
    return sum(len(value) if isinstance(value, list) else 1 for value in listed)
