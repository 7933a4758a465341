"""No verdict, finding or signature depends on the process: three of them, each with its own order of sets, say the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def said(seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.simulators.report_printer"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_reports_are_the_same_bytes_in_every_process() -> None:
    first = said("0")
    verdicts = [report["verdict"] for report in json.loads(first) if isinstance(report, dict) and "verdict" in report]
    assert (len(verdicts), {*verdicts}) == (106, {"confirmed", "refused"})
    for seed in ("1", "4294967295"):
        assert said(seed) == first
