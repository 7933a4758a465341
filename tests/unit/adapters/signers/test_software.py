"""The software signer: verified signatures of active keys, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from atesto.adapters.signers.software import SoftwareSigner
from atesto.custody.key_record import KeyRecord
from atesto.custody.key_store import KeyChange
from atesto.custody.lifecycle import create_key, name_as_did_key, retire_key, revoke_key
from atesto.errors import CustodyError
from atesto.keys.algorithms import SIGNING_ALGORITHMS
from atesto.keys.private_key import PrivateKey
from tests.simulators.memory_key_store import MemoryKeyStore

if TYPE_CHECKING:
    from atesto.ports import Signer

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("algorithm", SIGNING_ALGORITHMS)
async def test_signature_verifies(algorithm: str) -> None:
    store, key = MemoryKeyStore(), PrivateKey.generate(algorithm)
    record = create_key(store, key, now=NOW)
    signer: Signer = SoftwareSigner(store, record.key_id)
    assert (signer.verification_method, signer.public_key) == (record.verification_method, key.public_key)
    key.public_key.verify(await signer.sign(b"text"), b"text")


@pytest.mark.parametrize("end", ["retired", "revoked"])
async def test_ended_key_does_not_sign(end: str) -> None:
    store = MemoryKeyStore()
    record = create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    signer = SoftwareSigner(store, record.key_id)
    if end == "retired":
        retire_key(store, record.key_id, now=NOW)
    else:
        revoke_key(store, record.key_id, since=NOW)
    with pytest.raises(CustodyError) as caught:
        await signer.sign(b"text")
    assert caught.value.code == f"custody.key_{end}"
    with pytest.raises(CustodyError) as caught:
        SoftwareSigner(store, record.key_id)
    assert caught.value.code == f"custody.key_{end}"


def test_a_key_whose_secret_is_published_does_not_sign() -> None:
    """However it came into the store."""
    key, store = PrivateKey.from_seed("Ed25519", bytes(32)), MemoryKeyStore()
    did, method = name_as_did_key(key.public_key)
    record = KeyRecord(key.public_key, did, method, NOW)
    store.update(lambda _: KeyChange((record,), (key,)))
    with pytest.raises(CustodyError) as caught:
        SoftwareSigner(store, record.key_id)
    assert caught.value.code == "custody.published_key"


async def test_unreadable_store_does_not_sign() -> None:
    store = MemoryKeyStore()
    signer = SoftwareSigner(store, create_key(store, PrivateKey.generate("Ed25519"), now=NOW).key_id)
    store.broken = CustodyError("custody.store_missing", "gone")
    with pytest.raises(CustodyError) as caught:
        await signer.sign(b"text")
    assert caught.value.code == "custody.store_missing"


def test_unknown_key() -> None:
    with pytest.raises(CustodyError) as caught:
        SoftwareSigner(MemoryKeyStore(), "nobody")
    assert caught.value.code == "custody.key_not_found"


@pytest.mark.parametrize(
    "fault", [lambda signature: signature[:-1] + bytes([signature[-1] ^ 1]), lambda signature: signature[:-1], lambda _: b""]
)
@pytest.mark.parametrize("algorithm", SIGNING_ALGORITHMS)
async def test_faulty_signature_is_not_released(monkeypatch: pytest.MonkeyPatch, algorithm: str, fault: object) -> None:
    assert callable(fault)
    store = MemoryKeyStore()
    signer = SoftwareSigner(store, create_key(store, PrivateKey.generate(algorithm), now=NOW).key_id)
    right = PrivateKey.sign
    monkeypatch.setattr(PrivateKey, "sign", lambda self, data: fault(right(self, data)))
    with pytest.raises(CustodyError) as caught:
        await signer.sign(b"text")
    assert caught.value.code == "custody.signer_failed"


def test_secret_of_another_key_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryKeyStore()
    record = create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    monkeypatch.setattr(store, "private_key", lambda _: PrivateKey.generate("Ed25519"))
    with pytest.raises(CustodyError) as caught:
        SoftwareSigner(store, record.key_id)
    assert caught.value.code == "custody.signer_failed"
