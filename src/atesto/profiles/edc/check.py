"""What a reader of a European Digital Credential should know about its structure, as findings.

Checks, in order:
1. the root is a EuropeanDigitalCredential, and no other node is;
2. two nodes with one id say the same (they collapse into one when the credential is read as statements);
3. a concept of a list that this node holds in full is in the list;
4. date-times are date-times with an offset, durations are durations.

It does not check cardinalities and classes (the published SHACL does), nor the elements of the European approach.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.timestamp import parse_timestamp
from atesto.errors import MalformedInput
from atesto.findings import Finding
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    CREDIT_SYSTEMS,
    ENCODINGS,
    EQF_LEVELS,
    MODES,
    QUALITY_ASSURANCE_TYPES,
)
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.reader import has_type, string
from atesto.profiles.edc.terms import TERMS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.edc.lists.controlled_list import ControlledList

_LISTS: Final[dict[str, ControlledList]] = {
    table.scheme: table
    for table in (
        ACTIVITY_TYPES,
        ASSESSMENT_TYPES,
        COUNTRIES,
        CREDIT_SYSTEMS,
        ENCODINGS,
        EQF_LEVELS,
        FIELDS_OF_EDUCATION,
        MODES,
        QUALITY_ASSURANCE_TYPES,
    )
}
"""The lists that are held in full. The others (languages, file types, supervision, profiles, evidence) hold what was seen."""

_DATE_TIMES: Final = frozenset(term for term, _, kind in TERMS if kind is Kind.DATE_TIME) | {
    "issued",
    "issuanceDate",
    "expirationDate",
    "validFrom",
    "validUntil",
}
_DURATIONS: Final = frozenset(term for term, _, kind in TERMS if kind is Kind.DURATION)
_DURATION: Final = re.compile(
    r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?\Z"
)
_ROOT: Final = "EuropeanDigitalCredential"


def check(document: JsonObject) -> tuple[Finding, ...]:
    """The findings, in the order of the checks, then of the document."""
    placed = list(_placed(document))
    return (*_root(document, placed), *_identity(placed), *_concepts(placed), *_lexical(placed))


def _root(document: JsonObject, placed: list[tuple[str, JsonObject]]) -> Iterator[Finding]:
    """Check 1."""
    if not has_type(document, _ROOT):
        yield Finding("edc.root_type", f"The document does not say that it is a {_ROOT}.", "/type")
    for pointer, node in placed[1:]:
        if has_type(node, _ROOT):
            yield Finding("edc.root_type", f"A second {_ROOT} stands inside the first.", pointer)


def _identity(placed: list[tuple[str, JsonObject]]) -> Iterator[Finding]:
    """Check 2. A node that has nothing but its id only names another."""
    first: dict[str, tuple[str, JsonObject]] = {}
    for pointer, node in placed:
        name = string(node, "id")
        if name is None or len(node) == 1:
            continue
        told = first.setdefault(name, (pointer, node))
        if told[1] != node:
            # The id is not repeated: it may be a person's e-mail address.
            yield Finding("edc.node_differs", f"The same id says something else at {told[0] or 'the top'}.", pointer)


def _concepts(placed: list[tuple[str, JsonObject]]) -> Iterator[Finding]:
    """Check 3."""
    for pointer, node in placed:
        scheme = node.get("inScheme")
        iri, name = string(node, "id"), string(scheme, "id") if isinstance(scheme, dict) else string(node, "inScheme")
        table = _LISTS.get(name or "")
        if table is not None and (iri is None or table.code(iri) is None):
            yield Finding(
                "edc.concept_unknown", f"{(iri or 'A concept without an id')[:120]} is not in the list of {table.title}.", pointer
            )


def _lexical(placed: list[tuple[str, JsonObject]]) -> Iterator[Finding]:
    """Check 4."""
    for pointer, node in placed:
        for member, value in node.items():
            for item in value if isinstance(value, list) else [value]:
                if member in _DATE_TIMES and not _is_date_time(item):
                    yield Finding("edc.date_malformed", f"{member} is not a date-time with an offset.", pointer + json_pointer(member))
                if member in _DURATIONS and not (isinstance(item, str) and _DURATION.match(item)):
                    yield Finding("edc.duration_malformed", f"{member} is not a duration such as PT60H.", pointer + json_pointer(member))


def _is_date_time(value: JsonValue) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return parse_timestamp(value).has_offset
    except MalformedInput:
        return False


def _placed(document: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """Every node with its pointer; what stands under @context or proof is not the credential's."""
    stack: list[tuple[str, JsonValue]] = [("", document)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            yield pointer, value
            inner = [(name, child) for name, child in value.items() if pointer or name not in ("@context", "proof")]
            stack.extend((pointer + json_pointer(name), child) for name, child in reversed(inner))
        elif isinstance(value, list):
            stack.extend((f"{pointer}/{index}", child) for index, child in reversed(list(enumerate(value))))
