"""A real node in its own process, with a data folder of its own: started, asked, measured, stopped or killed by tests."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    import ssl

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = Path(sys.executable).parent / "atesto"
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 60.0
_DID = re.compile(r"^ *DID +(did:\S+)\s", re.MULTILINE)
_PROCESSES = Path("/proc")
_TICK: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, read whole."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of the refusal, whether it is problem details or the first problem of a report; "confirmed" otherwise."""
        body = self.json
        if "code" in body:
            return str(body["code"])
        return str(body["problemDetails"][0]["code"]) if body.get("problemDetails") else "confirmed"

    @property
    def pointer(self) -> str:
        """The JSON pointer of the refusal."""
        body = self.json
        return str(body["pointer"] if "code" in body else body["problemDetails"][0]["pointer"])


@dataclass
class NodeProcess:
    """A started node. Made with `start`."""

    process: subprocess.Popen[bytes]
    data: Path
    output: Path
    log: Path
    scheme: str = "http"
    port: int = 0
    did: str = ""
    token: str | None = None
    tls: ssl.SSLContext | None = field(default=None, repr=False)

    @classmethod
    def start(cls, folder: Path, *options: str, tls: ssl.SSLContext | None = None, wait: bool = True) -> NodeProcess:
        """A node on a free port with `folder`/data, ready to be asked."""
        folder.mkdir(parents=True, exist_ok=True)
        data, output, log = folder / "data", folder / "output.txt", folder / "log.txt"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ATESTO_")}
        # Wide: rich breaks a path that does not fit into a line.
        environment |= {"COLUMNS": "1000", "NO_COLOR": "1", "TERM": "dumb"}
        # A node that was killed cannot take this back.
        (data / "running.json").unlink(missing_ok=True)
        with output.open("ab") as out, log.open("ab") as err:
            process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", "--data", data, *options],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment, cwd=folder, start_new_session=True,
            )  # fmt: skip
        node = cls(process, data, output, log, tls=tls)
        if wait:
            try:
                node.wait_until_ready()
            except BaseException:
                node.kill()
                raise
        return node

    def wait_until_ready(self) -> None:
        """Returns when the node answers that every part of it works."""
        until = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self.process.poll() is not None:
                raise AssertionError(f"The node ended with {self.process.returncode}: {self.said()}")
            if time.monotonic() > until:
                raise AssertionError(f"The node was not ready after {START_SECONDS} s: {self.said()}")
            time.sleep(0.02)
        token = self.data / "api-token"
        self.token = token.read_text().strip() if token.exists() else None
        while not (found := _DID.search(self.said())):
            if time.monotonic() > until:
                raise AssertionError(f"The node did not say its DID: {self.said()}")
            time.sleep(0.02)
        self.did = found[1]

    def _is_ready(self) -> bool:
        try:
            url = urlsplit(json.loads((self.data / "running.json").read_bytes())["url"])
        except (OSError, ValueError):
            return False
        self.scheme, self.port = url.scheme, url.port or 0
        try:
            return self.ask("GET", "/health/ready").status == 200
        except (OSError, http.client.HTTPException):
            return False

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def authorized(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def said(self) -> str:
        """Everything that the node wrote for its operator."""
        return self.output.read_text() + self.log.read_text()

    def log_lines(self) -> list[dict[str, Any]]:
        """The log's JSON lines."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def connection(self, timeout: float = 30) -> http.client.HTTPConnection:
        if self.scheme == "https":
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, timeout: float = 30) -> Reply:
        """One request on a connection of its own. `body`: bytes as they are, anything else as JSON."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        sent = ({"Content-Type": "application/json"} if data is not None else {}) | (headers or {})
        connection = self.connection(timeout)
        try:
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        finally:
            connection.close()

    def verify(self, credential: Any, **options: str) -> Reply:
        return self.ask("POST", "/credentials/verify", {"verifiableCredential": credential, "options": options})

    def verify_presentation(self, presentation: Any, **options: str) -> Reply:
        return self.ask("POST", "/presentations/verify", {"verifiablePresentation": presentation, "options": options})

    def issue(self, credential: Any, path: str = "/credentials/issue") -> Any:
        """The issued credential; anything but 201 fails the test."""
        reply = self.ask("POST", path, {"credential": credential}, headers=self.authorized)
        assert reply.status == 201, reply.body
        return reply.json["verifiableCredential"]

    def present(self, *credentials: Any, holder: str | None = None, **options: str) -> Any:
        """A presentation of `credentials`, proved by the node."""
        presentation = {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "holder": holder or self.did,
            "verifiableCredential": list(credentials),
        }
        reply = self.ask("POST", "/presentations", {"presentation": presentation, "options": options}, headers=self.authorized)
        assert reply.status == 201, reply.body
        return reply.json["verifiablePresentation"]

    def raw(self, *parts: bytes, timeout: float = 20, pause: float = 0.0, half_close: bool = False) -> bytes:
        """Sends `parts` over one connection and returns everything that comes back until the node closes it, or nothing more comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            received = b""
            try:
                for number, part in enumerate(parts):
                    if number:
                        time.sleep(pause)
                    connection.sendall(part)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65_536):
                    received += piece
            except ConnectionError:
                # The node closed before it had read everything: what it answered has arrived.
                return received
            return received

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stops the node as a service manager would; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """Ends the node and everything it started, without a word; nothing when it has ended already."""
        if self.process.poll() is not None:
            return
        tree = self.tree() if _PROCESSES.exists() else []
        for pid in {self.process.pid, *tree}:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(STOP_SECONDS)

    def tree(self) -> list[int]:
        """The node's process and all that descend from it."""
        children: dict[int, list[int]] = {}
        for entry in _PROCESSES.iterdir():
            if entry.name.isdigit() and (stat := _stat(int(entry.name))):
                children.setdefault(int(stat[1]), []).append(int(entry.name))
        found = [self.process.pid]
        for pid in found:
            found.extend(children.get(pid, ()))
        return found

    def cpu_seconds(self) -> float:
        """Processor time of the whole tree, user and system, ended workers included."""
        stats = [stat for pid in self.tree() if (stat := _stat(pid))]
        return sum(int(value) for stat in stats for value in stat[11:15]) / _TICK

    def memory_bytes(self) -> int:
        """Resident memory of the whole tree. What processes share is counted in each."""
        return sum(int(stat[21]) * _PAGE for pid in self.tree() if (stat := _stat(pid)))


def need_proc() -> None:
    """Skips by name where the kernel does not tell what processes use."""
    if not (_PROCESSES / "self" / "stat").exists():
        pytest.skip("needs tool: /proc")


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on; None when the process has gone."""
    try:
        return (_PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
