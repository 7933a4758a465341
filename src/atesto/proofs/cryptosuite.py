"""What a Data Integrity cryptosuite is made of (VC-DI section 3.1), as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Canonicalization(StrEnum):
    """How a document becomes bytes."""

    RDFC = "rdfc"
    """JSON-LD to RDF, then RDFC-1.0 (with the suite's hash inside); the `@context` is not part of the bytes."""
    JCS = "jcs"
    """RFC 8785 over the JSON; the `@context` is part of the bytes."""


@dataclass(frozen=True, slots=True)
class Cryptosuite:
    """One row of `suites.SUITES`. `key_hashes`: key algorithm -> hash of canonicalization and signing input."""

    name: str
    canonicalization: Canonicalization
    key_hashes: Mapping[str, str]
    proof_type: str = "DataIntegrityProof"
    """The proof's `type`. A suite with a type of its own is named by that, and its proofs have no `cryptosuite`."""
    verify_only: bool = False
    """Whether nothing is signed with it any more. Such suites also demand `created`, as their specifications did."""

    @property
    def hash_names(self) -> tuple[str, ...]:
        """Every hash that a key of this suite may call for, each once."""
        return tuple(dict.fromkeys(self.key_hashes.values()))
