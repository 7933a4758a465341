"""What the encrypted key store holds, as bytes: strict JSON, checked like everything else that is read.

| version | secrets |
|---|---|
| none (1) | seeds of Ed25519 keys, scalars of EC keys |
| 2 | the same, and RSA keys in PKCS #8 |
An older store is read, and written as the current version at its next change. A newer one is refused as such, and left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.custody.key_record import KeyRecord, KeyState
from atesto.dids.did_url import split_verification_method
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.strict_json import parse_json_object
from atesto.encoding.timestamp import format_timestamp, parse_timestamp
from atesto.errors import AtestoError, CustodyError
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did, DidUrl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue

VERSION: Final = 2
_MEMBERS: Final = frozenset({"algorithm", "secret", "did", "verification_method", "state", "created", "retired", "revoked_since"})


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A record and its secret."""

    record: KeyRecord
    private_key: PrivateKey = field(repr=False)


def encode_content(keys: Mapping[str, StoredKey]) -> bytes:
    """The bytes to seal: keys in the order of `keys`. Holds the secrets."""
    return canonicalize_json({"version": VERSION, "keys": [_encode(stored) for stored in keys.values()]})


def decode_content(content: bytes, *, known: Mapping[str, StoredKey]) -> dict[str, StoredKey]:
    """The keys by key id; secrets that are `known` already are not parsed again.

    Raises CustodyError `custody.store_damaged`, `custody.store_newer`.
    """
    try:
        stored = parse_json_object(content, max_bytes=limits.MAX_KEY_STORE_BYTES)
        _check_version(stored.get("version", 1))
        entries = stored.get("keys")
        if not isinstance(entries, list):
            raise _damaged("it has no list of keys")
        decoded = [_decode(entry) for entry in entries]
    except CustodyError:
        raise
    except AtestoError as error:
        # The detail of an inner error may repeat what it could not read; the code cannot.
        raise _damaged(f"an entry is malformed ({error.code})") from None
    keys = {stored.record.key_id: stored for stored in decoded}
    if len(keys) != len(decoded):
        raise _damaged("a key stands in it twice")
    return keys | {key_id: StoredKey(keys[key_id].record, known[key_id].private_key) for key_id in keys.keys() & known.keys()}


def _encode(stored: StoredKey) -> JsonObject:
    record = stored.record
    return {
        "algorithm": record.public_key.algorithm,
        "secret": encode_base64url(stored.private_key.seed()),
        "did": record.did,
        "verification_method": record.verification_method,
        "state": record.state.value,
        "created": format_timestamp(record.created),
        "retired": None if record.retired is None else format_timestamp(record.retired),
        "revoked_since": None if record.revoked_since is None else format_timestamp(record.revoked_since),
    }


def _decode(entry: JsonValue) -> StoredKey:
    if not isinstance(entry, dict) or entry.keys() != _MEMBERS:
        raise _damaged("an entry does not have the members of a key")
    private_key = PrivateKey.from_seed(_text(entry, "algorithm"), decode_base64url(_text(entry, "secret")))
    verification_method = _text(entry, "verification_method")
    did, _ = split_verification_method(verification_method)
    state = _text(entry, "state")
    if not did.startswith("did:") or did != entry["did"] or state not in {known.value for known in KeyState}:
        raise _damaged("an entry contradicts itself")
    record = KeyRecord(
        public_key=private_key.public_key,
        did=Did(did),
        verification_method=DidUrl(verification_method),
        created=parse_timestamp(_text(entry, "created")).moment,
        state=KeyState(state),
        retired=_moment(entry, "retired"),
        revoked_since=_moment(entry, "revoked_since"),
    )
    return StoredKey(record, private_key)


def _check_version(version: JsonValue) -> None:
    if isinstance(version, int) and version > VERSION:
        raise CustodyError("custody.store_newer", f"Its content is of version {version}; this version of atesto reads {VERSION}.")
    if version not in (1, VERSION):
        raise _damaged("its version is none")


def _text(entry: JsonObject, name: str) -> str:
    value = entry[name]
    if not isinstance(value, str):
        raise _damaged(f"{name} of an entry is not text")
    return value


def _moment(entry: JsonObject, name: str) -> datetime | None:
    return None if entry[name] is None else parse_timestamp(_text(entry, name)).moment


def _damaged(reason: str) -> CustodyError:
    return CustodyError("custody.store_damaged", f"The content of the key store cannot be used: {reason}.")
