"""What one verification may have fetched, and how long it may wait: a stranger's document must not turn this node into a crowd."""

from __future__ import annotations

from typing import Final

from atesto import limits
from atesto.errors import ResolutionError


class FetchBudget:
    """Travels with one verification. The credentials of one request draw on the request's budget as well as on their own.

    Different addresses are counted, and also those that a cache answers: a verdict must not depend on what the node happens to remember.
    Waiting is counted for the request as a whole, from its first fetch.
    """

    def __init__(
        self,
        most: int = limits.MAX_FETCHES_A_REQUEST,
        *,
        within: FetchBudget | None = None,
        seconds: float = limits.FETCH_SECONDS_A_REQUEST,
    ) -> None:
        """At most `most` addresses, and at most what is left of `within`; `within` brings its own time."""
        self._most: Final = most
        self._within: Final = within
        self._left: float = seconds
        self._seen: set[str] = set()

    def for_credential(self) -> FetchBudget:
        """The budget of one credential inside this one."""
        return FetchBudget(limits.MAX_FETCHES_A_CREDENTIAL, within=self)

    def spend(self, url: str) -> None:
        """Returns when `url` may be fetched. Raises ResolutionError `fetch.too_many`."""
        if url in self._seen:
            return
        if len(self._seen) >= self._most:
            raise ResolutionError("fetch.too_many", f"More than {self._most} addresses would have to be fetched.")
        if self._within is not None:
            self._within.spend(url)
        self._seen.add(url)

    @property
    def seconds_left(self) -> float:
        """How long the request may still wait for other hosts."""
        return self._within.seconds_left if self._within is not None else self._left

    def wait(self, seconds: float) -> None:
        """Takes what was waited from what is left."""
        if self._within is not None:
            self._within.wait(seconds)
        else:
            self._left = max(0.0, self._left - seconds)
