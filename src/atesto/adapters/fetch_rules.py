"""Where the fetcher may go: which URLs, and which addresses behind their names.

A URL, in order:
1. its length; ASCII without spaces, control characters and backslashes;
2. `https`, no user information, no fragment;
3. a host that is a DNS name: no spelling of an IP address; a name of one label only in development;
4. port 443 or one of the further ports;
5. a path without dot segments, empty escapes, and encoded slashes, backslashes, dots or control characters.
An address, after name resolution and again when the socket is made:
6. unwrapped from IPv6 forms that carry an IPv4 address (mapped, 6to4, NAT64, Teredo), every layer is global and unicast.
In development loopback and private addresses may be fetched, on any port; link-local ones (where clouds keep credentials) never.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from atesto import limits
from atesto.encoding.dns_name import is_dns_name
from atesto.errors import ResolutionError

if TYPE_CHECKING:
    from collections.abc import Iterator

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

HTTPS_PORT: Final = 443
_TEXT = re.compile(r"[!-\[\]^-~]+\Z")
_AUTHORITY = re.compile(r"(?P<host>[^:@\[\]]+|\[[0-9a-f:.]+\])(?::(?P<port>[1-9][0-9]{0,4}))?\Z")
_HIDDEN = re.compile(r"%(?:[01][0-9a-f]|2[ef]|5c|7f)|%(?![0-9a-f]{2})", re.IGNORECASE)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_NOT_UNICAST: Final = (
    ipaddress.ip_network("fec0::/10"),  # site-local, which `is_global` takes for global
    ipaddress.ip_network("::/96"),  # IPv4-compatible
    ipaddress.ip_network("192.88.99.0/24"),  # 6to4 relays
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64 within a network
    ipaddress.ip_network("5f00::/16"),  # segment routing
)
_PRIVATE: Final = tuple(
    ipaddress.ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "127.0.0.0/8", "::1/128")
)
_LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class FetchRules:
    """The settings of the fetcher that say where it may go."""

    ports: frozenset[int] = frozenset()
    """Further ports beside 443."""
    loopback: bool = False
    """Whether loopback and private addresses may be fetched: development only."""

    def checked_url(self, url: str) -> SplitResult:
        """The parts of `url` when it may be fetched. Raises ResolutionError `fetch.url_refused`."""
        if len(url) > limits.MAX_URL_CHARACTERS or not _TEXT.match(url):
            raise _refused("it is too long or holds characters that stand in no URL")
        if not url.startswith("https://"):
            raise _refused("it is not an https URL")
        try:
            parts = urlsplit(url)
        except ValueError:
            raise _refused("its host is malformed") from None
        if "#" in url or "@" in parts.netloc:
            raise _refused("it carries a user or a fragment")
        authority = _AUTHORITY.match(parts.netloc)
        if authority is None or not self._is_host(authority["host"].lower()):
            raise _refused("its host is not a public DNS name")
        port = int(authority["port"] or HTTPS_PORT)
        if port > 65_535 or not (self.loopback or port in {HTTPS_PORT, *self.ports}):
            raise _refused(f"port {port} is not among those that are fetched from")
        _check_path(parts.path)
        return parts

    def may_connect(self, address: str, port: int) -> bool:
        """Whether a socket may be opened to `address` (as an IP literal, scope included) and `port`."""
        try:
            given = ipaddress.ip_address(address)
        except ValueError:
            return False
        if self.loopback and any(given in network for network in _PRIVATE if network.version == given.version):
            return True
        return port in {HTTPS_PORT, *self.ports} and is_public(given)

    def _is_host(self, host: str) -> bool:
        if self.loopback and (host in _LOOPBACK_HOSTS or host == "localhost"):
            return True
        return is_dns_name(host) and (self.loopback or "." in host) and host.rpartition(".")[2] not in {"localhost", "local", "internal"}


def is_public(address: _Address) -> bool:
    """Whether `address` and every IPv4 address inside it is global and unicast."""
    return all(_is_global_unicast(layer) for layer in _layers(address))


def _is_global_unicast(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id is not None:
        return False
    listed = any(address in network for network in _NOT_UNICAST if network.version == address.version)
    return address.is_global and not (listed or address.is_multicast or address.is_reserved or address.is_unspecified)


def _layers(address: _Address) -> Iterator[_Address]:
    """`address` as it must be judged: a mapped one as its IPv4 address alone, a tunnel as both."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
        return
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        return
    yield address
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo


def _check_path(path: str) -> None:
    if _HIDDEN.search(path):
        raise _refused("its path holds an escape that hides a separator, a dot or a control character")
    if any(segment in {".", ".."} for segment in path.split("/")):
        raise _refused("its path has dot segments")


def _refused(why: str) -> ResolutionError:
    return ResolutionError("fetch.url_refused", f"The address is not fetched: {why}.")
