"""Who makes presentations for tests and demonstrations: a key of this node, and the policy that they have to pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.errors import UnsupportedFeature
from atesto.issuance.present import prove_presentation
from atesto.issuance.securing import JWT

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import Signer
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.verification.pipeline import Verifier


@dataclass(frozen=True, slots=True)
class Prover:
    """Makes presentations with one key, by its names for proofs and for tokens, one cryptosuite, and one policy."""

    proofs: Signer
    tokens: Signer
    suite: Cryptosuite | None
    verifier: Verifier

    async def __call__(
        self, presentation: JsonObject, *, challenge: str | None, domain: str | None, envelope: str | None, now: datetime
    ) -> JsonObject:
        """With a proof, or as a token where an `envelope` is asked for. Raises as `prove_presentation`, and `key.unsupported`."""
        suite = self.suite if envelope is None else JWT
        if suite is None:
            raise UnsupportedFeature("key.unsupported", "No cryptosuite takes the issuer's RSA key: ask for an envelope.")
        return await prove_presentation(
            presentation,
            signer=self.proofs if envelope is None else self.tokens,
            suite=suite,
            verifier=self.verifier,
            now=now,
            challenge=challenge,
            domain=domain,
        )
