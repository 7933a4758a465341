"""The API token: who holds it may issue. One file that only the node's user may read; made at the first start.

The token is compared, never stored anywhere else, and shows in no log.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atesto import limits
from atesto.adapters.private_file import create_private_file, read_private_file
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from pathlib import Path

_BYTES = 32
_SHORTEST = 16


@dataclass(frozen=True, slots=True)
class ApiToken:
    """The token, which shows in no representation, and what the operator must be told about it."""

    secret: str = field(repr=False)
    notice: str | None = None


def obtain_token(path: Path) -> ApiToken:
    """The token in `path`, which is made with a fresh one when it is missing.

    Raises CustodyError `custody.token` for a file that holds no token, `custody.insecure_permissions` for one that others can read.
    """
    try:
        return ApiToken(_read(path))
    except CustodyError as error:
        if error.code != "custody.store_missing":
            raise
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CustodyError("custody.token", f"The folder of {path} cannot be made: {error.strerror}.") from None
    secret = secrets.token_urlsafe(_BYTES)
    create_private_file(path, secret.encode("ascii") + b"\n")
    return ApiToken(secret, f"A new API token was written to {path}. Whoever has it can issue credentials in this node's name.")


def _read(path: Path) -> str:
    data = read_private_file(path, max_bytes=limits.MAX_PASSPHRASE_BYTES).strip()
    # A token travels in a header: visible ASCII without spaces.
    if len(data) < _SHORTEST or not all(0x21 <= byte <= 0x7E for byte in data):
        raise CustodyError("custody.token", f"{path} holds no token: at least {_SHORTEST} visible characters, no spaces.")
    return data.decode("ascii")
