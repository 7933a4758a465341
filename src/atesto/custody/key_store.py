"""The port to where keys are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.custody.key_record import KeyRecord
    from atesto.keys.private_key import PrivateKey


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What one operation writes: records to put in place by their key id, and the secrets of those that are new."""

    records: tuple[KeyRecord, ...]
    new_keys: tuple[PrivateKey, ...] = ()


class KeyStore(Protocol):
    """Keeps records and secrets together, durably, for several processes."""

    def records(self) -> tuple[KeyRecord, ...]:
        """Every record as last written by any process, in the order of creation. Raises CustodyError."""

    def private_key(self, key_id: str) -> PrivateKey:
        """The secret half, whatever the key's state: who signs must ask for that. Raises CustodyError `custody.key_not_found`."""

    def update(self, operation: Callable[[tuple[KeyRecord, ...]], KeyChange]) -> None:
        """Applies `operation` to the current records, alone among all processes, and returns when its change is durable.

        What `operation` raises passes through, and nothing is written. Raises CustodyError.
        """
