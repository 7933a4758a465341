"""`refreshService` of type 1EdTechCredentialRefresh (Open Badges 3.0 section 8.3, step "Refresh"): once, after the proof, before the dates.

The newer copy takes the place of the one that was handed over when
1. it is had from the service's address, and passes stations 1 to 8 by itself;
2. it is the same credential: the same id, by the same issuer;
3. it does not start before the one that was handed over: an old copy is no newer one.
Otherwise the copy that was handed over is judged, and the report says so. The newer copy's own service is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.credentials.members import nodes, types_of
from atesto.credentials.validity import read_validity

if TYPE_CHECKING:
    from atesto.credentials.structure import CredentialShape
    from atesto.encoding.strict_json import JsonObject

REFRESH_TYPE: Final = "1EdTechCredentialRefresh"


def refresh_service(document: JsonObject) -> tuple[str, str] | None:
    """The address of the first service that is known here, and its pointer. Raises MalformedInput `model.*`."""
    for node, pointer in nodes(document, "refreshService"):
        address = node.get("id")
        if REFRESH_TYPE in types_of(node, pointer) and isinstance(address, str):
            return address, pointer
    return None


def why_not_newer(older: JsonObject, newer: JsonObject, shapes: tuple[CredentialShape, CredentialShape]) -> str | None:
    """Which of rules 2 and 3 `newer` breaks; None when it is a newer copy. Both have passed the shape station."""
    first, second = shapes
    if first.id is None or (first.id, first.issuer) != (second.id, second.issuer):
        return "It is another credential."
    starts = [read_validity(document, shape.version).latest_start for document, shape in ((older, first), (newer, second))]
    if starts[0] is not None and (starts[1] is None or starts[1] < starts[0]):
        return "It is an older copy."
    return None
