"""did:web (W3C CCG did:web, 2024-07-31): the DID is an https address, and the document stands there.

Checks, in order:
1. a host that is a DNS name, in lower case: no IP address in any spelling, no user information, no other escape than `%3A` before a port;
2. a port from 1 to 65535, without zeros before it;
3. path segments that are not empty, no dot segments, and no escape of a separator, a dot, a percent sign or a control character;
4. the document's (controller_document); that it is about this DID is checked by the resolver.

`did:web:host` is at `https://host/.well-known/did.json`, `did:web:host%3Aport:a:b` at `https://host:port/a/b/did.json`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atesto.dids.controller_document import DID_MEDIA_TYPES, fetch_document
from atesto.dids.did_url import parse_did
from atesto.encoding.dns_name import is_dns_name
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.ports import Did, Fetcher

_PREFIX: Final = "did:web:"
_WELL_KNOWN: Final = "/.well-known"
_AUTHORITY = re.compile(r"(?P<host>[a-z0-9.-]+)(?:%3[Aa](?P<port>[1-9][0-9]{0,4}))?\Z")
_SEGMENT = re.compile(r"(?:[A-Za-z0-9._-]|%(?:2[0-46-9A-Da-d]|[3-7][0-9A-Ea-e]|[3-6][Ff]|[89A-Fa-f][0-9A-Fa-f]))+\Z")
_BACKSLASH = re.compile(r"%5[Cc]")
_URL = re.compile(r"https://(?P<host>[a-z0-9.-]+)(?::(?P<port>[0-9]+))?(?P<path>(?:/[A-Za-z0-9._-]+)*)/?\Z")


def did_web(url: str) -> Did:
    """The did:web of an https URL, for example did:web:issuer.example:path. Raises MalformedInput `did.invalid`."""
    parts = _URL.match(url)
    if parts is None:
        raise MalformedInput("did.invalid", "A did:web is made of an https URL with a host in lower case and plain path segments.")
    port = "" if parts["port"] in {None, "443"} else f"%3A{parts['port']}"
    did = parse_did(_PREFIX + parts["host"] + port + parts["path"].replace("/", ":"))
    did_web_url(did)
    return did


def did_web_url(did: Did) -> str:
    """Where the document of `did`, a syntactically valid did:web, stands. Raises MalformedInput `did.invalid`."""
    name, *segments = did.removeprefix(_PREFIX).split(":")
    authority = _AUTHORITY.match(name)
    if authority is None or not is_dns_name(authority["host"]):
        raise MalformedInput("did.invalid", "A did:web names its host by a DNS name in lower case, and a port after %3A.")
    port = authority["port"]
    if port is not None and int(port) > 65_535:
        raise MalformedInput("did.invalid", f"There is no port {port}.")
    for segment in segments:
        if not _SEGMENT.match(segment) or _BACKSLASH.search(segment) or segment in {".", ".."}:
            raise MalformedInput("did.invalid", "A segment of the did:web's path is empty, of dots, or hides a character.")
    path = "".join(f"/{segment}" for segment in segments) or _WELL_KNOWN
    return f"https://{authority['host']}{f':{port}' if port else ''}{path}/did.json"


async def resolve_did_web(did: Did, *, fetcher: Fetcher, budget: FetchBudget) -> JsonObject:
    """The document at the address of `did`. Raises MalformedInput `did.invalid`, ResolutionError as `fetch_document`."""
    return await fetch_document(did_web_url(did), media_types=DID_MEDIA_TYPES, fetcher=fetcher, budget=budget)
