"""Work that grows faster than the document is not done: no lookup for what is sound, no hash twice, no chain beyond its budget."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from atesto import limits
from atesto.errors import VerificationError
from atesto.linked_data import pyld_gateway
from atesto.linked_data.complexity import complexity
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.proofs.data_integrity import hash_proofs
from atesto.proofs.proof import parse_proofs
from tests.simulators.parts import CONTEXTS, PROCESSOR, MemorySigner, credential

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.linked_data.dataset import Quad
    from atesto.linked_data.rdfc import CanonicalDataset

SIGNER = MemorySigner.numbered(1)


def proof(**members: Any) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof", "cryptosuite": "ecdsa-rdfc-2019", "created": "2026-06-15T12:00:00Z",
        "proofPurpose": "assertionMethod", "verificationMethod": SIGNER.verification_method, "proofValue": "z2", **members,
    }  # fmt: skip


def chain(links: int) -> list[dict[str, Any]]:
    proofs = [proof(id=f"urn:uuid:{number}") for number in range(links + 1)]
    for before, after in itertools.pairwise(proofs):
        after["previousProof"] = before["id"]
    return proofs


class CountingProcessor(LinkedDataProcessor):
    """Counts what is canonicalized, by the number of statements."""

    def __init__(self) -> None:
        super().__init__(CONTEXTS)
        self.seen: list[tuple[int, str]] = []

    def canonicalize(self, quads: Sequence[Quad], hash_name: str) -> CanonicalDataset:
        self.seen.append((len(quads), hash_name))
        return super().canonicalize(quads, hash_name)


def test_a_document_is_canonicalized_once_for_each_hash_however_many_proofs_sign_it() -> None:
    document = credential(SIGNER, name=["a", "b", "c", "d", "e", "f", "g", "h"], proof=[proof() for _ in range(8)])
    processor = CountingProcessor()
    hashes = hash_proofs(processor, document, parse_proofs(document))
    statements = len(PROCESSOR.dataset_of({name: value for name, value in document.items() if name != "proof"}))
    assert sorted(hash_name for size, hash_name in processor.seen if size == statements) == ["sha256", "sha384"]
    assert len({entry["sha256"] for entry in hashes}) == 1


def test_a_chain_is_charged_for_every_pass_over_the_document() -> None:
    document: dict[str, Any] = credential(SIGNER, name=[f"s{number}" for number in range(6_000)])
    assert limits.MAX_REPEATED_COST // 4 < complexity(document) < limits.MAX_DOCUMENT_COST
    for links in (0, 1):
        secured = {**document, "proof": chain(links)}
        assert len(hash_proofs(PROCESSOR, secured, parse_proofs(secured))) == links + 1
    secured = {**document, "proof": chain(limits.MAX_CHAINED_PROOFS)}
    with pytest.raises(VerificationError, match="4 times over") as caught:
        hash_proofs(PROCESSOR, secured, parse_proofs(secured))
    assert caught.value.code == "linked_data.too_complex"


def test_where_a_text_stands_is_looked_up_for_a_fault_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    real = pyld_gateway._LosslessProcessor._pointer_of

    def counted(self: Any, active_property: Any, value: Any) -> str:
        looks.append(value)
        return real(self, active_property, value)

    monkeypatch.setattr(pyld_gateway._LosslessProcessor, "_pointer_of", counted)
    PROCESSOR.expand(credential(SIGNER, name=[f"s{number}" for number in range(100)]))
    assert looks == []
    with pytest.raises(VerificationError) as caught:
        PROCESSOR.expand(credential(SIGNER, name=["a", "b", 1e400]))
    assert (caught.value.code, caught.value.pointer, len(looks)) == ("linked_data.dropped_value", "/name/2", 1)
