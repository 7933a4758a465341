"""`GET /identifiers/{did}`: what a resolver answers, row by row of what the did:key suite asks, and for did:web."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from yarl import URL

from atesto.dids.methods.key import did_key, did_key_method
from atesto.dids.resolution import Resolver
from atesto.encoding.multibase import encode_base58btc
from atesto.keys.private_key import PrivateKey
from tests.reference_data import reference
from tests.simulators.doors import services
from tests.simulators.memory_fetcher import MemoryFetcher

DID = "did:key:z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b"
MULTIBASE = DID.removeprefix("did:key:")
METHOD = f"{DID}#{MULTIBASE}"
AGREEMENT = f"{DID}#z6LSfHfAMAopsuBxaBzvp51GXrPf38Az13j2fmwqadbwwrzJ"
P256 = PrivateKey.from_seed("P-256", bytes([1]) * 32).public_key
HEADERS = {"Accept": 'application/ld+json;profile="https://w3id.org/did-resolution"'}


async def resolve(doors: Any, text: str, *, raw: bool = False, behind: Any = None, **query: Any) -> tuple[int, Any]:
    client = await doors(behind)
    path = text if raw else quote(text, safe="")
    url = URL(f"/identifiers/{path}" + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""), encoded=True)
    response = await client.get(url, headers=HEADERS)
    assert response.content_type == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    body = json.loads(await response.read())
    assert {"@context", "didDocument", "didDocumentMetadata"} < {*body}
    assert ("didResolutionMetadata" in body) != ("didDereferencingMetadata" in body)
    return response.status, body


RESOLUTION, DEREFERENCING = "didResolutionMetadata", "didDereferencingMetadata"
ROWS: dict[str, tuple[str, dict[str, Any], str, str, int]] = {
    "scheme is not did": ("notDid:key:" + MULTIBASE, {}, RESOLUTION, "invalidDid", 400),
    "version is no positive integer": (f"did:key:-4:{MULTIBASE}", {}, RESOLUTION, "invalidDid", 400),
    "multibase is not z": ("did:key:" + MULTIBASE[1:], {}, RESOLUTION, "invalidDid", 400),
    "at sign": ("did:key:@", {}, RESOLUTION, "invalidDid", 400),
    "other method": ("did:experimental:" + MULTIBASE, {}, RESOLUTION, "methodNotSupported", 400),
    "key of another length": ("did:key:zTjsVPtY", {}, RESOLUTION, "invalidPublicKeyLength", 400),
    "DID URL with illegal characters": (f"{DID}/^bar^/?query=`#{MULTIBASE}", {}, DEREFERENCING, "invalidDidUrl", 400),
    "unknown format of a DID": (DID, {"publicKeyFormat": "unknown"}, RESOLUTION, "unsupportedPublicKeyType", 400),
    "format of 2018 of a method": (METHOD, {"publicKeyFormat": "Ed25519VerificationKey2018"}, DEREFERENCING, "invalidPublicKeyType", 400),
    "format of 2018 of a key agreement": (
        AGREEMENT,
        {"publicKeyFormat": "Ed25519VerificationKey2018", "enableExperimentalPublicKeyTypes": "false"},
        DEREFERENCING,
        "invalidPublicKeyType",
        400,
    ),
    "format of another key": (did_key(P256), {"publicKeyFormat": "Ed25519VerificationKey2020"}, RESOLUTION, "invalidPublicKeyType", 400),
    "fragment that is not there": (AGREEMENT, {}, DEREFERENCING, "notFound", 404),
    "weak key": ("did:key:" + encode_base58btc(b"\xed\x01\x01" + bytes(31)), {}, RESOLUTION, "invalidPublicKey", 400),
    "did:web that is no host": ("did:web:127.0.0.1", {}, RESOLUTION, "invalidDid", 400),
    "did:web that is silent": ("did:web:issuer.example", {}, RESOLUTION, "notFound", 404),
    "https URL": ("https://issuer.example#k", {}, DEREFERENCING, "invalidDidUrl", 400),
    "NUL": ("did:key:\0", {}, RESOLUTION, "invalidDid", 400),
    "very long": ("did:key:z" + "6" * 5000, {}, RESOLUTION, "invalidDid", 400),
}


@pytest.mark.parametrize(("text", "query", "member", "error", "status"), ROWS.values(), ids=ROWS)
async def test_errors(doors: Any, text: str, query: dict[str, Any], member: str, error: str, status: int) -> None:
    answered, body = await resolve(doors, text, **query)
    assert (answered, body["didDocument"]) == (status, {})
    assert body[member]["error"] == error
    assert {"code", "message"} < {*body[member]}


async def test_a_did_answers_its_document(doors: Any) -> None:
    status, body = await resolve(doors, DID)
    assert (status, body["didDocument"]["id"]) == (200, DID)
    assert body["didResolutionMetadata"] == {"contentType": "application/did+ld+json"}


@pytest.mark.parametrize("key_format", [None, "Multikey", "JsonWebKey", "JsonWebKey2020", "Ed25519VerificationKey2020"])
async def test_a_verification_method_answers_itself(doors: Any, key_format: str | None) -> None:
    query: dict[str, Any] = {} if key_format is None else {"publicKeyFormat": key_format}
    status, body = await resolve(doors, METHOD, **query)
    found = body["didDocument"]
    assert (status, found["id"], found["controller"], found["type"]) == (200, METHOD, DID, key_format or "Multikey")
    assert ("publicKeyJwk" in found) == ((key_format or "").startswith("Json"))
    status, body = await resolve(doors, DID, **query)
    assert (status, body["didDocument"]["verificationMethod"][0]["type"]) == (200, key_format or "Multikey")


async def test_text_that_is_not_encoded_is_understood_too(doors: Any) -> None:
    assert (await resolve(doors, DID, raw=True))[1]["didDocument"]["id"] == DID
    assert (await resolve(doors, f"{DID}%23{MULTIBASE}", raw=True))[1]["didDocument"]["id"] == METHOD


def web_services() -> Any:
    did = "did:web:issuer.example%3A8443:a"
    method = {"id": did + "#k", "type": "Multikey", "controller": did, "publicKeyMultibase": MULTIBASE}
    document = {"@context": ["https://www.w3.org/ns/did/v1"], "id": did, "verificationMethod": [method], "assertionMethod": [did + "#k"]}
    return services(resolver=Resolver(fetcher=MemoryFetcher({"https://issuer.example:8443/a/did.json": document})))


@pytest.mark.parametrize("raw", [False, True])
async def test_did_web_is_fetched(doors: Any, raw: bool) -> None:
    status, body = await resolve(doors, "did:web:issuer.example%3A8443:a", raw=raw, behind=web_services())
    assert (status, body["didDocument"]["id"]) == (200, "did:web:issuer.example%3A8443:a")


async def test_a_method_of_did_web_is_dereferenced(doors: Any) -> None:
    status, body = await resolve(doors, "did:web:issuer.example%3A8443:a#k", behind=web_services(), publicKeyFormat="JsonWebKey")
    assert (status, body["didDocument"]["type"]) == (200, "Multikey")


async def test_own_dids_of_other_kinds(doors: Any) -> None:
    status, body = await resolve(doors, did_key_method(P256))
    assert (status, body["didDocument"]["id"]) == (200, did_key_method(P256))


@pytest.mark.parametrize("name", ["ed25519-x25519", "nist-curves", "rsa", "secp256k1"])
async def test_published_vectors(doors: Any, name: str) -> None:
    vectors = json.loads(reference("vectors", "did-key", name + ".json").read_bytes())
    for did, vector in vectors.items():
        status, body = await resolve(doors, did)
        assert (status, body["didDocument"]["id"]) == (200, did)
        assert body["didDocument"]["verificationMethod"][0]["id"] == vector["didDocument"]["verificationMethod"][0]["id"]


async def test_published_vectors_of_other_kinds(doors: Any) -> None:
    for did in json.loads(reference("vectors", "did-key", "bls12381.json").read_bytes()):
        status, body = await resolve(doors, did)
        assert (status, body["didResolutionMetadata"]["error"]) == (400, "unsupportedPublicKeyType")
