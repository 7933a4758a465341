"""European Digital Credentials made from the tables alone, at random: every class that a credential can reach, and no fault."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from atesto.profiles.edc.application_profiles import GENERIC
from atesto.profiles.edc.lists.schemes import LISTS
from atesto.profiles.edc.plan import ROOT, Rule, plan
from atesto.profiles.edc.ranges import NOT_STATABLE, ONE_A_LANGUAGE
from atesto.profiles.edc.terms import Kind
from atesto.profiles.edc.vocabulary import CREDENTIALS_V1, EDC_AP

_RULES: Final = plan(frozenset({GENERIC}))
_DEPTH: Final = 6
"""How deep optional objects go; what is asked for goes as deep as it has to."""
_LANGUAGES: Final = ("en", "de", "el", "bg", "pt-BR")
_LITERALS: Final[dict[Kind, tuple[Any, ...]]] = {
    Kind.STRING: ("words", "", "ὕδωρ", "5", 5),
    Kind.DATE_TIME: ("2026-06-15T09:00:00Z", "1999-10-01T22:00:00+02:00", "2026-06-15T09:00:00.5Z"),
    Kind.DURATION: ("PT60H", "P1Y2M3DT4H5M6S", "P60M"),
    Kind.INTEGER: (0, -5, "12"),
    Kind.POSITIVE_INTEGER: (1, 99, "12"),
    Kind.BOOLEAN: (True, False),
    Kind.DECIMAL: ("2.5", 4, "-1.0"),
    Kind.URI: ("https://a.example/päge?x=1#z", "mailto:a@b.example"),
    Kind.PLAIN: ("123", "x", 5, True),
}


def edc_document(seed: int) -> Any:
    """The document of that number, always the same."""
    maker = _Maker(Random(seed))
    document = {"@context": [CREDENTIALS_V1, EDC_AP], **maker.node(ROOT, 0), "id": f"urn:credential:{seed}"}
    document["type"] = ["VerifiableCredential", ROOT]
    document["credentialProfiles"] = maker.concept("credential profiles", GENERIC)
    document["issuer"]["eIDASIdentifier"] = maker.node("LegalIdentifier", 0)
    document["credentialSubject"] = {**maker.node("Person", 1), "id": "did:example:learner"}
    return document


class _Maker:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._made = 0

    def node(self, name: str, depth: int) -> dict[str, Any]:
        if name == "Concept":
            return self.concept(self._random.choice(sorted(LISTS)))
        self._made += 1
        made: dict[str, Any] = {"id": f"urn:epass:{self._made}", "type": name}
        for rule in _RULES[name].of.values():
            wanted = self._random.random() < 0.7 / (depth + 1)
            if (rule.at_least or (wanted and depth < _DEPTH)) and rule.term not in NOT_STATABLE and rule.term != "hasCredential":
                made[rule.term] = self._value(rule, depth + 1)
        if self._random.random() < 0.1 and name not in ("EuropeanDigitalCredential", "Person"):
            del made["id"]
        return made

    def concept(self, list_name: str, code: str | None = None) -> dict[str, Any]:
        table = LISTS[list_name]
        found = code or self._random.choice(sorted(table.labels) or ["anything"])
        scheme = {"id": table.scheme, "type": "ConceptScheme"}
        return {"id": table.base + found, "type": "Concept", "inScheme": scheme, "prefLabel": {"en": table.labels.get(found, "anything")}}

    def _value(self, rule: Rule, depth: int) -> Any:
        several = rule.at_most is None and depth < _DEPTH and self._random.random() < 0.2
        if rule.kind is Kind.TEXT:
            return self._text(rule)
        if rule.kind is not Kind.NODE:
            return "4" if rule.term == "point" else self._random.choice(_LITERALS[rule.kind])
        values = [self._object(rule, depth) for _ in range(2 if several else 1)]
        return values if several else values[0]

    def _object(self, rule: Rule, depth: int) -> Any:
        if not rule.classes:
            return "https://a.example/somebody"
        listed = rule.bound or rule.usual
        if listed is not None:
            return self.concept(next(name for name, table in LISTS.items() if table is listed))
        classes = sorted(rule.classes)
        if rule.term == "issuer":
            classes = ["Organisation"]
        return self.node(self._random.choice(classes), depth)

    def _text(self, rule: Rule) -> Any:
        words = [self._random.choice(("Tides", "Gezeiten", "παλίρροια", 'a "quote"\n')) for _ in range(2)]
        if rule.at_most == 1:
            return {self._random.choice(_LANGUAGES): words[0]}
        first, second = self._random.sample(_LANGUAGES, 2)
        if rule.term not in ONE_A_LANGUAGE and self._random.random() < 0.2:
            return {first: words}
        return {first: words[0], second: words[1]} if self._random.random() < 0.3 else {first: words[0]}
