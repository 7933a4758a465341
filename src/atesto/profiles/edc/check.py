"""What a reader of a European Digital Credential should know about its form, as findings.

Checks, in this order:
1. the root is a EuropeanDigitalCredential, and no other object is;
2. two objects with one id say the same (they collapse into one when the credential is read as statements);
3. what was left out of the judgement is named: no credential of VCDM 1.1 can state it as the profile wants it;
then, object by object in the order of the document:
4. each property stands as often as its class and the profiles that the credential names ask for (`rules`);
5. its values are of the class, the list and the form that they should be (`rules`, `literals`);
6. a concept that claims a list is in that list (`concepts`);
7. the learner is identified, credit points are a number (`further`): the published shapes do not ask.

It does not check the elements of the European approach, nor what JSON-LD would lose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.findings import Finding
from atesto.profiles.edc.application_profiles import GENERIC, PROFILES
from atesto.profiles.edc.concepts import concept_findings
from atesto.profiles.edc.further import further_findings
from atesto.profiles.edc.lists.europass import CREDENTIAL_PROFILES
from atesto.profiles.edc.plan import ROOT, plan
from atesto.profiles.edc.rules import Rules
from atesto.profiles.edc.told import Telling, items, name_of, own_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atesto.encoding.strict_json import JsonObject

NOT_CONFORMING: Final = frozenset(
    {
        "edc.root_type",
        "edc.property_missing",
        "edc.property_repeated",
        "edc.class_wrong",
        "edc.list_wrong",
        "edc.concept_not_allowed",
        "edc.date_malformed",
        "edc.duration_malformed",
        "edc.value_malformed",
        "edc.learner_unidentified",
    }
)
"""Findings with which a credential does not conform to its profile. The others are worth knowing, and no more."""


def check(document: JsonObject, *, profiles: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """The findings. `profiles` are codes (`application_profiles.PROFILES`); without them those that the credential names hold."""
    telling = Telling(document)
    codes = named_profiles(document) if profiles is None else frozenset(profiles)
    return tuple(_findings(telling, codes))


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether a credential with these findings conforms to its profile."""
    return all(finding.code not in NOT_CONFORMING for finding in findings)


def named_profiles(document: JsonObject) -> frozenset[str]:
    """Codes of the profiles that a credential names; it is Generic whatever it names."""
    names = [name_of(item) for item in items(document.get("credentialProfiles"))]
    codes = [CREDENTIAL_PROFILES.code(name) for name in names if name is not None]
    return frozenset({GENERIC, *(code for code in codes if code in PROFILES)})


def conclusion(document: JsonObject, findings: tuple[Finding, ...]) -> Finding:
    """The findings of `check` in one: whether the credential conforms, to which profiles, and with how many faults it does not."""
    titles = " and ".join(PROFILES[code].title for code in PROFILES if code in named_profiles(document))
    faults = sum(finding.code in NOT_CONFORMING for finding in findings)
    if not faults:
        return Finding("edc.conforms", f"Profile: {titles}.")
    return Finding("edc.not_conforming", f"Profile: {titles}; {faults} {'fault' if faults == 1 else 'faults'}.")


def _findings(telling: Telling, codes: frozenset[str]) -> Iterator[Finding]:
    yield from root_findings(telling)
    for pointer, first in telling.differing:
        # The id is not repeated: it may be a person's e-mail address.
        yield Finding("edc.node_differs", f"The same id says something else at {first or 'the top'}.", pointer)
    if telling.left_out:
        yield Finding("edc.left_out", f"Not judged: {', '.join(telling.left_out)}.")
    rules = Rules(telling, plan(codes))
    for told in telling.objects:
        yield from rules.findings(told)
        yield from concept_findings(told)
        yield from further_findings(telling, told)


def root_findings(telling: Telling) -> Iterator[Finding]:
    """Check 1."""
    kinds = list(items(telling.top.get("type")))
    if ROOT not in kinds or "VerifiableCredential" not in kinds:
        yield Finding("edc.root_type", f"The document does not say that it is a VerifiableCredential and a {ROOT}.", "/type")
    for told in telling.objects:
        if not told.at_top and ROOT in own_classes(told.node):
            yield Finding("edc.root_type", f"A second {ROOT} stands inside the first.", told.pointer)
