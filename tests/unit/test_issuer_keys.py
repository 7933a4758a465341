"""Under which DID a node issues, at first and later, and what it publishes of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from atesto.adapters.signers.software import SoftwareSigner
from atesto.custody.lifecycle import create_key, name_under, retire_key, revoke_key, rotate_key
from atesto.custody.publication import OwnDocuments
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError, CustodyError, ResolutionError
from atesto.issuance.issue import Issuer
from atesto.issuer_keys import ensure_node_key, existing_key, issuer_key, new_key_naming, node_did, published_document
from atesto.keys.jwk import jwk_thumbprint
from atesto.keys.multikey import public_multikey
from atesto.keys.private_key import PrivateKey
from atesto.ports import Did
from atesto.proofs.suites import SUITES
from atesto.settings import IssuerSettings, Settings
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.memory_key_store import MemoryKeyStore
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, presentation, secured, verifier

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

PUBLIC = "https://issuer.example"
WEB = Did("did:web:issuer.example")


def settings(**values: Any) -> Settings:
    return Settings(**values)


def test_a_new_node_is_its_did_web() -> None:
    store = MemoryKeyStore()
    record = issuer_key(store, settings(public_url=PUBLIC), "default")
    assert record.did == WEB
    assert record.verification_method == f"{WEB}#{jwk_thumbprint(record.public_key)}"
    assert ensure_node_key(store, settings(public_url=PUBLIC)) is None
    assert issuer_key(store, settings(public_url=PUBLIC), "default") == record


@pytest.mark.parametrize(
    "values", [{}, {"public_url": "http://issuer.example"}, {"public_url": "https://192.0.2.1"}, {"public_url": PUBLIC, "did": "key"}]
)
def test_without_a_public_https_name_a_node_is_a_did_key(values: dict[str, Any]) -> None:
    store = MemoryKeyStore()
    assert node_did(settings(**values)) is None
    assert issuer_key(store, settings(**values), "default").did.startswith("did:key:")
    assert ensure_node_key(store, settings(**values)) is None


def test_did_web_that_cannot_be_is_said() -> None:
    for values in ({}, {"public_url": "http://issuer.example"}, {"public_url": "https://127.0.0.1:8443"}):
        with pytest.raises(AtestoError) as caught:
            node_did(settings(did="web", **values))
        assert caught.value.code == "settings.invalid"


def test_a_node_that_has_keys_keeps_its_issuers_and_gets_a_did_web() -> None:
    store = MemoryKeyStore()
    old = issuer_key(store, settings(), "default")
    public = settings(public_url=PUBLIC)
    assert issuer_key(store, public, "default") == old
    notice = ensure_node_key(store, public)
    assert notice is not None
    assert "https://issuer.example/.well-known/did.json" in notice
    assert ensure_node_key(store, public) is None
    assert issuer_key(store, public, "default") == old
    own = OwnDocuments(store)
    assert [*own] == [old.did, WEB]
    switched = issuer_key(store, settings(public_url=PUBLIC, did="web"), "default")
    assert switched.did == WEB
    named = settings(public_url=PUBLIC, did="web", issuers={"old": IssuerSettings(key=old.did)})
    assert issuer_key(store, named, "old") == old


def test_a_command_that_was_not_told_the_public_url_takes_the_key_that_is_there() -> None:
    store = MemoryKeyStore()
    record = issuer_key(store, settings(public_url=PUBLIC), "default")
    assert existing_key(store.records(), settings(), "default") == record


def test_a_node_that_moves_gets_new_keys_and_still_answers_for_the_old_ones() -> None:
    store = MemoryKeyStore()
    old = issuer_key(store, settings(public_url=PUBLIC), "default")
    moved = settings(public_url="https://new.example")
    record = issuer_key(store, moved, "default")
    assert record.did == "did:web:new.example"
    assert {*OwnDocuments(store)} == {old.did, record.did}


def test_issuers_with_a_did_of_their_own() -> None:
    store = MemoryKeyStore()
    public = settings(public_url=PUBLIC, issuers={"school": IssuerSettings(own_did=True), "other": IssuerSettings()})
    default, school, other = (issuer_key(store, public, name) for name in ("default", "school", "other"))
    assert (default.did, school.did, other) == (WEB, "did:web:issuer.example:issuers:school", default)
    own = OwnDocuments(store)
    assert published_document(public, own, "/issuers/school/did.json") == own[school.did]
    assert published_document(public, own, "/issuers/other/did.json") is None
    with pytest.raises(AtestoError) as caught:
        issuer_key(store, settings(issuers={"school": IssuerSettings(own_did=True)}), "school")
    assert caught.value.code == "settings.invalid"


def test_where_the_documents_stand() -> None:
    store = MemoryKeyStore()
    public = settings(public_url=PUBLIC + "/creds/", issuers={"school": IssuerSettings(own_did=True)})
    did = issuer_key(store, public, "default").did
    school = issuer_key(store, public, "school").did
    own = OwnDocuments(store)
    assert (did, school) == ("did:web:issuer.example:creds", "did:web:issuer.example:creds:issuers:school")
    for path, found in {
        "/creds/did.json": own[did],
        "/did.json": own[did],
        "/creds/issuers/school/did.json": own[school],
        "/issuers/school/did.json": own[school],
        "/.well-known/did.json": None,
        "/other/did.json": None,
    }.items():
        assert published_document(public, own, path) == found, path
    assert published_document(settings(public_url=PUBLIC), own, "/.well-known/did.json") is None
    assert published_document(settings(), own, "/did.json") is None


def test_new_keys_are_named_by_the_settings() -> None:
    key = PrivateKey.generate("P-256").public_key
    assert new_key_naming(settings(public_url=PUBLIC))(key)[0] == WEB
    assert new_key_naming(settings())(key)[0].startswith("did:key:")


class Life:
    """An issuer under one did:web, and a verifier elsewhere who fetches its document."""

    def __init__(self) -> None:
        self.store = MemoryKeyStore()
        self.own = OwnDocuments(self.store)
        self.first = create_key(self.store, PrivateKey.from_seed("Ed25519", bytes([5]) * 32), now=NOW, naming=name_under(WEB))

    async def issue(self, key_id: str, **members: Any) -> JsonObject:
        here = verifier(resolver=Resolver(self.own))
        issuer = Issuer("test", WEB, SoftwareSigner(self.store, key_id), SUITES["eddsa-rdfc-2022"], here, MemoryLedger())
        return await issuer.issue(credential(MemorySigner.numbered(1), issuer=WEB, **members), now=NOW)

    async def judged(self, document: JsonObject) -> str | None:
        """What a verifier elsewhere and the node itself say, which must be the same."""
        fetcher = MemoryFetcher({"https://issuer.example/.well-known/did.json": self.own[WEB]})
        codes = []
        for resolver in (Resolver(fetcher=fetcher), Resolver(self.own)):
            report = await verifier(resolver=resolver).verify_credential(document, now=NOW + timedelta(hours=2))
            codes.append(None if report.verified else report.problems[0].code)
        assert codes[0] == codes[1]
        return codes[0]


async def test_keys_change_and_the_did_stays() -> None:
    life = Life()
    old = await life.issue(life.first.key_id)
    second = rotate_key(life.store, life.first.key_id, PrivateKey.from_seed("Ed25519", bytes([6]) * 32), now=NOW)
    new = await life.issue(second.key_id)
    assert (second.did, old["issuer"], new["issuer"]) == (WEB, WEB, WEB)
    assert (await life.judged(old), await life.judged(new)) == (None, None)
    with pytest.raises(CustodyError) as caught:
        await life.issue(life.first.key_id)
    assert caught.value.code == "custody.key_retired"
    retire_key(life.store, second.key_id, now=NOW)
    assert (await life.judged(old), await life.judged(new)) == (None, None)
    revoke_key(life.store, life.first.key_id, since=NOW + timedelta(hours=1))
    assert await life.judged(old) is None
    revoke_key(life.store, life.first.key_id, since=NOW)
    assert (await life.judged(old), await life.judged(new)) == ("key.revoked", None)
    revoke_key(life.store, second.key_id, since=None)
    assert await life.judged(new) == "key.revoked"


async def test_a_silent_host_leaves_a_credential_unconfirmed() -> None:
    life = Life()
    document = await life.issue(life.first.key_id)
    report = await verifier(resolver=Resolver(fetcher=MemoryFetcher())).verify_credential(document, now=NOW)
    assert (report.verdict, report.problems[0].code) == ("not_confirmed", "did.unreachable")
    assert report.problems[0].pointer == "/proof/verificationMethod"


CONTROLLER = "https://issuer.example/issuers/1"


class OnTheWeb(MemorySigner):
    """Signs under an https URL."""

    @property
    def did(self) -> Any:
        return CONTROLLER

    @property
    def verification_method(self) -> Any:
        return CONTROLLER + "#key"


def controller_document(signer: MemorySigner) -> JsonObject:
    method: JsonObject = {
        "id": CONTROLLER + "#key",
        "type": "Multikey",
        "controller": CONTROLLER,
        "publicKeyMultibase": public_multikey(signer.public_key),
    }
    return {"id": CONTROLLER, "verificationMethod": [method], "assertionMethod": [CONTROLLER + "#key"]}


@pytest.mark.parametrize("policy", ["strict", "interop"])
async def test_an_https_issuer_with_a_document_is_bound_as_a_did_is(policy: str) -> None:
    signer, stranger = OnTheWeb.numbered(7), MemorySigner.numbered(8)
    document = await secured(credential(signer), signer)
    resolver = Resolver(fetcher=MemoryFetcher({CONTROLLER: controller_document(signer)}))
    assert (await verifier(policy, resolver).verify_credential(document, now=NOW)).verified
    foreign = await secured(credential(signer), stranger)
    report = await verifier(policy, resolver).verify_credential(foreign, now=NOW)
    assert (report.verdict, report.problems[0].code) == ("refused", "binding.issuer_mismatch")


async def test_an_https_issuer_without_a_document_is_a_matter_of_policy() -> None:
    document = await secured(credential(OnTheWeb.numbered(7)), MemorySigner.numbered(8))
    for answers in ({}, {CONTROLLER: {"id": "https://other.example"}}, {CONTROLLER: b"<html>"}):
        resolver = Resolver(fetcher=MemoryFetcher(dict(answers)))
        report = await verifier("strict", resolver).verify_credential(document, now=NOW)
        assert report.problems[0].code == "binding.issuer_unverified"
        report = await verifier("interop", resolver).verify_credential(document, now=NOW)
        assert report.verified
        assert [finding.code for finding in report.findings] == ["binding.unverified"]


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize("code", ["fetch.too_busy", "fetch.too_many", "fetch.too_slow"])
async def test_nothing_follows_from_an_issuer_s_document_that_was_not_waited_for(policy: str, code: str) -> None:
    """Whoever sends a document can see to it that there is no time or place for another host."""
    forged = await secured(credential(OnTheWeb.numbered(7)), MemorySigner.numbered(8))
    resolver = Resolver(fetcher=MemoryFetcher({CONTROLLER: ResolutionError(code, "Not now.")}))
    report = await verifier(policy, resolver).verify_credential(forged, now=NOW)
    assert (report.verdict, report.problems[0].code, report.problems[0].pointer) == ("not_confirmed", code, "/issuer")


async def test_a_presentation_fetches_no_more_than_its_budget() -> None:
    holder = MemorySigner.numbered(9)
    fetcher = MemoryFetcher()
    credentials = [
        await secured(credential(holder, issuer=f"https://issuer{n}.example/a", id=f"urn:uuid:00000000-0000-4000-8000-{n:012d}"), holder)
        for n in range(16)
    ]
    signer = OnTheWeb.numbered(7)
    document = await secured(presentation(holder, *credentials), holder, purpose="authentication")
    await verifier("interop", Resolver(fetcher=fetcher)).verify_presentation(document, now=NOW)
    assert len(fetcher.asked) == 16
    both = await secured(document, signer, purpose="authentication")
    fetcher = MemoryFetcher({CONTROLLER: controller_document(signer) | {"authentication": [CONTROLLER + "#key"]}})
    await verifier("interop", Resolver(fetcher=fetcher)).verify_presentation(both, now=NOW)
    assert len(fetcher.asked) == 16
