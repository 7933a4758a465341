"""Files that only this user may read, replaced whole or not at all.

Checks when reading, in order:
1. the file is a regular file, no symbolic link;
2. it belongs to this user (or root) and is closed to group and others;
3. the size.
The folder is checked where it matters (`check_private_folder`): secret mounts lie in folders that everybody may list.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from typing import TYPE_CHECKING

from atesto.errors import CustodyError

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_private_file(path: Path, *, max_bytes: int) -> bytes:
    """The bytes of `path`.

    Raises CustodyError `custody.store_missing`, `custody.insecure_permissions`, `custody.store_damaged` (too large, not a regular file).
    """
    try:
        # Without O_NONBLOCK a pipe in the file's place would stop the node.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise CustodyError("custody.store_missing", f"There is no file {path}.") from None
    except OSError as error:
        code = "custody.insecure_permissions" if error.errno in {errno.ELOOP, errno.EACCES} else "custody.store_damaged"
        raise CustodyError(code, f"The file {path} cannot be opened: {error.strerror}.") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise CustodyError("custody.store_damaged", f"{path} is not a regular file.")
        _refuse_open_to_others(path, status)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise CustodyError("custody.store_damaged", f"The file {path} cannot be read: {error.strerror}.") from None
    finally:
        os.close(descriptor)
    if len(data) > max_bytes:
        raise CustodyError("custody.store_damaged", f"The file {path} has more than {max_bytes} bytes.")
    return data


def write_private_file(path: Path, data: bytes) -> None:
    """Puts `data` at `path` with mode 0600: afterwards the old file or the new one stands there whole, and the new one is on the disk.

    Raises CustodyError `custody.store_unwritable` when the disk refuses; the old file then stands, or, when only the sync of the folder
    failed, the new one.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        _write_durably(temporary, data)
        os.replace(temporary, path)  # noqa: PTH105 - the crash test interrupts exactly this call
        sync_folder(path.parent)
    except OSError as error:
        _remove(temporary)
        raise CustodyError("custody.store_unwritable", f"The file {path} could not be written: {error.strerror}.") from None


def create_private_file(path: Path, data: bytes) -> None:
    """Makes `path` with mode 0600, where nothing may stand before; of two that try at once, one is refused.

    Raises CustodyError `custody.store_exists`, `custody.store_unwritable`. A crash may leave an empty file; a failure leaves none.
    """
    try:
        _write_durably(path, data)
        sync_folder(path.parent)
    except FileExistsError:
        raise CustodyError("custody.store_exists", f"There is a file {path} already.") from None
    except OSError as error:
        _remove(path)
        raise CustodyError("custody.store_unwritable", f"The file {path} could not be written: {error.strerror}.") from None


def make_private_folder(folder: Path) -> None:
    """Makes `folder` with mode 0700, or closes this user's own to others. Raises CustodyError `custody.insecure_permissions`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(0o700)
    except OSError as error:
        raise CustodyError("custody.insecure_permissions", f"The folder {folder} cannot be made private: {error.strerror}.") from None
    check_private_folder(folder)


def check_private_folder(folder: Path) -> None:
    """Returns when only this user can enter `folder`. Raises CustodyError `custody.store_missing`, `custody.insecure_permissions`."""
    try:
        status = folder.stat()
    except FileNotFoundError:
        raise CustodyError("custody.store_missing", f"There is no folder {folder}.") from None
    except OSError as error:
        raise CustodyError("custody.insecure_permissions", f"The folder {folder} cannot be looked at: {error.strerror}.") from None
    _refuse_open_to_others(folder, status)


def refuse_foreign_writers(folder: Path) -> None:
    """Returns when `folder` is missing, or this user (or root) alone can write it. Raises CustodyError `custody.insecure_permissions`."""
    try:
        status = folder.stat()
    except OSError:
        return
    if status.st_uid not in {os.geteuid(), 0} or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise CustodyError("custody.insecure_permissions", f"Other users can write the folder {folder}.")


def sync_folder(folder: Path) -> None:
    """Makes the names in `folder` durable. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_durably(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _refuse_open_to_others(path: Path, status: os.stat_result) -> None:
    if status.st_uid not in {os.geteuid(), 0}:
        raise CustodyError("custody.insecure_permissions", f"{path} belongs to another user.")
    if status.st_mode & _OTHERS:
        raise CustodyError("custody.insecure_permissions", f"{path} is open to other users (mode {stat.S_IMODE(status.st_mode):04o}).")
