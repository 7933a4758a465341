"""Starting, stopping, being killed, and who may share a data folder: with a node of each test's own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Final

import pytest

from tests.live.material import unsigned
from tests.live.node_process import PROGRAM, NodeProcess, need_proc

pytestmark = pytest.mark.loopback

RESTART_SECONDS: Final = 5.0
CLIENTS: Final = 4


def journal(node: NodeProcess) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (node.data / "issued.jsonl").read_bytes().splitlines()]


def test_kill_in_the_middle_of_issuing_loses_nothing_that_was_answered(folder: Path) -> None:
    need_proc()
    started = time.monotonic()
    node = NodeProcess.start(folder)
    first = time.monotonic() - started
    got: list[str] = []
    enough = threading.Event()

    def issue(client: int) -> None:
        with contextlib.closing(node.connection()) as connection:
            for number in range(10_000):
                identifier = f"urn:uuid:{client:08d}-0000-4000-8000-{number:012d}"
                try:
                    connection.request(
                        "POST",
                        "/credentials/issue",
                        json.dumps({"credential": unsigned(node.did, id=identifier)}),
                        {"Content-Type": "application/json", **node.authorized},
                    )
                    response = connection.getresponse()
                    response.read()
                except (OSError, http.client.HTTPException):
                    return
                if response.status == 201:
                    got.append(identifier)
                if len(got) >= 40:
                    enough.set()

    threads = [threading.Thread(target=issue, args=[client]) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        assert enough.wait(60)
        tree = node.tree()
    finally:
        node.process.send_signal(signal.SIGKILL)
        node.process.wait()
    for thread in threads:
        thread.join()
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/stat").exists() and _parent_or_none(pid) is not None for pid in tree[1:]) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in tree[1:] if _parent_or_none(pid) is not None] == [], "worker processes outlive their node"
    started = time.monotonic()
    again = NodeProcess.start(folder)
    try:
        seconds = time.monotonic() - started
        issued = {entry["id"] for entry in journal(again) if entry["kind"] == "issued"}
        assert set(got) - issued == set()
        assert len(got) >= 40
        assert again.did == node.did
        assert again.verify(again.issue(unsigned(again.did))).code == "confirmed"
        # On a machine that is busy with other things the first start, of an empty folder, says what a start takes.
        assert seconds < max(RESTART_SECONDS, 1.5 * first)
    finally:
        assert again.stop() == 0


def _parent_or_none(pid: int) -> int | None:
    """The parent of a process that runs; None for one that ended or only waits to be collected."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[1])


def test_a_second_node_on_the_same_data_is_refused(live: NodeProcess) -> None:
    done = subprocess.run(
        [PROGRAM, "serve", "--port", "0", "--data", live.data],
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 74
    assert "storage.locked" in done.stderr
    assert "Another process holds" in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stdout + done.stderr
    assert live.ask("GET", "/health/ready").status == 200


def test_an_address_that_is_taken_is_refused_with_a_sentence(live: NodeProcess, tmp_path: Path) -> None:
    done = subprocess.run(
        [PROGRAM, "serve", "--port", str(live.port), "--data", tmp_path / "other"],
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, "settings.address" in done.stderr, "Traceback" in done.stderr) == (78, True, False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopping_node_answers_what_runs_and_takes_nothing_new(folder: Path, number: int) -> None:
    node = NodeProcess.start(folder)
    body = json.dumps({"verifiableCredential": node.issue(unsigned(node.did))}).encode()
    head = f"POST /credentials/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    idle = socket.create_connection(("127.0.0.1", node.port), timeout=30)
    with socket.create_connection(("127.0.0.1", node.port), timeout=30) as running:
        running.sendall(head.encode() + body[:10])
        time.sleep(0.3)
        node.process.send_signal(number)
        until = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", node.port), timeout=5).close()
            except ConnectionRefusedError:
                break
            assert time.monotonic() < until, "new connections are still taken"
            time.sleep(0.02)
        assert node.process.poll() is None
        running.sendall(body[10:])
        answer = b""
        while piece := running.recv(65_536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b'"verified":true' in answer
    with idle:
        assert idle.recv(1) == b""
    assert node.process.wait(30) == 0
    assert not (node.data / "running.json").exists()
    assert "Traceback" not in node.said()


def test_what_the_node_makes_is_private(live: NodeProcess) -> None:
    for path in (live.data / "api-token", live.data / "key-passphrase", live.data / "keys" / "keys.json", live.data / "issued.jsonl"):
        assert path.stat().st_mode & 0o077 == 0, path
        assert path.stat().st_uid == os.getuid()
