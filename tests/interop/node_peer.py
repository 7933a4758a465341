"""The Node.js peer: a second implementation, asked over its standard input and answering on its standard output."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PEER = Path(__file__).resolve().parent / "node" / "peer.mjs"


class PeerError(Exception):
    """The peer could not do what it was asked; its own words."""


class NodePeer:
    """One running peer. Close it when done."""

    def __init__(self, node: str, contexts: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen([node, str(PEER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self._asked = 0
        self.ask("contexts", contexts=contexts)

    def ask(self, op: str, **request: Any) -> Any:
        """The result of one request. Raises PeerError with the peer's words when it fails."""
        self._asked += 1
        stdin, stdout = self._pipes()
        stdin.write(json.dumps({"id": self._asked, "op": op, **request}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise PeerError("the peer has ended")
        answer = json.loads(line)
        if answer["id"] != self._asked:
            raise PeerError(f"an answer to another request: {answer['id']}")
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer["result"]

    def close(self) -> None:
        """Ends the peer."""
        stdin, stdout = self._pipes()
        stdin.close()
        self._process.wait(timeout=10)
        stdout.close()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise PeerError("the peer has no pipes")
        return stdin, stdout
