"""The document of a DID whose keys sign: the same form for did:key, did:jwk and the node's own DIDs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Did

DID_CONTEXT: Final = "https://www.w3.org/ns/did/v1"
MULTIKEY_CONTEXT: Final = "https://w3id.org/security/multikey/v1"
JWK_CONTEXT: Final = "https://w3id.org/security/jwk/v1"
_SIGNING: Final = ("authentication", "assertionMethod", "capabilityInvocation", "capabilityDelegation")


def signing_document(did: Did, methods: Sequence[JsonObject], *contexts: str) -> JsonObject:
    """The document of `did` with `methods` under every relationship that signs; `contexts` define the methods' types."""
    return {
        "@context": [DID_CONTEXT, *contexts],
        "id": did,
        "verificationMethod": list(methods),
        **{relationship: [method["id"] for method in methods] for relationship in _SIGNING},
    }
