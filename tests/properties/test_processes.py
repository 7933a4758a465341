"""No verdict, finding or signature depends on the process: three of them, each with its own order of sets, say the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.simulators.every_form import forms
from tests.simulators.parts import PROCESSOR

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


async def test_reports_are_the_same_bytes_in_every_process() -> None:
    first = said("0")
    rows = [row for row in json.loads(first) if isinstance(row, dict)]
    verdicts = [row["verdict"] for row in rows if "verdict" in row]
    assert (len(verdicts), {*verdicts}) == (106, {"confirmed", "refused"})
    expected = {(name, policy): form.verdicts for name, form in (await forms()).items() for policy in ("strict", "interop")}
    assert {(row["form"], row["policy"]): verdicts_of(row["report"]) for row in rows if "form" in row} == expected
    for seed in ("1", "4294967295"):
        assert said(seed) == first


def verdicts_of(report: Any) -> str:
    return " ".join([report["verdict"], *(inner["verdict"] for inner in report.get("credentials", ()))])


async def test_the_forms_are_what_they_are_named_after() -> None:
    """Else their reports would be the same bytes for want of anything to say."""
    made: dict[str, Any] = {name: form.received for name, form in (await forms()).items()}
    assert {made[name].count(".") for name in ("vc+jwt", "JWT-VC 1.1", "vp+jwt")} == {2}
    assert made["enveloped credential"]["type"] == "EnvelopedVerifiableCredential"
    assert [len(made[f"presentation, {name}"]["verifiableCredential"]) for name in ("two credentials", "both changed")] == [2, 2]
    assert [proof.get("previousProof") for proof in made["proof chain"]["proof"]] == [
        None, *(proof["id"] for proof in made["proof chain"]["proof"][:3])
    ]  # fmt: skip
    assert made["did:web"]["issuer"].startswith("did:web:")
    assert made["https issuer"]["issuer"].startswith("https://")
    blank = made["P-384, blank nodes"]
    quads = PROCESSOR.dataset_of({name: value for name, value in blank.items() if name != "proof"})
    assert len({term for quad in quads for term in quad if term.startswith("_:")}) > 4
    assert blank["proof"]["verificationMethod"].startswith("did:key:z82L")
    assert "ClrCredential" in made["learner record, several findings"]["type"]
