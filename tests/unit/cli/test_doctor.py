"""What `atesto doctor` says of the documents that the node publishes, without sockets: what stands on the web is a dict."""

from __future__ import annotations

import copy
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.cli import doctor
from atesto.cli.running_node import RunningNode
from atesto.custody.lifecycle import revoke_key, rotate_key
from atesto.custody.publication import OwnDocuments
from atesto.errors import ResolutionError
from atesto.issuer_keys import issuer_key, issuer_rows
from atesto.keys.private_key import PrivateKey
from atesto.node import open_keys
from atesto.settings import load_settings
from tests.simulators.memory_fetcher import MemoryFetcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atesto.adapters.key_store import EncryptedKeyStore
    from tests.unit.cli.conftest import Done

    Atesto = Callable[..., Done]

NODE: Final = "https://issuer.example/.well-known/did.json"
SCHOOL: Final = "https://issuer.example/issuers/school/did.json"
PRESS: Final = "https://issuer.example/issuers/press/did.json"
TWO_ISSUERS: Final = '[issuers.school]\nown_did = true\n[issuers.press]\nown_did = true\nenvelope = "jwt"\n'


class Web(MemoryFetcher):
    """A fetcher that can be closed, as the doctor does with its own."""

    async def close(self) -> None:
        """Nothing is open."""


class Examined:
    """A node with two issuers that have a did:web of their own, and what the world sees of it."""

    def __init__(self, atesto: Atesto, folder: Path, web: Web) -> None:
        self.atesto, self.web = atesto, web
        self.config, self.data = folder / "node.toml", folder / "data"
        self.configure(TWO_ISSUERS)

    def configure(self, issuers: str, *, public_url: str = 'public_url = "https://issuer.example"') -> None:
        self.config.write_text(f"{public_url}\n{issuers}", encoding="utf-8")

    def started_once(self) -> EncryptedKeyStore:
        """The key store with a key for each issuer, as the first start makes it."""
        settings = load_settings({"data": self.data}, config=self.config)
        self.data.mkdir(mode=0o700, exist_ok=True)
        store = open_keys(settings)[0]
        for name in issuer_rows(settings):
            issuer_key(store, settings, name)
        return store

    def publish(self, store: EncryptedKeyStore) -> None:
        own: Any = OwnDocuments(store)
        self.web.answers = {
            NODE: own["did:web:issuer.example"],
            SCHOOL: own["did:web:issuer.example:issuers:school"],
            PRESS: own["did:web:issuer.example:issuers:press"],
        }

    def rows(self) -> dict[str, Any]:
        """What the doctor says of DIDs, by what it is about; its exit code has to go with it."""
        done = self.atesto("doctor", "--json", "--config", self.config)
        found = json.loads(done.out)
        assert done.code == (0 if found["right"] else 1), done.err
        return {row["what"]: row for row in found["found"] if row["what"].startswith("did:web")}

    def states(self) -> dict[str, str]:
        return {what: row["state"] for what, row in self.rows().items()}


@pytest.fixture(name="examined")
def _examined(atesto: Atesto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examined:
    web = Web()
    monkeypatch.setattr("atesto.node.make_fetcher", lambda _: web)
    # The other looks take long, and are looked at elsewhere.
    monkeypatch.setattr(doctor, "LOOKS", tuple(look for look in doctor.LOOKS if look[0].startswith("did:web")))
    return Examined(atesto, tmp_path, web)


def test_every_published_document_is_fetched_and_has_its_line(examined: Examined) -> None:
    examined.publish(examined.started_once())
    assert examined.states() == {"did:web": "right", "did:web of school": "right", "did:web of press": "right"}
    assert examined.web.asked == [NODE, SCHOOL, PRESS]
    lines = examined.atesto("doctor", "--config", examined.config).out.splitlines()
    assert lines[0] == "✔ Nothing is wrong."
    line = next(line for line in lines if "did:web of school" in line)
    assert "✔ right" in line
    assert "did:web:issuer.example:issuers:school resolves at its public address, as seen from this machine" in line


@pytest.mark.parametrize("ending", ["retired", "revoked"])
def test_a_running_node_whose_key_has_ended_is_to_be_restarted(examined: Examined, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    async def ready(_: RunningNode, __: str) -> tuple[int, Any]:
        return 200, {}

    monkeypatch.setattr(RunningNode, "ask", ready)
    monkeypatch.setattr(doctor, "LOOKS", (("running node", doctor._running),))
    store = examined.started_once()
    old, other = store.records()[:2]
    RunningNode("http://127.0.0.1:8080", None, os.getpid(), (old.key_id,)).announce(examined.data)
    assert json.loads(examined.atesto("doctor", "--json", "--config", examined.config).out)["right"]
    # A key with which it does not sign is not its concern.
    revoke_key(store, other.key_id, since=None)
    assert json.loads(examined.atesto("doctor", "--json", "--config", examined.config).out)["right"]
    rotate_key(store, old.key_id, PrivateKey.generate("Ed25519"), now=datetime.now(UTC))
    if ending == "revoked":
        revoke_key(store, old.key_id, since=None)
    done = examined.atesto("doctor", "--json", "--config", examined.config)
    (row,) = json.loads(done.out)["found"]
    assert (done.code, row["state"]) == (1, "wrong")
    assert f"signs with the {ending} key {old.key_id}" in row["sentence"]
    assert row["hint"].startswith("Restart it")


def test_one_issuer_that_cannot_be_had_hides_no_other(examined: Examined) -> None:
    examined.publish(examined.started_once())
    examined.web.answers[SCHOOL] = ResolutionError("fetch.status", "The host answered with status 404.")
    assert examined.states() == {"did:web": "right", "did:web of school": "wrong", "did:web of press": "right"}
    row = examined.rows()["did:web of school"]
    assert row["sentence"] == f"The document at {SCHOOL} cannot be had. The host answered with status 404."
    assert row["hint"] == "The address must answer 200."


def changed(document: Any, change: Callable[[Any], object]) -> Any:
    result = copy.deepcopy(document)
    change(result)
    return result


FOREIGN_KEY: Final = {"id": "did:web:issuer.example:issuers:school#stranger", "type": "Multikey"}
# what is put into the document of the issuer `school`, what the doctor says, and what it advises
FAULTS: Final[dict[str, tuple[Callable[[Any], object], str, str]]] = {
    "the node's id": (lambda d: d.update(id="did:web:issuer.example"), "stands the document of another", "proxy"),
    "no id": (lambda d: d.pop("id"), "stands the document of another", "proxy"),
    "no keys": (lambda d: d.pop("verificationMethod"), "it lacks did:web:issuer.example:issuers:school#", "another node"),
    "no JWK": (lambda d: d["verificationMethod"].pop(), "-jwk", "another node"),
    "a key more": (lambda d: d["verificationMethod"].append(FOREIGN_KEY), "it lists keys that are not in this key store", "cache"),
    "a key of other material": (
        lambda d: d["verificationMethod"][0].update(publicKeyMultibase="z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG"),
        "it says something else of did:web:issuer.example:issuers:school#",
        "another node",
    ),
    "another purpose": (lambda d: d.update(assertionMethod=[]), "its keys are the same, and the rest is not", "cache"),
    "a list in the place of an id": (lambda d: d.update(id=[d["id"]]), "stands the document of another", "proxy"),
    "keys that are no list": (lambda d: d.update(verificationMethod={"id": 1}), "it lacks", "another node"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_another_document_is_told_by_what_is_other(examined: Examined, fault: str) -> None:
    change, said, advised = FAULTS[fault]
    examined.publish(examined.started_once())
    examined.web.answers[SCHOOL] = changed(examined.web.answers[SCHOOL], change)
    row = examined.rows()["did:web of school"]
    assert (row["state"], said in row["sentence"], advised in row["hint"]) == ("wrong", True, True), row


def test_what_is_no_document_is_said(examined: Examined) -> None:
    examined.publish(examined.started_once())
    for body in (b"<html>", b"[]", b'{"id":"a","id":"b"}'):
        examined.web.answers[SCHOOL] = body
        row = examined.rows()["did:web of school"]
        assert (row["state"], f"What stands at {SCHOOL} is no document." in row["sentence"]) == ("wrong", True)


def test_a_cache_that_does_not_know_of_a_rotation_or_a_revocation(examined: Examined) -> None:
    store = examined.started_once()
    examined.publish(store)
    before = dict(examined.web.answers)
    old = next(record for record in store.records() if record.did.endswith(":school"))
    new = rotate_key(store, old.key_id, PrivateKey.generate("Ed25519"), now=datetime.now(UTC))
    assert f"it lacks {new.verification_method}." in examined.rows()["did:web of school"]["sentence"]
    examined.publish(store)
    assert examined.states()["did:web of school"] == "right"
    before = dict(examined.web.answers)
    revoke_key(store, old.key_id, since=None)
    examined.web.answers = before
    assert f"it does not know that {old.verification_method} is revoked" in examined.rows()["did:web of school"]["sentence"]
    examined.publish(store)
    assert examined.states()["did:web of school"] == "right"


def test_what_is_not_there_yet_is_not_fetched(examined: Examined) -> None:
    rows = examined.rows()
    assert {row["state"] for row in rows.values()} == {"note"}
    assert rows["did:web of school"]["sentence"].startswith("The issuer school will be did:web:issuer.example:issuers:school;")
    store = examined.started_once()
    examined.publish(store)
    examined.configure(TWO_ISSUERS + "[issuers.late]\nown_did = true\n")
    assert examined.states()["did:web of late"] == "note"
    assert [url for url in examined.web.asked if "late" in url] == []


def test_an_issuer_that_is_configured_no_more_leaves_keys_that_nobody_finds(examined: Examined) -> None:
    examined.publish(examined.started_once())
    examined.configure("[issuers.press]\nown_did = true\n")
    row = examined.rows()["did:web of school"]
    assert (row["state"], "can be verified by this node alone" in row["sentence"]) == ("note", True)
    assert "own_did = true" in row["hint"]
    assert SCHOOL not in examined.web.asked


def test_an_issuer_with_own_did_that_signs_with_another_key(examined: Examined) -> None:
    examined.configure("[issuers.press]\nown_did = true\n")
    store = examined.started_once()
    examined.configure(f'[issuers.school]\nown_did = true\nkey = "{store.records()[0].key_id}"\n')
    row = examined.rows()["did:web of school"]
    assert (row["state"], "which is not one of its own did:web" in row["sentence"]) == ("note", True)


def test_own_did_without_a_public_address_is_said_in_words(examined: Examined) -> None:
    examined.configure(TWO_ISSUERS, public_url="")
    rows = examined.rows()
    assert rows["did:web"]["state"] == "note"
    name = next(name for name, _ in doctor.LOOKS if name.startswith("did:web of"))
    assert (rows[name]["state"], "needs a node with a did:web" in rows[name]["sentence"]) == ("wrong", True)
