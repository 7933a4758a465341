"""Credentials and presentations in tokens: each form is confirmed, and each fault is refused at its own station, with its own code."""

from __future__ import annotations

import copy
import dataclasses
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits
from atesto.dids.methods.jwk import did_jwk
from atesto.dids.resolution import Resolver
from atesto.encoding.base64url import encode_base64url
from atesto.errors import VerificationError
from atesto.keys.jwk import public_jwk
from atesto.proofs.suites import SUITES
from atesto.verification.report import Verdict
from atesto.verification.secured import token_length
from atesto.verification.stations import Station
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import NOW, MemorySigner, credential, presentation, secured, verifier, version_1_1
from tests.simulators.tokens import GONE, V2, ec_signer, envelope, rsa_signer, token
from tests.unit.verification.test_pipeline import _Amended, fault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Signer
    from atesto.verification.report import Report

ISSUER: Final = MemorySigner.numbered(1)
STRANGER: Final = MemorySigner.numbered(2)
HOLDER: Final = MemorySigner.numbered(3)
EPOCH: Final = int(NOW.timestamp())
FOREIGN: Final = {
    "ES512": ec_signer("ES512"),
    "ES256K": ec_signer("ES256K"),
    "RS256": rsa_signer("RS256"),
    "PS256": rsa_signer("PS256"),
}
AS_DID_KEY: Final = {f"{name}, did:key": dataclasses.replace(signer, method="key") for name, signer in FOREIGN.items()}
SIGNERS: Final[dict[str, Signer]] = {
    "EdDSA": ISSUER,
    "ES256": MemorySigner.numbered(1, "P-256"),
    "ES384": MemorySigner.numbered(1, "P-384"),
    **FOREIGN,
    **AS_DID_KEY,
}
SUITE_KEYS: Final = {name: "EdDSA" if "Ed25519" in suite.key_hashes else "ES256" for name, suite in SUITES.items()}
EACH_SIGNER = pytest.mark.parametrize(("algorithm", "signer"), SIGNERS.items(), ids=SIGNERS)


def wrapped(signer: Any, inner: JsonObject, **claims: Any) -> JsonObject:
    return {"iss": signer.did, "jti": inner.get("id"), "vc": inner, **claims}


async def verify(received: JsonObject | str, policy: str = "strict", **asked: Any) -> Report:
    return await verifier(policy).verify_credential(received, now=NOW, **asked)


async def show(received: JsonObject | str, policy: str = "strict", **asked: Any) -> Report:
    return await verifier(policy).verify_presentation(received, now=NOW, **asked)


@EACH_SIGNER
async def test_a_good_token_is_confirmed_and_shown_as_received(algorithm: str, signer: Any) -> None:
    payload = {**credential(signer), "iat": EPOCH}
    text = await token(payload, signer, cty="vc")
    for received in (text, envelope(text), envelope(text, context=V2, type=["EnvelopedVerifiableCredential"])):
        before = copy.deepcopy(received)
        report = await verify(received)
        assert report.verified, report.problems
        assert received == before
        assert (report.shown, report.token, report.issuer) == (payload, text, signer.did)
        assert report.to_json()["token"] == text
        assert [result.station for result in report.stations] == list(Station)
        assert report.findings == ()


@EACH_SIGNER
async def test_a_changed_token_is_refused_at_the_signature(algorithm: str, signer: Any) -> None:
    head, _, signature = (await token(credential(signer), signer)).split(".")
    changed = encode_base64url(json.dumps(credential(signer, name="Master of everything")).encode())
    report = await verify(f"{head}.{changed}.{signature}")
    assert fault(report) == (8, "proof.signature_invalid", "")
    assert "token" not in report.to_json()


@pytest.mark.parametrize("signer", AS_DID_KEY.values(), ids=AS_DID_KEY)
@pytest.mark.parametrize("suite", SUITES)
async def test_keys_of_tokens_prove_nothing_in_a_document(suite: str, signer: Any) -> None:
    """A did:key that resolves is not thereby one that a cryptosuite takes."""
    contexts = [V2, "https://w3id.org/security/suites/ed25519-2020/v1"]
    named = {"type": suite} if SUITES[suite].proof_type == suite else {"type": "DataIntegrityProof", "cryptosuite": suite}
    proof = {**named, "created": "2026-06-15T12:00:00Z", "proofPurpose": "assertionMethod", "proofValue": "z" + "2" * 88}
    fitting: Any = SIGNERS[SUITE_KEYS[suite]]
    for author, expected in ((signer, "proof.key_mismatch"), (fitting, "proof.signature_invalid")):
        document = {**credential(author, context=contexts), "proof": {**proof, "verificationMethod": author.verification_method}}
        assert fault(await verify(document))[:2] == (8, expected)


async def test_ed25519_under_both_of_its_names() -> None:
    for name in ("EdDSA", "Ed25519"):
        assert (await verify(await token(credential(ISSUER), ISSUER, alg=name))).verified


@EACH_SIGNER
async def test_the_only_key_of_its_issuer_need_not_be_named(algorithm: str, signer: Any) -> None:
    document = version_1_1(signer)
    for text in (
        await token(wrapped(signer, document), signer, typ="JWT", kid=GONE),
        await token(credential(signer), signer, kid=GONE),
    ):
        report = await verify(text)
        assert report.verified, report.problems
    head, body, signature = (await token(credential(signer), STRANGER, kid=GONE, alg=getattr(signer, "jws_algorithm", "EdDSA"))).split(".")
    assert fault(await verify(f"{head}.{body}.{signature}"))[0] == 8


def _web(signer: MemorySigner, *others: MemorySigner, listed: bool = True) -> dict[str, Any]:
    """The document of a did:web with each key under two names."""
    did = "did:web:school.example"
    methods = [
        {"id": f"{did}#{index}{form}", "controller": did, **material}
        for index, one in enumerate((signer, *others))
        for form, material in (
            ("", {"type": "Multikey", "publicKeyMultibase": one.did.removeprefix("did:key:")}),
            ("-jwk", {"type": "JsonWebKey", "publicKeyJwk": public_jwk(one.public_key)}),
        )
    ]
    names = [method["id"] for method in methods] if listed else []
    return {"id": did, "verificationMethod": methods, "assertionMethod": names}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (_web(ISSUER), None),
        (_web(ISSUER, STRANGER), (6, "token.kid", "")),
        (_web(ISSUER, listed=False), (6, "token.kid", "")),
        (_web(STRANGER), (8, "proof.signature_invalid", "")),
        ({"id": "did:web:other.example"}, (6, "did.document_mismatch", "")),
    ],
)
async def test_without_kid_the_only_key_that_the_issuer_publishes_decides(document: Any, expected: Any) -> None:
    fetcher = MemoryFetcher({"https://school.example/.well-known/did.json": document})
    text = await token({**credential(ISSUER), "issuer": "did:web:school.example"}, ISSUER, kid=GONE)
    report = await verifier(resolver=Resolver(fetcher=fetcher)).verify_credential(text, now=NOW)
    assert (None if report.verified else fault(report)) == expected


@pytest.mark.parametrize("kid", ["https://school.example/keys#1", "did:web:school.example#1", "did:web:school.example:path#1"])
@pytest.mark.parametrize("policy", ["strict", "interop"])
async def test_nobody_is_asked_for_the_key_of_a_stranger(kid: str, policy: str) -> None:
    fetcher = MemoryFetcher()
    judge = verifier(policy, Resolver(fetcher=fetcher))
    for text in (await token(credential(ISSUER), ISSUER, kid=kid), await token({**credential(ISSUER), "iss": ISSUER.did}, ISSUER, kid=kid)):
        assert fault(await judge.verify_credential(text, now=NOW)) == (7, "binding.issuer_mismatch", "/issuer")
    shown = await token(presentation(HOLDER), HOLDER, kind="presentation", kid=kid)
    assert fault(await judge.verify_presentation(shown, now=NOW)) == (7, "binding.holder_mismatch", "/holder")
    proved: Any = await secured(credential(ISSUER), ISSUER)
    proved["proof"]["verificationMethod"] = kid
    assert fault(await judge.verify_credential(proved, now=NOW)) == (7, "binding.issuer_mismatch", "/issuer")
    assert fetcher.asked == []
    # The same key is asked for where it may be the issuer's: the control.
    asked = await token({**credential(ISSUER), "issuer": kid.partition("#")[0]}, ISSUER, kid=kid)
    await judge.verify_credential(asked, now=NOW)
    assert len(fetcher.asked) == 1


@pytest.mark.parametrize("kid", ["https://school.example/keys#1", "did:web:school.example#1"])
@pytest.mark.parametrize("policy", ["strict", "interop"])
async def test_without_a_holder_nobody_is_asked_for_the_key_of_another_than_iss(kid: str, policy: str) -> None:
    fetcher = MemoryFetcher()
    judge = verifier(policy, Resolver(fetcher=fetcher))
    document = {name: value for name, value in presentation(HOLDER).items() if name != "holder"}
    good = await token({**document, "iss": HOLDER.did}, HOLDER, kind="presentation")
    assert (await judge.verify_presentation(good, now=NOW)).verified
    for signer in (kid, STRANGER.verification_method):
        text = await token({**document, "iss": HOLDER.did}, HOLDER, kind="presentation", kid=signer)
        assert fault(await judge.verify_presentation(text, now=NOW)) == (7, "token.issuer_differs", "/iss")
    text = await token({**document, "iss": HOLDER.did}, HOLDER, kind="presentation", kid=kid)
    assert fault(await judge.verify_presentation(text, now=NOW, challenge="asked for")) == (7, "binding.challenge", "/nonce")
    assert fetcher.asked == []
    # Where iss may be whose key it is, its host is asked: the control.
    text = await token({**document, "iss": kid.partition("#")[0]}, HOLDER, kind="presentation", kid=kid)
    await judge.verify_presentation(text, now=NOW)
    assert len(fetcher.asked) == 1


@pytest.mark.parametrize("policy", ["strict", "interop"])
async def test_a_document_of_1_1_is_no_payload(policy: str) -> None:
    text = await token({**version_1_1(ISSUER), "jti": "urn:uuid:other", "nbf": 1}, ISSUER)
    assert fault(await verify(text, policy)) == (3, "token.type", "")
    shown = {**presentation(HOLDER), "@context": ["https://www.w3.org/2018/credentials/v1"]}
    assert fault(await show(await token(shown, HOLDER, kind="presentation"), policy)) == (3, "token.type", "")
    assert (await verify(await token(wrapped(ISSUER, version_1_1(ISSUER)), ISSUER, typ="JWT"), policy)).verified


async def test_typ_is_a_media_type() -> None:
    for typ in ("VC+JWT", "application/vc+jwt"):
        assert (await verify(await token(credential(ISSUER), ISSUER, typ=typ, cty="application/vc"))).verified


HEADERS: Final[dict[str, tuple[dict[str, Any], tuple[int, str, str]]]] = {
    "no alg": ({"alg": GONE}, (2, "token.header", "")),
    "alg is null": ({"alg": None}, (2, "token.header", "")),
    "alg none": ({"alg": "none"}, (2, "token.algorithm", "")),
    "alg None": ({"alg": "None"}, (2, "token.algorithm", "")),
    "alg nOnE": ({"alg": "nOnE"}, (2, "token.algorithm", "")),
    "alg empty": ({"alg": ""}, (2, "token.algorithm", "")),
    "alg HS256": ({"alg": "HS256"}, (2, "token.algorithm", "")),
    "alg RS512": ({"alg": "RS512"}, (2, "token.algorithm", "")),
    "alg in lower case": ({"alg": "eddsa"}, (2, "token.algorithm", "")),
    "alg of another key": ({"alg": "ES256"}, (8, "token.algorithm_mismatch", "")),
    "alg of RSA": ({"alg": "RS256"}, (8, "token.algorithm_mismatch", "")),
    "crit": ({"crit": ["exp"], "exp": EPOCH + 1}, (2, "token.critical", "")),
    "crit empty": ({"crit": []}, (2, "token.critical", "")),
    "crit b64": ({"crit": ["b64"], "b64": False}, (2, "token.critical", "")),
    "b64 false": ({"b64": False}, (2, "token.unencoded", "")),
    "b64 true": ({"b64": True}, (2, "token.unencoded", "")),
    "jwk": ({"jwk": public_jwk(ISSUER.public_key)}, (3, "token.foreign_key", "")),
    "jku": ({"jku": "https://127.0.0.1/keys"}, (2, "token.foreign_key", "")),
    "x5u": ({"x5u": "https://127.0.0.1/cert"}, (2, "token.foreign_key", "")),
    "x5c": ({"x5c": ["AAAA"]}, (2, "token.foreign_key", "")),
    "kid a number": ({"kid": 1}, (2, "token.header", "")),
    "typ a list": ({"typ": ["vc+jwt"]}, (2, "token.header", "")),
    "cty null": ({"cty": None}, (2, "token.header", "")),
    "kid a path": ({"kid": "../../../etc/passwd"}, (6, "did.method_url_malformed", "")),
    "kid a query": ({"kid": "' OR 1=1 --"}, (6, "did.method_url_malformed", "")),
    "kid a URL": ({"kid": "https://127.0.0.1/key#1"}, (7, "binding.issuer_mismatch", "/issuer")),
    "kid a thumbprint": ({"kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"}, (6, "did.method_url_malformed", "")),
    "kid a bare DID": ({"kid": ISSUER.did}, (7, "did.method_url_malformed", "")),
    "kid with a stranger's fragment": (
        {"kid": f"{ISSUER.did}#{STRANGER.verification_method.partition('#')[2]}"},
        (6, "did.method_not_found", ""),
    ),
    "kid of a stranger": ({"kid": STRANGER.verification_method}, (7, "binding.issuer_mismatch", "/issuer")),
    "typ of a presentation": ({"typ": "vp+jwt"}, (3, "token.type", "")),
    "typ of a key binding": ({"typ": "kb+jwt"}, (3, "token.type", "")),
    "typ of a status list": ({"typ": "statuslist+jwt"}, (3, "token.type", "")),
    "typ of a key proof": ({"typ": "openid4vci-proof+jwt"}, (3, "token.type", "")),
    "typ of a request": ({"typ": "oauth-authz-req+jwt"}, (3, "token.type", "")),
    "typ of an SD-JWT": ({"typ": "vc+sd-jwt"}, (3, "token.type", "")),
    "typ of the draft": ({"typ": "vc+ld+jwt"}, (3, "token.type", "")),
    "typ JWT": ({"typ": "JWT"}, (3, "token.type", "")),
    "no typ": ({"typ": GONE}, (3, "token.type", "")),
    "cty of a presentation": ({"cty": "vp"}, (3, "token.content_type", "")),
    "cty JWT": ({"cty": "JWT"}, (3, "token.content_type", "")),
}


@pytest.mark.parametrize(("header", "expected"), HEADERS.values(), ids=HEADERS)
async def test_faults_of_the_header(header: dict[str, Any], expected: tuple[int, str, str]) -> None:
    assert fault(await verify(await token(credential(ISSUER), ISSUER, **header))) == expected


PAYLOADS: Final[dict[str, tuple[dict[str, Any], tuple[int, str, str]]]] = {
    "vc beside": ({"vc": {}}, (3, "token.wrapped", "/vc")),
    "vp beside": ({"vp": {}}, (3, "token.wrapped", "/vp")),
    "proof inside": ({"proof": {"type": "DataIntegrityProof"}}, (3, "token.second_proof", "/proof")),
    "iss of a stranger": ({"iss": STRANGER.did}, (7, "token.issuer_differs", "/iss")),
    "iss a list": ({"iss": [ISSUER.did]}, (3, "token.claim_malformed", "/iss")),
    "iss empty": ({"iss": ""}, (3, "token.claim_malformed", "/iss")),
    "exp passed": ({"exp": EPOCH - 1}, (9, "time.proof_expired", "/exp")),
    "nbf ahead": ({"nbf": EPOCH + limits.CLOCK_SKEW_SECONDS + 1}, (9, "time.not_yet_valid", "/nbf")),
    "iat ahead": ({"iat": EPOCH + limits.CLOCK_SKEW_SECONDS + 1}, (9, "time.proof_from_future", "/iat")),
    "exp a text": ({"exp": "2036-06-15T09:00:00Z"}, (3, "token.claim_malformed", "/exp")),
    "exp a boolean": ({"exp": True}, (3, "token.claim_malformed", "/exp")),
    "exp null": ({"exp": None}, (3, "token.claim_malformed", "/exp")),
    "exp negative": ({"exp": -1}, (3, "token.claim_malformed", "/exp")),
    "exp beyond the calendar": ({"exp": 253_402_300_800}, (3, "token.claim_malformed", "/exp")),
    "aud a number": ({"aud": 1}, (3, "token.claim_malformed", "/aud")),
    "aud empty": ({"aud": []}, (3, "token.claim_malformed", "/aud")),
    "nonce a number": ({"nonce": 1}, (3, "token.claim_malformed", "/nonce")),
    "validUntil passed": ({"validUntil": "2026-06-15T11:59:59Z", "exp": EPOCH + 9}, (9, "time.expired", "/validUntil")),
    "validFrom ahead": ({"validFrom": "2026-06-15T12:01:01Z", "nbf": EPOCH - 9}, (9, "time.not_yet_valid", "/validFrom")),
    "no subject": ({"credentialSubject": {}}, (3, "model.member_malformed", "/credentialSubject")),
    "an envelope inside": ({"type": ["EnvelopedVerifiableCredential"]}, (3, "model.unsupported_format", "/type")),
    "foreign vocabulary": ({"@context": [V2, "https://example.com/c"]}, (4, "context.unknown", "/@context/1")),
    "own vocabulary": ({"@context": [V2, {"a": "urn:a:b"}]}, (4, "context.inline", "/@context/1")),
    "status of an unread kind": (
        {"@context": [V2], "credentialStatus": {"id": "urn:s:1", "type": "https://example.org/Moody"}},
        (10, "status.unknown_type", "/credentialStatus"),
    ),
}


@pytest.mark.parametrize(("members", "expected"), PAYLOADS.values(), ids=PAYLOADS)
async def test_faults_of_the_payload(members: dict[str, Any], expected: tuple[int, str, str]) -> None:
    assert fault(await verify(await token({**credential(ISSUER), **members}, ISSUER))) == expected


async def test_what_the_claims_may_say() -> None:
    skew = limits.CLOCK_SKEW_SECONDS
    good: tuple[dict[str, Any], ...] = (
        {"iss": ISSUER.did, "sub": "did:example:learner", "jti": credential(ISSUER)["id"]},
        {"exp": EPOCH, "nbf": EPOCH + skew, "iat": EPOCH + skew},
        {"exp": EPOCH + 0.5, "iat": EPOCH - 0.5},
        {"aud": ["a", "b"], "nonce": "n"},
    )
    for claims in good:
        report = await verify(await token({**credential(ISSUER), **claims}, ISSUER))
        assert report.verified, (claims, report.problems)
        assert report.findings == ()
    issuer = {"id": ISSUER.did, "name": "Carrowmore Institute of Technology"}
    assert (await verify(await token({**credential(ISSUER, issuer=issuer), "iss": ISSUER.did}, ISSUER))).verified


async def test_claims_in_the_header_count_and_must_agree() -> None:
    assert (await verify(await token(credential(ISSUER), ISSUER, iss=ISSUER.did, iat=EPOCH))).verified
    assert fault(await verify(await token(credential(ISSUER), ISSUER, exp=EPOCH - 1))) == (9, "time.proof_expired", "/exp")
    both = await token({**credential(ISSUER), "exp": EPOCH + 2}, ISSUER, exp=EPOCH + 1)
    assert fault(await verify(both)) == (3, "token.claims_differ", "/exp")


async def test_a_relative_kid_belongs_to_the_issuer() -> None:
    fragment = "#" + ISSUER.verification_method.partition("#")[2]
    assert (await verify(await token(credential(ISSUER), ISSUER, kid=fragment))).verified
    assert (await verify(await token({**credential(ISSUER), "iss": ISSUER.did}, ISSUER, kid=fragment))).verified
    foreign = await token(credential(ISSUER, issuer="https://example.org/issuer"), ISSUER, kid=fragment)
    # Whose keys stand in a document at that URL, which nobody here can fetch.
    assert fault(await verify(foreign, "interop"))[:2] == (6, "did.unreachable")


async def test_an_issuer_that_is_no_did() -> None:
    text = await token(credential(ISSUER, issuer="https://example.org/issuer"), ISSUER)
    assert fault(await verify(text)) == (7, "binding.issuer_unverified", "/issuer")
    report = await verify(text, "interop")
    assert report.verified
    assert [finding.code for finding in report.findings] == ["binding.unverified"]


async def test_the_text_is_read_strictly() -> None:
    good = await token(credential(ISSUER), ISSUER)
    head, body, signature = good.split(".")
    duplicate = '{"alg":"EdDSA","alg":"EdDSA","typ":"vc+jwt","kid":"' + ISSUER.verification_method + '"}'
    twice = json.dumps(credential(ISSUER)).replace('"issuer"', '"issuer": "did:example:victim", "issuer"').encode()
    cases: dict[str, tuple[int, str]] = {
        f"{head}.{body}": (2, "token.malformed"),
        f"{head}.{body}.": (2, "token.malformed"),
        f"{head}.{body}.{signature}.": (2, "token.malformed"),
        f"{head}.{body}.{signature}=": (2, "token.malformed"),
        f"{head}.{body}.{signature[:-1]}{chr(ord(signature[-1]) + 1)}": (2, "token.malformed"),
        f" {good}": (2, "token.malformed"),
        "{}": (2, "token.malformed"),
        await token(credential(ISSUER), ISSUER, raw_header=duplicate): (2, "json.duplicate_member"),
        await token(twice, ISSUER): (2, "json.duplicate_member"),
        await token([credential(ISSUER)], ISSUER): (2, "json.not_an_object"),
        await token(b"not JSON", ISSUER): (2, "json.invalid"),
        await token(b"\xff", ISSUER): (2, "json.not_utf8"),
        await token(b"", ISSUER): (2, "json.invalid"),
        await token(b'{"exp":1e400}', ISSUER): (2, "json.number_out_of_range"),
        await token(b'{"a":' + b"[" * 70 + b"]" * 70 + b"}", ISSUER): (2, "json.too_deep"),
    }
    for text, expected in cases.items():
        report = await verify(text)
        assert fault(report)[:2] == expected, text
        assert fault(await verify(envelope(text))) == fault(report)


ENVELOPES: Final[dict[str, tuple[Callable[[str], JsonObject], tuple[int, str, str]]]] = {
    "no context": (lambda text: envelope(text, context=GONE), (2, "model.context_missing", "/@context")),
    "empty context": (lambda text: envelope(text, context=[]), (2, "model.context_missing", "/@context")),
    "foreign context": (lambda text: envelope(text, context=["https://example.com/c"]), (2, "model.context_missing", "/@context")),
    "older context": (
        lambda text: envelope(text, context=["https://www.w3.org/2018/credentials/v1"]),
        (2, "model.context_missing", "/@context"),
    ),
    "unknown context besides": (lambda text: envelope(text, context=[V2, "https://example.com/c"]), (4, "context.unknown", "/@context/1")),
    "no id": (lambda text: envelope(text, id=GONE), (2, "envelope.malformed", "/id")),
    "no data URL": (lambda text: envelope(text, id=text), (2, "envelope.malformed", "/id")),
    "no comma": (lambda text: envelope(text, id="data:application/vc+jwt"), (2, "envelope.malformed", "/id")),
    "base64": (lambda text: envelope(text, media_type="application/vc+jwt;base64"), (2, "envelope.malformed", "/id")),
    "charset": (lambda text: envelope(text, media_type="application/vc+jwt;charset=utf-8"), (2, "envelope.malformed", "/id")),
    "two types": (
        lambda text: envelope(text, type=["EnvelopedVerifiableCredential", "VerifiableCredential"]),
        (2, "envelope.malformed", "/type"),
    ),
    "the other kind's type": (lambda text: envelope(text, type="EnvelopedVerifiablePresentation"), (2, "envelope.malformed", "/type")),
    "plain type": (lambda text: envelope(text, type="VerifiableCredential"), (3, "model.member_missing", "/issuer")),
    "no type": (lambda text: envelope(text, type=GONE), (3, "model.type_missing", "/type")),
    "a name beside": (lambda text: envelope(text, name="PhD in Physics"), (2, "envelope.malformed", "/name")),
    "a proof beside": (lambda text: envelope(text, proof={}), (2, "envelope.malformed", "/proof")),
    "media type of a presentation": (lambda text: envelope(text, media_type="application/vp+jwt"), (2, "envelope.media_type", "/id")),
    "media type text": (lambda text: envelope(text, media_type="text/plain"), (2, "envelope.media_type", "/id")),
    "media type JSON": (lambda text: envelope(text, media_type="application/json"), (2, "envelope.media_type", "/id")),
    "older media type": (lambda text: envelope(text, media_type="application/jwt"), (3, "token.type", "")),
    "SD-JWT": (lambda text: envelope(text, media_type="application/vc+sd-jwt"), (2, "model.unsupported_format", "/id")),
    "COSE": (lambda text: envelope(text, media_type="application/vc+cose"), (2, "model.unsupported_format", "/id")),
}


@pytest.mark.parametrize(("made", "expected"), ENVELOPES.values(), ids=ENVELOPES)
async def test_faults_of_the_envelope(made: Callable[[str], JsonObject], expected: tuple[int, str, str]) -> None:
    assert fault(await verify(made(await token(credential(ISSUER), ISSUER)))) == expected


async def test_what_json_ld_would_lose_is_a_finding_where_the_bytes_are_signed() -> None:
    report = await verify(await token(credential(ISSUER, motto="Sapere aude"), ISSUER))
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == [("linked_data.lost", "/motto")]
    assert report.shown is not None
    assert report.shown["motto"] == "Sapere aude"


async def test_words_of_its_own_are_signed_with_the_document_and_shown_as_they_are() -> None:
    payload = credential(ISSUER, context=[V2, {"motto": "https://example.org/motto"}], motto="Sapere aude")
    report = await verify(await token(payload, ISSUER), "interop")
    assert report.verified
    assert (report.shown, report.findings) == (payload, ())


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"revoked": NOW}, (9, "key.revoked", "")),
        ({"revoked": NOW + timedelta(seconds=1)}, None),
        ({"expires": NOW}, (9, "key.expired", "")),
        ({"relationships": frozenset({"authentication"})}, (7, "binding.not_authorized", "")),
        ({"controller": "did:example:other"}, (7, "binding.not_authorized", "")),
    ],
)
async def test_what_the_controller_says_of_its_key(members: dict[str, Any], expected: tuple[int, str, str] | None) -> None:
    text = await token({**credential(ISSUER), "iat": EPOCH}, ISSUER)
    report = await verifier(resolver=_Amended(**members)).verify_credential(text, now=NOW)
    assert report.verified if expected is None else fault(report) == expected


async def test_keys_of_tokens_are_no_keys_of_data_integrity() -> None:
    signer = ec_signer("ES512")
    good: Any = await secured(credential(ISSUER), ISSUER)
    borrowed = {**good, "issuer": did_jwk(signer.public_key), "proof": {**good["proof"], "verificationMethod": signer.verification_method}}
    assert fault(await verify(borrowed)) == (8, "proof.key_mismatch", "/proof/verificationMethod")


async def test_a_node_that_is_too_busy_to_look_confirms_nothing() -> None:
    class Busy:
        async def run(self, *_: Any) -> Any:
            raise VerificationError("transport.overloaded", "Too many.")

    busy: Any = Busy()
    judge = dataclasses.replace(verifier(), workers=busy)
    report = await judge.verify_credential(await token(credential(ISSUER), ISSUER), now=NOW)
    assert fault(report) == (5, "transport.overloaded", "")
    assert report.verdict is Verdict.NOT_CONFIRMED


def test_how_long_a_token_is() -> None:
    assert token_length("a.b.c") == 5
    assert token_length(envelope("a.b.c")) == len("data:application/vc+jwt,a.b.c")
    for document in (credential(ISSUER), envelope("", id=GONE), envelope("", id=1)):
        assert token_length(document) == 0


async def test_a_long_token_is_taken_apart_in_a_worker() -> None:
    text = await token({**credential(ISSUER), "description": "x" * limits.PARSE_INLINE_BYTES}, ISSUER)
    assert (await verify(text)).verified
    assert (await verify(envelope(text))).verified
    assert fault(await verify(text + "=")) == (2, "token.malformed", "")


# --- VCDM 1.1 --------------------------------------------------------------------------------------------------------


async def test_the_older_form_with_and_without_typ() -> None:
    payload = wrapped(ISSUER, version_1_1(ISSUER), sub="did:example:learner", nbf=EPOCH - 10_800, exp=2_097_133_200)
    for typ in ("JWT", "jwt", GONE):
        text = await token(payload, ISSUER, typ=typ)
        for received in (text, envelope(text, media_type="application/jwt")):
            report = await verify(received)
            assert report.verified, report.problems
            assert (report.shown, report.token) == (version_1_1(ISSUER), text)
            assert report.findings == ()
        assert fault(await verify(envelope(text))) == (3, "token.type", "")


async def test_claims_complete_the_older_credential() -> None:
    bare = {name: value for name, value in version_1_1(ISSUER).items() if name in {"@context", "type"}}
    payload = {
        "iss": ISSUER.did, "jti": "urn:uuid:9d3b1a52-4a4b-4a3e-9d0c-0a6f9a1f2b11", "sub": "did:example:learner",
        "nbf": EPOCH - 10_800, "exp": 2_097_133_200, "vc": {**bare, "credentialSubject": {}},
    }  # fmt: skip
    report = await verify(await token(payload, ISSUER, typ="JWT"))
    assert report.verified, report.problems
    assert report.shown == version_1_1(ISSUER)
    party = wrapped(ISSUER, version_1_1(ISSUER, issuer={"name": "Carrowmore"}), nbf=EPOCH - 10_800)
    report = await verify(await token(party, ISSUER, typ="JWT"))
    assert report.issuer == ISSUER.did


OLDER: Final[dict[str, tuple[dict[str, Any], dict[str, Any], tuple[int, str, str]]]] = {
    "iss of a stranger": ({}, {"iss": STRANGER.did}, (3, "token.claims_differ", "/iss")),
    "iss of a stranger, issuer an object": ({"issuer": {"id": ISSUER.did}}, {"iss": STRANGER.did}, (3, "token.claims_differ", "/iss")),
    "jti": ({}, {"jti": "urn:uuid:00000000-0000-4000-8000-000000000000"}, (3, "token.claims_differ", "/jti")),
    "sub": ({}, {"sub": "did:example:other"}, (3, "token.claims_differ", "/sub")),
    "sub of two": ({"credentialSubject": [{"id": "did:example:a"}, {}]}, {"sub": "did:example:a"}, (3, "token.claims_differ", "/sub")),
    "nbf": ({}, {"nbf": EPOCH}, (3, "token.claims_differ", "/nbf")),
    "exp": ({}, {"exp": EPOCH + 9}, (3, "token.claims_differ", "/exp")),
    "exp passed": ({"expirationDate": "2026-06-15T11:59:59Z"}, {"exp": EPOCH - 1}, (9, "time.expired", "/expirationDate")),
    "nbf ahead": ({"issuanceDate": "2026-06-15T12:01:01Z"}, {"nbf": EPOCH + 61}, (9, "time.not_yet_valid", "/issuanceDate")),
    "iat ahead": ({}, {"iat": EPOCH + 61}, (9, "time.proof_from_future", "/iat")),
    "date malformed": ({"issuanceDate": "yesterday"}, {"nbf": EPOCH}, (3, "time.malformed", "/issuanceDate")),
    "vc a text": ({}, {"vc": "x"}, (3, "model.member_malformed", "/vc")),
    "vp besides": ({}, {"vp": {}}, (3, "token.type", "")),
    "proof inside": ({"proof": {}}, {}, (3, "token.second_proof", "/vc/proof")),
    "VCDM 2.0": ({"@context": [V2], "validFrom": "2026-06-15T09:00:00Z"}, {}, (3, "token.wrapped", "/vc")),
}


@pytest.mark.parametrize(("members", "claims", "expected"), OLDER.values(), ids=OLDER)
async def test_faults_of_the_older_form(members: dict[str, Any], claims: dict[str, Any], expected: tuple[int, str, str]) -> None:
    text = await token(wrapped(ISSUER, version_1_1(ISSUER, **members), **claims), ISSUER, typ="JWT")
    assert fault(await verify(text)) == expected


async def test_fractions_of_a_second_are_no_disagreement() -> None:
    inner = version_1_1(ISSUER, issuanceDate="2026-06-15T09:00:00.750Z")
    assert (await verify(await token(wrapped(ISSUER, inner, nbf=EPOCH - 10_800), ISSUER, typ="JWT"))).verified


async def test_vcdm_2_in_a_wrapper_is_for_interoperability_suites() -> None:
    inner: dict[str, Any] = {"@context": [V2], "type": ["VerifiableCredential"], "credentialSubject": {"name": "Noor"}}
    text = await token(
        {**wrapped(ISSUER, {**inner, "id": "urn:x:1"}, sub="did:example:learner", nbf=EPOCH, exp=EPOCH + 1)}, ISSUER, typ=GONE
    )
    assert fault(await verify(text)) == (3, "token.wrapped", "/vc")
    report = await verify(text, "interop")
    assert report.verified, report.problems
    assert [finding.code for finding in report.findings] == ["token.wrapped"]
    assert report.shown == {
        **inner, "id": "urn:x:1", "issuer": ISSUER.did, "validFrom": "2026-06-15T12:00:00Z", "validUntil": "2026-06-15T12:00:01Z",
        "credentialSubject": {"name": "Noor", "id": "did:example:learner"},
    }  # fmt: skip


# --- presentations -----------------------------------------------------------------------------------------------------

ASKED: Final = {"challenge": "c1", "domain": "verifier.example"}
CLAIMS: Final = {"nonce": "c1", "aud": "verifier.example"}


async def test_a_presentation_of_every_kind_of_credential() -> None:
    plain = await secured(credential(ISSUER, credentialSubject={"id": HOLDER.did, "name": "Noor"}), ISSUER)
    inside = envelope(await token(credential(STRANGER), STRANGER))
    legacy = envelope(await token(wrapped(ISSUER, version_1_1(ISSUER)), ISSUER, typ="JWT"), media_type="application/jwt")
    payload = {**presentation(HOLDER, plain, inside, legacy), **CLAIMS, "iat": EPOCH}
    text = await token(payload, HOLDER, kind="presentation", cty="vp")
    for received in (text, envelope(text, "presentation")):
        report = await show(received, **ASKED)
        assert report.verified, report.problems
        assert (report.presenter, report.shown, report.token) == (HOLDER.did, payload, text)
        assert [inner.issuer for inner in report.credentials] == [ISSUER.did, STRANGER.did, ISSUER.did]
        assert [(finding.code, finding.pointer) for finding in report.findings] == [
            ("holder.is_subject", "/verifiableCredential/0"),
            ("holder.not_subject", "/verifiableCredential/1"),
            ("holder.not_subject", "/verifiableCredential/2"),
        ]


async def test_a_data_integrity_presentation_of_an_enveloped_credential() -> None:
    inside = envelope(await token(credential(ISSUER), ISSUER))
    document: Any = await secured(presentation(HOLDER, inside), HOLDER, purpose="authentication", more=dict[str, Any](ASKED))
    report = await show(document, **ASKED)
    assert report.verified, report.problems
    assert report.credentials[0].token == str(inside["id"]).partition(",")[2]
    foreign = envelope(await token(credential(STRANGER), STRANGER))
    document["verifiableCredential"] = [foreign]
    assert fault(await show(document, **ASKED)) == (8, "proof.signature_invalid", "/proof/proofValue")


async def test_the_older_presentation_holds_tokens_as_texts() -> None:
    text = await token(wrapped(ISSUER, version_1_1(ISSUER)), ISSUER, typ="JWT")
    contexts = ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2"]
    proven: Any = await secured(version_1_1(STRANGER, **{"@context": contexts}), STRANGER)
    inner = {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"]}
    for held, issuers in (([text, proven], [ISSUER.did, STRANGER.did]), (text, [ISSUER.did])):
        payload = {"iss": HOLDER.did, "jti": "urn:x:1", "vp": {**inner, "verifiableCredential": held}, **CLAIMS}
        report = await show(await token(payload, HOLDER, kind="presentation", typ="JWT"), **ASKED)
        assert report.verified, report.problems
        assert [credential.issuer for credential in report.credentials] == issuers
        assert report.presenter == HOLDER.did
        assert {finding.code for finding in report.findings} == {"holder.not_subject"}
    broken = {"iss": HOLDER.did, "vp": {**inner, "verifiableCredential": [text, 1]}}
    report = await show(await token(broken, HOLDER, kind="presentation", typ="JWT"))
    assert fault(report) == (3, "model.member_malformed", "/verifiableCredential/1")
    many = {"iss": HOLDER.did, "vp": {**inner, "verifiableCredential": ["e30.e30.AA"] * (limits.MAX_CREDENTIALS + 1)}}
    assert fault(await show(await token(many, HOLDER, kind="presentation", typ="JWT")))[1] == "model.too_many"


async def test_a_text_among_the_credentials_of_vcdm_2_is_refused() -> None:
    held = await token(credential(ISSUER), ISSUER)
    payload = {**presentation(HOLDER), "verifiableCredential": [held]}
    report = await show(await token(payload, HOLDER, kind="presentation"))
    assert fault(report) == (3, "model.member_malformed", "/verifiableCredential/0")


PRESENTATIONS: Final[dict[str, tuple[dict[str, Any], dict[str, Any], tuple[int, str, str]]]] = {
    "another challenge": ({"nonce": "c2"}, {}, (7, "binding.challenge", "/nonce")),
    "no nonce": ({"nonce": GONE}, {}, (7, "binding.challenge", "/nonce")),
    "another audience": ({"aud": "evil.example"}, {}, (7, "binding.domain", "/aud")),
    "longer audience": ({"aud": "verifier.example.evil"}, {}, (7, "binding.domain", "/aud")),
    "two audiences": ({"aud": ["verifier.example", "evil.example"]}, {}, (7, "binding.domain", "/aud")),
    "no audience": ({"aud": GONE}, {}, (7, "binding.domain", "/aud")),
    "holder another": ({"holder": STRANGER.did}, {}, (7, "binding.holder_mismatch", "/holder")),
    "iss another": ({"iss": STRANGER.did}, {}, (7, "token.issuer_differs", "/iss")),
    "iss another, no holder": ({"iss": STRANGER.did, "holder": GONE}, {}, (7, "token.issuer_differs", "/iss")),
    "typ of a credential": ({}, {"typ": "vc+jwt"}, (3, "token.type", "")),
    "cty of a credential": ({}, {"cty": "vc"}, (3, "token.content_type", "")),
    "exp passed": ({"exp": EPOCH - 1}, {}, (9, "time.proof_expired", "/exp")),
    "alg none": ({}, {"alg": "none"}, (2, "token.algorithm", "")),
    "vp beside": ({"vp": {}}, {}, (3, "token.wrapped", "/vp")),
}


@pytest.mark.parametrize(("members", "header", "expected"), PRESENTATIONS.values(), ids=PRESENTATIONS)
async def test_faults_of_a_presentation(members: dict[str, Any], header: dict[str, Any], expected: tuple[int, str, str]) -> None:
    payload = {name: value for name, value in {**presentation(HOLDER), **CLAIMS, **members}.items() if value is not GONE}
    assert fault(await show(await token(payload, HOLDER, kind="presentation", **header), **ASKED)) == expected


async def test_the_audience_counts_when_a_domain_is_asked_for() -> None:
    text = await token({**presentation(HOLDER), **CLAIMS, "aud": ["somebody.else"]}, HOLDER, kind="presentation")
    report = await show(text, challenge="c1")
    assert report.verified
    assert [finding.code for finding in report.findings] == ["freshness.not_checked"]
    assert not (await show(text, **ASKED)).verified
    one = await token({**presentation(HOLDER), **CLAIMS, "aud": ["verifier.example"]}, HOLDER, kind="presentation")
    assert (await show(one, **ASKED)).verified


async def test_a_bad_credential_inside_refuses_the_presentation() -> None:
    good = await token(credential(ISSUER), ISSUER)
    head, _, signature = good.split(".")
    changed = f"{head}.{encode_base64url(json.dumps(credential(ISSUER, name='PhD')).encode())}.{signature}"
    makers: tuple[tuple[Awaitable[str] | str, str], ...] = (
        (changed, "proof.signature_invalid"),
        (token(credential(ISSUER), ISSUER, alg="none"), "token.algorithm"),
        (token(presentation(ISSUER), ISSUER, kind="presentation"), "token.type"),
    )
    for made, code in makers:
        held = [envelope(good), envelope(made if isinstance(made, str) else await made)]
        report = await show(await token({**presentation(HOLDER, *held), **CLAIMS}, HOLDER, kind="presentation"), **ASKED)
        assert report.verdict is Verdict.REFUSED
        assert [inner.verified for inner in report.credentials] == [True, False]
        assert [problem.code for problem in report.problems] == [code]
        assert report.to_json().get("token") is None


async def test_the_shape_of_a_suite_s_presentation() -> None:
    """EdDSA over a `vp` claim of VCDM 2.0; inside an ES256 token with a `vc` claim and no `typ`; `aud`, and no domain asked for."""
    author = MemorySigner.numbered(5, "P-256")
    inner = {"@context": [V2], "type": ["VerifiableCredential"], "credentialSubject": {"id": "did:example:alice"}, "issuer": author.did}
    held = envelope(
        await token({"iss": author.did, "sub": "did:example:alice", "vc": inner}, author, typ=GONE),
        media_type="application/jwt",
        context=V2,
    )
    payload = {"iss": HOLDER.did, "aud": "example.com", "nonce": "123456789", "vp": presentation(HOLDER, held)}
    document = envelope(
        await token(payload, HOLDER, kind="presentation", typ="JWT"), "presentation", media_type="application/jwt", context=V2
    )
    report = await show(document, "interop", challenge="123456789")
    assert report.verified, report.problems
    assert fault(await show(document, challenge="123456789")) == (3, "token.wrapped", "/vp")


@pytest.mark.parametrize(
    ("claims", "pointer"),
    [({"sub": "did:example:other"}, "/sub"), ({"jti": "urn:uuid:8f6b6a3e-25b0-49f6-8df1-6f0d14f3a111"}, "/jti")],
)
async def test_claims_of_a_plain_token_repeat_the_document(claims: dict[str, Any], pointer: str) -> None:
    good: Any = credential(ISSUER)
    said = {"sub": good["credentialSubject"]["id"], "jti": good["id"]}
    assert (await verify(await token({**good, **said}, ISSUER))).verified
    assert (await verify(await token({**credential(ISSUER, id=..., credentialSubject={"name": "x"}), **claims}, ISSUER))).verified
    report = await verify(await token({**good, **said, **claims}, ISSUER))
    assert report.verified
    assert [(finding.code, finding.pointer) for finding in report.findings] == [("token.claims_differ", pointer)]


@pytest.mark.parametrize("name", ["validUntil", "expirationDate", "credentialStatus", "credentialSchema", "validFrom", "issuanceDate"])
async def test_nothing_that_decides_on_validity_stands_beside_the_wrapper(name: str) -> None:
    text = await token(wrapped(ISSUER, version_1_1(ISSUER), **{name: "2020-01-01T00:00:00Z"}), ISSUER, typ="JWT")
    assert [(problem.code, problem.pointer) for problem in (await verify(text)).problems] == [("token.claims_differ", f"/{name}")]


@pytest.mark.parametrize("name", ["validUntil", "credentialStatus"])
async def test_a_token_does_not_hide_members_under_their_iris(name: str) -> None:
    hidden = credential(ISSUER, **{f"https://www.w3.org/2018/credentials#{name}": "2020-01-01T00:00:00Z"})
    report = await verify(await token(hidden, ISSUER))
    assert [problem.code for problem in report.problems] == ["linked_data.renamed_term"]


async def test_the_first_context_tells_the_version_of_a_wrapped_credential() -> None:
    both = credential(ISSUER, context=[V2, "https://www.w3.org/2018/credentials/v1"])
    report = await verify(await token(wrapped(ISSUER, both, exp=1), ISSUER, typ="JWT"), "interop")
    assert [problem.code for problem in report.problems] == ["time.inverted"]
