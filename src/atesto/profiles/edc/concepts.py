"""Check 6 of `check`: a concept that claims a list is in that list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.findings import Finding
from atesto.profiles.edc.lists.schemes import BINDING_SCHEMES, SCHEMES
from atesto.profiles.edc.told import identifier, items, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.profiles.edc.told import Told

_MOST_CHARACTERS = 120


def concept_findings(told: Told) -> Iterator[Finding]:
    """`edc.concept_not_allowed` where the list binds, `edc.concept_unknown` otherwise; nothing of lists that are not known."""
    claimed = told.node.get("inScheme")
    if claimed is None:
        return
    iri = identifier(told.node)
    for scheme in items(claimed):
        table = SCHEMES.get(name_of(scheme) or "")
        if table is not None and (iri is None or not table.holds(iri)):
            code = "edc.concept_not_allowed" if table.scheme in BINDING_SCHEMES else "edc.concept_unknown"
            value = iri[:_MOST_CHARACTERS] if iri else "a concept without an id"
            member = told.pointer.rstrip("0123456789").rstrip("/").rpartition("/")[2]
            yield Finding(code, f"{member}: {value} is not in the list of {table.title}.", told.pointer)
