"""What is asked of one verification, and where in a request the credential stands that is verified."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atesto import limits

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.fetch_budget import FetchBudget


@dataclass(frozen=True, slots=True)
class Asked:
    """The moment, and what the verifier wants to be true besides; None for what was not asked."""

    now: datetime
    challenge: str | None = None
    domain: str | None = None
    recipient: str | None = None


class NestedCount:
    """How many credentials inside one credential may still be verified, at every depth together."""

    def __init__(self, most: int = limits.MAX_NESTED_CREDENTIALS) -> None:
        self._left = most

    def take(self) -> bool:
        """Whether one more may be."""
        self._left -= 1
        return self._left >= 0


@dataclass(frozen=True, slots=True)
class Place:
    """`fetches` is the request's; `pointer` and `holder` are those of a credential in a presentation, `depth` of one in a credential."""

    fetches: FetchBudget
    pointer: str = ""
    holder: str | None = None
    depth: int = 0
    inside: NestedCount = field(default_factory=NestedCount)
    is_status_list: bool = False

    def below(self, pointer: str) -> Place:
        """The place of a credential at `pointer` of the one that stands here."""
        return Place(self.fetches, pointer, depth=self.depth + 1, inside=self.inside)
