"""The commands of the tutorial and of the how-to pages, run as they stand, against a started node."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.live.node_process import PROGRAM, NodeProcess
from tests.required_tools import curl

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCK: Final = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Page -> what each of its blocks has to say, in order; None for a block that starts what is started already.
PAGES: Final[dict[str, tuple[tuple[int, str] | None, ...]]] = {
    "docs/tutorial/first-credential.md": (
        None,
        (0, "✔ Issued, recorded and signed."),
        (0, "✔ Confirmed  This micro-credential is genuine and valid today."),
        (1, "✘ Refused  Do not rely on this micro-credential: the signature does not fit"),
        (1, "✘ The type of quality assurance is missing."),
        (0, "Credential 1: ✔ Confirmed"),
    ),
    "docs/tutorial/course-to-seal.md": (
        (1, "✘ The type of quality assurance is missing."),
        (0, "✔ Issued, recorded and signed."),
        (0, "✔ Twins  Both credentials are genuine and valid today, and they say the same."),
        (2, "? Not confirmed  We cannot confirm this micro-credential: the seal's certificate leads to no authority"),
        (0, "It states no status: from the credential alone nobody can tell whether it was withdrawn."),
        (0, "EuropeanDigitalPresentation"),
        (1, "✘ Refused  Do not rely on this micro-credential"),
    ),
    "docs/how-to/seals.md": (
        (0, "✔ Issued, recorded and signed."),
        (
            2,
            "? Not confirmed  We cannot confirm this micro-credential: the seal's certificate leads to no authority that this node trusts.",
        ),
        (0, "✔ Confirmed  This micro-credential is genuine and valid today."),
    ),
    "docs/tutorial/first-badge.md": (
        None,
        (0, "✔ Issued, recorded and signed."),
        (0, "✔ Confirmed  This micro-credential is genuine and valid today."),
        (0, "The address is not in it."),
        (0, "✔ Twins  Both credentials are genuine"),
        (0, '"code":"issue.profile"'),
        (0, "✔ Confirmed  This micro-credential is genuine and valid today."),
    ),
    "docs/how-to/baking.md": (
        (0, ""),
        (0, "✔ Baked."),
        (0, "✔ Baked."),
        (0, "✔ Confirmed  This micro-credential is genuine and valid today."),
        (0, '"verdict":"confirmed"'),
        (0, "✔ Taken out, and not verified."),
        (0, "✔ Confirmed  This micro-credential is genuine and valid today."),
    ),
    "docs/how-to/http.md": (
        (0, ""),
        (0, ""),
        (0, '"verifiableCredential"'),
        (0, '"verdict":"confirmed"'),
        (1, "recipient.mismatch"),
        (0, "✔ Twins  Both credentials are genuine"),
        (0, '"verdict":"confirmed"'),
        (0, '"verdict":"confirmed"'),
    ),
}


@pytest.mark.loopback
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_do_what_it_says(live: NodeProcess, tmp_path: Path, page: str) -> None:
    curl()
    blocks, answers = BLOCK.findall((ROOT / page).read_text(encoding="utf-8")), PAGES[page]
    assert len(blocks) == len(answers)
    # The folder of a checkout, as far as the commands see it.
    for name, target in {
        "examples": ROOT / "examples",
        "data": live.data,
        "keys": live.data / "keys",
        ".venv/bin/atesto": Path(PROGRAM),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(target)
    environment = {**os.environ, "ATESTO_DATA": str(live.data), "COLUMNS": "200"}
    said_before = ""
    for block, answer in zip(blocks, answers, strict=True):
        if answer is None:
            continue
        code, said = answer
        # What one block sets, the next ones use.
        said_before += "".join(f"{line}\n" for line in block.splitlines() if re.match(r"[A-Z]+=", line))
        script = said_before.replace("http://127.0.0.1:8080", f"{live.scheme}://127.0.0.1:{live.port}") + block.replace(
            "http://127.0.0.1:8080", f"{live.scheme}://127.0.0.1:{live.port}"
        )
        done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, (block, done.stdout[-500:], done.stderr[-500:])
        assert said in done.stdout + done.stderr, (block, done.stdout[-500:], done.stderr[-500:])
