"""What a command reads and writes: files, or `-` for standard input and output. Bytes stay bytes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from atesto.cli import exit_codes

STANDARD: Final = "-"


class FileProblemError(Exception):
    """A file that cannot be read or written: a sentence for the person, and the exit code."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def read_input(name: str, *, max_bytes: int) -> bytes:
    """The bytes of the file `name`, or of standard input for `-`; one more than `max_bytes` at most, so that the parser sees the excess.

    Raises FileProblemError.
    """
    try:
        if name == STANDARD:
            return sys.stdin.buffer.read(max_bytes + 1)
        with Path(name).open("rb") as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        raise FileProblemError(f"{name} cannot be read: {error.strerror}.", exit_codes.NO_INPUT) from None


def write_output(name: str, data: bytes, *, overwrite: bool) -> None:
    """Writes `data` to the file `name`, whole or not at all, or to standard output for `-`. Raises FileProblemError."""
    if name == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if not overwrite and path.exists():
        raise FileProblemError(f"{name} is there already; --out names the file to write.", exit_codes.CANNOT_WRITE)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise FileProblemError(f"{name} cannot be written: {error.strerror}.", exit_codes.CANNOT_WRITE) from None
