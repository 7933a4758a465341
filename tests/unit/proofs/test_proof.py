"""The shape of proofs: each rule with one fault."""

from __future__ import annotations

from typing import Any

import pytest

from atesto import limits
from atesto.errors import AtestoError
from atesto.proofs.proof import parse_proofs, previous_proofs

PROOF: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-06-15T09:00:00Z",
    "verificationMethod": "did:example:issuer#key-1",
    "proofPurpose": "assertionMethod",
    "proofValue": "z2abc",
}


def chained(name: str, *previous: str) -> dict[str, Any]:
    return {**PROOF, "id": f"urn:p:{name}", **({"previousProof": [f"urn:p:{p}" for p in previous]} if previous else {})}


def test_a_proof_is_read() -> None:
    full = {**PROOF, "id": "urn:p:1", "expires": "2027-01-01T00:00:00Z", "domain": "d", "challenge": "c", "nonce": "n"}
    (proof,) = parse_proofs({"proof": full})
    assert proof.pointer == "/proof"
    assert proof.suite.name == "eddsa-rdfc-2022"
    assert (proof.verification_method, proof.purpose, proof.value) == ("did:example:issuer#key-1", "assertionMethod", "z2abc")
    assert (proof.id, proof.domain, proof.challenge, proof.previous) == ("urn:p:1", ("d",), "c", ())
    assert proof.created is not None
    assert proof.created.moment.year == 2026
    assert proof.expires is not None
    assert proof.expires.moment.year == 2027
    assert proof.options == {name: value for name, value in full.items() if name != "proofValue"}
    assert proof.document == full


def test_a_bare_proof_is_read() -> None:
    (proof,) = parse_proofs({"proof": [{name: value for name, value in PROOF.items() if name != "created"}]})
    assert proof.pointer == "/proof/0"
    assert (proof.id, proof.created, proof.expires, proof.domain, proof.challenge) == (None, None, None, (), None)


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no proof": ({}, "proof.missing", "/proof"),
    "null": ({"proof": None}, "proof.missing", "/proof"),
    "empty list": ({"proof": []}, "proof.missing", "/proof"),
    "a text": ({"proof": "..."}, "proof.malformed", "/proof"),
    "a list of texts": ({"proof": [PROOF, "x"]}, "proof.malformed", "/proof/1"),
    "too many": ({"proof": [PROOF] * (limits.MAX_PROOFS + 1)}, "proof.too_many", "/proof"),
    "no type": ({"proof": {k: v for k, v in PROOF.items() if k != "type"}}, "proof.unsupported_cryptosuite", "/proof/type"),
    "type unknown": ({"proof": {**PROOF, "type": "MagicProof"}}, "proof.unsupported_cryptosuite", "/proof/type"),
    "suite unknown": ({"proof": {**PROOF, "cryptosuite": "rot13"}}, "proof.unsupported_cryptosuite", "/proof/cryptosuite"),
    "suite missing": ({"proof": {k: v for k, v in PROOF.items() if k != "cryptosuite"}}, "proof.malformed", "/proof/cryptosuite"),
    "method missing": (
        {"proof": {k: v for k, v in PROOF.items() if k != "verificationMethod"}},
        "proof.malformed",
        "/proof/verificationMethod",
    ),
    "method a list": ({"proof": {**PROOF, "verificationMethod": ["a#b"]}}, "proof.malformed", "/proof/verificationMethod"),
    "method a number": ({"proof": {**PROOF, "verificationMethod": 3}}, "proof.malformed", "/proof/verificationMethod"),
    "method empty": ({"proof": {**PROOF, "verificationMethod": ""}}, "proof.malformed", "/proof/verificationMethod"),
    "purpose missing": ({"proof": {k: v for k, v in PROOF.items() if k != "proofPurpose"}}, "proof.malformed", "/proof/proofPurpose"),
    "purpose a list": ({"proof": {**PROOF, "proofPurpose": ["assertionMethod"]}}, "proof.malformed", "/proof/proofPurpose"),
    "value missing": ({"proof": {k: v for k, v in PROOF.items() if k != "proofValue"}}, "proof.malformed", "/proof/proofValue"),
    "value null": ({"proof": {**PROOF, "proofValue": None}}, "proof.malformed", "/proof/proofValue"),
    "created malformed": ({"proof": {**PROOF, "created": "yesterday"}}, "time.malformed", "/proof/created"),
    "created a number": ({"proof": {**PROOF, "created": 1}}, "proof.malformed", "/proof/created"),
    "expires malformed": ({"proof": {**PROOF, "expires": "2026"}}, "time.malformed", "/proof/expires"),
    "id relative": ({"proof": {**PROOF, "id": "p1"}}, "proof.malformed", "/proof/id"),
    "challenge a list": ({"proof": {**PROOF, "challenge": ["c"]}}, "proof.malformed", "/proof/challenge"),
    "domain a number": ({"proof": {**PROOF, "domain": 1}}, "proof.malformed", "/proof/domain"),
    "domain an empty list": ({"proof": {**PROOF, "domain": []}}, "proof.malformed", "/proof/domain"),
    "domain holds a number": ({"proof": {**PROOF, "domain": ["a", 1]}}, "proof.malformed", "/proof/domain"),
    "previous a number": ({"proof": {**PROOF, "previousProof": 1}}, "proof.malformed", "/proof/previousProof"),
    "previous too many": (
        {"proof": {**PROOF, "previousProof": [f"urn:p:{i}" for i in range(limits.MAX_PREVIOUS_PROOFS + 1)]}},
        "proof.malformed",
        "/proof/previousProof",
    ),
    "previous missing": ({"proof": [chained("a"), chained("b", "c")]}, "proof.chain_broken", "/proof/1/previousProof"),
    "previous itself": ({"proof": [chained("a", "a")]}, "proof.chain_broken", "/proof"),
    "previous a circle": ({"proof": [chained("a", "b"), chained("b", "a")]}, "proof.chain_broken", "/proof"),
    "id twice": ({"proof": [chained("a"), chained("a"), chained("b", "a")]}, "proof.chain_broken", "/proof"),
    "chain too long": (
        {"proof": [chained("0"), *(chained(str(i + 1), str(i)) for i in range(limits.MAX_CHAINED_PROOFS + 1))]},
        "proof.too_many",
        "/proof",
    ),
}


@pytest.mark.parametrize(("document", "code", "pointer"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(document: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(AtestoError) as caught:
        parse_proofs(document)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_the_longest_chain_and_the_largest_set_are_taken() -> None:
    chain: list[Any] = [chained("0"), *(chained(str(i + 1), str(i)) for i in range(limits.MAX_CHAINED_PROOFS))]
    assert len(parse_proofs({"proof": chain})) == limits.MAX_CHAINED_PROOFS + 1
    assert len(parse_proofs({"proof": [PROOF] * limits.MAX_PROOFS})) == limits.MAX_PROOFS


def test_previous_proofs_come_in_document_order() -> None:
    proofs = parse_proofs({"proof": [chained("a"), chained("b"), {**chained("c"), "previousProof": ["urn:p:b", "urn:p:a"]}, PROOF]})
    assert [other.id for other in previous_proofs(proofs[2], proofs)] == ["urn:p:a", "urn:p:b"]
    assert previous_proofs(proofs[0], proofs) == ()
    single = parse_proofs({"proof": [chained("a"), {**chained("b"), "previousProof": "urn:p:a"}]})
    assert [other.id for other in previous_proofs(single[1], single)] == ["urn:p:a"]
