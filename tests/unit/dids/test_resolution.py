"""The resolver: table, own documents, fragments, methods that fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from atesto.dids.methods.jwk import did_jwk
from atesto.dids.methods.key import did_key, did_key_method, resolve_did_key
from atesto.dids.resolution import METHODS, Resolver
from atesto.encoding.multibase import encode_base58btc
from atesto.errors import AtestoError
from atesto.keys.algorithms import ALGORITHMS
from atesto.keys.multikey import public_multikey
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import KeyResolver

A = PrivateKey.from_seed("Ed25519", bytes([1]) * 32).public_key
B = PrivateKey.from_seed("Ed25519", bytes([2]) * 32).public_key
FRAGMENT_OF_B = public_multikey(B)


def test_table() -> None:
    assert sorted(METHODS) == ["jwk", "key", "web"]
    with pytest.raises(TypeError):
        METHODS["webvh"] = resolve_did_key  # type: ignore[index]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
async def test_did_key_and_did_jwk(algorithm: str) -> None:
    resolver: KeyResolver = Resolver()
    key = PrivateKey.generate(algorithm).public_key
    for method_id in (did_key_method(key), did_jwk(key) + "#0"):
        method = await resolver.resolve(method_id)
        assert (method.id, method.controller, method.public_key) == (method_id, method_id.partition("#")[0], key)
        assert method.relationships == {"assertionMethod", "authentication", "capabilityDelegation", "capabilityInvocation"}


REFUSED = {
    "DID of A with fragment of B": (f"{did_key(A)}#{FRAGMENT_OF_B}", "did.method_not_found"),
    "did:jwk with another fragment": (did_jwk(A) + "#1", "did.method_not_found"),
    "bare DID": (did_key(A), "did.method_url_malformed"),
    "wrong-case method": (did_key_method(A).replace("did:key", "did:Key"), "did.invalid"),
    "over-long varint": ("did:key:" + encode_base58btc(b"\xed\x81\x00" + A.raw) + "#a", "key.malformed"),
    "X25519": ("did:key:" + encode_base58btc(b"\xec\x01" + A.raw) + "#a", "key.unsupported"),
    "33-byte key": ("did:key:" + encode_base58btc(b"\xed\x01" + A.raw + b"\0") + "#a", "key.length"),
    "did:web without a fetcher": ("did:web:example.org#key-1", "did.unreachable"),
    "did:web with broken syntax": ("did:web:example.org:#key-1", "did.invalid"),
    "unknown method": ("did:example:123#key-1", "did.method_not_supported"),
    "very long did:key": ("did:key:z" + "6" * 200_000 + "#a", "did.invalid"),
}


@pytest.mark.parametrize(("method_id", "code"), REFUSED.values(), ids=REFUSED)
async def test_refused(method_id: str, code: str) -> None:
    with pytest.raises(AtestoError) as caught:
        await Resolver().resolve(method_id)
    assert (caught.value.code, caught.value.pointer) == (code, "")


WEB = Did("did:web:example.org")


def web_document(**members: Any) -> dict[str, Any]:
    method = {"id": WEB + "#k", "type": "Multikey", "controller": WEB, "publicKeyMultibase": public_multikey(A)} | members
    return {"id": WEB, "verificationMethod": [method], "assertionMethod": [WEB + "#k"]}


async def test_own_documents_are_answered_first_and_live() -> None:
    documents: dict[Did, JsonObject] = {}
    resolver = Resolver(documents)
    with pytest.raises(AtestoError) as caught:
        await resolver.resolve(WEB + "#k")
    assert caught.value.code == "did.unreachable"
    documents[WEB] = web_document(revoked="2026-01-01T00:00:00Z")
    assert (await resolver.resolve(WEB + "#k")).revoked is not None
    own_key = resolve_did_key(did_key(B)) | {"assertionMethod": []}
    documents[did_key(B)] = own_key
    assert "assertionMethod" not in (await resolver.resolve(did_key_method(B))).relationships


async def test_methods_that_fetch_are_awaited() -> None:
    asked = []

    async def resolve_did_example(did: Did, *, fetcher: Any, budget: Any) -> JsonObject:
        asked.append(did)
        return web_document()

    resolver = Resolver(methods={**METHODS, "web": resolve_did_example})
    assert (await resolver.resolve(WEB + "#k")).public_key == A
    assert asked == [WEB]
    with pytest.raises(AtestoError) as caught:
        await resolver.resolve("did:web:example.com#k")
    assert caught.value.code == "did.document_mismatch"


async def test_fault_in_a_document_is_told_in_words_not_as_a_pointer() -> None:
    resolver = Resolver({WEB: web_document(controller="did:web:victim.example")})
    with pytest.raises(AtestoError) as caught:
        await resolver.resolve(WEB + "#k")
    assert caught.value.code == "did.controller_mismatch"
    assert caught.value.pointer == ""
    assert "/verificationMethod/0/controller of the document of did:web:example.org" in caught.value.detail


async def test_document_is_a_copy() -> None:
    documents = {WEB: web_document()}
    resolver = Resolver(documents)
    answer = await resolver.resolve_document(WEB)
    assert answer == documents[WEB]
    answer["id"] = "changed"
    assert documents[WEB]["id"] == WEB
    with pytest.raises(AtestoError) as caught:
        await resolver.resolve_document("did:key")
    assert caught.value.code == "did.invalid"
