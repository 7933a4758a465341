"""examples/interop/w3c-suites.toml beside atesto.toml, the script that prepares it, and the page about both."""

from __future__ import annotations

import tomllib

import pytest

from tests.live.node_process import ROOT
from tests.live.suites.suite_node import CONFIGURATION, SuiteNode

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]


def test_it_is_the_other_configuration_with_tokens_and_another_default() -> None:
    ours, other = (tomllib.loads(path.read_text()) for path in (CONFIGURATION, CONFIGURATION.with_name("atesto.toml")))
    assert ours.pop("issuers") == other.pop("issuers") | {"jwt": {"envelope": "jwt", "algorithm": "Ed25519", "policy": "interop"}}
    assert ours == other | {"did": "key", "default_verifier": "interop"}


def test_the_page_names_every_issuer() -> None:
    page = (ROOT / "docs" / "how-to" / "w3c-suites.md").read_text()
    assert [name for name in tomllib.loads(CONFIGURATION.read_text())["issuers"] if f"`{name}`" not in page] == []


def test_the_ids_that_were_prepared_are_those_of_the_started_node(suite: SuiteNode) -> None:
    assert suite.node.scheme == "https"
    assert suite.node.did == suite.ids["ed25519"]
    assert {kind: did[:12] for kind, did in suite.ids.items()} == {
        "ed25519": "did:key:z6Mk",
        "p256": "did:key:zDna",
        "p384": "did:key:z82L",
    }
