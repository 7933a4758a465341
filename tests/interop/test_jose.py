"""Both ways with `jose` of npm: it verifies the tokens that we issue, we verify those that it signs. And Ed25519Signature2020, one way."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.encoding.base64url import encode_base64url
from atesto.issuance.issue import Issuer
from atesto.issuance.securing import JWT
from atesto.keys.jwk import public_jwk
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, presentation, verifier, version_1_1
from tests.simulators.tokens import envelope

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from tests.interop.node_peer import NodePeer

pytestmark = pytest.mark.interop

MOMENT: Final = "2026-06-15T12:00:00Z"
V1: Final = "https://www.w3.org/2018/credentials/v1"
V2: Final = "https://www.w3.org/ns/credentials/v2"
SUITE_CONTEXT: Final = "https://w3id.org/security/suites/ed25519-2020/v1"
ALGORITHMS: Final = {"EdDSA": "Ed25519", "ES256": "P-256", "ES384": "P-384"}
EACH_ALGORITHM = pytest.mark.parametrize(("alg", "algorithm"), ALGORITHMS.items(), ids=ALGORITHMS)


def private_jwk(signer: MemorySigner) -> JsonObject:
    return {**public_jwk(signer.public_key), "d": encode_base64url(signer.key.seed())}


@EACH_ALGORITHM
@pytest.mark.parametrize("typ", ["vc+jwt", "JWT"])
async def test_it_verifies_what_we_issue(peer: NodePeer, alg: str, algorithm: str, typ: str) -> None:
    signer = MemorySigner.numbered(7, algorithm)
    document = credential(signer) if typ == "vc+jwt" else version_1_1(signer)
    issued: Any = await Issuer("jwt", signer.did, signer, JWT, verifier(), MemoryLedger()).issue(document, now=NOW)
    token = issued["id"].partition(",")[2]
    key = public_jwk(signer.public_key)
    answer = peer.ask("verifyToken", key={**key, "alg": alg}, token=token, typ=typ, now=MOMENT)
    assert answer["header"]["kid"] == signer.verification_method
    assert (answer["payload"]["vc"] if typ == "JWT" else {**answer["payload"]}).items() >= document.items()
    head, _, signature = token.split(".")
    changed = f"{head}.{encode_base64url(b'{}')}.{signature}"
    refused = peer.ask("verifyToken", key={**key, "alg": alg}, token=changed, typ=typ, now=MOMENT)
    assert refused == {"refused": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}


@EACH_ALGORITHM
async def test_we_verify_what_it_signs(peer: NodePeer, alg: str, algorithm: str) -> None:
    signer = MemorySigner.numbered(7, algorithm)
    payload = {**credential(signer), "iat": int(NOW.timestamp())}
    header = {"typ": "vc+jwt", "cty": "vc", "kid": signer.verification_method}
    token = peer.ask("signToken", alg=alg, key=private_jwk(signer), header=header, payload=payload)
    report = await verifier().verify_credential(envelope(token), now=NOW)
    assert report.verified, report.to_json()
    assert (report.shown, report.token) == (payload, token)
    head, body, signature = token.split(".")
    assert not (await verifier().verify_credential(f"{head}.{body}.{signature[::-1]}", now=NOW)).verified


@EACH_ALGORITHM
async def test_we_verify_the_presentation_that_it_signs(peer: NodePeer, alg: str, algorithm: str) -> None:
    authority, holder = MemorySigner.numbered(7), MemorySigner.numbered(8, algorithm)
    held = await Issuer("jwt", authority.did, authority, JWT, verifier(), MemoryLedger()).issue(credential(authority), now=NOW)
    payload = {**presentation(holder, held), "nonce": "0b7c1a7e", "aud": "https://verifier.example", "exp": int(NOW.timestamp()) + 300}
    header = {"typ": "vp+jwt", "kid": holder.verification_method}
    token = peer.ask("signToken", alg=alg, key=private_jwk(holder), header=header, payload=payload)
    asked = {"challenge": "0b7c1a7e", "domain": "https://verifier.example"}
    report = await verifier().verify_presentation(envelope(token, "presentation"), now=NOW, **asked)
    assert report.verified, report.to_json()
    assert report.presenter == holder.did
    assert not (await verifier().verify_presentation(token, now=NOW, **{**asked, "challenge": "another"})).verified


@pytest.mark.parametrize("base", [V1, V2])
async def test_we_verify_its_ed25519_signature_2020(peer: NodePeer, base: str) -> None:
    signer = MemorySigner.numbered(7)
    document = version_1_1(signer) if base == V1 else credential(signer)
    issued = peer.ask("issue2020", key=private_jwk(signer), document={**document, "@context": [base, SUITE_CONTEXT]}, created=MOMENT)
    assert issued["proof"]["type"] == "Ed25519Signature2020"
    report = await verifier().verify_credential(issued, now=NOW)
    assert report.verified, report.to_json()
    changed = copy.deepcopy(issued)
    changed["id"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
    assert (await verifier().verify_credential(changed, now=NOW)).problems[0].code == "proof.signature_invalid"
    undated = copy.deepcopy(issued)
    del undated["proof"]["created"]
    report = await verifier().verify_credential(undated, now=NOW)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [("proof.malformed", "/proof/created")]


async def test_we_verify_the_shape_of_the_vc_api_suite_s_vector(peer: NodePeer) -> None:
    """VCDM 2.0 with words of the examples context, an https issuer, and a did:key that signs."""
    signer = MemorySigner.numbered(7)
    contexts = [V2, "https://www.w3.org/ns/credentials/examples/v2", SUITE_CONTEXT]
    document = credential(signer, context=contexts, issuer="https://vc.example/issuers/5678", alumniOf={"name": "The School of Examples"})
    issued = peer.ask("issue2020", key=private_jwk(signer), document=document, created=MOMENT)
    report = await verifier("interop").verify_credential(issued, now=NOW)
    assert report.verified, report.to_json()
    assert [finding.code for finding in report.findings] == ["binding.unverified"]
