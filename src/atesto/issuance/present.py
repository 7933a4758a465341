"""Making a presentation with a key of this node: for tests and demonstrations, not for learners' keys (those live in wallets).

1. the presentation has its shape, and no proof;
2. its contexts are allowed by the policy;
3. `holder`, when named, is the signer's DID;
4. it is signed, with a proof in it or a token around it; what JSON-LD would lose is refused;
5. this node's verifier passes what was signed, with the challenge and domain that it was made for.

It does not judge the credentials inside: whoever presents them may show an expired one, and a verifier will say so.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.credentials.structure import check_presentation
from atesto.dids.resolution import NoFetcher
from atesto.errors import CustodyError, PolicyDenied, ResolutionError, VerificationError
from atesto.issuance.securing import presenting
from atesto.verification.context_policy import check_contexts

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.issuance.securing import Jwt
    from atesto.ports import KeyResolver, Signer
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.verification.pipeline import Verifier


async def prove_presentation(
    presentation: JsonObject,
    *,
    signer: Signer,
    suite: Cryptosuite | Jwt,
    verifier: Verifier,
    now: datetime,
    challenge: str | None = None,
    domain: str | None = None,
) -> JsonObject:
    """The presentation with a proof for authentication, or the envelope of a token.

    Raises AtestoError; nothing is recorded, presentations are not issued.
    """
    shape = check_presentation(presentation)
    if "proof" in presentation:
        raise PolicyDenied("issue.already_secured", "The presentation already carries a proof.", pointer="/proof")
    check_contexts(presentation, verifier.contexts, verifier.policy)
    did = signer.verification_method.partition("#")[0]
    if shape.holder is not None and shape.holder != did:
        raise VerificationError("binding.holder_mismatch", f"The holder is not {did}, whose key signs.", pointer="/holder")
    way = presenting(suite, version=shape.version, created=now, presenter=did, challenge=challenge, domain=domain)
    secured, _ = await way.sign(verifier.workers, way.completed(presentation, shape.version), signer=signer)
    alone = dataclasses.replace(verifier, resolver=_OneResolver(signer.verification_method, verifier.resolver), fetcher=NoFetcher())
    report = await alone.verify_presentation(secured, now=now, challenge=challenge, domain=domain)
    for result in report.stations:
        if result.error is not None and result.error.code == "proof.signature_invalid":
            raise CustodyError("issue.signed_differs", f"The signed presentation does not verify: {result.error.detail}")
        if result.error is not None:
            raise result.error
    return secured


@dataclass(frozen=True, slots=True)
class _OneResolver:
    """Answers for the signer's own verification method; nobody is asked for the keys of the credentials inside."""

    method_id: str
    resolver: KeyResolver

    async def resolve(self, verification_method: str, *, budget: FetchBudget | None = None) -> VerificationMethod:
        if verification_method != self.method_id:
            raise _not_asked(verification_method)
        return await self.resolver.resolve(verification_method, budget=budget)

    def asks_nobody(self, controller: str) -> bool:
        return self.resolver.asks_nobody(controller)

    async def resolve_document(self, controller: str, *, budget: FetchBudget | None = None) -> JsonObject:  # noqa: ARG002 - the interface's
        raise _not_asked(controller)

    async def resolve_jwk_set(self, issuer: str, *, budget: FetchBudget | None = None) -> tuple[JsonObject, ...]:  # noqa: ARG002 - the interface's
        raise _not_asked(issuer)


def _not_asked(what: str) -> ResolutionError:
    return ResolutionError("did.method_not_found", f"{what} is not the key that signed the presentation.")
