"""JSON-LD documents as datasets and as canonical bytes: the narrow door behind which PyLD works today.

A faster processor can take its place: callers know `dataset_of`, `canonicalize`, `expand` and `recompact` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atesto.linked_data import rdfc
from atesto.linked_data.complexity import check_complexity
from atesto.linked_data.dataset import dataset_of_expanded
from atesto.linked_data.pyld_gateway import PyldGateway

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.contexts import ContextRegistry
    from atesto.linked_data.dataset import Quad
    from atesto.linked_data.rdfc import CanonicalDataset


class LinkedDataProcessor:
    """Works over one registry of contexts. Not fast, and not for the event loop: run it in a worker."""

    def __init__(self, contexts: ContextRegistry) -> None:
        """`contexts` answers for every URL that a document names; nothing is ever fetched."""
        self._gateway = PyldGateway(contexts.document)

    def expand(self, document: JsonObject, *, empty_lists: bool = True) -> list[Any]:
        """The expanded form, in which nothing was lost (`empty_lists`: as the gateway). Raises as the gateway."""
        check_complexity(document)
        return self._gateway.expand(document, empty_lists=empty_lists)

    def dataset_of(self, document: JsonObject, *, empty_lists: bool = False) -> tuple[Quad, ...]:
        """The statements of `document`, each once; `empty_lists`: it may have lists without an element, which none of them tells.

        Raises as `expand`.
        """
        return dataset_of_expanded(self.expand(document, empty_lists=empty_lists))

    def canonicalize(self, quads: Sequence[Quad], hash_name: str) -> CanonicalDataset:
        """RDFC-1.0 of `quads`; `hash_name` is "sha256" or "sha384". Raises VerificationError `linked_data.too_complex`."""
        return rdfc.canonicalize(quads, hash_name)

    def recompact(self, document: JsonObject, context_urls: list[str]) -> JsonObject:
        """`document` in the words of `context_urls` only; other terms become IRIs. Raises as `expand`."""
        check_complexity(document)
        return self._gateway.compact(document, context_urls)
