"""Creating, rotating, retiring and revoking keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from atesto.custody.key_record import KeyRecord, KeyState
from atesto.custody.lifecycle import create_key, find_record, generate_key, require_active, retire_key, revoke_key, rotate_key
from atesto.errors import CustodyError
from atesto.keys.jwk import jwk_thumbprint
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did, DidUrl
from tests.simulators.memory_key_store import MemoryKeyStore
from tests.simulators.parts import MemorySigner

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.keys.public_key import PublicKey

NOW = datetime(2026, 6, 15, 9, 0, 1, 999999, tzinfo=UTC)
SECOND = NOW.replace(microsecond=0)
LATER = NOW + timedelta(days=30)
KEY = PrivateKey.from_seed("Ed25519", bytes([9]) * 32)
OTHER = PrivateKey.from_seed("P-256", bytes([1]) * 32)
WEB = Did("did:web:example.org")


def on_the_web(key: PublicKey) -> tuple[Did, DidUrl]:
    return WEB, DidUrl(f"{WEB}#{jwk_thumbprint(key)}")


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(CustodyError) as caught:
        call()
    return caught.value.code


def test_created_key_is_active_under_its_did_key() -> None:
    store = MemoryKeyStore()
    record = create_key(store, KEY, now=NOW)
    multikey = "z6MkwVDfCg9LbbY6xjH3EZk8YSFQZujV5Y4y1ZWeER9tDiN3"
    assert record == KeyRecord(
        public_key=KEY.public_key,
        did=Did("did:key:" + multikey),
        verification_method=DidUrl(f"did:key:{multikey}#{multikey}"),
        created=SECOND,
    )
    assert (record.state, record.retired, record.revoked_since) == (KeyState.ACTIVE, None, None)
    assert record.key_id == jwk_thumbprint(KEY.public_key)
    assert store.records() == (record,)
    require_active(record)


def test_naming_decides_under_which_did_a_key_stands() -> None:
    record = create_key(MemoryKeyStore(), KEY, now=NOW, naming=on_the_web)
    assert (record.did, record.verification_method) == (WEB, f"{WEB}#{record.key_id}")


def test_the_same_key_or_name_is_not_taken_twice() -> None:
    store = MemoryKeyStore()
    create_key(store, KEY, now=NOW)
    assert code_of(lambda: create_key(store, KEY, now=NOW)) == "custody.key_exists"
    assert code_of(lambda: create_key(store, KEY, now=NOW, naming=on_the_web)) == "custody.key_exists"
    create_key(store, OTHER, now=NOW, naming=lambda _: (WEB, DidUrl(f"{WEB}#1")))
    third = PrivateKey.from_seed("Ed25519", bytes([3]) * 32)
    assert code_of(lambda: create_key(store, third, now=NOW, naming=lambda _: (WEB, DidUrl(f"{WEB}#1")))) == "custody.key_exists"
    assert len(store.records()) == 2


def test_rotation_retires_and_replaces_in_one_write() -> None:
    store = MemoryKeyStore()
    old = create_key(store, KEY, now=NOW, naming=on_the_web)
    new = rotate_key(store, old.key_id, OTHER, now=LATER, naming=on_the_web)
    retired, active = store.records()
    assert active == new
    assert (new.did, new.state, new.created) == (WEB, KeyState.ACTIVE, LATER.replace(microsecond=0))
    assert (retired.key_id, retired.state, retired.retired, retired.created) == (
        old.key_id,
        KeyState.RETIRED,
        LATER.replace(microsecond=0),
        SECOND,
    )
    assert code_of(lambda: rotate_key(store, old.key_id, PrivateKey.generate("Ed25519"), now=LATER)) == "custody.key_retired"
    assert code_of(lambda: rotate_key(store, new.key_id, KEY, now=LATER)) == "custody.key_exists"
    assert code_of(lambda: rotate_key(store, "nobody", PrivateKey.generate("Ed25519"), now=LATER)) == "custody.key_not_found"
    assert store.records() == (retired, active)


def test_retired_key_does_not_come_back() -> None:
    store = MemoryKeyStore()
    key_id = create_key(store, KEY, now=NOW).key_id
    retire_key(store, key_id, now=LATER)
    assert store.records()[0].retired == LATER.replace(microsecond=0)
    assert code_of(lambda: retire_key(store, key_id, now=LATER)) == "custody.key_retired"
    assert code_of(lambda: require_active(store.records()[0])) == "custody.key_retired"
    assert code_of(lambda: retire_key(store, "nobody", now=LATER)) == "custody.key_not_found"


@pytest.mark.parametrize("retired_before", [False, True])
def test_revocation_may_be_widened_and_never_narrowed(retired_before: bool) -> None:
    store = MemoryKeyStore()
    key_id = create_key(store, KEY, now=NOW).key_id
    if retired_before:
        retire_key(store, key_id, now=NOW)
    revoke_key(store, key_id, since=LATER)
    record = find_record(store.records(), key_id)
    assert (record.state, record.revoked_since) == (KeyState.REVOKED, LATER.replace(microsecond=0))
    assert record.retired == (SECOND if retired_before else None)
    assert code_of(lambda: require_active(record)) == "custody.key_revoked"
    assert code_of(lambda: retire_key(store, key_id, now=LATER)) == "custody.key_revoked"
    assert code_of(lambda: revoke_key(store, key_id, since=LATER)) == "custody.key_revoked"
    assert code_of(lambda: revoke_key(store, key_id, since=LATER + timedelta(1))) == "custody.key_revoked"
    revoke_key(store, key_id, since=NOW)
    assert store.records()[0].revoked_since == SECOND
    revoke_key(store, key_id, since=None)
    assert store.records()[0].revoked_since is None
    assert code_of(lambda: revoke_key(store, key_id, since=None)) == "custody.key_revoked"
    assert code_of(lambda: revoke_key(store, key_id, since=NOW)) == "custody.key_revoked"
    assert code_of(lambda: revoke_key(store, "nobody", since=None)) == "custody.key_not_found"


def test_a_generated_key_s_id_is_no_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """An id is 43 characters of base64url: one in 64 begins with a dash, and a terminal takes it for an option."""
    candidates = iter(MemorySigner.numbered(number).key for number in range(1, 10_000))
    seen: list[PrivateKey] = []

    def next_candidate(_: str, *, bits: int) -> PrivateKey:
        seen.append(next(candidates))
        return seen[-1]

    monkeypatch.setattr(PrivateKey, "generate", next_candidate)
    refused = 0
    while not refused:
        before = len(seen)
        key = generate_key("Ed25519")
        assert not jwk_thumbprint(key.public_key).startswith("-")
        refused = len(seen) - before - 1
    assert all(jwk_thumbprint(key.public_key).startswith("-") for key in seen[before:-1])
