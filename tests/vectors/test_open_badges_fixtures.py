"""1EdTech's sample badges under `strict`: each verdict by the reason that is stated for it; both signing vectors, byte for byte."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import datetime
from typing import Any, Final

import pytest

from atesto.dids.resolution import Resolver
from atesto.keys.multikey import public_multikey
from atesto.keys.private_key import PrivateKey
from atesto.proofs.data_integrity import hash_proofs, sign_proof
from atesto.proofs.proof import parse_proofs
from atesto.verification.report import Report, Verdict
from tests.simulators.parts import PROCESSOR, InlineWorkers, MemorySigner, verifier
from tests.simulators.signed_badges import noticed
from tests.vectors.open_badges_fixtures import EXPECTED, FILES, FINDINGS, FOLDER, PROBLEMS, STUBS, fetcher, received

NOW: Final = datetime.fromisoformat("2027-01-01T00:00:00Z")
VERDICTS: Final = {"valid": Verdict.CONFIRMED, "valid_with_warnings": Verdict.CONFIRMED, "invalid": Verdict.REFUSED}
VECTOR: Final = json.loads((FOLDER / "spec" / "ob-test-vector.meta.json").read_text(encoding="utf-8"))
GUIDE_KEY: Final = PrivateKey.from_seed("Ed25519", bytes.fromhex(VECTOR["secret_key_seed_hex"]))


async def judged(name: str, policy: str = "strict", *, published_keys: bool = True) -> Report:
    served = fetcher(jwk_sets=policy == "interop")
    judge = verifier(policy, Resolver(fetcher=served), published_keys=published_keys, fetcher=served)
    return await judge.verify_credential(received(name), now=NOW)


def test_the_set_is_the_one_we_know() -> None:
    assert (len(FILES), EXPECTED["format_version"]) == (32, 1)
    assert Counter(case["strict"]["verdict"] for case in FILES.values()) == {"valid": 7, "valid_with_warnings": 3, "invalid": 22}
    assert STUBS.keys() == {"note", "controller_documents", "http", "issuer_jwk_header_keys", "default_http_status"}
    assert {case["strict"]["reasons"][0] for case in FILES.values() if case["strict"]["reasons"]} <= PROBLEMS.keys() | FINDINGS.keys()


@pytest.mark.parametrize("name", FILES)
async def test_verdict_and_reason(name: str) -> None:
    strict = FILES[name]["strict"]
    report = await judged(name)
    assert report.verdict is VERDICTS[strict["verdict"]], report.problems
    found = [(problem.code, problem.pointer) for problem in report.problems]
    noticed = [finding.code for finding in report.findings]
    said = [reason for reason in strict["reasons"] if states(reason, found, noticed)]
    # The first reason is the primary one and has to be reported; so has the first that refuses, where a warning stands before it.
    assert strict["reasons"][:1] == said[:1], (found, noticed)
    if strict["verdict"] == "invalid":
        assert any(reason in PROBLEMS for reason in said), (found, noticed)
    else:
        assert said == strict["reasons"], (found, noticed)


def states(reason: str, found: list[tuple[str, str]], noticed: list[str]) -> bool:
    """Whether a report gives the reason: of a refusal by its code and place."""
    if reason in FINDINGS:
        return FINDINGS[reason] in noticed
    wanted = PROBLEMS.get(reason, ())
    return any(code == problem and re.fullmatch(place, pointer) for problem, place in wanted for code, pointer in found)


async def test_a_good_file_has_no_warning_but_for_the_published_key() -> None:
    allowed = {"key.published", "schema.not_checked"}
    for name, case in FILES.items():
        if case["strict"]["verdict"] == "valid":
            report = await judged(name)
            assert {finding.code for finding in noticed(report)} <= allowed, name


async def test_published_keys_are_refused_unless_the_settings_accept_them() -> None:
    """Seven of the good files are signed with the key that stands in the implementation guide."""
    refused = []
    for name, case in FILES.items():
        if VERDICTS[case["strict"]["verdict"]] is Verdict.CONFIRMED:
            report = await judged(name, published_keys=False)
            if not report.verified:
                assert [problem.code for problem in report.problems] == ["key.published"], name
                refused.append(name)
                assert (await judged(name)).to_json()["acceptsPublishedTestKeys"] is True
    assert refused == [
        name
        for name, case in FILES.items()
        if VERDICTS[case["strict"]["verdict"]] is Verdict.CONFIRMED and VECTOR["public_key_multibase"] in json.dumps(case["proofs"])
    ]
    assert len(refused) == 7


@pytest.mark.parametrize("name", FILES)
async def test_interop_confirms_what_the_validator_confirms(name: str) -> None:
    """Where the validator asks for less, `interop` does. The tokens' hosts publish their keys; the validator does not ask."""
    case = FILES[name]
    report = await judged(name, "interop")
    assert report.verdict is VERDICTS[case["expected"]["verdict"]], (report.problems, name)


@pytest.mark.parametrize("name", ["spec/ob-test-vector.json", "clr20/simple.json"])
async def test_signing_vector(name: str) -> None:
    """Signed anew with the published key, the very same proof: Ed25519 signatures follow from key and bytes."""
    signed = received(name)
    listed = signed["proof"] if isinstance(signed["proof"], list) else [signed["proof"]]
    (proof,) = listed
    assert public_multikey(GUIDE_KEY.public_key) == VECTOR["public_key_multibase"]
    unsigned = {member: value for member, value in signed.items() if member != "proof"}
    options = {member: value for member, value in proof.items() if member != "proofValue"}
    again, _ = await sign_proof(InlineWorkers(), unsigned, options, signer=MemorySigner(GUIDE_KEY))
    made: Any = again["proof"]
    assert made["proofValue"] == proof["proofValue"]


async def test_each_step_of_the_badge_s_signing_vector() -> None:
    signed = received("spec/ob-test-vector.json")
    unsigned = {member: value for member, value in signed.items() if member != "proof"}
    (proof,) = signed["proof"] if isinstance(signed["proof"], list) else [signed["proof"]]
    options = {"@context": signed["@context"], **{member: value for member, value in proof.items() if member != "proofValue"}}
    steps = (("document", unsigned, "document_hash_sha256"), ("proof", options, "proof_options_hash_sha256"))
    for part, value, digest in steps:
        canonical = PROCESSOR.canonicalize(PROCESSOR.dataset_of(value), "sha256").nquads
        assert canonical == (FOLDER / "spec" / f"ob-test-vector.{part}-canon.nq").read_bytes()
        assert hashlib.sha256(canonical).hexdigest() == VECTOR[digest]
    (hashes,) = hash_proofs(PROCESSOR, signed, parse_proofs(signed))
    assert VECTOR["proof_value"] == proof["proofValue"]
    assert hashes
