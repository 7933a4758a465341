"""The worker pool: results and refusals cross whole, a runaway is ended, and the next task finds a worker."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from atesto.adapters.workers import WorkerPool
from atesto.errors import AtestoError, MalformedInput, VerificationError
from atesto.linked_data.contexts import ContextRegistry
from atesto.linked_data.processor import LinkedDataProcessor

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

CPU_SECONDS = 0.3
SECONDS = 1.0


def make_processor() -> LinkedDataProcessor:
    return LinkedDataProcessor(ContextRegistry.bundled())


def make_nothing(reason: str) -> LinkedDataProcessor:
    raise MalformedInput("context.unknown", reason)


def expand(processor: LinkedDataProcessor, document: Any) -> list[Any]:
    return processor.expand(document)


def process_id(_: LinkedDataProcessor) -> int:
    return os.getpid()


def add(_: LinkedDataProcessor, one: int, *, other: int) -> int:
    return one + other


def refuse(_: LinkedDataProcessor, kind: type[AtestoError], code: str, detail: str, pointer: str) -> None:
    raise kind(code, detail, pointer=pointer)


def break_down(_: LinkedDataProcessor) -> None:
    raise ZeroDivisionError("a fault of ours")


def spin(_: LinkedDataProcessor) -> None:
    while True:
        pass


def spin_deaf(_: LinkedDataProcessor) -> None:
    # Catches whatever Python can raise: only the kernel ends it.
    while True:
        with contextlib.suppress(BaseException):
            while True:
                pass


def sleep(_: LinkedDataProcessor, seconds: float) -> str:
    time.sleep(seconds)
    return "rested"


def leave(_: LinkedDataProcessor) -> None:
    os._exit(3)


@contextlib.asynccontextmanager
async def pool(**options: Any) -> AsyncGenerator[WorkerPool]:
    made = WorkerPool(make_processor, **{"processes": 1, "cpu_seconds": CPU_SECONDS, "seconds": SECONDS, **options})
    await made.start()
    try:
        yield made
    finally:
        await made.close()


async def refusal(task: Any) -> AtestoError:
    with pytest.raises(AtestoError) as caught:
        await task
    return caught.value


async def test_a_tasks_result_comes_back() -> None:
    async with pool() as workers:
        assert await workers.run(add, 40, other=2) == 42
        assert await workers.run(process_id) != os.getpid()
        found = await workers.run(expand, {"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiableCredential"})
        assert found == [{"@type": ["https://www.w3.org/2018/credentials#VerifiableCredential"]}]
        assert workers.waiting == 0


@pytest.mark.parametrize("kind", [MalformedInput, VerificationError])
async def test_a_refusal_crosses_whole(kind: type[AtestoError]) -> None:
    async with pool() as workers:
        found = await refusal(workers.run(refuse, kind, "context.unknown", "Nobody knows it.", "/a~1b/0"))
        assert type(found) is kind
        assert (found.code, found.detail, found.pointer) == ("context.unknown", "Nobody knows it.", "/a~1b/0")
        before = await workers.run(process_id)
        found = await refusal(workers.run(expand, {"@context": "https://unknown.example/", "type": "Thing"}))
        assert found.code == "context.unknown"
        assert await workers.run(process_id) == before


async def test_a_fault_of_ours_is_no_refusal() -> None:
    async with pool() as workers:
        with pytest.raises(ZeroDivisionError):
            await workers.run(break_down)
        assert await workers.run(add, 1, other=1) == 2


@pytest.mark.parametrize("task", [spin, spin_deaf])
async def test_a_runaway_is_ended_by_processor_time_and_the_next_task_works(task: Any) -> None:
    async with pool(seconds=20) as workers:
        before = await workers.run(process_id)
        started = time.monotonic()
        found = await refusal(workers.run(task))
        assert time.monotonic() - started < 10
        assert (type(found), found.code) == (VerificationError, "linked_data.too_complex")
        assert workers.waiting == 0
        assert await workers.run(process_id) != before


async def test_processor_time_is_counted_for_each_task_alone() -> None:
    async with pool(seconds=20) as workers:
        before = await workers.run(process_id)
        for _ in range(4):
            await workers.run(spend, CPU_SECONDS / 3)
        assert await workers.run(process_id) == before


def spend(_: LinkedDataProcessor, seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


async def test_a_sleeper_is_ended_by_wall_time_and_the_next_task_works() -> None:
    async with pool() as workers:
        before = await workers.run(process_id)
        found = await refusal(workers.run(sleep, 60))
        assert (type(found), found.code) == (VerificationError, "linked_data.out_of_time")
        assert "1 s" in found.detail
        assert await workers.run(process_id) != before


async def test_a_worker_that_leaves_is_reported_and_replaced() -> None:
    async with pool() as workers:
        found = await refusal(workers.run(leave))
        assert found.code == "linked_data.out_of_time"
        assert await workers.run(add, 1, other=1) == 2


async def test_a_runaway_does_not_take_others_with_it() -> None:
    async with pool(processes=2, seconds=20) as workers:
        results = await asyncio.gather(
            workers.run(spin), *(workers.run(add, number, other=0) for number in range(6)), return_exceptions=True
        )
        assert isinstance(results[0], VerificationError)
        assert results[1:] == list(range(6))


async def test_a_full_line_is_overloaded_and_then_free_again() -> None:
    async with pool(max_waiting=1, seconds=20) as workers:
        waiting = [asyncio.create_task(workers.run(sleep, 0.3)) for _ in range(2)]
        await asyncio.sleep(0)
        assert workers.waiting == 2
        found = await refusal(workers.run(add, 1, other=1))
        assert (type(found), found.code) == (VerificationError, "transport.overloaded")
        assert await asyncio.gather(*waiting) == ["rested", "rested"]
        assert workers.waiting == 0
        assert await workers.run(add, 1, other=1) == 2


async def test_whoever_gives_up_waiting_leaves_the_line() -> None:
    async with pool(seconds=20) as workers:
        task = asyncio.create_task(workers.run(sleep, 15))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert workers.waiting == 0
        started = time.monotonic()
        assert await workers.run(add, 1, other=1) == 2
        assert time.monotonic() - started < 10


async def test_idle_workers_that_are_ended_from_outside_are_replaced() -> None:
    async with pool() as workers:
        for _ in range(2):
            before = await workers.run(process_id)
            os.kill(before, signal.SIGKILL)
            await asyncio.sleep(0.5)
            found = await asyncio.gather(*(workers.run(add, number, other=0) for number in range(3)))
            assert found == [0, 1, 2]
            assert await workers.run(process_id) != before
        assert workers.waiting == 0


async def test_a_closed_pool_does_nothing_more() -> None:
    async with pool() as workers:
        assert await workers.run(add, 1, other=1) == 2
    found = await refusal(workers.run(add, 1, other=1))
    assert found.code == "transport.overloaded"


async def test_a_processor_that_cannot_be_made_stops_the_start() -> None:
    workers = WorkerPool(partial(make_nothing, "no contexts"), processes=1)
    try:
        found = await refusal(workers.start())
        assert (type(found), found.code, found.detail) == (MalformedInput, "context.unknown", "no contexts")
    finally:
        await workers.close()


async def test_close_ends_the_processes() -> None:
    async with pool(processes=2) as workers:
        found = {await workers.run(process_id) for _ in range(4)}
    for number in found:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
    assert multiprocessing.active_children() == []
