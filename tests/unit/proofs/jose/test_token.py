"""Reading and signing tokens, without a document or a DID: the header rules, the claims, and that the key decides the algorithm."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits
from atesto.errors import AtestoError
from atesto.proofs.jose.claims import Claims, read_claims
from atesto.proofs.jose.signature import check_token_signature, sign_token
from atesto.proofs.jose.token import parse_token
from tests.simulators.parts import MemorySigner
from tests.simulators.tokens import GONE, ec_signer, rsa_signer, token

if TYPE_CHECKING:
    from atesto.ports import Signer

SIGNER: Final = MemorySigner.numbered(1)
EMPTY: Final = Claims(None, None, (), None, None, None, None, None)


async def test_a_token_is_read() -> None:
    text = await token({"a": 1}, SIGNER, cty="vc")
    read = parse_token(text)
    assert (read.text, read.payload, read.algorithm) == (text, {"a": 1}, "EdDSA")
    assert (read.key_id, read.typ, read.cty) == (SIGNER.verification_method, "vc+jwt", "vc")
    assert read.signing_input.decode() == text.rpartition(".")[0]
    bare = parse_token(await token({}, SIGNER, kid=GONE, typ=GONE))
    assert (bare.key_id, bare.typ, bare.cty) == (None, None, None)


@pytest.mark.parametrize(
    ("header", "code", "words"),
    [
        ({"crit": []}, "token.critical", "demands an extension"),
        ({"b64": True}, "token.unencoded", "payload is encoded"),
        ({"jwk": []}, "token.header", "jwk is an array"),
        ({"jku": ""}, "token.foreign_key", "(jku)"),
        ({"x5u": ""}, "token.foreign_key", "(x5u)"),
        ({"x5c": []}, "token.foreign_key", "(x5c)"),
        ({"x5c": [], "sigT": "2026-06-01T09:00:00Z", "crit": ["sigT"]}, "seal.form", "compact form"),
        ({"x5c": [], "x5t#S256": "A" * 43, "iat": 1}, "seal.form", "compact form"),
        ({"alg": GONE}, "token.header", "alg is missing"),
        ({"alg": ["EdDSA"]}, "token.header", "alg is an array"),
        ({"alg": "none"}, "token.algorithm", "'none'"),
        ({"alg": "HS256" + "x" * 99}, "token.algorithm", "'HS256" + "x" * 27 + "'"),
        ({"kid": None}, "token.header", "kid is null"),
        ({"typ": 1}, "token.header", "typ is a number"),
        ({"cty": {}}, "token.header", "cty is an object"),
    ],
)
async def test_faults_of_the_header(header: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(AtestoError) as caught:
        parse_token(await token({}, SIGNER, **header))
    assert (caught.value.code, words in caught.value.detail) == (code, True), caught.value.detail


async def claims_of(payload: dict[str, Any], **header: Any) -> Claims:
    return read_claims(parse_token(await token(payload, SIGNER, **header)))


async def test_claims_are_read() -> None:
    assert await claims_of({}) == EMPTY
    full = {"iss": "i", "sub": "s", "aud": ["a", "b"], "jti": "j", "nonce": "n", "iat": 0, "nbf": 1.5, "exp": 253_402_300_799}
    half_past, last = datetime(1970, 1, 1, 0, 0, 1, 500_000, UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    expected = Claims("i", "s", ("a", "b"), "j", "n", datetime(1970, 1, 1, tzinfo=UTC), half_past, last)
    assert await claims_of(full) == expected
    assert await claims_of({}, **full) == expected
    assert await claims_of(full, **full) == expected
    assert (await claims_of({"aud": "a"})).audience == ("a",)
    assert (await claims_of({"aud": ["a"] * limits.MAX_LISTED})).audience == ("a",) * limits.MAX_LISTED


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": 1}, {"sub": ""}, {"jti": None}, {"nonce": ["n"]}, {"aud": []}, {"aud": ["a", 1]}, {"aud": ["a", ""]}, {"aud": {}},
        {"aud": ["a"] * (limits.MAX_LISTED + 1)}, {"iat": "1"}, {"iat": True}, {"nbf": -1}, {"nbf": -0.5}, {"exp": 253_402_300_800},
        {"exp": None},
    ],
    ids=str,
)  # fmt: skip
async def test_malformed_claims(claims: dict[str, Any]) -> None:
    (name,) = claims
    for payload, header in ((claims, {}), ({}, claims)):
        with pytest.raises(AtestoError) as caught:
            await claims_of(payload, **header)
        assert (caught.value.code, caught.value.pointer) == ("token.claim_malformed", f"/{name}")


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "jti", "nonce", "iat", "nbf", "exp"])
async def test_header_and_payload_agree(name: str) -> None:
    with pytest.raises(AtestoError) as caught:
        await claims_of({name: 1}, **{name: 2})
    assert (caught.value.code, caught.value.pointer) == ("token.claims_differ", f"/{name}")


@pytest.mark.parametrize(
    ("signer", "alg"),
    [(MemorySigner.numbered(1, name), alg) for name, alg in {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384"}.items()],
    ids=["EdDSA", "ES256", "ES384"],
)
async def test_what_is_signed_is_what_is_read(signer: MemorySigner, alg: str) -> None:
    text, signed = await sign_token({"typ": "vc+jwt"}, {"b": 1, "a": "é"}, signer=signer)
    read = parse_token(text)
    assert read.header == {"alg": alg, "kid": signer.verification_method, "typ": "vc+jwt"}
    assert (read.payload, read.signing_input) == ({"b": 1, "a": "é"}, signed)
    check_token_signature(read, signer.public_key)
    with pytest.raises(AtestoError) as caught:
        check_token_signature(read, MemorySigner.numbered(2, signer.public_key.algorithm).public_key)
    assert caught.value.code == "proof.signature_invalid"


async def test_the_key_decides_the_algorithm() -> None:
    signers: list[Signer] = [
        SIGNER,
        MemorySigner.numbered(1, "P-256"),
        ec_signer("ES512"),
        ec_signer("ES256K"),
        rsa_signer("RS256"),
        rsa_signer("PS256"),
    ]
    for signer in signers:
        own = signer.public_key.parameters.jws_algorithms
        for alg in ("EdDSA", "Ed25519", "ES256", "ES384", "ES512", "ES256K", "RS256", "PS256"):
            read = parse_token(await token({}, signer, alg=alg))
            if alg in own and alg in ("EdDSA", "Ed25519", getattr(signer, "jws_algorithm", own[0])):
                check_token_signature(read, signer.public_key)
                continue
            with pytest.raises(AtestoError) as caught:
                check_token_signature(read, signer.public_key)
            assert caught.value.code == ("proof.signature_invalid" if alg in own else "token.algorithm_mismatch")


async def test_nothing_is_signed_with_keys_that_only_verify() -> None:
    signers: list[Signer] = [ec_signer("ES512"), ec_signer("ES256K")]
    for signer in signers:
        with pytest.raises(AtestoError) as caught:
            await sign_token({}, {}, signer=signer)
        assert caught.value.code == "key.unsupported"
