"""The encrypted key store on disk: permissions, crashes, two processes, damage, and no secret in sight."""

from __future__ import annotations

import fcntl
import json
import logging
import multiprocessing
import os
import signal
import stat
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from atesto import limits
from atesto.adapters import key_store as module
from atesto.adapters.key_store import EncryptedKeyStore
from atesto.adapters.key_store_content import decode_content, encode_content
from atesto.adapters.private_file import create_private_file
from atesto.adapters.sealed_file import SealingKey
from atesto.adapters.signers.software import SoftwareSigner
from atesto.custody.key_record import KeyState
from atesto.custody.lifecycle import create_key, retire_key, revoke_key
from atesto.encoding.base64url import encode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.errors import CustodyError
from atesto.keys.private_key import PrivateKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atesto.encoding.strict_json import JsonObject

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
PASSPHRASE = b"canary-passphrase"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KDF_MEMORY_KIB", 64)
    monkeypatch.setattr(limits, "KDF_ITERATIONS", 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keys.json"


def filled(path: Path) -> EncryptedKeyStore:
    store = EncryptedKeyStore.create(path, PASSPHRASE)
    create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    return store


def reopened(path: Path) -> EncryptedKeyStore:
    return EncryptedKeyStore.open(path, PASSPHRASE)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(CustodyError) as caught:
        call()
    assert "canary" not in caught.value.detail
    return caught.value.code


def test_everything_survives_reopening(path: Path) -> None:
    store = EncryptedKeyStore.create(path, PASSPHRASE)
    keys = [PrivateKey.generate(algorithm) for algorithm in ("Ed25519", "P-256", "P-384", "Ed25519")]
    records = [create_key(store, key, now=NOW) for key in keys]
    retire_key(store, records[1].key_id, now=NOW + timedelta(days=1))
    revoke_key(store, records[2].key_id, since=NOW + timedelta(days=2))
    revoke_key(store, records[3].key_id, since=None)
    again = reopened(path)
    assert again.records() == store.records()
    assert [record.state for record in again.records()] == [KeyState.ACTIVE, KeyState.RETIRED, KeyState.REVOKED, KeyState.REVOKED]
    for key, record in zip(keys, records, strict=True):
        assert again.private_key(record.key_id).seed() == key.seed()


def test_modes(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    filled(path)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {name.name: stat.S_IMODE(name.stat().st_mode) for name in path.parent.iterdir()} == {"keys.json": 0o600, "keys.json.lock": 0o600}


def test_umask_does_not_matter(path: Path) -> None:
    before = os.umask(0)
    try:
        filled(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o602, 0o610, 0o601])
def test_file_open_to_others_is_refused(path: Path, mode: int) -> None:
    store = filled(path)
    path.chmod(mode)
    assert code_of(lambda: reopened(path)) == "custody.insecure_permissions"
    assert code_of(store.records) == "custody.insecure_permissions"


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o770, 0o711])
def test_folder_open_to_others_is_refused(path: Path, mode: int) -> None:
    store = filled(path)
    path.parent.chmod(mode)
    assert code_of(lambda: reopened(path)) == "custody.insecure_permissions"
    assert code_of(store.records) == "custody.insecure_permissions"


def test_foreign_owner_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    owner = path.stat().st_uid
    if owner == 0:
        os.chown(path.parent, 12345, -1)
        os.chown(path, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert code_of(lambda: reopened(path)) == "custody.insecure_permissions"


def test_symbolic_link_is_refused(path: Path) -> None:
    filled(path)
    real = path.rename(path.with_name("real.json"))
    path.symlink_to(real)
    assert code_of(lambda: reopened(path)) == "custody.insecure_permissions"


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_folder_or_pipe_in_place_of_the_file_is_refused(path: Path, make: Callable[[Path, int], None]) -> None:
    path.parent.mkdir(mode=0o700)
    make(path, 0o600)
    assert code_of(lambda: reopened(path)) == "custody.store_damaged"


def test_missing_file_and_folder(path: Path) -> None:
    assert code_of(lambda: reopened(path)) == "custody.store_missing"
    path.parent.mkdir(mode=0o700)
    assert code_of(lambda: reopened(path)) == "custody.store_missing"


def test_folder_that_is_none(path: Path) -> None:
    path.parent.write_bytes(b"")
    assert code_of(lambda: EncryptedKeyStore.create(path, PASSPHRASE)) == "custody.insecure_permissions"
    assert code_of(lambda: reopened(path / "inner")) == "custody.insecure_permissions"


def test_disk_that_fails_while_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)

    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fdopen", broken)
    assert code_of(lambda: reopened(path)) == "custody.store_damaged"


def test_existing_store_is_not_overwritten(path: Path) -> None:
    store = filled(path)
    before = path.read_bytes()
    assert code_of(lambda: EncryptedKeyStore.create(path, PASSPHRASE)) == "custody.store_exists"
    assert path.read_bytes() == before
    assert len(store.records()) == 1
    assert code_of(lambda: create_private_file(path, b"")) == "custody.store_exists"


def test_wrong_passphrase_and_damage_differ(path: Path) -> None:
    filled(path)
    assert code_of(lambda: EncryptedKeyStore.open(path, b"another")) == "custody.passphrase"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert code_of(lambda: reopened(path)) == "custody.store_damaged"
    path.write_bytes(b"x" * (limits.MAX_KEY_STORE_BYTES + 1))
    assert code_of(lambda: reopened(path)) == "custody.store_damaged"


def test_damage_and_removal_are_noticed_by_a_running_node(path: Path) -> None:
    store = filled(path)
    good = path.read_bytes()
    path.write_bytes(good[:-20])
    assert code_of(store.records) == "custody.store_damaged"
    path.write_bytes(good)
    assert len(store.records()) == 1
    path.unlink()
    assert code_of(store.records) == "custody.store_missing"


def test_no_secret_in_file_representation_or_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = EncryptedKeyStore.create(path, PASSPHRASE)
    secret = b"canary-of-the-secret-key-32bytes"
    record = create_key(store, PrivateKey.from_seed("Ed25519", secret), now=NOW)
    stored = store._keys[record.key_id]
    shown = f"{store!r} {store} {record!r} {stored!r} {store.private_key(record.key_id)!r} {store._sealing_key!r} {caplog.text}"
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for form in (secret.decode(), secret.hex(), encode_base64url(secret), PASSPHRASE.decode()):
        assert form not in shown
        assert form.encode() not in written
    assert not any(record.did.encode() in file.read_bytes() for file in path.parent.iterdir())


# --- crashes -----------------------------------------------------------------------------------------------------------------


def kill(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def write_and_die(path: Path, point: str) -> None:
    """In another process: dies at `point` of a write."""
    store = reopened(path)
    if point == "before rename":
        os.replace = kill  # type: ignore[assignment]
    elif point == "before fsync":
        os.fsync = kill  # type: ignore[assignment]
    else:
        module.write_private_file = lambda *_: kill()  # type: ignore[attr-defined]
    create_key(store, PrivateKey.generate("P-256"), now=NOW)


@pytest.mark.parametrize("point", ["before rename", "before fsync", "before writing"])
def test_killed_writer_leaves_the_old_store(path: Path, point: str) -> None:
    before = filled(path).records()
    process = multiprocessing.get_context("spawn").Process(target=write_and_die, args=(path, point))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    leftovers = [file for file in path.parent.iterdir() if file.name.endswith(".new")]
    assert len(leftovers) == (0 if point == "before writing" else 1)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in leftovers)
    again = reopened(path)
    assert again.records() == before
    # The lock died with its holder, and the next write clears what was left.
    create_key(again, PrivateKey.generate("P-256"), now=NOW)
    assert len(reopened(path).records()) == 2
    assert sorted(file.name for file in path.parent.iterdir()) == ["keys.json", "keys.json.lock"]


def test_failed_rename_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert code_of(lambda: create_key(store, PrivateKey.generate("P-256"), now=NOW)) == "custody.store_unwritable"
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["keys.json", "keys.json.lock"]
    assert len(store.records()) == 1


def test_file_and_folder_are_synced_in_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(path)
    steps = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def replaced(source: str, target: str) -> None:
        steps.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    create_key(store, PrivateKey.generate("P-256"), now=NOW)
    assert steps == ["file", "rename", "folder"]


# --- several users -----------------------------------------------------------------------------------------------------------


def test_another_process_is_seen(path: Path) -> None:
    store, other = filled(path), reopened(path)
    added = create_key(other, PrivateKey.generate("P-256"), now=NOW)
    assert added in store.records()
    assert store.private_key(added.key_id).public_key == added.public_key
    retire_key(store, added.key_id, now=NOW)
    assert other.records()[1].state is KeyState.RETIRED


async def test_key_retired_elsewhere_signs_no_more(path: Path) -> None:
    store = filled(path)
    key_id = store.records()[0].key_id
    signer = SoftwareSigner(store, key_id)
    await signer.sign(b"text")
    retire_key(reopened(path), key_id, now=NOW)
    with pytest.raises(CustodyError) as caught:
        await signer.sign(b"text")
    assert caught.value.code == "custody.key_retired"


def add_keys(path: Path, count: int) -> None:
    store = reopened(path)
    for _ in range(count):
        create_key(store, PrivateKey.generate("Ed25519"), now=NOW)


def test_no_write_of_several_processes_is_lost(path: Path) -> None:
    EncryptedKeyStore.create(path, PASSPHRASE)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add_keys, args=(path, 8)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(reopened(path).records()) == 16


def test_no_write_of_several_threads_is_lost(path: Path) -> None:
    store = EncryptedKeyStore.create(path, PASSPHRASE)
    other = reopened(path)

    def add(target: EncryptedKeyStore) -> None:
        for _ in range(5):
            create_key(target, PrivateKey.generate("Ed25519"), now=NOW)

    threads = [threading.Thread(target=add, args=(target,)) for target in (store, store, other, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(store.records()) == len(other.records()) == 20


def test_held_lock_is_waited_for_a_bounded_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(path)
    monkeypatch.setattr(limits, "KEY_STORE_LOCK_SECONDS", 0.1)
    with path.with_name("keys.json.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert code_of(lambda: create_key(store, PrivateKey.generate("Ed25519"), now=NOW)) == "custody.store_locked"
        assert len(store.records()) == 1
        fcntl.flock(lock, fcntl.LOCK_UN)
    create_key(store, PrivateKey.generate("Ed25519"), now=NOW)


def test_lock_file_that_cannot_be_opened(path: Path) -> None:
    store = filled(path)
    lock = path.with_name("keys.json.lock")
    lock.unlink()
    lock.symlink_to(path)
    assert code_of(lambda: create_key(store, PrivateKey.generate("Ed25519"), now=NOW)) == "custody.store_unwritable"


def test_passphrase_is_stretched_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    calls = []
    real = SealingKey.derive

    def counted(*arguments: Any) -> SealingKey:
        calls.append(1)
        return real(*arguments)

    monkeypatch.setattr(SealingKey, "derive", counted)
    store = reopened(path)
    for _ in range(3):
        store.private_key(create_key(store, PrivateKey.generate("Ed25519"), now=NOW).key_id)
        store.records()
    assert len(calls) == 1


def test_store_replaced_under_another_passphrase_is_refused(path: Path) -> None:
    store = filled(path)
    path.unlink()
    EncryptedKeyStore.create(path, b"another")
    assert code_of(store.records) == "custody.passphrase"


# --- content -----------------------------------------------------------------------------------------------------------------

ENTRY: dict[str, Any] = {
    "algorithm": "Ed25519",
    "secret": encode_base64url(bytes(32)),
    "did": "did:web:example.org",
    "verification_method": "did:web:example.org#1",
    "state": "active",
    "created": "2026-06-15T09:00:00Z",
    "retired": None,
    "revoked_since": None,
}


def test_content_of_both_versions_is_read_and_the_newer_written() -> None:
    contents: list[JsonObject] = [{"keys": [ENTRY]}, {"version": 1, "keys": [ENTRY]}, {"version": 2, "keys": [ENTRY]}]
    for content in contents:
        stored = decode_content(canonicalize_json(content), known={})
        assert json.loads(encode_content(stored)) == {"version": 2, "keys": [ENTRY]}


def test_an_rsa_key_is_kept_whole() -> None:
    secret = PrivateKey.generate("RSA", bits=2_048)
    entry = {**ENTRY, "algorithm": "RSA", "secret": encode_base64url(secret.seed())}
    (stored,) = decode_content(canonicalize_json({"version": 2, "keys": [entry]}), known={}).values()
    assert (stored.private_key.public_key, stored.private_key.sign(b"x")) == (secret.public_key, secret.sign(b"x"))


@pytest.mark.parametrize(
    ("version", "code"), [(3, "store_newer"), (0, "store_damaged"), ("2", "store_damaged"), (None, "store_damaged"), (2.5, "store_damaged")]
)
def test_content_of_another_version(version: Any, code: str) -> None:
    content = canonicalize_json({"version": version, "keys": [ENTRY]})
    assert code_of(lambda: decode_content(content, known={})) == f"custody.{code}"


def test_entry_is_read() -> None:
    (stored,) = decode_content(canonicalize_json({"keys": [ENTRY]}), known={}).values()
    assert stored.record.verification_method == "did:web:example.org#1"
    assert stored.private_key.seed() == bytes(32)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        canonicalize_json({"keys": {}}),
        canonicalize_json({"keys": [7]}),
        canonicalize_json({"keys": [ENTRY, ENTRY]}),
        *(
            canonicalize_json({"keys": [ENTRY | change]})
            for change in (
                {"extra": 1},
                {"algorithm": "P-521"},
                {"algorithm": 7},
                {"secret": "AAAA"},
                {"secret": "canary*"},
                {"did": "did:web:example.com"},
                {"did": 7},
                {"verification_method": "did:web:example.org"},
                {"state": "sleeping"},
                {"state": None},
                {"created": "yesterday"},
                {"created": None},
                {"retired": 7},
                {"revoked_since": "canary"},
            )
        ),
    ],
)
def test_content_that_is_not_ours_is_damage(content: bytes) -> None:
    assert code_of(lambda: decode_content(content, known={})) == "custody.store_damaged"


def test_file_holds_nothing_but_the_sealed_form(path: Path) -> None:
    filled(path)
    assert sorted(json.loads(path.read_bytes())) == ["ciphertext", "digest", "format", "kdf", "key_check", "nonce"]
