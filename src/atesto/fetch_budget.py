"""How many addresses one verification may have fetched: a document of strangers must not turn this node into a crowd (fan-out)."""

from __future__ import annotations

from typing import Final

from atesto import limits
from atesto.errors import ResolutionError


class FetchBudget:
    """Travels with one verification. The credentials of one request draw on the request's budget as well as on their own.

    Different addresses are counted, and also those that a cache answers: a verdict must not depend on what the node happens to remember.
    """

    def __init__(self, most: int = limits.MAX_FETCHES_A_REQUEST, *, within: FetchBudget | None = None) -> None:
        """At most `most` addresses, and at most what is left of `within`."""
        self._most: Final = most
        self._within: Final = within
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
