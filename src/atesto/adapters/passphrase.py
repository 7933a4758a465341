"""Where the key store's passphrase comes from: a file named by the operator, else one made at the first start.

The generated file stands outside the key folder, so that a copy of the folder alone discloses nothing.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atesto import limits
from atesto.adapters.private_file import create_private_file, read_private_file
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase, which shows in no representation, and what the operator must be told about it."""

    secret: bytes = field(repr=False)
    notice: str | None = None
    """One paragraph for the caller to print loudly; None when there is nothing to say."""


def obtain_passphrase(explicit: Path | None, *, fallback: Path, key_store: Path) -> Passphrase:
    """The passphrase in `explicit` (from ATESTO_KEY_PASSPHRASE_FILE), else in `fallback`, which is made when there is no key store yet.

    Raises CustodyError `custody.passphrase` for a missing or unusable file, or a fallback inside the key folder;
    `custody.insecure_permissions` for a file that others can read.
    """
    if explicit is not None:
        # Secret mounts are chains of symbolic links; what they lead to must be private all the same.
        return Passphrase(_read(explicit.resolve()))
    if fallback.resolve().is_relative_to(key_store.parent.resolve()):
        raise CustodyError("custody.passphrase", f"The passphrase file {fallback} would lie in the key folder, beside what it locks.")
    if os.path.exists(fallback):  # noqa: PTH110 - Path.exists raises where a folder cannot be entered
        return Passphrase(_read(fallback))
    if os.path.exists(key_store):  # noqa: PTH110 - the same
        raise CustodyError("custody.passphrase", f"The passphrase file {fallback} of the key store {key_store} is missing.")
    _make_folder(fallback.parent)
    secret = secrets.token_urlsafe(32).encode("ascii")
    create_private_file(fallback, secret + b"\n")
    notice = (
        f"No ATESTO_KEY_PASSPHRASE_FILE is set, so a passphrase was made and written to {fallback}. "
        f"Whoever has that file and {key_store} has the keys; without it the keys are lost. Keep a copy apart from the key folder."
    )
    return Passphrase(secret, notice)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CustodyError("custody.passphrase", f"The folder {folder} for the passphrase cannot be made: {error.strerror}.") from None


def _read(path: Path) -> bytes:
    try:
        data = read_private_file(path, max_bytes=limits.MAX_PASSPHRASE_BYTES)
    except CustodyError as error:
        if error.code == "custody.insecure_permissions":
            raise
        raise CustodyError("custody.passphrase", f"The passphrase cannot be read. {error.detail}") from None
    secret = data.rstrip(b"\r\n")
    if not secret:
        raise CustodyError("custody.passphrase", f"The passphrase file {path} is empty.")
    return secret
