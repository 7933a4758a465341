"""Published vectors of vc-di-ecdsa for P-384, step by step.

The values are those of the test vectors in the appendix of Data Integrity ECDSA Cryptosuites v1.0 (W3C Recommendation), which come from
the folder `TestVectors` of the repository w3c/vc-di-ecdsa: `p384KeyPair.json`, `ecdsa-rdfc-2019-p384` with `employ` below it, and
`ecdsa-jcs-2019-p384` (W3C Software and Document License). Nonces were random, so signatures are verified, not remade.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.multibase import decode_base58btc
from atesto.errors import VerificationError
from atesto.keys.multikey import parse_public_multikey, parse_secret_multikey
from atesto.linked_data.rdfc import canonicalize
from atesto.proofs.data_integrity import hash_proofs
from atesto.proofs.proof import parse_proofs
from tests.nquads import read_nquads
from tests.simulators.parts import PROCESSOR, verifier

if TYPE_CHECKING:
    from atesto.linked_data.dataset import Quad

pytestmark = pytest.mark.vectors

NOW: Final = datetime.fromisoformat("2026-01-01T00:00:00Z")
PUBLIC_KEY: Final = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"
SECRET_KEY: Final = "z2fanyY7zgwNpZGxX5fXXibvScNaUWNprHU9dKx7qpVj7mws9J8LLt4mDB5TyH2GLHWkUc"
METHOD: Final = f"did:key:{PUBLIC_KEY}#{PUBLIC_KEY}"
CONTEXT: Final[list[Any]] = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
ALUMNI: Final[dict[str, Any]] = {
    "@context": CONTEXT,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


@dataclass(frozen=True)
class Vector:
    """What is published of one proof over the alumni credential; hashes and the signature in hex."""

    proof_hash: str
    document_hash: str
    signature: str
    proof_value: str
    proof_context: bool


VECTORS: Final = {
    "ecdsa-rdfc-2019": Vector(
        "e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc1",
        "8bf6e01df72c5b62f91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96",
        "177ac088806c2506d49f0bfec16056a6a80ace62cd029888ad561aba22a59d192d77d9b1fc28df80dea5ee6c8bceb16f"
        "1b8bff6bd6ff2d8f8778bdde48bafa7b6cc1f914c0168b5c04499882f632deea9cb7d977e888bb0e1ee9fb20ff03b025",
        "z967Mvv5bxtmLNqTzPZ8KmJjFmFXaAKeQNzq7GWnQkMcLtaGSSmuozE5WtJ8PipMe178B1tE28K1vsJur9bGVJhz6jgSJsRHFSQeqgH8hhjcg8gZDFJC1b9FsR5ggNmDBqHv",
        proof_context=False,
    ),
    "ecdsa-jcs-2019": Vector(
        "83e5057817abb0c6872eafeaba1a9e53893c58eeb7414fb6d8aa3fa8c7917f7ad4792890b257c598baa17f4fbe6d183c",
        "3e0be671cc1881035d463158c80921973dab3534d4f8dfacf4ff2725a4115eb718e49d66de0e90e7365cd6062abf2259",
        "8b7462ce62db0c8ff19878c4b3561c49eb71b4a743086b6d5b0eda70ecf0afc5a03fd88eb207d66b262ed87fd200a4e8"
        "e62716e0b329c032b67726b4b0fc737a44c1cefdba2fdccb3ece74cc5845aaa93374455a726f6ee4f5f30da9427f608a",
        "zq3EuTeLiGurmB2JR5oL8oWEsT7u2tba4HT1oZbiMYWc5qzsoW2kLYcBcF4HM5vCpJyTkceULKrVXuJQkXeN5seL4uXrFNFRMm53GWy1Yrto8rTWxZi9DkNeWP7yUPs7ELAm",
        proof_context=True,
    ),
}


def proof_options(suite: str) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        **({"@context": list(CONTEXT)} if VECTORS[suite].proof_context else {}),
    }


def signed(suite: str, **changed: Any) -> dict[str, Any]:
    return {**ALUMNI, **changed, "proof": {**proof_options(suite), "proofValue": VECTORS[suite].proof_value}}


def test_the_keys_are_a_pair() -> None:
    public, secret = parse_public_multikey(PUBLIC_KEY), parse_secret_multikey(SECRET_KEY)
    assert public.algorithm == "P-384"
    assert secret.public_key == public


@pytest.mark.parametrize("suite", VECTORS)
async def test_each_step(suite: str) -> None:
    vector = VECTORS[suite]

    def canonical(value: Any) -> bytes:
        if suite == "ecdsa-jcs-2019":
            return canonicalize_json(value)
        return PROCESSOR.canonicalize(PROCESSOR.dataset_of({**value, "@context": CONTEXT}), "sha384").nquads

    assert hashlib.sha384(canonical(proof_options(suite))).hexdigest() == vector.proof_hash
    assert hashlib.sha384(canonical(ALUMNI)).hexdigest() == vector.document_hash
    (hashes,) = hash_proofs(PROCESSOR, signed(suite), parse_proofs(signed(suite)))
    assert hashes["sha384"].hex() == vector.proof_hash + vector.document_hash
    assert decode_base58btc(vector.proof_value).hex() == vector.signature
    report = await verifier("interop").verify_credential(signed(suite), now=NOW)
    assert report.verified, report.problems
    changed = await verifier("interop").verify_credential(signed(suite, name="Alumna Credential"), now=NOW)
    assert [problem.code for problem in changed.problems] == ["proof.signature_invalid"]


RDF, SCHEMA = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "https://schema.org/"
CITIZENSHIP, CREDENTIALS = "https://w3id.org/citizenship#", "https://www.w3.org/2018/credentials#"
ISSUER: Final = "did:key:zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"
DOT: Final = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVQIW2N"
EMPLOYMENT: Final = f"""
<{ISSUER}> <{SCHEMA}image> <{DOT}gUPr/HwADaAIhG61j/AAAAABJRU5ErkJggg==> .
_:c14n0 <{RDF}type> <{CITIZENSHIP}EmploymentAuthorizationDocument> .
_:c14n0 <{SCHEMA}identifier> "83627465" .
_:c14n0 <{CITIZENSHIP}lprCategory> "C09" .
_:c14n0 <{CITIZENSHIP}lprNumber> "999-999-999" .
_:c14n1 <{RDF}type> <{SCHEMA}Person> .
_:c14n1 <{RDF}type> <{CITIZENSHIP}EmployablePerson> .
_:c14n1 <{SCHEMA}additionalName> "JACOB" .
_:c14n1 <{SCHEMA}birthDate> "1999-07-17"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n1 <{SCHEMA}familyName> "SMITH" .
_:c14n1 <{SCHEMA}gender> "Male" .
_:c14n1 <{SCHEMA}givenName> "JOHN" .
_:c14n1 <{SCHEMA}image> <{DOT}g+M/wHwAEAQH/7yMK/gAAAABJRU5ErkJggg==> .
_:c14n1 <{CITIZENSHIP}birthCountry> "Bahamas" .
_:c14n1 <{CITIZENSHIP}employmentAuthorizationDocument> _:c14n0 .
_:c14n1 <{CITIZENSHIP}residentSince> "2015-01-01"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n2 <{RDF}type> <{CITIZENSHIP}EmploymentAuthorizationDocumentCredential> .
_:c14n2 <{RDF}type> <{CREDENTIALS}VerifiableCredential> .
_:c14n2 <{SCHEMA}description> "Example Employment Authorization Document." .
_:c14n2 <{SCHEMA}name> "Employment Authorization Document" .
_:c14n2 <{CREDENTIALS}credentialSubject> _:c14n1 .
_:c14n2 <{CREDENTIALS}issuer> <{ISSUER}> .
_:c14n2 <{CREDENTIALS}validFrom> "2019-12-03T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n2 <{CREDENTIALS}validUntil> "2029-12-03T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
""".lstrip()
EMPLOYMENT_HASH: Final = "1033878f36ffb458c6495fec9c8814dad5215aad131041e6667db28fef6ea718d0de0eb4546bf527746ad2bc908a4320"
EMPLOYMENT_SIGNATURE: Final = (
    "a5999d1154a3fb5db8805fa762c8c41c1b7f40a231a5d42460d36245349771835f43fe0005295d2061be1789589c1f63"
    "85312f0e2e36709c310c77e8289587b79b29ecf7aad14ef61a1393cc2e1f93a7a354bd76bab47d558df060c6ae218975"
)


def renamed(quads: tuple[Quad, ...], names: dict[str, str]) -> tuple[Quad, ...]:
    return tuple((names.get(s, s), p, names.get(o, o), g) for s, p, o, g in quads)


def test_several_blank_nodes_are_named_with_sha384() -> None:
    """`employ`: three blank nodes. Their canonical names come of SHA-384 too; those of SHA-256 are others, and not what was signed."""
    names = dict(zip(("_:c14n0", "_:c14n1", "_:c14n2"), ("_:x", "_:a", "_:m"), strict=True))
    quads = list(renamed(read_nquads(EMPLOYMENT.encode()), names))
    random.Random(384).shuffle(quads)
    found = canonicalize(quads, "sha384").nquads
    assert found.decode() == EMPLOYMENT
    assert hashlib.sha384(found).hexdigest() == EMPLOYMENT_HASH
    proof_hash = bytes.fromhex(VECTORS["ecdsa-rdfc-2019"].proof_hash)
    key, signature = parse_public_multikey(PUBLIC_KEY), bytes.fromhex(EMPLOYMENT_SIGNATURE)
    key.verify(signature, proof_hash + hashlib.sha384(found).digest())
    other = canonicalize(quads, "sha256").nquads
    assert other != found
    with pytest.raises(VerificationError):
        key.verify(signature, proof_hash + hashlib.sha384(other).digest())
