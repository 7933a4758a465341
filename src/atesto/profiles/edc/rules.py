"""Checks 4 and 5 of `check`: how often a property stands, and what its values are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.encoding.iri import is_absolute_iri
from atesto.findings import Finding
from atesto.profiles.edc.lists.schemes import SCHEMES
from atesto.profiles.edc.literals import EXPECTED, LANGUAGE, has_offset, is_literal, number
from atesto.profiles.edc.plan import ISSUER, KINDS, KINDS_AT_TOP
from atesto.profiles.edc.ranges import AT_MOST, NOT_STATABLE, ONE_A_LANGUAGE
from atesto.profiles.edc.terms import PREFIXES, Kind
from atesto.profiles.edc.told import Several, items, name_of, placed_items

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from atesto.encoding.strict_json import JsonValue
    from atesto.profiles.edc.lists.controlled_list import ControlledList
    from atesto.profiles.edc.plan import ClassRules, Rule
    from atesto.profiles.edc.told import Telling, Told

_CODES: Final = {Kind.DATE_TIME: "edc.date_malformed", Kind.DURATION: "edc.duration_malformed"}
_MOST_NAMED: Final = 3
"""Classes that a sentence names before it says `another`."""


class Rules:
    """The rules of a plan, put to the objects of one credential."""

    def __init__(self, telling: Telling, plan: Mapping[str, ClassRules]) -> None:
        self._telling = telling
        self._plan = plan

    def findings(self, told: Told) -> Iterator[Finding]:
        """What is wrong with one object."""
        kinds = KINDS_AT_TOP if told.at_top else KINDS
        classes = self._telling.classes(told.node)
        for member, value in told.node.items():
            kind = kinds.get(member)
            if kind is None or (value is None and kind in (Kind.NODE, Kind.TEXT)):
                continue
            rules = [rule for name in classes if (rule := self._plan[name].of.get(member)) is not None]
            values = list(placed_items(value, told.place(member)))
            if kind is Kind.NODE:
                yield from self._objects(rules, member, values)
            elif value is None:
                # JSON-LD drops it; whoever reads the JSON finds a date that is none.
                yield Finding(_CODES.get(kind, "edc.value_malformed"), f"{member} should be {EXPECTED[kind]}.", told.place(member))
            elif kind is Kind.TEXT:
                yield from _texts(rules, member, value, told)
            else:
                yield from _literals(rules, member, kind, values)
        for name in classes:
            yield from self._missing(self._plan[name].required, told)
        for item in items(told.node.get("issuer")) if told.at_top else ():
            yield from self._of_the_issuer(item, told)

    def _of_the_issuer(self, item: JsonValue, told: Told) -> Iterator[Finding]:
        node = self._telling.node(item)
        rules = self._plan[ISSUER]
        for rule in rules.required:
            values = list(items(node.get(rule.term)))
            if not values:
                yield _missing(rule, told.place("issuer"))
            yield from self._objects([rule], rule.term, [(f"{told.place('issuer')}/{rule.term}", value) for value in values])

    def _missing(self, required: tuple[Rule, ...], told: Told) -> Iterator[Finding]:
        for rule in required:
            value = told.node.get(rule.term)
            if not (_has_text(value) if rule.kind is Kind.TEXT else any(True for _ in items(value))):
                yield _missing(rule, told.pointer)

    def _objects(self, rules: list[Rule], member: str, values: list[tuple[str, JsonValue]]) -> Iterator[Finding]:
        if member in NOT_STATABLE:
            yield from _not_statable(member, values)
            return
        names: set[Hashable] = set()
        for pointer, item in values:
            name = name_of(item)
            names.add(name or id(item))
            for rule in rules:
                if rule.classes:
                    yield from self._class(rule, item, pointer)
                elif name is None or not _is_iri(name):
                    yield Finding("edc.class_wrong", f"{_of(rule)} should name something by an absolute identifier.", pointer)
                if rule.bound is not None:
                    yield from self._list(rule, rule.bound, item, pointer)
                elif rule.usual is not None:
                    yield from self._usual(rule, rule.usual, item, pointer)
        for rule in rules:
            yield from _too_many(rule, len(names), values[-1][0] if values else "")

    def _class(self, rule: Rule, item: JsonValue, pointer: str) -> Iterator[Finding]:
        found = self._telling.classes(item)
        if found.isdisjoint(rule.classes):
            expected = _one_of(rule.classes)
            stated = f"it is {_one_of(found)}" if found else "it is none, and nothing else in the credential says so"
            yield Finding("edc.class_wrong", f"{_of(rule)} should be {expected}; {stated}.", pointer)

    def _list(self, rule: Rule, bound: ControlledList, item: JsonValue, pointer: str) -> Iterator[Finding]:
        """That a concept claims the list that it has to come from; whether it is in the list is `concepts`' to say."""
        name, schemes = name_of(item), self._schemes(item)
        expected = f"{_of(rule)} should be a value of the list of {bound.title}"
        if name is None or not _is_iri(name):
            yield Finding("edc.list_wrong", f"{expected}; it has no absolute identifier.", pointer)
        elif bound.scheme not in schemes or not all(scheme and _is_iri(scheme) for scheme in schemes):
            yield Finding("edc.list_wrong", f"{expected} ({bound.scheme}).", pointer)

    def _usual(self, rule: Rule, usual: ControlledList, item: JsonValue, pointer: str) -> Iterator[Finding]:
        """That a concept does not claim a list which is known to be of something else; lists that nobody knows are anybody's to make."""
        others = [SCHEMES[scheme].title for scheme in self._schemes(item) if scheme in SCHEMES and scheme != usual.scheme]
        if others:
            sentence = f"{_of(rule)} is usually a value of the list of {usual.title}; this one is of the list of {others[0]}."
            yield Finding("edc.concept_unknown", sentence, pointer)

    def _schemes(self, item: JsonValue) -> set[str | None]:
        return {name_of(scheme) for scheme in items(self._telling.node(item).get("inScheme"))}


def _is_iri(name: str) -> bool:
    return is_absolute_iri(name) and not name.startswith("_:")


def _missing(rule: Rule, pointer: str) -> Finding:
    expected = _one_of(rule.classes) if rule.classes else EXPECTED.get(rule.kind, "a value")
    asked = f" by the profile {rule.profile}" if rule.profile else ""
    return Finding("edc.property_missing", f"{_of(rule)} is asked for{asked}: {expected}.", pointer)


def _too_many(rule: Rule, count: int, pointer: str) -> Iterator[Finding]:
    if rule.at_most is not None and count > rule.at_most:
        asked = f" in the profile {rule.profile}" if rule.profile else ""
        yield Finding("edc.property_repeated", f"{_of(rule)} may be stated once{asked}; here it has {count} values.", pointer)


def _literals(rules: list[Rule], member: str, kind: Kind, values: list[tuple[str, JsonValue]]) -> Iterator[Finding]:
    told: set[Hashable] = set()
    for pointer, item in values:
        told.add(str(item.get("@value")) if isinstance(item, dict) else str(item))
        if not is_literal(kind, item):
            yield Finding(_CODES.get(kind, "edc.value_malformed"), f"{member} should be {EXPECTED[kind]}.", pointer)
        elif kind is Kind.DATE_TIME and not has_offset(item):
            yield Finding("time.no_offset", f"{member} names no time zone; it is read as UTC.", pointer)
        elif member in AT_MOST and (number(item) or 0) > AT_MOST[member]:
            yield Finding("edc.value_malformed", f"{member} should be no more than {AT_MOST[member]}.", pointer)
    for rule in rules:
        yield from _too_many(rule, len(told), values[-1][0] if values else "")


def _not_statable(member: str, values: list[tuple[str, JsonValue]]) -> Iterator[Finding]:
    for pointer, item in values:
        literal = isinstance(item, dict) and is_literal(Kind.DATE_TIME, item)
        html = isinstance(item, dict) and "@value" in item and item.get("@type") in ("rdf:HTML", PREFIXES["rdf"] + "HTML")
        if not (literal if member == "dateModified" else html):
            sentence = f"{member} should be {NOT_STATABLE[member]}, and the vocabulary makes an identifier of what stands here."
            yield Finding("edc.value_malformed", sentence, pointer)


def _texts(rules: list[Rule], member: str, value: JsonValue, told: Told) -> Iterator[Finding]:
    found: dict[str, set[str]] = {}
    place = told.place(member)
    for pointer, item, alone in _placed_texts(value, place):
        for language, text in _words(item, by_language=alone):
            if language is None or text is None or not LANGUAGE.match(language):
                yield Finding("edc.value_malformed", f"{member} should be {EXPECTED[Kind.TEXT]}.", pointer)
            else:
                found.setdefault(language.lower(), set()).add(text)
    if member in ONE_A_LANGUAGE and rules and any(len(texts) > 1 for texts in found.values()):
        yield Finding("edc.property_repeated", f"{member} should have one text in each language.", place)
    for rule in rules:
        yield from _too_many(rule, sum(map(len, found.values())), place)


def _placed_texts(value: JsonValue, place: str) -> Iterator[tuple[str, JsonValue, bool]]:
    """Each value with its place, and whether it stands alone rather than in a list."""
    for stated in value if isinstance(value, Several) else [value]:
        alone = isinstance(stated, dict)
        for pointer, item in placed_items(stated, place):
            yield pointer, item, alone


def _words(item: JsonValue, *, by_language: bool = True) -> Iterator[tuple[str | None, str | None]]:
    """Language and text of each text; None for what is none. Only what stands alone is text by language: JSON-LD has no lists of it."""
    if isinstance(item, dict) and "@value" in item:
        language, text = item.get("@language"), item["@value"]
        yield language if isinstance(language, str) else None, text if isinstance(text, str) else None
    elif not isinstance(item, dict) or not by_language:
        yield None, None
    else:
        for language, words in item.items():
            for text in items(words):
                yield language, text if isinstance(text, str) else None


def _has_text(value: JsonValue) -> bool:
    return any(text is None or text.strip() for item in items(value) for _, text in _words(item))


def _of(rule: Rule) -> str:
    owner = rule.owner if rule.owner == ISSUER else _a(rule.owner)
    return f"{rule.term} of {owner}"


def _one_of(classes: frozenset[str]) -> str:
    names = [_a(name) for name in sorted(classes)]
    return " or ".join(names if len(names) <= _MOST_NAMED else [*names[:_MOST_NAMED], "another"])


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "AEIO" and not name.startswith("Eu") else f"a {name}"
