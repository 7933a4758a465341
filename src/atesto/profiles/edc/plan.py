"""The tables of classes and profiles, put into the form in which documents are checked: for each class and property one rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from atesto.profiles.edc.application_profiles import PROFILES
from atesto.profiles.edc.classes import CLASSES, CREDENTIAL_MEMBERS, LEFT_OUT, ClassRow
from atesto.profiles.edc.lists.schemes import LISTS
from atesto.profiles.edc.ranges import BOUND, RANGES, USUAL
from atesto.profiles.edc.terms import PREFIXES, TERMS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atesto.profiles.edc.lists.controlled_list import ControlledList

KINDS: Final[dict[str, Kind]] = {term: kind for term, _, kind in TERMS if kind is not Kind.CLASS}
KINDS_AT_TOP: Final[dict[str, Kind]] = {**KINDS, **CREDENTIAL_MEMBERS}
"""Kind of every member, in an object of a credential and in the credential itself. A member that is not here says nothing."""

ROOT: Final = "EuropeanDigitalCredential"
ISSUER: Final = "the issuer"
"""Not a class: what the issuer of a credential has to say beyond what its class says."""
_OF_THE_ISSUER: Final = ClassRow(one="eIDASIdentifier")


@dataclass(frozen=True, slots=True)
class Rule:
    """What one class says of one property. `at_most` is None where there is no bound."""

    owner: str
    term: str
    kind: Kind
    at_least: int
    at_most: int | None
    classes: frozenset[str]
    bound: ControlledList | None
    usual: ControlledList | None
    profile: str = ""
    """Title of the profile that asks for it, when it is not the table of classes."""


@dataclass(frozen=True, slots=True)
class ClassRules:
    """The rules of one class, and those of them without which an object of the class is not complete."""

    of: Mapping[str, Rule]
    required: tuple[Rule, ...]


def class_of() -> Mapping[str, str]:
    """Every way of writing a class under `type`: its term, its IRI, its IRI with a prefix."""
    return _CLASS_OF


def with_included(profiles: frozenset[str]) -> frozenset[str]:
    """Codes of profiles, with those of the profiles that they build on."""
    return profiles.union(*(PROFILES[code].includes for code in profiles))


@lru_cache(maxsize=32)
def plan(profiles: frozenset[str]) -> Mapping[str, ClassRules]:
    """The rules by class, as those profiles narrow them. At most one plan for each combination of the five is made."""
    rules = {name: {rule.term: rule for rule in _rules(name, row)} for name, row in {**CLASSES, ISSUER: _OF_THE_ISSUER}.items()}
    for code in sorted(with_included(profiles)):
        for name, row in PROFILES[code].adds.items():
            for rule in _rules(name, row, PROFILES[code].title):
                rules[name][rule.term] = _narrower(rules[name][rule.term], rule)
    return {
        name: ClassRules(found, tuple(rule for rule in found.values() if rule.at_least and rule.term not in LEFT_OUT))
        for name, found in rules.items()
    }


def _rules(owner: str, row: ClassRow, profile: str = "") -> Iterator[Rule]:
    numbers: tuple[tuple[str, int, int | None], ...] = ((row.one, 1, 1), (row.some, 1, None), (row.at_most_one, 0, 1), (row.any, 0, None))
    for names, at_least, at_most in numbers:
        for term in names.split():
            bound, usual = row.lists.get(term) or BOUND.get(term), row.usual.get(term) or USUAL.get(term)
            yield Rule(
                owner=owner,
                term=term,
                kind=KINDS_AT_TOP[term],
                at_least=at_least,
                at_most=at_most,
                classes=frozenset((row.ranges.get(term) or RANGES.get(term) or "").split()),
                bound=LISTS[bound] if bound else None,
                usual=LISTS[usual] if usual else None,
                profile=profile,
            )


def _narrower(one: Rule, other: Rule) -> Rule:
    """`one`, as far as `other` does not ask for more."""
    at_most = one.at_most if other.at_most is None else other.at_most if one.at_most is None else min(one.at_most, other.at_most)
    changed = (other.at_least, other.at_most) != (0, None)
    return replace(
        one,
        at_least=max(one.at_least, other.at_least),
        at_most=at_most,
        classes=one.classes & other.classes or one.classes,
        profile=other.profile if changed else one.profile,
    )


_CLASS_OF: Final = {
    name: term
    for term, iri, kind in TERMS
    if kind is Kind.CLASS
    for name in (term, iri, PREFIXES[iri.partition(":")[0]] + iri.partition(":")[2])
}
