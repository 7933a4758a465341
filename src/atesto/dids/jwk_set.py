"""JWK Sets (RFC 7517 section 5) at the well-known address of an issuer's host, as Open Badges 3.0 publishes keys of tokens.

For `https://host:port/any/path` the set stands at `https://host:port/.well-known/jwks.json`. Whoever controls the host says which keys its
issuers sign with; an entry with a member `iss` speaks for that issuer alone (platforms with many issuers).

Checks, in order:
1. the fetcher's own; what it could not have is `did.unreachable`;
2. one JSON object with a list of at most MAX_JWK_SET_KEYS objects in `keys`.

It does not check the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.dids.controller_document import fetch_document
from atesto.errors import ResolutionError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.ports import Fetcher

JWK_SET_PATH: Final = "/.well-known/jwks.json"
JWK_SET_TYPE: Final = "application/jwk-set+json"
_MEDIA_TYPES: Final = (JWK_SET_TYPE, "application/json")


def jwk_set_url(issuer: str) -> str:
    """Where the JWK Set of an https issuer stands."""
    host = issuer.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0]
    return f"https://{host}{JWK_SET_PATH}"


async def fetch_jwk_set(issuer: str, *, fetcher: Fetcher, budget: FetchBudget) -> tuple[JsonObject, ...]:
    """The entries of the set. Raises ResolutionError as `fetch_document`, and `did.document_malformed`."""
    url = jwk_set_url(issuer)
    keys = (await fetch_document(url, media_types=_MEDIA_TYPES, fetcher=fetcher, budget=budget)).get("keys")
    if not isinstance(keys, list) or len(keys) > limits.MAX_JWK_SET_KEYS:
        raise ResolutionError(
            "did.document_malformed", f"What stands at {url[:200]} is no JWK Set of at most {limits.MAX_JWK_SET_KEYS} keys."
        )
    return tuple(item for item in keys if isinstance(item, dict))
