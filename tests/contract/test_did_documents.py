"""A node that is its did:web: what it publishes, and what others, its doctor among them, see of it over real connections."""

from __future__ import annotations

import asyncio
import functools
import json
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from atesto.cli import doctor
from atesto.cli.serve import _rules
from atesto.custody.publication import OwnDocuments, published_keys
from atesto.dids.methods.web import did_web
from atesto.dids.resolution import Resolver
from atesto.issuer_keys import issuer_key, published_document
from atesto.node import make_fetcher, open_node
from atesto.settings import Settings, load_settings
from atesto.web.application import make_application
from atesto.web.metrics import Metrics
from atesto.web.server import listen, serving, tls_context
from tests.simulators.doors import services
from tests.simulators.memory_key_store import MemoryKeyStore
from tests.simulators.tls_hosts import Authority, answer, host, says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from atesto.node import Node


def settings_of(**values: Any) -> Settings:
    return Settings(**values)


PUBLIC = settings_of(public_url="https://issuer.example", issuers={"school": {"own_did": True}})


def published() -> tuple[OwnDocuments, Any]:
    store = MemoryKeyStore()
    for name in ("default", "school"):
        issuer_key(store, PUBLIC, name)
    own = OwnDocuments(store)
    return own, services(published=functools.partial(published_document, PUBLIC, own))


async def test_the_jwk_set_is_served(doors: Any) -> None:
    client = await doors(services())
    assert (await client.get("/.well-known/jwks.json")).status == 404
    store = MemoryKeyStore()
    issuer_key(store, PUBLIC, "default")
    client = await doors(services(jwk_set=functools.partial(published_keys, store)))
    response = await client.get("/.well-known/jwks.json", headers={"Origin": "https://verifier.example"})
    assert (response.status, response.content_type) == (200, "application/jwk-set+json")
    found = json.loads(await response.read())
    assert found == published_keys(store)
    assert [key["iss"] for key in found["keys"]] == ["did:web:issuer.example"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (await client.get("/.well-known/jwks.json", headers={"If-None-Match": response.headers["ETag"]})).status == 304


async def test_the_documents_are_served(doors: Any) -> None:
    own, behind = published()
    client = await doors(behind)
    for path, did in {
        "/.well-known/did.json": "did:web:issuer.example",
        "/issuers/school/did.json": "did:web:issuer.example:issuers:school",
    }.items():
        response = await client.get(path, headers={"Origin": "https://wallet.example"})
        assert (response.status, response.content_type) == (200, "application/did+ld+json")
        assert json.loads(await response.read()) == own[did]  # type: ignore[index]
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        etag = response.headers["ETag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = await client.get(path, headers={"If-None-Match": known})
            assert (again.status, again.headers["ETag"], await again.read()) == (304, etag, b"")
        assert (await client.get(path, headers={"If-None-Match": '"other"'})).status == 200
        assert (await client.head(path)).status == 200
        assert (await client.options(path, headers={"Origin": "https://wallet.example"})).status == 204


@pytest.mark.parametrize("path", ["/did.json", "/issuers/default/did.json", "/issuers/nobody/did.json", "/a/b/did.json", "/../did.json"])
async def test_elsewhere_is_nothing(doors: Any, path: str) -> None:
    _, behind = published()
    response = await (await doors(behind)).get(path)
    assert (response.status, (await response.json(content_type=None))["code"]) == (404, "transport.not_found")


async def test_a_node_without_did_web_publishes_nothing(doors: Any) -> None:
    response = await (await doors()).get("/.well-known/did.json")
    assert (response.status, (await response.json(content_type=None))["code"]) == (404, "transport.not_found")


@pytest.fixture(name="authority", scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@asynccontextmanager
async def running(
    authority: Authority, folder: Path, monkeypatch: pytest.MonkeyPatch, path: str = ""
) -> AsyncIterator[tuple[Settings, Node]]:
    """A node on the loopback that speaks TLS, and its settings."""
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)
    chain, key = authority.pair("localhost")
    with listen("127.0.0.1", 0) as listener:
        url = f"https://localhost:{listener.getsockname()[1]}{path}"
        config = folder / "node.toml"
        config.write_text(
            f'profile = "development"\nfetch_loopback = true\nfetch_ca_file = "{authority.file}"\npublic_url = "{url}"\n'
            f'data = "{folder}/data"\ntls_cert = "{chain}"\ntls_key = "{key}"\n'
        )
        settings = load_settings({}, config=config)
        async with open_node(settings, serving=False) as node:
            application = make_application(node.services, _rules(settings, node, url), Metrics())
            async with serving(application, listener, tls=tls_context(chain, key), drain_seconds=0):
                yield settings, node


@pytest.mark.loopback
@pytest.mark.parametrize("path", ["", "/creds"])
async def test_others_resolve_the_node(authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    async with running(authority, tmp_path, monkeypatch, path) as (settings, node):
        assert node.services.did == did_web(settings.public_url or "")
        assert any("fetch_loopback is on" in notice for notice in node.notices)
        fetcher = make_fetcher(settings)
        document = await Resolver(fetcher=fetcher).resolve_document(node.services.did)
        await fetcher.close()
        assert document == await node.services.resolve(node.services.did)
        seen = await asyncio.to_thread(doctor._did_web, settings)
        assert (seen.state, node.services.did in seen.sentence) == ("right", True), seen
        assert settings.data is not None
        (settings.data / "keys" / "keys.json").rename(tmp_path / "gone")
        seen = await asyncio.to_thread(doctor._did_web, settings)
        assert seen.state == "note"


@pytest.mark.loopback
async def test_the_doctor_says_what_is_in_the_way(authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(authority, tmp_path, monkeypatch) as (settings, node):
        document = await node.services.resolve(node.services.did)

        async def seen_behind(data: bytes, *names: str) -> doctor.Seen:
            async with host(says(data), authority.context(*(names or ("localhost",)))) as there:
                monkeypatch.setattr("atesto.dids.methods.web.did_web_url", lambda _: f"https://localhost:{there.port}/did.json")
                return await asyncio.to_thread(doctor._looked, doctor._did_web, settings)

        for data, words in {
            answer(status="404 Not Found"): ("status 404", "must answer 200"),
            answer(b"<html>", media_type="text/html"): ("text/html", "Content-Type"),
            answer(b"<html>"): ("no document", ""),
            answer(json.dumps({**document, "id": "did:web:other.example"}).encode()): ("of another", "proxy"),
            answer(json.dumps({**document, "verificationMethod": []}).encode()): ("another document", "cache"),
        }.items():
            seen = await seen_behind(data)
            assert seen.state == "wrong"
            assert words[0] in seen.sentence
            assert words[1] in seen.hint
        seen = await seen_behind(answer(json.dumps(document).encode()))
        assert seen.state == "right"
        seen = await seen_behind(answer(), "other.example")
        assert (seen.state, "certificate" in seen.sentence) == ("wrong", True)


def test_the_doctor_of_a_node_without_did_web(tmp_path: Path) -> None:
    assert doctor._did_web(settings_of()).state == "note"
    unborn = settings_of(public_url="https://issuer.example", keys=tmp_path)
    assert doctor._did_web(unborn).sentence.startswith("The node will be did:web:issuer.example")
