"""A key store in memory: the port without files, for tests of custody and of whole exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.errors import CustodyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.custody.key_record import KeyRecord
    from atesto.custody.key_store import KeyChange
    from atesto.keys.private_key import PrivateKey


class MemoryKeyStore:
    """A `KeyStore` that forgets everything at the end."""

    def __init__(self) -> None:
        self.broken: CustodyError | None = None
        self._records: tuple[KeyRecord, ...] = ()
        self._secrets: dict[str, PrivateKey] = {}

    def records(self) -> tuple[KeyRecord, ...]:
        if self.broken is not None:
            raise self.broken
        return self._records

    def private_key(self, key_id: str) -> PrivateKey:
        if key_id not in self._secrets:
            raise CustodyError("custody.key_not_found", "There is no such key.")
        return self._secrets[key_id]

    def update(self, operation: Callable[[tuple[KeyRecord, ...]], KeyChange]) -> None:
        change = operation(self._records)
        by_id = {record.key_id: record for record in self._records} | {record.key_id: record for record in change.records}
        secrets = {key.public_key: key for key in change.new_keys}
        for record in change.records:
            if record.key_id not in self._secrets:
                if record.public_key not in secrets:
                    raise CustodyError("custody.key_not_found", "The secret was not handed over.")
                self._secrets[record.key_id] = secrets[record.public_key]
        self._records = tuple(by_id.values())
