"""The pipeline: a good document passes all eleven stations; each fault is refused at its own station, with its own code and pointer."""

from __future__ import annotations

import copy
import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError
from atesto.verification.report import Verdict
from atesto.verification.stations import Station
from tests.simulators.parts import NOW, MemorySigner, credential, presentation, secured, verifier

if TYPE_CHECKING:
    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.verification.report import Report

ISSUER = MemorySigner.numbered(1)
STRANGER = MemorySigner.numbered(2)
HOLDER = MemorySigner.numbered(3)

SIGNERS = {
    "eddsa-rdfc-2022": ISSUER,
    "eddsa-jcs-2022": ISSUER,
    "ecdsa-rdfc-2019 P-256": MemorySigner.numbered(1, "P-256"),
    "ecdsa-rdfc-2019 P-384": MemorySigner.numbered(1, "P-384"),
    "ecdsa-jcs-2019 P-256": MemorySigner.numbered(1, "P-256"),
    "ecdsa-jcs-2019 P-384": MemorySigner.numbered(1, "P-384"),
}


def fault(report: Report) -> tuple[int, str, str]:
    """The station that stopped, the code and the pointer."""
    assert not report.verified
    (stopped,) = [result for result in report.stations if result.error is not None]
    assert stopped.error is not None
    return int(stopped.station), stopped.error.code, stopped.error.pointer


async def verify(document: JsonObject, policy: str = "strict", **asked: Any) -> Report:
    return await verifier(policy).verify_credential(document, now=NOW, **asked)


@pytest.mark.parametrize(("suite", "signer"), SIGNERS.items(), ids=SIGNERS.keys())
async def test_a_good_credential_is_confirmed_and_shown_as_received(suite: str, signer: MemorySigner) -> None:
    document = await secured(credential(signer), signer, suite.split(maxsplit=1)[0])
    before = copy.deepcopy(document)
    report = await verify(document)
    assert report.verified, report.problems
    assert report.shown == before == document
    assert report.issuer == signer.did
    assert report.policy == "strict"
    assert [result.station for result in report.stations] == list(Station)
    assert report.findings == ()


@pytest.mark.parametrize(("suite", "signer"), SIGNERS.items(), ids=SIGNERS.keys())
async def test_a_changed_claim_is_refused_at_the_signature(suite: str, signer: MemorySigner) -> None:
    document: Any = await secured(credential(signer), signer, suite.split(maxsplit=1)[0])
    document["credentialSubject"]["name"] = "Noor Achterburg"
    assert fault(await verify(document)) == (8, "proof.signature_invalid", "/proof/proofValue")


async def test_faults_of_the_document() -> None:
    good: Any = await secured(credential(ISSUER), ISSUER)
    cases: list[tuple[dict[str, Any], tuple[int, str, str]]] = [
        ({"type": ["OpenBadge"]}, (3, "model.type_missing", "/type")),
        ({"proof": None}, (3, "proof.missing", "/proof")),
        ({"@context": [*good["@context"], "https://example.com/c"]}, (4, "context.unknown", "/@context/1")),
        ({"@context": [*good["@context"], {"a": "urn:a:b"}]}, (4, "context.inline", "/@context/1")),
        ({"degree": "PhD"}, (5, "linked_data.undefined_term", "/degree")),
        ({"type": ["VerifiableCredential", "Doctorate"]}, (5, "linked_data.undefined_type", "/type/1")),
        ({"proof": {**good["proof"], "note": "x"}}, (5, "linked_data.undefined_term", "/proof/note")),
        ({"proof": {**good["proof"], "verificationMethod": ISSUER.did}}, (7, "did.method_url_malformed", "/proof/verificationMethod")),
        ({"proof": {**good["proof"], "verificationMethod": "did:nope:1#k"}}, (6, "did.method_not_supported", "/proof/verificationMethod")),
        ({"issuer": STRANGER.did}, (7, "binding.issuer_mismatch", "/issuer")),
        ({"issuer": "https://example.org/issuer"}, (7, "binding.issuer_unverified", "/issuer")),
        ({"proof": {**good["proof"], "proofPurpose": "authentication"}}, (7, "binding.purpose", "/proof/proofPurpose")),
        (
            {"proof": {**good["proof"], "proofValue": "u" + good["proof"]["proofValue"][1:]}},
            (8, "proof.value_malformed", "/proof/proofValue"),
        ),
        ({"proof": {**good["proof"], "proofValue": "z"}}, (8, "proof.signature_invalid", "/proof/proofValue")),
        ({"proof": {**good["proof"], "cryptosuite": "ecdsa-rdfc-2019"}}, (8, "proof.key_mismatch", "/proof/verificationMethod")),
        ({"proof": {**good["proof"], "cryptosuite": "eddsa-jcs-2022"}}, (8, "proof.signature_invalid", "/proof/proofValue")),
        ({"name": "Another certificate"}, (8, "proof.signature_invalid", "/proof/proofValue")),
    ]
    for members, expected in cases:
        assert fault(await verify({**good, **members})) == expected, members


async def test_a_wrong_fragment_is_not_found() -> None:
    good: Any = await secured(credential(ISSUER), ISSUER)
    method = f"{ISSUER.did}#{STRANGER.verification_method.partition('#')[2]}"
    report = await verify({**good, "proof": {**good["proof"], "verificationMethod": method}})
    assert fault(report) == (6, "did.method_not_found", "/proof/verificationMethod")


@pytest.mark.parametrize(
    ("members", "more", "expected"),
    [
        ({"validFrom": "2026-06-15T12:01:01Z"}, {}, (9, "time.not_yet_valid", "/validFrom")),
        ({"validUntil": "2026-06-15T11:59:59Z"}, {}, (9, "time.expired", "/validUntil")),
        ({"validUntil": "2026-06-15T08:59:59Z"}, {}, (9, "time.inverted", "/validUntil")),
        ({}, {"expires": "2026-06-15T11:59:59Z"}, (9, "time.proof_expired", "/proof/expires")),
        ({"credentialStatus": {"id": "urn:s:1", "type": "TermsOfUse"}}, {}, (10, "status.unknown_type", "/credentialStatus")),
    ],
)
async def test_time_and_status(members: dict[str, Any], more: dict[str, Any], expected: tuple[int, str, str]) -> None:
    if "credentialStatus" in members:
        members = {**members, "context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/status/v1"]}
        members["credentialStatus"] = {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "1",
            "statusListCredential": "https://example.org/l",
        }
        expected = (10, "status.unreachable", "/credentialStatus")
    report = await verify(await secured(credential(ISSUER, **members), ISSUER, more=more))
    assert fault(report) == expected
    assert report.verdict is (Verdict.NOT_CONFIRMED if expected[0] == 10 else Verdict.REFUSED)


async def test_expiry_of_a_proof_is_inclusive_and_creation_has_skew() -> None:
    edge = (NOW).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (await verify(await secured(credential(ISSUER), ISSUER, more={"expires": edge}))).verified
    skew = timedelta(seconds=limits.CLOCK_SKEW_SECONDS)
    assert (await verify(await secured(credential(ISSUER), ISSUER, created=NOW + skew))).verified
    late = await verify(await secured(credential(ISSUER), ISSUER, created=NOW + skew + timedelta(seconds=1)))
    assert fault(late) == (9, "time.proof_from_future", "/proof/created")


class _Amended:
    """A resolver that changes what it resolves."""

    def __init__(self, **members: Any) -> None:
        self.members = members

    async def resolve(self, verification_method: str, *, budget: Any = None) -> VerificationMethod:
        return dataclasses.replace(await Resolver().resolve(verification_method), **self.members)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"revoked": NOW}, (9, "key.revoked", "/proof/verificationMethod")),
        ({"revoked": NOW + timedelta(seconds=1)}, None),
        ({"expires": NOW}, (9, "key.expired", "/proof/verificationMethod")),
        ({"expires": NOW + timedelta(seconds=1)}, None),
        ({"relationships": frozenset({"authentication"})}, (7, "binding.not_authorized", "/proof/verificationMethod")),
        ({"controller": "did:example:other"}, (7, "binding.not_authorized", "/proof/verificationMethod")),
    ],
)
async def test_what_the_controller_says_of_its_key(members: dict[str, Any], expected: tuple[int, str, str] | None) -> None:
    report = await verifier(resolver=_Amended(**members)).verify_credential(await secured(credential(ISSUER), ISSUER), now=NOW)
    assert report.verified if expected is None else fault(report) == expected


async def test_a_proof_without_date_counts_as_made_now() -> None:
    document: Any = await secured(credential(ISSUER), ISSUER)
    report = await verifier(resolver=_Amended(revoked=NOW + timedelta(days=1))).verify_credential(document, now=NOW + timedelta(days=1))
    assert report.verified
    undated = {name: value for name, value in document["proof"].items() if name != "created"}
    report = await verifier(resolver=_Amended(revoked=NOW)).verify_credential({**document, "proof": undated}, now=NOW)
    assert fault(report) == (8, "proof.signature_invalid", "/proof/proofValue")


async def test_a_proof_set_needs_every_proof() -> None:
    twice: Any = await secured(await secured(credential(ISSUER), ISSUER), ISSUER, "eddsa-jcs-2022")
    assert (await verify(twice)).verified
    broken = copy.deepcopy(twice)
    broken["proof"][1]["proofValue"] = broken["proof"][0]["proofValue"]
    assert fault(await verify(broken)) == (8, "proof.signature_invalid", "/proof/1/proofValue")
    witnessed: Any = await secured(await secured(credential(ISSUER), ISSUER), STRANGER)
    assert (await verify(witnessed)).verified
    stranger_only = {**witnessed, "proof": witnessed["proof"][1]}
    assert fault(await verify(stranger_only)) == (7, "binding.issuer_mismatch", "/issuer")


async def test_a_proof_chain_covers_the_proof_before_it() -> None:
    first: Any = await secured(credential(ISSUER), ISSUER, more={"id": "urn:uuid:11111111-2222-4333-8444-555555555555"})
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        chain: Any = await secured(first, ISSUER, suite, more={"previousProof": "urn:uuid:11111111-2222-4333-8444-555555555555"})
        assert (await verify(chain)).verified
        other = await secured(
            credential(ISSUER), ISSUER, created=NOW - timedelta(seconds=5), more={"id": "urn:uuid:11111111-2222-4333-8444-555555555555"}
        )
        assert fault(await verify({**chain, "proof": [other["proof"], chain["proof"][1]]}))[:2] == (8, "proof.signature_invalid")
        assert fault(await verify({**chain, "proof": [chain["proof"][1]]}))[:2] == (3, "proof.chain_broken")


async def test_a_jcs_proof_binds_the_context_it_was_made_over() -> None:
    document: Any = await secured(credential(ISSUER), ISSUER, "eddsa-jcs-2022")
    assert document["proof"]["@context"] == document["@context"]
    longer = {**document, "@context": [*document["@context"], "https://w3id.org/security/data-integrity/v2"]}
    assert fault(await verify(longer)) == (4, "proof.context_mismatch", "/proof/@context")
    assert (await verify(longer, "interop")).verified
    empty = {**document, "proof": {**document["proof"], "@context": []}}
    for policy in ("strict", "interop"):
        assert fault(await verify(empty, policy)) == (4, "proof.context_mismatch", "/proof/@context")
    foreign = {**document, "proof": {**document["proof"], "@context": ["https://w3id.org/security/data-integrity/v2"]}}
    assert fault(await verify(foreign)) == (4, "proof.context_mismatch", "/proof/@context")
    without = {**document, "proof": {name: value for name, value in document["proof"].items() if name != "@context"}}
    assert fault(await verify(without)) == (8, "proof.signature_invalid", "/proof/proofValue")


async def test_what_the_policies_judge_differently() -> None:
    inline = await secured(
        credential(ISSUER, context=["https://www.w3.org/ns/credentials/v2", {"motto": "https://example.org/motto"}], motto="Sapere aude"),
        ISSUER,
    )
    assert fault(await verify(inline)) == (4, "context.inline", "/@context/1")
    shown = await verify(inline, "interop")
    assert shown.verified
    assert shown.shown is not None
    assert "motto" not in shown.shown
    assert shown.shown["https://example.org/motto"] == "Sapere aude"
    assert [finding.code for finding in shown.findings] == ["context.recompacted"]

    examples = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
    test_words = await secured(credential(ISSUER, context=examples, motto="x"), ISSUER)
    assert fault(await verify(test_words)) == (4, "context.not_allowed", "/@context/1")
    assert (await verify(test_words, "interop")).verified

    unbound = await secured(credential(ISSUER, issuer="https://example.org/issuer"), ISSUER)
    assert fault(await verify(unbound)) == (7, "binding.issuer_unverified", "/issuer")
    report = await verify(unbound, "interop")
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == [("binding.unverified", "/issuer")]

    status = await secured(credential(ISSUER, context=examples, credentialStatus={"type": "Moody"}), ISSUER)
    report = await verify(status, "interop")
    assert [(finding.code, finding.pointer) for finding in report.findings] == [("status.not_checked", "/credentialStatus")]
    strict_on_status = dataclasses.replace(
        verifier("interop"), policy=dataclasses.replace(verifier("interop").policy, unknown_status=False)
    )
    assert fault(await strict_on_status.verify_credential(status, now=NOW)) == (10, "status.unknown_type", "/credentialStatus")


async def test_findings_do_not_change_the_verdict() -> None:
    report = await verify(
        await secured(credential(ISSUER, validFrom="2026-06-15T09:00:00", credentialSchema={"id": "urn:s:1", "type": "JsonSchema"}), ISSUER)
    )
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == [
        ("schema.not_checked", "/credentialSchema"),
        ("time.no_offset", "/validFrom"),
    ]


@pytest.mark.parametrize("name", ["created", "expires"])
async def test_a_date_of_a_proof_without_a_time_zone_is_read_as_utc_and_noted(name: str) -> None:
    dates = {"created": "2026-06-15T11:00:00", "expires": "2026-06-15T13:00:00"}
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        report = await verify(await secured(credential(ISSUER), ISSUER, suite, more={name: dates[name] + "Z"}))
        assert (report.verified, report.findings) == (True, ())
        report = await verify(await secured(credential(ISSUER), ISSUER, suite, more={name: dates[name]}))
        assert report.verified
        assert [(finding.code, finding.pointer) for finding in report.findings] == [("time.no_offset", f"/proof/{name}")]
    again = await secured(report.document or {}, ISSUER, more={"expires": "2026-06-15T11:30:00"})
    report = await verify(again)
    assert fault(report) == (9, "time.proof_expired", "/proof/1/expires")
    assert [finding.pointer for finding in report.findings] == [f"/proof/0/{name}", "/proof/1/expires"]


SUBJECT: Final[JsonObject] = {"id": "did:example:learner", "name": "Noor Achterberg"}
# a member that anybody could add to a document whose statements are signed, and where it is refused
ADDED: Final[dict[str, tuple[JsonObject, str]]] = {
    "name": ({"description": []}, "/description"),
    "evidence": ({"evidence": []}, "/evidence"),
    "a nested list": ({"name": ["Certificate of attendance", []]}, "/name/1"),
    "of the subject": ({"credentialSubject": {**SUBJECT, "description": []}}, "/credentialSubject/description"),
}


@pytest.mark.parametrize("case", ADDED)
async def test_an_empty_list_is_no_part_of_signed_statements(case: str) -> None:
    added, pointer = ADDED[case]
    good = await secured(credential(ISSUER), ISSUER)
    assert (await verify(good)).verified
    for policy in ("strict", "interop"):
        report = await verify({**good, **added}, policy)
        found = fault(report)
        # Some are no shape of the data model either, and are refused before.
        assert found[1:] in {("linked_data.dropped_value", pointer), ("model.member_malformed", pointer)}, found
    assert found[0] < 6
    # Nor is one signed with it; by bytes it is signed, and then it cannot be added.
    with pytest.raises(AtestoError):
        await secured(credential(ISSUER, **added), ISSUER)
    by_bytes = await secured(credential(ISSUER, description=[]), ISSUER, "eddsa-jcs-2022")
    assert (await verify(by_bytes)).verified
    assert fault(await verify({**by_bytes, "name": []}))[1] == "proof.signature_invalid"
    both = await secured(await secured(credential(ISSUER), ISSUER, "eddsa-jcs-2022"), ISSUER)
    assert (await verify(both)).verified
    assert fault(await verify({**both, "description": []}))[1] == "linked_data.dropped_value"


async def test_an_empty_list_of_credentials_is_the_only_empty_list_under_signed_statements() -> None:
    alone = await present(HOLDER)
    assert (await show(alone)).verified
    assert (await show({**alone, "verifiableCredential": []})).verified
    with_it = await secured(presentation(HOLDER, verifiableCredential=[]), HOLDER, purpose="authentication")
    assert (await show(with_it)).verified
    assert with_it["proof"] == alone["proof"]
    refused: list[tuple[JsonObject, str]] = [
        ({"termsOfUse": []}, "model.member_malformed"),
        ({"name": []}, "linked_data.dropped_value"),
        ({"verifiableCredential": [[]]}, "model.member_malformed"),
        ({"verifiableCredential": {"@set": []}}, "model.member_malformed"),
    ]
    for added, code in refused:
        assert not (await show({**alone, **added})).verified
        assert fault(await show({**alone, **added}))[1] == code


async def present(holder: MemorySigner | None, *credentials: Any, signer: MemorySigner = HOLDER, **more: Any) -> Any:
    return await secured(presentation(holder, *credentials), signer, purpose="authentication", more=more)


async def show(document: JsonObject, **asked: Any) -> Report:
    return await verifier().verify_presentation(document, now=NOW, **asked)


async def test_a_good_presentation_is_confirmed() -> None:
    own = await secured(credential(ISSUER, credentialSubject={"id": HOLDER.did, "name": "Noor"}), ISSUER)
    other = await secured(credential(STRANGER), STRANGER, "eddsa-jcs-2022")
    nameless = await secured(credential(ISSUER, credentialSubject=[{"name": "Somebody"}]), ISSUER)
    document = await present(HOLDER, own, other, nameless, challenge="c1", domain="verifier.example")
    report = await show(document, challenge="c1", domain="verifier.example")
    assert report.verified, report.problems
    assert report.presenter == HOLDER.did
    assert report.shown == document
    assert [inner.issuer for inner in report.credentials] == [ISSUER.did, STRANGER.did, ISSUER.did]
    assert [(finding.code, finding.pointer) for finding in report.findings] == [
        ("holder.is_subject", "/verifiableCredential/0"),
        ("holder.not_subject", "/verifiableCredential/1"),
        ("holder.subject_unnamed", "/verifiableCredential/2"),
    ]


async def test_a_presentation_without_holder_names_its_presenter() -> None:
    report = await show(await present(None, challenge="c1", domain="d"), challenge="c1", domain="d")
    assert report.verified
    assert report.presenter == HOLDER.did
    assert [finding.code for finding in report.findings] == ["holder.not_named"]


@pytest.mark.parametrize("asked", [{}, {"challenge": "c1"}, {"domain": "d"}])
async def test_freshness_that_was_not_asked_for_is_said(asked: dict[str, str]) -> None:
    report = await show(await present(HOLDER, challenge="c1", domain="d"), **asked)
    assert report.verified
    assert [finding.code for finding in report.findings] == ["freshness.not_checked"]


@pytest.mark.parametrize(
    ("carried", "asked", "expected"),
    [
        ({"challenge": "c1"}, {"challenge": "c2"}, (7, "binding.challenge", "/proof/challenge")),
        ({}, {"challenge": "c2"}, (7, "binding.challenge", "/proof/challenge")),
        ({"domain": "evil.d"}, {"domain": "d"}, (7, "binding.domain", "/proof/domain")),
        ({"domain": ["d", "e"]}, {"domain": "d"}, (7, "binding.domain", "/proof/domain")),
        ({}, {"domain": "d"}, (7, "binding.domain", "/proof/domain")),
    ],
)
async def test_challenge_and_domain_match_whole(carried: dict[str, Any], asked: dict[str, str], expected: tuple[int, str, str]) -> None:
    assert fault(await show(await present(HOLDER, **carried), **asked)) == expected
    assert (await show(await present(HOLDER, challenge="c1", domain="d"), challenge="c1", domain="d")).verified


async def test_a_credential_can_be_asked_for_challenge_and_domain_too() -> None:
    document = await secured(credential(ISSUER), ISSUER, more={"challenge": "c", "domain": "d"})
    assert (await verify(document, challenge="c", domain="d")).verified
    assert fault(await verify(document, challenge="x", domain="d"))[1] == "binding.challenge"
    assert fault(await verify(document, challenge="c", domain="x"))[1] == "binding.domain"


async def test_a_presentation_by_somebody_else_is_refused() -> None:
    assert fault(await show(await present(HOLDER, signer=STRANGER))) == (7, "binding.holder_mismatch", "/holder")


async def test_a_presentation_for_another_purpose_or_without_proof_is_refused() -> None:
    wrong = await secured(presentation(HOLDER), HOLDER, purpose="assertionMethod")
    assert fault(await show(wrong)) == (7, "binding.purpose", "/proof/proofPurpose")
    assert fault(await show(presentation(HOLDER))) == (3, "proof.missing", "/proof")


async def test_one_bad_credential_refuses_the_presentation_and_each_is_reported() -> None:
    good: Any = await secured(credential(ISSUER), ISSUER)
    bad = copy.deepcopy(good)
    bad["name"] = "Master of everything"
    report = await show(await present(HOLDER, good, bad))
    assert report.verdict is Verdict.REFUSED
    assert [inner.verdict for inner in report.credentials] == [Verdict.CONFIRMED, Verdict.REFUSED]
    assert [problem.pointer for problem in report.problems] == ["/verifiableCredential/1/proof/proofValue"]
    assert report.shown is None
    assert report.sentence.startswith("Do not rely on this presentation: the signature does not fit")


async def test_a_credential_added_after_signing_is_refused() -> None:
    good: Any = await secured(credential(ISSUER), ISSUER)
    document = await present(HOLDER, good)
    document["verifiableCredential"].append(await secured(credential(STRANGER), STRANGER))
    assert fault(await show(document)) == (8, "proof.signature_invalid", "/proof/proofValue")


async def test_contexts_inside_a_presentation_follow_the_same_rules() -> None:
    inner: Any = await secured(credential(ISSUER), ISSUER)
    document = await present(HOLDER, inner)
    document["verifiableCredential"][0]["@context"] = ["https://www.w3.org/ns/credentials/v2", "https://example.com/x"]
    assert fault(await show(document)) == (4, "context.unknown", "/verifiableCredential/0/@context/1")
    document["verifiableCredential"][0]["credentialSubject"]["@context"] = None
    document["verifiableCredential"][0]["@context"] = ["https://www.w3.org/ns/credentials/v2"]
    assert fault(await show(document)) == (4, "context.misplaced", "/verifiableCredential/0/credentialSubject/@context")
