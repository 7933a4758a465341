"""The issuing record: durable before it answers, one node at a time, nothing lost and nothing hidden after a crash."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atesto import limits
from atesto.adapters.storage import journal as module
from atesto.adapters.storage.journal import JOURNAL_NAME, Journal
from atesto.errors import AtestoError, StorageError

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


async def intent(journal: Journal, identifier: str = "urn:uuid:1", at: datetime = NOW) -> None:
    await journal.record_intent(credential_id=identifier, digest="ab" * 32, issuer="did:example:i", at=at)


def lines(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / JOURNAL_NAME).read_bytes().splitlines()]


def set_aside(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("*.torn-*")]


async def code_of(journal: Journal, at: datetime = NOW) -> str:
    with pytest.raises(AtestoError) as caught:
        await intent(journal, at=at)
    return caught.value.code


async def test_an_entry_holds_digest_id_issuer_and_time_and_nothing_else(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    await intent(journal)
    await journal.record_issued(credential_id="urn:uuid:1", digest="cd" * 32, issuer="did:example:i", at=NOW)
    entry = {"id": "urn:uuid:1", "issuer": "did:example:i", "at": "2026-06-15T12:00:00Z"}
    assert lines(tmp_path) == [{"kind": "intent", "digest": "ab" * 32, **entry}, {"kind": "issued", "digest": "cd" * 32, **entry}]
    assert (tmp_path / JOURNAL_NAME).stat().st_mode & 0o777 == 0o600
    await journal.close()


async def test_entries_that_arrive_together_share_fsyncs_and_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    synced: list[int] = []
    real = os.fsync

    def counted(descriptor: int) -> None:
        synced.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    await asyncio.gather(*(intent(journal, f"urn:n:{number}") for number in range(500)))
    assert [line["id"] for line in lines(tmp_path)] == [f"urn:n:{number}" for number in range(500)]
    assert len(synced) < 100
    await journal.close()


async def test_it_grows_over_restarts(tmp_path: Path) -> None:
    for number in range(3):
        journal = Journal.open(tmp_path, now=NOW)
        assert journal.notices == ()
        await intent(journal, f"urn:n:{number}")
        await journal.close()
    assert len(lines(tmp_path)) == 3
    assert not journal.healthy
    assert await code_of(journal) == "storage.unavailable"


async def test_a_second_node_is_refused(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    with pytest.raises(StorageError) as caught:
        Journal.open(tmp_path, now=NOW)
    assert caught.value.code == "storage.locked"
    await journal.close()
    await Journal.open(tmp_path, now=NOW).close()


@pytest.mark.parametrize(
    "torn", [b'{"kind":"inte', b"\0" * 40, b'{"kind":"intent"}\n', b'{"kind":"other","at":"2026-06-15T12:00:00Z"}\n{"a":1}\n']
)
async def test_a_torn_end_is_set_aside_and_said(tmp_path: Path, torn: bytes) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    await intent(journal)
    await journal.close()
    with (tmp_path / JOURNAL_NAME).open("ab") as file:
        file.write(torn)
    journal = Journal.open(tmp_path, now=NOW)
    (notice,) = journal.notices
    assert f"{len(torn)} bytes" in notice
    assert set_aside(tmp_path) == [torn]
    await intent(journal, "urn:n:after")
    await journal.close()
    assert [line["id"] for line in lines(tmp_path)] == ["urn:uuid:1", "urn:n:after"]


async def test_only_the_end_is_looked_at_when_the_record_is_long(tmp_path: Path) -> None:
    line = json.dumps({"kind": "issued", "at": "2026-06-15T12:00:00Z", "id": "x" * 200}).encode() + b"\n"
    count = (limits.MAX_JOURNAL_BATCH_BYTES * 2) // len(line)
    (tmp_path / JOURNAL_NAME).write_bytes(line * count + b"{torn")
    journal = Journal.open(tmp_path, now=NOW)
    await intent(journal)
    await journal.close()
    assert len(lines(tmp_path)) == count + 1


async def test_damage_beyond_one_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_NAME).write_bytes(b"\0" * (limits.MAX_JOURNAL_BATCH_BYTES * 2))
    with pytest.raises(StorageError) as caught:
        Journal.open(tmp_path, now=NOW)
    assert caught.value.code == "storage.unavailable"


@pytest.mark.parametrize("call", ["pwrite", "fsync"])
async def test_a_full_disk_stops_the_record_until_a_write_succeeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    await intent(journal, "urn:n:1")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    healthy = []
    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        assert await code_of(journal) == "storage.unavailable"
        healthy.append(journal.healthy)
        assert await code_of(journal) == "storage.unavailable"
    await intent(journal, "urn:n:2")
    healthy.append(journal.healthy)
    assert healthy == [False, True]
    await journal.close()
    assert [line["id"] for line in lines(tmp_path)] == ["urn:n:1", "urn:n:2"]


async def test_a_partly_written_entry_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    real = os.pwrite
    calls: list[int] = []

    def partly(descriptor: int, data: bytes, offset: int) -> int:
        calls.append(offset)
        if len(calls) > 1:
            raise OSError(errno.EIO, "Input/output error")
        return real(descriptor, data[:10], offset)

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", partly)
        assert await code_of(journal) == "storage.unavailable"
    await intent(journal, "urn:n:2")
    await journal.close()
    assert [line["id"] for line in lines(tmp_path)] == ["urn:n:2"]


async def test_a_clock_that_was_set_back_stops_the_record(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    await intent(journal)
    await intent(journal, at=NOW - timedelta(seconds=300))
    assert await code_of(journal, at=NOW - timedelta(seconds=301)) == "storage.clock_behind"
    await journal.close()
    journal = Journal.open(tmp_path, now=NOW)
    assert await code_of(journal, at=NOW - timedelta(hours=1)) == "storage.clock_behind"
    await intent(journal, at=NOW + timedelta(hours=1))
    await journal.close()


async def test_an_entry_too_long_for_one_line_is_refused(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, now=NOW)
    with pytest.raises(StorageError):
        await intent(journal, "u" * limits.MAX_JOURNAL_LINE_BYTES)
    await journal.close()


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        Journal.open(tmp_path / "file", now=NOW)
    assert caught.value.code == "storage.unavailable"


_WRITER = """
import asyncio, sys
from datetime import datetime, UTC
from pathlib import Path
from atesto.adapters.storage.journal import Journal

async def main():
    now = datetime.now(UTC)
    journal = Journal.open(Path(sys.argv[1]), now=now)
    number = 0
    async def one(number):
        await journal.record_issued(credential_id=f"urn:n:{number}", digest="0" * 64, issuer="did:example:i", at=now)
        print(number, flush=True)
    while True:
        await asyncio.gather(*(one(number + step) for step in range(20)))
        number += 20

asyncio.run(main())
"""


def acknowledged_until_killed(folder: Path) -> list[int]:
    """What a writer said was written, up to the moment at which it was killed."""
    environment = {**os.environ, "PYTHONPATH": str(Path(module.__file__).parents[3])}
    process = subprocess.Popen([sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(200)]
    process.send_signal(signal.SIGKILL)
    rest, _unused = process.communicate()
    return acknowledged + [int(text) for text in rest.split("\n")[:-1] if text]


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    for _ in range(3):
        acknowledged = acknowledged_until_killed(tmp_path)
        await Journal.open(tmp_path, now=datetime.now(UTC)).close()
        written = {line["id"] for line in lines(tmp_path)}
        assert {f"urn:n:{number}" for number in acknowledged} <= written
