"""Presentations as tokens: what stands in them, that they verify, and that what is wrong is not released."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits
from atesto.dids.resolution import Resolver
from atesto.errors import AtestoError, CustodyError
from atesto.issuance.present import prove_presentation
from atesto.issuance.securing import JWT
from atesto.proofs.jose.token import parse_token
from atesto.proofs.suites import SUITES
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, credential, presentation, secured, verifier, version_1_1
from tests.simulators.tokens import V2, ec_signer, envelope, token
from tests.unit.verification.test_pipeline import _Amended

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

ISSUER: Final = MemorySigner.numbered(1)
HOLDER: Final = MemorySigner.numbered(3)
V1: Final = "https://www.w3.org/2018/credentials/v1"
INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
ASKED: Final = {"challenge": "c1", "domain": "https://verifier.example"}
CLAIMS: Final = {"nonce": "c1", "aud": "https://verifier.example", "iat": int(NOW.timestamp())}
EACH_KEY = pytest.mark.parametrize(("algorithm", "alg"), [("Ed25519", "EdDSA"), ("P-256", "ES256"), ("P-384", "ES384")])


async def prove(document: JsonObject, signer: Any = HOLDER, policy: str = "strict", **asked: Any) -> Any:
    return await prove_presentation(document, signer=signer, suite=JWT, verifier=verifier(policy), now=NOW, **asked)


def older(*held: Any, holder: MemorySigner | None = HOLDER, **members: Any) -> JsonObject:
    named: dict[str, Any] = {"holder": holder.did} if holder else {}
    return {"@context": [V1], "type": ["VerifiablePresentation"], **named, "verifiableCredential": list(held), **members}


def opened(made: Any, media_type: str) -> tuple[str, JsonObject, JsonObject]:
    """The token in an envelope of presentations, its header and its payload."""
    assert made.keys() == {"@context", "type", "id"}
    assert (made["@context"], made["type"]) == ([V2], "EnvelopedVerifiablePresentation")
    text = made["id"].removeprefix(f"data:{media_type},")
    read = parse_token(text)
    return text, read.header, read.payload


async def held_of_every_kind() -> list[JsonObject]:
    plain = await secured(credential(ISSUER), ISSUER)
    inside = envelope(await token(credential(ISSUER), ISSUER))
    legacy = envelope(await token({"iss": ISSUER.did, "vc": version_1_1(ISSUER)}, ISSUER, typ="JWT"), media_type="application/jwt")
    return [plain, inside, legacy]


@EACH_KEY
async def test_vcdm_2_is_presented_as_vp_jwt(algorithm: str, alg: str) -> None:
    holder = MemorySigner.numbered(3, algorithm)
    asked = presentation(holder, *await held_of_every_kind())
    before = copy.deepcopy(asked)
    made = await prove(asked, holder, **ASKED)
    assert asked == before
    text, header, payload = opened(made, "application/vp+jwt")
    assert header == {"alg": alg, "cty": "vp", "kid": holder.verification_method, "typ": "vp+jwt"}
    assert payload == {**asked, **CLAIMS}
    for received in (made, text):
        report = await verifier().verify_presentation(received, now=NOW, **ASKED)
        assert report.verified, report.problems
        assert (report.presenter, report.token) == (holder.did, text)
        assert [inner.verified for inner in report.credentials] == [True] * 3
    other = await verifier().verify_presentation(made, now=NOW, **{**ASKED, "domain": "https://evil.example"})
    assert [(problem.code, problem.pointer) for problem in other.problems] == [("binding.domain", "/aud")]


@EACH_KEY
async def test_vcdm_1_1_is_presented_as_its_own_jwt(algorithm: str, alg: str) -> None:
    holder = MemorySigner.numbered(3, algorithm)
    text_held = await token({"iss": ISSUER.did, "vc": version_1_1(ISSUER)}, ISSUER, typ="JWT")
    proven = await secured(version_1_1(ISSUER, **{"@context": [V1, INTEGRITY]}), ISSUER)
    asked = older(text_held, proven, holder=holder, id="urn:uuid:3b1f3f2e-6f0e-4d55-9a86-0f3f6f7f1c03")
    made = await prove(asked, holder, **ASKED)
    text, header, payload = opened(made, "application/jwt")
    assert header == {"alg": alg, "kid": holder.verification_method, "typ": "JWT"}
    assert payload == {"iss": holder.did, "jti": asked["id"], "vp": asked, **CLAIMS}
    for received in (made, text):
        report = await verifier().verify_presentation(received, now=NOW, **ASKED)
        assert report.verified, report.problems
        assert (report.presenter, report.shown) == (holder.did, asked)
    other = await verifier().verify_presentation(made, now=NOW, **{**ASKED, "challenge": "c2"})
    assert [(problem.code, problem.pointer) for problem in other.problems] == [("binding.challenge", "/nonce")]


@pytest.mark.parametrize("document", [presentation(None), older(holder=None), older(holder=None, verifiableCredential=[])])
async def test_what_is_not_named_is_not_said(document: JsonObject) -> None:
    """But for who presents, which the older form's readers find in `iss` alone."""
    document = {name: value for name, value in document.items() if value != []}
    made = await prove(document)
    is_older = document["@context"] == [V1]
    _, _, payload = opened(made, "application/jwt" if is_older else "application/vp+jwt")
    iat = {"iat": CLAIMS["iat"]}
    assert payload == ({"iss": HOLDER.did, "vp": document, **iat} if is_older else {**document, **iat})
    report = await verifier().verify_presentation(made, now=NOW)
    assert (report.verified, report.presenter) == (True, HOLDER.did)


@pytest.mark.parametrize("base", [V1, V2])
@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"holder": ISSUER.did}, "binding.holder_mismatch", "/holder"),
        ({"proof": {}}, "issue.already_secured", "/proof"),
        ({"@context": [V1, {"a": "urn:a:b"}]}, "context.inline", "/@context/1"),
        ({"type": "x"}, "model.type_missing", "/type"),
        ({"note": "x"}, "linked_data.undefined_term", "/note"),
        ({"nonce": "x"}, "linked_data.undefined_term or token.claims_differ", "/nonce"),
        ({"exp": 1}, "linked_data.undefined_term or token.claims_differ", "/exp"),
        ({"verifiableCredential": [1]}, "model.member_malformed", "/verifiableCredential/0"),
    ],
)
async def test_what_is_wrong_is_refused_with_its_place(base: str, members: dict[str, Any], code: str, pointer: str) -> None:
    document = presentation(HOLDER) if base == V2 else older(holder=HOLDER, verifiableCredential=await secured_1_1())
    await prove(document)
    with pytest.raises(AtestoError) as caught:
        await prove({**document, **members})
    assert caught.value.code in code.split(" or ")
    assert caught.value.pointer == pointer


async def secured_1_1() -> JsonObject:
    return await secured(version_1_1(ISSUER, **{"@context": [V1, INTEGRITY]}), ISSUER)


async def test_claims_of_the_token_are_not_the_caller_s() -> None:
    """Under a policy that lets documents define words of their own, the token's would otherwise be chosen by the document."""
    examples = [V2, "https://www.w3.org/ns/credentials/examples/v2"]
    for claim in ("nonce", "aud", "iat", "iss", "exp"):
        chosen: JsonObject = {**presentation(HOLDER), "@context": [*examples], claim: 1}
        with pytest.raises(AtestoError) as caught:
            await prove(chosen, policy="interop")
        assert (caught.value.code, caught.value.pointer) == ("token.claims_differ", f"/{claim}")


async def test_a_token_among_the_credentials_of_vcdm_2_is_refused() -> None:
    text = await token(credential(ISSUER), ISSUER)
    await prove(presentation(HOLDER, envelope(text)))
    with pytest.raises(AtestoError) as caught:
        await prove({**presentation(HOLDER), "verifiableCredential": [text]})
    assert (caught.value.code, caught.value.pointer) == ("model.member_malformed", "/verifiableCredential/0")


@pytest.mark.parametrize("suite", [JWT, SUITES["eddsa-rdfc-2022"], SUITES["eddsa-jcs-2022"]], ids=lambda suite: suite.name)
async def test_a_signer_that_signs_something_else_is_caught(suite: Any) -> None:
    class Faulty(MemorySigner):
        async def sign(self, data: bytes) -> bytes:
            return self.key.sign(data + b"x")

    document = presentation(HOLDER, *await held_of_every_kind())
    await prove_presentation(document, signer=HOLDER, suite=suite, verifier=verifier(), now=NOW)
    with pytest.raises(CustodyError) as caught:
        await prove_presentation(document, signer=Faulty(HOLDER.key), suite=suite, verifier=verifier(), now=NOW)
    assert caught.value.code == "issue.signed_differs"


@pytest.mark.parametrize("suite", [JWT, SUITES["eddsa-rdfc-2022"]], ids=lambda suite: suite.name)
async def test_credentials_are_shown_whatever_a_verifier_will_say_of_them_and_nobody_is_asked(suite: Any) -> None:
    fetcher = MemoryFetcher({})
    expired = await secured(credential(ISSUER, validUntil="2026-06-15T10:00:00Z"), ISSUER)
    elsewhere = {**credential(ISSUER, issuer="did:web:issuer.example"), "proof": {**expired_proof(expired), "verificationMethod": WEB}}
    document = presentation(HOLDER, expired, elsewhere)
    judge = verifier(resolver=Resolver(fetcher=fetcher))
    made = await prove_presentation(document, signer=HOLDER, suite=suite, verifier=judge, now=NOW)
    assert fetcher.asked == []
    report = await verifier().verify_presentation(made, now=NOW)
    assert [problem.code for problem in report.problems][:1] == ["time.expired"]
    assert not report.verified


WEB: Final = "did:web:issuer.example#key-1"


def expired_proof(document: Any) -> dict[str, Any]:
    return dict(document["proof"])


@pytest.mark.parametrize("suite", [JWT, SUITES["eddsa-rdfc-2022"]], ids=lambda suite: suite.name)
async def test_what_a_verifier_refuses_of_the_presentation_itself_is_not_released(suite: Any) -> None:
    judge = verifier(resolver=_Amended(revoked=NOW))
    for revoked, moment in ((False, NOW - timedelta(seconds=1)), (True, NOW)):
        making = prove_presentation(presentation(HOLDER), signer=HOLDER, suite=suite, verifier=judge, now=moment)
        if not revoked:
            await making
            continue
        with pytest.raises(AtestoError) as caught:
            await making
        assert caught.value.code == "key.revoked"


async def test_keys_that_only_verify_do_not_present() -> None:
    signer = ec_signer("ES512")
    with pytest.raises(AtestoError) as caught:
        await prove(presentation(None), signer)
    assert caught.value.code == "key.unsupported"


async def test_a_token_is_no_longer_than_a_verifying_door_takes() -> None:
    held = [envelope(await token(credential(ISSUER, description="x" * 270_000), ISSUER))]
    made = await prove(presentation(HOLDER, *held))
    assert len(made["id"]) < limits.MAX_ISSUED_TOKEN_BYTES
    with pytest.raises(AtestoError) as caught:
        await prove(presentation(HOLDER, *held, *held, *held))
    assert caught.value.code == "encoding.too_long"
