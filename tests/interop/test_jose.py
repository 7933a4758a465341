"""Both ways with `jose` and `did-jwt-vc` of npm: they verify the tokens that we make, we verify those that they sign.

And one way: keys and suites (`Ed25519Signature2020`, `eddsa-2022`) that we only verify.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.dids.methods.jwk import did_jwk
from atesto.dids.methods.key import did_key
from atesto.encoding.base64url import encode_base64url
from atesto.issuance.issue import Issuer
from atesto.issuance.present import prove_presentation
from atesto.issuance.securing import JWT
from atesto.keys.jwk import parse_public_jwk, public_jwk
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, presentation, verifier, version_1_1
from tests.simulators.tokens import envelope

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from tests.interop.node_peer import NodePeer

pytestmark = pytest.mark.interop

MOMENT: Final = "2026-06-15T12:00:00Z"
V1: Final = "https://www.w3.org/2018/credentials/v1"
V2: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUITE_CONTEXT: Final = "https://w3id.org/security/suites/ed25519-2020/v1"
ASKED: Final = {"challenge": "0b7c1a7e", "domain": "https://verifier.example"}
ISSUER: Final = MemorySigner.numbered(7)
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
    assert [finding.code for finding in report.findings] == ["proof.deprecated_suite", "binding.unverified"]


# --- keys of others: what the peer signs with kinds that we only verify -----------------------------------------------------

FOREIGN: Final = ("ES512", "ES256K", "RS256", "PS256")
METHODS: Final = {"did:jwk": (did_jwk, "#0"), "did:key": (did_key, None)}
EACH_FOREIGN = pytest.mark.parametrize("alg", FOREIGN)
EACH_METHOD = pytest.mark.parametrize("method", METHODS)


@dataclass(frozen=True)
class Stranger:
    """Somebody whose key the peer has made, under a DID that is the key."""

    key: JsonObject
    did: str
    kid: str

    @classmethod
    def by(cls, peer: NodePeer, alg: str, method: str) -> Stranger:
        key = peer.ask("generateKey", alg=alg)
        name, fragment = METHODS[method]
        did = str(name(parse_public_jwk({member: value for member, value in key.items() if member in PUBLIC_MEMBERS})))
        return cls(key, did, did + (fragment or "#" + did.removeprefix("did:key:")))


PUBLIC_MEMBERS: Final = frozenset({"kty", "crv", "x", "y", "n", "e"})


@EACH_FOREIGN
@EACH_METHOD
async def test_we_verify_what_it_signs_with_keys_that_we_do_not_sign_with(peer: NodePeer, alg: str, method: str) -> None:
    author = Stranger.by(peer, alg, method)
    payload = {**credential(ISSUER, issuer=author.did), "iat": int(NOW.timestamp())}
    header = {"typ": "vc+jwt", "cty": "vc", "kid": author.kid}
    token = peer.ask("signToken", alg=alg, key=author.key, header=header, payload=payload)
    report = await verifier().verify_credential(envelope(token), now=NOW)
    assert report.verified, report.to_json()
    assert (report.shown, report.issuer) == (payload, author.did)
    head, _, signature = token.split(".")
    for changed in (f"{head}.{encode_base64url(json.dumps({**payload, 'name': 'Another'}).encode())}.{signature}", token[:-8] + "AAAAAAAA"):
        refused = await verifier().verify_credential(changed, now=NOW)
        assert [problem.code for problem in refused.problems] == ["proof.signature_invalid"]
    holder = {**presentation(None, envelope(token)), "holder": author.did, "nonce": "0b7c1a7e", "aud": "https://verifier.example"}
    shown = peer.ask("signToken", alg=alg, key=author.key, header={"typ": "vp+jwt", "kid": author.kid}, payload=holder)
    report = await verifier().verify_presentation(envelope(shown, "presentation"), now=NOW, **ASKED)
    assert report.verified, report.to_json()
    assert report.presenter == author.did


@EACH_FOREIGN
@EACH_METHOD
async def test_we_verify_the_older_tokens_that_it_signs_with_them(peer: NodePeer, alg: str, method: str) -> None:
    author = Stranger.by(peer, alg, method)
    inner = version_1_1(ISSUER, issuer=author.did)
    payload = {"iss": author.did, "jti": inner["id"], "sub": "did:example:learner", "vc": inner}
    token = peer.ask("signToken", alg=alg, key=author.key, header={"typ": "JWT", "kid": author.kid}, payload=payload)
    report = await verifier().verify_credential(token, now=NOW)
    assert report.verified, report.to_json()
    assert report.shown == inner


# --- our presentations, as tokens ----------------------------------------------------------------------------------------


async def held_tokens(authority: MemorySigner) -> tuple[JsonObject, str]:
    """A credential of VCDM 2.0 in its envelope, and one of VCDM 1.1 as a bare text."""
    issuing = Issuer("jwt", authority.did, authority, JWT, verifier(), MemoryLedger())
    newer = await issuing.issue(credential(authority), now=NOW)
    older: Any = await issuing.issue(version_1_1(authority), now=NOW)
    return newer, older["id"].partition(",")[2]


def older_presentation(holder: str | None, *held: Any) -> JsonObject:
    named = {} if holder is None else {"holder": holder}
    return {"@context": [V1], "type": ["VerifiablePresentation"], **named, "verifiableCredential": list(held)}


async def presented(document: JsonObject, holder: MemorySigner) -> str:
    made: Any = await prove_presentation(document, signer=holder, suite=JWT, verifier=verifier(), now=NOW, **ASKED)
    assert made["type"] == "EnvelopedVerifiablePresentation"
    return str(made["id"].partition(",")[2])


@EACH_ALGORITHM
@pytest.mark.parametrize("typ", ["vp+jwt", "JWT"])
async def test_it_verifies_the_presentations_that_we_make(peer: NodePeer, alg: str, algorithm: str, typ: str) -> None:
    authority, holder = MemorySigner.numbered(7), MemorySigner.numbered(8, algorithm)
    newer, older = await held_tokens(authority)
    document = presentation(holder, newer) if typ == "vp+jwt" else older_presentation(holder.did, older)
    token = await presented(document, holder)
    key = {**public_jwk(holder.public_key), "alg": alg}
    answer = peer.ask("verifyToken", key=key, token=token, typ=typ, now=MOMENT)
    said = answer["payload"]
    assert answer["header"] == {"alg": alg, "kid": holder.verification_method, "typ": typ} | ({"cty": "vp"} if typ == "vp+jwt" else {})
    assert (said["nonce"], said["aud"]) == (ASKED["challenge"], ASKED["domain"])
    assert (said["vp"] if typ == "JWT" else said).items() >= document.items()
    head, _, signature = token.split(".")
    changed = f"{head}.{encode_base64url(b'{}')}.{signature}"
    assert peer.ask("verifyToken", key=key, token=changed, typ=typ, now=MOMENT) == {"refused": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}


# --- the JWTs of VCDM 1.1, with a library that was written for them -----------------------------------------------------

ITS_ALGORITHMS: Final = {"EdDSA": "Ed25519", "ES256": "P-256"}
EACH_OF_ITS = pytest.mark.parametrize(("alg", "algorithm"), ITS_ALGORITHMS.items(), ids=ITS_ALGORITHMS)


def document_of(signer: MemorySigner) -> JsonObject:
    """A DID document in the form that the library reads."""
    method = {"id": signer.verification_method, "type": "JsonWebKey2020", "controller": signer.did}
    key: Any = {**method, "publicKeyJwk": public_jwk(signer.public_key)}
    named: Any = [signer.verification_method]
    return {"id": signer.did, "verificationMethod": [key], "assertionMethod": named, "authentication": named}


@EACH_OF_ITS
async def test_a_library_of_vcdm_1_1_verifies_the_credentials_that_we_issue(peer: NodePeer, alg: str, algorithm: str) -> None:
    signer = MemorySigner.numbered(7, algorithm)
    issued: Any = await Issuer("jwt", signer.did, signer, JWT, verifier(), MemoryLedger()).issue(version_1_1(signer), now=NOW)
    token = issued["id"].partition(",")[2]
    answer = peer.ask("verifyJwtVc", token=token, didDocument=document_of(signer), now=MOMENT)
    assert (answer["issuer"], answer["said"]["issuer"], answer["said"]["id"]) == (signer.did, {"id": signer.did}, version_1_1(signer)["id"])
    assert answer["said"]["credentialSubject"] == {"id": "did:example:learner"}
    other = {**document_of(MemorySigner.numbered(9, algorithm)), "id": signer.did}
    assert "invalid_signature" in peer.ask("verifyJwtVc", token=token, didDocument=other, now=MOMENT)["refused"]
    assert "expired" in peer.ask("verifyJwtVc", token=token, didDocument=document_of(signer), now="2036-06-16T09:00:00Z")["refused"]


@EACH_OF_ITS
async def test_a_library_of_vcdm_1_1_verifies_the_presentations_that_we_make(peer: NodePeer, alg: str, algorithm: str) -> None:
    authority, holder = MemorySigner.numbered(7), MemorySigner.numbered(8, algorithm)
    _, held = await held_tokens(authority)
    for named in (holder.did, None):
        token = await presented(older_presentation(named, held), holder)
        asked = {"token": token, "didDocument": document_of(holder), "now": MOMENT}
        answer = peer.ask("verifyJwtVp", **asked, **ASKED)
        assert (answer["issuer"], answer["said"]["holder"]) == (holder.did, holder.did)
        assert [inner["issuer"] for inner in answer["said"]["verifiableCredential"]] == [{"id": authority.did}]
        assert "nonce" in peer.ask("verifyJwtVp", **asked, **{**ASKED, "challenge": "another"})["refused"]
        assert "audience" in peer.ask("verifyJwtVp", **asked, **{**ASKED, "domain": "https://evil.example"})["refused"]


@pytest.mark.parametrize("alg", [*ITS_ALGORITHMS, "ES256K"])
@EACH_METHOD
@pytest.mark.parametrize("named", [True, False], ids=["kid", "as it makes them by itself, without kid"])
async def test_we_verify_what_a_library_of_vcdm_1_1_makes(peer: NodePeer, alg: str, method: str, *, named: bool) -> None:
    author, holder = Stranger.by(peer, alg, method), Stranger.by(peer, alg, method)
    # The library moves the subject's id into the claims, and wants something to be left.
    subject = {"id": "did:example:learner", "name": "Noor Achterberg"}
    document = version_1_1(ISSUER, issuer=author.did, credentialSubject=subject, **{"@context": [V1, OPEN_BADGES]})
    held = peer.ask("issueJwtVc", alg=alg, key=author.key, did=author.did, kid=author.kid if named else None, document=document)
    report = await verifier().verify_credential(held, now=NOW)
    assert report.verified, report.to_json()
    assert report.shown == document
    asked = {"alg": alg, "key": holder.key, "did": holder.did, "kid": holder.kid if named else None, **ASKED}
    token = peer.ask("presentJwtVp", document=older_presentation(holder.did, held), **asked)
    for received in (token, envelope(token, "presentation", "application/jwt")):
        report = await verifier().verify_presentation(received, now=NOW, **ASKED)
        assert report.verified, report.to_json()
        assert (report.presenter, [inner.issuer for inner in report.credentials]) == (holder.did, [author.did])
        refused = await verifier().verify_presentation(received, now=NOW, **{**ASKED, "challenge": "another"})
        assert [problem.code for problem in refused.problems] == ["binding.challenge"]
    stolen = peer.ask("presentJwtVp", **{**asked, "key": author.key}, document=older_presentation(holder.did, held))
    refused = await verifier().verify_presentation(stolen, now=NOW, **ASKED)
    assert [problem.code for problem in refused.problems] == ["proof.signature_invalid"]


# --- suites of the past --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", [V1, V2])
async def test_we_verify_its_eddsa_2022(peer: NodePeer, base: str) -> None:
    signer = MemorySigner.numbered(7)
    contexts = [V1, "https://w3id.org/security/data-integrity/v2"] if base == V1 else [V2]
    document: Any = {**(version_1_1(signer) if base == V1 else credential(signer)), "@context": contexts}
    issued = peer.ask("issue", suite="eddsa-2022", key=private_jwk(signer), document=document, created=MOMENT)
    assert (issued["proof"]["type"], issued["proof"]["cryptosuite"]) == ("DataIntegrityProof", "eddsa-2022")
    report = await verifier().verify_credential(issued, now=NOW)
    assert report.verified, report.to_json()
    for changes in (
        {"id": "urn:uuid:00000000-0000-4000-8000-000000000000"},
        {"proof": {**issued["proof"], "created": "2026-06-15T11:59:59Z"}},
    ):
        report = await verifier().verify_credential({**issued, **changes}, now=NOW)
        assert [problem.code for problem in report.problems] == ["proof.signature_invalid"]
    other = {**issued, "proof": {**issued["proof"], "cryptosuite": "eddsa-rdfc-2022"}}
    report = await verifier().verify_credential(other, now=NOW)
    assert [problem.code for problem in report.problems] == ["proof.signature_invalid"]
