"""Status entries of a credential (Bitstring Status List section 2.1; Open Badges 3.0, 1EdTechRevocationList).

Checks of a BitstringStatusListEntry, in order:
1. `statusPurpose` is a text;
2. `statusListIndex` is decimal digits, or the number itself, as some issuers write it;
3. `statusListCredential` is a URL;
4. `statusSize`, when there, is an integer from 1 to MAX_STATUS_SIZE;
5. `statusMessage`, when there, is a list of objects with `status` and `message`.
Check of a 1EdTechRevocationList: `id` is the URL of the list.

Entries of another type are returned as they are: the policy decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.members import nodes, types_of
from atesto.encoding.iri import is_absolute_iri
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atesto.encoding.strict_json import JsonObject, JsonValue

BITSTRING_ENTRY: Final = "BitstringStatusListEntry"
REVOCATION_LIST: Final = "1EdTechRevocationList"
_KNOWN: Final = frozenset({BITSTRING_ENTRY, REVOCATION_LIST})

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,11})\Z")
_MAX_INDEX: Final = 10**12 - 1


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry. `list_url` is None when the type is not known to this node, the rest besides when it names no place in a bitstring."""

    pointer: str
    types: tuple[str, ...]
    purpose: str | None = None
    list_url: str | None = None
    index: int | None = None
    size: int = 1
    """Bits of one status."""
    messages: Mapping[int, str] = field(default_factory=dict)
    """What the values mean, for the purpose `message`."""
    index_is_number: bool = False

    @property
    def known(self) -> bool:
        """Whether this node knows what the entry's type means."""
        return not _KNOWN.isdisjoint(self.types)


def status_nodes(credential: JsonObject) -> list[tuple[JsonObject, str]]:
    """The entries of `credentialStatus` with their pointers, unread. Raises MalformedInput `model.*`."""
    return nodes(credential, "credentialStatus")


def is_known(node: JsonObject, pointer: str) -> bool:
    """Whether the type of an entry is one that is read. Raises MalformedInput `model.*`."""
    return not _KNOWN.isdisjoint(types_of(node, pointer))


def status_entries(credential: JsonObject) -> tuple[StatusEntry, ...]:
    """The entries of `credentialStatus`. Raises MalformedInput `status.malformed`, `model.*`."""
    return tuple(read_entry(node, pointer) for node, pointer in status_nodes(credential))


def read_entry(node: JsonObject, pointer: str) -> StatusEntry:
    """One entry. Raises MalformedInput `status.malformed`, `model.*`."""
    types = types_of(node, pointer)
    if REVOCATION_LIST in types:
        return StatusEntry(pointer, types, list_url=_url(node, "id", pointer))
    if BITSTRING_ENTRY not in types:
        return StatusEntry(pointer, types)
    purpose, index = node.get("statusPurpose"), node.get("statusListIndex")
    if not isinstance(purpose, str) or not purpose:
        raise _malformed("statusPurpose is not a text.", pointer, "statusPurpose")
    is_number = isinstance(index, int) and not isinstance(index, bool) and 0 <= index <= _MAX_INDEX
    if not is_number and not (isinstance(index, str) and _INDEX.match(index)):
        raise _malformed("statusListIndex is not a decimal number in a text.", pointer, "statusListIndex")
    size = node.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= limits.MAX_STATUS_SIZE:
        raise _malformed(f"statusSize is not a number from 1 to {limits.MAX_STATUS_SIZE}.", pointer, "statusSize")
    return StatusEntry(
        pointer,
        types,
        purpose,
        _url(node, "statusListCredential", pointer),
        int(str(index)),
        size,
        _messages(node.get("statusMessage"), pointer + "/statusMessage"),
        is_number,
    )


def _url(node: JsonObject, name: str, pointer: str) -> str:
    value = node.get(name)
    if not isinstance(value, str) or not is_absolute_iri(value):
        raise _malformed(f"{name} is not a URL.", pointer, name)
    return value


def _messages(value: JsonValue, pointer: str) -> dict[int, str]:
    """Values are written in hexadecimal with `0x` before them (section 2.1)."""
    found: dict[int, str] = {}
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        status, text = (item.get("status"), item.get("message")) if isinstance(item, dict) else (None, None)
        if not isinstance(status, str) or not isinstance(text, str) or not re.match(r"0[xX][0-9A-Fa-f]{1,2}\Z", status):
            raise MalformedInput("status.malformed", "statusMessage does not say what its values mean.", pointer=pointer)
        found[int(status, 16)] = text
    return found


def _malformed(detail: str, pointer: str, name: str) -> MalformedInput:
    return MalformedInput("status.malformed", detail, pointer=f"{pointer}/{name}")
