"""RDFC-1.0: what must hold for every dataset, agreement with a second implementation, and graphs that are made to cost."""

from __future__ import annotations

import random
import time
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Final

import pyoxigraph
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from atesto import limits
from atesto.errors import VerificationError
from atesto.linked_data.rdfc import _orderings, canonicalize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atesto.linked_data.dataset import Quad

P: Final = "<urn:p>"
Q: Final = "<urn:q>"
SECONDS: Final = 1.0
ALGORITHMS: Final = {
    "sha256": pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0,
    "sha384": pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}

BLANK: Final = st.sampled_from([f"_:n{number}" for number in range(5)])
NAMED: Final = st.sampled_from(["<urn:a>", "<urn:b>", "<https://example.org/é>"])
LITERAL: Final = st.sampled_from(
    ['"x"', '"x"@en', '"1"^^<urn:t>', '"\\u0001\\u000B\\f\\u007F"', '"a\\tb\\nc\\"\\\\t"', '"_:n0"', '"😀\u2028"']
)
GRAPH: Final = st.one_of(st.just(""), st.just(""), BLANK, NAMED)
QUAD: Final = st.tuples(st.one_of(BLANK, BLANK, NAMED), st.sampled_from([P, Q]), st.one_of(BLANK, BLANK, NAMED, LITERAL), GRAPH)
DATASET: Final = st.lists(QUAD, max_size=12)


def relabelled(quads: Iterable[Quad], labels: dict[str, str]) -> list[Quad]:
    return [(labels.get(s, s), p, labels.get(o, o), labels.get(g, g)) for s, p, o, g in quads]


def second_opinion(quads: Iterable[Quad], hash_name: str) -> bytes:
    text = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(ALGORITHMS[hash_name])
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    return b"".join(sorted(written.splitlines(keepends=True)))


def related_twice(quads: Iterable[Quad]) -> bool:
    """Whether a blank node stands in the same relation to another in two quads: one predicate in two graphs, or one unnamed graph."""
    seen = set()
    for s, p, o, g in dict.fromkeys(quads):
        for node in {s, o, g}:
            for other, position, predicate in ((s, "s", p), (o, "o", p), (g, "g", "")):
                if node.startswith("_:") and other.startswith("_:") and node != other:
                    relation = (node, other, position, predicate)
                    if relation in seen:
                        return True
                    seen.add(relation)
    return False


def refused(quads: Iterable[Quad], *, max_quads: int = limits.MAX_QUADS, max_blank_nodes: int = limits.MAX_BLANK_NODES) -> str:
    with pytest.raises(VerificationError) as error:
        canonicalize(quads, max_quads=max_quads, max_blank_nodes=max_blank_nodes)
    assert error.value.code == "linked_data.too_complex"
    return error.value.detail


@pytest.mark.parametrize("hash_name", ALGORITHMS)
@given(quads=DATASET)
@settings(max_examples=150)
def test_agrees_with_a_second_implementation(hash_name: str, quads: list[Quad]) -> None:
    assume(not related_twice(quads))
    assert canonicalize(quads, hash_name).nquads == second_opinion(quads, hash_name)


@pytest.mark.parametrize("hash_name", ALGORITHMS)
def test_agrees_on_many_alike_graphs(hash_name: str) -> None:
    """Few predicates, many blank nodes, no names: what first-degree hashes cannot tell apart."""
    chance = random.Random(20260615)
    compared = 0
    while compared < 1_000:
        nodes = [f"_:n{number}" for number in range(chance.randint(2, 6))]
        graphs = ["", "", *nodes[:1]]
        quads = [(chance.choice(nodes), P, chance.choice(nodes), chance.choice(graphs)) for _ in range(chance.randint(1, 9))]
        if related_twice(quads):
            continue
        compared += 1
        assert canonicalize(quads, hash_name, budget=100_000).nquads == second_opinion(quads, hash_name)


@given(quads=DATASET, data=st.data())
@settings(max_examples=100)
def test_labels_and_order_do_not_matter(quads: list[Quad], data: st.DataObject) -> None:
    names = sorted({term for quad in quads for term in quad if term.startswith("_:")})
    other = dict(zip(names, data.draw(st.permutations([f"_:x{number}" for number in range(len(names))])), strict=True))
    canonical = canonicalize(quads)
    moved = canonicalize(data.draw(st.permutations(relabelled(quads, other))))
    assert moved.nquads == canonical.nquads
    assert sorted(canonical.labels.values()) == sorted(moved.labels.values()) == sorted(f"c14n{number}" for number in range(len(names)))


@given(quads=DATASET)
def test_the_labels_are_those_of_the_document(quads: list[Quad]) -> None:
    canonical = canonicalize(quads)
    named = relabelled(quads, {node: f"_:{label}" for node, label in canonical.labels.items()})
    assert canonical.nquads.decode() == "".join(sorted({f"{s} {p} {o} {g} .\n".replace("  .", " .") for s, p, o, g in named}))
    assert canonicalize(named).nquads == canonical.nquads


@pytest.mark.parametrize("nodes", ["", "a", "ab", "ba", "aa", "aba", "abba", "cabac", "aaaaab"])
def test_equal_orderings_are_tried_once(nodes: str) -> None:
    tried = list(_orderings(list(nodes)))
    assert len(tried) == len(set(tried))
    assert set(tried) == set(permutations(nodes))


def test_the_same_graph_twice_is_no_poison() -> None:
    # As in a presentation that shows one credential twice: each statement of a graph relates its name to the node in it once more.
    quads = [
        quad
        for graph, node in (("_:g", "_:n"), ("_:h", "_:m"))
        for quad in [
            ("<urn:x:holder>", "<urn:x:shows>", graph, ""),
            *((node, f"<urn:x:p{number}>", f'"{number}"', graph) for number in range(9)),
        ]
    ]
    assert canonicalize(quads, budget=60).nquads == second_opinion(quads, "sha256")


def test_a_node_related_twice_in_one_way_counts_twice() -> None:
    """Section 4.8.3 speaks of a list. rdf-canonize 5.0 keeps both and gives these bytes; pyoxigraph keeps one."""
    quads = [
        ("_:n3", P, "_:n2", ""),
        ("_:n1", P, "_:n0", "_:n0"),
        ("_:n2", P, "_:n3", ""),
        ("_:n3", P, "_:n0", "_:n0"),
        ("_:n1", P, "_:n0", ""),
        ("_:n2", P, "_:n1", ""),
    ]
    assert related_twice(quads)
    assert canonicalize(quads).nquads.decode() == (
        "_:c14n1 <urn:p> _:c14n2 .\n"
        "_:c14n1 <urn:p> _:c14n3 .\n"
        "_:c14n2 <urn:p> _:c14n0 _:c14n0 .\n"
        "_:c14n2 <urn:p> _:c14n1 .\n"
        "_:c14n3 <urn:p> _:c14n0 .\n"
        "_:c14n3 <urn:p> _:c14n0 _:c14n0 .\n"
    )
    assert canonicalize(quads).nquads != second_opinion(quads, "sha256")


def test_repeated_quads_count_once() -> None:
    quads = [("_:a", P, "_:a", ""), ("_:a", P, '"x"', "_:a")]
    assert canonicalize(quads * 3).nquads == canonicalize(quads).nquads == second_opinion(quads, "sha256")
    assert canonicalize(quads * 3, max_quads=2).labels == {"_:a": "c14n0"}


def test_nothing_is_canonical_too() -> None:
    assert canonicalize([]).nquads == b""
    assert canonicalize([("<urn:a>", P, '"x"', "")]).labels == {}


def test_the_hash_decides_the_labels() -> None:
    chain: list[Quad] = [(f"_:n{number}", P, f"_:n{number + 1}", "") for number in range(6)]
    chain.append(("_:n6", P, '"end"', ""))
    by_hash = {name: canonicalize(chain, name) for name in ALGORITHMS}
    assert by_hash["sha256"].nquads != by_hash["sha384"].nquads
    for name, canonical in by_hash.items():
        assert canonical.nquads == second_opinion(chain, name)
    assert by_hash["sha256"].nquads == canonicalize(chain).nquads


@pytest.mark.parametrize("graph", ["_:n1", ""])
def test_the_place_of_a_node_in_a_quad_matters(graph: str) -> None:
    """One pair of twins for each position: subject, object and graph."""
    four = [("_:n1", P, "_:n2", graph), ("_:n2", P, "_:n3", ""), ("<urn:a>", P, "_:n3", "_:n2"), ("_:n3", Q, "_:n1", "")]
    for quads in permutations(four, 3):
        assert canonicalize(quads).nquads == second_opinion(quads, "sha256")


def test_bounds_on_quads_and_nodes() -> None:
    quads: list[Quad] = [(f"_:n{number}", P, f'"{number}"', "") for number in range(5)]
    assert len(canonicalize(quads, max_quads=5, max_blank_nodes=5, budget=0).labels) == 5
    assert "5 statements; at most 4" in refused(quads, max_quads=4)
    assert "5 unnamed nodes; at most 4" in refused(quads, max_blank_nodes=4)


def test_the_node_s_own_bounds() -> None:
    most: list[Quad] = [(f"_:n{number}", P, f'"{number}"', "") for number in range(limits.MAX_BLANK_NODES)]
    assert len(canonicalize(most).labels) == limits.MAX_BLANK_NODES
    refused([*most, ("_:more", P, '"x"', "")])
    wide: list[Quad] = [("<urn:s>", P, f'"{number}"', "") for number in range(limits.MAX_QUADS)]
    assert canonicalize(wide).nquads.count(b"\n") == limits.MAX_QUADS
    refused([*wide, ("<urn:s>", Q, '"x"', "")])


def steps(quads: list[Quad]) -> int:
    """The smallest budget with which `quads` are canonicalized."""
    low, high = 0, limits.MAX_CANONICALIZATION_STEPS
    while low < high:
        middle = (low + high) // 2
        try:
            canonicalize(quads, budget=middle)
            high = middle
        except VerificationError:
            low = middle + 1
    return low


def both(pairs: Iterable[tuple[int, int]]) -> list[Quad]:
    return [(f"_:n{a}", P, f"_:n{b}", "") for one, other in pairs for a, b in ((one, other), (other, one))]


def test_what_steps_cost() -> None:
    """Counted by hand from section 4.8: one for each call, one for each ordering, one more for each sixteen items of either."""
    assert steps([("_:a", P, '"x"', ""), ("_:b", P, '"y"', "")]) == 0
    # Two nodes alike that name nothing else: a call each.
    assert steps([("_:a", P, '"x"', "<urn:1>"), ("_:b", P, '"x"', "<urn:1>")]) == 2
    # Each other, as subject and as object: a call, an ordering for each relation, and the first ordering calls the other node, which
    # tries one ordering for each relation. Six for each node.
    assert steps([("_:a", P, "_:b", ""), ("_:b", P, "_:a", "")]) == 12
    # Sixteen more items make each call cost one more.
    wide: list[Quad] = [(node, P, f'"{number}"', "") for node in ("_:a", "_:b") for number in range(16)]
    assert steps(wide) == 4
    assert steps(wide[:15] + wide[16:31]) == 2


RING: Final = [(number, (number + 1) % 12) for number in range(12)]
POISON: Final = {
    "clique of 6": both(combinations(range(6), 2)),
    "clique of 7": both(combinations(range(7), 2)),
    "clique of 10": both(combinations(range(10), 2)),
    "clique of 40": both(combinations(range(40), 2)),
    "star with 3,000 unnamed rays": [("<urn:hub>", P, f"_:n{number}", "") for number in range(3_000)],
    "star with 1,020 unnamed rays from an unnamed hub": [("_:hub", P, f"_:n{number}", "") for number in range(1_020)],
    "chain of 120": [(f"_:n{number}", P, f"_:n{number + 1}", "") for number in range(120)],
    "two stars with nine rays": [(f"_:hub{hub}", P, f"_:n{hub}.{number}", "") for hub in range(2) for number in range(9)],
    "ring of 200": [(f"_:n{number}", P, f"_:n{(number + 1) % 200}", "") for number in range(200)],
    "grid": [(f"_:n{x}.{y}", P, f"_:n{(x + dx) % 8}.{(y + 1 - dx) % 8}", "") for x in range(8) for y in range(8) for dx in (0, 1)],
}


@pytest.mark.parametrize("name", POISON)
def test_poison_is_refused_in_time(name: str) -> None:
    started = time.process_time()
    assert refused(POISON[name])
    assert time.process_time() - started < SECONDS


HONEST: Final = {
    "clique of 4": both(combinations(range(4), 2)),
    "ring of 12": both(RING),
    "one-way ring of 12": [(f"_:n{a}", P, f"_:n{b}", "") for a, b in RING],
    "star with 200 unnamed rays": [("<urn:hub>", P, f"_:n{number}", "") for number in range(200)],
    "chain of 25": [(f"_:n{number}", P, f"_:n{number + 1}", "") for number in range(25)],
    "list of 200": [
        quad
        for number in range(200)
        for quad in ((f"_:n{number}", P, f'"{number}"', ""), (f"_:n{number}", Q, f"_:n{number + 1}" if number < 199 else "<urn:nil>", ""))
    ],
    "many alike": [("<urn:s>", P, f"_:n{number}", "") for number in range(20)] + [(f"_:n{number}", Q, '"x"', "") for number in range(20)],
    "wide nodes alike": [(node, P, f'"{number}"', "") for node in (f"_:n{n}" for n in range(40)) for number in range(400)],
    "tree": [(f"_:n{number // 2}", P, f"_:n{number}", "") for number in range(2, 32)],
}


@pytest.mark.parametrize("name", HONEST)
def test_graphs_that_only_look_dear_are_done_in_time(name: str) -> None:
    started = time.process_time()
    canonical = canonicalize(HONEST[name])
    assert time.process_time() - started < SECONDS
    assert canonical.nquads == second_opinion(HONEST[name], "sha256")


def test_a_chain_that_the_interpreter_s_stack_could_not_follow_is_refused() -> None:
    """An ordered list of equal values: each cell is told from the next by its neighbours only."""
    for length in (200, 400, 2_000):
        quads = []
        for cell in range(length):
            after = f"_:b{cell + 1}" if cell + 1 < length else "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
            quads += [(f"_:b{cell}", "<urn:first>", '"a"', ""), (f"_:b{cell}", "<urn:rest>", after, "")]
        with pytest.raises(VerificationError) as refused:
            canonicalize(quads, "sha256", budget=10**9, max_blank_nodes=10**6)
        assert refused.value.code == "linked_data.too_complex"
