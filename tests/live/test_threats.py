"""Rows of the threat catalogue, each with several inputs: valid but for one fault, refused with the code and pointer of that fault.

The material is a credential that the started node issued itself; where a fault needs a valid signature, a key of the test makes one.
"""

from __future__ import annotations

import base64
import gzip
import json
import time
from typing import TYPE_CHECKING, Any, Final

import base58
import pytest

from tests.live.material import LEARNER, OPEN_BADGES, V2, changed, put, unsigned, unsigned_badge
from tests.simulators.parts import MemorySigner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.live.node_process import NodeProcess, Reply

pytestmark = [pytest.mark.hostile, pytest.mark.loopback]

MAX_SECONDS: Final = 2.0
STRANGER: Final = MemorySigner.numbered(77)
ED25519_ORDER: Final = 2**252 + 27742317777372353535851937790883648493


def refused(reply: Reply, status: int, code: str, pointer: str) -> None:
    assert (reply.status, reply.code, reply.pointer) == (status, code, pointer), reply.body[:800]
    assert reply.json["verified"] is False
    assert "credential" not in reply.json
    assert b"Traceback" not in reply.body


def asked(live: NodeProcess, body: bytes, path: str = "/credentials/verify", **headers: str) -> Reply:
    started = time.perf_counter()
    reply = live.ask("POST", path, body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert time.perf_counter() - started < MAX_SECONDS
    return reply


def wrapped(document: Any) -> bytes:
    return json.dumps({"verifiableCredential": document}).encode()


def test_the_material_is_good(live: NodeProcess, issued: Any) -> None:
    report = live.verify(issued).json
    assert (report["verified"], report["issuer"], report["credential"]) == (True, live.did, issued)


# --- 3.1 requests and parsing ---------------------------------------------------------------------------------------------
# name -> (the credential's bytes -> the body, status, code, pointer)
TEXTS: Final[dict[str, tuple[Any, int, str, str]]] = {
    "issuer twice, victim last": (
        lambda text: text.replace(b'"issuer":', b'"issuer": "did:example:victim", "issuer":', 1), 400, "json.duplicate_member",
        "/verifiableCredential/issuer",
    ),
    "name twice in the subject": (
        lambda text: text.replace(b'{"id": "did:example:learner"', b'{"id": "did:example:other", "id": "did:example:learner"', 1), 400,
        "json.duplicate_member", "/verifiableCredential/credentialSubject/id",
    ),
    "twice by an escape": (
        lambda text: text.replace(b'"issuer":', b'"iss\\u0075er": 1, "issuer":', 1), 400, "json.duplicate_member",
        "/verifiableCredential/issuer",
    ),
    "envelope twice": (lambda text: b'{"verifiableCredential": {}, ' + text[1:], 400, "json.duplicate_member", "/verifiableCredential"),
    "purpose twice in the proof": (
        lambda text: text.replace(b'"proofPurpose":', b'"proofPurpose": "x", "proofPurpose":', 1), 400, "json.duplicate_member",
        "/verifiableCredential/proof/proofPurpose",
    ),
    "65 levels": (lambda text: b'{"verifiableCredential": ' + b"[" * 64 + b"]" * 64 + b"}", 400, "json.too_deep", ""),
    "a thousand objects deep": (lambda text: b'{"a":' * 1_000 + b"1" + b"}" * 1_000, 400, "json.too_deep", ""),
    "hundred thousand arrays deep": (lambda text: b"[" * 100_000, 400, "json.too_deep", ""),
    "sixty thousand items": (lambda text: b'{"verifiableCredential": {"a": [' + b"1," * 60_000 + b"1]}}", 400, "json.too_many_items", ""),
    "beyond 2^53": (
        lambda text: text.replace(b'"name":', b'"x": 9007199254740993, "name":', 1), 400, "json.number_out_of_range", "/verifiableCredential/*/x",
    ),
    "33 digits": (lambda text: b'{"a": ' + b"1" * 33 + b"}", 400, "json.number_out_of_range", "/a"),
    "33 digits behind the point": (lambda text: b'{"a": 0.' + b"1" * 33 + b"}", 400, "json.number_out_of_range", "/a"),
    "1e400": (lambda text: b'{"a": 1e400}', 400, "json.number_out_of_range", "/a"),
    "-1e999": (lambda text: b'{"a": [-1e999]}', 400, "json.number_out_of_range", "/a/0"),
    "NaN": (lambda text: b'{"a": NaN}', 400, "json.invalid", "/a"),
    "-Infinity": (lambda text: b'{"a": -Infinity}', 400, "json.invalid", "/a"),
    "leading zero": (lambda text: b'{"a": 01}', 400, "json.invalid", ""),
    "plus sign": (lambda text: b'{"a": +1}', 400, "json.invalid", ""),
    "UTF-16": (lambda text: text.decode().encode("utf-16"), 400, "json.not_utf8", ""),
    "Latin-1": (lambda text: text.replace(b"Noor", b"No\xf6r"), 400, "json.not_utf8", ""),
    "overlong slash": (lambda text: text.replace(b"Noor", b"No\xc0\xafr"), 400, "json.not_utf8", ""),
    "surrogate in UTF-8": (lambda text: text.replace(b"Noor", b"No\xed\xa0\x80r"), 400, "json.not_utf8", ""),
    "byte order mark": (lambda text: b"\xef\xbb\xbf" + text, 400, "json.not_utf8", ""),
    "lone surrogate": (
        lambda text: text.replace(b"Noor", b"\\ud800"), 400, "json.lone_surrogate", "/verifiableCredential/credentialSubject/name",
    ),
    "surrogates the wrong way round": (
        lambda text: text.replace(b"Noor", b"\\udc00\\ud800"), 400, "json.lone_surrogate", "/verifiableCredential/credentialSubject/name",
    ),
    "NUL": (lambda text: text.replace(b"Noor", b"\\u0000"), 400, "json.nul_character", "/verifiableCredential/credentialSubject/name"),
    "bare control character": (lambda text: text.replace(b"Noor", b"No\x01r"), 400, "json.invalid", ""),
    "two documents": (lambda text: text + b"{}", 400, "json.invalid", ""),
    "trailing comma": (lambda text: text[:-1] + b",}", 400, "json.invalid", ""),
    "comment": (lambda text: b"/* */" + text, 400, "json.invalid", ""),
    "single quotes": (lambda text: text.replace(b'"', b"'"), 400, "json.invalid", ""),
    "half": (lambda text: text[: len(text) // 2], 400, "json.invalid", ""),
    "an array around it": (lambda text: b"[" + text + b"]", 400, "json.not_an_object", ""),
    "a text": (lambda text: json.dumps(text.decode()).encode(), 400, "json.not_an_object", ""),
    "a text inside": (lambda text: b'{"verifiableCredential": "x"}', 400, "token.malformed", ""),
    "options of another type": (lambda text: text[:-1] + b', "options": []}', 400, "request.malformed", "/options"),
    "a challenge of another type": (
        lambda text: text[:-1] + b', "options": {"challenge": {"$ne": ""}}}', 400, "request.malformed", "/options/challenge",
    ),
    "a megabyte and a byte": (lambda text: text + b" " * (1_048_577 - len(text)), 413, "transport.body_too_large", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_requests_and_parsing(live: NodeProcess, issued: Any, name: str) -> None:
    spoil, status, code, pointer = TEXTS[name]
    reply = asked(live, spoil(wrapped(issued)))
    if "*" in pointer:
        # Which of the objects with a name comes first is the issued document's business.
        assert (reply.status, reply.code) == (status, code)
        assert reply.pointer.endswith("/x")
        return
    refused(reply, status, code, pointer)


@pytest.mark.parametrize("path", ["/credentials/verify", "/presentations/verify", "/verifiers/strict/credentials/verify"])
def test_media_types_and_encodings(live: NodeProcess, issued: Any, path: str) -> None:
    for media_type in ("text/plain", "text/plain; charset=utf-8", "application/x-www-form-urlencoded", "application/jsonp", "json", "*/*"):
        refused(asked(live, wrapped(issued), path, Content_Type=media_type), 415, "transport.unsupported_media_type", "")
    for encoding in ("gzip", "br", "deflate", "zstd", "gzip, identity", "x-unknown"):
        refused(asked(live, gzip.compress(b" " * 20_000_000), path, Content_Encoding=encoding), 415, "transport.content_encoding", "")


@pytest.mark.parametrize("member", ["__proto__", "constructor", "prototype", "__class__", "$ref", "@proto"])
def test_names_that_mean_something_elsewhere_mean_nothing_here(live: NodeProcess, issued: Any, member: str) -> None:
    asked(live, json.dumps({"verifiableCredential": issued, member: {"verified": True}}).encode())
    assert live.ask("POST", "/credentials/verify", {"verifiableCredential": issued, member: {"verified": True}}).code == "confirmed"
    reply = live.verify(changed(issued, put("credentialSubject", member, value={"polluted": True})))
    assert (reply.status, reply.code) == (400, "linked_data.undefined_term")


@pytest.mark.parametrize(
    "name", ["e\u0301", "\u00e9", "\u200bNoor", "\u202eNoor", "\U0001f600", "a\u0308\u0323", "\u2126", "\ufb01", "\u05d0\u05d1"]
)
def test_texts_are_never_normalized(live: NodeProcess, name: str) -> None:
    credential = live.issue(unsigned(live.did, credentialSubject={"id": LEARNER, "name": name}))
    assert live.verify(credential).json["credential"]["credentialSubject"]["name"] == name
    twins = {"e\u0301": "\u00e9", "\u00e9": "e\u0301", "\u200bNoor": "Noor", "\u202eNoor": "Noor", "\u2126": "\u03a9", "\ufb01": "fi"}
    if name in twins:
        refused(
            live.verify(changed(credential, put("credentialSubject", "name", value=twins[name]))),
            400,
            "proof.signature_invalid",
            "/proof/proofValue",
        )


# --- 3.2 contexts, terms, canonicalization ------------------------------------------------------------------------------------
UNSIGNED = "credentialSubject"
DOCUMENTS: Final[dict[str, tuple[Any, str, str]]] = {
    "claim added": (put(UNSIGNED, "degree", value="PhD"), "linked_data.undefined_term", "/credentialSubject/degree"),
    "claim added in depth": (put("issuer", "knows", value={"a": 1}), "linked_data.undefined_term", "/issuer/knows"),
    "claim added at the top": (put("verdict", value="genuine"), "linked_data.undefined_term", "/verdict"),
    "type added": (put("type", value=["VerifiableCredential", "Doctorate"]), "linked_data.undefined_type", "/type/1"),
    "type added to the subject": (put(UNSIGNED, "type", value="Doctor"), "linked_data.undefined_type", "/credentialSubject/type"),
    "defined claim added": (put("description", value="With honours"), "proof.signature_invalid", "/proof/proofValue"),
    "note in the proof": (put("proof", "note", value="x"), "linked_data.undefined_term", "/proof/note"),
    "name in the proof": (put("proof", "name", value="x"), "proof.member_unknown", "/proof/name"),
    "terms swapped": (
        put("@context", value=[V2, {"name": "https://schema.org/description", "description": "https://schema.org/name"}]),
        "context.inline", "/@context/1",
    ),
    "@vocab": (put("@context", value=[V2, {"@vocab": "https://evil.example/#"}]), "context.inline", "/@context/1"),
    "@base": (put("@context", value=[V2, {"@base": "https://evil.example/"}]), "context.inline", "/@context/1"),
    "empty inline context": (put("@context", value=[V2, {}]), "context.inline", "/@context/1"),
    "null context": (put("@context", value=[V2, None]), "context.malformed", "/@context/1"),
    "null context in the subject": (put(UNSIGNED, "@context", value=None), "context.misplaced", "/credentialSubject/@context"),
    "context in the subject": (put(UNSIGNED, "@context", value=V2), "context.misplaced", "/credentialSubject/@context"),
    "context in the issuer": (put("issuer", "@context", value={"x": "urn:x"}), "context.misplaced", "/issuer/@context"),
    "context by http": (put("@context", value=["http://www.w3.org/ns/credentials/v2"]), "model.context_missing", "/@context"),
    "context with a slash": (put("@context", value=[V2 + "/"]), "model.context_missing", "/@context"),
    "context with a fragment": (put("@context", value=[V2 + "#"]), "model.context_missing", "/@context"),
    "context in capitals": (put("@context", value=[V2.replace("w3", "W3")]), "model.context_missing", "/@context"),
    "context with a Cyrillic letter": (put("@context", value=[V2.replace("c", "\u0441")]), "model.context_missing", "/@context"),
    "second context with a query": (put("@context", value=[V2, OPEN_BADGES + "?"]), "context.unknown", "/@context/1"),
    "contexts in another order": (put("@context", value=[OPEN_BADGES, V2]), "model.context_missing", "/@context"),
    "nine contexts": (put("@context", value=[V2] * 9), "context.too_many", "/@context"),
    "context as a number": (put("@context", value=[V2, 7]), "context.malformed", "/@context/1"),
    "no context": (put("@context", value=...), "model.context_missing", "/@context"),
    "@index": (put(UNSIGNED, "@index", value="PhD in Physics"), "linked_data.keyword_misuse", "/credentialSubject/@index"),
    "@graph": (put(UNSIGNED, "@graph", value=[{"name": "x"}]), "linked_data.keyword_misuse", "/credentialSubject/@graph"),
    "@included": (put("@included", value=[{"name": "x"}]), "linked_data.keyword_misuse", "/@included"),
    "@reverse": (put("@reverse", value={"name": "x"}), "linked_data.keyword_misuse", "/@reverse"),
    "@nest": (put(UNSIGNED, "@nest", value={"name": "x"}), "linked_data.keyword_misuse", "/credentialSubject/@nest"),
    "type and @type": (put("@type", value=["VerifiableCredential"]), "linked_data.keyword_misuse", "/@type"),
    "id and @id": (put(UNSIGNED, "@id", value="did:example:other"), "linked_data.keyword_misuse", "/credentialSubject/@id"),
    "direction added": (
        put("name", value={"@value": "Certificate of attendance", "@direction": "rtl"}), "proof.signature_invalid", "/proof/proofValue",
    ),
    "language added": (
        put("name", value={"@value": "Certificate of attendance", "@language": "en"}), "proof.signature_invalid", "/proof/proofValue",
    ),
    "relative subject": (put(UNSIGNED, "id", value="student-7"), "model.id_malformed", "/credentialSubject/id"),
    "blank subject": (put(UNSIGNED, "id", value="_:b0"), "model.id_malformed", "/credentialSubject/id"),
    "statement smuggled in an id": (
        put(UNSIGNED, "id", value="did:example:x> <urn:p> <urn:o> .\n<urn:s"), "model.id_malformed", "/credentialSubject/id",
    ),
    "null claim": (put(UNSIGNED, "name", value=None), "linked_data.dropped_value", "/credentialSubject/name"),
    "text outside of everything": (put(UNSIGNED, value=["PhD"]), "model.member_malformed", "/credentialSubject/0"),
    "id removed": (put("id", value=...), "proof.signature_invalid", "/proof/proofValue"),
    "subject exchanged": (put(UNSIGNED, "id", value="did:example:other"), "proof.signature_invalid", "/proof/proofValue"),
    "validity longer": (put("validUntil", value="2099-01-01T00:00:00Z"), "proof.signature_invalid", "/proof/proofValue"),
    "name of the issuer": (put("issuer", "name", value="Harbour  School"), "proof.signature_invalid", "/proof/proofValue"),
    # --- 3.3 proofs, keys, DIDs ---
    "no proof": (put("proof", value=...), "proof.missing", "/proof"),
    "proof null": (put("proof", value=None), "proof.missing", "/proof"),
    "no proofs": (put("proof", value=[]), "proof.missing", "/proof"),
    "proof as a text": (put("proof", value="none"), "proof.malformed", "/proof"),
    "proof false": (put("proof", value=False), "proof.malformed", "/proof"),
    "proof empty": (put("proof", value={}), "proof.unsupported_cryptosuite", "/proof/type"),
    "list in a list": (lambda document: document.update(proof=[[document["proof"]]]), "proof.malformed", "/proof/0"),
    "unsecured token type": (put("proof", value={"type": "JwtProof2020", "jwt": "e30.e30."}), "proof.unsupported_cryptosuite", "/proof/type"),
    "type of another suite": (put("proof", "type", value="Ed25519Signature2020"), "proof.malformed", "/proof/cryptosuite"),
    "type of no suite": (put("proof", "type", value="Ed25519Signature2018"), "proof.unsupported_cryptosuite", "/proof/type"),
    "unknown suite": (put("proof", "cryptosuite", value="none"), "proof.unsupported_cryptosuite", "/proof/cryptosuite"),
    "suite in capitals": (put("proof", "cryptosuite", value="EDDSA-RDFC-2022"), "proof.unsupported_cryptosuite", "/proof/cryptosuite"),
    "suite of the other form": (put("proof", "cryptosuite", value="eddsa-jcs-2022"), "proof.signature_invalid", "/proof/proofValue"),
    "suite of other keys": (put("proof", "cryptosuite", value="ecdsa-rdfc-2019"), "proof.key_mismatch", "/proof/verificationMethod"),
    "suite as a list": (put("proof", "cryptosuite", value=["eddsa-rdfc-2022"]), "proof.malformed", "/proof/cryptosuite"),
    "method as an object": (
        lambda document: document["proof"].update(verificationMethod={"id": document["proof"]["verificationMethod"]}), "proof.malformed",
        "/proof/verificationMethod",
    ),
    "method in a list": (
        lambda document: document["proof"].update(verificationMethod=[document["proof"]["verificationMethod"]]), "proof.malformed",
        "/proof/verificationMethod",
    ),
    "method as a number": (put("proof", "verificationMethod", value=7), "proof.malformed", "/proof/verificationMethod"),
    "bare DID": (
        lambda document: document["proof"].update(verificationMethod=document["issuer"]["id"]), "did.method_url_malformed",
        "/proof/verificationMethod",
    ),
    "DID of one, fragment of another": (
        lambda document: document["proof"].update(verificationMethod=document["issuer"]["id"] + "#" + STRANGER.did.removeprefix("did:key:")),
        "did.method_not_found", "/proof/verificationMethod",
    ),
    "fragment of one, DID of another": (
        lambda document: document["proof"].update(verificationMethod=STRANGER.did + "#" + document["issuer"]["id"].removeprefix("did:key:")),
        "did.method_not_found", "/proof/verificationMethod",
    ),
    "unknown method": (put("proof", "verificationMethod", value="did:unknown:x#y"), "did.method_not_supported", "/proof/verificationMethod"),
    "method's name in capitals": (put("proof", "verificationMethod", value="did:KEY:z6Mk#z6Mk"), "did.invalid", "/proof/verificationMethod"),
    "scheme in capitals": (put("proof", "verificationMethod", value="DID:key:z6Mk#z6Mk"), "did.invalid", "/proof/verificationMethod"),
    "query in the method": (
        lambda document: document["proof"].update(verificationMethod=document["issuer"]["id"] + "?x=1#" + document["issuer"]["id"][8:]),
        "did.method_url_malformed", "/proof/verificationMethod",
    ),
    "another purpose": (put("proof", "proofPurpose", value="authentication"), "binding.purpose", "/proof/proofPurpose"),
    "unknown purpose": (put("proof", "proofPurpose", value="keyAgreement"), "binding.purpose", "/proof/proofPurpose"),
    "no purpose": (put("proof", "proofPurpose", value=...), "proof.malformed", "/proof/proofPurpose"),
    "signature without prefix": (lambda document: _value(document, lambda text: text[1:]), "proof.value_malformed", "/proof/proofValue"),
    "signature with a leading 1": (lambda document: _value(document, lambda text: "z1" + text[1:]), "proof.signature_invalid", "/proof/proofValue"),
    "signature with a space": (lambda document: _value(document, lambda text: text + " "), "proof.value_malformed", "/proof/proofValue"),
    "signature with a line feed": (lambda document: _value(document, lambda text: text + "\n"), "proof.value_malformed", "/proof/proofValue"),
    "signature in base64url": (
        lambda document: _value(document, lambda text: "u" + base64.urlsafe_b64encode(base58.b58decode(text[1:])).decode().rstrip("=")),
        "proof.value_malformed", "/proof/proofValue",
    ),
    "signature a byte short": (lambda document: _bytes(document, lambda data: data[:-1]), "proof.signature_invalid", "/proof/proofValue"),
    "signature a byte long": (lambda document: _bytes(document, lambda data: data + b"\0"), "proof.signature_invalid", "/proof/proofValue"),
    "signature of zeros": (lambda document: _bytes(document, lambda data: bytes(64)), "proof.signature_invalid", "/proof/proofValue"),
    "one bit of R": (lambda document: _bytes(document, lambda data: bytes([data[0] ^ 1]) + data[1:]), "proof.signature_invalid", "/proof/proofValue"),
    "S + L": (
        lambda document: _bytes(
            document, lambda data: data[:32] + (int.from_bytes(data[32:], "little") + ED25519_ORDER).to_bytes(32, "little")
        ),
        "proof.signature_invalid", "/proof/proofValue",
    ),
    "halves swapped": (lambda document: _bytes(document, lambda data: data[32:] + data[:32]), "proof.signature_invalid", "/proof/proofValue"),
    "signature as a list": (put("proof", "proofValue", value=["z2"]), "proof.malformed", "/proof/proofValue"),
    "nine proofs": (lambda document: document.update(proof=[document["proof"]] * 9), "proof.too_many", "/proof"),
    "second proof spoiled": (
        lambda document: document.update(proof=[document["proof"], {**document["proof"], "proofValue": "z2"}]), "proof.signature_invalid",
        "/proof/1/proofValue",
    ),
    "first proof spoiled": (
        lambda document: document.update(proof=[{**document["proof"], "proofValue": "z2"}, document["proof"]]), "proof.signature_invalid",
        "/proof/0/proofValue",
    ),
    "previous proof missing": (put("proof", "previousProof", value="urn:uuid:none"), "proof.chain_broken", "/proof/previousProof"),
    "previous proof itself": (
        lambda document: document["proof"].update(id="urn:uuid:p", previousProof="urn:uuid:p"), "proof.chain_broken", "/proof",
    ),
    "previous proofs in a circle": (
        lambda document: document.update(
            proof=[
                {**document["proof"], "id": "urn:uuid:p", "previousProof": "urn:uuid:q"},
                {**document["proof"], "id": "urn:uuid:q", "previousProof": "urn:uuid:p"},
            ]
        ),
        "proof.chain_broken", "/proof",
    ),
    "two proofs of one id": (
        lambda document: document.update(proof=[{**document["proof"], "id": "urn:uuid:p"}] * 2), "proof.chain_broken", "/proof",
    ),
    "challenge added": (put("proof", "challenge", value="c"), "proof.signature_invalid", "/proof/proofValue"),
    "expiry added": (put("proof", "expires", value="2099-01-01T00:00:00Z"), "proof.signature_invalid", "/proof/proofValue"),
    "creation moved": (put("proof", "created", value="2026-01-01T00:00:00Z"), "proof.signature_invalid", "/proof/proofValue"),
    "creation as a number": (put("proof", "created", value=1), "proof.malformed", "/proof/created"),
    "creation malformed": (put("proof", "created", value="yesterday"), "time.malformed", "/proof/created"),
    "issuer exchanged": (put("issuer", value=STRANGER.did), "binding.issuer_mismatch", "/issuer"),
    "issuer of no key": (put("issuer", value="https://school.example/"), "binding.issuer_unverified", "/issuer"),
}  # fmt: skip


def _value(document: Any, change: Callable[[str], str]) -> None:
    document["proof"]["proofValue"] = change(document["proof"]["proofValue"])


def _bytes(document: Any, change: Callable[[bytes], bytes]) -> None:
    _value(document, lambda text: "z" + base58.b58encode(change(base58.b58decode(text[1:]))).decode())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_with_one_fault(live: NodeProcess, issued: Any, name: str) -> None:
    change, code, pointer = DOCUMENTS[name]
    refused(asked(live, wrapped(changed(issued, change))), 400, code, pointer)


def test_every_member_is_covered(live: NodeProcess, issued: Any) -> None:
    badge = live.issue(unsigned_badge(live.did))
    for document in (issued, badge):
        for place, value in list(places(document)):
            for other in (..., "changed", {"id": "urn:changed"}):
                if other != value:
                    reply = live.verify(changed(document, put(*place, value=other)))
                    assert (reply.status, reply.json["verified"]) == (400, False), (place, other)


def places(value: Any, *above: str | int) -> Any:
    """Every member and item, and what it holds."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in items:
        yield (*above, name), member
        yield from places(member, *above, name)
