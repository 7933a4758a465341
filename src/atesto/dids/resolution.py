"""DID resolution (DID Core 1.0 section 7.1): one literal table of methods, and the resolver over it.

Checks, in order:
1. the syntax of the DID or of the verification method's URL (did_url);
2. own DIDs are answered from the node's own documents, without a fetch;
3. the method is in the table: others are `did.method_not_supported`;
4. the method's own checks;
5. the document is the one of that DID, and the method is found in it (document).
A controller that is named by an https URL has its document at that URL (Controlled Identifiers 1.0); 1, 2, 4 and 5 hold for it too.
"""

from __future__ import annotations

import copy
from inspect import isawaitable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from atesto.dids.controller_document import CONTROLLER_MEDIA_TYPES, fetch_document
from atesto.dids.did_url import did_method, parse_did, split_verification_method
from atesto.dids.document import did_document
from atesto.dids.jwk_set import fetch_jwk_set
from atesto.dids.methods.jwk import resolve_did_jwk
from atesto.dids.methods.key import resolve_did_key
from atesto.dids.methods.web import resolve_did_web
from atesto.errors import AtestoError, MalformedInput, ResolutionError
from atesto.fetch_budget import FetchBudget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from atesto.dids.document import DidDocument, VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Did, Fetched, Fetcher


class MethodResolver(Protocol):
    """One DID method."""

    def __call__(self, did: Did, *, fetcher: Fetcher, budget: FetchBudget) -> JsonObject | Awaitable[JsonObject]:
        """The document of a syntactically valid DID of the method; awaited when the method has to ask somebody."""


def _local(resolve: Callable[[Did], JsonObject]) -> MethodResolver:
    """A method whose DIDs say all that there is to know."""

    def resolver(did: Did, *, fetcher: Fetcher, budget: FetchBudget) -> JsonObject:  # noqa: ARG001 - nothing is fetched
        return resolve(did)

    return resolver


METHODS: Final[Mapping[str, MethodResolver]] = MappingProxyType(
    {
        "key": _local(resolve_did_key),
        "jwk": _local(resolve_did_jwk),
        "web": resolve_did_web,
    }
)


_ASKING: Final = frozenset({"web"})
"""Methods whose documents stand with other hosts."""


class NoFetcher:
    """A `Fetcher` for those who fetch nothing."""

    async def fetch(
        self,
        url: str,  # noqa: ARG002 - the interface's
        *,
        media_types: tuple[str, ...],  # noqa: ARG002
        max_bytes: int,  # noqa: ARG002
        budget: FetchBudget,  # noqa: ARG002
        max_age: float | None = None,  # noqa: ARG002
    ) -> Fetched:
        """Raises ResolutionError `fetch.unconnected`."""
        raise ResolutionError("fetch.unconnected", "Nothing is fetched here.")


class Resolver:
    """A `KeyResolver` over the table of methods, the node's own documents, and the network as far as the fetcher goes."""

    def __init__(
        self,
        own_documents: Mapping[Did, JsonObject] | None = None,
        *,
        fetcher: Fetcher | None = None,
        methods: Mapping[str, MethodResolver] = METHODS,
    ) -> None:
        """`own_documents` is read on each call, so a key rotated while the node runs is seen. Without `fetcher` nothing is fetched."""
        self._own_documents: Final = own_documents if own_documents is not None else {}
        self._fetcher: Final[Fetcher] = fetcher or NoFetcher()
        self._methods: Final = methods

    async def resolve(self, verification_method: str, *, budget: FetchBudget | None = None) -> VerificationMethod:
        """The method, found in the resolved document of its controller; its key is taken from there alone.

        Raises ResolutionError `did.*`, `fetch.too_many`; MalformedInput `did.invalid`, `did.method_url_malformed`, `key.*`;
        UnsupportedFeature `key.unsupported`.
        """
        controller, _ = self._split(verification_method)
        try:
            return (await self._document(controller, budget)).method(verification_method)
        except AtestoError as error:
            if not error.pointer:
                raise
            # The caller's pointers are into another text than this document, so the place goes into the sentence.
            raise type(error)(error.code, f"{error.detail} This stands at {error.pointer} of the document of {controller}.") from None

    def _split(self, verification_method: str) -> tuple[str, str]:
        """A DID that names no key says at least its method, and that is the greater fault."""
        try:
            return split_verification_method(verification_method)
        except MalformedInput:
            if verification_method.startswith("did:") and "#" not in verification_method:
                self._method(parse_did(verification_method))
            raise

    def _method(self, did: Did) -> MethodResolver:
        method = self._methods.get(did_method(did))
        if method is None:
            raise ResolutionError("did.method_not_supported", f"DIDs of method {did_method(did)[:32]!r} are not resolved here.")
        return method

    def asks_nobody(self, controller: str) -> bool:
        """As the port says. What is no DID at all is asked of nobody either."""
        return controller in self._own_documents or not controller.startswith(("https:", *(f"did:{name}:" for name in _ASKING)))

    async def resolve_document(self, controller: str, *, budget: FetchBudget | None = None) -> JsonObject:
        """A copy of the document of a DID or of an https controller, the caller's to keep. Raises as `resolve`."""
        checked = controller if controller.startswith("https://") else parse_did(controller)
        return copy.deepcopy((await self._document(checked, budget)).as_json)

    async def resolve_jwk_set(self, issuer: str, *, budget: FetchBudget | None = None) -> tuple[JsonObject, ...]:
        """The keys of the JWK Set of an https issuer's host (Open Badges 3.0 implementation guide, key provenance).

        Raises ResolutionError `did.unreachable`, `did.document_malformed`, and those of `NOT_ASKED_LONG_ENOUGH`.
        """
        return await fetch_jwk_set(issuer, fetcher=self._fetcher, budget=budget if budget is not None else FetchBudget())

    async def _document(self, controller: str, budget: FetchBudget | None) -> DidDocument:
        allowed = budget if budget is not None else FetchBudget()
        if controller.startswith("https://"):
            document = await fetch_document(controller, media_types=CONTROLLER_MEDIA_TYPES, fetcher=self._fetcher, budget=allowed)
            return did_document(document, controller)
        did = parse_did(controller)
        own = self._own_documents.get(did)
        if own is not None:
            return did_document(own, did)
        answer = self._method(did)(did, fetcher=self._fetcher, budget=allowed)
        return did_document(await answer if isawaitable(answer) else answer, did)
