"""What the node publishes about itself, held against what it does: schemathesis reads /openapi.json and asks every door."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tests.live.node_process import NodeProcess

pytestmark = [pytest.mark.loopback, pytest.mark.slow]

PROGRAM: Final = Path(sys.executable).parent / "schemathesis"
CHECKS: Final = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "negative_data_rejection", "unsupported_method", "ignored_auth",
)  # fmt: skip
SEED: Final = 20_260_615
SECONDS: Final = 110


@pytest.mark.parametrize("authorized", [True, False], ids=["with the token", "without"])
def test_the_node_does_what_its_document_says(live: NodeProcess, tmp_path: Path, authorized: bool) -> None:
    # From a file: what is read from an address is not asked there.
    document = tmp_path / "openapi.json"
    document.write_bytes(live.ask("GET", "/openapi.json").body)
    command = [
        str(PROGRAM), "run", str(document), "--url", live.base, "--checks", ",".join(CHECKS),
        "--phases", "examples,coverage,fuzzing",
        "--max-examples", "60", "--seed", str(SEED), "--generation-deterministic", "--workers", "1",
        "--request-timeout", "20", "--suppress-health-check", "all", "--no-color",
        *(["--header", f"Authorization: Bearer {live.token}"] if authorized else []),
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ATESTO_", "SCHEMATHESIS_"))}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS, cwd=tmp_path, env=environment)
    print(done.stdout[-6_000:])
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    # Every operation was asked, and none was left out.
    documented = sum(len(item) for item in json.loads(document.read_bytes())["paths"].values())
    assert f"Tested: {documented}" in done.stdout
    assert live.ask("GET", "/health/ready").status == 200
