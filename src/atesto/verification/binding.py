"""Station 7: do the keys belong to those who speak, and may they be used for this? (VC-DI section 4.4, VCDM 2.0 section 4.7)

Checks of every proof, in order:
1. its purpose, where its form has a word for it, is the one expected (assertionMethod for credentials, authentication for presentations);
2. its method is controlled by the DID in whose document it was found, which lists it under that purpose;
3. a challenge or domain that the verifier named equals the proof's (of a token: `nonce` and `aud`), whole.
Checks over all proofs:
4. a credential's issuer, when it is a DID or an https URL with a controller document, controls the method of at least one proof;
   when no such document can be had, or it is another kind of URL, the policy decides;
5. a presentation's holder, when named, controls the method of at least one proof.

It does not check the suite against the key (station 8 does), nor who the issuer says to be beside its identifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.dids.controller_document import NOT_ASKED_LONG_ENOUGH
from atesto.errors import AtestoError, PolicyDenied, ResolutionError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.dids.document import VerificationMethod
    from atesto.fetch_budget import FetchBudget
    from atesto.ports import KeyResolver
    from atesto.verification.policy import Policy
    from atesto.verification.proof_statement import ProofStatement
    from atesto.verification.record import Record

PURPOSES: Final = {"credential": "assertionMethod", "presentation": "authentication"}


def check_purpose(proof: ProofStatement, method: VerificationMethod, expected: str) -> None:
    """Checks 1 and 2. Raises VerificationError `binding.purpose`, `binding.not_authorized`."""
    if proof.purpose is not None and proof.purpose != expected:
        raise VerificationError("binding.purpose", f"The proof's purpose is not {expected}.", pointer=proof.places["proofPurpose"])
    if method.controller != method.id.partition("#")[0] or expected not in method.relationships:
        raise VerificationError(
            "binding.not_authorized",
            f"Its controller does not list the key under {expected}.",
            pointer=proof.places["verificationMethod"],
        )


def check_freshness(proof: ProofStatement, *, challenge: str | None, domain: str | None) -> None:
    """Check 3. Raises VerificationError `binding.challenge`, `binding.domain`."""
    if challenge is not None and proof.challenge != challenge:
        raise VerificationError(
            "binding.challenge", "The proof does not carry the challenge that was asked for.", pointer=proof.places["challenge"]
        )
    if domain is not None and proof.domain != (domain,):
        raise VerificationError("binding.domain", "The proof was not made for this domain.", pointer=proof.places["domain"])


def speaks(party: str | None, statements: Sequence[ProofStatement]) -> bool:
    """Whether a proof may be by `party`, as far as that can be told before anybody is asked: a DID's keys are its own.

    What names no method, as a seal, is not told apart here.
    """
    if party is None or not party.startswith("did:"):
        return True
    return any(statement.verification_method.partition("#")[0] in {party, ""} for statement in statements)


def strangers(kind: str) -> VerificationError:
    """The refusal of a document of that kind by whose party no proof is."""
    if kind == "presentation":
        return VerificationError("binding.holder_mismatch", "None of the proofs is by the holder.", pointer="/holder")
    return VerificationError("binding.issuer_mismatch", "None of the proofs is by the issuer.", pointer="/issuer")


async def check_issuer(
    issuer: str, methods: Sequence[VerificationMethod], policy: Policy, record: Record, *, resolver: KeyResolver, budget: FetchBudget
) -> None:
    """Check 4. Raises VerificationError `binding.issuer_mismatch`, PolicyDenied `binding.issuer_unverified`, or as `_has_document`."""
    if any(method.controller == issuer for method in methods):
        return
    if issuer.startswith("did:") or await _has_document(issuer, resolver, budget):
        raise strangers("credential")
    if not policy.unbound_issuers:
        raise PolicyDenied(
            "binding.issuer_unverified",
            "The issuer is named by a URL at which this node found no document with its keys.",
            pointer="/issuer",
        )
    record.note("binding.unverified", "The issuer is named by a URL at which no document with its keys was found.", "/issuer")


async def _has_document(issuer: str, resolver: KeyResolver, budget: FetchBudget) -> bool:
    """Whether `issuer` is an https URL that publishes a controller document: then its keys can be told, and these are not among them.

    Raises ResolutionError `fetch.too_*` when that could not be found out.
    """
    if not issuer.startswith("https://"):
        return False
    try:
        await resolver.resolve_document(issuer, budget=budget)
    except AtestoError as error:
        if error.code in NOT_ASKED_LONG_ENOUGH:
            raise ResolutionError(error.code, error.detail, pointer="/issuer") from None
        return False
    return True


def check_holder(holder: str | None, methods: Sequence[VerificationMethod], record: Record) -> str:
    """Check 5; returns who presents. Raises VerificationError `binding.holder_mismatch`."""
    if holder is None:
        if len({method.controller for method in methods}) > 1:
            # The order of proofs is not signed: who presents must not depend on it.
            raise VerificationError("binding.holder_mismatch", "Several parties have signed, and no holder is named.", pointer="/holder")
        record.note("holder.not_named", "The presenter is the controller of the proof's key.", "/holder")
        return methods[0].controller
    if not any(method.controller == holder for method in methods):
        raise strangers("presentation")
    return holder
