"""Data Integrity proofs: hashing, creating and checking (VC-DI sections 4.2 to 4.5; vc-di-eddsa and vc-di-ecdsa section 3).

Two halves, because one is costly and needs no key, and the other is cheap and needs one:
`hash_proofs` turns a secured document into the bytes that each proof signs (JSON-LD work; runs in a worker),
`check_signature` checks one proof's value over those bytes with a resolved key.

`hash_proofs` refuses whatever JSON-LD would lose, in the document and in the proof, for RDFC and JCS suites alike.
None of this checks who the key belongs to, purposes, times or previous proofs' existence (see `proof` and the pipeline).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.multibase import decode_base58btc, encode_base58btc
from atesto.encoding.one_or_more import one_or_more
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import AtestoError, MalformedInput, UnsupportedFeature, VerificationError
from atesto.linked_data.complexity import check_complexity
from atesto.proofs.cryptosuite import Canonicalization
from atesto.proofs.proof import PROOF_MEMBERS, parse_proofs, previous_proofs
from atesto.proofs.suites import PROOF_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.keys.public_key import PublicKey
    from atesto.linked_data.dataset import Quad
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import LinkedDataWorkers, Signer
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.proofs.proof import Proof

HashData = dict[str, bytes]
"""Hash name -> the bytes that are signed: hash of the proof options, then hash of the document."""


def hash_proofs(processor: LinkedDataProcessor, document: JsonObject, proofs: tuple[Proof, ...]) -> tuple[HashData, ...]:
    """What each of `proofs` of the secured `document` signs, in their order.

    Raises VerificationError `linked_data.*`, `proof.context_mismatch` and MalformedInput `encoding.not_canonicalizable`.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    # A proof that names a previous one signs that one too: the whole document is processed anew for it.
    check_complexity(unsecured, times=1 + sum(bool(proof.previous) for proof in proofs))
    # JCS signs the bytes, and with them what no statement tells.
    bytes_alone = all(proof.suite.canonicalization is Canonicalization.JCS for proof in proofs)
    plain = _Hashed(processor, processor.dataset_of(_stated(unsecured), empty_lists=bytes_alone))
    return tuple(_hash_proof(processor, unsecured, plain, proof, proofs) for proof in proofs)


def _stated(document: JsonObject) -> JsonObject:
    """`document` without an empty list of credentials, the one empty list that statements may be signed without.

    It says what leaving it out says: nothing is presented. Libraries sign presentations with it, and their statements do not tell it; a
    credential has no such member (`credentials.structure`). Any other empty list would be shown, and anybody could have added it.
    """
    if document.get("verifiableCredential") != []:
        return document
    return {name: value for name, value in document.items() if name != "verifiableCredential"}


class _Hashed:
    """A dataset that several proofs may sign: hashed at most once for each hash."""

    def __init__(self, processor: LinkedDataProcessor, quads: Sequence[Quad]) -> None:
        self._processor, self._quads = processor, quads
        self._digests: dict[str, bytes] = {}

    def digest(self, hash_name: str) -> bytes:
        if hash_name not in self._digests:
            self._digests[hash_name] = _rdf_digest(self._processor, self._quads, hash_name)
        return self._digests[hash_name]


def _hash_proof(
    processor: LinkedDataProcessor,
    unsecured: JsonObject,
    plain: _Hashed,
    proof: Proof,
    proofs: tuple[Proof, ...],
) -> HashData:
    previous: list[JsonValue] = [other.document for other in previous_proofs(proof, proofs)]
    secured = {**unsecured, "proof": previous} if previous else unsecured
    if proof.suite.canonicalization is Canonicalization.JCS:
        return _hash_jcs(processor, secured, proof)
    whole = _Hashed(processor, processor.dataset_of(_stated(secured))) if previous else plain
    options = _options_dataset(processor, unsecured, proof)
    return {name: _rdf_digest(processor, options, name) + whole.digest(name) for name in proof.suite.hash_names}


def _hash_jcs(processor: LinkedDataProcessor, secured: JsonObject, proof: Proof) -> HashData:
    # vc-di-eddsa 3.3.2 step 3: the proof's own @context must be where the document's starts, and is what was signed.
    options, document = proof.options, secured
    own = options.get("@context")
    if own is not None:
        started, listed = one_or_more(secured.get("@context")), one_or_more(own)
        if not listed or started[: len(listed)] != listed:
            raise VerificationError(
                "proof.context_mismatch", "The document's @context does not start with the proof's.", pointer=proof.pointer + "/@context"
            )
        document = {**secured, "@context": own}
    _options_dataset(processor, secured, proof)
    return {name: _digest(canonicalize_json(options), name) + _digest(canonicalize_json(document), name) for name in proof.suite.hash_names}


def _options_dataset(processor: LinkedDataProcessor, document: JsonObject, proof: Proof) -> Sequence[Quad]:
    try:
        quads = processor.dataset_of({**proof.options, "@context": document.get("@context", [])})
    except AtestoError as error:
        raise error.below(proof.pointer) from None
    # A second name for a member's IRI would be signed and overlooked: an end of validity, for one.
    for name in proof.document.keys() - PROOF_MEMBERS:
        raise VerificationError("proof.member_unknown", "Proofs have no such member.", pointer=proof.pointer + json_pointer(name))
    return quads


def _rdf_digest(processor: LinkedDataProcessor, quads: Sequence[Quad], hash_name: str) -> bytes:
    return _digest(processor.canonicalize(quads, hash_name).nquads, hash_name)


def _digest(data: bytes, hash_name: str) -> bytes:
    return hashlib.new(hash_name, data).digest()


def check_signature(proof: Proof, hash_data: Mapping[str, bytes], key: PublicKey) -> None:
    """Raises VerificationError `proof.key_mismatch`, `proof.signature_invalid` or MalformedInput `proof.value_malformed`."""
    hash_name = proof.suite.key_hashes.get(key.algorithm)
    if hash_name is None:
        raise VerificationError(
            "proof.key_mismatch",
            f"{proof.suite.name} does not use {key.algorithm} keys.",
            pointer=proof.pointer + "/verificationMethod",
        )
    try:
        signature = decode_base58btc(proof.value)
    except MalformedInput as error:
        raise MalformedInput("proof.value_malformed", error.detail, pointer=proof.pointer + "/proofValue") from None
    try:
        key.verify(signature, hash_data[hash_name])
    except VerificationError as error:
        raise error.below(proof.pointer + "/proofValue") from None


def proof_options(
    document: JsonObject,
    *,
    suite: Cryptosuite,
    verification_method: str,
    purpose: str,
    created: datetime,
    more: Mapping[str, JsonValue] | None = None,
) -> JsonObject:
    """A proof without its value, ready to be hashed (VC-DI section 4.2). `more`: challenge, domain, expires, id, previousProof, nonce."""
    options: JsonObject = {
        "type": PROOF_TYPE,
        "cryptosuite": suite.name,
        "created": format_timestamp(created),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
        **(more or {}),
    }
    if suite.canonicalization is Canonicalization.JCS and "@context" in document:
        return {"@context": document["@context"], **options}
    return options


async def sign_proof(workers: LinkedDataWorkers, document: JsonObject, options: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:
    """The secured document and the bytes that were signed. `document` may carry earlier proofs; the new one is added behind them.

    Raises what `hash_proofs` and `proof.parse_proofs` raise, and CustodyError.
    """
    earlier = one_or_more(document["proof"]) if "proof" in document else []
    draft: JsonObject = {**options, "proofValue": "z"}
    proofs = parse_proofs({**document, "proof": [*earlier, draft]})
    hashes = await workers.run(hash_proofs, document, proofs)
    if proofs[-1].suite.verify_only:
        raise UnsupportedFeature("proof.unsupported_cryptosuite", f"Nothing is signed with {proofs[-1].suite.name} any more.")
    name = proofs[-1].suite.key_hashes.get(signer.public_key.algorithm)
    if name is None:
        raise VerificationError("proof.key_mismatch", f"{proofs[-1].suite.name} does not use {signer.public_key.algorithm} keys.")
    signed = hashes[-1][name]
    proof: JsonObject = {**options, "proofValue": encode_base58btc(await signer.sign(signed))}
    return {**document, "proof": [*earlier, proof] if earlier else proof}, signed
