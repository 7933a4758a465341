"""What one proof says of itself, whichever way it is written: a Data Integrity proof, or the claims of a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProofStatement:
    """`places` says where each statement stands, by the name that it has in a Data Integrity proof."""

    places: Mapping[str, str]
    verification_method: str
    purpose: str | None = None
    """None: the form has no word for it, and the key's relationship alone decides."""
    challenge: str | None = None
    domain: tuple[str, ...] = ()
    created: datetime | None = None
    not_before: datetime | None = None
    expires: datetime | None = None
    without_offset: tuple[str, ...] = ()
    """Those of its dates whose text names no time zone."""
