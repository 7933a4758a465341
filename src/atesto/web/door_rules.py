"""What the doors ask of every request, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from atesto import limits

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class DoorRules:
    """The settings of the doors. `token` is None only for an interoperability node on the loopback (settings check 4)."""

    token: str | None = field(repr=False)
    public_url: str
    host_names: frozenset[str]
    """Lower-case host names, without a port, under which the node answers."""
    cors_origins: frozenset[str] = frozenset({"*"})
    verify_max_bytes: int = limits.MAX_JSON_BYTES
    issue_max_bytes: int = limits.MAX_ISSUE_BYTES
    body_seconds: float = limits.BODY_SECONDS
    max_requests: int = limits.MAX_CONCURRENT_REQUESTS

    @classmethod
    def host_names_of(cls, public_url: str, host: str, further: tuple[str, ...]) -> frozenset[str]:
        """The names of the public URL, of the address listened on, of the loopback, and `further`."""
        # An address that means "every interface" is no name that a client could send.
        listened = set() if host in {"0.0.0.0", "::", ""} else {f"[{host}]" if ":" in host else host}  # noqa: S104 - compared, not bound
        named = {urlsplit(public_url).netloc.rpartition("@")[2], *further, *listened}
        return frozenset({host_name(name) for name in named} | _LOOPBACK_NAMES)


def host_name(value: str) -> str:
    """The host of a Host header, lower case, without its port: `[::1]` of `[::1]:8080`."""
    name, colon, port = value.lower().rpartition(":")
    return name if colon and (port.isdigit() or not port) and not value.endswith("]") else value.lower()
