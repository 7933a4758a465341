"""The document of a DID that is one signing key: the same for did:key and did:jwk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Did

_SIGNING: Final = ("authentication", "assertionMethod", "capabilityInvocation", "capabilityDelegation")


def single_key_document(did: Did, method: JsonObject, context: str) -> JsonObject:
    """The document of `did` with its one `method` under every relationship that signs; `context` defines the method's type."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", context],
        "id": did,
        "verificationMethod": [method],
        **{relationship: [method["id"]] for relationship in _SIGNING},
    }
