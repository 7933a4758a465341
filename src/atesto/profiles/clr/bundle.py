"""Learner records (CLR 2.0) from credentials: the unsigned ClrCredential around them.

1. at least one credential, each a badge or a learner record, as an object: a token has no place in the vocabulary;
2. no credential twice; achievements under one identifier say the same, since in the record they are one thing;
3. the record's subject is who its credentials are about, or whom the issuer says;
4. what an association joins is in the record.

The credentials are the very objects that were given. It does not check that they verify: `issuance.learner_record` does, before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.clr.achievements import achievements, is_achievement_credential, told_differently
from atesto.profiles.clr.classes import ASSOCIATION_TYPES, CONTEXTS, RECORD, SUBJECT
from atesto.profiles.open_badges.rules import placed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue

_INSIDE: Final = "/credentialSubject/verifiableCredential"


@dataclass(frozen=True, slots=True)
class Association:
    """How two achievements of a record belong together, by their identifiers."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """What the issuer of a learner record says of it."""

    name: str
    issuer_name: str | None = None
    subject: str | None = None
    """Whose record it is; needed where the credentials name their subject differently: the issuer vouches that it is one person."""
    associations: tuple[Association, ...] = ()
    achievements: tuple[JsonObject, ...] = ()
    """Achievements that no credential in the record is about, for associations to join."""
    partial: bool = False
    """Whether credentials that the issuer knows of were left out."""


def bundle(
    credentials: tuple[JsonObject | str, ...], plan: RecordPlan, *, issuer_did: str, credential_id: str, issued: datetime
) -> JsonObject:
    """The unsigned learner record. Raises MalformedInput `clr.*`; its pointer leads into the credentials (`/0` …) or the plan."""
    held = _checked(credentials)
    if len(plan.associations) > limits.MAX_ASSOCIATIONS:
        raise MalformedInput("clr.too_many", f"More than {limits.MAX_ASSOCIATIONS} associations.", pointer="/associations")
    subject: JsonObject = {"id": plan.subject or _common_subject(held), "type": [SUBJECT], "verifiableCredential": list(held)}
    if plan.achievements:
        subject["achievement"] = list(plan.achievements)
    issuer: JsonObject = {"id": issuer_did, "type": ["Profile"]}
    if plan.issuer_name is not None:
        issuer["name"] = plan.issuer_name
    document: JsonObject = {
        "@context": list(CONTEXTS),
        "id": credential_id,
        "type": ["VerifiableCredential", RECORD],
        "name": plan.name,
        "issuer": issuer,
        "validFrom": format_timestamp(issued),
        "partial": plan.partial,
        "credentialSubject": subject,
    }
    _check_achievements(document)
    if plan.associations:
        known = {name: place for name, _, place in achievements(document)}
        subject["association"] = [_association(row, known, index) for index, row in enumerate(plan.associations)]
    return document


def _checked(credentials: tuple[JsonObject | str, ...]) -> tuple[JsonObject, ...]:
    """Steps 1 and 2."""
    if not 0 < len(credentials) <= limits.MAX_BUNDLED:
        raise MalformedInput("clr.nothing_bundled", f"A record holds 1 to {limits.MAX_BUNDLED} credentials, not {len(credentials)}.")
    seen: dict[str, int] = {}
    held: list[JsonObject] = []
    for index, credential in enumerate(credentials):
        if isinstance(credential, str):
            raise MalformedInput("clr.token", "It is secured by a token; a record holds credentials with proofs.", pointer=f"/{index}")
        if not is_achievement_credential(credential):
            raise MalformedInput("clr.not_an_achievement", "It is neither a badge nor a learner record.", pointer=f"/{index}/type")
        name = credential.get("id")
        if isinstance(name, str) and seen.setdefault(name, index) != index:
            raise MalformedInput("clr.credential_repeated", f"It is the credential at /{seen[name]} again.", pointer=f"/{index}/id")
        held.append(credential)
    return tuple(held)


def _check_achievements(document: JsonObject) -> None:
    for place, where in told_differently(document):
        there = where.removeprefix(_INSIDE)
        raise MalformedInput(
            "clr.achievement_differs", f"The same achievement says something else at {there}.", pointer=place.removeprefix(_INSIDE)
        )


def _common_subject(credentials: tuple[JsonObject, ...]) -> str:
    """Step 3."""
    names = {
        subject.get("id") if isinstance(subject, dict) else None
        for credential in credentials
        for _, subject in placed(credential.get("credentialSubject"), "")
    }
    name = next(iter(names)) if len(names) == 1 else None
    if not isinstance(name, str):
        raise MalformedInput("clr.subjects_differ", "The credentials do not name one subject; say whose record it is.", pointer="/subject")
    return name


def _association(row: Association, known: Mapping[str, str], index: int) -> JsonValue:
    """Step 4."""
    if row.kind not in ASSOCIATION_TYPES:
        listed = ", ".join(ASSOCIATION_TYPES.values)
        raise MalformedInput("clr.association_unknown", f'"{row.kind[:40]}" is none of {listed}.', pointer=f"/associations/{index}/type")
    for end, name in (("source", row.source), ("target", row.target)):
        if name not in known:
            raise MalformedInput(
                "clr.association_open", "No achievement in the record has that identifier.", pointer=f"/associations/{index}/{end}"
            )
    return {"type": ["Association"], "associationType": row.kind, "sourceId": row.source, "targetId": row.target}
