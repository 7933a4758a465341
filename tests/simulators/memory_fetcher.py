"""A `Fetcher` without sockets: addresses and what they answer, in a dict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from atesto.errors import ResolutionError
from atesto.ports import Fetched

if TYPE_CHECKING:
    from atesto.fetch_budget import FetchBudget


@dataclass(slots=True)
class MemoryFetcher:
    """What stands in `answers` is had; everything else is a host that is not there."""

    answers: dict[str, object] = field(default_factory=dict)
    """By URL: bytes as they are, an error to raise, or anything that becomes JSON."""
    media_type: str = "application/json"
    asked: list[str] = field(default_factory=list)

    async def fetch(
        self, url: str, *, media_types: tuple[str, ...], max_bytes: int, budget: FetchBudget, max_age: float | None = None
    ) -> Fetched:
        budget.spend(url)
        self.asked.append(url)
        found = self.answers.get(url, ResolutionError("fetch.unconnected", "No connection could be made."))
        if isinstance(found, Exception):
            raise found
        if self.media_type not in media_types:
            raise ResolutionError("fetch.malformed", "The answer is of another type.")
        body = found if isinstance(found, bytes) else orjson.dumps(found)
        if len(body) > max_bytes:
            raise ResolutionError("fetch.too_large", "The answer is too large.")
        return Fetched(url, self.media_type, body)
