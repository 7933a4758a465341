"""Mutation testing: how many small changes of the code the tests notice. What `./scripts/mutate` starts.

A random sample of mutants (seeded, so that it can be repeated) of the packages that must never be wrong. Each mutant is tried in a copy
of the checkout, first against the unit tests of its package, then, if none noticed, against all the others. The reference data is not used.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from scripts.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("baking", "encoding", "linked_data", "proofs", "verification")
COPIED = ("src", "tests", "contexts", "examples", "scripts", "docs")
LEFT_OUT = "not slow and not interop and not browser and not hostile and not alone"
MAX_MEMORY_BYTES = 4 << 30
SLOWER_THAN_NORMAL = 5
LEAST_SECONDS = 20.0

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"


@dataclass
class Running:
    """A mutant under test in one slot."""

    mutant: Mutant
    stage: int
    pid: int
    deadline: float


class Slot:
    """A copy of the checkout in which one mutant at a time is tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: Running | None = None
        for name in COPIED:
            if (ROOT / name).exists():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        shutil.copy2(ROOT / "pyproject.toml", folder)

    def start(self, mutant: Mutant, stage: int, limits: dict[tuple[str, int], float]) -> None:
        (self.folder / mutant.module.relative_to(ROOT)).write_text(mutant.source(), encoding="utf-8")
        package = package_of(mutant)
        pid = fork_tests(self.folder, package, stage, first=f"test_{mutant.module.stem}")
        self.running = Running(mutant, stage, pid, time.monotonic() + limits[package, stage])

    def result(self) -> str | None:
        """What became of the mutant; None while its tests run."""
        if self.running is None:
            return None
        pid, status = os.waitpid(self.running.pid, os.WNOHANG)
        if pid == 0:
            if time.monotonic() < self.running.deadline:
                return None
            os.killpg(self.running.pid, signal.SIGKILL)
            os.waitpid(self.running.pid, 0)
            return TIMED_OUT
        return SURVIVED if os.waitstatus_to_exitcode(status) == 0 else KILLED

    def restore(self) -> None:
        if self.running is not None:
            relative = self.running.mutant.module.relative_to(ROOT)
            shutil.copy2(ROOT / relative, self.folder / relative)
            self.running = None


def package_of(mutant: Mutant) -> str:
    return mutant.module.relative_to(ROOT / "src" / "atesto").parts[0]


def fork_tests(folder: Path, package: str, stage: int, *, first: str = "", cache: bool = False) -> int:
    """The process id of a child that runs the tests of `stage` in `folder` and exits with 0 if they pass."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        run_tests(folder, package, stage, first, cache=cache)
    return pid


def run_tests(folder: Path, package: str, stage: int, first: str, *, cache: bool) -> NoReturn:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
        silence = os.open("baseline.txt" if cache else os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os.chdir(folder)
        os.environ |= {"ATESTO_REFERENCE_DATA": "/nonexistent", "ATESTO_HYPOTHESIS_PROFILE": "fast"}
        sys.dont_write_bytecode = not cache
        import pytest  # noqa: PLC0415 - loaded before the fork, this only names it

        code = int(
            pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", LEFT_OUT, *selection(folder, package, stage, first)])
        )
        code = 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code
    except BaseException:  # noqa: BLE001 - whatever ends the child, the parent is to read why
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def selection(folder: Path, package: str, stage: int, first: str) -> list[str]:
    own = Path("tests", "unit", package)
    if stage == 0:
        files = sorted(path.relative_to(folder) for path in (folder / own).rglob("test_*.py"))
        return [str(path) for path in sorted(files, key=lambda path: not path.stem.startswith(first))] or ["tests/no-tests-of-this-package"]
    others = [path for path in sorted((folder / "tests" / "unit").iterdir()) if path.name != package and list(path.rglob("test_*.py"))]
    rest = [folder / "tests" / name for name in ("recorded", "properties", "vectors", "contract") if (folder / "tests" / name).exists()]
    return [str(path.relative_to(folder)) for path in [*rest, *others]]


def baselines(slots: list[Slot], packages: list[str], stages: int) -> dict[tuple[str, int], float]:
    """How long the tests may take for each package and stage; ends the run if they fail without any change."""
    limits = {}
    for package in packages:
        for stage in range(stages):
            seconds = 0.0
            for slot in slots:  # each slot fills its own bytecode cache
                started = time.monotonic()
                _, status = os.waitpid(fork_tests(slot.folder, package, stage, cache=True), 0)
                seconds = time.monotonic() - started
                missing = stage == 0 and not list((slot.folder / "tests" / "unit" / package).rglob("test_*.py"))
                if os.waitstatus_to_exitcode(status) != 0 and not missing:
                    sys.exit(
                        f"Without any mutant the tests of {package} (stage {stage + 1}) fail:\n"
                        + Path("baseline.txt").read_text(encoding="utf-8")
                    )
            limits[package, stage] = max(LEAST_SECONDS, seconds * SLOWER_THAN_NORMAL)
            print(f"  {package}, stage {stage + 1}: {seconds:.1f} s", flush=True)
    return limits


def try_all(mutants: list[Mutant], slots: list[Slot], limits: dict[tuple[str, int], float], stages: int) -> dict[Mutant, str]:
    waiting, results = list(reversed(mutants)), {}
    while waiting or any(slot.running for slot in slots):
        for slot in slots:
            if slot.running is None and waiting:
                slot.start(waiting.pop(), 0, limits)
            result = slot.result()
            running = slot.running
            if result is None or running is None:
                continue
            slot.restore()
            if result == SURVIVED and running.stage + 1 < stages:
                slot.start(running.mutant, running.stage + 1, limits)
                continue
            results[running.mutant] = result
            if len(results) % 25 == 0:
                print(f"  {len(results)} of {len(mutants)} tried, {sum(r == SURVIVED for r in results.values())} survived", flush=True)
        time.sleep(0.01)
    return results


def report(results: dict[Mutant, str]) -> float:
    survivors = sorted((m for m, result in results.items() if result == SURVIVED), key=lambda m: (m.module, m.line))
    for mutant in survivors:
        print(f"\nsurvived: {mutant.module.relative_to(ROOT)}:{mutant.line} ({mutant.change})\n{mutant.diff()}")
    print()
    tried, survived = Counter(map(package_of, results)), Counter(map(package_of, survivors))
    for package in sorted(tried):
        print(
            f"{package:<14} {tried[package]:4} mutants  {survived[package]:3} survived  {score(tried[package], survived[package]):5.1f} %"
        )
    total = score(len(results), len(survivors))
    timeouts = sum(result == TIMED_OUT for result in results.values())
    print(
        f"{'all':<14} {len(results):4} mutants  {len(survivors):3} survived  {total:5.1f} %   ({timeouts} noticed by running out of time)"
    )
    return total


def score(tried: int, survived: int) -> float:
    return 100.0 * (tried - survived) / tried


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", action="append", choices=PACKAGES, help="only this package (may be given more than once)")
    parser.add_argument("--module", default="", help="only modules whose path holds this text")
    parser.add_argument("--count", type=int, default=300, help="size of the sample; 0 takes every mutant")
    parser.add_argument("--seed", type=int, default=None, help="repeats the sample of another run")
    parser.add_argument("--min-score", type=float, default=80.0, help="least share of noticed mutants, in percent")
    parser.add_argument("--own-tests", action="store_true", help="only the unit tests of the mutant's own package")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()

    seed = random.SystemRandom().randrange(1_000_000) if options.seed is None else options.seed
    folders = [ROOT / "src" / "atesto" / package for package in options.package or PACKAGES]
    modules = sorted(path for folder in folders for path in folder.rglob("*.py") if options.module in str(path.relative_to(ROOT)))
    everything = [mutant for module in modules for mutant in mutants_of(module)]
    if not everything:
        sys.exit("No mutants: no module fits.")
    count = min(options.count, len(everything)) or len(everything)
    mutants = random.Random(seed).sample(everything, count)  # noqa: S311 - a sample, not a secret
    print(f"{count} of {len(everything)} mutants of {len(modules)} modules, seed {seed}; the tests without mutants first:", flush=True)

    started = time.monotonic()
    for name in ("pytest", "cryptography.hazmat.primitives.asymmetric.ec", "pyld", "jwcrypto.jwk"):
        importlib.import_module(name)  # once, before the forks

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        slots = [Slot(Path(folder, f"slot{number}")) for number in range(options.workers)]
        stages = 1 if options.own_tests else 2
        limits = baselines(slots, sorted({package_of(mutant) for mutant in mutants}), stages)
        total = report(try_all(mutants, slots, limits, stages))
    enough = total >= options.min_score
    print(
        f"seed {seed}, {time.monotonic() - started:.0f} s: {'enough' if enough else 'NOT enough'} (at least {options.min_score:g} % wanted)"
    )
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
