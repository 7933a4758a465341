"""The hostile corpus, in process and under `strict`: each refusal carries the code of its row of the threat catalogue, and nothing raises.

The corpus over HTTP, with times and connections, is `tests/live/test_hostile_corpus.py`. Here the reason counts, not only the verdict.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput
from tests.reference_data import reference
from tests.simulators.parts import verifier

if TYPE_CHECKING:
    from atesto.verification.report import Report

NOW: Final = datetime(2026, 11, 1, tzinfo=UTC)
UNREAD: Final = {"sd-jwt"}
"""Forms that are not read yet: every case of them, good or bad, is refused by name."""

# case -> what the verifier says: the code of the refusal, or "confirmed"
CODES: Final = {
    "ok-rdfc-minimal": "confirmed",
    "ok-ecdsa-p256": "confirmed",
    "ok-proof-set": "confirmed",
    "ok-proof-chain": "confirmed",
    "ld-direction-added": "proof.signature_invalid",
    "ok-unicode": "confirmed",
    "ok-dates": "confirmed",
    "ok-proof-expiry-future": "confirmed",
    "ok-bnode-few": "confirmed",
    "ok-ob3": "confirmed",
    "ok-presentation": "confirmed",
    "ok-presentation-two": "confirmed",
    "either-inline-context": "context.inline",
    "either-third-party-holder": "confirmed",
    "either-statuslist-bomb-as-credential": "confirmed",
    "sig-tampered-name": "proof.signature_invalid",
    "sig-bitflip": "proof.signature_invalid",
    "sig-short": "proof.signature_invalid",
    "sig-empty": "proof.signature_invalid",
    "sig-missing": "proof.malformed",
    "sig-base64url": "proof.value_malformed",
    "sig-no-multibase": "proof.value_malformed",
    "sig-b58-alphabet": "proof.value_malformed",
    "sig-ed25519-s-plus-l": "proof.signature_invalid",
    "sig-small-order-key-8": "key.weak",
    "sig-ecdsa-zero": "proof.signature_invalid",
    "sig-ecdsa-r-n": "proof.signature_invalid",
    "sig-ecdsa-48": "proof.signature_invalid",
    "vm-issuer-object-mismatch": "binding.issuer_mismatch",
    "vm-fragment-confusion": "did.method_not_found",
    "vm-no-fragment": "did.method_url_malformed",
    "vm-array": "proof.malformed",
    "vm-number": "proof.malformed",
    "vm-http-canary": "did.method_url_malformed",
    "vm-didweb-02": "did.invalid",
    "vm-didweb-03": "did.invalid",
    "vm-didweb-04": "did.invalid",
    "vm-didweb-05": "did.invalid",
    "vm-didweb-09": "did.invalid",
    "vm-didweb-10": "did.invalid",
    "vm-didweb-12": "did.unreachable",
    "vm-didkey-varint": "key.malformed",
    "vm-didkey-case": "did.invalid",
    "vm-keyagreement": "did.method_not_found",
    "purpose-authentication": "binding.purpose",
    "purpose-missing": "proof.malformed",
    "purpose-array": "proof.malformed",
    "suite-swap": "proof.signature_invalid",
    "suite-type-unknown": "proof.unsupported_cryptosuite",
    "suite-type-missing": "proof.unsupported_cryptosuite",
    "suite-jws-none": "proof.unsupported_cryptosuite",
    "suite-jcs-context-drift": "proof.context_mismatch",
    "suite-sd-cbor-bomb": "proof.unsupported_cryptosuite",
    "proofs-string": "proof.malformed",
    "proofs-one-bad": "proof.signature_invalid",
    "proofs-stranger": "proof.signature_invalid",
    "chain-cycle": "proof.chain_broken",
    "chain-missing": "proof.chain_broken",
    "chain-duplicate-ids": "proof.chain_broken",
    "proof-expired": "time.proof_expired",
    "ctx-undefined-top": "linked_data.undefined_term",
    "ctx-undefined-type": "linked_data.undefined_type",
    "ctx-proof-extra": "linked_data.undefined_term",
    "ctx-term-swap": "context.inline",
    "ctx-vocab-swap": "context.inline",
    "ctx-null": "context.misplaced",
    "ctx-missing": "model.context_missing",
    "ctx-import-loopback": "context.inline",
    "ctx-file": "context.unknown",
    "ctx-lookalike-slash": "model.context_missing",
    "ctx-lookalike-cyrillic": "model.context_missing",
    "ctx-thousand": "context.too_many",
    "ctx-number": "context.malformed",
    "ld-colliding-type": "linked_data.keyword_misuse",
    "ld-bnode-id": "model.id_malformed",
    "cost-chain-120": "json.too_deep",
    "cost-chain-200": "json.too_deep",
    "poison-ring-12": "model.id_malformed",
    "poison-in-proof": "linked_data.blank_node_id",
    "body-empty": "json.invalid",
    "body-not-json": "json.invalid",
    "body-scalar": "json.not_an_object",
    "either-body-bom": "json.not_utf8",
    "body-bad-utf8": "json.not_utf8",
    "body-lone-surrogate": "json.lone_surrogate",
    "body-nul": "json.nul_character",
    "body-trailing": "json.invalid",
    "body-dup-proof": "json.duplicate_member",
    "body-nan": "json.invalid",
    "body-1e400": "json.number_out_of_range",
    "body-deep-arrays": "json.too_deep",
    "body-deep-objects": "json.too_deep",
    "body-wide": "linked_data.too_complex",
    "body-credential-int-keys": "model.context_missing",
    "model-no-vc-type": "model.type_missing",
    "model-issuer-empty": "model.id_malformed",
    "model-issuer-not-url": "model.id_malformed",
    "model-no-subject": "model.member_missing",
    "model-schema-no-id": "model.member_missing",
    "time-format-01": "time.malformed",
    "time-format-02": "time.malformed",
    "time-format-03": "time.malformed",
    "time-format-05": "time.malformed",
    "time-format-08": "time.malformed",
    "time-format-09": "time.malformed",
    "time-format-10": "time.malformed",
    "either-time-no-offset": "confirmed",
    "time-number": "time.malformed",
    "status-unreachable": "status.unreachable",
    "status-loopback": "status.unreachable",
    "status-loopback-https": "status.unreachable",
    "status-file": "status.unreachable",
    "status-index-00": "status.malformed",
    "status-index-02": "status.malformed",
    "status-index-04": "status.malformed",
    "status-index-05": "status.malformed",
    "status-index-07": "status.malformed",
    "either-schema-loopback": "confirmed",
    "vp-challenge-array": "proof.malformed",
    "vp-other-domain": "binding.domain",
    "vp-domain-suffix": "binding.domain",
    "vp-no-domain": "binding.domain",
    "vp-wrong-signer": "binding.holder_mismatch",
    "vp-purpose": "binding.purpose",
    "vp-credential-tampered": "proof.signature_invalid",
    "vp-credential-undefined": "linked_data.undefined_term",
    "vp-one-of-two": "binding.issuer_mismatch",
    "vp-credential-added": "proof.signature_invalid",
    "vp-undefined": "linked_data.undefined_term",
    "vp-1500": "json.too_large",
    "vp-empty-credential": "context.malformed",
    "ok-vc-jwt": "confirmed",
    "ok-vc-jwt-es256": "confirmed",
    "jwt-none": "token.malformed",
    "jwt-alg-missing": "token.header",
    "jwt-hs256-pubkey": "token.algorithm",
    "jwt-hs256-jwk": "token.algorithm",
    "jwt-embedded-jwk": "token.foreign_key",
    "jwt-kid-traversal": "did.method_url_malformed",
    "jwt-kid-fragment-confusion": "did.method_not_found",
    "jwt-b64-false": "token.unencoded",
    "jwt-typ-kb": "token.type",
    "jwt-nbf-future": "time.not_yet_valid",
    "jwt-exp-huge": "json.number_out_of_range",
    "jwt-iss-mismatch": "token.issuer_differs",
    "jwt-vc-claim": "token.wrapped",
    "jwt-dup-payload": "json.duplicate_member",
    "jwt-pad": "token.malformed",
    "jwt-trailing-bits": "token.malformed",
    "jwt-two-parts": "token.malformed",
    "jwt-payload-array": "json.not_an_object",
    "jwt-payload-notjson": "json.not_utf8",
    "jwt-jwe-pbes2": "token.malformed",
    "jwt-jwe-zip": "token.malformed",
    "jwt-envelope-no-context": "model.context_missing",
    "vp-envelope-none": "token.malformed",
}


def cases() -> list[Any]:
    try:
        listed = json.loads(reference("hostile", "expected.json").read_text(encoding="utf-8"))["cases"]
    except pytest.skip.Exception:
        return []
    return [case for case in listed if "file" in case and case["endpoint"] in ("POST /credentials/verify", "POST /presentations/verify")]


async def answer(case: dict[str, Any]) -> str:
    try:
        body: Any = parse_json_object(reference("hostile", case["file"]).read_bytes())
    except MalformedInput as error:
        return error.code
    options = body.get("options") or {}
    report: Report
    if case["endpoint"] == "POST /presentations/verify":
        report = await verifier().verify_presentation(
            body["verifiablePresentation"], now=NOW, challenge=options.get("challenge"), domain=options.get("domain")
        )
    else:
        report = await verifier().verify_credential(body["verifiableCredential"], now=NOW)
    return "confirmed" if report.verified else report.problems[0].code


def test_the_corpus_is_the_one_we_know() -> None:
    reference("hostile", "expected.json")
    named = {case["id"] for case in cases() if case.get("feature") not in UNREAD}
    # text/plain is refused by the door, before there is a document.
    assert named - {"body-wrong-type"} == set(CODES)


@pytest.mark.parametrize("case", [case for case in cases() if case["id"] in CODES], ids=lambda case: case["id"])
async def test_reason(case: dict[str, Any]) -> None:
    assert await answer(case) == CODES[case["id"]]


@pytest.mark.parametrize("case", [case for case in cases() if case.get("feature") in UNREAD], ids=lambda case: case["id"])
async def test_unread_form_is_named(case: dict[str, Any]) -> None:
    assert await answer(case) in {"model.unsupported_format", "context.malformed", "model.context_missing"}
