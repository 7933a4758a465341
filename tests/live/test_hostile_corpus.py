"""The hostile corpus over HTTP: the verdict of every case, its time, and no connection to anywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from tests.reference_data import reference

if TYPE_CHECKING:
    from tests.live.node_process import NodeProcess

pytestmark = [pytest.mark.hostile, pytest.mark.loopback]

UNREAD: Final = {"sd-jwt"}
"""Forms that the node does not read yet."""
LEFT_OUT: Final = {"sd-jwt": 10, "images": 7}
"""Cases that are left out, counted: a case that is new in the corpus, or a form that is read by now, fails here."""


def run_corpus(live: NodeProcess, *options: str) -> subprocess.CompletedProcess[str]:
    """Every case but those of forms that are not read, once."""
    program = reference("hostile", "run.py")
    command = [sys.executable, str(program), "--base", live.base, "--token", str(live.token), "--issuer", live.did]
    return subprocess.run(
        [*command, "--skip-feature", ",".join(sorted(UNREAD)), *options], capture_output=True, text=True, check=False, timeout=100
    )


def test_every_case_has_its_verdict(live: NodeProcess) -> None:
    cases = json.loads(reference("hostile", "expected.json").read_text(encoding="utf-8"))["cases"]
    features = Counter("images" if case["endpoint"] == "badge image upload" else case.get("feature") for case in cases)
    assert {name: features[name] for name in LEFT_OUT} == LEFT_OUT
    assert set(features) - set(LEFT_OUT) == {None, "proof-chain", "ob3", "vc-jose"}
    done = run_corpus(live)
    assert re.search(r"^(\d+) passed, (\d+) failed, (\d+) skipped$", done.stdout, re.MULTILINE), done.stdout + done.stderr
    skipped = sum(LEFT_OUT.values())
    assert done.stdout.splitlines()[-1] == f"{len(cases) - skipped} passed, 0 failed, {skipped} skipped", done.stdout
    assert done.returncode == 0
