"""Identity objects (Open Badges 3.0, IdentityObject and IdentityHash): whom a badge is for, told plainly or as a salted hash.

The hash is over the UTF-8 identifier with the salt behind it. New ones are SHA-256 over the identifier without white space around it,
e-mail addresses in lower case. On matching the identifier is tried as given, then in lower case; MD5 is recognized, never written.

A hash hides an identifier from who reads the badge, not from who guesses it: both hash and salt stand there.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

EMAIL: Final = "emailAddress"
NAME: Final = "name"
NATIONAL_ID: Final = "nationalIdentityNumber"
HASH: Final = re.compile(r"(?:sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32})\Z")
"""What a hash looks like."""


def plain_identity(kind: str, value: str) -> JsonObject:
    """An identity that everybody can read."""
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def hashed_identity(kind: str, value: str, *, salt: str) -> JsonObject:
    """An identity that only who knows it can recognize."""
    normal = value.strip().lower() if kind == EMAIL else value.strip()
    digest = "sha256$" + _digest("sha256", normal, salt)
    return {"type": "IdentityObject", "hashed": True, "identityHash": digest, "identityType": kind, "salt": salt}


def is_identity_of(identity: JsonObject, kind: str, value: str) -> bool:
    """Whether `identity` is that identifier of that type. Does not raise: what is malformed belongs to nobody."""
    told, salt = identity.get("identityHash"), identity.get("salt", "")
    if identity.get("identityType") != kind or not isinstance(told, str) or not isinstance(salt, str):
        return False
    wanted = value.strip()
    if identity.get("hashed") is False:
        return told.strip() == wanted or (kind == EMAIL and told.strip().lower() == wanted.lower())
    if identity.get("hashed") is not True or not HASH.match(told):
        return False
    name, digest = told.split("$")
    forms = (wanted, wanted.lower())
    return any(hmac.compare_digest(_digest(name, form, salt), digest.lower()) for form in forms)


def _digest(name: str, text: str, salt: str) -> str:
    return hashlib.new(name, (text + salt).encode("utf-8"), usedforsecurity=False).hexdigest()
