"""What is known of a key in custody, without its secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from atesto.keys.jwk import jwk_thumbprint

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.keys.public_key import PublicKey
    from atesto.ports import Did, DidUrl


class KeyState(StrEnum):
    """Where a key stands. Only an active key signs; the others stay published, so that what they signed can be judged."""

    ACTIVE = "active"
    RETIRED = "retired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One key of one DID. Nothing in it is secret."""

    public_key: PublicKey
    did: Did
    verification_method: DidUrl
    created: datetime
    state: KeyState = KeyState.ACTIVE
    retired: datetime | None = None
    """When the key was retired; None while it is active, or when it was revoked without having been retired."""
    revoked_since: datetime | None = None
    """From when on a revoked key is not trusted; None for a revoked key means that the time is unknown: never trust it."""

    key_id: str = field(init=False)
    """The RFC 7638 thumbprint of the public key."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key_id", jwk_thumbprint(self.public_key))
