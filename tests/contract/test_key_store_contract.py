"""What every key store does, whatever it is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from atesto.adapters.key_store import EncryptedKeyStore
from atesto.custody.key_record import KeyRecord, KeyState
from atesto.custody.key_store import KeyChange, KeyStore
from atesto.custody.lifecycle import create_key, retire_key, revoke_key
from atesto.errors import CustodyError
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.private_key import PrivateKey
from tests.simulators.memory_key_store import MemoryKeyStore

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", "encrypted file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    return MemoryKeyStore() if request.param == "memory" else EncryptedKeyStore.create(tmp_path / "keys" / "keys.json", b"passphrase")


def test_empty(store: KeyStore) -> None:
    assert store.records() == ()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_is_kept_with_its_secret(store: KeyStore, algorithm: str) -> None:
    key = PrivateKey.generate(algorithm)
    record = create_key(store, key, now=NOW)
    assert store.records() == (record,)
    assert store.private_key(record.key_id).seed() == key.seed()


def test_records_come_in_the_order_of_creation_and_changes_keep_it(store: KeyStore) -> None:
    records = [create_key(store, PrivateKey.generate("Ed25519"), now=NOW) for _ in range(4)]
    retire_key(store, records[1].key_id, now=NOW)
    revoke_key(store, records[0].key_id, since=None)
    assert [record.key_id for record in store.records()] == [record.key_id for record in records]
    assert [record.state for record in store.records()] == [KeyState.REVOKED, KeyState.RETIRED, KeyState.ACTIVE, KeyState.ACTIVE]


def test_same_tuple_while_nothing_is_written(store: KeyStore) -> None:
    create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    before = store.records()
    assert store.records() is before
    create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    assert store.records() is not before


def test_unknown_key(store: KeyStore) -> None:
    with pytest.raises(CustodyError) as caught:
        store.private_key("nobody")
    assert caught.value.code == "custody.key_not_found"


def test_an_operation_that_raises_changes_nothing(store: KeyStore) -> None:
    record = create_key(store, PrivateKey.generate("Ed25519"), now=NOW)

    def failing(records: tuple[KeyRecord, ...]) -> KeyChange:
        assert records == (record,)
        raise CustodyError("custody.key_exists", "no")

    with pytest.raises(CustodyError) as caught:
        store.update(failing)
    assert caught.value.code == "custody.key_exists"
    assert store.records() == (record,)


def test_a_new_record_needs_its_secret(store: KeyStore) -> None:
    known = create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    stranger = replace(known, public_key=PrivateKey.generate("P-256").public_key)
    with pytest.raises(CustodyError) as caught:
        store.update(lambda _: KeyChange((stranger,), (PrivateKey.generate("P-256"),)))
    assert caught.value.code == "custody.key_not_found"
    assert store.records() == (known,)
