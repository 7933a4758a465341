"""Station 6: the key of each proof, as its controller publishes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from atesto import limits
from atesto.dids.document import did_document
from atesto.errors import AtestoError, MalformedInput, VerificationError
from atesto.keys.published_test_keys import is_published_test_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.dids.document import VerificationMethod
    from atesto.ports import KeyResolver
    from atesto.verification.policy import Policy
    from atesto.verification.proof_statement import ProofStatement
    from atesto.verification.record import Record

Keys: TypeAlias = "tuple[tuple[ProofStatement, VerificationMethod], ...]"
"""What each proof says of itself, with its key."""

_DID_KEY: Final = "did:key:"


async def resolve_keys(statements: Sequence[ProofStatement], resolver: KeyResolver, record: Record) -> Keys:
    """Each statement with its verification method. Raises what the resolver raises, at the statement's place."""
    return tuple([(statement, await _method(statement, resolver, record)) for statement in statements])


def refuse_published_keys(keys: Keys, policy: Policy, record: Record) -> None:
    """Notes `key.published` where the policy accepts such keys. Raises VerificationError `key.published`."""
    for statement, method in keys:
        if not is_published_test_key(method.public_key):
            continue
        pointer = statement.places["verificationMethod"]
        if not policy.published_test_keys:
            raise VerificationError("key.published", "The key stands in a specification or in published test vectors.", pointer=pointer)
        record.note("key.published", "The key stands in a specification or in published test vectors.", pointer)


def refuse_unnamed_keys(keys: Keys, policy: Policy) -> None:
    """A did:key without a fragment says whose proof it is, and names no verification method.

    Raises MalformedInput `did.method_url_malformed` unless the policy takes it.
    """
    for statement, _ in keys:
        if not policy.bare_did_key and _is_bare_did_key(statement.verification_method):
            raise MalformedInput(
                "did.method_url_malformed",
                "The verification method has no fragment: it names no key.",
                pointer=statement.places["verificationMethod"],
            )


async def _method(statement: ProofStatement, resolver: KeyResolver, record: Record) -> VerificationMethod:
    named = statement.verification_method
    try:
        # There is one key that it can mean, so whose it would be can be told before the form is refused.
        whole = f"{named}#{named.removeprefix(_DID_KEY)}" if _is_bare_did_key(named) else named
        return await resolver.resolve(whole, budget=record.fetches)
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


def _is_bare_did_key(method: str) -> bool:
    return method.startswith(_DID_KEY) and not {"#", "/", "?"} & set(method)
