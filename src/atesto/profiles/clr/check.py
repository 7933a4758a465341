"""What a reader of a learner record (CLR 2.0) should know about it, as findings.

Checks, in order:
1. the structure of the record and what holds between its own members, as for Open Badges; the context of CLR stands in its place;
2. what an association joins is in the record;
3. achievements under one identifier say the same;
4. a credential in it stands there once, and is an object, since a token has no place in the vocabulary.

It does not judge the credentials inside: each is verified, and judged by its own rules, alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.encoding.json_pointer import json_pointer
from atesto.findings import Finding
from atesto.profiles.clr.achievements import achievements, told_differently
from atesto.profiles.clr.classes import CLASSES, CLR_CONTEXTS, RECORD
from atesto.profiles.open_badges.nested import Role, nested_credentials
from atesto.profiles.open_badges.rules import placed, rules
from atesto.profiles.open_badges.structure import contexts_of, structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject


def check(document: JsonObject) -> tuple[Finding, ...]:
    """The findings, in the order of the checks."""
    inside = tuple(nested.pointer for nested in nested_credentials(document) if nested.role is Role.BUNDLED)
    own = [finding for finding in rules(document) if not finding.pointer.startswith(tuple(f"{pointer}/" for pointer in inside))]
    return (*_contexts(document), *structure(document, RECORD, classes=CLASSES), *own, *_joined(document), *_bundled(document))


def _contexts(document: JsonObject) -> Iterator[Finding]:
    """Check 1."""
    named = contexts_of(document)[1:2]
    if not named or not isinstance(named[0], str) or named[0] not in CLR_CONTEXTS:
        yield Finding("ob.context", "The context of CLR does not stand in its place.", "/@context")


def _joined(document: JsonObject) -> Iterator[Finding]:
    """Check 2."""
    known = {name for name, _, _ in achievements(document)}
    subject = document.get("credentialSubject")
    listed = subject.get("association", []) if isinstance(subject, dict) else []
    for place, association in placed(listed, "/credentialSubject/association"):
        if not isinstance(association, dict):
            continue
        for end in ("sourceId", "targetId"):
            if isinstance(association.get(end), str) and association[end] not in known:
                yield Finding("clr.association_open", "No achievement in the record has that identifier.", place + json_pointer(end))


def _bundled(document: JsonObject) -> Iterator[Finding]:
    """Checks 3 and 4."""
    for place, where in told_differently(document):
        yield Finding("clr.achievement_differs", f"The same achievement is told otherwise at {where}.", place)
    seen: dict[str, str] = {}
    for nested in nested_credentials(document):
        if nested.role is not Role.BUNDLED:
            continue
        if isinstance(nested.credential, str):
            yield Finding("clr.token", "A token stands where a credential belongs.", nested.pointer)
            continue
        name = nested.credential.get("id")
        if isinstance(name, str) and seen.setdefault(name, nested.pointer) != nested.pointer:
            yield Finding("clr.credential_repeated", f"The same credential stands at {seen[name]}.", nested.pointer)
