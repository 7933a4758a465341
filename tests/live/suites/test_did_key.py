"""Section "did:key": the rows of the table, once over TLS. tests/contract/test_identifiers.py has many more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.live.suites.suite_node import SuiteNode

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

DID: Final = "did:key:z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b"
MULTIBASE: Final = DID.removeprefix("did:key:")
METHOD: Final = f"{DID}#{MULTIBASE}"
RESOLUTION, DEREFERENCING = "didResolutionMetadata", "didDereferencingMetadata"
ROWS: Final = {
    "scheme not did": (f"notDid:key:{MULTIBASE}", "", RESOLUTION, "invalidDid"),
    "version not a positive integer": (f"did:key:-4:{MULTIBASE}", "", RESOLUTION, "invalidDid"),
    "multibase not z": (f"did:key:{MULTIBASE[1:]}", "", RESOLUTION, "invalidDid"),
    "did:key:@": ("did:key:@", "", RESOLUTION, "invalidDid"),
    "other method": (f"did:experimental:{MULTIBASE}", "", RESOLUTION, "methodNotSupported"),
    "did:key:zTjsVPtY": ("did:key:zTjsVPtY", "", RESOLUTION, "invalidPublicKeyLength"),
    "DID URL with illegal characters": (f"{DID}/^bar^/?query=`#{MULTIBASE}", "", DEREFERENCING, "invalidDidUrl"),
    "unknown format of a DID": (DID, "?publicKeyFormat=unknown", RESOLUTION, "unsupportedPublicKeyType"),
    "format of 2018 of a method": (
        METHOD,
        "?publicKeyFormat=Ed25519VerificationKey2018&enableExperimentalPublicKeyTypes=false",
        DEREFERENCING,
        "invalidPublicKeyType",
    ),
}
KINDS: Final = ("ed25519", "p256", "p384")


@pytest.mark.parametrize("kind", KINDS)
def test_an_issuer_resolves_and_its_method_is_dereferenced(suite: SuiteNode, kind: str) -> None:
    did = suite.ids[kind]
    reply = suite.node.ask("GET", f"/identifiers/{quote(did, safe='')}")
    assert (reply.status, reply.json["didDocument"]["id"]) == (200, did)
    assert {"@context", "didDocumentMetadata", RESOLUTION} < {*reply.json}
    method = f"{did}#{did.removeprefix('did:key:')}"
    found = suite.node.ask("GET", f"/identifiers/{quote(method, safe='')}")
    assert (found.status, found.json["didDocument"]["id"], found.json["didDocument"]["controller"]) == (200, method, did)


@pytest.mark.parametrize("row", ROWS)
def test_errors(suite: SuiteNode, row: str) -> None:
    text, query, member, error = ROWS[row]
    reply = suite.node.ask("GET", f"/identifiers/{quote(text, safe='')}{query}")
    assert 400 <= reply.status < 500
    assert reply.json["didDocument"] == {}
    assert {"@context", "didDocumentMetadata"} < {*reply.json}
    assert reply.json[member]["error"] == error
