"""The syntax of DIDs and DID URLs (DID Core 1.0 sections 3.1 and 3.2), strictly.

Checks, in order:
1. the length, before anything is decoded;
2. `did:`, a lower-case method name, a method-specific id of the permitted characters (so no space, no NUL, no path);
3. for a verification method: one fragment that is not empty, and neither path nor query.
A verification method may also belong to a controller that is named by an https URL (Controlled Identifiers 1.0): then the URL before the
fragment is looked at by whoever fetches it.

Nothing is normalized. What the method-specific id means is the method's own matter.
"""

from __future__ import annotations

import re

from atesto import limits
from atesto.errors import MalformedInput
from atesto.ports import Did

_DID = re.compile(
    r"did:(?P<method>[a-z0-9]+)"
    r":(?:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+\Z"
)
_FRAGMENT = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+\Z")


def parse_did(text: str) -> Did:
    """`text` as a DID. Raises MalformedInput `did.invalid`."""
    if len(text) > limits.MAX_URL_CHARACTERS:
        raise MalformedInput("did.invalid", f"The DID has {len(text)} characters; at most {limits.MAX_URL_CHARACTERS} are read.")
    if not _DID.match(text):
        raise MalformedInput("did.invalid", "The DID is not of the form did:method:identifier.")
    return Did(text)


def did_method(did: Did) -> str:
    """The method name of `did`: `key` in did:key:z6Mk…"""
    return did.split(":", 2)[1]


def split_verification_method(text: str) -> tuple[str, str]:
    """The controller (a DID, or an https URL) and the fragment (without `#`) of a verification method's URL.

    Raises MalformedInput `did.method_url_malformed` when it is not a DID URL of that form, `did.invalid` when its DID is malformed.
    """
    if len(text) > limits.MAX_URL_CHARACTERS:
        raise MalformedInput("did.invalid", f"The DID URL has {len(text)} characters; at most {limits.MAX_URL_CHARACTERS} are read.")
    before, hash_mark, fragment = text.partition("#")
    if text.startswith("https://"):
        did = before
    elif text[:4].lower() != "did:":
        raise MalformedInput("did.method_url_malformed", "The verification method is neither a DID URL nor an https URL.")
    elif "/" in before or "?" in before:
        raise MalformedInput("did.method_url_malformed", "The verification method has a path or a query.")
    else:
        did = parse_did(before)
    if not hash_mark:
        raise MalformedInput("did.method_url_malformed", "The verification method has no fragment: it names no key.")
    if not _FRAGMENT.match(fragment):
        raise MalformedInput("did.method_url_malformed", "The verification method's fragment is empty or holds foreign characters.")
    return did, fragment
