"""Credentials inside a credential: endorsements at any place, credentials bundled in a learner record. Each is to be verified alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.profiles.open_badges.structure import types_in
from atesto.profiles.open_badges.vocabulary import CREDENTIAL

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue


class Role(StrEnum):
    """What a credential inside another is there for."""

    ENDORSEMENT = "endorsement"
    BUNDLED = "bundled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Nested:
    """A credential inside another: the very object, or the text of a token, and where it stands."""

    credential: JsonObject | str
    pointer: str
    role: Role


_ROLES: Final = {"endorsement": Role.ENDORSEMENT, "endorsementJwt": Role.ENDORSEMENT, "verifiableCredential": Role.BUNDLED}
_TOKENS: Final = frozenset({"endorsementJwt", "verifiableCredential"})
_NOT_CONTENT: Final = frozenset({"@context", "proof"})


def nested_credentials(document: JsonObject) -> tuple[Nested, ...]:
    """The credentials inside `document`, in its order, each with its JSON pointer.

    Those inside one of these are found by asking for that one's: each is verified as a document of its own. An object is a credential by
    the member under which it stands, or by its type. Nothing is checked.
    """
    found: list[Nested] = []
    stack: list[tuple[str, JsonValue, str]] = [
        (json_pointer(name), value, name) for name, value in reversed(document.items()) if name not in _NOT_CONTENT
    ]
    while stack:
        pointer, value, name = stack.pop()
        if isinstance(value, list):
            stack.extend((f"{pointer}/{index}", item, name) for index, item in reversed(list(enumerate(value))))
        elif isinstance(value, str) and name in _TOKENS:
            found.append(Nested(value, pointer, _ROLES[name]))
        elif isinstance(value, dict):
            if name in _ROLES or CREDENTIAL in types_in(value):
                found.append(Nested(value, pointer, _ROLES.get(name, Role.OTHER)))
            else:
                stack.extend((pointer + json_pointer(member), child, member) for member, child in reversed(value.items()))
    return tuple(found)
