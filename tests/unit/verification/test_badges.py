"""Badges with proofs: what the guide's cases ask beside tokens, status and endorsements."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.credentials.schema import SchemaRegistry
from atesto.errors import AtestoError
from atesto.verification.report import Verdict
from tests.simulators.parts import NOW, PROCESSOR, MemorySigner, credential, presentation, secured, verifier
from tests.simulators.signed_badges import V2, badge, endorsement, noticed

if TYPE_CHECKING:
    from atesto.verification.report import Report

ISSUER: Final = MemorySigner.numbered(91)
OTHER: Final = MemorySigner.numbered(92)
FOREIGN_SCHEMA: Final = {"id": "https://school.example/schemas/badge.json", "type": "1EdTechJsonSchemaValidator2019"}
OWN_SCHEMA: Final = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}


async def verify(document: Any, policy: str = "strict", **more: Any) -> Report:
    return await verifier(policy, **more).verify_credential(document, now=NOW)


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in report.problems]


async def test_every_proof_must_hold_whatever_their_order() -> None:
    """The specification and its validator are content with one good proof; this node is not, under any policy."""
    document = badge(ISSUER)
    good: Any = await secured(document, ISSUER)
    second: Any = await secured(document, OTHER)
    for proofs, code in (
        ([good["proof"]], None),
        ([good["proof"], second["proof"]], None),
        ([{**good["proof"], "proofValue": second["proof"]["proofValue"]}, good["proof"]], "proof.signature_invalid"),
        ([good["proof"], {**good["proof"], "proofValue": second["proof"]["proofValue"]}], "proof.signature_invalid"),
        ([{"type": "SomeProofType"}, good["proof"]], "proof.unsupported_cryptosuite"),
    ):
        for policy in ("strict", "interop"):
            report = await verify({**document, "proof": proofs}, policy)
            assert (report.problems[0].code if report.problems else None) == code


async def test_an_issuer_may_be_a_text() -> None:
    assert (await verify(await secured(badge(ISSUER, issuer=ISSUER.did), ISSUER))).verified


async def test_schemas_that_a_badge_must_keep_to() -> None:
    named = await secured(badge(ISSUER, credentialSchema=[OWN_SCHEMA, FOREIGN_SCHEMA]), ISSUER)
    report = await verify(named)
    assert (codes(report), report.verdict) == ([("schema.unavailable", "/credentialSchema/1")], Verdict.NOT_CONFIRMED)
    assert [(check.state.value, check.pointer) for check in report.checks] == [
        ("not_checked", "/credentialSchema/0"),
        ("undecided", "/credentialSchema/1"),
    ]
    report = await verify(named, "interop")
    assert (report.verified, [finding.code for finding in noticed(report)]) == (True, ["schema.not_checked"] * 2)

    def registry(rule: Any) -> SchemaRegistry:
        data = json.dumps({"$schema": "https://json-schema.org/draft/2019-09/schema", **rule}).encode()
        return SchemaRegistry.of({str(FOREIGN_SCHEMA["id"]): (data, hashlib.sha256(data).hexdigest())})

    report = await verify(named, schemas=registry({"required": ["credentialSubject"]}))
    assert (report.verified, [check.state.value for check in report.checks]) == (True, ["not_checked", "passed"])
    report = await verify(named, schemas=registry({"required": ["partial"]}))
    assert (codes(report), report.verdict) == ([("schema.not_satisfied", "")], Verdict.REFUSED)


async def test_a_bare_did_key_says_whose_proof_it_is_and_no_more() -> None:
    signed: Any = await secured(badge(ISSUER), ISSUER)
    bare = {**signed, "proof": {**signed["proof"], "verificationMethod": ISSUER.did}}
    # The proof's options are signed too, so it is made anew.
    document = {name: value for name, value in signed.items() if name != "proof"}
    named = await secured(document, Bare(ISSUER.key))
    assert codes(await verify(named)) == [("did.method_url_malformed", "/proof/verificationMethod")]
    assert (await verify(named, "interop")).verified
    assert codes(await verify(bare, "interop")) == [("proof.signature_invalid", "/proof/proofValue")]
    of_another = await secured({**document, "issuer": {"id": OTHER.did, "type": ["Profile"]}}, Bare(ISSUER.key))
    assert codes(await verify(of_another)) == [("binding.issuer_mismatch", "/issuer")]


class Bare(MemorySigner):
    """Names its key by the DID alone."""

    @property
    def verification_method(self) -> Any:
        return self.did


async def test_vocabularies_of_endorsements_are_judged_like_the_badge_s() -> None:
    good = await secured(endorsement(OTHER), OTHER)
    signed = await secured(badge(ISSUER, endorsement=[good]), ISSUER)
    assert (await verify(signed)).verified
    for context, code in (([V2, "https://unknown.example/v1"], "context.unknown"), ([V2, {"x": "urn:x"}], "context.inline")):
        changed = {**signed, "endorsement": [{**good, "@context": context}]}
        report = await verify(changed)
        assert [(found, pointer.rpartition("/")[0]) for found, pointer in codes(report)] == [(code, "/endorsement/0/@context")]
    report = await verify({**signed, "evidence": [{"type": ["Evidence"], "@context": V2}]})
    assert codes(report) == [("context.misplaced", "/evidence/0/@context")]


def test_only_a_service_may_have_the_credential_s_own_id_and_say_its_type() -> None:
    own = "https://school.example/credentials/1"
    service = {"id": own, "type": "1EdTechCredentialRefresh"}
    assert PROCESSOR.dataset_of(badge(ISSUER, id=own, refreshService=service))
    for members in ({"type": "VerifiableCredential"}, {"type": ["1EdTechCredentialRefresh", "VerifiableCredential"]}, {"name": "x"}):
        other = {**service, **members}
        with pytest.raises(AtestoError) as caught:
            PROCESSOR.dataset_of(badge(ISSUER, id=own, refreshService=other))
        assert (caught.value.code, caught.value.pointer) == ("linked_data.split_node", "/refreshService")


async def test_published_keys_are_refused_in_proofs_and_tokens_and_accepted_by_name() -> None:
    everybody_s = MemorySigner(type(ISSUER.key).from_seed("Ed25519", bytes(32)))
    signed = await secured(badge(everybody_s), everybody_s)
    report = await verify(signed)
    assert (codes(report), report.verdict) == ([("key.published", "/proof/verificationMethod")], Verdict.REFUSED)
    assert "acceptsPublishedTestKeys" not in report.to_json()
    report = await verify(signed, published_keys=True)
    assert (report.verified, [finding.code for finding in noticed(report)]) == (True, ["key.published"])
    assert report.to_json()["acceptsPublishedTestKeys"] is True
    assert (await verify(await secured(badge(ISSUER), ISSUER), published_keys=True)).to_json()["acceptsPublishedTestKeys"] is True


async def test_a_recipient_is_looked_for_in_every_presented_credential_and_in_no_endorsement() -> None:
    endorsed = await secured(badge(ISSUER, endorsement=[await secured(endorsement(OTHER), OTHER)]), ISSUER)
    plain = await secured(credential(ISSUER, credentialSubject={"id": "did:example:other", "name": "x"}), ISSUER)
    report = await verifier().verify_credential(endorsed, now=NOW, recipient="did:example:learner")
    assert report.verified, report.problems
    shown = await secured(presentation(OTHER, endorsed, plain), OTHER, purpose="authentication")
    report = await verifier().verify_presentation(shown, now=NOW, recipient="did:example:learner")
    assert codes(report) == [("recipient.mismatch", "/verifiableCredential/1/credentialSubject")]
