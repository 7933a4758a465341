"""Documents that are fetched: did:web's (DID Core 1.0 section 6) and those of https controllers (Controlled Identifiers 1.0 section 2).

Checks, in order:
1. the fetcher's own (`adapters/http_fetcher`); what it could not have is `did.unreachable`, which leaves the question open;
2. one JSON object, strictly parsed, within the bound: else `did.document_malformed`.

It does not check whose document it is: `dids.document.did_document` does, for every method.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput, ResolutionError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.ports import Fetcher

DID_MEDIA_TYPES: Final = ("application/did+ld+json", "application/did+json", "application/json")
CONTROLLER_MEDIA_TYPES: Final = ("application/cid", "application/ld+json", "application/json")


NOT_ASKED_LONG_ENOUGH: Final = frozenset({"fetch.too_many", "fetch.too_busy", "fetch.too_slow"})
"""What says nothing about the host: senders of documents can bring it about, so nothing may be concluded from it."""


async def fetch_document(url: str, *, media_types: tuple[str, ...], fetcher: Fetcher, budget: FetchBudget) -> JsonObject:
    """The document at `url`. Raises ResolutionError `did.unreachable`, `did.document_malformed`, and those of `NOT_ASKED_LONG_ENOUGH`."""
    try:
        fetched = await fetcher.fetch(url, media_types=media_types, max_bytes=limits.MAX_DID_DOCUMENT_BYTES, budget=budget)
    except ResolutionError as error:
        if error.code in NOT_ASKED_LONG_ENOUGH:
            raise
        raise ResolutionError("did.unreachable", f"The document at {url[:200]} could not be had. {error.detail}") from None
    try:
        return parse_json_object(fetched.body, max_bytes=limits.MAX_DID_DOCUMENT_BYTES)
    except MalformedInput as error:
        raise ResolutionError("did.document_malformed", f"What stands at {url[:200]} is no document. {error.detail}") from None
