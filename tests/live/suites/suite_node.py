"""The node of docs/how-to/w3c-suites.md as the suites see it: https on the loopback, no token, bodies and addresses as they send them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.live.node_process import ROOT, NodeProcess, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIGURATION: Final = ROOT / "examples" / "interop" / "w3c-suites.toml"
PREPARE: Final = ROOT / "examples" / "interop" / "prepare.py"
HEADERS: Final = {"Accept": "application/ld+json, application/json"}
REFUSED: Final = 400
"""The suites take 422 too; this node answers 400 and nothing else."""


@dataclass(frozen=True, slots=True)
class SuiteNode:
    """A started node and the DID of each kind of key, under the suites' names."""

    node: NodeProcess
    ids: dict[str, str]

    def post(self, path: str, body: Any) -> Reply:
        return self.node.ask("POST", path, body, headers=HEADERS)

    def issue(self, credential: Any, issuer: str = "eddsa-rdfc-2022") -> Reply:
        return self.post(f"/issuers/{issuer}/credentials/issue", {"credential": credential})

    def issued(self, credential: Any, issuer: str = "eddsa-rdfc-2022") -> Any:
        """The issued credential; anything but 201 fails the test."""
        reply = self.issue(credential, issuer)
        assert reply.status == 201, reply.body
        return reply.json["verifiableCredential"]

    def verify(self, credential: Any, verifier: str | None = None, **options: str) -> Reply:
        """By the default verifier, as the suites ask; or by a named one."""
        path = "/credentials/verify" if verifier is None else f"/verifiers/{verifier}/credentials/verify"
        return self.post(path, {"verifiableCredential": credential, "options": options})

    def verify_presentation(self, presentation: Any, verifier: str | None = None, **options: str) -> Reply:
        path = "/presentations/verify" if verifier is None else f"/verifiers/{verifier}/presentations/verify"
        return self.post(path, {"verifiablePresentation": presentation, "options": options})

    def both(self, document: Any, *, presentation: bool = False, **options: str) -> tuple[str, str]:
        """What `interop`, the default here, says of a document, and what `strict` says."""
        ask = self.verify_presentation if presentation else self.verify
        return said(ask(document, **options)), said(ask(document, "strict", **options))


def said(reply: Reply) -> str:
    """The verdict of a verifier in one word: "confirmed", or the code of the refusal; the status has to go with it."""
    body = reply.json
    assert body["verified"] is (reply.status == 200), reply.body[:500]
    if reply.status == 200:
        assert not body.get("errors"), "a list of errors that is not empty counts as a failure"
        return "confirmed"
    assert reply.status == REFUSED, reply.body[:500]
    return reply.code


def answered(reply: Reply) -> str:
    """The answer of an issuer in one word: "issued", or the code and pointer of the refusal; the status has to go with it."""
    if reply.status == 201:
        return "issued"
    assert reply.status == REFUSED, reply.body[:500]
    return f"{reply.code} {reply.pointer}".rstrip()


def changes(*done: Callable[[Any], object]) -> Callable[[Any], None]:
    """Several changes as one."""

    def change(document: Any) -> None:
        for one in done:
            one(document)

    return change
