"""The key store of a node: one encrypted file, mode 0600, in a folder of mode 0700.

- Opened once: the passphrase is stretched once and not kept. Reads see what any process wrote last, at the price of one `stat`.
- Written whole or not at all: temporary file, fsync, rename, fsync of the folder; a lock file keeps two processes from writing at once.
- Loose permissions, a wrong passphrase and damage are refused, each with its own code.

Not defended against: somebody who can read this process's memory, or both the file and the passphrase; an old copy of the file put back
by somebody who can write the folder (that brings a retired key back to life).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.adapters.key_store_content import StoredKey, decode_content, encode_content
from atesto.adapters.private_file import (
    check_private_folder,
    make_private_folder,
    read_private_file,
    write_private_file,
)
from atesto.adapters.sealed_file import SealingKey, seal, unseal, unseal_with
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from atesto.custody.key_record import KeyRecord
    from atesto.custody.key_store import KeyChange
    from atesto.keys.private_key import PrivateKey

_LOCK_PAUSE_SECONDS: Final = 0.02


class EncryptedKeyStore:
    """A `KeyStore` in one file. Made by `create` or `open`; safe for threads and processes, not for network file systems without locks."""

    def __init__(self, path: Path, sealing_key: SealingKey) -> None:
        """Use `create` or `open`."""
        self._path: Final = path
        self._sealing_key: Final = sealing_key
        self._mutex: Final = threading.RLock()
        self._seen: tuple[int, ...] = ()
        self._keys: dict[str, StoredKey] = {}
        self._records: tuple[KeyRecord, ...] = ()

    @classmethod
    def create(cls, path: Path, passphrase: bytes) -> EncryptedKeyStore:
        """A new empty store at `path`; its folder is made, or closed to others.

        Raises CustodyError `custody.store_exists`, `custody.store_unwritable`, `custody.insecure_permissions`.
        """
        make_private_folder(path.parent)
        store = cls(path, SealingKey.fresh(passphrase))
        with store._locked():
            if path.exists():
                raise CustodyError("custody.store_exists", f"There is a key store {path} already.")
            write_private_file(path, seal(encode_content({}), store._sealing_key))
        store.records()
        return store

    @classmethod
    def open(cls, path: Path, passphrase: bytes) -> EncryptedKeyStore:
        """The store at `path`.

        Raises CustodyError `custody.store_missing`, `custody.insecure_permissions`, `custody.passphrase`, `custody.store_damaged`.
        """
        check_private_folder(path.parent)
        before = _identity(path)
        content, sealing_key = unseal(read_private_file(path, max_bytes=limits.MAX_KEY_STORE_BYTES), passphrase)
        store = cls(path, sealing_key)
        store._take(content, before)
        return store

    def records(self) -> tuple[KeyRecord, ...]:
        """Every record as last written by any process, in the order of creation; the same tuple as long as nothing was written."""
        with self._mutex:
            self._refresh()
            return self._records

    def private_key(self, key_id: str) -> PrivateKey:
        """The secret half, whatever the key's state. Raises CustodyError `custody.key_not_found`."""
        with self._mutex:
            self._refresh()
            stored = self._keys.get(key_id)
        if stored is None:
            raise CustodyError("custody.key_not_found", f"There is no key {key_id[:64]!r} in custody.")
        return stored.private_key

    def update(self, operation: Callable[[tuple[KeyRecord, ...]], KeyChange]) -> None:
        """Applies `operation` alone among all threads and processes; durable when it returns. Raises CustodyError, and what it raises."""
        with self._mutex, self._locked():
            self._refresh()
            change = operation(self._records)
            secrets = {key.public_key: key for key in change.new_keys}
            keys = dict(self._keys)
            for record in change.records:
                known = keys.get(record.key_id)
                secret = known.private_key if known is not None else secrets.get(record.public_key)
                if secret is None:
                    raise CustodyError("custody.key_not_found", f"The secret of {record.verification_method} was not handed over.")
                keys[record.key_id] = StoredKey(record, secret)
            self._remove_leftovers()
            write_private_file(self._path, seal(encode_content(keys), self._sealing_key))
            self._refresh()

    def __repr__(self) -> str:
        return f"EncryptedKeyStore({str(self._path)!r})"

    def _refresh(self) -> None:
        check_private_folder(self._path.parent)
        # The identity is taken before the content: a write between the two is read again, never missed.
        identity = _identity(self._path)
        if identity != self._seen:
            data = read_private_file(self._path, max_bytes=limits.MAX_KEY_STORE_BYTES)
            self._take(unseal_with(data, self._sealing_key), identity)

    def _take(self, content: bytes, identity: tuple[int, ...]) -> None:
        self._keys = decode_content(content, known=self._keys)
        self._records = tuple(stored.record for stored in self._keys.values())
        self._seen = identity

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self._path.with_name(self._path.name + ".lock")
        try:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise CustodyError("custody.store_unwritable", f"The lock file {lock} cannot be opened: {error.strerror}.") from None
        try:
            deadline = time.monotonic() + limits.KEY_STORE_LOCK_SECONDS
            while not _lock(descriptor):
                if time.monotonic() >= deadline:
                    raise CustodyError("custody.store_locked", f"Another process holds {lock}.")
                time.sleep(_LOCK_PAUSE_SECONDS)
            yield
        finally:
            # Closing releases the lock; the file stays, since removing it would let two processes lock two files.
            os.close(descriptor)

    def _remove_leftovers(self) -> None:
        """Removes what a crashed write left: ciphertext only, and nobody writes while we hold the lock."""
        for leftover in self._path.parent.glob(f".{self._path.name}.*.new"):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _identity(path: Path) -> tuple[int, ...]:
    """What changes when the file does: every write renames a new file into place."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise CustodyError("custody.store_missing", f"There is no key store {path}.") from None
    except OSError as error:
        raise CustodyError("custody.insecure_permissions", f"The key store {path} cannot be looked at: {error.strerror}.") from None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode
