"""What the fetcher remembers: answers for a while, failures for a shorter one, both bounded in number and bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from atesto import limits
from atesto.errors import AtestoError
from atesto.ports import Fetched

if TYPE_CHECKING:
    from collections.abc import Hashable

Outcome: TypeAlias = Fetched | AtestoError


@dataclass(frozen=True, slots=True)
class _Entry:
    outcome: Outcome
    since: float
    until: float
    size: int


class FetchCache:
    """Oldest out first. Time is an argument, in seconds of a clock that does not jump."""

    def __init__(self, *, seconds: float, failure_seconds: float = limits.FETCH_FAILURE_CACHE_SECONDS) -> None:
        """`seconds` 0 remembers no answer."""
        self._seconds: Final = seconds
        self._failure_seconds: Final = failure_seconds
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable, *, now: float, max_age: float | None = None) -> Outcome | None:
        """What is remembered of `key` and still holds; an answer that is older than `max_age` seconds does not hold for this caller."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if now >= entry.until:
            self._remove(key)
            return None
        too_old = max_age is not None and isinstance(entry.outcome, Fetched) and now - entry.since > max_age
        return None if too_old else entry.outcome

    def put(self, key: Hashable, outcome: Outcome, *, now: float) -> None:
        """Remembers `outcome`, and forgets the oldest when there is too much."""
        self._remove(key)
        is_answer = isinstance(outcome, Fetched)
        seconds = self._seconds if is_answer else self._failure_seconds
        if seconds <= 0:
            return
        entry = _Entry(outcome, now, now + seconds, len(outcome.body) if isinstance(outcome, Fetched) else 0)
        self._entries[key] = entry
        self._bytes += entry.size
        while len(self._entries) > limits.MAX_CACHED_FETCHES or self._bytes > limits.MAX_CACHED_FETCH_BYTES:
            self._remove(next(iter(self._entries)))

    def __len__(self) -> int:
        return len(self._entries)

    def _remove(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry.size
