"""Finding one verification method in a document."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from atesto.dids.document import did_document, verification_method
from atesto.errors import AtestoError
from atesto.keys.jwk import public_jwk
from atesto.keys.multikey import public_multikey
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did

if TYPE_CHECKING:
    from collections.abc import Callable

DID = "did:web:example.org"
ID = DID + "#key-1"
KEY = PrivateKey.from_seed("Ed25519", bytes([7]) * 32).public_key
OTHER = PrivateKey.from_seed("P-256", bytes([7]) * 32).public_key


def method(**members: Any) -> dict[str, Any]:
    return {"id": ID, "type": "Multikey", "controller": DID, "publicKeyMultibase": public_multikey(KEY)} | members


def document(*methods: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"id": DID, "verificationMethod": list(methods) or [method()], "assertionMethod": [ID]} | members


def test_method_with_its_relationships() -> None:
    found = verification_method(document(authentication=[ID], keyAgreement=[DID + "#other"]), ID)
    assert (found.id, found.controller, found.public_key) == (ID, DID, KEY)
    assert found.relationships == {"assertionMethod", "authentication"}
    assert found.revoked is None
    assert found.expires is None


def test_method_without_relationship_is_found_with_none() -> None:
    assert verification_method(document(assertionMethod=[]), ID).relationships == frozenset()
    assert verification_method({"id": DID, "verificationMethod": [method()]}, ID).relationships == frozenset()


@pytest.mark.parametrize(
    "relationship", ["assertionMethod", "authentication", "capabilityDelegation", "capabilityInvocation", "keyAgreement"]
)
def test_every_relationship_is_read(relationship: str) -> None:
    assert verification_method(document(**({"assertionMethod": []} | {relationship: [ID]})), ID).relationships == {relationship}


def test_relative_references_are_resolved_against_the_document() -> None:
    found = verification_method(document(method(id="#key-1"), assertionMethod=["#key-1"]), ID)
    assert found.id == ID
    assert found.relationships == {"assertionMethod"}


def test_embedded_method_serves_its_relationship_alone() -> None:
    found = verification_method({"id": DID, "authentication": [method()], "assertionMethod": [ID]}, ID)
    assert found.relationships == {"authentication"}


def test_the_right_one_of_several_is_found() -> None:
    second = method(id=DID + "#key-2", publicKeyMultibase=public_multikey(OTHER))
    doc = document(second, method(), {"id": DID + "#strange", "type": "Unknown2030"}, assertionMethod=[DID + "#key-2", ID, 7, None])
    assert verification_method(doc, ID).public_key == KEY
    assert verification_method(doc, DID + "#key-2").public_key == OTHER


@pytest.mark.parametrize(
    ("members", "key"),
    [
        ({"type": "JsonWebKey", "publicKeyJwk": public_jwk(KEY)}, KEY),
        ({"type": "JsonWebKey2020", "publicKeyJwk": public_jwk(OTHER)}, OTHER),
        ({"type": "Ed25519VerificationKey2020", "publicKeyMultibase": public_multikey(KEY)}, KEY),
        ({"type": "Multikey", "publicKeyMultibase": public_multikey(OTHER)}, OTHER),
    ],
)
def test_types(members: dict[str, Any], key: object) -> None:
    assert verification_method(document({"id": ID, "controller": DID} | members), ID).public_key == key


def test_times_are_read() -> None:
    found = verification_method(document(method(revoked="2026-01-02T03:04:05Z", expires="2027-01-02T04:04:05+01:00")), ID)
    assert found.revoked == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.expires == datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_document_is_kept_as_it_is() -> None:
    original = document()
    before = copy.deepcopy(original)
    assert did_document(original, Did(DID)).as_json is original
    verification_method(original, ID)
    assert original == before


def drop(member: str) -> dict[str, Any]:
    return {name: value for name, value in method().items() if name != member}


M0 = "/verificationMethod/0"
REFUSED: dict[str, tuple[Callable[[], dict[str, Any]], str, str]] = {
    "document of another": (lambda: document(id="did:web:example.com"), "did.document_mismatch", "/id"),
    "document without id": (lambda: {"verificationMethod": [method()]}, "did.document_mismatch", "/id"),
    "document with a list as id": (lambda: document(id=[DID]), "did.document_mismatch", "/id"),
    "no methods": (lambda: {"id": DID}, "did.method_not_found", ""),
    "referenced and not defined": (lambda: document(method(id=DID + "#key-2")), "did.method_not_found", ""),
    "id without DID": (lambda: document(method(id="key-1")), "did.method_not_found", ""),
    "id of another DID": (lambda: document(method(id="did:web:example.com#key-1")), "did.method_not_found", ""),
    "id is a list": (lambda: document(method(id=[ID])), "did.method_not_found", ""),
    "defined twice": (lambda: document(method(), method()), "did.document_malformed", "/verificationMethod/1"),
    "defined twice, once relative": (lambda: document(method(), method(id="#key-1")), "did.document_malformed", "/verificationMethod/1"),
    "defined and embedded": (lambda: document(assertionMethod=[method()]), "did.document_malformed", "/assertionMethod/0"),
    "embedded twice": (
        lambda: {"id": DID, "authentication": [method()], "assertionMethod": [method()]},
        "did.document_malformed",
        "/authentication/0",
    ),
    "methods are an object": (lambda: document(verificationMethod=method()), "did.document_malformed", "/verificationMethod"),
    "relationship is text": (lambda: document(assertionMethod=ID), "did.document_malformed", "/assertionMethod"),
    "method is text": (lambda: document(verificationMethod=[method(), ID]), "did.document_malformed", "/verificationMethod/1"),
    "no controller": (lambda: document(drop("controller")), "did.document_malformed", M0 + "/controller"),
    "list of controllers": (lambda: document(method(controller=[DID])), "did.document_malformed", M0 + "/controller"),
    "another controller": (lambda: document(method(controller="did:web:victim.example")), "did.controller_mismatch", M0 + "/controller"),
    "no type": (lambda: document(drop("type")), "did.document_malformed", M0 + "/type"),
    "list of types": (lambda: document(method(type=["Multikey"])), "did.document_malformed", M0 + "/type"),
    "type of 2018": (lambda: document(method(type="Ed25519VerificationKey2018")), "key.unsupported", M0 + "/type"),
    "no key": (lambda: document(drop("publicKeyMultibase")), "did.document_malformed", M0),
    "two keys": (lambda: document(method(publicKeyJwk=public_jwk(OTHER))), "did.document_malformed", M0),
    "key of another type": (lambda: document(method(type="JsonWebKey")), "did.document_malformed", M0),
    "key is a number": (lambda: document(method(publicKeyMultibase=7)), "did.document_malformed", M0 + "/publicKeyMultibase"),
    "JWK as text": (
        lambda: document({"id": ID, "controller": DID, "type": "JsonWebKey", "publicKeyJwk": "{}"}),
        "did.document_malformed",
        M0 + "/publicKeyJwk",
    ),
    "P-256 as an Ed25519 type": (
        lambda: document(method(type="Ed25519VerificationKey2020", publicKeyMultibase=public_multikey(OTHER))),
        "key.malformed",
        M0 + "/publicKeyMultibase",
    ),
    "malformed Multikey": (lambda: document(method(publicKeyMultibase="z0")), "encoding.base58", M0 + "/publicKeyMultibase"),
    "malformed JWK": (
        lambda: document({"id": ID, "controller": DID, "type": "JsonWebKey", "publicKeyJwk": public_jwk(KEY) | {"crv": "X25519"}}),
        "key.unsupported",
        M0 + "/publicKeyJwk/crv",
    ),
    "secret published": (lambda: document(method(secretKeyMultibase="z3u2")), "key.weak", M0),
    "secret JWK published": (lambda: document(method(privateKeyJwk={})), "key.weak", M0),
    "revoked is a number": (lambda: document(method(revoked=7)), "did.document_malformed", M0 + "/revoked"),
    "revoked is null": (lambda: document(method(revoked=None)), "did.document_malformed", M0 + "/revoked"),
    "revoked is no time": (lambda: document(method(revoked="yesterday")), "time.malformed", M0 + "/revoked"),
    "expires is no time": (lambda: document(method(expires="2026-02-30T00:00:00Z")), "time.malformed", M0 + "/expires"),
    "embedded, faulty": (lambda: {"id": DID, "authentication": [method(type="X")]}, "key.unsupported", "/authentication/0/type"),
}


@pytest.mark.parametrize(("make", "code", "pointer"), REFUSED.values(), ids=REFUSED)
def test_refused(make: Callable[[], dict[str, Any]], code: str, pointer: str) -> None:
    with pytest.raises(AtestoError) as caught:
        verification_method(make(), ID)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


@pytest.mark.parametrize(
    "secret", ["secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58", "privateKeyHex"]
)
def test_every_form_of_secret_is_noticed(secret: str) -> None:
    with pytest.raises(AtestoError) as caught:
        verification_method(document(method(**{secret: "x"})), ID)
    assert caught.value.code == "key.weak"


@pytest.mark.parametrize("second", ["publicKeyJwk", "publicKeyBase58", "publicKeyHex", "publicKeyPem"])
def test_every_second_form_of_the_key_is_noticed(second: str) -> None:
    with pytest.raises(AtestoError) as caught:
        verification_method(document(method(**{second: "x"})), ID)
    assert caught.value.code == "did.document_malformed"


def test_method_url_is_checked_first() -> None:
    with pytest.raises(AtestoError) as caught:
        verification_method({}, DID)
    assert caught.value.code == "did.method_url_malformed"
