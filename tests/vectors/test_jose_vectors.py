"""Published JOSE vectors: RFC 7520 and RFC 8037 (jose-cookbook), and the examples of VC-JOSE-COSE, one test a case.

What does not apply, and why, stands in `LEFT_ASIDE`; a file that stands nowhere fails the test of the folder.

The enveloped strings that VC-JOSE-COSE prints are not verifiable: their keys are not published, their `kid` is a thumbprint instead of a
DID URL, and they have no `typ`. They are read as envelopes, and their tokens are refused by name, never with an exception of another kind.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import pytest

from atesto.credentials.envelope import open_envelope
from atesto.credentials.structure import check_credential, check_presentation
from atesto.encoding.base64url import decode_base64url
from atesto.encoding.compact_jws import split_compact_jws
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import AtestoError, MalformedInput
from atesto.keys.jwk import parse_public_jwk, public_jwk
from atesto.keys.private_key import PrivateKey
from atesto.proofs.jose.signature import check_token_signature
from atesto.proofs.jose.token import SignedToken, parse_token
from tests.reference_data import reference
from tests.simulators.parts import verifier

NOW: Final = datetime(2026, 11, 1, tzinfo=UTC)
SIGNATURES: Final = {
    "jws/4_1.rsa_v15_signature": ("RS256", ()),
    "jws/4_3.ecdsa_signature": ("ES512", ()),
    "curve25519/jws": ("EdDSA", ()),
    "6.nesting_signatures_and_encryption": ("PS256", ("sign",)),
}
SYMMETRIC: Final = ("jws/4_4.hmac-sha2_integrity_protection",)
KEYS: Final = {
    "jwk/3_1.ec_public_key": "P-521",
    "jwk/3_3.rsa_public_key": "RSA",
    "jwk/3_2.ec_private_key": "key.weak",
    "jwk/3_4.rsa_private_key": "key.weak",
    "jwk/3_5.symmetric_key_mac_computation": "key.weak",
    "jwk/3_6.symmetric_key_encryption": "key.weak",
}
LEFT_ASIDE: Final = {
    "jws/4_6.protecting_specific_header_fields": "HMAC, in the JSON serialization, which this node does not read",
    "jws/4_8.multiple_signatures": "the JSON serialization, with unprotected headers",
    "rfc7797/4.2.hmac-sha2_b64_false": "HMAC, in the JSON serialization, with b64",
    "jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm": "encryption: credentials are signed, not encrypted",
    "jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2": "encryption",
    "jwe/5_6.direct_encryption_using_aes-gcm": "encryption",
    "jwe/5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2": "encryption",
    "jwe/5_8.key_wrap_using_aes-keywrap_with_aes-gcm": "encryption",
}
SECRETS: Final = {"d", "p", "q", "dp", "dq", "qi"}


def cookbook(name: str, *path: str) -> Any:
    found: Any = parse_json_object(reference("vectors", "jose-cookbook", f"{name}.json").read_bytes())
    for part in path:
        found = found[part]
    return found


def test_the_folder_is_the_one_we_know() -> None:
    folder = reference("vectors", "jose-cookbook")
    names = {path.relative_to(folder).as_posix().removesuffix(".json") for path in folder.rglob("*.json")}
    assert names == {*SIGNATURES, *SYMMETRIC, *KEYS, *LEFT_ASIDE}


def public(jwk: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in jwk.items() if name not in SECRETS}


@pytest.mark.parametrize("name", SIGNATURES)
def test_signature(name: str) -> None:
    algorithm, path = SIGNATURES[name]
    vector = cookbook(name, *path)
    assert vector["input"]["alg"] == algorithm
    parts = split_compact_jws(vector["output"]["compact"])
    assert parts.signing_input.decode() == vector["signing"]["sig-input"]
    assert parts.payload.decode() == vector["input"]["payload"]
    assert parts.signature == decode_base64url(vector["signing"]["sig"])
    key = parse_public_jwk(public(vector["input"]["key"]))
    token = SignedToken(vector["output"]["compact"], parts.header, {}, parts.signing_input, parts.signature, algorithm)
    check_token_signature(token, key)
    for change in ({"signing_input": parts.signing_input + b"A"}, {"signature": parts.signature[::-1]}):
        changed = SignedToken(**{**{name: getattr(token, name) for name in SignedToken.__slots__}, **change})
        with pytest.raises(AtestoError) as caught:
            check_token_signature(changed, key)
        assert caught.value.code == "proof.signature_invalid"


def test_our_ed25519_signature_is_the_published_one() -> None:
    vector = cookbook("curve25519/jws")
    key = PrivateKey.from_seed("Ed25519", decode_base64url(vector["input"]["key"]["d"]))
    assert key.sign(vector["signing"]["sig-input"].encode()) == decode_base64url(vector["signing"]["sig"])


@pytest.mark.parametrize("name", SYMMETRIC)
def test_symmetric_signatures_are_refused(name: str) -> None:
    with pytest.raises(AtestoError) as caught:
        parse_token(cookbook(name)["output"]["compact"])
    assert caught.value.code == "token.algorithm"


@pytest.mark.parametrize("name", KEYS)
def test_key(name: str) -> None:
    jwk = cookbook(name)
    if KEYS[name] != "key.weak":
        key = parse_public_jwk(jwk)
        assert key.algorithm == KEYS[name]
        assert public_jwk(key).items() <= jwk.items()
        return
    with pytest.raises(MalformedInput) as caught:
        parse_public_jwk(jwk)
    assert caught.value.code == "key.weak"


# --- VC-JOSE-COSE ----------------------------------------------------------------------------------------------------------

FORMS: Final = {
    "A simple example of a verifiable credential secured with JOSE": "credential",
    "A simple example of a verifiable presentation secured with JOSE with the EnvelopedVerifiableCredential type": "presentation",
    "A simple example of a verifiable presentation secured with JOSE with the EnvelopedVerifiablePresentation type": "envelope",
    "A simple example of a verifiable credential secured with SD-JWT": "credential",
    "A simple example of a verifiable presentation secured with SD-JWT using the EnvelopedVerifiableCredential type": "presentation",
    "A simple example of a verifiable presentation secured with SD-JWT using the EnvelopedVerifiablePresentation type": "unread",
    "A simple example of a verifiable presentation secured with COSE using the EnvelopedVerifiablePresentation type": "unread",
}


def examples() -> Any:
    found: Any = parse_json_object(reference("vectors", "vc-jose-cose", "examples.json").read_bytes())
    assert found.keys() == {"keys", "enveloped", "documents"}
    assert {path.name for path in reference("vectors", "vc-jose-cose").iterdir()} == {"README.md", "examples.json"}
    return found


EXAMPLES: Final = examples()


def test_the_examples_are_the_ones_we_know() -> None:
    assert [example["title"] for example in EXAMPLES["documents"]] == list(FORMS)


@pytest.mark.parametrize("jwk", EXAMPLES["keys"], ids=lambda jwk: jwk["crv"])
def test_published_key(jwk: dict[str, Any]) -> None:
    if jwk["crv"] == "X25519":
        with pytest.raises(AtestoError) as caught:
            parse_public_jwk(jwk)
        assert caught.value.code == "key.unsupported"
    else:
        assert parse_public_jwk(jwk).algorithm == jwk["crv"]


@pytest.mark.parametrize("example", EXAMPLES["enveloped"], ids=lambda example: example["mediaType"])
async def test_published_token(example: dict[str, Any]) -> None:
    token = parse_token(example["value"])
    assert (token.typ, token.text) == (None, example["value"])
    judge = verifier("interop")
    if example["mediaType"] == "vc+jwt":
        check_credential(token.payload)
        report = await judge.verify_credential(example["value"], now=NOW)
    else:
        check_presentation(token.payload)
        report = await judge.verify_presentation(example["value"], now=NOW)
    assert report.problems[0].code == "token.type"


@pytest.mark.parametrize("example", EXAMPLES["documents"], ids=lambda example: example["title"].removeprefix("A simple example of a "))
async def test_published_document(example: dict[str, Any]) -> None:
    document, form = example["document"], FORMS[example["title"]]
    if form == "credential":
        assert check_credential(document).version == "2.0"
    elif form == "presentation":
        ((held, pointer),) = check_presentation(document).credentials
        assert isinstance(held, dict)
        media_type = str(held["id"]).removeprefix("data:").partition(",")[0]
        assert (pointer, media_type) in {("/verifiableCredential/0", name) for name in ("application/vc+jwt", "application/vc+sd-jwt")}
    elif form == "envelope":
        assert open_envelope(document, "presentation").media_type == "application/vp+jwt"
        report = await verifier("interop").verify_presentation(document, now=NOW)
        assert report.problems[0].code == "token.type"
    else:
        report = await verifier("interop").verify_presentation(document, now=NOW)
        assert report.problems[0].code == "model.unsupported_format"
