"""Tokens of badges: the exact header and claims of Open Badges 3.0, whose key it is, and the forms that are not mixed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.dids.resolution import Resolver
from atesto.encoding.base64url import encode_base64url
from atesto.errors import ResolutionError
from atesto.keys.jwk import public_jwk
from atesto.verification.report import Verdict
from tests.simulators.every_form import HTTPS, WEB
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, credential, verifier
from tests.simulators.signed_badges import START, badge, badge_token, claims, endorsement, learning_record, noticed, older
from tests.simulators.tokens import GONE, envelope, rsa_signer, token

if TYPE_CHECKING:
    from atesto.verification.report import Report

ISSUER: Final = MemorySigner.numbered(71)
P256: Final = MemorySigner.numbered(71, "P-256")
RSA: Final = rsa_signer("RS256")
STRANGER: Final = MemorySigner.numbered(72)
JWKS: Final = "https://issuer.example/.well-known/jwks.json"
DOCUMENT: Final = "https://issuer.example/issuers/1"
UNTIL: Final = "2027-06-15T09:00:00Z"
END: Final = START + 365 * 86_400


async def verify(text: Any, policy: str = "strict", answers: Any = None, **asked: Any) -> Report:
    fetcher = MemoryFetcher({"https://issuer.example/schools/1/did.json": WEB.document(), **(answers or {})})
    return await verifier(policy, Resolver(fetcher=fetcher), fetcher=fetcher).verify_credential(text, now=NOW, **asked)


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in report.problems]


@pytest.mark.parametrize("signer", [RSA, P256, ISSUER, MemorySigner.numbered(71, "P-384")], ids=["RS256", "ES256", "EdDSA", "ES384"])
@pytest.mark.parametrize("typ", ["JWT", "jwt", "application/JWT", GONE])
async def test_a_badge_in_a_token_is_confirmed(signer: Any, typ: Any) -> None:
    text = await badge_token(badge(signer), signer, header={"typ": typ})
    report = await verify(text)
    assert report.verified, report.problems
    assert (report.issuer, report.token, noticed(report)) == (signer.did, text, ())
    assert (await verify(envelope(text, media_type="application/jwt"))).verified
    assert codes(await verify(envelope(text))) == [("token.type", "")]


async def test_every_kind_of_badge_is_one() -> None:
    for document in (
        badge(ISSUER, type=["VerifiableCredential", "AchievementCredential"]),
        endorsement(ISSUER),
        learning_record(ISSUER, badge(ISSUER, id="urn:uuid:8")),
        badge(ISSUER, issuer={"id": ISSUER.did}),
    ):
        report = await verify(await badge_token(document, ISSUER))
        assert report.verified, report.problems
    plain = badge(ISSUER, issuer=ISSUER.did)
    report = await verify(await token({**plain, **claims(badge(ISSUER))}, ISSUER, typ="JWT"))
    assert report.verified, report.problems


async def test_nothing_but_a_badge_is_taken_in_this_form() -> None:
    document = credential(ISSUER)
    text = await token(
        {**document, "iss": ISSUER.did, "sub": "did:example:learner", "jti": document["id"], "nbf": START}, ISSUER, typ="JWT"
    )
    assert codes(await verify(text)) == [("token.type", "")]


async def test_as_vc_jose_cose_says_is_a_finding() -> None:
    report = await verify(await token(badge(ISSUER), ISSUER))
    assert (report.verified, [finding.code for finding in noticed(report)]) == (True, ["token.badge_form"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        *(({name: ...}, ("token.claim_missing", f"/{name}")) for name in ("iss", "sub", "jti", "nbf")),
        ({"iss": STRANGER.did}, ("token.claims_differ", "/iss")),
        ({"sub": "did:example:other"}, ("token.claims_differ", "/sub")),
        ({"jti": "urn:uuid:other"}, ("token.claims_differ", "/jti")),
        ({"nbf": START - 1}, ("token.claims_differ", "/nbf")),
        ({"nbf": START + 0.5}, ("token.claims_differ", "/nbf")),
        ({"nbf": str(START)}, ("token.claim_malformed", "/nbf")),
        ({"exp": START + 60}, ("time.proof_expired", "/exp")),
    ],
)
async def test_each_claim_has_to_be_there_and_to_match(changes: Any, code: Any) -> None:
    assert (await verify(await badge_token(badge(ISSUER), ISSUER))).verified
    assert codes(await verify(await badge_token(badge(ISSUER), ISSUER, **changes))) == [code]


async def test_the_end_of_a_badge() -> None:
    ending = badge(ISSUER, validUntil=UNTIL)
    assert (await verify(await badge_token(ending, ISSUER, exp=END))).verified
    assert (await verify(await badge_token(badge(ISSUER), ISSUER, exp=END))).verified
    assert codes(await verify(await badge_token(ending, ISSUER))) == [("token.claim_missing", "/exp")]
    assert codes(await verify(await badge_token(ending, ISSUER, exp=END + 1))) == [("token.claims_differ", "/exp")]


async def test_claims_that_mean_nothing_are_allowed() -> None:
    report = await verify(await badge_token(badge(ISSUER), ISSUER, aud="https://other.example", iat=START))
    assert report.verified, report.problems


async def test_a_subject_without_an_id_has_no_sub() -> None:
    identity = {"type": "IdentityObject", "hashed": False, "identityHash": "a@example.com", "identityType": "emailAddress"}
    nameless = badge(ISSUER, subject={"id": ..., "identifier": [identity]})
    assert (await verify(await badge_token(nameless, ISSUER))).verified
    assert codes(await verify(await badge_token(nameless, ISSUER, sub="did:example:learner"))) == [("token.claims_differ", "/sub")]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"x5c": ["AAAA"]}, "token.foreign_key"),
        ({"jku": JWKS}, "token.foreign_key"),
        ({"crit": ["exp"]}, "token.critical"),
        ({"cty": "vc"}, "token.header_member"),
        ({"iss": ISSUER.did}, "token.header_member"),
        ({"alg": "none"}, "token.algorithm"),
        ({"alg": "HS256"}, "token.algorithm"),
        ({"alg": "ES256"}, "token.algorithm_mismatch"),
        ({"alg": "RS256"}, "token.algorithm_mismatch"),
        ({"kid": GONE}, "token.kid"),
        ({"typ": "vp+jwt"}, "token.type"),
        ({"typ": "kb+jwt"}, "token.type"),
        ({"jwk": "x"}, "token.header"),
    ],
)
async def test_the_header_holds_what_it_may_hold(header: Any, code: str) -> None:
    report = await verify(await badge_token(badge(ISSUER), ISSUER, header=header))
    assert [problem.code for problem in report.problems] == [code]


async def test_an_unsigned_token_proves_nothing() -> None:
    head, body, _ = (await badge_token(badge(ISSUER), ISSUER, header={"alg": "none"})).split(".")
    for text in (f"{head}.{body}.", f"{head}.{body}.AAAA"):
        report = await verify(text)
        assert (report.verified, report.problems[0].code in {"token.algorithm", "token.malformed"}) == (False, True)


async def test_an_rsa_key_signs_by_its_own_algorithms_alone() -> None:
    text = await badge_token(badge(RSA), RSA, header={"alg": "PS256"})
    assert codes(await verify(text)) == [("proof.signature_invalid", "")]
    pss = rsa_signer("PS256")
    assert (await verify(await badge_token(badge(pss), pss))).verified


async def test_a_changed_badge_is_refused() -> None:
    head, _, signature = (await badge_token(badge(ISSUER), ISSUER)).split(".")
    other = (await badge_token(badge(ISSUER, name="Changed"), ISSUER)).split(".")[1]
    assert codes(await verify(f"{head}.{other}.{signature}")) == [("proof.signature_invalid", "")]


async def test_version_1_1_stands_in_vc_and_version_2_0_does_not() -> None:
    document = badge(ISSUER)
    said = claims(document)
    old = await verify(await token({**said, "vc": older(document)}, ISSUER, typ="JWT"))
    assert (old.verified, {finding.code for finding in noticed(old)}) == (True, set()), old.problems
    assert codes(await verify(await token({**older(document), **said}, ISSUER, typ="JWT"))) == [("token.type", "")]
    assert codes(await verify(await token({**said, "vc": document}, ISSUER, typ="JWT"))) == [("token.wrapped", "/vc")]
    for name in ("iss", "sub", "jti", "nbf"):
        less = {key: value for key, value in said.items() if key != name}
        assert codes(await verify(await token({**less, "vc": older(document)}, ISSUER, typ="JWT"))) == [("token.claim_missing", f"/{name}")]
    assert codes(await verify(await token({**said, "vc": older(document)}, ISSUER, typ="JWT", cty="vc"))) == [("token.header_member", "")]


async def test_under_interop_missing_claims_are_a_warning_and_wrong_ones_are_not() -> None:
    report = await verify(await badge_token(badge(ISSUER), ISSUER, sub=..., nbf=...), "interop")
    assert (report.verified, [finding.code for finding in noticed(report)]) == (True, ["token.claims_missing"])
    report = await verify(await badge_token(badge(ISSUER), ISSUER, sub="did:example:other"), "interop")
    assert codes(report) == [("token.claims_differ", "/sub")]


async def test_a_private_key_in_the_header_is_everybody_s() -> None:
    private = {**public_jwk(ISSUER.public_key), "d": encode_base64url(ISSUER.key.seed())}
    for kid in (GONE, ISSUER.verification_method):
        report = await verify(await badge_token(badge(ISSUER), ISSUER, header={"jwk": private, "kid": kid}))
        assert codes(report) == [("key.weak", "")]


async def test_a_key_in_the_header_of_an_issuer_with_a_did() -> None:
    """The DID's document says which keys are its own."""
    for signer in (ISSUER, WEB):
        own = {"jwk": public_jwk(signer.public_key), "kid": GONE}
        assert (await verify(await badge_token(badge(signer), signer, header=own))).verified
        foreign = {"jwk": public_jwk(STRANGER.public_key), "kid": GONE}
        report = await verify(await badge_token(badge(signer), STRANGER, header=foreign))
        assert codes(report) == [("binding.issuer_mismatch", "")]
    both = {"jwk": public_jwk(STRANGER.public_key)}
    assert codes(await verify(await badge_token(badge(ISSUER), ISSUER, header=both))) == [("token.foreign_key", "")]
    same = {"jwk": public_jwk(ISSUER.public_key)}
    assert (await verify(await badge_token(badge(ISSUER), ISSUER, header=same))).verified


async def test_the_kid_of_a_stranger_is_no_proof_by_the_issuer() -> None:
    report = await verify(await badge_token(badge(ISSUER), STRANGER))
    assert codes(report) == [("binding.issuer_mismatch", "/issuer")]


def jwks(*entries: Any) -> dict[str, Any]:
    return {JWKS: {"keys": list(entries)}}


def listed(signer: Any = HTTPS, **members: Any) -> dict[str, Any]:
    return {**public_jwk(signer.public_key), "kid": "key-1", **members}


KID: Final = {"kid": "key-1"}
JWK: Final = {"kid": GONE, "jwk": public_jwk(HTTPS.public_key)}


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize(
    ("header", "entries", "verified"),
    [
        (KID, [listed()], True),
        (KID, [listed(STRANGER, kid="key-2"), {"kty": "oct"}, listed()], True),
        (KID, [listed(iss=HTTPS.name)], True),
        (KID, [listed(iss="https://issuer.example/issuers/2")], False),
        (KID, [listed(kid="key-2")], False),
        (KID, [], False),
        (KID, [listed(STRANGER)], None),
        (JWK, [listed()], True),
        (JWK, [listed(kid="another")], True),
        (JWK, [listed(iss="https://issuer.example/issuers/2")], False),
        (JWK, [listed(STRANGER)], False),
        (JWK, [], False),
        ({**KID, **JWK, "kid": "key-1"}, [listed()], True),
        ({"kid": "https://issuer.example/keys/1"}, [listed(kid="https://issuer.example/keys/1")], True),
    ],
)
async def test_the_jwk_set_at_the_well_known_address(policy: str, header: Any, entries: Any, verified: bool | None) -> None:
    report = await verify(await badge_token(badge(HTTPS), HTTPS, header=header), policy, jwks(*entries))
    if verified:
        assert (report.verified, noticed(report)) == (True, ()), report.problems
        return
    expected = ("binding.issuer_mismatch", "") if verified is False else ("proof.signature_invalid", "")
    assert (codes(report), report.verdict) == ([expected], Verdict.REFUSED)


async def test_without_a_jwk_set_the_controller_document_counts() -> None:
    document = {DOCUMENT: HTTPS.document()}
    text = await badge_token(badge(HTTPS), HTTPS)
    assert (await verify(text, answers=document)).verified
    assert (await verify(await badge_token(badge(HTTPS), HTTPS, header=JWK), answers=document)).verified
    assert (await verify(await badge_token(badge(HTTPS), HTTPS, header=JWK), answers={**document, **jwks()})).verified
    foreign = {"kid": GONE, "jwk": public_jwk(STRANGER.public_key)}
    report = await verify(await badge_token(badge(HTTPS), STRANGER, header=foreign), answers=document)
    assert codes(report) == [("binding.issuer_mismatch", "")]


async def test_a_key_that_nobody_vouches_for() -> None:
    text = await badge_token(badge(HTTPS), HTTPS, header=JWK)
    report = await verify(text)
    assert (codes(report), report.verdict) == ([("binding.issuer_unverified", "/issuer")], Verdict.REFUSED)
    report = await verify(text, "interop")
    assert (report.verified, [finding.code for finding in noticed(report)]) == (True, ["binding.unverified"])
    report = await verify(await badge_token(badge(HTTPS), HTTPS, header=KID), "interop")
    assert (codes(report), report.verdict) == ([("did.unreachable", "")], Verdict.NOT_CONFIRMED)


@pytest.mark.parametrize("header", [KID, JWK])
async def test_a_host_that_was_not_asked_long_enough_leaves_the_question_open(header: Any) -> None:
    for policy in ("strict", "interop"):
        busy = {JWKS: ResolutionError("fetch.too_busy", "Busy.")}
        report = await verify(await badge_token(badge(HTTPS), HTTPS, header=header), policy, busy)
        assert (codes(report), report.verdict) == ([("fetch.too_busy", "")], Verdict.NOT_CONFIRMED)


async def test_the_key_belongs_to_the_host_of_the_issuer_and_to_no_other() -> None:
    other = badge(HTTPS, issuer={"id": "https://other.example/issuers/1", "type": ["Profile"]})
    report = await verify(await badge_token(other, HTTPS, header=KID), answers=jwks(listed()))
    assert (codes(report), report.verdict) == ([("did.unreachable", "")], Verdict.NOT_CONFIRMED)


async def test_a_proof_inside_is_refused_as_in_every_token() -> None:
    report = await verify(await badge_token({**badge(ISSUER), "proof": {"type": "DataIntegrityProof"}}, ISSUER))
    assert codes(report) == [("token.second_proof", "/proof")]


async def test_the_recipient_who_was_named() -> None:
    text = await badge_token(badge(ISSUER), ISSUER)
    assert (await verify(text, recipient="did:example:learner")).verified
    report = await verify(text, recipient="did:example:other")
    assert codes(report) == [("recipient.mismatch", "/credentialSubject")]
    assert [(check.name, check.state.value) for check in report.checks] == [("recipient", "failed")]
    assert report.shown is None
