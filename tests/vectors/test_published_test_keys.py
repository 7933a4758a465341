"""Every key whose secret stands in the reference data is on the list of published test keys, and nothing is issued with any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.custody.lifecycle import create_key, rotate_key
from atesto.errors import AtestoError, CustodyError
from atesto.keys.jwk import parse_public_jwk
from atesto.keys.multikey import parse_public_multikey, parse_secret_multikey
from atesto.keys.private_key import PrivateKey
from atesto.keys.published_test_keys import PUBLISHED_TEST_KEYS, is_published_test_key
from tests.reference_data import reference
from tests.simulators.memory_key_store import MemoryKeyStore
from tests.simulators.parts import NOW, MemorySigner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.keys.public_key import PublicKey

GUIDE: Final = json.loads(reference("ob3", "spec", "ob-test-vector.meta.json").read_text(encoding="utf-8"))
FOLDERS: Final = ("di-eddsa", "di-ecdsa", "did-key", "jose-cookbook")


def secrets_in(value: Any) -> Iterator[PublicKey]:
    """The public halves of the secrets anywhere in a document, as far as they are of kinds that are used here."""
    if isinstance(value, dict):
        try:
            if "d" in value and "kty" in value:
                yield parse_public_jwk({name: value[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in value})
            for name in ("secretKeyMultibase", "privateKeyMultibase"):
                if name in value:
                    yield parse_secret_multikey(value[name]).public_key
        except AtestoError as error:
            assert error.code == "key.unsupported", error  # noqa: PT017 - what cannot be used needs no refusal
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from secrets_in(inner)


def published() -> Iterator[tuple[str, PublicKey]]:
    for folder in FOLDERS:
        for path in sorted(Path(reference("vectors", folder)).rglob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            for key in secrets_in(document):
                yield f"{folder}/{path.name}", key
            if folder == "did-key":
                for did in document:
                    if not did.startswith("did:key:z5T") and path.stem != "bls12381":
                        yield did, parse_public_multikey(did.removeprefix("did:key:"))


def test_every_one_is_on_the_list() -> None:
    found = [*published()]
    assert len(found) == 38
    assert [place for place, key in found if not is_published_test_key(key)] == []
    assert is_published_test_key(parse_public_multikey(GUIDE["public_key_multibase"]))
    listed = {key for _, key in found}
    # Besides these: the guide's key, and the two of RFC 9901, whose reference data is no JSON.
    assert len(PUBLISHED_TEST_KEYS) == len(listed) + 3


def test_other_keys_are_not_on_it() -> None:
    assert not is_published_test_key(MemorySigner.numbered(1).public_key)
    assert not is_published_test_key(PrivateKey.generate("P-256").public_key)


def test_none_is_taken_into_custody() -> None:
    key, store = PrivateKey.from_seed("Ed25519", bytes.fromhex(GUIDE["secret_key_seed_hex"])), MemoryKeyStore()
    with pytest.raises(CustodyError) as caught:
        create_key(store, key, now=NOW)
    assert caught.value.code == "custody.published_key"
    own = create_key(store, PrivateKey.generate("Ed25519"), now=NOW)
    with pytest.raises(CustodyError) as caught:
        rotate_key(store, own.key_id, key, now=NOW)
    assert (caught.value.code, [record.key_id for record in store.records()]) == ("custody.published_key", [own.key_id])
