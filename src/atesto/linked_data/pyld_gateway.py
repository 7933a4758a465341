"""The one gateway to PyLD: JSON-LD 1.1 expansion that refuses what would be lost, and compaction (JSON-LD API sections 5.1 and 6.1).

PyLD has no safe mode. `_LosslessProcessor` overrides its inner steps, so that each rule of `losses` is applied where the algorithm
decides, with the context in force there, and with the pointer of the object at hand. PyLD is not thread-safe: one lock around all of it.
No network: contexts come from the registry alone. `base` is null: nothing relative is resolved.

Processed contexts are remembered for the next document, but only by and for documents that name registered contexts and nothing else.
A document with words of its own is processed over copies that are thrown away: PyLD would keep its contexts for ever, and writes into a
context that another one imports.
"""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.one_or_more import one_or_more
from atesto.errors import AtestoError, VerificationError
from atesto.linked_data import losses
from atesto.linked_data.located import LocatedObject, locate, names_only_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atesto.encoding.strict_json import JsonObject

_LOCK: Final = threading.Lock()
# PyLD leaks the others for odd input (a null @vocab, a context of a wrong type); it is the document's fault, not the node's.
_FAULTS: Final = (jsonld.JsonLdError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is remembered of contexts: the documents that were resolved, and the active contexts that came of them."""

    resolver: ContextResolver
    processed: dict[tuple[Any, ...], tuple[Any, Any, Any]] = field(default_factory=dict)


class PyldGateway:
    """Expansion and compaction over one set of contexts."""

    def __init__(self, load: Callable[[str], JsonObject]) -> None:
        """`load` gives the context document of a URL, or raises VerificationError `context.unknown`."""
        self._load = load
        # Not PyLD's process-wide cache: what is cached under a URL must come from these contexts.
        self._memory = self._new_memory()

    def expand(self, document: JsonObject, *, base: str | None = None, empty_lists: bool = True) -> list[Any]:
        """The expanded form of `document`, in which nothing was lost; `empty_lists`: but for lists without an element (rule 9 of `losses`).

        Raises VerificationError `linked_data.*`, `context.unknown`.
        """

        def work() -> Any:
            memory = self._memory_for(document) if base is None else self._new_memory()
            processor = _LosslessProcessor(memory.processed, empty_lists=empty_lists)
            return processor.expand(locate(document), self._options(base, memory))

        return cast("list[Any]", self._guarded(work))

    def compact(self, document: JsonObject, context: list[str]) -> JsonObject:
        """`document` compacted against `context`. Raises as `expand`."""

        def work() -> Any:
            memory = self._memory_for(document)
            return _LosslessProcessor(memory.processed).compact(locate(document), context, self._options(None, memory))

        return cast("JsonObject", self._guarded(work))

    def _memory_for(self, document: JsonObject) -> _Memory:
        return self._memory if names_only_urls(document) else self._new_memory()

    def _new_memory(self) -> _Memory:
        return _Memory(ContextResolver({}, self._document))

    def _options(self, base: str | None, memory: _Memory) -> dict[str, Any]:
        return {
            "base": base,
            "documentLoader": self._document,
            "contextResolver": memory.resolver,
            "processingMode": "json-ld-1.1",
        }

    def _document(self, url: str, _options: object) -> dict[str, Any]:
        document = copy.deepcopy(self._load(url))
        return {"document": document, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json", "tag": "static"}

    def _guarded(self, work: Callable[[], Any]) -> Any:
        try:
            with _LOCK:
                return work()
        except AtestoError:
            raise
        except (*_FAULTS, RecursionError) as error:
            raise _translated(error) from None


def _translated(error: BaseException, *, pointer: str = "", term: str | None = None) -> AtestoError:
    """PyLD wraps the cause of a failure several times; our own error, if there is one inside, is the one to tell."""
    if not isinstance(error, jsonld.JsonLdError):
        return VerificationError("linked_data.invalid", f"The document is not valid JSON-LD ({type(error).__name__}).", pointer=pointer)
    code: str | None = None
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, AtestoError):
            return cause
        code = getattr(cause, "code", None) or code
        cause = cause.__cause__ or getattr(cause, "cause", None)
    what = (f": {code}" if code else "") + (f" ({term[:200]!r})" if term else "")
    return VerificationError("linked_data.invalid", f"The document is not valid JSON-LD{what}.", pointer=pointer)


def _same(local_ctx: Any) -> Any:
    """What a local context is told by: URLs by themselves, since each document brings its own list of them; anything else as an object."""
    if isinstance(local_ctx, str):
        return local_ctx
    if isinstance(local_ctx, list) and all(isinstance(item, str) for item in local_ctx):
        return tuple(local_ctx)
    return id(local_ctx)


def _ends_vocabulary(context: Any) -> bool:
    return isinstance(context, dict) and "@vocab" in context and context["@vocab"] is None


class _LosslessProcessor(jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """PyLD's processor with a check at each step that could lose something."""

    def __init__(self, processed: dict[tuple[Any, ...], tuple[Any, Any, Any]] | None = None, *, empty_lists: bool = True) -> None:
        super().__init__()
        self._empty_lists = empty_lists
        self._path: list[LocatedObject] = []
        self._roots: list[str | None] = []
        self._graphs: list[set[str]] = []
        self._processed = {} if processed is None else processed
        self._processing = 0
        self._iris: dict[int, tuple[Any, dict[tuple[str, Any, Any], str | None]]] = {}
        self._named: dict[int, tuple[Any, frozenset[str]]] = {}
        self._contexts_made = 0

    def _process_context(
        self, active_ctx: Any, local_ctx: Any, options: Any, override_protected: Any = False,
        propagate: Any = True, validate_scoped: Any = True, cycles: Any = None,
    ) -> Any:  # fmt: skip
        # PyLD stops at `"@vocab": null` where no vocabulary is in force, which says nothing.
        if isinstance(local_ctx, list) and any(map(_ends_vocabulary, local_ctx)):
            for entry in local_ctx:
                active_ctx = self._process_context(active_ctx, entry, options, override_protected, propagate, validate_scoped, cycles)
            return active_ctx
        if _ends_vocabulary(local_ctx) and "@vocab" not in active_ctx:
            local_ctx = {name: value for name, value in local_ctx.items() if name != "@vocab"}
        # PyLD processes a type-scoped context anew for every node that has the type. Active contexts are not changed once made, so the
        # result for the same two objects is the same; the objects are kept, so that their ids stay theirs.
        whole = cycles is None and validate_scoped and local_ctx is not None
        key = (id(active_ctx), _same(local_ctx), bool(override_protected), bool(propagate)) if whole else None
        if key is not None and key in self._processed:
            return self._processed[key][2]
        self._contexts_made += 1
        if self._contexts_made > limits.MAX_PROCESSED_CONTEXTS:
            raise VerificationError(
                "linked_data.too_complex", "The document's types and members bring more vocabularies than are processed."
            )
        self._processing += 1
        result = super()._process_context(active_ctx, local_ctx, options, override_protected, propagate, validate_scoped, cycles)
        self._processing -= 1
        if key is not None:
            if len(self._processed) >= limits.MAX_REMEMBERED_CONTEXTS:
                self._processed.clear()
            self._processed[key] = (active_ctx, local_ctx, result)
        return result

    def _prepare_nested_context(self, active_ctx: Any, element: LocatedObject, options: Any) -> Any:
        try:
            return super()._prepare_nested_context(active_ctx, element, options)
        except _FAULTS as error:
            _FaultFinder().refuse(error, active_ctx, element, options)

    def _expand_iri(
        self, active_ctx: Any, value: Any, base: Any = None, vocab: Any = False, local_ctx: Any = None, defined: Any = None
    ) -> Any:
        # PyLD and we ask three times for each member's name. While a context is being made, the same text may yet change its meaning.
        if self._processing or local_ctx is not None or type(value) is not str:
            return super()._expand_iri(active_ctx, value, base, vocab, local_ctx, defined)
        if id(active_ctx) not in self._iris:
            self._iris[id(active_ctx)] = (active_ctx, {})
        known = self._iris[id(active_ctx)][1]
        key = (value, base, vocab)
        if key not in known:
            known[key] = super()._expand_iri(active_ctx, value, base, vocab)
        return known[key]

    def _expand_object(
        self, active_ctx: Any, active_property: Any, expanded_active_property: Any, element: Any, expanded_parent: Any, options: Any,
        inside_list: Any = False, type_key: Any = None, type_scoped_ctx: Any = None,
    ) -> None:  # fmt: skip
        is_root = not self._path or active_property in self._graphs[-1]
        self._graphs.append(set())
        keywords: dict[str, str] = {}
        for key, value in element.items():
            if key != "@context":
                self._check_member(active_ctx, type_scoped_ctx, element, key, value, keywords, options)
        losses.check_keywords(keywords, len(element.keys() - {"@context"}), element.pointer, top=not self._path)
        if "@id" in keywords or is_root:
            identifier = self._expand_iri(active_ctx, element[keywords["@id"]], base=options.get("base")) if "@id" in keywords else None
            if is_root:
                self._roots.append(identifier)
            else:
                named = one_or_more(element[keywords["@type"]]) if "@type" in keywords else []
                types = [self._expand_iri(type_scoped_ctx or active_ctx, name, vocab=True) for name in named if isinstance(name, str)]
                losses.check_whole(identifier, self._roots[-1], len(element.keys() - {"@context"}), types, element.pointer)
        self._path.append(element)
        super()._expand_object(
            active_ctx, active_property, expanded_active_property, element, expanded_parent, options, inside_list, type_key, type_scoped_ctx
        )
        self._path.pop()
        self._graphs.pop()
        if is_root:
            self._roots.pop()

    def _check_member(
        self, active_ctx: Any, type_scoped_ctx: Any, element: LocatedObject, key: str, value: Any, keywords: dict[str, str], options: Any
    ) -> None:
        pointer = element.pointer + json_pointer(key)
        expanded = self._expand_iri(active_ctx, key, vocab=True)
        if expanded is None or not expanded.startswith("@"):
            self._check_property(active_ctx, key, expanded, value, pointer)
            return
        if expanded not in losses.COVERED_KEYWORDS:
            raise VerificationError("linked_data.keyword_misuse", f"{key} carries what the proof does not cover.", pointer=pointer)
        if expanded in keywords:
            raise VerificationError("linked_data.keyword_misuse", f"{keywords[expanded]} and {key} say the same.", pointer=pointer)
        keywords[expanded] = key
        if expanded == "@id":
            self._check_id(active_ctx, value, pointer, options)
        elif expanded == "@type":
            losses.check_said(value, key, pointer)
            self._check_types(type_scoped_ctx, value, pointer, options)
        elif expanded == "@language":
            losses.check_language(value, pointer)
        elif expanded != "@value":
            losses.check_nulls(value, pointer, empty_lists=self._empty_lists or expanded == "@list")
        elif not self._is_json_value(active_ctx, element):
            losses.check_scalar(value, pointer)

    def _check_property(self, active_ctx: Any, key: str, expanded: str | None, value: Any, pointer: str) -> None:
        losses.check_property(expanded, key, pointer)
        mapping = active_ctx["mappings"].get(key) or {}
        container = mapping.get("@container") or ()
        if "@graph" in container:
            self._graphs[-1].add(key)
        if mapping.get("reverse"):
            raise VerificationError("linked_data.keyword_misuse", f"{key} is a reverse of what the proof covers.", pointer=pointer)
        is_term = key in active_ctx["mappings"]
        losses.check_name(expanded or "", key, () if is_term else self._targets(active_ctx), pointer)
        if not is_term:
            losses.check_said(value, key, pointer)
        if not self._is_json(active_ctx, key):
            losses.check_nulls(value, pointer, empty_lists=self._empty_lists or "@list" in container)

    def _targets(self, active_ctx: Any) -> frozenset[str]:
        """The IRIs for which `active_ctx` has a term."""
        if id(active_ctx) not in self._named:
            mappings = active_ctx["mappings"].values()
            iris = frozenset(mapping["@id"] for mapping in mappings if mapping and not mapping.get("reverse") and mapping.get("@id"))
            self._named[id(active_ctx)] = (active_ctx, iris)
        return self._named[id(active_ctx)][1]

    def _check_id(self, active_ctx: Any, value: Any, pointer: str, options: Any) -> None:
        if not isinstance(value, str):
            raise VerificationError("linked_data.relative_iri", "An identifier is not a text.", pointer=pointer)
        losses.check_identifier(self._expand_iri(active_ctx, value, base=options.get("base")), value, pointer)

    def _check_types(self, type_scoped_ctx: Any, value: Any, pointer: str, options: Any) -> None:
        for index, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            where = pointer if index is None else f"{pointer}/{index}"
            if not isinstance(item, str):
                raise VerificationError("linked_data.undefined_type", "A type is not a text.", pointer=where)
            expanded = self._expand_iri(type_scoped_ctx, item, vocab=True, base=options.get("base"))
            if expanded != "@json":
                losses.check_type(expanded, item, where)
                if item not in type_scoped_ctx["mappings"]:
                    losses.check_type_name(expanded, item, self._targets(type_scoped_ctx), where)

    def _expand_value(self, active_ctx: Any, active_property: Any, value: Any, options: Any) -> Any:
        expanded = super()._expand_value(active_ctx, active_property, value, options)
        try:
            _check_expanded(expanded, value)
        except VerificationError as error:
            # Where it stands is looked up for a fault alone: a look costs as much as the array it stands in is long.
            raise error.below(self._pointer_of(active_property, value)) from None
        return expanded

    def _expand_language_map(self, active_ctx: Any, language_map: Any, direction: Any) -> Any:
        if not language_map:
            losses.check_nulls([], language_map.pointer, empty_lists=self._empty_lists)
        for tag, texts in language_map.items():
            pointer = language_map.pointer + json_pointer(tag)
            if self._expand_iri(active_ctx, tag, vocab=True) != "@none":
                losses.check_language(tag, pointer)
            losses.check_nulls(texts, pointer, empty_lists=self._empty_lists)
        return super()._expand_language_map(active_ctx, language_map, direction)

    def _expand_index_map(self, active_ctx: Any, active_property: Any, value: Any, *rest: Any) -> Any:
        raise VerificationError(
            "linked_data.keyword_misuse", "Maps keyed by index, id or type are not covered by the proof.", pointer=value.pointer
        )

    def _is_json(self, active_ctx: Any, key: str) -> bool:
        return bool(self.get_context_value(active_ctx, key, "@type") == "@json")

    def _is_json_value(self, active_ctx: Any, element: LocatedObject) -> bool:
        return any(
            self._expand_iri(active_ctx, key, vocab=True) == "@type" and value == "@json"
            for key, value in element.items()
            if key != "@context"
        )

    def _pointer_of(self, active_property: Any, value: Any) -> str:
        """Where a scalar stands: under `active_property`, or in a @list or @set, of the innermost object."""
        element = self._path[-1]
        for key in (active_property, *element):
            member = element.get(key)
            if member == value:
                return element.pointer + json_pointer(key)
            if isinstance(member, list) and value in member:
                return element.pointer + json_pointer(key, member.index(value))
        return element.pointer


class _FaultFinder(_LosslessProcessor):
    """Says which context of a refused object is at fault, and in which term: its contexts once more, one after another.

    For refused documents alone. A finder has the bounds of a whole document, and PyLD still knows the contexts that were right.
    """

    _term: str | None = None

    def refuse(self, error: BaseException, active_ctx: Any, element: LocatedObject, options: Any) -> NoReturn:
        """Raises `error` with the pointer of the context in `element` that is at fault, or of the type that brings this context."""
        for pointer, local_ctx in _each(element, "@context"):
            active_ctx = self._processed_at(pointer, active_ctx, local_ctx, options)
        outer = active_ctx
        for pointer, local_ctx in self._contexts_of_types(outer, element):
            active_ctx = self._processed_at(pointer, active_ctx, local_ctx, options, propagate=False)
        raise _translated(error, pointer=element.pointer + "/@context") from None

    def _processed_at(self, pointer: str, active_ctx: Any, local_ctx: Any, options: Any, *, propagate: bool = True) -> Any:
        try:
            return self._process_context(active_ctx, local_ctx, options, propagate=propagate)
        except _FAULTS as fault:
            raise _translated(fault, pointer=pointer, term=self._term) from None

    def _contexts_of_types(self, active_ctx: Any, element: LocatedObject) -> Iterator[tuple[str, Any]]:
        for key in sorted(element.keys() - {"@context"}):
            if self._expand_iri(active_ctx, key, vocab=True) == "@type":
                for pointer, name in sorted(_each(element, key), key=lambda item: str(item[1])):
                    local_ctx = self.get_context_value(active_ctx, name, "@context") if isinstance(name, str) else None
                    if local_ctx is not None and local_ctx is not False:
                        yield pointer, local_ctx

    def _create_term_definition(self, active_ctx: Any, local_ctx: Any, term: Any, *rest: Any, **more: Any) -> None:
        try:
            super()._create_term_definition(active_ctx, local_ctx, term, *rest, **more)
        except _FAULTS:
            self._term = self._term or term
            raise


def _each(element: LocatedObject, name: str) -> list[tuple[str, Any]]:
    """What stands under `name`, one or several, each with its pointer."""
    pointer, value = element.pointer + json_pointer(name), element.get(name, [])
    return [(f"{pointer}/{index}", item) for index, item in enumerate(value)] if isinstance(value, list) else [(pointer, value)]


def _check_expanded(expanded: Any, value: Any) -> None:
    """A scalar that was expanded: an identifier, or a value with its type. The pointers of its errors start at the scalar itself."""
    if not isinstance(expanded, dict):
        return
    if "@id" in expanded:
        losses.check_identifier(expanded["@id"], value, "")
        return
    losses.check_scalar(value, "")
    if "@language" in expanded:
        losses.check_language(expanded["@language"], "")
    coerced = expanded.get("@type")
    if coerced is not None and coerced != "@json":
        losses.check_type(coerced, str(coerced), "")
