"""The peer agrees with itself and tells good from bad: without that its verdicts about us would say nothing."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tests.interop.node_peer import PeerError

if TYPE_CHECKING:
    from tests.interop.node_peer import NodePeer

pytestmark = pytest.mark.interop

# RFC 8037 appendix A.1 and RFC 7515 appendix A.3.
ED25519 = {
    "kty": "OKP",
    "crv": "Ed25519",
    "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
P256 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
}
KEYS = {"eddsa-rdfc-2022": ED25519, "eddsa-jcs-2022": ED25519, "ecdsa-rdfc-2019": P256, "ecdsa-jcs-2019": P256}
NOW = "2026-06-15T12:00:00Z"


def credential(issuer: str) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c01",
        "type": ["VerifiableCredential"],
        "name": "Tidal turbine maintenance",
        "issuer": issuer,
        "validFrom": "2026-06-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
    }


def issue(peer: NodePeer, suite: str) -> Any:
    key = KEYS[suite]
    return peer.ask("issue", suite=suite, key=key, document=credential(peer.ask("did", key=key)), created=NOW)


@pytest.mark.parametrize("suite", sorted(KEYS))
def test_what_it_issues_it_verifies(peer: NodePeer, suite: str) -> None:
    document = issue(peer, suite)
    assert document["proof"]["cryptosuite"] == suite
    assert peer.ask("verify", document=document, now=NOW) == {"verified": True, "errors": []}


@pytest.mark.parametrize("suite", sorted(KEYS))
def test_a_change_is_refused(peer: NodePeer, suite: str) -> None:
    document = issue(peer, suite)
    changed = copy.deepcopy(document)
    changed["name"] = "Tidal turbine operation"
    assert peer.ask("verify", document=changed, now=NOW)["verified"] is False


@pytest.mark.parametrize("suite", sorted(KEYS))
def test_a_presentation_and_its_challenge(peer: NodePeer, suite: str) -> None:
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [issue(peer, suite)],
    }
    signed = peer.ask(
        "present", suite=suite, key=KEYS[suite], document=presentation, created=NOW, challenge="c-1", domain="https://verifier.example"
    )
    asked = {"document": signed, "domain": "https://verifier.example", "now": NOW}
    assert peer.ask("verifyPresentation", **asked, challenge="c-1") == {"verified": True, "errors": []}
    assert peer.ask("verifyPresentation", **asked, challenge="c-2")["verified"] is False


def test_safe_mode_refuses_what_no_context_defines(peer: NodePeer) -> None:
    document = {**credential("did:example:issuer"), "undefinedTerm": "x"}
    with pytest.raises(PeerError, match="undefinedTerm"):
        peer.ask("canonize", document=document)


def test_nothing_is_loaded_from_outside(peer: NodePeer) -> None:
    with pytest.raises(PeerError, match="nothing is loaded from outside"):
        peer.ask("canonize", document={"@context": "https://example.org/context", "id": "urn:x:y"})
