"""Check 7 of `check`: what the published shapes do not ask, and a credential is worth little without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.findings import Finding
from atesto.profiles.edc.literals import number
from atesto.profiles.edc.told import identifier, items, own_classes, placed_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.profiles.edc.told import Telling, Told

_NAMES: Final = ("fullName", "givenName", "familyName")


def further_findings(telling: Telling, told: Told) -> Iterator[Finding]:
    """The learner is identified; credit points are a number."""
    if told.at_top:
        for pointer, item in placed_items(told.node.get("credentialSubject"), told.place("credentialSubject")):
            yield from _learner(telling, item, pointer)
    if "CreditPoint" in own_classes(told.node):
        for item in items(told.node.get("point")):
            points = number(item)
            if points is None or points < 0:
                yield Finding("edc.value_malformed", "point of a CreditPoint should be a number, not below 0.", told.place("point"))


def _learner(telling: Telling, item: object, pointer: str) -> Iterator[Finding]:
    """A name, a national identification number or a DID; a birth date or an e-mail address alone identifies nobody."""
    if not isinstance(item, dict | str):
        return
    node = telling.node(item)
    name = identifier(node) or ""
    if any(next(items(node.get(member)), None) for member in _NAMES):
        return
    if name.startswith("did:") or node.get("nationalID"):
        yield Finding("edc.learner_unnamed", "The learner is identified by a number or a DID.", pointer)
    else:
        yield Finding("edc.learner_unidentified", "The learner has no name, no national identification number and no DID.", pointer)
