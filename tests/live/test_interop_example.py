"""examples/interop: a node that issues without a token, says so, and does it on the loopback alone."""

from __future__ import annotations

import json
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.live.material import V2, unsigned
from tests.live.node_process import PROGRAM, ROOT, NodeProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.loopback

CONFIG: Final = ROOT / "examples" / "interop" / "atesto.toml"
ISSUERS: Final = tomllib.loads(CONFIG.read_text())["issuers"]
ALGORITHM_OF: Final = {"eddsa-rdfc-2022": "Ed25519", "eddsa-jcs-2022": "Ed25519"}


@pytest.fixture(scope="module")
def suite_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    node = NodeProcess.start(tmp_path_factory.mktemp("interop"), "--config", str(CONFIG))
    try:
        yield node
        assert node.stop() == 0
    finally:
        node.kill()


@pytest.fixture(scope="module")
def dids(suite_node: NodeProcess) -> dict[str, str]:
    """The DID of each kind of key, as `atesto keys list` tells it."""
    done = subprocess.run(
        [PROGRAM, "keys", "list", "--json", "--config", CONFIG, "--data", suite_node.data],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    listed = json.loads(done.stdout)
    rows = listed["keys"] if isinstance(listed, dict) else listed
    return {row["algorithm"]: row["did"] for row in rows}


def test_the_example_names_every_suite_and_curve() -> None:
    rows = {(row["cryptosuite"], row.get("algorithm") or ALGORITHM_OF[row["cryptosuite"]]) for row in ISSUERS.values()}
    assert rows == {
        ("eddsa-rdfc-2022", "Ed25519"), ("eddsa-jcs-2022", "Ed25519"), ("ecdsa-rdfc-2019", "P-256"), ("ecdsa-rdfc-2019", "P-384"),
        ("ecdsa-jcs-2019", "P-256"), ("ecdsa-jcs-2019", "P-384"),
    }  # fmt: skip
    readme = CONFIG.with_name("README.md").read_text()
    assert [name for name in ISSUERS if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("name", ISSUERS)
def test_every_issuer_issues_without_a_token_what_both_verifiers_confirm(suite_node: NodeProcess, dids: dict[str, str], name: str) -> None:
    row = ISSUERS[name]
    did = dids[row.get("algorithm") or ALGORITHM_OF[row["cryptosuite"]]]
    reply = suite_node.ask("POST", f"/issuers/{name}/credentials/issue", {"credential": unsigned(did)})
    assert reply.status == 201, reply.body
    credential = reply.json["verifiableCredential"]
    assert credential["proof"]["cryptosuite"] == row["cryptosuite"]
    for verifier in ("strict", "interop"):
        found = suite_node.ask("POST", f"/verifiers/{verifier}/credentials/verify", {"verifiableCredential": credential})
        assert (found.status, found.json["verified"], found.json["policy"]) == (200, True, verifier)


def test_inline_contexts_are_the_interop_verifiers_alone(suite_node: NodeProcess, dids: dict[str, str]) -> None:
    inline: dict[str, Any] = {"mascot": "https://school.example/terms#mascot"}
    credential = unsigned(dids["Ed25519"], context=[V2, inline], credentialSubject={"id": "did:example:learner", "mascot": "Otter"})
    reply = suite_node.ask("POST", "/issuers/eddsa-rdfc-2022/credentials/issue", {"credential": credential})
    assert reply.status == 201, reply.body
    wrapped = {"verifiableCredential": reply.json["verifiableCredential"]}
    assert suite_node.ask("POST", "/verifiers/interop/credentials/verify", wrapped).code == "confirmed"
    assert suite_node.ask("POST", "/verifiers/strict/credentials/verify", wrapped).code == "context.inline"
    assert suite_node.ask("POST", "/credentials/verify", wrapped).code == "context.inline"


def test_it_says_loudly_what_it_is(suite_node: NodeProcess) -> None:
    said = suite_node.said()
    assert "Anybody who reaches this node can issue in its name. It is for interoperability tests only." in said
    assert "none: anybody who reaches this node can issue" in said
    assert not (suite_node.data / "api-token").exists()


def test_another_name_for_the_loopback_gets_nothing(suite_node: NodeProcess) -> None:
    # What keeps web pages that are rebound to the loopback from issuing.
    reply = suite_node.ask("POST", "/credentials/issue", {"credential": {}}, headers={"Host": "rebound.example"})
    assert (reply.status, reply.code) == (421, "transport.unknown_host")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "node.example"])
def test_it_refuses_a_public_address(tmp_path: Path, host: str) -> None:
    done = subprocess.run(
        [PROGRAM, "serve", "--config", CONFIG, "--host", host, "--port", "0", "--data", tmp_path],
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, "settings.unsafe" in done.stderr) == (78, True)
    assert "loopback" in done.stderr
    assert list(tmp_path.iterdir()) == []
