"""From verified credentials to an issued learner record (CLR 2.0).

1. each credential verifies on its own, with a proof;
2. they are bundled, unchanged, with what the issuer says of them (`profiles.clr.bundle`);
3. the record is issued (`issuance.issue`, in its own order).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.credentials.envelope import is_envelope
from atesto.errors import VerificationError
from atesto.profiles.clr.bundle import bundle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.issuance.issue import Issuer
    from atesto.profiles.clr.bundle import RecordPlan


@dataclass(frozen=True, slots=True)
class RecordIssuer:
    """Issues learner records with one issuer; `new_id` gives each its identifier."""

    issuer: Issuer
    new_id: Callable[[], str]

    async def __call__(self, credentials: tuple[JsonObject | str, ...], plan: RecordPlan, *, now: datetime) -> JsonObject:
        """The issued record. Raises AtestoError below `/0`, `/1` … for a credential, or with a pointer into the plan.

        A credential that cannot be confirmed is not bundled.
        """
        given = tuple(_token_of(credential) for credential in credentials)
        document = bundle(given, plan, issuer_did=self.issuer.did, credential_id=self.new_id(), issued=now)
        for index, credential in enumerate(credentials):
            report = await self.issuer.verifier.verify_credential(credential, now=now)
            if not report.verified:
                problem = report.problems[0]
                raise VerificationError("clr.not_confirmed", f"It does not verify: {problem.detail}", pointer=f"/{index}{problem.pointer}")
        return await self.issuer.issue(document, now=now)


def _token_of(credential: JsonObject | str) -> JsonObject | str:
    """An envelope stands for its token."""
    return str(credential.get("id", "")) if isinstance(credential, dict) and is_envelope(credential) else credential
