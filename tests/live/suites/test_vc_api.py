"""Section "VC-API issuer and verifier": VCDM 1.1 issued with 201, and the one vector by Ed25519Signature2020."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.live.material import V2, changed, put
from tests.live.suites.documents import ED25519_2020, EXAMPLES, FAR_ISSUER, version_1, version_2
from tests.live.suites.signing import signed_2020
from tests.live.suites.suite_node import REFUSED, SuiteNode, said
from tests.simulators.parts import MemorySigner

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

SIGNER: Final = MemorySigner.numbered(68)
WRONG: Final[dict[str, list[Any]]] = {
    "@context": [{}, 4, False, None],
    "type": [None, True, 4, []],
    "issuer": [None, True, 4, []],
    "credentialSubject": [None, True, 4, [], "text"],
}
ISSUE: Final = "/issuers/eddsa-rdfc-2022/credentials/issue"


def test_version_1_is_issued_with_201_its_id_and_a_proof(suite: SuiteNode) -> None:
    asked = version_1(suite.ids["ed25519"])
    reply = suite.post(ISSUE, {"credential": asked, "options": {}})
    assert reply.status == 201
    given = reply.json["verifiableCredential"]
    assert given["id"] == asked["id"]
    assert given["proof"]["type"] == "DataIntegrityProof"
    assert {name: given[name] for name in asked if name != "@context"} == {name: asked[name] for name in asked if name != "@context"}


@pytest.mark.parametrize(
    ("member", "value"),
    [(member, value) for member, values in WRONG.items() for value in values],
)
def test_members_of_a_wrong_type_are_refused(suite: SuiteNode, member: str, value: Any) -> None:
    good = version_1(suite.ids["ed25519"])
    assert suite.post(ISSUE, {"credential": good}).status == 201
    assert suite.post(ISSUE, {"credential": changed(good, put(member, value=value))}).status == REFUSED


def test_a_credential_under_another_name_is_refused(suite: SuiteNode) -> None:
    good = version_1(suite.ids["ed25519"])
    assert suite.post(ISSUE, {"credential": good}).status == 201
    reply = suite.post(ISSUE, {"verifiableCredential": good})
    assert (reply.status, reply.code, reply.pointer) == (REFUSED, "request.malformed", "/credential")


def vector(**members: Any) -> Any:
    """VCDM 2.0, words of the examples context, an https issuer, a did:key that signs with Ed25519Signature2020."""
    document = version_2(FAR_ISSUER, context=[V2, EXAMPLES, ED25519_2020], alumniOf={"name": "The School of Examples"})
    return signed_2020(document, SIGNER, **members)


def test_the_one_vector_verifies_under_interop_alone(suite: SuiteNode) -> None:
    assert suite.both(vector()) == ("confirmed", "context.not_allowed")
    plain = signed_2020(version_2(FAR_ISSUER, context=[V2, ED25519_2020]), SIGNER)
    assert suite.both(plain) == ("confirmed", "binding.issuer_unverified")
    own = signed_2020(version_2(SIGNER.did, context=[V2, ED25519_2020]), SIGNER)
    assert suite.both(own) == ("confirmed", "confirmed")


SPOILT: Final[dict[str, tuple[Callable[[Any], object], str]]] = {
    "proof.created missing": (put("proof", "created", value=...), "proof.malformed"),
    "proof.type missing": (put("proof", "type", value=...), "proof.unsupported_cryptosuite"),
    "proof.verificationMethod missing": (put("proof", "verificationMethod", value=...), "proof.malformed"),
    "proof.proofPurpose missing": (put("proof", "proofPurpose", value=...), "proof.malformed"),
    "proof.proofValue missing": (put("proof", "proofValue", value=...), "proof.malformed"),
    "proof.proofValue changed": (lambda d: d["proof"].update(proofValue=d["proof"]["proofValue"][:-4] + "1111"), "proof."),
    "proof missing": (put("proof", value=...), "proof.missing"),
    "context missing": (put("@context", value=...), "model.context_missing"),
    "type missing": (put("type", value=...), "model.type_missing"),
    "issuer missing": (put("issuer", value=...), "model.member_missing"),
    "credentialSubject missing": (put("credentialSubject", value=...), "model.member_missing"),
    "@context a number": (put("@context", value=4), "model.context_missing"),
    "type a number": (put("type", value=4), "model.member_malformed"),
    "issuer a number": (put("issuer", value=4), "model.id_malformed"),
    "credentialSubject a number": (put("credentialSubject", value=4), "model.member_malformed"),
    "proof a number": (put("proof", value=4), "proof.malformed"),
    "claim changed": (put("credentialSubject", "name", value="Another"), "proof.signature_invalid"),
}


@pytest.mark.parametrize("row", SPOILT)
def test_everything_else_is_refused(suite: SuiteNode, row: str) -> None:
    (change, code), good = SPOILT[row], vector()
    assert said(suite.verify(good)) == "confirmed"
    assert said(suite.verify(changed(good, change))).startswith(code)


def test_a_body_that_holds_something_else_is_refused(suite: SuiteNode) -> None:
    good = vector()
    assert said(suite.post("/credentials/verify", {"verifiableCredential": good})) == "confirmed"
    for body in ({"credential": good}, good, {"verifiableCredential": json.dumps(good)}, {"verifiableCredential": [good]}):
        assert suite.post("/credentials/verify", body).status == REFUSED
