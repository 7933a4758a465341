"""Every check of the project, in one run: what `./scripts/test` starts.

    ./scripts/test            everything
    ./scripts/test --fast     static checks, unit, vector and property tests; at most three minutes
    ./scripts/test ARGUMENTS  as above; pytest gets the arguments (paths, -k NAME, -x)

The end says what ran, how long it took, and what was skipped, by name. With CI=true a test that is skipped for lack of a tool fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts.node_runtime import OLDEST_NODE, PEERS, find_node, npm_command, peers_are_installed

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
FAST_SECONDS = 180

STATIC_CHECKS = (
    ("ruff check", ("ruff", "check", "--no-fix")),
    ("ruff format", ("ruff", "format", "--check")),
    ("mypy strict", ("mypy",)),
    ("import-linter", ("lint-imports",)),
)
# Tests of the group `alone` measure time or memory: nothing else runs beside them.
FAST_GROUPS = (("tests (fast)", "not slow and not interop and not browser and not alone"),)
ALL_GROUPS = (("tests", "not alone"), ("tests that run alone", "alone"))


@dataclass
class Check:
    """What became of one check."""

    name: str
    passed: bool
    seconds: float
    output: str = ""


@dataclass
class Tally:
    """What the tests said, summed over the groups."""

    passed: int = 0
    failed: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def add(self, tally: dict[str, object]) -> None:
        passed, failed, skipped = tally["passed"], tally["failed"], tally["skipped"]
        if isinstance(passed, int) and isinstance(failed, int) and isinstance(skipped, dict):
            self.passed += passed
            self.failed += failed
            for reason, count in skipped.items():
                self.skipped[reason] = self.skipped.get(reason, 0) + count


def main(arguments: list[str]) -> int:
    if "--help" in arguments or "-h" in arguments:
        print(__doc__)
        return 0
    started = time.monotonic()
    fast = "--fast" in arguments
    pytest_arguments = [argument for argument in arguments if argument != "--fast"]
    checks = run_static_checks()
    if not fast:
        prepare_node()
        prepare_chromium()
        prepare_curl()
    tally = Tally()
    for name, marker in FAST_GROUPS if fast else ALL_GROUPS:
        checks.append(run_pytest(name, marker, pytest_arguments, tally, fast=fast))
    return summarize(checks, tally, time.monotonic() - started, fast=fast)


def run_static_checks() -> list[Check]:
    def run(row: tuple[str, tuple[str, ...]]) -> Check:
        name, command = row
        started = time.monotonic()
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        return Check(name, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)

    say("Static checks ...")
    with ThreadPoolExecutor(2) as pool:
        checks = list(pool.map(run, STATIC_CHECKS))
    for check in checks:
        say(f"  {check.name:<16} {'passed' if check.passed else 'FAILED'}  {check.seconds:5.1f} s")
        if not check.passed:
            say(check.output.rstrip())
    return checks


def run_pytest(name: str, marker: str, arguments: list[str], tally: Tally, *, fast: bool) -> Check:
    started = time.monotonic()
    say(f"\n{name} ...")
    workers = min(os.cpu_count() or 1, 4)
    beside = ["-n", str(workers), "--dist", "loadgroup"] if workers > 1 and marker != "alone" else ["-p", "no:xdist"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "tally.json")
        environment = {**os.environ, "ATESTO_TEST_TALLY": str(report), "ATESTO_HYPOTHESIS_PROFILE": "fast" if fast else "ci"}
        command = [PYTHON, "-m", "pytest", "-m", marker, *beside, *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
        found = json.loads(report.read_text()) if report.exists() else None
    if found is not None:
        tally.add(found)
    # 5: no test of this group was chosen. That no test ran at all is judged at the end.
    return Check(name, code in {0, 5}, time.monotonic() - started)


def summarize(checks: list[Check], tally: Tally, seconds: float, *, fast: bool) -> int:
    say("\nWhat ran")
    for check in checks:
        say(f"  {check.name:<22} {'passed' if check.passed else 'FAILED'}  {check.seconds:6.1f} s")
    if fast:
        say("  left out by --fast: tests marked slow, interop, browser and alone")
        if seconds > FAST_SECONDS:
            say(f"  --fast took {seconds:.0f} s; it is meant to take at most {FAST_SECONDS} s")
    say(f"\nSkipped by name: {sum(tally.skipped.values())}")
    for reason, count in sorted(tally.skipped.items()):
        say(f"  {count:5}  {reason}")
    failed_checks = [check.name for check in checks if not check.passed]
    if tally.passed + tally.failed == 0:
        failed_checks.append("no test ran")
    say(f"\n{'FAILED: ' + ', '.join(failed_checks) if failed_checks else 'All checks passed'} in {seconds:.0f} s")
    say(f"{tally.passed} passed, {tally.failed} failed, {sum(tally.skipped.values())} skipped")
    return 1 if failed_checks else 0


def prepare_node() -> None:
    """Node.js for the peers of tests/interop: the machine's own, else the pinned wheel; then the peers' locked packages."""
    if find_node() is None:
        say(f"\nNode.js {OLDEST_NODE} or newer was not found; installing the one pinned in requirements/node.txt ...")
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
        succeeded([*pip, "--require-hashes", "--only-binary", ":all:", "-r", "requirements/node.txt"])
    program = find_node()
    if program is None:
        say("Node.js could not be installed: the tests that need it are skipped by name.")
    elif not peers_are_installed():
        say("\nInstalling the Node.js peers (npm ci) ...")
        if not succeeded([*npm_command(program), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"], cwd=PEERS):
            say("npm ci failed: the tests that need the Node.js peers are skipped by name.")


def prepare_curl() -> None:
    """curl, by which the how-to pages speak HTTP: the machine's own, else Debian's package when root."""
    if shutil.which("curl") is None and shutil.which("apt-get") and os.geteuid() == 0:
        say("\ncurl was not found; installing it ...")
        if succeeded(["apt-get", "update", "-qq"]):
            succeeded(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "curl"])


def prepare_chromium() -> None:
    """Chromium for tests/browser: the machine's own, else Debian's package when root, else the one that Playwright brings."""
    if not (ROOT / "tests" / "browser").exists():
        return
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    say("\nChromium was not found; installing it ...")
    if shutil.which("apt-get") and os.geteuid() == 0:
        succeeded(["apt-get", "update", "-qq"])
        if succeeded(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]) and shutil.which("chromium"):
            return
    if not succeeded([PYTHON, "-m", "playwright", "install", "chromium"]):
        say("Chromium could not be installed: the tests that need it are skipped by name.")


def succeeded(command: list[str], *, cwd: Path = ROOT) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        say(f"{command[0]}: {error.strerror}")
        return False
    if done.returncode != 0:
        say("\n".join((done.stdout + done.stderr).strip().splitlines()[-15:]))
    return done.returncode == 0


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
