"""Status entries of a credential (Bitstring Status List section 2.1).

Checks of an entry of a known type, in order:
1. `statusPurpose` is a text;
2. `statusListIndex` is decimal digits;
3. `statusListCredential` is a URL;
4. `statusSize`, when there, is a positive integer.

Entries of another type are returned as they are: the policy decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.credentials.members import nodes, types_of
from atesto.encoding.iri import is_absolute_iri
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

BITSTRING_ENTRY: Final = "BitstringStatusListEntry"

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,11})\Z")


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry. `list_url` and `index` are None when the type is not known to this node."""

    pointer: str
    types: tuple[str, ...]
    purpose: str | None = None
    list_url: str | None = None
    index: int | None = None

    @property
    def known(self) -> bool:
        """Whether this node knows what the entry's type means."""
        return BITSTRING_ENTRY in self.types


def status_entries(credential: JsonObject) -> tuple[StatusEntry, ...]:
    """The entries of `credentialStatus`. Raises MalformedInput `status.malformed`, `model.*`."""
    return tuple(_entry(node, pointer) for node, pointer in nodes(credential, "credentialStatus"))


def _entry(node: JsonObject, pointer: str) -> StatusEntry:
    types = types_of(node, pointer)
    if BITSTRING_ENTRY not in types:
        return StatusEntry(pointer, types)
    purpose, index, list_url = node.get("statusPurpose"), node.get("statusListIndex"), node.get("statusListCredential")
    if not isinstance(purpose, str) or not purpose:
        raise MalformedInput("status.malformed", "statusPurpose is not a text.", pointer=pointer + "/statusPurpose")
    if not isinstance(index, str) or not _INDEX.match(index):
        raise MalformedInput("status.malformed", "statusListIndex is not a decimal number in a text.", pointer=pointer + "/statusListIndex")
    if not isinstance(list_url, str) or not is_absolute_iri(list_url):
        raise MalformedInput("status.malformed", "statusListCredential is not a URL.", pointer=pointer + "/statusListCredential")
    size = node.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise MalformedInput("status.malformed", "statusSize is not a positive number.", pointer=pointer + "/statusSize")
    return StatusEntry(pointer, types, purpose, list_url, int(index))
