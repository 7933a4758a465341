"""What a reader of an Open Badge should know about it, as findings: the structure of each object, then what holds between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.profiles.open_badges.rules import rules
from atesto.profiles.open_badges.structure import structure
from atesto.profiles.open_badges.vocabulary import ENDORSEMENT

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.findings import Finding


def check(document: JsonObject) -> tuple[Finding, ...]:
    """The findings; none for a badge that keeps to the specification."""
    return (*structure(document), *rules(document))


def check_endorsement(document: JsonObject) -> tuple[Finding, ...]:
    """The same for an endorsement that is verified alone."""
    return (*structure(document, ENDORSEMENT), *rules(document))
