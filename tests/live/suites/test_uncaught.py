"""Section "what the suites do not catch": covered here, and against another implementation in tests/interop.

A revoked credential is not among it: this node does not read status lists yet. What it says instead is held here.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from atesto.dids.methods.key import did_key
from atesto.encoding.multibase import decode_base58btc
from atesto.keys.multikey import parse_public_multikey
from tests.live.material import V2, changed, put
from tests.live.suites.documents import version_2
from tests.live.suites.signing import PAST, jcs_signed
from tests.simulators.parts import PROCESSOR, MemorySigner, secured

if TYPE_CHECKING:
    from tests.live.suites.suite_node import SuiteNode

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

SIGNERS: Final = {
    "eddsa-rdfc-2022": MemorySigner.numbered(69),
    "eddsa-jcs-2022": MemorySigner.numbered(69),
    "ecdsa-rdfc-2019": MemorySigner.numbered(70, "P-384"),
    "ecdsa-jcs-2019": MemorySigner.numbered(70, "P-256"),
}


def test_p_384_with_blank_nodes_is_canonicalized_with_sha_384_inside_too(suite: SuiteNode) -> None:
    names = [{"name": f"Module {number}"} for number in range(6)]
    given = suite.issued(version_2(suite.ids["p384"], credentialSubject=names), "ecdsa-rdfc-2019-p384")
    assert suite.both(given) == ("confirmed", "confirmed")
    options = {name: value for name, value in given["proof"].items() if name != "proofValue"} | {"@context": [V2]}
    unsecured = {name: value for name, value in given.items() if name != "proof"}
    key = parse_public_multikey(suite.ids["p384"].removeprefix("did:key:"))
    assert did_key(key) == suite.ids["p384"]
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP384R1(), key.raw)
    value = decode_base58btc(given["proof"]["proofValue"])
    signature = encode_dss_signature(int.from_bytes(value[:48], "big"), int.from_bytes(value[48:], "big"))

    def signed(inner: str) -> bytes:
        canonical = [PROCESSOR.canonicalize(PROCESSOR.dataset_of(each), inner).nquads for each in (options, unsecured)]
        return b"".join(hashlib.sha384(text).digest() for text in canonical)

    assert signed("sha256") != signed("sha384")
    point.verify(signature, signed("sha384"), ec.ECDSA(hashes.SHA384()))
    with pytest.raises(InvalidSignature):
        point.verify(signature, signed("sha256"), ec.ECDSA(hashes.SHA384()))


@pytest.mark.parametrize("curve", ["Ed25519", "P-256", "P-384"])
@pytest.mark.parametrize("member", ["credentialSubject", "validFrom", "issuer", "type", "name"], ids=lambda name: f"changed {name}")
def test_jcs_signatures_cover_the_document(suite: SuiteNode, curve: str, member: str) -> None:
    signer = MemorySigner.numbered(71, curve)
    signed = jcs_signed(version_2({"id": signer.did, "name": "Harbour School"}, name="Tides"), signer)
    assert suite.both(signed) == ("confirmed", "confirmed")
    others: dict[str, Any] = {
        "credentialSubject": {"id": "did:example:learner", "name": "Another"}, "validFrom": "2026-01-15T09:00:01Z",
        "issuer": {"id": signer.did, "name": "Another School"}, "type": "VerifiableCredential", "name": "Ebb",
    }  # fmt: skip
    assert suite.both(changed(signed, put(member, value=others[member]))) == ("proof.signature_invalid", "proof.signature_invalid")


@pytest.mark.parametrize("curve", ["Ed25519", "P-256", "P-384"])
def test_a_jcs_proof_without_context_or_by_another_key(suite: SuiteNode, curve: str) -> None:
    signer, stranger = MemorySigner.numbered(71, curve), MemorySigner.numbered(72, curve)
    document = version_2(signer.did)
    assert suite.both(jcs_signed(document, signer, context=...)) == ("confirmed", "confirmed")
    signed = jcs_signed(document, stranger, verificationMethod=signer.verification_method)
    assert suite.both(signed) == ("proof.signature_invalid", "proof.signature_invalid")
    assert suite.both(jcs_signed(document, stranger)) == ("binding.issuer_mismatch", "binding.issuer_mismatch")


@pytest.mark.parametrize("name", SIGNERS)
async def test_domain_and_challenge_of_a_presentation(suite: SuiteNode, name: str) -> None:
    holder = SIGNERS[name]
    document: Any = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": holder.did}
    more: Any = {"domain": "verifier.example", "challenge": "c1"}
    proved = await secured(document, holder, name, purpose="authentication", created=PAST, more=more)
    assert suite.both(proved, presentation=True, domain="verifier.example", challenge="c1") == ("confirmed", "confirmed")
    for asked, code in (
        ({"domain": "other.example", "challenge": "c1"}, "binding.domain"),
        ({"domain": "verifier.example", "challenge": "c2"}, "binding.challenge"),
        ({"domain": "VERIFIER.example", "challenge": "c1"}, "binding.domain"),
    ):
        assert suite.both(proved, presentation=True, **asked) == (code, code)


@pytest.mark.parametrize("name", SIGNERS)
async def test_what_has_ended_and_what_has_not_begun(suite: SuiteNode, name: str) -> None:
    signer = SIGNERS[name]

    async def verdicts(*, more: Any = None, **members: Any) -> tuple[str, str]:
        return suite.both(await secured(version_2(signer.did, **members), signer, name, created=PAST, more=more))

    later, earlier = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (PAST + timedelta(days=400), PAST + timedelta(hours=1)))
    assert await verdicts(validUntil=later, more={"expires": later}) == ("confirmed", "confirmed")
    assert await verdicts(validUntil=earlier) == ("time.expired", "time.expired")
    assert await verdicts(more={"expires": earlier}) == ("time.proof_expired", "time.proof_expired")
    assert await verdicts(validFrom=later) == ("time.not_yet_valid", "time.not_yet_valid")


async def test_a_status_that_is_not_read_is_never_good(suite: SuiteNode) -> None:
    entry: Any = {
        "id": "https://school.example/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://school.example/status/1",
    }
    signer = SIGNERS["eddsa-rdfc-2022"]
    plain = version_2(signer.did)
    assert suite.both(await secured(plain, signer)) == ("confirmed", "confirmed")
    found = suite.both(await secured({**plain, "credentialStatus": entry}, signer))
    assert found == ("status.unreachable", "status.unreachable")
