"""What holds between the members of a badge: results and their descriptions, identities, evidence, the context of extensions.

Checks, for each object:
1. a type of `extensions.json` is used where that context is in force (each credential on its own);
2. the issuer is told, not only named;
3. a result belongs to a description of the achievement, and keeps to it: status, allowed values, bounds, levels;
4. a hash of an identity is one, salted, and not MD5; what identifies a person is not told in clear, names aside;
5. evidence is linked, not embedded as its own identifier.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.findings import Finding
from atesto.profiles.open_badges.identity import HASH, NAME
from atesto.profiles.open_badges.structure import contexts_of, types_in
from atesto.profiles.open_badges.vocabulary import EXTENSION_TYPES, EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue

_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?\Z")
READABLE: Final = frozenset({NAME, "ext:givenName", "ext:familyName"})
"""Types of identity that are there to be read."""


def rules(document: JsonObject) -> Iterator[Finding]:
    """The findings, in the order of the document."""
    stack: list[tuple[str, JsonObject, bool]] = [("", document, EXTENSIONS in contexts_of(document))]
    while stack:
        pointer, node, extended = stack.pop()
        if "@context" in node:
            # A credential inside another is verified alone, where the outer one's contexts are not in force.
            extended = EXTENSIONS in contexts_of(node)
        if not extended and any(name in EXTENSION_TYPES for name in types_in(node) if isinstance(name, str)):
            yield Finding("ob.extension_undefined", f"Its type is defined by {EXTENSIONS}, which is not listed.", pointer + "/type")
        yield from _of_node(node, pointer)
        inner = [(pointer + place, child, extended) for place, child in _children(node)]
        stack.extend(reversed(inner))


def _children(node: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for name, value in node.items():
        for place, item in placed(value, json_pointer(name)):
            if isinstance(item, dict) and name != "@context":
                yield place, item


def placed(value: JsonValue, pointer: str) -> list[tuple[str, JsonValue]]:
    """The items of a list with their places, or the one value with its own."""
    return [(f"{pointer}/{index}", item) for index, item in enumerate(value)] if isinstance(value, list) else [(pointer, value)]


def _of_node(node: JsonObject, pointer: str) -> Iterator[Finding]:
    for name in types_in(node):
        rule = _RULES.get(name) if isinstance(name, str) else None
        if rule is not None:
            yield from rule(node, pointer)


def _credential(node: JsonObject, pointer: str) -> Iterator[Finding]:
    """Rule 2."""
    if isinstance(node.get("issuer"), str):
        yield Finding("ob.issuer_untold", "The issuer is named and not told; a Profile has a name and an address.", pointer + "/issuer")


def _subject(node: JsonObject, pointer: str) -> Iterator[Finding]:
    """Rule 3."""
    achievement = node.get("achievement")
    told = achievement.get("resultDescription", []) if isinstance(achievement, dict) else []
    descriptions = {item.get("id"): item for _, item in placed(told, "") if isinstance(item, dict) and isinstance(item.get("id"), str)}
    for place, result in placed(node.get("result", []), pointer + "/result"):
        if isinstance(result, dict):
            yield from (Finding("ob.result", sentence, place) for sentence in _result_faults(result, descriptions))


def _result_faults(result: JsonObject, descriptions: dict[JsonValue, JsonObject]) -> Iterator[str]:
    name = result.get("resultDescription")
    if name is None:
        return
    description = descriptions.get(name) if isinstance(name, str) else None
    if description is None:
        yield "It belongs to a description that the achievement does not have."
        return
    value, allowed = result.get("value"), [item for _, item in placed(description.get("allowedValue", []), "")]
    if description.get("resultType") == "Status" and "status" not in result:
        yield "It is a status, and does not say which."
    if value is not None and allowed and value not in allowed:
        yield "Its value is not one of those that are allowed."
    if (number := _number(value)) is not None:
        least, most = _number(description.get("valueMin")), _number(description.get("valueMax"))
        if (least is not None and number < least) or (most is not None and number > most):
            yield "Its value is outside the bounds."
    levels = [item.get("id") for _, item in placed(description.get("rubricCriterionLevel", []), "") if isinstance(item, dict)]
    if "achievedLevel" in result and result["achievedLevel"] not in levels:
        yield "The level achieved is not one of the rubric's."


def _number(value: JsonValue) -> float | None:
    return float(value) if isinstance(value, str) and _NUMBER.match(value) else None


def _identity(node: JsonObject, pointer: str) -> Iterator[Finding]:
    """Rule 4."""
    told, kind = node.get("identityHash"), node.get("identityType")
    if node.get("hashed") is False:
        if kind not in READABLE:
            yield Finding("ob.identity_plain", f"The {_word(kind)} stands in clear.", pointer + "/identityHash")
    elif node.get("hashed") is True and isinstance(told, str):
        if not HASH.match(told):
            yield Finding("ob.identity_malformed", "It is neither a SHA-256 nor an MD5 in hexadecimal.", pointer + "/identityHash")
        elif told.startswith("md5"):
            yield Finding("ob.identity_weak", "The hash is MD5.", pointer + "/identityHash")
        elif not node.get("salt"):
            yield Finding("ob.identity_weak", "The hash has no salt.", pointer)


def _word(kind: JsonValue) -> str:
    return kind.removeprefix("ext:")[:40] if isinstance(kind, str) else "identifier"


def _evidence(node: JsonObject, pointer: str) -> Iterator[Finding]:
    """Rule 5."""
    name = node.get("id")
    if isinstance(name, str) and name.startswith("data:"):
        yield Finding("ob.evidence_embedded", "The evidence stands in its own identifier, as a data: URL.", pointer + "/id")


_RULES: Final[dict[str, Callable[[JsonObject, str], Iterator[Finding]]]] = {
    "VerifiableCredential": _credential,
    "AchievementSubject": _subject,
    "IdentityObject": _identity,
    "Evidence": _evidence,
}
