"""DID resolution (DID Core 1.0 section 7.1): one literal table of methods, and the resolver over it.

Checks, in order:
1. the syntax of the DID or of the verification method's URL (did_url);
2. own DIDs are answered from the node's own documents, without a fetch;
3. the method is in the table: others are `did.method_not_supported`;
4. the method's own checks;
5. the document is the one of that DID, and the method is found in it (document).
"""

from __future__ import annotations

import copy
from inspect import isawaitable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from atesto.dids.did_url import did_method, parse_did, split_verification_method
from atesto.dids.document import did_document
from atesto.dids.methods.jwk import resolve_did_jwk
from atesto.dids.methods.key import resolve_did_key
from atesto.errors import AtestoError, ResolutionError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from atesto.dids.document import DidDocument, VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Did

    MethodResolver: TypeAlias = Callable[[Did], JsonObject | Awaitable[JsonObject]]
    """The document of a syntactically valid DID of its method; awaited when the method has to ask somebody."""

METHODS: Final[Mapping[str, MethodResolver]] = MappingProxyType(
    {
        "key": resolve_did_key,
        "jwk": resolve_did_jwk,
    }
)


class Resolver:
    """A `KeyResolver` over the table of methods and the node's own documents."""

    def __init__(self, own_documents: Mapping[Did, JsonObject] | None = None, *, methods: Mapping[str, MethodResolver] = METHODS) -> None:
        """`own_documents` is read on each call, so a key rotated while the node runs is seen. `methods` may add those that fetch."""
        self._own_documents: Final = own_documents if own_documents is not None else {}
        self._methods: Final = methods

    async def resolve(self, verification_method: str) -> VerificationMethod:
        """The method, found in the resolved document of its DID; its key is taken from there alone.

        Raises ResolutionError `did.*`; MalformedInput `did.invalid`, `did.method_url_malformed`, `key.*`; UnsupportedFeature
        `key.unsupported`.
        """
        did, _ = split_verification_method(verification_method)
        document = await self._document(did)
        try:
            return document.method(verification_method)
        except AtestoError as error:
            if not error.pointer:
                raise
            # The caller's pointers are into another text than this document, so the place goes into the sentence.
            raise type(error)(error.code, f"{error.detail} This stands at {error.pointer} of the document of {did}.") from None

    async def resolve_document(self, did: str) -> JsonObject:
        """A copy of the document of `did`, the caller's to keep. Raises as `resolve`."""
        return copy.deepcopy((await self._document(parse_did(did))).as_json)

    async def _document(self, did: Did) -> DidDocument:
        own = self._own_documents.get(did)
        if own is not None:
            return did_document(own, did)
        method = self._methods.get(did_method(did))
        if method is None:
            raise ResolutionError("did.method_not_supported", f"DIDs of method {did_method(did)[:32]!r} are not resolved here.")
        answer = method(did)
        return did_document(await answer if isawaitable(answer) else answer, did)
