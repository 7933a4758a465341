"""did:key (W3C CCG did:key v0.9): the DID is the key.

Checks, in order:
1. the method-specific id is one base58btc Multikey, without a version before it;
2. the Multikey's own checks (keys.multikey), length first.

The document has the current form (Multikey, with the DID v1 and Multikey contexts). No key agreement key is derived: this node does not
encrypt to DIDs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.dids.signing_document import MULTIKEY_CONTEXT, signing_document
from atesto.errors import MalformedInput
from atesto.keys.multikey import parse_public_multikey, public_multikey
from atesto.ports import Did, DidUrl

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.keys.public_key import PublicKey

_PREFIX = "did:key:"


def did_key(key: PublicKey) -> Did:
    """The did:key of `key`."""
    return Did(_PREFIX + public_multikey(key))


def did_key_method(key: PublicKey) -> DidUrl:
    """The DID URL of the one verification method of `key`'s did:key."""
    multikey = public_multikey(key)
    return DidUrl(f"{_PREFIX}{multikey}#{multikey}")


def resolve_did_key(did: Did) -> JsonObject:
    """The document of `did`, a syntactically valid did:key.

    Raises MalformedInput `did.invalid`, `key.malformed`, `key.weak`; UnsupportedFeature `key.unsupported`.
    """
    multikey = did.removeprefix(_PREFIX)
    if not multikey.startswith("z"):
        raise MalformedInput("did.invalid", "A did:key is did:key: and a base58btc Multikey, which starts with 'z'.")
    try:
        parse_public_multikey(multikey)
    except MalformedInput as error:
        if error.code.startswith("encoding."):
            raise MalformedInput("did.invalid", error.detail) from None
        raise
    method: JsonObject = {"id": f"{did}#{multikey}", "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}
    return signing_document(did, [method], MULTIKEY_CONTEXT)
