"""Station 6: the key of each proof, as its controller publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atesto.errors import AtestoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.dids.document import VerificationMethod
    from atesto.ports import KeyResolver
    from atesto.verification.proof_statement import ProofStatement
    from atesto.verification.record import Record

Keys: TypeAlias = "tuple[tuple[ProofStatement, VerificationMethod], ...]"
"""What each proof says of itself, with its key."""


async def resolve_keys(statements: Sequence[ProofStatement], resolver: KeyResolver, record: Record) -> Keys:
    """Each statement with its verification method. Raises what the resolver raises, at the statement's place."""
    return tuple([(statement, await _method(statement, resolver, record)) for statement in statements])


async def _method(statement: ProofStatement, resolver: KeyResolver, record: Record) -> VerificationMethod:
    try:
        return await resolver.resolve(statement.verification_method, budget=record.fetches)
    except AtestoError as error:
        raise error.below(statement.places["verificationMethod"]) from None
