"""The node that the tests of this folder share, and material that it issued itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.live.material import unsigned
from tests.live.node_process import NodeProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    """A started node; at the end it stops with SIGTERM, exit code 0 and no trace in its log."""
    node = NodeProcess.start(tmp_path_factory.mktemp("live"))
    try:
        yield node
        assert node.stop() == 0, node.said()[-2_000:]
        assert "Traceback" not in node.said()
    finally:
        node.kill()


@pytest.fixture(scope="session")
def issued(live: NodeProcess) -> Any:
    """A credential that the node issued; tests work on copies."""
    return live.issue(unsigned(live.did))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test's own node keeps its things."""
    return tmp_path / "node"
