"""The same requests to two issuers that differ in their policy alone, over TLS: what `strict` refuses to sign, and `interop` signs.

Both have the same key and the same way of securing; the configuration is the one of the suites, with a strict twin of each issuer.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.live.material import V2
from tests.live.node_process import ROOT, NodeProcess, Reply
from tests.live.suites.documents import DATA_INTEGRITY, EXAMPLES, FAR_ISSUER, TERMS, version_1, version_2
from tests.live.suites.suite_node import CONFIGURATION, PREPARE, SuiteNode
from tests.live.suites.test_data_model_issuing import FINAL_SRI, JULY_2024, JULY_2024_SRI, STATUS, multibase, multihash, resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

WAYS: Final = {"eddsa-rdfc-2022": "ed25519", "ecdsa-jcs-2019-p256": "p256", "jwt": "ed25519"}
"""The issuers of the suites' configuration that are asked, and their kind of key; each has a twin named NAME-strict."""
TWINS: Final = """
[issuers.default]
policy = "interop"
[issuers.eddsa-rdfc-2022-strict]
cryptosuite = "eddsa-rdfc-2022"
[issuers.ecdsa-jcs-2019-p256-strict]
cryptosuite = "ecdsa-jcs-2019"
algorithm = "P-256"
[issuers.jwt-strict]
envelope = "jwt"
algorithm = "Ed25519"
"""
INLINE: Final = [V2, TERMS]
SUBJECT: Final = {"id": "did:example:learner", "name": "Noor Achterberg"}
UNKNOWN: Final = "https://school.example/terms/v1"

# What `strict` answers, with 400; `interop` answers 201
DIFFERENT: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "inline context": ({"context": INLINE}, "context.inline /@context/1"),
    "inline context that is used": ({"context": INLINE, "type": ["VerifiableCredential", "Attendance"]}, "context.inline /@context/1"),
    "inline context inside": (
        {"credentialSubject": {"@context": TERMS, **SUBJECT, "pier": "North"}},
        "context.misplaced /credentialSubject/@context",
    ),
    "context for tests": ({"context": [V2, EXAMPLES]}, "context.not_allowed /@context/1"),
    "status of an unknown type": (
        {"credentialStatus": {"type": "https://school.example/types/Register"}},
        "status.unknown_type /credentialStatus",
    ),
    "status of an unknown type, mapped inline": ({"context": INLINE, "credentialStatus": STATUS}, "context.inline /@context/1"),
    "digest of July 2024": (
        {"relatedResource": resource(digestMultibase=multibase(JULY_2024))},
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
    "multihash of July 2024": (
        {"relatedResource": resource(digestMultibase=multihash(JULY_2024))},
        "resource.digest_mismatch /relatedResource/digestMultibase",
    ),
    "digestSRI of July 2024": (
        {"relatedResource": resource(digestSRI=JULY_2024_SRI)},
        "resource.digest_mismatch /relatedResource/digestSRI",
    ),
    "validity that has ended": ({"validFrom": "2023-01-01T00:00:00Z", "validUntil": "2023-06-01T00:00:00Z"}, "time.expired /validUntil"),
}
ISSUED_BY_BOTH: Final[dict[str, dict[str, Any]]] = {
    "the plain credential": {},
    "validity that begins later": {"validFrom": "2999-01-15T09:00:00Z"},
    "final digest": {"relatedResource": resource(digestSRI=FINAL_SRI)},
    "resource that is not at hand": {"relatedResource": {"id": f"{UNKNOWN}.json", "digestMultibase": multihash(bytes(32))}},
    "a URL as type": {"type": ["VerifiableCredential", "https://school.example/types/Swimming"]},
}
REFUSED_BY_BOTH: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "unknown context": ({"context": [V2, UNKNOWN]}, "context.unknown /@context/1"),
    "undefined term": ({"lost": 1}, "linked_data.undefined_term /lost"),
    "undefined type": ({"type": ["VerifiableCredential", "Lost"]}, "linked_data.undefined_type /type/1"),
    "another issuer": ({"issuer": "did:example:other"}, "issue.foreign_issuer /issuer"),
    "an https issuer without a document": ({"issuer": FAR_ISSUER}, "issue.foreign_issuer /issuer"),
    "a proof": ({"proof": {"type": "DataIntegrityProof"}}, "issue.already_secured /proof"),
    "status of a known type": (
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
                              "statusListCredential": "https://school.example/lists/1"}},
        "issue.status_not_allowed /credentialStatus",
    ),
    "a date without an offset": ({"validFrom": "2026-01-15T09:00:00"}, "time.malformed /validFrom"),
    "null": ({"name": None}, "model.member_malformed /name"),
    "a number beyond 2^53": ({"credentialSubject": {**SUBJECT, "name": 2**53}}, "json.number_out_of_range /credential/credentialSubject/name"),
    "digest of another file": ({"relatedResource": resource(digestMultibase=multihash(bytes(32)))}, "resource.digest_mismatch /relatedResource/digestMultibase"),
}  # fmt: skip


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteNode]:
    """The suites' node, and a strict twin of each issuer in it; its unnamed issuer goes by `interop`."""
    folder: Path = tmp_path_factory.mktemp("beside")
    subprocess.run([sys.executable, PREPARE, folder], capture_output=True, check=True, timeout=60)
    config = folder / "beside.toml"
    config.write_text(CONFIGURATION.read_text() + TWINS)
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    options = ["--config", str(config), "--tls-cert", str(certificate), "--tls-key", str(key)]
    node = NodeProcess.start(folder, *options, tls=ssl.create_default_context(cafile=certificate))
    try:
        yield SuiteNode(node, json.loads((folder / "issuer-ids.json").read_bytes()))
        assert node.stop() == 0, node.said()[-2_000:]
        assert "Traceback" not in node.said()
    finally:
        node.kill()


def told(reply: Reply) -> tuple[int, str]:
    """The status, and the code and pointer of a refusal."""
    return reply.status, "" if reply.status == 201 else f"{reply.code} {reply.pointer}".rstrip()


def two_answers(beside: SuiteNode, document: Any, issuer: str) -> tuple[tuple[int, str], tuple[int, str]]:
    """What the issuer under `strict` answers, and what the one under `interop` does."""
    return told(beside.issue(document, f"{issuer}-strict")), told(beside.issue(document, issuer))


@pytest.mark.parametrize("row", ISSUED_BY_BOTH)
@pytest.mark.parametrize("issuer", WAYS)
def test_both_issue(beside: SuiteNode, issuer: str, row: str) -> None:
    document = version_2(beside.ids[WAYS[issuer]], **ISSUED_BY_BOTH[row])
    assert beside.node.scheme == "https"
    assert two_answers(beside, document, issuer) == ((201, ""), (201, ""))


@pytest.mark.parametrize("row", DIFFERENT)
@pytest.mark.parametrize("issuer", WAYS)
def test_strict_refuses_and_interop_issues(beside: SuiteNode, issuer: str, row: str) -> None:
    members, refusal = DIFFERENT[row]
    document = version_2(beside.ids[WAYS[issuer]], **members)
    assert two_answers(beside, document, issuer) == ((400, refusal), (201, ""))
    # An issuer refuses for the reason for which the verifier of the same policy refuses what the other one signed.
    code = refusal.partition(" ")[0]
    expected = code if code.startswith("time.") else "confirmed"
    assert beside.both(beside.issued(document, issuer)) == (expected, code)


@pytest.mark.parametrize("row", REFUSED_BY_BOTH)
@pytest.mark.parametrize("issuer", WAYS)
def test_both_refuse(beside: SuiteNode, issuer: str, row: str) -> None:
    members, refusal = REFUSED_BY_BOTH[row]
    document = version_2(beside.ids[WAYS[issuer]], **members)
    strict, interop = two_answers(beside, document, issuer)
    assert (strict, interop) == ((400, refusal), (400, refusal))


@pytest.mark.parametrize("issuer", WAYS)
def test_an_inline_context_that_imports_is_refused_by_both_for_reasons_of_their_own(beside: SuiteNode, issuer: str) -> None:
    document = version_2(beside.ids[WAYS[issuer]], context=[V2, {"@import": UNKNOWN}])
    expected = ((400, "context.inline /@context/1"), (400, "context.unknown /@context/1/@import"))
    assert two_answers(beside, document, issuer) == expected


@pytest.mark.parametrize("issuer", WAYS)
def test_both_issue_vcdm_1_1_and_differ_in_its_contexts(beside: SuiteNode, issuer: str) -> None:
    plain = version_1(beside.ids[WAYS[issuer]])
    assert two_answers(beside, plain, issuer) == ((201, ""), (201, ""))
    inline = plain | {"@context": [*plain["@context"], TERMS]}
    assert two_answers(beside, inline, issuer) == ((400, "context.inline /@context/1"), (201, ""))
    undated = {name: value for name, value in plain.items() if name != "issuanceDate"}
    assert two_answers(beside, undated, issuer) == ((400, "model.member_missing /issuanceDate"), (201, ""))
    ended = plain | {"expirationDate": "2026-02-15T09:00:00Z"}
    assert two_answers(beside, ended, issuer) == ((400, "time.expired /expirationDate"), (201, ""))


def test_presentations_by_the_unnamed_issuer(suite: SuiteNode, beside: SuiteNode) -> None:
    """In the suites' own configuration the unnamed issuer goes by `strict`."""

    def asked(node: SuiteNode, *contexts: Any) -> tuple[int, str]:
        presentation = {"@context": [V2, *contexts], "type": ["VerifiablePresentation"], "holder": node.ids["ed25519"]}
        return told(node.post("/presentations", {"presentation": presentation}))

    assert (asked(suite), asked(beside)) == ((201, ""), (201, ""))
    assert (asked(suite, DATA_INTEGRITY), asked(beside, DATA_INTEGRITY)) == ((201, ""), (201, ""))
    assert (asked(suite, TERMS), asked(beside, TERMS)) == ((400, "context.inline /@context/1"), (201, ""))
    assert (asked(suite, EXAMPLES), asked(beside, EXAMPLES)) == ((400, "context.not_allowed /@context/1"), (201, ""))
    unknown = (400, "context.unknown /@context/1")
    assert (asked(suite, UNKNOWN), asked(beside, UNKNOWN)) == (unknown, unknown)


def test_the_page_names_every_difference() -> None:
    page = (ROOT / "docs" / "how-to" / "w3c-suites.md").read_text()
    codes = {refusal.partition(" ")[0] for _, refusal in DIFFERENT.values()}
    assert [code for code in sorted(codes) if f"`{code}`" not in page] == []
