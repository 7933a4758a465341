"""Section "EdDSA": the form of proofs, what a verifier has to refuse, proof sets and chains. Each group starts with what must pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import base58
import pytest

from tests.live.material import V2, changed, put
from tests.live.suites.documents import TERMS, version_1, version_2
from tests.live.suites.signing import PAST, jcs_signed, rdfc_signed_without
from tests.live.suites.suite_node import SuiteNode, answered, said
from tests.simulators.parts import MemorySigner, secured

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

SUITES: Final = ("eddsa-rdfc-2022", "eddsa-jcs-2022")
SIGNER: Final = MemorySigner.numbered(61)
SECOND: Final = MemorySigner.numbered(62)
THIRD: Final = MemorySigner.numbered(63)
FIRST_ID: Final = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"
SECOND_ID: Final = "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54"


@pytest.fixture(scope="module")
def issued(suite: SuiteNode) -> dict[tuple[str, str], Any]:
    """A credential of each suite and version."""
    made = {"1.1": version_1, "2.0": version_2}
    return {(name, version): suite.issued(made[version](suite.ids["ed25519"]), name) for name in SUITES for version in made}


# Proof format, data model and algorithms


@pytest.mark.parametrize("version", ["1.1", "2.0"])
@pytest.mark.parametrize("name", SUITES)
def test_the_verifier_accepts_what_the_issuer_issued(suite: SuiteNode, issued: dict[tuple[str, str], Any], name: str, version: str) -> None:
    assert suite.both(issued[name, version]) == ("confirmed", "confirmed")


@pytest.mark.parametrize("version", ["1.1", "2.0"])
@pytest.mark.parametrize("name", SUITES)
def test_the_form_of_a_proof(issued: dict[tuple[str, str], Any], name: str, version: str) -> None:
    proof = issued[name, version]["proof"]
    assert isinstance(proof, dict)
    assert (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == ("DataIntegrityProof", name, "assertionMethod")
    assert proof["proofValue"][0] == "z"
    assert len(base58.b58decode(proof["proofValue"][1:])) == 64
    method = proof["verificationMethod"]
    assert urlsplit(method).scheme == "did"
    did, _, fragment = method.partition("#")
    assert (did, fragment) == (issued[name, version]["issuer"], did.removeprefix("did:key:"))


@pytest.mark.parametrize("name", SUITES)
@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"type": ["VerifiableCredential", "UndefinedType"]}, "linked_data.undefined_type /type/1"),
        ({"undefinedTerm": "lost"}, "linked_data.undefined_term /undefinedTerm"),
        ({"credentialSubject": ...}, "model.member_missing /credentialSubject"),
    ],
    ids=["undefined type", "undefined term", "no subject"],
)
@pytest.mark.parametrize("version", [version_1, version_2])
def test_what_an_issuer_refuses(suite: SuiteNode, name: str, version: Any, members: dict[str, Any], code: str) -> None:
    assert answered(suite.issue(version(suite.ids["ed25519"], **members), name)) == code


# Verify errors: name -> the fault put into a credential that was confirmed, and the code

REJECTED: Final[dict[str, tuple[Callable[[Any], object], str]]] = {
    "wrong proof.type": (put("proof", "type", value="Ed25519Signature2020"), "proof.malformed"),
    "proof.type of no suite": (put("proof", "type", value="UnknownProof"), "proof.unsupported_cryptosuite"),
    "proof null": (put("proof", value=None), "proof.missing"),
    "proof missing": (put("proof", value=...), "proof.missing"),
    "proof.type missing": (put("proof", "type", value=...), "proof.unsupported_cryptosuite"),
    "proof.verificationMethod missing": (put("proof", "verificationMethod", value=...), "proof.malformed"),
    "proof.proofPurpose missing": (put("proof", "proofPurpose", value=...), "proof.malformed"),
    "unexpected proof purpose": (put("proof", "proofPurpose", value="capabilityInvocation"), "binding.purpose"),
    "purpose of presentations": (put("proof", "proofPurpose", value="authentication"), "binding.purpose"),
    "purpose of no relationship": (put("proof", "proofPurpose", value="bogus"), "linked_data.relative_iri"),
    "proofValue missing": (put("proof", "proofValue", value=...), "proof.malformed"),
    "proofValue null": (put("proof", "proofValue", value=None), "proof.malformed"),
    "proofValue without its multibase header": (
        lambda d: d["proof"].update(proofValue=d["proof"]["proofValue"][1:]),
        "proof.value_malformed",
    ),
    "proofValue with another header": (lambda d: d["proof"].update(proofValue="u" + d["proof"]["proofValue"][1:]), "proof.value_malformed"),
    "proofValue changed": (lambda d: d["proof"].update(proofValue="z" + base58.b58encode(bytes(64)).decode()), "proof.signature_invalid"),
    "unknown cryptosuite": (put("proof", "cryptosuite", value="unknown-cryptosuite-2017"), "proof.unsupported_cryptosuite"),
    "cryptosuite missing": (put("proof", "cryptosuite", value=...), "proof.malformed"),
    "cryptosuite of another key": (put("proof", "cryptosuite", value="ecdsa-rdfc-2019"), "proof.key_mismatch"),
    "undefined term added after signing": (put("undefinedTerm", value="added"), "linked_data.undefined_term"),
    "undefined type added after signing": (put("type", value=["VerifiableCredential", "UndefinedType"]), "linked_data.undefined_type"),
    "undefined term in the proof": (put("proof", "undefinedTerm", value="added"), "linked_data.undefined_term"),
    "claim changed": (put("credentialSubject", "id", value="did:example:another"), "proof.signature_invalid"),
    "created changed": (put("proof", "created", value="2026-01-01T00:00:00Z"), "proof.signature_invalid"),
    "a list of no proofs": (put("proof", value=[]), "proof.missing"),
}


@pytest.mark.parametrize("fault", REJECTED)
@pytest.mark.parametrize("version", ["1.1", "2.0"])
@pytest.mark.parametrize("name", SUITES)
def test_what_a_verifier_refuses(suite: SuiteNode, issued: dict[tuple[str, str], Any], name: str, version: str, fault: str) -> None:
    change, code = REJECTED[fault]
    assert suite.both(changed(issued[name, version], change)) == (code, code)


@pytest.mark.parametrize("name", SUITES)
def test_a_member_that_is_defined_and_no_proofs_is_refused(suite: SuiteNode, issued: dict[tuple[str, str], Any], name: str) -> None:
    asked = changed(issued[name, "2.0"], put("proof", "name", value="A proof"))
    assert suite.both(asked) == ("proof.member_unknown", "proof.member_unknown")


def test_a_credential_as_a_string_is_refused(suite: SuiteNode, issued: dict[tuple[str, str], Any]) -> None:
    assert said(suite.verify(json.dumps(issued["eddsa-rdfc-2022", "2.0"]))) == "token.malformed"


# Undefined terms and types that a signer without loss detection has signed


def test_undefined_terms_present_at_signing(suite: SuiteNode) -> None:
    clean = version_2(SIGNER.did)
    assert suite.both(rdfc_signed_without(clean, clean, SIGNER)) == ("confirmed", "confirmed")
    assert suite.both(jcs_signed(clean, SIGNER)) == ("confirmed", "confirmed")
    for members, code in (
        ({"undefinedTerm": "lost"}, "linked_data.undefined_term"),
        ({"type": ["VerifiableCredential", "UndefinedType"]}, "linked_data.undefined_type"),
        ({"credentialSubject": {**clean["credentialSubject"], "undefinedTerm": 1}}, "linked_data.undefined_term"),
    ):
        asked = clean | members
        assert suite.both(rdfc_signed_without(asked, clean, SIGNER)) == (code, code)
        # For JCS the signature covers the term; it has no meaning all the same.
        assert suite.both(jcs_signed(asked, SIGNER)) == (code, code)


BASE: Final = {"@base": "https://smuggled.example/"}
BASES: Final[dict[str, Any]] = {
    "beside": [V2, BASE],
    "with other terms": [V2, {**TERMS, **BASE}],
    "null": [V2, {"@base": None}],
    "twice": [V2, BASE, {"@base": "https://other.example/"}],
}


@pytest.mark.parametrize("kind", BASES)
def test_a_base_url_smuggled_through_context_makes_no_type_absolute(suite: SuiteNode, kind: str) -> None:
    absolute = version_2(SIGNER.did, type=["VerifiableCredential", "https://smuggled.example/UndefinedType"])
    assert suite.both(rdfc_signed_without(absolute, absolute, SIGNER)) == ("confirmed", "confirmed")
    relative = {**absolute, "@context": BASES[kind], "type": ["VerifiableCredential", "UndefinedType"]}
    for signed in (rdfc_signed_without(relative, absolute, SIGNER), jcs_signed(relative, SIGNER)):
        interop, strict = suite.both(signed)
        assert interop.startswith(("linked_data.", "context."))
        assert strict == "context.inline"
    asked = {**relative, "issuer": suite.ids["ed25519"]}
    for name in SUITES:
        assert answered(suite.issue(asked, name)).startswith(("linked_data.", "context."))


# Proof sets


@pytest.mark.parametrize("name", SUITES)
async def test_a_proof_set_of_two_is_accepted(suite: SuiteNode, name: str) -> None:
    one = await secured(version_2(SIGNER.did), SIGNER, name, created=PAST)
    both: Any = await secured(one, SECOND, name, created=PAST)
    assert suite.both(both) == ("confirmed", "confirmed")
    assert suite.both({**both, "proof": both["proof"][::-1]}) == ("confirmed", "confirmed")


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("name", SUITES)
async def test_a_proof_set_with_one_broken_proof_is_refused(suite: SuiteNode, name: str, index: int) -> None:
    both = await secured(await secured(version_2(SIGNER.did), SIGNER, name, created=PAST), SECOND, name, created=PAST)
    broken = changed(both, put("proof", index, "created", value="2026-01-01T00:00:00Z"))
    assert suite.both(broken) == ("proof.signature_invalid", "proof.signature_invalid")


async def test_a_proof_set_without_the_issuer_is_refused(suite: SuiteNode) -> None:
    both = await secured(await secured(version_2(SIGNER.did), SECOND, created=PAST), THIRD, created=PAST)
    assert suite.both(both) == ("binding.issuer_mismatch", "binding.issuer_mismatch")


# Proof chains


async def chain(name: str, previous: Any, **second: Any) -> Any:
    """A credential with a first proof by the issuer and one by another that names what `previous` says."""
    first = await secured(version_2(SIGNER.did), SIGNER, name, created=PAST, more={"id": FIRST_ID})
    return await secured(first, SECOND, name, created=PAST, more={"previousProof": previous, **second})


@pytest.mark.parametrize("previous", [FIRST_ID, [FIRST_ID]], ids=["string", "array"])
@pytest.mark.parametrize("name", SUITES)
async def test_a_proof_chain_is_accepted(suite: SuiteNode, name: str, previous: Any) -> None:
    assert suite.both(await chain(name, previous)) == ("confirmed", "confirmed")


@pytest.mark.parametrize("name", SUITES)
async def test_a_chain_of_three_by_an_array_of_two(suite: SuiteNode, name: str) -> None:
    two = await chain(name, FIRST_ID, id=SECOND_ID)
    three = await secured(two, THIRD, name, created=PAST, more={"previousProof": [FIRST_ID, SECOND_ID]})
    assert suite.both(three) == ("confirmed", "confirmed")


@pytest.mark.parametrize("name", SUITES)
async def test_previous_proofs_are_really_covered(suite: SuiteNode, name: str) -> None:
    signed = await chain(name, FIRST_ID)
    again = await secured(version_2(SIGNER.did), SIGNER, name, created=PAST.replace(year=2025), more={"id": FIRST_ID})
    # The first proof is valid in itself, but not the one that the second was made over.
    assert suite.both({**signed, "proof": [again["proof"], signed["proof"][1]]}) == ("proof.signature_invalid", "proof.signature_invalid")


CHAINS: Final[dict[str, tuple[Callable[[Any], object], str]]] = {
    "previousProof names no proof (string)": (put("proof", 1, "previousProof", value="urn:uuid:none"), "proof.chain_broken"),
    "previousProof names no proof (array)": (put("proof", 1, "previousProof", value=["urn:uuid:none"]), "proof.chain_broken"),
    "one of previousProof names no proof": (put("proof", 1, "previousProof", value=[FIRST_ID, "urn:uuid:none"]), "proof.chain_broken"),
    "a referenced proof whose id is not a URL": (put("proof", 0, "id", value="not-a-url"), "proof.malformed"),
    "a referenced proof whose previousProof is a number": (put("proof", 0, "previousProof", value=7), "proof.malformed"),
    "a predecessor that does not verify": (put("proof", 0, "created", value="2026-01-01T00:00:00Z"), "proof.signature_invalid"),
    "the predecessor is gone": (lambda d: d["proof"].pop(0), "proof.chain_broken"),
    "a circle": (put("proof", 0, "previousProof", value=SECOND_ID), "proof.chain_broken"),
    "previousProof empty": (put("proof", 1, "previousProof", value=[]), "proof.malformed"),
    "previousProof null": (put("proof", 1, "previousProof", value=None), "proof.malformed"),
    "previousProof taken away": (put("proof", 1, "previousProof", value=...), "proof.signature_invalid"),
}


@pytest.mark.parametrize("fault", CHAINS)
@pytest.mark.parametrize("name", SUITES)
async def test_broken_chains_are_refused(suite: SuiteNode, name: str, fault: str) -> None:
    change, code = CHAINS[fault]
    signed = await chain(name, FIRST_ID, id=SECOND_ID)
    assert suite.both(signed) == ("confirmed", "confirmed")
    assert suite.both(changed(signed, change)) == (code, code)


@pytest.mark.parametrize(
    "fault",
    [{"context": ["https://www.w3.org/2018/credentials/v1"]}, {"context": [V2, V2]}, {"context": []}, {"context": "https://www.w3.org/ns"}],
    ids=["another", "longer", "empty", "unknown"],
)
def test_the_context_of_a_jcs_proof_is_the_documents(suite: SuiteNode, fault: dict[str, Any]) -> None:
    assert suite.both(jcs_signed(version_2(SIGNER.did), SIGNER)) == ("confirmed", "confirmed")
    assert suite.both(jcs_signed(version_2(SIGNER.did), SIGNER, **fault)) == ("proof.context_mismatch", "proof.context_mismatch")
