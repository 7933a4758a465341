"""What a DID resolver answers (DID Resolution 0.3 sections 4 and 5; errors of did:key 0.9): a result, or an error by its published name.

A text with a path, query or fragment is a DID URL and is dereferenced: the one thing that can be had of it is a verification method.
`public_key_format` is did:key's option: in which form a key is shown. Documents that are published elsewhere stay as they are published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.dids.did_url import did_method, parse_did, split_verification_method
from atesto.dids.document import RELATIONSHIPS, did_document
from atesto.errors import AtestoError, ResolutionError, UnsupportedFeature
from atesto.keys.jwk import public_jwk
from atesto.keys.multikey import parse_public_multikey
from atesto.ports import Did

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from atesto.encoding.strict_json import JsonObject, JsonValue

RESOLUTION_CONTEXT: Final = "https://w3id.org/did-resolution/v1"
PUBLIC_KEY_FORMATS: Final = ("Multikey", "JsonWebKey", "JsonWebKey2020", "Ed25519VerificationKey2020")
_DOCUMENT_TYPE: Final = "application/did+ld+json"
_KEY_CONTEXTS: Final = {
    "JsonWebKey": "https://w3id.org/security/jwk/v1",
    "JsonWebKey2020": "https://w3id.org/security/suites/jws-2020/v1",
    "Ed25519VerificationKey2020": "https://w3id.org/security/suites/ed25519-2020/v1",
}
_ERRORS: Final = {
    "did.invalid": "invalidDid",
    "did.method_url_malformed": "invalidDidUrl",
    "did.method_not_supported": "methodNotSupported",
    "did.method_not_found": "notFound",
    "did.unreachable": "notFound",
    "fetch.too_slow": "notFound",
    "fetch.too_busy": "internalError",
    "fetch.too_many": "internalError",
    "key.malformed": "invalidPublicKey",
    "key.weak": "invalidPublicKey",
    "key.length": "invalidPublicKeyLength",
    "key.unsupported": "unsupportedPublicKeyType",
}


@dataclass(frozen=True, slots=True)
class ResolutionResult:
    """The answer as JSON, and the error when there is one."""

    to_json: JsonObject
    error: str | None = None
    code: str | None = None


async def resolution_result(
    text: str, resolve: Callable[[str], Awaitable[JsonObject]], *, public_key_format: str | None = None
) -> ResolutionResult:
    """The result of resolving the DID, or dereferencing the DID URL, `text`. Never raises for what a caller sent."""
    is_url = any(mark in text for mark in "#?/")
    try:
        document = await _dereferenced(text, resolve, public_key_format) if is_url else await _resolved(text, resolve, public_key_format)
    except AtestoError as error:
        return _failed(error, is_url=is_url)
    return ResolutionResult(_answer(document, {"contentType": _DOCUMENT_TYPE}, is_url=is_url))


async def _resolved(text: str, resolve: Callable[[str], Awaitable[JsonObject]], key_format: str | None) -> JsonObject:
    did = parse_did(text)
    if key_format is not None and key_format not in PUBLIC_KEY_FORMATS:
        raise UnsupportedFeature("key.unsupported", f"Keys are not shown as {key_format[:64]!r} here.")
    document = await resolve(did)
    if key_format in {None, "Multikey"} or did_method(did) != "key":
        return document
    return _in_format(document, str(key_format))


async def _dereferenced(text: str, resolve: Callable[[str], Awaitable[JsonObject]], key_format: str | None) -> JsonObject:
    controller, _ = split_verification_method(text)
    if not controller.startswith("did:"):
        raise ResolutionError("did.method_url_malformed", "It is not a DID URL.")
    if key_format is not None and key_format not in PUBLIC_KEY_FORMATS:
        raise _WrongFormat("key.unsupported", f"Keys are not shown as {key_format[:64]!r} here.")
    did = Did(controller)
    document = await resolve(did)
    # Finding it also checks it; what is shown is its definition as published.
    did_document(document, did).method(text)
    if key_format not in {None, "Multikey"} and did_method(did) == "key":
        document = _in_format(document, str(key_format))
    listed = [entry for member in ("verificationMethod", *RELATIONSHIPS) for entry in _entries(document, member) if isinstance(entry, dict)]
    found = next(entry for entry in listed if entry.get("id") in {text, text.removeprefix(did)})
    return {"@context": document.get("@context", []), **found}


class _WrongFormat(UnsupportedFeature):
    """The key is there, and not in the form that was asked for."""


def _entries(document: JsonObject, member: str) -> list[JsonValue]:
    value = document.get(member, [])
    return value if isinstance(value, list) else []


def _in_format(document: JsonObject, key_format: str) -> JsonObject:
    """A did:key's document with its one key in another form."""
    method = _entries(document, "verificationMethod")[0]
    if not isinstance(method, dict):
        return document
    shown = {name: value for name, value in method.items() if name != "publicKeyMultibase"} | {"type": key_format}
    key = parse_public_multikey(str(method["publicKeyMultibase"]))
    if key_format != "Ed25519VerificationKey2020":
        shown["publicKeyJwk"] = public_jwk(key)
    elif key.algorithm == "Ed25519":
        shown["publicKeyMultibase"] = method["publicKeyMultibase"]
    else:
        raise _WrongFormat("key.unsupported", f"A key of type {key.algorithm} is not shown as {key_format}.")
    contexts = [_entries(document, "@context")[0], _KEY_CONTEXTS[key_format]]
    return {**document, "@context": contexts, "verificationMethod": [shown]}


def _failed(error: AtestoError, *, is_url: bool) -> ResolutionResult:
    name = _ERRORS.get(error.code, "invalidDidDocument" if error.code.startswith("did.") else "invalidDid")
    if isinstance(error, _WrongFormat):
        name = "invalidPublicKeyType"
    elif is_url and name == "invalidDid":
        name = "invalidDidUrl"
    return ResolutionResult(_answer({}, {"error": name, "code": error.code, "message": error.detail}, is_url=is_url), name, error.code)


def _answer(document: JsonObject, metadata: JsonObject, *, is_url: bool) -> JsonObject:
    member = "didDereferencingMetadata" if is_url else "didResolutionMetadata"
    return {"@context": RESOLUTION_CONTEXT, "didDocument": document, "didDocumentMetadata": {}, member: metadata}
