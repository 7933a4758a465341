"""Whether the parts of one node work: what `/health/ready` answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from atesto import limits
from atesto.custody.key_record import KeyState
from atesto.errors import AtestoError, StorageError, VerificationError
from atesto.web.services import Part

if TYPE_CHECKING:
    from atesto.adapters.key_store import EncryptedKeyStore
    from atesto.adapters.storage.journal import Journal
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import LinkedDataWorkers


async def parts_at_work(store: EncryptedKeyStore, journal: Journal, workers: LinkedDataWorkers) -> tuple[Part, ...]:
    """Whether keys, issuing record and worker processes work, each with a sentence. Raises nothing."""
    return (_keys_part(store), _record_part(journal), await _workers_part(workers))


def _keys_part(store: EncryptedKeyStore) -> Part:
    try:
        active = sum(record.state is KeyState.ACTIVE for record in store.records())
    except AtestoError as error:
        return Part("keys", works=False, sentence=error.entry.title)
    return Part("keys", works=active > 0, sentence=f"The key store is open and has {active} active {'key' if active == 1 else 'keys'}.")


def _record_part(journal: Journal) -> Part:
    if journal.healthy:
        return Part("issuing record", works=True, sentence="The issuing record can be written.")
    return Part("issuing record", works=False, sentence=StorageError("storage.unavailable", "").entry.title)


async def _workers_part(workers: LinkedDataWorkers) -> Part:
    try:
        async with asyncio.timeout(limits.WORKER_SECONDS):
            await workers.run(_one_quad)
    except VerificationError as error:
        if error.code == "transport.overloaded":
            return Part("workers", works=True, sentence="The worker processes are busy.")
        return Part("workers", works=False, sentence="The worker processes do not answer.")
    except (AtestoError, TimeoutError):
        return Part("workers", works=False, sentence="The worker processes do not answer.")
    return Part("workers", works=True, sentence="The worker processes answer.")


def _one_quad(processor: LinkedDataProcessor) -> None:
    """Canonicalizes one statement: says that a worker lives and has what it needs."""
    processor.canonicalize([("<urn:s>", "<urn:p>", "<urn:o>", "")], "sha256")
