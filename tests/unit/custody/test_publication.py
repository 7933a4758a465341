"""What is published of the keys in custody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from atesto.custody.lifecycle import create_key, retire_key, revoke_key, rotate_key
from atesto.custody.publication import OwnDocuments, published_keys
from atesto.dids.methods.key import resolve_did_key
from atesto.dids.resolution import Resolver
from atesto.errors import CustodyError, ResolutionError
from atesto.keys.jwk import jwk_thumbprint, parse_public_jwk
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did, DidUrl
from tests.simulators.memory_key_store import MemoryKeyStore

if TYPE_CHECKING:
    from atesto.keys.public_key import PublicKey

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
KEY = PrivateKey.from_seed("Ed25519", bytes([9]) * 32)
OTHER = PrivateKey.from_seed("P-256", bytes([1]) * 32)
WEB = Did("did:web:example.org")


def on_the_web(key: PublicKey) -> tuple[Did, DidUrl]:
    return WEB, DidUrl(f"{WEB}#{jwk_thumbprint(key)}")


def test_own_did_key_is_published_as_it_resolves() -> None:
    store = MemoryKeyStore()
    record = create_key(store, KEY, now=NOW)
    own = OwnDocuments(store)
    assert dict(own) == {record.did: resolve_did_key(record.did)}
    assert len(own) == 1


async def test_rotated_keys_stay_published_under_one_did() -> None:
    store = MemoryKeyStore()
    own = OwnDocuments(store)
    resolver = Resolver(own)
    old = create_key(store, KEY, now=NOW, naming=on_the_web)
    new = rotate_key(store, old.key_id, OTHER, now=NOW)
    document: Any = own[WEB]
    names = [old.verification_method, new.verification_method]
    assert [method["id"] for method in document["verificationMethod"]] == [*names, *(name + "-jwk" for name in names)]
    assert document["assertionMethod"] == [*names, *(name + "-jwk" for name in names)]
    assert {(method["type"], len(method)) for method in document["verificationMethod"]} == {("Multikey", 4), ("JsonWebKey", 4)}
    for record in (old, new):
        for name in (record.verification_method, record.verification_method + "-jwk"):
            method = await resolver.resolve(name)
            assert method.public_key == record.public_key
            assert "assertionMethod" in method.relationships
            assert method.revoked is None


def test_the_jwk_set_of_the_node() -> None:
    store = MemoryKeyStore()
    assert published_keys(store) is None
    create_key(store, KEY, now=NOW)
    assert published_keys(store) is None
    old = create_key(store, OTHER, now=NOW, naming=on_the_web)
    new = rotate_key(store, old.key_id, PrivateKey.generate("RSA", bits=2_048), now=NOW)
    found: Any = published_keys(store)
    assert [(key["kid"], key["iss"], key["use"], key["alg"]) for key in found["keys"]] == [
        (old.verification_method + "-jwk", WEB, "sig", "ES256"),
        (new.verification_method + "-jwk", WEB, "sig", "RS256"),
    ]
    assert [parse_public_jwk(key) for key in found["keys"]] == [old.public_key, new.public_key]
    revoke_key(store, old.key_id, since=NOW)
    found = published_keys(store)
    assert [key["kid"] for key in found["keys"]] == [new.verification_method + "-jwk"]


async def test_revoked_key_is_published_with_its_time() -> None:
    store = MemoryKeyStore()
    record = create_key(store, KEY, now=NOW)
    resolver = Resolver(OwnDocuments(store))
    since = NOW + timedelta(hours=1)
    revoke_key(store, record.key_id, since=since)
    assert (await resolver.resolve(record.verification_method)).revoked == since
    revoke_key(store, record.key_id, since=None)
    revoked = (await resolver.resolve(record.verification_method)).revoked
    # Unknown time: no date that a thief may write lies before.
    assert revoked == datetime.min.replace(tzinfo=UTC)


async def test_retired_key_is_not_published_as_revoked() -> None:
    store = MemoryKeyStore()
    record = create_key(store, KEY, now=NOW)
    retire_key(store, record.key_id, now=NOW)
    assert (await Resolver(OwnDocuments(store)).resolve(record.verification_method)).revoked is None


async def test_broken_store_leaves_foreign_keys_alone_and_own_ones_undecided() -> None:
    store = MemoryKeyStore()
    record = create_key(store, KEY, now=NOW)
    own = OwnDocuments(store)
    resolver = Resolver(own)
    store.broken = CustodyError("custody.store_damaged", "broken")
    did = Did("did:key:" + "z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG")
    assert (await resolver.resolve_document(did))["id"] == did
    with pytest.raises(ResolutionError) as caught:
        await resolver.resolve(record.verification_method)
    assert caught.value.code == "did.unreachable"
    assert caught.value.entry.undecided
    with pytest.raises(CustodyError):
        list(own)
