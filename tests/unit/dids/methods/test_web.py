"""did:web and https controllers: addresses, documents, and what is refused or left open. No sockets."""

from __future__ import annotations

from typing import Any

import pytest

from atesto import limits
from atesto.dids.did_url import parse_did
from atesto.dids.methods.web import did_web, did_web_url
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError, MalformedInput
from atesto.fetch_budget import FetchBudget
from atesto.keys.multikey import public_multikey
from atesto.keys.private_key import PrivateKey
from tests.simulators.memory_fetcher import MemoryFetcher

KEY = PrivateKey.from_seed("Ed25519", bytes([3]) * 32).public_key

ADDRESSES = {
    "did:web:w3c-ccg.github.io": "https://w3c-ccg.github.io/.well-known/did.json",
    "did:web:w3c-ccg.github.io:user:alice": "https://w3c-ccg.github.io/user/alice/did.json",
    "did:web:example.com%3A3000": "https://example.com:3000/.well-known/did.json",
    "did:web:example.com%3A3000:user:alice": "https://example.com:3000/user/alice/did.json",
    "did:web:example.com%3a443:a": "https://example.com:443/a/did.json",
    "did:web:xn--bcher-kva.example": "https://xn--bcher-kva.example/.well-known/did.json",
    "did:web:localhost%3A8443": "https://localhost:8443/.well-known/did.json",
    "did:web:example.com:a%20b:%7Ec:..d": "https://example.com/a%20b/%7Ec/..d/did.json",
    "did:web:a.b": "https://a.b/.well-known/did.json",
}


@pytest.mark.parametrize(("did", "url"), ADDRESSES.items())
def test_addresses(did: str, url: str) -> None:
    assert did_web_url(parse_did(did)) == url


REFUSED = {
    "dotted IP": "did:web:127.0.0.1",
    "public IP": "did:web:93.184.216.34",
    "decimal IP": "did:web:2130706433",
    "hexadecimal IP": "did:web:0x7f000001",
    "hexadecimal parts": "did:web:0x7f.0x0.0x0.0x1",
    "octal IP": "did:web:0177.0.0.1",
    "short IP": "did:web:127.1",
    "mapped IP": "did:web:%5B%3A%3Affff%3A127.0.0.1%5D",
    "IPv6": "did:web:%5B%3A%3A1%5D",
    "IPv6 as segments": "did:web:::1",
    "user": "did:web:user%40example.com",
    "user and password": "did:web:example.com%3Apw%40127.0.0.1",
    "encoded dot": "did:web:127%2E0.0.1",
    "encoded slash in the host": "did:web:example.com%2Fpath",
    "encoded slash": "did:web:example.com:a%2Fb",
    "encoded slash, lower case": "did:web:example.com:a%2fb",
    "encoded backslash": "did:web:example.com:a%5Cb",
    "encoded percent sign": "did:web:example.com:a%252Fb",
    "dot segment": "did:web:example.com:..:x",
    "single dot": "did:web:example.com:.:x",
    "encoded dot segment": "did:web:example.com:%2e%2e:x",
    "half encoded dot segment": "did:web:example.com:.%2E:x",
    "NUL": "did:web:example.com:a%00",
    "NUL in the host": "did:web:example.com%00.evil.example",
    "line feed": "did:web:example.com:a%0A",
    "delete": "did:web:example.com:a%7F",
    "encoded IDN": "did:web:b%C3%BCcher.example",
    "full-width digits": "did:web:%E2%91%A0.0.0.1",
    "upper case": "did:web:Example.com",
    "dot at the end": "did:web:example.com.",
    "dot at the start": "did:web:.example.com",
    "hyphen at the start": "did:web:-example.com",
    "underscore": "did:web:a_b.example",
    "long label": "did:web:" + "a" * 64 + ".example",
    "long host": "did:web:" + "a." * 127 + "example",
    "port 0": "did:web:example.com%3A0",
    "port with a zero before": "did:web:example.com%3A0443",
    "port too large": "did:web:example.com%3A65536",
    "port of letters": "did:web:example.com%3Ahttps",
    "no port": "did:web:example.com%3A",
    "two ports": "did:web:example.com%3A80%3A443",
    "empty segment": "did:web:example.com::a",
    "no host": "did:web::a",
}


@pytest.mark.parametrize("did", REFUSED.values(), ids=REFUSED)
async def test_refused_without_a_fetch(did: str) -> None:
    fetcher = MemoryFetcher()
    with pytest.raises(AtestoError) as caught:
        await Resolver(fetcher=fetcher).resolve_document(did)
    assert (caught.value.code, fetcher.asked) == ("did.invalid", [])


@pytest.mark.parametrize(
    "text",
    ["did:web:user@example.com", "did:web:[::1]", "did:web:bücher.example", "did:web:a.example/b", "did:web:a\0", "did:WEB:a.example"],
)
def test_refused_as_no_did_at_all(text: str) -> None:
    with pytest.raises(MalformedInput):
        parse_did(text)


OWN = {
    "https://issuer.example": "did:web:issuer.example",
    "https://issuer.example/": "did:web:issuer.example",
    "https://issuer.example:443": "did:web:issuer.example",
    "https://issuer.example:8443/a/b": "did:web:issuer.example%3A8443:a:b",
    "https://issuer.example/a/": "did:web:issuer.example:a",
    "https://localhost:8443": "did:web:localhost%3A8443",
}


@pytest.mark.parametrize(("url", "did"), OWN.items())
def test_the_did_of_a_url(url: str, did: str) -> None:
    assert did_web(url) == did


@pytest.mark.parametrize(
    "url",
    ["", "http://issuer.example", "https://127.0.0.1:8443", "https://[::1]", "https://Issuer.example", "https://issuer.example/a b",
     "https://issuer.example/..", "https://issuer.example//a", "https://issuer.example:99999", "https://issuer.example?a"],
)  # fmt: skip
def test_urls_without_a_did(url: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        did_web(url)
    assert caught.value.code == "did.invalid"


def document(controller: str, **members: Any) -> dict[str, Any]:
    method = {"id": controller + "#k", "type": "Multikey", "controller": controller, "publicKeyMultibase": public_multikey(KEY)}
    return {"id": controller, "verificationMethod": [method], "assertionMethod": ["#k"]} | members


DID = "did:web:example.com:a"
URL = "https://example.com/a/did.json"
CONTROLLER = "https://example.com/issuers/1?v=2"
BOTH = pytest.mark.parametrize(("controller", "url"), [(DID, URL), (CONTROLLER, CONTROLLER)], ids=["did:web", "https"])


@BOTH
async def test_a_key_is_found_in_the_fetched_document(controller: str, url: str) -> None:
    fetcher = MemoryFetcher({url: document(controller)})
    method = await Resolver(fetcher=fetcher).resolve(controller + "#k")
    assert (method.controller, method.public_key) == (controller, KEY)
    assert method.relationships == {"assertionMethod"}
    assert fetcher.asked == [url]


BAD_DOCUMENTS: dict[str, tuple[Any, str]] = {
    "another's": (lambda c: document("did:web:example.org"), "did.document_mismatch"),
    "with a slash too many": (lambda c: document(c, id=c + "/"), "did.document_mismatch"),
    "without id": (lambda c: {"verificationMethod": []}, "did.document_mismatch"),
    "without the key": (lambda c: document(c, verificationMethod=[]), "did.method_not_found"),
    "whose key is another's": (
        lambda c: document(c, verificationMethod=[document(c)["verificationMethod"][0] | {"controller": "did:web:victim.example"}]),
        "did.controller_mismatch",
    ),
    "a list": (lambda c: [document(c)], "did.document_malformed"),
    "HTML": (lambda c: b"<!doctype html>", "did.document_malformed"),
    "empty": (lambda c: b"", "did.document_malformed"),
    "with a name twice": (lambda c: b'{"id":"a","id":"b"}', "did.document_malformed"),
    "cut off": (lambda c: b'{"id":"did:web:example.com:a"', "did.document_malformed"),
    "with a byte order mark": (lambda c: b"\xef\xbb\xbf{}", "did.document_malformed"),
    "too large": (lambda c: document(c, x="x" * limits.MAX_DID_DOCUMENT_BYTES), "did.unreachable"),
}


@BOTH
@pytest.mark.parametrize(("make", "code"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
async def test_bad_documents(make: Any, code: str, controller: str, url: str) -> None:
    with pytest.raises(AtestoError) as caught:
        await Resolver(fetcher=MemoryFetcher({url: make(controller)})).resolve(controller + "#k")
    assert (caught.value.code, caught.value.pointer) == (code, "")
    assert caught.value.entry.undecided is (code == "did.unreachable")


@BOTH
async def test_silent_hosts_leave_it_open(controller: str, url: str) -> None:
    with pytest.raises(AtestoError) as caught:
        await Resolver(fetcher=MemoryFetcher()).resolve(controller + "#k")
    assert caught.value.code == "did.unreachable"
    assert "No connection" in caught.value.detail


async def test_media_types() -> None:
    for media_type, read in [
        ("application/did+ld+json", True),
        ("application/did+json", True),
        ("text/html", False),
        ("text/plain", False),
    ]:
        resolver = Resolver(fetcher=MemoryFetcher({URL: document(DID)}, media_type=media_type))
        if read:
            assert (await resolver.resolve_document(DID))["id"] == DID
        else:
            with pytest.raises(AtestoError) as caught:
                await resolver.resolve_document(DID)
            assert caught.value.code == "did.unreachable"


async def test_the_budget_is_the_callers() -> None:
    fetcher = MemoryFetcher({URL: document(DID)})
    with pytest.raises(AtestoError) as caught:
        await Resolver(fetcher=fetcher).resolve(DID + "#k", budget=FetchBudget(0))
    assert (caught.value.code, fetcher.asked) == ("fetch.too_many", [])


async def test_own_documents_are_not_fetched() -> None:
    fetcher = MemoryFetcher()
    own = {parse_did(DID): document(DID)}
    assert (await Resolver(own, fetcher=fetcher).resolve(DID + "#k")).public_key == KEY
    assert fetcher.asked == []
