"""Making a presentation with a key of this node: for tests and demonstrations, not for learners' keys (those live in wallets).

Checks: 1. the presentation has its shape; 2. its contexts are allowed by the policy; 3. `holder`, when named, is the signer's DID;
4. nothing in it is lost (by signing). It does not verify the credentials inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.credentials.structure import check_presentation
from atesto.errors import PolicyDenied, VerificationError
from atesto.issuance.securing import completed
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.verification.context_policy import check_contexts

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.ports import Signer
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.verification.pipeline import Verifier


async def prove_presentation(
    presentation: JsonObject,
    *,
    signer: Signer,
    suite: Cryptosuite,
    verifier: Verifier,
    now: datetime,
    challenge: str | None = None,
    domain: str | None = None,
) -> JsonObject:
    """The presentation with a proof for authentication. Raises AtestoError; nothing is recorded, presentations are not issued."""
    shape = check_presentation(presentation)
    if "proof" in presentation:
        raise PolicyDenied("issue.already_secured", "The presentation already carries a proof.", pointer="/proof")
    check_contexts(presentation, verifier.contexts, verifier.policy)
    did = signer.verification_method.partition("#")[0]
    if shape.holder is not None and shape.holder != did:
        raise VerificationError("binding.holder_mismatch", f"The holder is not {did}, whose key signs.", pointer="/holder")
    presentation = completed(presentation, shape.version)
    named: dict[str, JsonValue] = {"challenge": challenge, "domain": domain}
    options = proof_options(
        presentation,
        suite=suite,
        verification_method=signer.verification_method,
        purpose="authentication",
        created=now,
        more={name: value for name, value in named.items() if value is not None},
    )
    secured, _ = await sign_proof(verifier.workers, presentation, options, signer=signer)
    return secured
