"""JSON-LD work in other processes, where no document can stop the node.

What bounds one task, from the inside out:
1. the work budgets of the processor itself (the ordinary way for a hostile document to end);
2. processor time, held by the kernel: a timer that ends the worker process, also inside C code;
3. wall time, held by the pool: the worker is killed;
4. a line of waiting tasks, bounded in number and in the time that it may take.
A worker that was lost is replaced; the documents of others are not touched. Where an idle worker is ended from outside (a machine out of
memory ends what it likes), the library gives up all of its processes: then they are replaced by new ones, and the task is done there.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import time
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from atesto import limits
from atesto.errors import AtestoError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.linked_data.processor import LinkedDataProcessor

P = ParamSpec("P")
T = TypeVar("T")

_REMEMBERED_TASKS: Final = 12
_PRELOADED: Final = ["atesto.adapters.workers", "atesto.linked_data.processor"]


class WorkerPool:
    """`LinkedDataWorkers` over a fixed number of processes. Made with `start`, ended with `close`."""

    def __init__(
        self,
        make_processor: Callable[[], LinkedDataProcessor],
        *,
        processes: int = limits.WORKERS,
        cpu_seconds: float = limits.WORKER_CPU_SECONDS,
        seconds: float = limits.WORKER_SECONDS,
        max_waiting: int = limits.MAX_WAITING_TASKS,
    ) -> None:
        """`make_processor` is picklable (a module-level function or a partial of one): each process calls it once."""
        # Neither a fork of a threaded server, which copies locked locks, nor a fresh interpreter for each worker, which costs a second.
        self._context: Final = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_PRELOADED)
        self._worker: Final = (make_processor, cpu_seconds)
        self._processes: Final = processes
        self._pool = self._new_pool()
        self._closed = False
        self._seconds: Final = seconds
        self._capacity: Final = processes + max_waiting
        self._running = 0
        self._usual_seconds = 0.0
        """What a task takes, over the last dozen or so."""

    @property
    def waiting(self) -> int:
        """How many tasks are running or in line."""
        return self._running

    async def start(self) -> None:
        """Starts the processes and waits until each has its processor. Raises what making the processor raises."""
        await asyncio.gather(*(self._schedule(_be_ready, (), {}, limits.WORKER_START_SECONDS) for _ in range(self._processes)))

    async def run(self, task: Callable[Concatenate[LinkedDataProcessor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`task(processor, *args, **kwargs)` in a worker.

        Raises what `task` raises; VerificationError `linked_data.too_complex` past the processor time, `linked_data.out_of_time` past the
        wall time, `transport.overloaded` when the line is full.
        """
        expected = (self._running - self._processes) * self._usual_seconds / self._processes
        if self._running >= self._capacity or expected > limits.MAX_WAITING_SECONDS:
            raise VerificationError("transport.overloaded", f"{self._running} documents are being checked already.")
        ahead = self._running / self._processes
        started = time.monotonic()
        try:
            result: T = await self._schedule(task, args, kwargs, self._seconds)
        finally:
            # The time of those ahead of it is not its own.
            took = (time.monotonic() - started) / (1 + ahead)
            self._usual_seconds += (took - self._usual_seconds) / _REMEMBERED_TASKS
        return result

    async def close(self) -> None:
        """Ends the processes; tasks still in line are not done."""
        self._closed = True
        await _end(self._pool)

    async def _schedule(self, task: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], seconds: float) -> Any:
        self._running += 1
        try:
            for _ in range(2):
                pool = self._pool
                try:
                    return await self._once(pool, [task, args, kwargs], seconds)
                except _PoolLostError:
                    await self._replace(pool)
            raise VerificationError("linked_data.out_of_time", "The processes that check documents ended early.")
        finally:
            self._running -= 1

    async def _once(self, pool: ProcessPool, work: list[Any], seconds: float) -> Any:
        try:
            future = pool.schedule(_work, args=work, timeout=seconds)
        except RuntimeError:
            raise _PoolLostError from None
        try:
            return await asyncio.wrap_future(future)
        except BrokenProcessPool:
            raise _PoolLostError from None
        except FutureTimeoutError:
            raise VerificationError("linked_data.out_of_time", f"Checking was stopped after {seconds:g} s.") from None
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGPROF:
                raise VerificationError("linked_data.too_complex", "Checking took more processor time than one document gets.") from None
            raise VerificationError("linked_data.out_of_time", "The process that checked the document ended early.") from None

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(max_workers=self._processes, initializer=_start_worker, initargs=list(self._worker), context=self._context)

    async def _replace(self, lost: ProcessPool) -> None:
        """New processes for lost ones, unless another task has seen to it already."""
        if self._closed:
            raise VerificationError("transport.overloaded", "The node is stopping.")
        if self._pool is lost:
            self._pool = self._new_pool()
            await _end(lost)


class _PoolLostError(Exception):
    """The library takes no more tasks for these processes."""


async def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    await asyncio.to_thread(pool.join, limits.WORKER_START_SECONDS)


class _Worker:
    """What one worker process holds."""

    make_processor: Callable[[], LinkedDataProcessor]
    processor: LinkedDataProcessor | None = None
    cpu_seconds: float


def _start_worker(make_processor: Callable[[], LinkedDataProcessor], cpu_seconds: float) -> None:
    # Ctrl-C reaches the whole process group; the node decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where processors are few, the event loop goes first: a heavy document must not hold up answers that need no worker.
    os.nice(limits.WORKER_NICENESS)
    _Worker.make_processor = make_processor
    _Worker.cpu_seconds = cpu_seconds
    # What stops it is said to whoever asks for work: a worker that cannot start takes the others with it, and says nothing.
    with contextlib.suppress(AtestoError):
        _Worker.processor = make_processor()


def _work(task: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    processor = _Worker.processor or _Worker.make_processor()
    # The default action of SIGPROF ends the process: no Python code has to run for it, so nothing can hold it up.
    signal.setitimer(signal.ITIMER_PROF, _Worker.cpu_seconds)
    try:
        return task(processor, *args, **kwargs)
    except (RecursionError, MemoryError):
        raise VerificationError("linked_data.too_complex", "Checking needed more memory or depth than one document gets.") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _be_ready(processor: LinkedDataProcessor) -> None:
    """Nothing: that it ran says that the worker has its processor."""
