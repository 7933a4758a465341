"""Section "ECDSA", rdfc and jcs: P-256 and P-384, the proof's own context, issuers that are https URLs beside a did:key."""

from __future__ import annotations

import json
from typing import Any, Final

import base58
import pytest

from tests.live.material import changed, put
from tests.live.suites.documents import FAR_ISSUER, version_1, version_2
from tests.live.suites.signing import PAST, jcs_signed
from tests.live.suites.suite_node import SuiteNode, answered
from tests.live.suites.test_eddsa import REJECTED
from tests.reference_data import reference
from tests.simulators.parts import MemorySigner, secured

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

ISSUERS: Final = {
    "ecdsa-rdfc-2019-p256": ("ecdsa-rdfc-2019", "p256", 64),
    "ecdsa-rdfc-2019-p384": ("ecdsa-rdfc-2019", "p384", 96),
    "ecdsa-jcs-2019-p256": ("ecdsa-jcs-2019", "p256", 64),
    "ecdsa-jcs-2019-p384": ("ecdsa-jcs-2019", "p384", 96),
}
PREFIXES: Final = {"p256": "did:key:zDna", "p384": "did:key:z82L"}
SIGNERS: Final = {"P-256": MemorySigner.numbered(66, "P-256"), "P-384": MemorySigner.numbered(67, "P-384")}
FAULTS: Final = [name for name in REJECTED if name != "cryptosuite of another key"]


@pytest.mark.parametrize("version", [version_1, version_2])
@pytest.mark.parametrize("issuer", ISSUERS)
def test_the_verifier_accepts_what_the_issuer_issued(suite: SuiteNode, issuer: str, version: Any) -> None:
    name, kind, length = ISSUERS[issuer]
    assert suite.ids[kind].startswith(PREFIXES[kind])
    given = suite.issued(version(suite.ids[kind]), issuer)
    proof = given["proof"]
    assert (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) == ("DataIntegrityProof", name, "assertionMethod")
    assert proof["verificationMethod"] == f"{suite.ids[kind]}#{suite.ids[kind].removeprefix('did:key:')}"
    assert proof["proofValue"][0] == "z"
    assert len(base58.b58decode(proof["proofValue"][1:])) == length
    # jcs issuance: the proof's @context equals the returned document's; rdfc needs none.
    assert proof.get("@context") == (given["@context"] if "jcs" in issuer else None)
    assert suite.both(given) == ("confirmed", "confirmed")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("issuer", ISSUERS)
def test_what_a_verifier_refuses(suite: SuiteNode, issuer: str, fault: str) -> None:
    change, code = REJECTED[fault]
    given = suite.issued(version_2(suite.ids[ISSUERS[issuer][1]]), issuer)
    value = given["proof"]["proofValue"]
    if fault == "proofValue changed":
        change, code = put("proof", "proofValue", value=value[:-1] + ("2" if value[-1] != "2" else "3")), "proof.signature_invalid"
    assert suite.both(changed(given, change)) == (code, code)


@pytest.mark.parametrize("issuer", ISSUERS)
def test_what_an_issuer_refuses(suite: SuiteNode, issuer: str) -> None:
    did = suite.ids[ISSUERS[issuer][1]]
    assert answered(suite.issue(version_2(did), issuer)) == "issued"
    assert answered(suite.issue(version_2(did, undefinedTerm=1), issuer)) == "linked_data.undefined_term /undefinedTerm"
    asked = version_2(did, type=["VerifiableCredential", "UndefinedType"])
    assert answered(suite.issue(asked, issuer)) == "linked_data.undefined_type /type/1"
    assert answered(suite.issue(version_2(did, credentialSubject=...), issuer)) == "model.member_missing /credentialSubject"
    assert answered(suite.issue(version_2(suite.ids["ed25519"]), issuer)) == "issue.foreign_issuer /issuer"


# The fixed vectors name an https issuer that publishes nothing, and a did:key signs


@pytest.mark.parametrize("curve", SIGNERS)
@pytest.mark.parametrize("name", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
async def test_an_https_issuer_with_a_did_key_verifies_under_interop_with_a_warning(suite: SuiteNode, name: str, curve: str) -> None:
    own = await secured(version_2(SIGNERS[curve].did), SIGNERS[curve], name, created=PAST)
    assert suite.both(own) == ("confirmed", "confirmed")
    far = await secured(version_2(FAR_ISSUER), SIGNERS[curve], name, created=PAST)
    assert suite.both(far) == ("confirmed", "binding.issuer_unverified")
    findings = suite.verify(far).json["findings"]
    assert "binding.unverified" in [finding["code"] for finding in findings]
    # An issuer that is a DID needs a proof of its own under both.
    other = await secured(version_2("did:web:vc.example"), SIGNERS[curve], name, created=PAST)
    assert suite.both(other) == ("binding.issuer_mismatch", "binding.issuer_mismatch")


@pytest.mark.vectors
@pytest.mark.parametrize("vector", ["ecdsa-rdfc-2019-p256/signedECDSAP256.json", "ecdsa-jcs-2019-p256/signedJCSECDSAP256.json"])
def test_the_fixed_vectors_verify(suite: SuiteNode, vector: str) -> None:
    document = json.loads(reference("vectors", "di-ecdsa", *vector.split("/")).read_text(encoding="utf-8"))
    assert suite.both(document) == ("confirmed", "context.not_allowed")
    assert suite.both(changed(document, put("validFrom", value="2010-01-02T00:00:00Z")))[0] == "proof.signature_invalid"


@pytest.mark.parametrize("curve", SIGNERS)
def test_a_jcs_proof_of_fewer_contexts_than_the_document_is_interops_alone(suite: SuiteNode, curve: str) -> None:
    signer = SIGNERS[curve]
    document = version_2(signer.did)
    assert suite.both(jcs_signed(document, signer)) == ("confirmed", "confirmed")
    longer = document | {"@context": [*document["@context"], "https://w3id.org/security/data-integrity/v2"]}
    signed = jcs_signed(longer, signer, context=document["@context"])
    assert suite.both(signed) == ("confirmed", "proof.context_mismatch")
    assert suite.both(jcs_signed(document, signer, context=longer["@context"])) == ("proof.context_mismatch", "proof.context_mismatch")
