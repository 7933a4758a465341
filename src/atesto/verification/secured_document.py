"""A document secured by Data Integrity proofs, as `secured.Secured`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from atesto.proofs.data_integrity import check_signature, hash_proofs
from atesto.proofs.proof import parse_proofs
from atesto.verification.keys import resolve_keys
from atesto.verification.proof_statement import ProofStatement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import KeyResolver, LinkedDataWorkers
    from atesto.proofs.data_integrity import HashData
    from atesto.proofs.proof import Proof
    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.record import Record

_MEMBERS: Final = ("verificationMethod", "proofPurpose", "challenge", "domain", "created", "expires")


@dataclass(frozen=True)
class SecuredDocument:
    """The proofs stand in the document; what they sign are its statements."""

    document: JsonObject
    text: None = None
    envelope: None = None
    binds_context: bool = False

    def judge_form(self, version: str, record: Record) -> None:  # noqa: ARG002 - the interface's
        """There is one form. Notes `proof.deprecated_suite`."""
        for proof in self._proofs:
            if proof.suite.verify_only:
                record.note("proof.deprecated_suite", f"It is {proof.suite.name}.", proof.pointer)

    def issuer(self, named: str) -> str:
        """The one that the document names."""
        return named

    def presenter(self, named: str | None) -> str | None:
        """The one that the document names."""
        return named

    def statements(self, party: str | None) -> tuple[ProofStatement, ...]:  # noqa: ARG002 - the interface's
        """Raises what `parse_proofs` raises."""
        return tuple(_statement(proof) for proof in self._proofs)

    async def signed_bytes(self, workers: LinkedDataWorkers, record: Record) -> tuple[HashData, ...]:  # noqa: ARG002 - the interface's
        """Raises what `hash_proofs` raises."""
        return await workers.run(hash_proofs, self.document, self._proofs)

    async def find_keys(self, statements: Sequence[ProofStatement], resolver: KeyResolver, record: Record) -> Keys:
        """Raises what `resolve_keys` raises."""
        return await resolve_keys(statements, resolver, record)

    def check_party(self, party: str, policy: Policy, record: Record) -> None:
        """A proof names its key and nobody else."""

    def check_signatures(self, signed: Sequence[HashData], methods: Sequence[VerificationMethod]) -> None:
        """Raises what `check_signature` raises."""
        for proof, method, hash_data in zip(self._proofs, methods, signed, strict=True):
            check_signature(proof, hash_data, method.public_key)

    def check_time(self, record: Record) -> None:
        """A proof's times stand in its statement."""

    @cached_property
    def _proofs(self) -> tuple[Proof, ...]:
        return parse_proofs(self.document)


def _statement(proof: Proof) -> ProofStatement:
    dates = {"created": proof.created, "expires": proof.expires}
    return ProofStatement(
        places={name: f"{proof.pointer}/{name}" for name in _MEMBERS},
        verification_method=proof.verification_method,
        purpose=proof.purpose,
        challenge=proof.challenge,
        domain=proof.domain,
        created=proof.created.moment if proof.created is not None else None,
        expires=proof.expires.moment if proof.expires is not None else None,
        without_offset=tuple(name for name, date in dates.items() if date is not None and not date.has_offset),
    )
