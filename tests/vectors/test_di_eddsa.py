"""Published vectors of vc-di-eddsa, step by step and byte for byte, and its proof set and proof chain."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Final

import pytest

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.multibase import encode_base58btc
from atesto.keys.multikey import parse_public_multikey, parse_secret_multikey
from atesto.proofs.data_integrity import hash_proofs, sign_proof
from atesto.proofs.proof import parse_proofs
from tests.reference_data import reference
from tests.simulators.parts import PROCESSOR, InlineWorkers, MemorySigner, verifier

NOW: Final = datetime.fromisoformat("2026-01-01T00:00:00Z")
SUITES: Final = {"eddsa-rdfc-2022": "DataInt", "eddsa-jcs-2022": "JCS"}


def text(*parts: str) -> str:
    return reference("vectors", "di-eddsa", *parts).read_text(encoding="utf-8")


def document(*parts: str) -> Any:
    return json.loads(text(*parts))


def signer(pair: dict[str, str]) -> MemorySigner:
    assert set(pair) == {"publicKeyMultibase", "privateKeyMultibase"}
    key = parse_secret_multikey(pair["privateKeyMultibase"])
    assert key.public_key == parse_public_multikey(pair["publicKeyMultibase"])
    return MemorySigner(key)


@pytest.mark.parametrize("suite", SUITES)
def test_folder_is_the_one_we_know(suite: str) -> None:
    kind = SUITES[suite]
    folder = reference("vectors", "di-eddsa", suite)
    names = {
        f"{name}{kind}"
        for name in ("canonDoc", "combinedHash", "docHash", "proofCanon", "proofConfig", "proofHash", "sigBTC58", "sigHex", "signed")
    }
    assert {path.stem for path in folder.iterdir()} == names


@pytest.mark.parametrize("suite", SUITES)
def test_canonical_document_and_options(suite: str) -> None:
    kind, unsigned, config = SUITES[suite], document("unsigned.json"), document(suite, f"proofConfig{SUITES[suite]}.json")
    if kind == "JCS":
        canonical = [canonicalize_json(unsigned), canonicalize_json(config)]
    else:
        whole = (unsigned, {**config, "@context": unsigned["@context"]})
        canonical = [PROCESSOR.canonicalize(PROCESSOR.dataset_of(value), "sha256").nquads for value in whole]
    assert canonical[0].decode() == text(suite, f"canonDoc{kind}.txt")
    assert canonical[1].decode() == text(suite, f"proofCanon{kind}.txt")
    assert hashlib.sha256(canonical[0]).hexdigest() == text(suite, f"docHash{kind}.txt")
    assert hashlib.sha256(canonical[1]).hexdigest() == text(suite, f"proofHash{kind}.txt")


@pytest.mark.parametrize("suite", SUITES)
def test_hash_data(suite: str) -> None:
    signed = document(suite, f"signed{SUITES[suite]}.json")
    (hashes,) = hash_proofs(PROCESSOR, signed, parse_proofs(signed))
    assert hashes["sha256"].hex() == text(suite, f"combinedHash{SUITES[suite]}.txt")


@pytest.mark.parametrize("suite", SUITES)
async def test_signature_and_signed_document(suite: str) -> None:
    kind, key = SUITES[suite], signer(document("keyPair.json"))
    config = {name: value for name, value in document(suite, f"proofConfig{kind}.json").items() if name != "@context" or kind == "JCS"}
    secured, hash_data = await sign_proof(InlineWorkers(), document("unsigned.json"), config, signer=key)
    signature = key.key.sign(hash_data)
    assert signature.hex() == text(suite, f"sigHex{kind}.txt")
    assert encode_base58btc(signature) == text(suite, f"sigBTC58{kind}.txt")
    assert secured == document(suite, f"signed{kind}.json")


@pytest.mark.parametrize("suite", SUITES)
async def test_signed_document_verifies_under_interop_only(suite: str) -> None:
    signed = document(suite, f"signed{SUITES[suite]}.json")
    report = await verifier("interop", published_keys=True).verify_credential(signed, now=NOW)
    assert report.verified, report.problems
    assert [finding.code for finding in report.findings] == ["key.published", "binding.unverified"]
    assert (await verifier("strict").verify_credential(signed, now=NOW)).problems[0].code == "context.not_allowed"


@pytest.mark.parametrize(("kind", "keys", "proofs"), [("Set", (1,), 1), ("Chain", (3,), 3)])
async def test_proof_set_and_chain(kind: str, keys: tuple[int, ...], proofs: int) -> None:
    signed = document("proof-set-chain", f"signedProof{kind}1.json")
    listed = signed["proof"] if isinstance(signed["proof"], list) else [signed["proof"]]
    assert len(listed) == proofs
    report = await verifier("interop", published_keys=True).verify_credential(signed, now=NOW)
    assert report.verified, report.problems
    pairs = document("proof-set-chain", "multiKeyPairs.json")
    built = {name: value for name, value in signed.items() if name != "proof"}
    earlier = listed[: proofs - len(keys)]
    if earlier:
        built["proof"] = earlier
    for number, wanted in zip(keys, listed[proofs - len(keys) :], strict=True):
        options = {name: value for name, value in wanted.items() if name != "proofValue"}
        built, _ = await sign_proof(InlineWorkers(), built, options, signer=signer(pairs[f"keyPair{number}"]))
    assert built == signed


@pytest.mark.parametrize("index", [0, 1])
async def test_changing_a_chained_proof_breaks_the_chain(index: int) -> None:
    signed = document("proof-set-chain", "signedProofChain1.json")
    signed["proof"][index]["created"] = "2023-02-24T23:36:39Z"
    report = await verifier("interop", published_keys=True).verify_credential(signed, now=NOW)
    assert report.problems[0].code == "proof.signature_invalid"
