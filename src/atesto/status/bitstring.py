"""Bitstring Status List v1.0 section 3.2: a list credential that has been verified, and one place in it.

Checks, in order:
1. the credential is a BitstringStatusListCredential with one subject of type BitstringStatusList, and has no status of its own;
2. one of its purposes is the entry's;
3. `encodedList` is base64url in multibase, and one whole gzip stream, inflated up to a bound and no further;
4. the list has at least 131,072 places;
5. the entry's place is in it.

The leftmost bit is the first (section 2.2). It does not check the list's proof, dates or issuer.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.members import nodes, types_of
from atesto.encoding.base64url import decode_base64url
from atesto.errors import AtestoError, MalformedInput, VerificationError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.status.entry import StatusEntry

LIST_CREDENTIAL: Final = "BitstringStatusListCredential"
_LIST: Final = "BitstringStatusList"
_GZIP: Final = 31
"""zlib's word for a gzip stream with the largest window."""


@dataclass(frozen=True, slots=True)
class BitstringList:
    """What a list credential says of itself; the bits are still packed."""

    purposes: tuple[str, ...]
    encoded: str
    seconds: float
    """How long a copy may be used (`ttl`)."""


def read_bitstring(credential: JsonObject) -> BitstringList:
    """Check 1. Raises VerificationError `status.list_malformed`; pointers lead nowhere: they would lead into another document."""
    try:
        types = types_of(credential)
        subjects = nodes(credential, "credentialSubject")
        if LIST_CREDENTIAL not in types or len(subjects) != 1 or _LIST not in types_of(*subjects[0]):
            raise _malformed(f"it is no {LIST_CREDENTIAL} with one {_LIST}")
    except MalformedInput as error:
        raise _malformed(error.detail) from None
    if "credentialStatus" in credential:
        raise _malformed("it has a status of its own, and so on without end")
    subject, _ = subjects[0]
    stated = subject.get("statusPurpose")
    purposes = tuple(item for item in (stated if isinstance(stated, list) else [stated]) if isinstance(item, str))
    encoded, ttl = subject.get("encodedList"), subject.get("ttl", limits.STATUS_LIST_SECONDS * 1000)
    if not purposes or not isinstance(encoded, str):
        raise _malformed("it has no statusPurpose or no encodedList")
    if isinstance(ttl, bool) or not isinstance(ttl, int | float) or ttl < 0:
        raise _malformed("its ttl is no number of milliseconds")
    return BitstringList(purposes, encoded, ttl / 1000)


def value_at(found: BitstringList, entry: StatusEntry) -> int:
    """Checks 2 to 5: the entry's status, 0 when nothing is set.

    Raises VerificationError `status.purpose_differs`, `status.list_malformed`, `status.list_short`, `status.index_range`.
    """
    if entry.purpose not in found.purposes:
        stated = ", ".join(found.purposes)[:80]
        raise VerificationError("status.purpose_differs", f"The list is of purpose {stated}.", pointer=f"{entry.pointer}/statusPurpose")
    bits = expand(found.encoded)
    places = len(bits) * 8 // entry.size
    if places < limits.MIN_STATUS_LIST_PLACES:
        detail = f"The status list has {places:,} places; {limits.MIN_STATUS_LIST_PLACES:,} are the least."
        raise VerificationError("status.list_short", detail, pointer=entry.pointer)
    index = entry.index or 0
    if index >= places:
        detail = f"The status list has {places:,} places, and the entry names number {index:,}."
        raise VerificationError("status.index_range", detail, pointer=f"{entry.pointer}/statusListIndex")
    first = index * entry.size
    last = first + entry.size - 1
    window = int.from_bytes(bits[first // 8 : last // 8 + 1], "big")
    return (window >> (7 - last % 8)) & ((1 << entry.size) - 1)


def expand(encoded: str) -> bytes:
    """Check 3. Raises VerificationError `status.list_malformed`."""
    if not encoded.startswith("u"):
        raise _malformed("its encodedList is not base64url in multibase, which starts with u")
    try:
        packed = decode_base64url(encoded[1:])
    except AtestoError as error:
        raise _malformed(error.detail) from None
    inflating = zlib.decompressobj(_GZIP)
    try:
        bits = inflating.decompress(packed, limits.MAX_STATUS_LIST_BYTES + 1)
    except zlib.error:
        raise _malformed("its encodedList is no gzip stream") from None
    if len(bits) > limits.MAX_STATUS_LIST_BYTES:
        raise _malformed(f"it inflates to more than {limits.MAX_STATUS_LIST_BYTES:,} bytes")
    if not inflating.eof or inflating.unused_data:
        raise _malformed("its gzip stream breaks off, or something follows it")
    return bits


def _malformed(reason: str) -> VerificationError:
    return VerificationError("status.list_malformed", f"The status list cannot be used: {reason.rstrip('.')}.")
