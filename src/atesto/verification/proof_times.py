"""Station 9, of the proofs: none has expired or comes from the future, and each key was good when it was used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from atesto.errors import VerificationError

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.record import Record


def check_proof_times(record: Record, keys: Keys, now: datetime, policy: Policy) -> None:
    """Notes `time.no_offset`. Raises VerificationError `time.*`, `key.revoked`, `key.expired`."""
    ahead = now + timedelta(seconds=policy.clock_skew_seconds)
    for statement, method in keys:
        places = statement.places
        for name in statement.without_offset:
            record.note("time.no_offset", f"The proof's {name} names no time zone; it was read as UTC.", places[name])
        if statement.expires is not None and statement.expires < now:
            raise VerificationError("time.proof_expired", "The proof has expired.", pointer=places["expires"])
        if statement.not_before is not None and statement.not_before > ahead:
            raise VerificationError("time.not_yet_valid", "The proof is not valid yet.", pointer=places["notBefore"])
        if statement.created is not None and statement.created > ahead:
            raise VerificationError("time.proof_from_future", "The proof was made in the future.", pointer=places["created"])
        made = statement.created if statement.created is not None else now
        method_pointer = places["verificationMethod"]
        if method.revoked is not None and made >= method.revoked:
            raise VerificationError("key.revoked", "The key was revoked when the proof was made.", pointer=method_pointer)
        if method.expires is not None and made >= method.expires:
            raise VerificationError("key.expired", "The key had expired when the proof was made.", pointer=method_pointer)
