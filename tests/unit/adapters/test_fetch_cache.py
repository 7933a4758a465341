"""What is remembered, for how long, and how much of it."""

from __future__ import annotations

from atesto import limits
from atesto.adapters.fetch_cache import FetchCache
from atesto.errors import ResolutionError
from atesto.ports import Fetched


def fetched(size: int = 2) -> Fetched:
    return Fetched("https://a.example/", "application/json", b"x" * size)


def test_answers_outlive_failures() -> None:
    cache = FetchCache(seconds=60)
    error = ResolutionError("fetch.status", "404")
    cache.put("good", fetched(), now=0)
    cache.put("bad", error, now=0)
    assert cache.get("bad", now=29.9) is error
    assert cache.get("bad", now=30) is None
    assert cache.get("good", now=59.9) == fetched()
    assert cache.get("good", now=60) is None
    assert len(cache) == 0


def test_whoever_wants_a_younger_answer_gets_none_that_is_older() -> None:
    cache = FetchCache(seconds=60)
    error = ResolutionError("fetch.status", "404")
    cache.put("good", fetched(), now=0)
    cache.put("bad", error, now=0)
    assert cache.get("good", now=10, max_age=10) == fetched()
    assert cache.get("good", now=10.1, max_age=10) is None
    assert cache.get("good", now=10.1) == fetched()
    assert cache.get("bad", now=10.1, max_age=10) is error


def test_no_seconds_remember_no_answer_and_still_failures() -> None:
    cache = FetchCache(seconds=0)
    cache.put("good", fetched(), now=0)
    cache.put("bad", ResolutionError("fetch.status", "404"), now=0)
    assert len(cache) == 1


def test_number_and_bytes_are_bounded() -> None:
    cache = FetchCache(seconds=60)
    for number in range(limits.MAX_CACHED_FETCHES + 5):
        cache.put(number, fetched(), now=0)
    assert len(cache) == limits.MAX_CACHED_FETCHES
    assert cache.get(4, now=0) is None
    assert cache.get(5, now=0) is not None
    cache = FetchCache(seconds=60)
    for number in range(20):
        cache.put(number, fetched(1_048_576), now=0)
    assert len(cache) == limits.MAX_CACHED_FETCH_BYTES // 1_048_576
    for _ in range(50):
        cache.put("one", fetched(1_048_576), now=0)
    assert len(cache) == limits.MAX_CACHED_FETCH_BYTES // 1_048_576
