"""examples/interop/localConfig: what each suite would read, loaded by Node.js, beside the node's configuration and the page's table."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest

from tests.live.material import V2
from tests.live.node_process import ROOT
from tests.live.suites.documents import version_1, version_2
from tests.live.suites.suite_node import CONFIGURATION, SuiteNode, said
from tests.required_tools import node

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.interop, pytest.mark.loopback, pytest.mark.xdist_group("suites")]

FOLDER: Final = CONFIGURATION.with_name("localConfig")
FILES: Final = sorted(path.name for path in FOLDER.iterdir())
ISSUERS: Final = tomllib.loads(CONFIGURATION.read_text())["issuers"]
PAGE: Final = (ROOT / "docs" / "how-to" / "w3c-suites.md").read_text(encoding="utf-8")
KINDS: Final = ("issuers", "verifiers", "vpVerifiers", "didResolvers")
KEYS: Final = {"Ed25519": "ed25519", "P-256": "p256", "P-384": "p384"}
IDS: Final = {key: f"did:key:of-{key}" for key in KEYS.values()}
BASE: Final = "https://127.0.0.1:8443"
LOAD: Final = "process.stdout.write(JSON.stringify(require(process.argv[1])))"
NAMED: Final = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """What the page's table says of a suite."""

    issuers: str
    verifiers: str


def rows() -> dict[str, Row]:
    """The rows of the page's table, by the file that each names."""
    found = {}
    for line in PAGE.splitlines():
        if ".cjs` |" in line:
            _suite, file, issuers, verifiers, _expected = re.split(r"\s*\|\s*", line)[1:-1]
            found[file.strip("`")] = Row(issuers, verifiers)
    return found


def run(file: str, folder: Path, **changed: str | None) -> subprocess.CompletedProcess[str]:
    ids = folder / "issuer-ids.json"
    ids.write_text(json.dumps(IDS), encoding="utf-8")
    environment = {**os.environ, "BASE_URL": BASE, "ISSUER_IDS": str(ids), **changed}
    return subprocess.run(
        [node(), "-e", LOAD, str(FOLDER / file)],
        env={name: value for name, value in environment.items() if value is not None},
        cwd=folder, capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def entries(file: str, folder: Path, **changed: str | None) -> dict[str, list[dict[str, Any]]]:
    """What the suite of `file` is told of each kind, base address taken off."""
    done = run(file, folder, **changed)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == {"settings", "implementations"}
    assert told["settings"] == {"enableInteropTests": True, "testAllImplementations": False}
    (implementation,) = told["implementations"]
    assert (implementation.pop("name"), implementation.pop("implementation")) == ("atesto", "atesto")
    assert implementation
    assert set(implementation) <= set(KINDS)
    for entry in (entry for kind in implementation.values() for entry in kind):
        assert set(entry) - {"supportedEcdsaKeyTypes"} == {"id", "endpoint", "supports", "tags"}, "no options: a suite writes into them"
        assert entry["supports"] == {"vc": ["1.1", "2.0"]}
        assert entry["endpoint"].startswith(BASE + "/")
        entry["endpoint"] = entry["endpoint"].removeprefix(BASE)
    return {kind: implementation.get(kind, []) for kind in KINDS}


def issuer_of(entry: dict[str, Any]) -> str:
    found = re.fullmatch(r"/issuers/([^/]+)/credentials/issue", entry["endpoint"])
    assert found, entry
    return found[1]


def algorithm_of(name: str) -> str:
    return str(ISSUERS[name].get("algorithm", "Ed25519"))


def test_the_page_names_every_file_and_how_to_copy_one() -> None:
    assert sorted(rows()) == FILES
    assert re.findall(r"^cp examples/interop/localConfig/(\S+) \S+/localConfig\.cjs$", PAGE, re.MULTILINE) == ["eddsa.cjs"]


@pytest.mark.parametrize("file", FILES)
def test_issuers_are_those_of_the_node(file: str, tmp_path: Path) -> None:
    for entry in entries(file, tmp_path)["issuers"]:
        name = issuer_of(entry)
        assert entry["id"] == IDS[KEYS[algorithm_of(name)]], name
        if file in {"eddsa.cjs", "ecdsa.cjs"}:
            assert entry["tags"] == [ISSUERS[name]["cryptosuite"]]
        assert entry.get("supportedEcdsaKeyTypes") == ([algorithm_of(name)] if file == "ecdsa.cjs" else None)


def test_together_they_ask_every_issuer(tmp_path: Path) -> None:
    asked = {issuer_of(entry) for file in FILES for entry in entries(file, tmp_path)["issuers"]}
    assert asked == set(ISSUERS)


@pytest.mark.parametrize("file", FILES)
def test_they_say_what_the_page_says(file: str, tmp_path: Path) -> None:
    told, row = entries(file, tmp_path), rows()[file]
    tags = {kind: {tag for entry in told[kind] for tag in entry["tags"]} for kind in KINDS}
    issuers, others = set(NAMED.findall(row.issuers)), set(NAMED.findall(row.verifiers))
    own = set() if "its own name" in row.issuers else tags["issuers"]
    assert issuers == {issuer_of(entry) for entry in told["issuers"]} | own
    for entry in told["issuers"]:
        (key,) = (key for key, did in IDS.items() if did == entry["id"])
        assert re.search(rf"`{issuer_of(entry)}`[^;(]*\({key}\)", row.issuers), entry
    asked = [entry for kind in KINDS[1:] for entry in told[kind]]
    endpoints = {entry["endpoint"] for entry in asked}
    assert others - {tag for kind in KINDS[1:] for tag in tags[kind]} == endpoints
    assert ("vpVerifier" in row.verifiers, "didResolver" in row.verifiers) == (bool(told["vpVerifiers"]), bool(told["didResolvers"]))
    for entry in asked:
        assert entry["id"] == IDS["ed25519"]
        # "both" are the tags of the row's issuers.
        assert set(entry["tags"]) == (tags["issuers"] if "both" in row.verifiers else others - endpoints)
        assert entry.get("supportedEcdsaKeyTypes") == (["P-256", "P-384"] if file == "ecdsa.cjs" else None)


def test_addresses_with_and_without_a_slash_are_the_same(tmp_path: Path) -> None:
    plain = entries("eddsa.cjs", tmp_path)
    assert entries("eddsa.cjs", tmp_path, BASE_URL=BASE + "/") == entries("eddsa.cjs", tmp_path, BASE_URL=None) == plain


@pytest.mark.parametrize("file", FILES)
def test_ids_that_are_missing_are_said_to_be(file: str, tmp_path: Path) -> None:
    done = run(file, tmp_path, ISSUER_IDS=None)
    assert done.returncode != 0
    assert "ISSUER_IDS names no file" in done.stderr
    assert run(file, tmp_path, ISSUER_IDS="issuer-ids.json").returncode == 0


@pytest.mark.parametrize("file", FILES)
def test_the_started_node_answers_what_they_name(suite: SuiteNode, file: str, tmp_path: Path) -> None:
    told = entries(file, tmp_path)
    for entry in told["issuers"]:
        did = suite.ids[KEYS[algorithm_of(issuer_of(entry))]]
        for version in (version_1, version_2) if ISSUERS[issuer_of(entry)].get("cryptosuite") else (version_2,):
            reply = suite.post(entry["endpoint"], {"credential": version(did)})
            assert reply.status == 201, reply.body
    credential = suite.issued(version_2(suite.ids["ed25519"]))
    for entry in told["verifiers"]:
        assert said(suite.post(entry["endpoint"], {"verifiableCredential": credential, "options": {}})) == "confirmed"
    for entry in told["vpVerifiers"]:
        asked = {"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [credential]}
        made = suite.post("/presentations", {"presentation": asked, "options": {"challenge": "c", "domain": "d"}})
        body = {"verifiablePresentation": made.json["verifiablePresentation"], "options": {"challenge": "c", "domain": "d"}}
        assert said(suite.post(entry["endpoint"], body)) == "confirmed"
    for entry in told["didResolvers"]:
        reply = suite.node.ask("GET", f"{entry['endpoint']}/{quote(suite.ids['ed25519'], safe='')}")
        assert reply.json["didDocument"]["id"] == suite.ids["ed25519"]
