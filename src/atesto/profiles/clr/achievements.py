"""The achievements in a learner record, by identifier: what associations join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.json_pointer import json_pointer
from atesto.profiles.open_badges.rules import placed
from atesto.profiles.open_badges.structure import types_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject


def achievements(document: JsonObject) -> Iterator[tuple[str, JsonObject, str]]:
    """Identifier, achievement and place, of each that a learner record or badge tells of, in the order of the document.

    An endorsement's subject is named there, not told.
    """
    for at, subject in placed(document.get("credentialSubject"), json_pointer("credentialSubject")):
        if not isinstance(subject, dict):
            continue
        for place, item in placed(subject.get("achievement", []), at + json_pointer("achievement")):
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(item, dict) and isinstance(name, str):
                yield name, item, place
        for place, inner in placed(subject.get("verifiableCredential", []), at + json_pointer("verifiableCredential")):
            if isinstance(inner, dict):
                yield from ((name, item, place + below) for name, item, below in achievements(inner))


def told_differently(document: JsonObject) -> Iterator[tuple[str, str]]:
    """The places of achievements that say something else than an earlier one under the same identifier, each with that one's place.

    As statements the two would be one thing.
    """
    first: dict[str, tuple[bytes, str]] = {}
    for name, item, place in achievements(document):
        text = canonicalize_json(item)
        told, where = first.setdefault(name, (text, place))
        if told != text:
            yield place, where


def is_achievement_credential(document: JsonObject) -> bool:
    """Whether it is a badge or a learner record."""
    return not {"OpenBadgeCredential", "AchievementCredential", "ClrCredential"}.isdisjoint(
        name for name in types_in(document) if isinstance(name, str)
    )
