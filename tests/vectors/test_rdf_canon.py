"""W3C RDF Dataset Canonicalization test suite: canonical documents, label maps, and the graph that must be refused."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any, Final

import pyoxigraph
import pytest

from atesto.errors import VerificationError
from atesto.linked_data.rdfc import canonicalize
from tests.nquads import read_nquads
from tests.reference_data import reference

pytestmark = pytest.mark.vectors

FOLDER: Final = reference("vectors", "rdf-canon")
MANIFEST: Final = json.loads((FOLDER / "manifest.jsonld").read_bytes())
ENTRIES: Final[list[dict[str, str]]] = MANIFEST["entries"]
EVALUATION, LABELS, POISON = "rdfc:RDFC10EvalTest", "rdfc:RDFC10MapTest", "rdfc:RDFC10NegativeEvalTest"
MEMBERS: Final = {"id", "type", "name", "comment", "computationalComplexity", "approval", "action"}
SECONDS: Final = 1.0


def of_type(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry["type"] == kind], ids=lambda entry: entry["id"][1:])


def quads(entry: dict[str, str]) -> Any:
    return read_nquads((FOLDER / entry["action"]).read_bytes())


def test_the_suite_is_the_one_we_know() -> None:
    assert set(MANIFEST) == {"@context", "id", "type", "label", "comment", "entries"}
    assert Counter(entry["type"] for entry in ENTRIES) == {EVALUATION: 35, LABELS: 12, POISON: 1}
    for entry in ENTRIES:
        assert set(entry) == MEMBERS | (set() if entry["type"] == POISON else {"result"})
        assert entry["approval"] == "rdft:Approved"
    named = {entry[member] for entry in ENTRIES for member in ("action", "result") if member in entry}
    assert named == {f"rdfc10/{path.name}" for path in (FOLDER / "rdfc10").iterdir()}
    assert len(named) == 83
    assert len({entry["id"] for entry in ENTRIES}) == 48


@of_type(EVALUATION)
def test_canonical_document(entry: dict[str, str]) -> None:
    assert canonicalize(quads(entry)).nquads == (FOLDER / entry["result"]).read_bytes()


@of_type(EVALUATION)
def test_canonical_document_with_sha384_agrees_with_a_second_implementation(entry: dict[str, str]) -> None:
    dataset = pyoxigraph.Dataset(pyoxigraph.parse((FOLDER / entry["action"]).read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0_SHA_384)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    assert canonicalize(quads(entry), "sha384").nquads == b"".join(sorted(written.splitlines(keepends=True)))


@of_type(LABELS)
def test_issued_labels(entry: dict[str, str]) -> None:
    # The suite writes labels without `_:`.
    labels = canonicalize(quads(entry)).labels
    assert {node.removeprefix("_:"): label for node, label in labels.items()} == json.loads((FOLDER / entry["result"]).read_bytes())


@of_type(POISON)
@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
def test_poison_is_refused_in_time(entry: dict[str, str], hash_name: str) -> None:
    dataset, started = quads(entry), time.process_time()
    with pytest.raises(VerificationError) as refused:
        canonicalize(dataset, hash_name)
    assert refused.value.code == "linked_data.too_complex"
    assert time.process_time() - started < SECONDS
