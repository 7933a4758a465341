"""Two nodes over TLS: one issues under its did:web, the other fetches its documents as any verifier does.

The issuing node has three issuers under its own did:web (`.well-known`) and three with a did:web of their own (path form): proofs of two
cryptosuites, whose methods are Multikeys, and tokens, whose methods are JsonWebKeys.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest

from atesto.encoding.base64url import decode_base64url
from tests.live.material import changed, put, unsigned
from tests.live.node_process import PROGRAM, NodeProcess, Reply
from tests.simulators.parts import MemorySigner, credential, presentation, secured
from tests.simulators.tls_hosts import Authority, answer, host, says
from tests.simulators.tokens import token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("did-web")]

ISSUERS: Final = {
    "default": 'cryptosuite = "eddsa-rdfc-2022"',
    "ecdsa": 'cryptosuite = "ecdsa-rdfc-2019"\nalgorithm = "P-256"',
    "jwt": 'envelope = "jwt"\nalgorithm = "P-256"',
    "school": 'cryptosuite = "eddsa-rdfc-2022"\nown_did = true',
    "lab": 'cryptosuite = "ecdsa-jcs-2019"\nalgorithm = "P-384"\nown_did = true',
    "press": 'envelope = "jwt"\nown_did = true',
}
OWN: Final = ("school", "lab", "press")
TOKENS: Final = ("jwt", "press")
SAID: Final = {200: "confirmed", 400: "refused"}


def free_port() -> int:
    """A port that nobody listens on: a did:web names it before its node starts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Place:
    """Where a node lives: its files, and its address from start to start."""

    authority: Authority
    folder: Path
    settings: str
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        chain, key = self.authority.pair("localhost", "127.0.0.1", days=30)
        self.config = self.folder / "node.toml"
        self.config.write_text(
            f'profile = "development"\nworkers = 1\npublic_url = "https://localhost:{self.port}"\n'
            f'fetch_loopback = true\nfetch_ca_file = "{self.authority.file}"\ntls_cert = "{chain}"\ntls_key = "{key}"\n{self.settings}'
        )

    def start(self) -> NodeProcess:
        tls = ssl.create_default_context(cafile=self.authority.file)
        return NodeProcess.start(self.folder, "--port", str(self.port), "--config", str(self.config), tls=tls)

    def command(self, *arguments: str, code: int = 0) -> Any:
        """What `atesto ARGUMENTS --json` answers."""
        done = subprocess.run(
            [PROGRAM, *arguments, "--json", "--config", self.config, "--data", self.folder / "data"],
            capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == code, (done.stdout, done.stderr)
        return json.loads(done.stdout)


class IssuingNode:
    """The node under its did:web, stopped and started again under the same address."""

    def __init__(self, authority: Authority, folder: Path) -> None:
        rows = "".join(f"[issuers.{name}]\n{row}\n" for name, row in ISSUERS.items())
        self.place = Place(authority, folder, rows)
        self.node = self.place.start()

    def did(self, name: str) -> str:
        return f"{self.node.did}:issuers:{name}" if name in OWN else self.node.did

    def issue(self, name: str) -> Any:
        return self.node.issue(unsigned(self.did(name)), f"/issuers/{name}/credentials/issue")

    def key_ids(self, *credentials: Any) -> list[str]:
        """The keys in custody that signed `credentials`."""
        listed = {row["verificationMethod"]: str(row["keyId"]) for row in self.place.command("keys", "list")}
        return [listed[method_of(one).removesuffix("-jwk")] for one in credentials]

    def doctor(self, code: int = 0) -> dict[str, Any]:
        """What the doctor says of the published documents, by what it is about."""
        found = self.place.command("doctor", code=code)
        assert found["right"] is (code == 0), found
        return {row["what"]: row for row in found["found"] if row["what"].startswith("did:web")}

    def restart(self) -> None:
        self.stop()
        self.node = self.place.start()

    def stop(self) -> None:
        assert self.node.stop() == 0, self.node.said()[-2_000:]
        assert "Traceback" not in self.node.said()


def method_of(credential: Any) -> str:
    """The verification method that a credential names: in its proof, or in its token's header."""
    if "proof" in credential:
        return str(credential["proof"]["verificationMethod"])
    token = credential["id"].partition(",")[2]
    return str(json.loads(decode_base64url(token.partition(".")[0]))["kid"])


def verdict(reply: Reply) -> tuple[int, str, str]:
    """Status, verdict and code; the three have to go together, and no fault of another host is ever one of this node's."""
    assert reply.status in SAID, reply.body[:500]
    body = reply.json
    assert body["verified"] is (reply.status == 200)
    return reply.status, body["verdict"], reply.code


CONFIRMED: Final = (200, "confirmed", "confirmed")
REVOKED: Final = (400, "refused", "key.revoked")
SILENT: Final = (400, "not_confirmed", "did.unreachable")


MEMORIES: Final = {"remembers": "fetch_cache_seconds = 600\n", "asks": "fetch_cache_seconds = 0\n"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def verifier(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    """Another node, which remembers no document: it asks the issuing one every time."""
    place = Place(authority, tmp_path_factory.mktemp("verifier"), 'did = "key"\nfetch_cache_seconds = 0\n')
    node = place.start()
    try:
        yield node
        assert node.stop() == 0, node.said()[-2_000:]
        assert "Traceback" not in node.said()
    finally:
        node.kill()


@pytest.fixture
def start(authority: Authority, tmp_path: Path) -> Iterator[Callable[[], IssuingNode]]:
    """Makes an issuing node of a test's own, for tests that change its keys or stop it."""
    made: list[IssuingNode] = []

    def begin() -> IssuingNode:
        made.append(IssuingNode(authority, tmp_path / "issuing"))
        return made[-1]

    yield begin
    for one in made:
        one.node.kill()


@pytest.fixture(scope="module")
def issuing(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IssuingNode]:
    """An issuing node whose keys stay as they are."""
    node = IssuingNode(authority, tmp_path_factory.mktemp("issuing"))
    try:
        yield node
        node.stop()
    finally:
        node.node.kill()


@pytest.mark.parametrize("name", ISSUERS)
def test_what_one_node_issues_the_other_confirms(issuing: IssuingNode, verifier: NodeProcess, name: str) -> None:
    did = issuing.did(name)
    assert did == f"did:web:localhost%3A{issuing.place.port}" + (f":issuers:{name}" if name in OWN else "")
    credential = issuing.issue(name)
    assert verdict(verifier.verify(credential)) == CONFIRMED
    method = method_of(credential)
    found = verifier.ask("GET", f"/identifiers/{quote(did, safe='')}").json["didDocument"]
    published = next(one for one in found["verificationMethod"] if one["id"] == method)
    assert (found["id"], published["controller"], method in found["assertionMethod"]) == (did, did, True)
    form = ("JsonWebKey", True) if name in TOKENS else ("Multikey", False)
    assert (published["type"], method.endswith("-jwk")) == form
    # The same key stands there in the other form.
    other = method.removesuffix("-jwk") if name in TOKENS else method + "-jwk"
    assert other in found["assertionMethod"]
    if name in TOKENS:
        head, payload, signature = credential["id"].split(".")
        spoiled = credential | {"id": f"{head}.{payload}.{'A' * len(signature)}"}
    else:
        spoiled = changed(credential, put("credentialSubject", "name", value="Somebody Else"))
    assert verdict(verifier.verify(spoiled)) == (400, "refused", "proof.signature_invalid")


@pytest.mark.parametrize("options", [{}, {"envelope": "jwt"}], ids=["proof", "token"])
def test_a_presentation_by_the_node_is_confirmed(issuing: IssuingNode, verifier: NodeProcess, options: dict[str, str]) -> None:
    shown = issuing.node.present(*(issuing.issue(name) for name in ISSUERS), challenge="c1", **options)
    assert verdict(verifier.verify_presentation(shown, challenge="c1")) == CONFIRMED
    assert verdict(verifier.verify_presentation(shown, challenge="c2"))[2] == "binding.challenge"


def test_an_issuer_s_key_speaks_for_that_issuer_alone(issuing: IssuingNode) -> None:
    for name, did in (("school", issuing.did("default")), ("default", issuing.did("school")), ("press", issuing.did("school"))):
        body = {"credential": unsigned(did)}
        reply = issuing.node.ask("POST", f"/issuers/{name}/credentials/issue", body, headers=issuing.node.authorized)
        assert (reply.status, reply.code) == (400, "issue.foreign_issuer")


def test_the_doctor_finds_every_published_document(issuing: IssuingNode) -> None:
    rows = issuing.doctor()
    assert {what: row["state"] for what, row in rows.items()} == dict.fromkeys(("did:web", *(f"did:web of {own}" for own in OWN)), "right")
    for name in OWN:
        assert issuing.did(name) in rows[f"did:web of {name}"]["sentence"]


@pytest.mark.slow
def test_a_rotated_key_s_credentials_and_its_successor_s_verify(start: Callable[[], IssuingNode], verifier: NodeProcess) -> None:
    a = start()
    names = ("default", "jwt", "school", "press")
    before = {name: a.issue(name) for name in names}
    assert {verdict(verifier.verify(one)) for one in before.values()} == {CONFIRMED}
    for key in a.key_ids(*before.values()):
        a.place.command("keys", "rotate", key)
    # The running node holds the old key, and does not sign with it any more.
    reply = a.node.ask("POST", "/credentials/issue", {"credential": unsigned(a.node.did)}, headers=a.node.authorized)
    assert (reply.status, reply.code) == (409, "custody.key_retired")
    assert "409" in a.node.ask("GET", "/openapi.json").json["paths"]["/credentials/issue"]["post"]["responses"]
    found = {row["what"]: row for row in a.place.command("doctor", code=1)["found"]}["running node"]
    assert (found["state"], found["hint"].startswith("Restart it")) == ("wrong", True)
    assert {verdict(verifier.verify(one)) for one in before.values()} == {CONFIRMED}
    a.restart()
    after = {name: a.issue(name) for name in names}
    for name in names:
        assert method_of(after[name]) != method_of(before[name])
        assert method_of(after[name]).partition("#")[0] == method_of(before[name]).partition("#")[0] == a.did(name)
        assert (verdict(verifier.verify(before[name])), verdict(verifier.verify(after[name]))) == (CONFIRMED, CONFIRMED)
    assert {row["state"] for row in a.doctor().values()} == {"right"}


@pytest.mark.slow
def test_a_revoked_key_is_refused_with_its_own_code(start: Callable[[], IssuingNode], verifier: NodeProcess) -> None:
    a = start()
    issued = {name: a.issue(name) for name in ("default", "school", "press")}
    untouched = a.issue("lab")
    assert {verdict(verifier.verify(one)) for one in (*issued.values(), untouched)} == {CONFIRMED}
    later = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for (name, one), key in zip(issued.items(), a.key_ids(*issued.values()), strict=True):
        a.place.command("keys", "revoke", key, "--since", later, "--yes")
        assert verdict(verifier.verify(one)) == CONFIRMED, name
        a.place.command("keys", "revoke", key, "--yes")
        assert verdict(verifier.verify(one)) == REVOKED, name
        assert verdict(a.node.verify(one)) == REVOKED, name
    assert verdict(verifier.verify(untouched)) == CONFIRMED
    # The documents are right at once; the node that runs signs with a key that has ended, until it is started anew.
    assert {row["state"] for row in a.doctor(code=1).values()} == {"right"}


@pytest.mark.slow
def test_a_silent_host_leaves_the_question_open_for_as_long_as_decided(
    start: Callable[[], IssuingNode], authority: Authority, tmp_path: Path
) -> None:
    a = start()
    places = {name: Place(authority, tmp_path / name, f'did = "key"\n{cache}') for name, cache in MEMORIES.items()}
    nodes = {name: place.start() for name, place in places.items()}
    try:
        credentials = [a.issue(name) for name in ISSUERS]
        remembered, unseen = credentials[:-1], credentials[-1]

        def judged(name: str) -> set[tuple[int, str, str]]:
            return {verdict(nodes[name].verify(one)) for one in remembered}

        assert (judged("remembers"), judged("asks")) == ({CONFIRMED}, {CONFIRMED})
        # For as long as its document is remembered, a minute by default, a key that was revoked meanwhile is still trusted.
        a.place.command("keys", "revoke", *a.key_ids(remembered[0]), "--yes")
        assert verdict(nodes["remembers"].verify(remembered[0])) == CONFIRMED
        assert verdict(nodes["asks"].verify(remembered[0])) == REVOKED
        a.stop()
        rows = a.doctor(code=1)
        assert {row["state"] for row in rows.values()} == {"wrong"}
        assert all("cannot be had. No connection to localhost could be made." in row["sentence"] for row in rows.values())
        assert (judged("remembers"), judged("asks")) == ({CONFIRMED}, {SILENT})
        assert verdict(nodes["remembers"].verify(unseen)) == SILENT
        reply = nodes["asks"].verify(remembered[1])
        assert (reply.pointer, "No connection to localhost could be made." in reply.body.decode()) == ("/proof/verificationMethod", True)
        assert nodes["asks"].ask("GET", "/health/ready").status == 200
        # A failure is remembered for half a minute; a node that has just started remembers nothing.
        a.node = a.place.start()
        assert judged("asks") == {SILENT}
        assert nodes["asks"].stop() == 0
        nodes["asks"] = places["asks"].start()
        assert judged("asks") == {CONFIRMED, REVOKED}
        assert verdict(nodes["asks"].verify(unseen)) == CONFIRMED
    finally:
        for node in nodes.values():
            node.kill()


def _named(document: Any, did: str) -> Any:
    """The same document in every word, for another DID."""
    return json.loads(json.dumps(document).replace(document["id"], did))


# what stands at the address in the place of the issuer's document, and what follows from it
REPLACED: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "another id over the same keys": (lambda d: {**d, "id": "did:web:other.example"}, "did.document_mismatch"),
    "the document of another": (lambda d: _named(d, "did:web:other.example"), "did.document_mismatch"),
    "no id": (lambda d: {name: value for name, value in d.items() if name != "id"}, "did.document_mismatch"),
    "keys of another controller": (
        lambda d: {**d, "verificationMethod": [{**one, "controller": "did:web:other.example"} for one in d["verificationMethod"]]},
        "did.controller_mismatch",
    ),
    "none of the keys": (lambda d: {**d, "verificationMethod": [], "assertionMethod": []}, "did.method_not_found"),
    "keys for nothing": (lambda d: {**d, "assertionMethod": []}, "binding.not_authorized"),
}


async def test_another_document_at_the_issuer_s_address_is_refused(
    start: Callable[[], IssuingNode], verifier: NodeProcess, authority: Authority
) -> None:
    a = start()
    names = ("default", "jwt", "school", "press")
    credentials = {name: a.issue(name) for name in names}
    documents = {name: a.node.ask("GET", f"/identifiers/{quote(a.did(name), safe='')}").json["didDocument"] for name in names}
    a.stop()

    async def judged(name: str, document: Any) -> tuple[int, str, str]:
        async with host(says(answer(json.dumps(document).encode())), authority.context("localhost"), port=a.place.port) as there:
            found = verdict(await asyncio.to_thread(verifier.verify, credentials[name]))
            assert len(there.heads) == 1
            return found

    for name in names:
        assert await judged(name, documents[name]) == CONFIRMED, name
        for what, (change, code) in REPLACED.items():
            assert await judged(name, change(documents[name])) == (400, "refused", code), (name, what)
    # The document of an issuer with a did:web of its own is not the node's, and the other way round.
    assert await judged("school", documents["default"]) == (400, "refused", "did.document_mismatch")
    assert await judged("default", documents["school"]) == (400, "refused", "did.document_mismatch")


@pytest.mark.hostile
async def test_no_host_hears_of_a_key_that_is_not_the_issuer_s(verifier: NodeProcess, authority: Authority) -> None:
    issuer = MemorySigner.numbered(1)
    async with host(says(answer(b"{}")), authority.context("localhost")) as there:
        place = f"localhost:{there.port}"
        web = f"did:web:{quote(place, safe='')}"
        unnamed = {name: value for name, value in presentation(issuer).items() if name != "holder"} | {"iss": issuer.did}
        for kid in (f"https://{place}/keys#1", f"{web}#1"):
            proved: Any = await secured(credential(issuer), issuer)
            proved["proof"]["verificationMethod"] = kid
            shown = await token(presentation(issuer), issuer, kind="presentation", kid=kid)
            bare = await token(unnamed, issuer, kind="presentation", kid=kid)
            for received in (proved, await token(credential(issuer), issuer, kid=kid)):
                found = verdict(await asyncio.to_thread(verifier.verify, received))
                assert found == (400, "refused", "binding.issuer_mismatch")
            for received, code in ((shown, "binding.holder_mismatch"), (bare, "token.issuer_differs")):
                assert verdict(await asyncio.to_thread(verifier.verify_presentation, received)) == (400, "refused", code)
        assert there.connections == []
        # The host does listen, and is asked for a key that may be the issuer's.
        await asyncio.to_thread(verifier.verify, await token({**credential(issuer), "issuer": web}, issuer, kid=f"{web}#1"))
        assert len(there.heads) == 1
