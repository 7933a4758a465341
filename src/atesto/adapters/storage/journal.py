"""The issuing record until there is a database: one append-only file, one JSON object a line, digests and no persons.

- An entry is durable (fsync) before the caller hears of it; entries that arrive together share one fsync.
- One node a data folder: the file is locked for as long as it is open.
- What a crash left torn at the end is set aside in a file of its own, and said; it was never acknowledged.
- After a failed write nothing is acknowledged until a later write succeeds whole, over the place where the failed one stood.
- A clock that was set back stops the record: times in it never run backwards by more than a few minutes.

An intent without an issued entry means: the node stopped, or refused its own signature, before anything was released.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import queue
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson

from atesto import limits
from atesto.encoding.strict_json import parse_json_object
from atesto.encoding.timestamp import format_timestamp, parse_timestamp
from atesto.errors import AtestoError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atesto.encoding.strict_json import JsonObject

JOURNAL_NAME: Final = "issued.jsonl"


@dataclass(frozen=True, slots=True)
class _Entry:
    line: bytes
    at: datetime
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]


class Journal:
    """A `Ledger` in one file. Made with `open`; `close` waits for what is being written."""

    def __init__(self, descriptor: int, end: int, newest: datetime | None, notices: tuple[str, ...]) -> None:
        """Use `open`."""
        self.notices: Final = notices
        """What the operator has to know of how the file was found."""
        self._descriptor: Final = descriptor
        self._end = end
        self._newest = newest
        self._healthy = True
        self._closed = False
        self._entries: Final[queue.SimpleQueue[_Entry | None]] = queue.SimpleQueue()
        self._held: _Entry | None = None
        self._thread: Final = threading.Thread(target=self._write_forever, name="issuing-record", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, folder: Path, *, now: datetime) -> Journal:
        """The record in `folder`, which is made when it is missing. Raises StorageError `storage.locked`, `storage.unavailable`."""
        path = folder / JOURNAL_NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError("storage.unavailable", f"The issuing record {path} cannot be opened: {error.strerror}.") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _sync_folder(folder)
            end, newest, notices = _mend(descriptor, path, now)
        except BlockingIOError:
            os.close(descriptor)
            raise StorageError("storage.locked", f"Another process holds {path}.") from None
        except OSError as error:
            os.close(descriptor)
            raise StorageError("storage.unavailable", f"The issuing record {path} cannot be read: {error.strerror}.") from None
        except StorageError:
            os.close(descriptor)
            raise
        return cls(descriptor, end, newest, notices)

    @classmethod
    def read(cls, folder: Path) -> tuple[datetime | None, int]:
        """The newest time in the record, and how many credentials it says were issued; reads only, and needs no lock.

        Raises StorageError `storage.unavailable` when it cannot be read or a line in it is damaged.
        """
        path = folder / JOURNAL_NAME
        newest, issued = None, 0
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    at = _time_of(line)
                    if at is None:
                        raise StorageError("storage.unavailable", f"Line {number} of the issuing record {path} is damaged.")
                    newest = at if newest is None else max(newest, at)
                    issued += b'"kind":"issued"' in line
        except OSError as error:
            raise StorageError("storage.unavailable", f"The issuing record {path} cannot be read: {error.strerror}.") from None
        return newest, issued

    @property
    def healthy(self) -> bool:
        """Whether the last write succeeded."""
        return self._healthy and not self._closed

    async def record_intent(self, *, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        """Durable when it returns. Raises StorageError `storage.unavailable`, `storage.clock_behind`."""
        await self._append("intent", credential_id, digest, issuer, at)

    async def record_issued(self, *, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        """Durable when it returns. Raises as `record_intent`."""
        await self._append("issued", credential_id, digest, issuer, at)

    async def close(self) -> None:
        """Waits for what was handed in, then gives the file up."""
        if not self._closed:
            self._closed = True
            self._entries.put(None)
            await asyncio.to_thread(self._thread.join)
            os.close(self._descriptor)

    async def _append(self, kind: str, credential_id: str, digest: str, issuer: str, at: datetime) -> None:
        if self._closed:
            raise StorageError("storage.unavailable", "The issuing record is closed: the node is stopping.")
        members = {"kind": kind, "id": credential_id, "digest": digest, "issuer": issuer, "at": format_timestamp(at)}
        line = orjson.dumps(members, option=orjson.OPT_APPEND_NEWLINE)
        if len(line) > limits.MAX_JOURNAL_LINE_BYTES:
            raise StorageError("storage.unavailable", f"An entry of {len(line)} bytes does not fit into the issuing record.")
        loop = asyncio.get_running_loop()
        entry = _Entry(line, at, loop, loop.create_future())
        self._entries.put(entry)
        # Shielded: an entry that is on its way is written, whether or not its caller waits for it.
        await asyncio.shield(entry.done)

    def _write_forever(self) -> None:
        while batch := self._next_batch():
            accepted: list[_Entry] = []
            newest = self._newest
            for entry in batch:
                if newest is not None and entry.at < newest - timedelta(seconds=limits.MAX_CLOCK_REGRESSION_SECONDS):
                    detail = f"The newest entry is of {format_timestamp(newest)}, the clock says {format_timestamp(entry.at)}."
                    _answer(entry, StorageError("storage.clock_behind", detail))
                    continue
                newest = entry.at if newest is None else max(newest, entry.at)
                accepted.append(entry)
            error = self._write(b"".join(entry.line for entry in accepted))
            if error is None:
                self._newest = newest
            for entry in accepted:
                _answer(entry, error)

    def _next_batch(self) -> list[_Entry]:
        """The next entries that share one fsync; empty at the end."""
        first = self._held or self._entries.get()
        self._held = None
        if first is None:
            return []
        batch, size = [first], len(first.line)
        while not self._entries.empty():
            entry = self._entries.get()
            if entry is None:
                self._entries.put(None)
                break
            if size + len(entry.line) > limits.MAX_JOURNAL_BATCH_BYTES:
                self._held = entry
                break
            batch.append(entry)
            size += len(entry.line)
        return batch

    def _write(self, data: bytes) -> StorageError | None:
        try:
            if not self._healthy:
                # Whatever the failed write left stands past the acknowledged end.
                os.ftruncate(self._descriptor, self._end)
            written = 0
            while written < len(data):
                written += os.pwrite(self._descriptor, data[written:], self._end + written)
            os.fsync(self._descriptor)
        except OSError as error:
            self._healthy = False
            return StorageError("storage.unavailable", f"The issuing record could not be written: {error.strerror}.")
        self._healthy = True
        self._end += len(data)
        return None


def _answer(entry: _Entry, error: StorageError | None) -> None:
    def answer() -> None:
        if entry.done.done():
            return
        if error is None:
            entry.done.set_result(None)
        else:
            entry.done.set_exception(error)

    _on_loop(entry.loop, answer)


def _on_loop(loop: asyncio.AbstractEventLoop, call: Callable[[], Any]) -> None:
    # A loop that closed meanwhile has nobody left to be answered.
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)


def _mend(descriptor: int, path: Path, now: datetime) -> tuple[int, datetime | None, tuple[str, ...]]:
    """The end of the acknowledged entries, the newest time, and notices. What follows a torn entry goes into a file of its own.

    Only the last batch can be torn: everything before it was durable when it was acknowledged.
    """
    size = os.fstat(descriptor).st_size
    start = max(0, size - limits.MAX_JOURNAL_BATCH_BYTES - limits.MAX_JOURNAL_LINE_BYTES)
    tail = os.pread(descriptor, size - start, start)
    first = tail.find(b"\n") + 1 if start else 0
    good, newest = first, None
    for line in tail[first:].splitlines(keepends=True):
        at = _time_of(line)
        if at is None:
            break
        good += len(line)
        newest = at if newest is None else max(newest, at)
    torn = tail[good:]
    if not torn:
        return size, newest, ()
    if start and good == first:
        raise StorageError("storage.unavailable", f"The end of the issuing record {path} is damaged beyond one write.")
    aside = path.with_name(f"{path.name}.torn-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    _set_aside(aside, torn)
    os.ftruncate(descriptor, start + good)
    os.fsync(descriptor)
    notice = (
        f"The issuing record ended in {len(torn)} bytes that a crash left unfinished; they were moved to {aside}. "
        "No credential was released for them."
    )
    return start + good, newest, (notice,)


def _time_of(line: bytes) -> datetime | None:
    """The time of a whole entry; None for anything else."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry: JsonObject = parse_json_object(line)
        at = entry.get("at")
        return parse_timestamp(at).moment if isinstance(at, str) and entry.get("kind") in {"intent", "issued"} else None
    except AtestoError:
        return None


def _set_aside(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        written = 0
        while written < len(data):
            written += os.write(descriptor, data[written:])
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
