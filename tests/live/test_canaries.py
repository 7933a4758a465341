"""Nothing that a document names is fetched, and nothing that anybody said is logged."""

from __future__ import annotations

import json
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Self

import pytest

from atesto.web.routes import ROUTES
from tests.live.material import V2, changed, put, unsigned
from tests.live.node_process import NodeProcess

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.hostile, pytest.mark.loopback]


class Listeners:
    """Ports on both loopbacks that note who comes."""

    def __init__(self) -> None:
        self.sockets = [socket.create_server(("127.0.0.1", 0)), socket.create_server(("::1", 0), family=socket.AF_INET6)]
        self.hits: list[Any] = []
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=self._listen, args=[listener]) for listener in self.sockets]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for listener in self.sockets:
            listener.close()

    def _listen(self, listener: socket.socket) -> None:
        listener.settimeout(0.05)
        while not self._stop.is_set():
            try:
                connection, address = listener.accept()
            except TimeoutError:
                continue
            self.hits.append(address)
            connection.close()

    @property
    def authorities(self) -> list[str]:
        four, six = (listener.getsockname()[1] for listener in self.sockets)
        return [
            f"127.0.0.1:{four}",
            f"[::1]:{six}",
            f"localhost:{four}",
            f"2130706433:{four}",
            f"0x7f000001:{four}",
            f"[::ffff:127.0.0.1]:{four}",
        ]


def named_in(authority: str) -> dict[str, Any]:
    """name -> a change that names `authority` somewhere in a credential."""
    url = f"http://{authority}/canary"
    secure = f"https://{authority}/canary"
    encoded = authority.replace(":", "%3A").replace("[", "%5B").replace("]", "%5D")
    found: dict[str, Any] = {}
    for kind, address in (("http", url), ("https", secure)):
        found |= {
            f"context, {kind}": put("@context", value=[V2, address]),
            f"context first, {kind}": put("@context", value=[address, V2]),
            f"imported context, {kind}": put("@context", value=[V2, {"@import": address}]),
            f"scoped context, {kind}": put("@context", value=[V2, {"x": {"@id": "urn:x", "@context": address}}]),
            f"context of the proof, {kind}": put("proof", "@context", value=[V2, address]),
            f"context of the subject, {kind}": put("credentialSubject", "@context", value=address),
            f"id, {kind}": put("id", value=address),
            f"type, {kind}": put("type", value=["VerifiableCredential", address]),
            f"issuer, {kind}": put("issuer", value=address),
            f"issuer object, {kind}": put("issuer", value={"id": address, "image": {"id": address, "type": "Image"}}),
            f"subject, {kind}": put("credentialSubject", "id", value=address),
            f"verification method, {kind}": put("proof", "verificationMethod", value=f"{address}#key"),
            f"status list, {kind}": put(
                "credentialStatus",
                value={
                    "id": f"{address}#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
                    "statusListCredential": address,
                },
            ),
            f"old status list, {kind}": put(
                "credentialStatus",
                value={"id": address, "type": "StatusList2021Entry", "statusListIndex": "1", "statusListCredential": address},
            ),
            f"schema, {kind}": put("credentialSchema", value={"id": address, "type": "JsonSchema"}),
            f"refresh service, {kind}": put("refreshService", value={"id": address, "type": "VerifiableCredentialRefreshService2021"}),
            f"terms of use, {kind}": put("termsOfUse", value={"id": address, "type": "TrustFrameworkPolicy"}),
            f"evidence, {kind}": put("evidence", value={"id": address, "type": "Evidence"}),
            f"related resource, {kind}": put("relatedResource", value={"id": address, "digestSRI": "sha384-AAAA"}),
            f"rendering, {kind}": put("renderMethod", value={"id": address, "type": "SvgRenderingTemplate2023"}),
        }  # fmt: skip
    for did in (
        f"did:web:{encoded}",
        f"did:web:{encoded}:canary",
        f"did:webvh:QmX:{encoded}",
        f"did:webs:{encoded}:x",
        f"did:tdw:x:{encoded}",
    ):
        found[f"key of {did[:10]} {len(did)}"] = put("proof", "verificationMethod", value=f"{did}#key-1")
        found[f"issuer {did[:10]} {len(did)}"] = put("issuer", value={"id": did})
    return found


def test_no_document_makes_the_node_connect_to_anywhere(live: NodeProcess, issued: Any) -> None:
    with Listeners() as listeners:
        asked = 0
        for authority in listeners.authorities:
            for change in named_in(authority).values():
                reply = live.verify(changed(issued, change))
                assert reply.status == 400
                asked += 1
        for change in named_in(listeners.authorities[0]).values():
            body = {"credential": changed(unsigned(live.did, proof={}), change)}
            assert live.ask("POST", "/credentials/issue", body, headers=live.authorized).status == 400
            document = changed(issued, change)
            presentation = {
                "@context": [V2],
                "type": ["VerifiablePresentation"],
                "verifiableCredential": [document],
                "proof": issued["proof"],
            }
            assert live.verify_presentation(presentation).status == 400
        time.sleep(0.3)
        assert asked == len(listeners.authorities) * len(named_in("x"))
        assert listeners.hits == []
        # The listeners do listen.
        socket.create_connection(listeners.sockets[0].getsockname()).close()
        until = time.monotonic() + 5
        while not listeners.hits and time.monotonic() < until:
            time.sleep(0.02)
        assert len(listeners.hits) == 1


SECRETS: Final = {
    name: f"canary-{name}-Zq9x"
    for name in (
        "learner", "claim", "issuer-name", "challenge", "domain", "token", "query", "path", "member", "type-name", "context", "method",
        "option", "title", "header", "cookie", "referer", "agent", "award", "signature", "host", "origin", "verifier", "raw", "chunk",
    )
}  # fmt: skip


def test_no_secret_and_no_claim_is_logged_and_every_line_says_what_it_must(folder: Path) -> None:
    node = NodeProcess.start(folder)
    try:
        say_everything(node)
        keys = [node.token or "", (node.data / "key-passphrase").read_text().strip()]
    finally:
        assert node.stop() == 0
    said = node.said()
    found = [secret for secret in (*SECRETS.values(), *keys) if secret in said]
    assert found == []
    for word in ("Noor", "Achterberg", "Harbour", "did:example:learner", "Traceback"):
        assert word not in said, word
    lines = [line for line in node.log_lines() if line["event"] == "request"]
    templates = {route.path for route in ROUTES} | {"(unknown)", "(unreadable)"}
    assert len(lines) > 25
    for line in lines:
        assert {"request_id", "route", "status", "ms", "method", "timestamp", "level"} <= {*line}
        assert line["route"] in templates
        assert isinstance(line["status"], int)
        assert line["ms"] >= 0
        assert len(line["request_id"]) == 36 or line["request_id"] == "our-own-id"
    assert "our-own-id" in {line["request_id"] for line in lines}
    # Whatever else stands there is the node's greeting, or a line of a library without what it was given.
    assert {line["event"] for line in node.log_lines()} == {"request"}


def say_everything(node: NodeProcess) -> None:
    """Says each secret in the place that it is named after."""
    s = SECRETS
    personal = unsigned(node.did, name=s["title"], credentialSubject={"id": f"did:example:{s['learner']}", "name": s["claim"]})
    personal["issuer"]["name"] = s["issuer-name"]
    credential = node.issue(personal)
    assert node.verify(credential).code == "confirmed"
    presented = node.present(credential, challenge=s["challenge"], domain=s["domain"])
    assert node.verify_presentation(presented, challenge=s["challenge"], domain=s["domain"]).code == "confirmed"
    assert node.verify_presentation(presented, challenge=s["challenge"] + "x", domain=s["domain"]).code == "binding.challenge"
    for change in (
        put("credentialSubject", s["member"], value=1),
        put("type", value=["VerifiableCredential", s["type-name"]]),
        put("@context", value=[V2, f"https://{s['context']}.example/"]),
        put("proof", "verificationMethod", value=f"did:web:{s['method']}#key"),
        put("proof", "proofValue", value=s["signature"]),
        put("name", value=s["claim"] + "x"),
        put("id", value=s["path"]),
    ):
        assert node.verify(changed(credential, change)).status == 400
    authorized = node.authorized
    assert node.ask("POST", "/awards", {"award": {"learner": s["award"]}}, headers=authorized).status == 400
    assert node.ask("POST", "/awards", {"award": {}, "form": s["option"]}, headers=authorized).status == 400
    assert node.ask("POST", "/credentials/issue", {"credential": personal, "options": {s["option"]: 1}}, headers=authorized).status == 400
    assert node.ask("POST", "/credentials/issue", {}, headers={"Authorization": f"Bearer {s['token']}"}).status == 401
    assert node.ask("POST", f"/credentials/issue?token={node.token}&q={s['query']}", {}).status == 401
    assert node.ask("GET", f"/{s['path']}").status == 404
    assert node.ask("POST", f"/verifiers/{s['verifier'].lower()}/credentials/verify", {"verifiableCredential": {}}).status == 404
    assert node.ask("POST", f"/verifiers/{s['verifier']}/credentials/verify", {"verifiableCredential": {}}).status == 404
    headers = {
        "X-Request-Id": s["header"] + "\u00e9", "Cookie": s["cookie"], "Referer": s["referer"], "User-Agent": s["agent"],
        "Origin": f"https://{s['origin']}.example", "X-Forwarded-For": s["header"],
    }  # fmt: skip
    assert node.ask("GET", "/health/live", headers=headers).status == 200
    assert node.ask("GET", "/health/live", headers={"X-Request-Id": "our-own-id"}).status == 200
    assert node.ask("GET", "/health/live", headers={"Host": f"{s['host']}.example"}).status == 421
    assert node.ask(s["method"].upper().replace("-", ""), "/health/live").status in {400, 405}
    assert node.ask("POST", "/credentials/verify", json.dumps({"verifiableCredential": s["raw"]}).encode()[:-1]).status == 400
    assert b" 400 " in node.raw(f"GET /{s['raw']} HTTP/1.1\r\nHost: a\r\n{s['header']}\r\n\r\n".encode())
    chunked = (
        b"POST /credentials/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert b" 400 " in node.raw(chunked, f"5;{s['chunk']}\r\nxxxxx\r\nzz{s['chunk']}\r\n".encode(), pause=0.2)
