"""Station 6: the key of each proof, as its controller publishes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from atesto import limits
from atesto.dids.document import did_document
from atesto.errors import AtestoError, VerificationError

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


async def only_key(statement: ProofStatement, relationship: str, resolver: KeyResolver, record: Record) -> Keys:
    """The statement with the only key that its controller lists under `relationship`; its method's URL is the controller's alone.

    A document may have several names for one key. Raises VerificationError `token.kid` where it lists none or several keys, and what the
    resolver raises.
    """
    controller, place = statement.verification_method, statement.places["verificationMethod"]
    try:
        document = await resolver.resolve_document(controller, budget=record.fetches)
        names = did_document(document, controller).listed_under(relationship)
        if not 0 < len(names) <= limits.MAX_METHODS_WITHOUT_KID:
            raise VerificationError("token.kid", f"The token names no key, and {controller} lists {len(names)} under {relationship}.")
        found = [await resolver.resolve(name, budget=record.fetches) for name in names]
    except AtestoError as error:
        # A pointer into the controller's document leads nowhere in this one.
        raise type(error)(error.code, error.detail, pointer=place) from None
    if any(method.public_key != found[0].public_key for method in found):
        raise VerificationError("token.kid", f"The token names no key, and {controller} lists several under {relationship}.", pointer=place)
    return ((replace(statement, verification_method=found[0].id), found[0]),)
