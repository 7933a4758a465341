"""A credential that another host serves: a status list, a newer copy. Had through the guarded fetcher; its content decides its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.credentials.received import token_text
from atesto.encoding.strict_json import parse_json_object

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import Fetched, Fetcher, LinkedDataWorkers

MEDIA_TYPES: Final = (
    "application/vc", "application/vc+ld+json", "application/ld+json", "application/json",
    "application/vc+jwt", "application/jwt", "text/plain",
)  # fmt: skip
"""Hosts of files say text/plain of whatever they do not know."""


async def fetch_credential(url: str, fetcher: Fetcher, budget: FetchBudget, *, max_age: float | None = None) -> Fetched:
    """What stands at `url`. Raises ResolutionError `fetch.*`."""
    return await fetcher.fetch(url, media_types=MEDIA_TYPES, max_bytes=limits.MAX_FETCHED_BYTES, budget=budget, max_age=max_age)


async def read_fetched(fetched: Fetched, workers: LinkedDataWorkers) -> JsonObject | str:
    """The object, or the text of a token; a long one is parsed where nobody waits for it. Raises MalformedInput `json.*`."""
    if len(fetched.body) > limits.PARSE_INLINE_BYTES:
        return await workers.run(read_body, fetched.body)
    return _read(fetched.body)


def read_body(_: LinkedDataProcessor, body: bytes) -> JsonObject | str:
    """`_read` as a task for a worker."""
    return _read(body)


def _read(body: bytes) -> JsonObject | str:
    token = token_text(body)
    return parse_json_object(body) if token is None else token
