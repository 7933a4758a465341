"""RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation, sections 4.4 to 4.8), with SHA-256 or SHA-384 and a work budget.

Quads come as four terms in canonical N-Quads form (`dataset.Quad`); blank nodes are those that start with `_:`.

Bounds, checked before and during the work: quads and blank nodes (limits), calls of Hash N-Degree Quads, and the permutations tried
in them. An honest document needs a handful of such calls; a poison graph needs a factorial. The budget makes that a refusal,
`linked_data.too_complex`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from atesto import limits
from atesto.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atesto.linked_data.dataset import Quad


@dataclass(frozen=True, slots=True)
class CanonicalDataset:
    """The canonical N-Quads document (UTF-8), and the canonical label of each blank node of the input."""

    nquads: bytes
    labels: Mapping[str, str]


def canonicalize(
    quads: Iterable[Quad],
    hash_name: str = "sha256",
    *,
    max_quads: int = limits.MAX_QUADS,
    max_blank_nodes: int = limits.MAX_BLANK_NODES,
    budget: int = limits.MAX_CANONICALIZATION_STEPS,
) -> CanonicalDataset:
    """The canonical form of a dataset. `hash_name` is "sha256" or "sha384". Raises VerificationError `linked_data.too_complex`."""
    dataset = tuple(dict.fromkeys(quads))
    if len(dataset) > max_quads:
        raise VerificationError("linked_data.too_complex", f"The document makes {len(dataset)} statements; at most {max_quads} are read.")
    return _Canonicalizer(dataset, hash_name, max_blank_nodes, budget).run()


class _Issuer:
    """Issues labels in order (section 4.6); copies are cheap because they are made per permutation."""

    __slots__ = ("issued", "prefix")

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = issued if issued is not None else {}

    def issue(self, node: str) -> str:
        label = self.issued.get(node)
        if label is None:
            label = self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return label

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, dict(self.issued))


class _Canonicalizer:
    def __init__(self, dataset: tuple[Quad, ...], hash_name: str, max_blank_nodes: int, budget: int) -> None:
        self._dataset, self._hash_name, self._budget, self._depth = dataset, hash_name, budget, 0
        self._quads_of: dict[str, list[Quad]] = {}
        for quad in dataset:
            for node in dict.fromkeys(term for term in (quad[0], quad[2], quad[3]) if term.startswith("_:")):
                self._quads_of.setdefault(node, []).append(quad)
        if len(self._quads_of) > max_blank_nodes:
            raise VerificationError(
                "linked_data.too_complex", f"The document has {len(self._quads_of)} unnamed nodes; at most {max_blank_nodes} are read."
            )
        self._canonical = _Issuer("_:c14n")
        self._first_degree = {node: self._hash_first_degree(node) for node in self._quads_of}

    def run(self) -> CanonicalDataset:
        by_hash: dict[str, list[str]] = {}
        for node, digest in self._first_degree.items():
            by_hash.setdefault(digest, []).append(node)
        shared = []
        for digest in sorted(by_hash):
            if len(by_hash[digest]) == 1:
                self._canonical.issue(by_hash[digest][0])
            else:
                shared.append(by_hash[digest])
        for nodes in shared:
            self._label_shared(nodes)
        labels = self._canonical.issued
        lines = sorted(_line(tuple(labels.get(term, term) for term in quad)) for quad in self._dataset)
        return CanonicalDataset("".join(lines).encode("utf-8"), {node: label[2:] for node, label in labels.items()})

    def _label_shared(self, nodes: list[str]) -> None:
        """Section 4.4.3 step 5: nodes that the first degree cannot tell apart."""
        found: list[tuple[str, _Issuer]] = []
        for node in nodes:
            if node in self._canonical.issued:
                continue
            issuer = _Issuer("_:b")
            issuer.issue(node)
            found.append(self._hash_n_degree(node, issuer))
        for _, issuer in sorted(found, key=lambda pair: pair[0]):
            for node in issuer.issued:
                self._canonical.issue(node)

    def _digest(self, text: str) -> str:
        return hashlib.new(self._hash_name, text.encode("utf-8")).hexdigest()

    def _hash_first_degree(self, node: str) -> str:
        lines = sorted(
            _line(tuple((("_:a" if term == node else "_:z") if term.startswith("_:") else term) for term in quad))
            for quad in self._quads_of[node]
        )
        return self._digest("".join(lines))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        label = self._canonical.issued.get(related) or issuer.issued.get(related) or self._first_degree[related]
        predicate = quad[1] if position != "g" else ""
        return self._digest(position + predicate + label)

    def _spend(self, size: int) -> None:
        # A step over many items costs as many steps: the budget bounds time, not only the number of calls.
        self._budget -= 1 + size // 16
        if self._budget < 0:
            raise VerificationError("linked_data.too_complex", "The unnamed nodes are too much alike to be told apart within bounds.")

    def _hash_n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8.3. A node that stands in the same relation in two quads is listed twice, as in rdf-canonize."""
        self._spend(len(self._quads_of[node]))
        self._depth += 1
        if self._depth > limits.MAX_CANONICALIZATION_DEPTH:
            raise VerificationError("linked_data.too_complex", "Unnamed nodes that are alike hang on each other in too long a chain.")
        related: dict[str, list[str]] = {}
        for quad in self._quads_of[node]:
            for term, position in ((quad[0], "s"), (quad[2], "o"), (quad[3], "g")):
                if term != node and term.startswith("_:"):
                    related.setdefault(self._hash_related(term, quad, issuer, position), []).append(term)
        data = ""
        for digest in sorted(related):
            path, issuer = self._best_path(related[digest], issuer)
            data += digest + path
        self._depth -= 1
        return self._digest(data), issuer

    def _best_path(self, nodes: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        best = ""
        best_issuer = issuer
        for ordering in _orderings(nodes):
            self._spend(len(ordering))
            tried = self._try_path(ordering, issuer.copy(), best)
            if tried is not None and (not best or tried[0] < best):
                best, best_issuer = tried
        return best, best_issuer

    def _try_path(self, ordering: tuple[str, ...], issuer: _Issuer, best: str) -> tuple[str, _Issuer] | None:
        """The path of one ordering, or None as soon as it cannot beat `best`."""
        path = ""
        recursion = []
        for related in ordering:
            label = self._canonical.issued.get(related)
            if label is None:
                if related not in issuer.issued:
                    recursion.append(related)
                label = issuer.issue(related)
            path += label
            if best and len(path) >= len(best) and path > best:
                return None
        for related in recursion:
            digest, result = self._hash_n_degree(related, issuer)
            path += issuer.issue(related) + f"<{digest}>"
            issuer = result
            if best and len(path) >= len(best) and path > best:
                return None
        return path, issuer


def _orderings(nodes: list[str]) -> Iterator[tuple[str, ...]]:
    """Every ordering of `nodes`, equal ones once: a graph is related to a node as often as the node stands in it, and equal orderings
    have equal paths.
    """
    if len(set(nodes)) == len(nodes):
        yield from permutations(nodes)
        return
    current = sorted(nodes)
    while True:
        yield tuple(current)
        # The next one in lexical order: the last ascent, the smallest greater item behind it, the rest turned round.
        ascent = next((index for index in range(len(current) - 2, -1, -1) if current[index] < current[index + 1]), None)
        if ascent is None:
            return
        other = next(index for index in range(len(current) - 1, ascent, -1) if current[index] > current[ascent])
        current[ascent], current[other] = current[other], current[ascent]
        current[ascent + 1 :] = current[:ascent:-1]


def _line(quad: tuple[str, ...]) -> str:
    subject, predicate, value, graph = quad
    return f"{subject} {predicate} {value} {graph} .\n" if graph else f"{subject} {predicate} {value} .\n"
