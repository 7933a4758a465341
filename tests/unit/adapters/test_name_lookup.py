"""Slow name servers hold threads, and nobody else waits for them."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import pytest

from atesto import limits
from atesto.adapters.name_lookup import NameLookup
from atesto.errors import ResolutionError


async def test_names_seen_before_have_threads_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def getaddrinfo(host: str, *_: Any, **__: Any) -> list[Any]:
        if "slow" in host:
            gate.wait(30)
            raise OSError("no answer")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    lookup = NameLookup()
    try:
        assert await lookup("good.example") == ["93.184.215.14"]
        slow = [asyncio.create_task(lookup(f"n{number}.slow.example")) for number in range(limits.NAME_LOOKUPS)]
        await asyncio.sleep(0)
        for task in slow[:5]:
            # Who waited has left; the thread has not.
            task.cancel()
        with pytest.raises(ResolutionError) as caught:
            await lookup("new.example")
        assert caught.value.code == "fetch.too_busy"
        assert await asyncio.wait_for(lookup("good.example"), 5) == ["93.184.215.14"]
        gate.set()
        ended = await asyncio.gather(*slow, return_exceptions=True)
        assert {getattr(error, "code", type(error).__name__) for error in ended} == {"fetch.unresolvable", "CancelledError"}
        for _ in range(500):
            await asyncio.sleep(0.01)
            try:
                found = await lookup("new.example")
                break
            except ResolutionError:
                found = []
        assert found == ["93.184.215.14"]
    finally:
        gate.set()
        lookup.close()


async def test_only_so_many_names_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KNOWN_NAMES", 2)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 0, 0, "", ("93.184.215.14", 0))])
    lookup = NameLookup()
    try:
        for name in ("a.example", "b.example", "a.example", "c.example"):
            await lookup(name)
        assert list(lookup._names) == ["a.example", "c.example"]
    finally:
        lookup.close()
