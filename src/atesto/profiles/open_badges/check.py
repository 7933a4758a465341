"""What a reader of an Open Badge should know about it, as findings: the structure of each object, then what holds between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.findings import Finding
from atesto.profiles.open_badges.rules import rules
from atesto.profiles.open_badges.structure import structure
from atesto.profiles.open_badges.vocabulary import ENDORSEMENT

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


def check(document: JsonObject) -> tuple[Finding, ...]:
    """The findings; none for a badge that keeps to the specification."""
    return (*structure(document), *rules(document))


REMARKS: Final = frozenset({"ob.context_outdated", "ob.issuer_untold", "ob.identity_plain", "ob.identity_weak", "ob.evidence_embedded"})
"""Findings that readers should know and the specification does not forbid."""


def conclusion(document: JsonObject, findings: tuple[Finding, ...]) -> Finding:  # noqa: ARG001 - the interface's
    """The findings of a check in one."""
    faults = [finding for finding in findings if finding.code not in REMARKS]
    if not faults:
        return Finding("ob.conforms", "Every rule of the specification that is checked holds.")
    return Finding("ob.not_conforming", f"Rules that do not hold: {len(faults)}.", faults[0].pointer)


def check_endorsement(document: JsonObject) -> tuple[Finding, ...]:
    """The same for an endorsement that is verified alone."""
    return (*structure(document, ENDORSEMENT), *rules(document))
