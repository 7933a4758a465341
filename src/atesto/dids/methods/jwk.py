"""did:jwk (quartzjer/did-jwk): the DID is a public JWK in base64url.

Checks, in order:
1. the method-specific id is strict base64url and strict JSON;
2. the JWK's own checks (keys.jwk), so `use: enc` and private members are refused.

The one fragment is `0`. The JWK is published as it stands in the DID; nothing is rebuilt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto import limits
from atesto.dids.signing_document import JWK_CONTEXT, signing_document
from atesto.encoding.base64url import decode_base64url, encode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput
from atesto.keys.jwk import parse_public_jwk, public_jwk
from atesto.ports import Did

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.keys.public_key import PublicKey

_PREFIX = "did:jwk:"


def did_jwk(key: PublicKey) -> Did:
    """The did:jwk of `key`, over the JWK's canonical JSON (the method lets any JSON serialization stand)."""
    return Did(_PREFIX + encode_base64url(canonicalize_json(public_jwk(key))))


def resolve_did_jwk(did: Did) -> JsonObject:
    """The document of `did`, a syntactically valid did:jwk.

    Raises MalformedInput `did.invalid`, `key.malformed`, `key.weak`; UnsupportedFeature `key.unsupported`.
    """
    try:
        jwk = parse_json_object(decode_base64url(did.removeprefix(_PREFIX)), max_bytes=limits.MAX_URL_CHARACTERS)
    except MalformedInput as error:
        raise MalformedInput("did.invalid", f"A did:jwk holds a JWK in base64url. {error.detail}") from None
    parse_public_jwk(jwk)
    method: JsonObject = {"id": f"{did}#0", "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}
    return signing_document(did, [method], JWK_CONTEXT)
