"""Suites of the past: what they signed is verified, and nothing is signed with them."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from atesto.encoding.multibase import encode_base58btc
from atesto.errors import AtestoError
from atesto.keys.multikey import parse_public_multikey
from atesto.proofs.data_integrity import check_signature, hash_proofs, sign_proof
from atesto.proofs.proof import parse_proofs
from atesto.proofs.suites import SIGNING_SUITES, SUITES
from tests.reference_data import reference
from tests.simulators.parts import NOW, PROCESSOR, InlineWorkers, MemorySigner, credential, verifier

SIGNER: Final = MemorySigner.numbered(1)
SUITE_CONTEXT: Final = "https://w3id.org/security/suites/ed25519-2020/v1"
CONTEXTS: Final = {"eddsa-2022": [], "Ed25519Signature2020": [SUITE_CONTEXT]}
EACH_SUITE = pytest.mark.parametrize("suite", CONTEXTS)


def options(suite: str, signer: MemorySigner = SIGNER) -> dict[str, Any]:
    named = {"type": suite} if suite == "Ed25519Signature2020" else {"type": "DataIntegrityProof", "cryptosuite": suite}
    rest = {"created": "2026-06-15T12:00:00Z", "verificationMethod": signer.verification_method, "proofPurpose": "assertionMethod"}
    return {**named, **rest}


def signed(suite: str, signer: MemorySigner = SIGNER) -> dict[str, Any]:
    """As a signer of the past would have done it: options and document hashed apart, SHA-256 of RDFC-1.0."""
    document: Any = credential(signer, context=["https://www.w3.org/ns/credentials/v2", *CONTEXTS[suite]])
    draft = {**document, "proof": {**options(suite, signer), "proofValue": "z"}}
    (hashes,) = hash_proofs(PROCESSOR, draft, parse_proofs(draft))
    return {**document, "proof": {**options(suite, signer), "proofValue": encode_base58btc(signer.key.sign(hashes["sha256"]))}}


def test_the_table_says_which_they_are() -> None:
    assert set(SUITES) - set(SIGNING_SUITES) == set(CONTEXTS)


@EACH_SUITE
async def test_what_they_signed_is_verified(suite: str) -> None:
    document = signed(suite)
    report = await verifier().verify_credential(document, now=NOW)
    assert report.verified, report.problems
    assert report.shown == document
    report = await verifier().verify_credential({**document, "name": "Another"}, now=NOW)
    assert report.problems[0].code == "proof.signature_invalid"


@EACH_SUITE
async def test_nothing_is_signed_with_them(suite: str) -> None:
    document = credential(SIGNER, context=["https://www.w3.org/ns/credentials/v2", *CONTEXTS[suite]])
    with pytest.raises(AtestoError) as caught:
        await sign_proof(InlineWorkers(), document, options(suite), signer=SIGNER)
    assert caught.value.code == "proof.unsupported_cryptosuite"


@EACH_SUITE
async def test_a_key_of_another_kind_is_refused(suite: str) -> None:
    document = signed(suite)
    other = MemorySigner.numbered(1, "P-256")
    document |= {"issuer": other.did, "proof": {**document["proof"], "verificationMethod": other.verification_method}}
    report = await verifier().verify_credential(document, now=NOW)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [("proof.key_mismatch", "/proof/verificationMethod")]


@pytest.mark.parametrize(
    ("suite", "changes", "code", "pointer"),
    [
        ("eddsa-2022", {"created": ...}, "proof.malformed", "/proof/created"),
        ("Ed25519Signature2020", {"created": ...}, "proof.malformed", "/proof/created"),
        ("Ed25519Signature2020", {"cryptosuite": "eddsa-rdfc-2022"}, "proof.malformed", "/proof/cryptosuite"),
        ("Ed25519Signature2020", {"type": "eddsa-rdfc-2022"}, "proof.unsupported_cryptosuite", "/proof/type"),
        ("Ed25519Signature2020", {"type": "Ed25519Signature2018"}, "proof.unsupported_cryptosuite", "/proof/type"),
        ("Ed25519Signature2020", {"type": ["Ed25519Signature2020"]}, "proof.unsupported_cryptosuite", "/proof/type"),
        ("eddsa-2022", {"cryptosuite": "Ed25519Signature2020"}, "proof.unsupported_cryptosuite", "/proof/cryptosuite"),
        ("eddsa-2022", {"cryptosuite": ["eddsa-2022"]}, "proof.malformed", "/proof/cryptosuite"),
    ],
)
async def test_the_shape_of_their_proofs(suite: str, changes: dict[str, Any], code: str, pointer: str) -> None:
    document = signed(suite)
    proof = {name: value for name, value in {**document["proof"], **changes}.items() if value is not ...}
    report = await verifier().verify_credential({**document, "proof": proof}, now=NOW)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [(code, pointer)]


async def test_the_suite_s_context_is_what_defines_its_proof() -> None:
    document = signed("Ed25519Signature2020")
    report = await verifier().verify_credential({**document, "@context": document["@context"][:1]}, now=NOW)
    assert report.problems[0].code.startswith("linked_data.")


@pytest.mark.vectors
def test_published_open_badge() -> None:
    """1EdTech's sample of VCDM 1.1; its key stands in the fragment of a URL that is no DID URL, so the signature alone is checked."""
    document: Any = json.loads(reference("ob3", "ob30", "simple_v1.json").read_bytes())
    (proof,) = parse_proofs(document)
    (hashes,) = hash_proofs(PROCESSOR, document, (proof,))
    key = parse_public_multikey(proof.verification_method.partition("#")[2])
    check_signature(proof, hashes, key)
