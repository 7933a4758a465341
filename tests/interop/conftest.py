"""The peers of the interoperability tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.interop.node_peer import NodePeer
from tests.required_tools import node

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXTS = Path(__file__).resolve().parent.parent.parent / "contexts"


def bundled_contexts() -> dict[str, Any]:
    """Every bundled context by its URL: the peer gets ours, so that both sides read the same words."""
    rows = json.loads((CONTEXTS / "index.json").read_bytes())["contexts"]
    documents = {row["url"]: json.loads((CONTEXTS / row["file"]).read_bytes()) for row in rows}
    return documents | {alias: documents[row["url"]] for row in rows for alias in row["aliases"]}


@pytest.fixture(scope="session")
def peer() -> Iterator[NodePeer]:
    """A running Node.js peer that knows the bundled contexts."""
    running = NodePeer(node(), bundled_contexts())
    yield running
    running.close()
