"""Proofs by signers that do not look at what they sign, as libraries without loss detection are."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.multibase import encode_base58btc
from atesto.proofs.data_integrity import hash_proofs
from atesto.proofs.proof import parse_proofs
from tests.simulators.parts import PROCESSOR, MemorySigner

PAST: Final = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
_CREATED: Final = PAST.strftime("%Y-%m-%dT%H:%M:%SZ")
_SUITES: Final = {"Ed25519": "eddsa-jcs-2022", "P-256": "ecdsa-jcs-2019", "P-384": "ecdsa-jcs-2019"}


def jcs_signed(document: Any, signer: MemorySigner, **members: Any) -> Any:
    """`document` with a JCS proof made by hand; `members` replace those of the proof, `...` leaves one out, `context` is @context."""
    ordinary = {
        "@context": document["@context"], "type": "DataIntegrityProof", "cryptosuite": _SUITES[signer.public_key.algorithm],
        "created": _CREATED, "verificationMethod": signer.verification_method, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    named = {"@context" if name == "context" else name: value for name, value in members.items()}
    options = {name: value for name, value in {**ordinary, **named}.items() if value is not ...}
    digest = hashlib.sha384 if signer.public_key.algorithm == "P-384" else hashlib.sha256
    # A JCS proof with a context of its own signs the document under that one (vc-di-eddsa 3.3.2).
    plain = {**document, "@context": options.get("@context", document["@context"])}
    signed = b"".join(digest(canonicalize_json(value)).digest() for value in (options, plain))
    return {**document, "proof": {**options, "proofValue": encode_base58btc(signer.key.sign(signed))}}


def rdfc_signed_without(document: Any, unseen: Any, signer: MemorySigner) -> Any:
    """`document` with an eddsa-rdfc-2022 proof over `unseen`: what is left of it for a signer who drops what has no meaning."""
    options = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": _CREATED,
        "verificationMethod": signer.verification_method, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    return {**document, "proof": _signed(unseen, options, signer)}


def signed_2020(document: Any, signer: MemorySigner, **members: Any) -> Any:
    """`document`, which names the suite's context, with a proof by Ed25519Signature2020; `...` leaves a member out."""
    ordinary = {
        "type": "Ed25519Signature2020", "created": _CREATED, "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }  # fmt: skip
    options = {name: value for name, value in {**ordinary, **members}.items() if value is not ...}
    return {**document, "proof": _signed(document, options, signer)}


def _signed(document: Any, options: Any, signer: MemorySigner) -> Any:
    draft = {**document, "proof": {**options, "proofValue": "z"}}
    (hashes,) = hash_proofs(PROCESSOR, draft, parse_proofs(draft))
    return {**options, "proofValue": encode_base58btc(signer.key.sign(hashes["sha256"]))}
