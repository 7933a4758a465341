"""One started node for all of this folder, made ready by the very script that the documentation names."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.live.node_process import NodeProcess
from tests.live.suites.suite_node import CONFIGURATION, PREPARE, SuiteNode

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteNode]:
    folder = tmp_path_factory.mktemp("suites")
    subprocess.run([sys.executable, PREPARE, folder], capture_output=True, check=True, timeout=60)
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    options = ["--config", str(CONFIGURATION), "--tls-cert", str(certificate), "--tls-key", str(key)]
    node = NodeProcess.start(folder, *options, tls=ssl.create_default_context(cafile=certificate))
    try:
        yield SuiteNode(node, json.loads((folder / "issuer-ids.json").read_bytes()))
        assert node.stop() == 0, node.said()[-2_000:]
        assert "Traceback" not in node.said()
    finally:
        node.kill()
