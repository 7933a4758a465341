"""The life of a key: created, active, retired or revoked. Pure: the clock and the key material are arguments, the store is a port.

A retired key cannot sign and stays published: what it signed verifies until it expires. A revoked key stays published as revoked, from a
time or, when that is unknown, from the beginning. Nothing brings a key back, and nothing deletes one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from atesto import limits
from atesto.custody.key_record import KeyRecord, KeyState
from atesto.custody.key_store import KeyChange
from atesto.dids.did_url import did_method
from atesto.dids.methods.key import did_key, did_key_method
from atesto.errors import CustodyError
from atesto.keys.jwk import jwk_thumbprint
from atesto.keys.private_key import PrivateKey
from atesto.keys.published_test_keys import is_published_test_key
from atesto.ports import DidUrl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from atesto.custody.key_store import KeyStore
    from atesto.keys.public_key import PublicKey
    from atesto.ports import Did

    Naming: TypeAlias = Callable[[PublicKey], tuple[Did, DidUrl]]
    """Under which DID and which verification method a new key is published."""


def name_as_did_key(key: PublicKey) -> tuple[Did, DidUrl]:
    """The naming of did:key, where the key is the DID: a rotated key is a new issuer."""
    return did_key(key), did_key_method(key)


def name_under(did: Did) -> Naming:
    """The naming of a DID that outlives its keys (did:web): each key is found under its thumbprint."""

    def naming(key: PublicKey) -> tuple[Did, DidUrl]:
        return did, DidUrl(f"{did}#{jwk_thumbprint(key)}")

    return naming


def name_beside(record: KeyRecord) -> Naming:
    """How a key that takes the place of `record` is named: under the same DID where that is possible."""
    return name_as_did_key if did_method(record.did) == "key" else name_under(record.did)


def generate_key(algorithm: str, *, bits: int = limits.RSA_BITS) -> PrivateKey:
    """A fresh key whose id can be typed at a terminal: one that begins like an option is not taken. Raises as `PrivateKey.generate`."""
    key = PrivateKey.generate(algorithm, bits=bits)
    while jwk_thumbprint(key.public_key).startswith("-"):
        key = PrivateKey.generate(algorithm, bits=bits)
    return key


def create_key(store: KeyStore, key: PrivateKey, *, now: datetime, naming: Naming = name_as_did_key) -> KeyRecord:
    """Takes `key` into custody, active, and returns its record. Raises CustodyError `custody.key_exists`, `custody.published_key`."""
    record = _new_record(key, now, naming)

    def operation(records: tuple[KeyRecord, ...]) -> KeyChange:
        _refuse_known(records, record)
        return KeyChange((record,), (key,))

    store.update(operation)
    return record


def rotate_key(store: KeyStore, key_id: str, key: PrivateKey, *, now: datetime, naming: Naming | None = None) -> KeyRecord:
    """Retires `key_id` and takes `key` in its place, in one write; returns the new record. Without `naming`: as `name_beside`.

    Raises CustodyError `custody.key_not_found`, `custody.key_retired`, `custody.key_revoked`, `custody.key_exists`,
    `custody.published_key`.
    """
    record = _new_record(key, now, naming or name_beside(find_record(store.records(), key_id)))

    def operation(records: tuple[KeyRecord, ...]) -> KeyChange:
        _refuse_known(records, record)
        return KeyChange((_retired(find_record(records, key_id), now), record), (key,))

    store.update(operation)
    return record


def retire_key(store: KeyStore, key_id: str, *, now: datetime) -> None:
    """Retires an active key. Raises CustodyError `custody.key_not_found`, `custody.key_retired`, `custody.key_revoked`."""
    store.update(lambda records: KeyChange((_retired(find_record(records, key_id), now),)))


def revoke_key(store: KeyStore, key_id: str, *, since: datetime | None) -> None:
    """Revokes an active or retired key for proofs made from `since` on, or for all of them when that is None (unknown).

    Whoever holds a stolen key writes any `created` he likes: `since` helps against mishaps, None against thieves. A revocation may be
    widened (an earlier time, or None) and never narrowed. Raises CustodyError `custody.key_not_found`, `custody.key_revoked`.
    """

    def operation(records: tuple[KeyRecord, ...]) -> KeyChange:
        record = find_record(records, key_id)
        if record.state is KeyState.REVOKED:
            before = record.revoked_since
            if before is None or (since is not None and since >= before):
                raise CustodyError("custody.key_revoked", f"The key {key_id} is revoked already, for at least that long.")
        return KeyChange((replace(record, state=KeyState.REVOKED, revoked_since=None if since is None else since.replace(microsecond=0)),))

    store.update(operation)


def find_record(records: Iterable[KeyRecord], key_id: str) -> KeyRecord:
    """The record of `key_id`. Raises CustodyError `custody.key_not_found`."""
    for record in records:
        if record.key_id == key_id:
            return record
    raise CustodyError("custody.key_not_found", f"There is no key {key_id[:64]!r} in custody.")


def require_active(record: KeyRecord) -> None:
    """Returns when the key may sign. Raises CustodyError `custody.key_retired` or `custody.key_revoked`."""
    if record.state is KeyState.RETIRED:
        raise CustodyError("custody.key_retired", f"The key of {record.verification_method} is retired.")
    if record.state is KeyState.REVOKED:
        raise CustodyError("custody.key_revoked", f"The key of {record.verification_method} is revoked.")


def _new_record(key: PrivateKey, now: datetime, naming: Naming) -> KeyRecord:
    if is_published_test_key(key.public_key):
        raise CustodyError("custody.published_key", "The key stands in a specification or in published test vectors.")
    did, verification_method = naming(key.public_key)
    return KeyRecord(public_key=key.public_key, did=did, verification_method=verification_method, created=now.replace(microsecond=0))


def _refuse_known(records: tuple[KeyRecord, ...], new: KeyRecord) -> None:
    for record in records:
        if new.public_key == record.public_key or new.verification_method == record.verification_method:
            raise CustodyError("custody.key_exists", f"The key or the name of {new.verification_method} is in custody already.")


def _retired(record: KeyRecord, now: datetime) -> KeyRecord:
    require_active(record)
    return replace(record, state=KeyState.RETIRED, retired=now.replace(microsecond=0))
