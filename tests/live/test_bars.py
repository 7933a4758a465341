"""What hostile bodies may cost: processor time, the patience of others, memory."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.live.heavy import heavy_bodies
from tests.live.material import unsigned_badge
from tests.live.node_process import NodeProcess, need_proc
from tests.live.test_hostile_corpus import run_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.live.heavy import Made

pytestmark = [pytest.mark.hostile, pytest.mark.loopback, pytest.mark.alone]

MAX_CPU_SECONDS: Final = 0.25
MAX_ANSWER_SECONDS: Final = 2.0
MAX_P99_SECONDS: Final = 0.05
MAX_GROWTH_BYTES: Final = 64 * 1024 * 1024
ATTEMPTS: Final = 3
"""The machine may be shared: the best of this many measurements counts."""
ROUNDS: Final = 10
POISON: Final = ("many texts", "eight proofs of two hashes over many texts", "chained proofs within bounds", "alike, four levels")


@pytest.fixture(scope="module")
def bodies(live: NodeProcess, issued: Any) -> dict[str, tuple[Made, str]]:
    return heavy_bodies(issued, live.issue(unsigned_badge(live.did)), live.present(issued))


def send(live: NodeProcess, made: Made) -> tuple[str, float]:
    started = time.perf_counter()
    reply = live.ask("POST", made[0], made[1])
    assert reply.status in {400, 413}, reply.body[:500]
    return reply.code, time.perf_counter() - started


def test_heavy_bodies_are_refused_at_a_quarter_second_of_processor_time(
    live: NodeProcess, bodies: dict[str, tuple[Made, str]], record_property: Callable[[str, object], None]
) -> None:
    need_proc()
    spent: dict[str, float] = {}
    wrong: list[str] = []
    for name, (made, code) in bodies.items():
        assert len(made[1]) <= 65_536, name
        best = float("inf")
        for _ in range(ATTEMPTS):
            before = live.cpu_seconds()
            found, seconds = send(live, made)
            best = min(best, live.cpu_seconds() - before)
            if found != code or seconds > MAX_ANSWER_SECONDS:
                wrong.append(f"{name}: {found} after {seconds:.2f} s")
            if best <= MAX_CPU_SECONDS:
                break
        spent[name] = best
    worst = max(spent, key=lambda name: spent[name])
    record_property("worst", f"{worst}: {spent[worst] * 1000:.0f} ms")
    print(f"dearest: {worst}, {spent[worst] * 1000:.0f} ms")
    assert wrong == []
    assert {name: seconds for name, seconds in spent.items() if seconds > MAX_CPU_SECONDS} == {}


@pytest.fixture
def prompt_threads() -> Iterator[None]:
    """The four senders and the one who measures share an interpreter: its own turns of 5 ms are no waiting of the node's."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.000_2)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("prompt_threads")
def test_others_do_not_wait_while_four_poison_requests_are_in_flight(
    live: NodeProcess, bodies: dict[str, tuple[Made, str]], issued: Any
) -> None:
    p99 = float("inf")
    for _ in range(ATTEMPTS):
        p99 = min(p99, _p99_beside_poison(live, bodies, issued))
        if p99 <= MAX_P99_SECONDS:
            break
    print(f"p99 of /health/live: {p99 * 1000:.0f} ms")
    assert p99 <= MAX_P99_SECONDS


def _p99_beside_poison(live: NodeProcess, bodies: dict[str, tuple[Made, str]], issued: Any) -> float:
    stop = threading.Event()
    answered: list[str] = []
    failed: list[BaseException] = []

    def poison(name: str) -> None:
        try:
            while not stop.is_set():
                answered.append(send(live, bodies[name][0])[0])
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failed.append(error)

    threads = [threading.Thread(target=poison, args=[name]) for name in POISON]
    times: list[float] = []
    for thread in threads:
        thread.start()
    connection = live.connection()
    try:
        for number in range(200):
            started = time.perf_counter()
            connection.request("GET", "/health/live")
            response = connection.getresponse()
            response.read()
            times.append(time.perf_counter() - started)
            assert response.status == 200
            time.sleep(0.01)
            if number == 100:
                started = time.perf_counter()
                assert live.verify(issued).code == "confirmed"
                assert time.perf_counter() - started <= MAX_ANSWER_SECONDS
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        connection.close()
    assert failed == []
    assert len(answered) >= len(POISON)
    return statistics.quantiles(times, n=100)[98]


def test_memory_does_not_grow_with_hostile_bodies(live: NodeProcess, bodies: dict[str, tuple[Made, str]]) -> None:
    need_proc()

    def one_round() -> None:
        for made, _ in bodies.values():
            send(live, made)

    growth = _growth(live, one_round)
    assert growth < MAX_GROWTH_BYTES


@pytest.mark.slow
def test_memory_does_not_grow_over_ten_rounds_of_the_corpus(live: NodeProcess) -> None:
    need_proc()

    def one_round() -> None:
        done = run_corpus(live)
        assert done.returncode == 0, done.stdout

    assert _growth(live, one_round) < MAX_GROWTH_BYTES


def _growth(live: NodeProcess, one_round: Callable[[], None]) -> int:
    one_round()
    before = live.memory_bytes()
    for _ in range(ROUNDS):
        one_round()
    growth = live.memory_bytes() - before
    print(f"memory: {before / 2**20:.0f} MB, {growth / 2**20:+.1f} MB after {ROUNDS} rounds")
    return growth
