"""Whether a credential was awarded to a person whom the verifier knows by an identifier (Open Badges 3.0 section 8.3, step "Recipient").

The person's identifier is compared with, in order:
1. the `id` of each subject, exactly; for an e-mail address also its `mailto:` form;
2. each IdentityObject of each subject: an e-mail address with those of `identityType` emailAddress, anything else with the others.
   Plain ones are compared as texts. Hashed ones are `sha256$` or `md5$` and the hash, in hexadecimal, of the identifier with the salt
   behind it; an e-mail address is tried as it was given, trimmed, and in lower case, since issuers differ in what they hash.

One match is enough. A match says that the credential speaks of that person, not that whoever shows it is that person.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from atesto.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.encoding.strict_json import JsonObject

_EMAIL: Final = "emailAddress"
_HASHES: Final = {"sha256": hashlib.sha256, "md5": lambda data: hashlib.md5(data, usedforsecurity=False)}
_BROKEN: Final = "md5"


def check_recipient(credential: JsonObject, recipient: str) -> bool:
    """Whether the match rests on a hash that is broken. Raises VerificationError `recipient.mismatch`."""
    email = _is_email(recipient)
    forms = list(dict.fromkeys((recipient, recipient.strip(), recipient.strip().lower()))) if email else [recipient]
    weak = False
    for subject in _objects(credential.get("credentialSubject")):
        named = subject.get("id")
        if named == recipient or (email and isinstance(named, str) and named.lower() == f"mailto:{forms[-1]}"):
            return False
        for identity in _objects(subject.get("identifier")):
            if (identity.get("identityType") == _EMAIL) != email:
                continue
            by = _matches(identity, forms)
            if by is not None and by != _BROKEN:
                return False
            weak |= by == _BROKEN
    if weak:
        return True
    raise VerificationError(
        "recipient.mismatch", "No identifier of the credential's subject is the one that was given.", pointer="/credentialSubject"
    )


def _matches(identity: JsonObject, forms: list[str]) -> str | None:
    """By what the identity is one of `forms`: the name of a hash, or "plain"; None when it is not."""
    stated, salt = identity.get("identityHash"), identity.get("salt", "")
    if not isinstance(stated, str) or not isinstance(salt, str):
        return None
    if identity.get("hashed") is not True:
        plain = {stated, stated.strip().lower()} if identity.get("identityType") == _EMAIL else {stated}
        return "plain" if plain & set(forms) else None
    name, _, digest = stated.partition("$")
    hash_function = _HASHES.get(name)
    if hash_function is None:
        return None
    found = any(hash_function((form + salt).encode()).hexdigest() == digest.lower() for form in forms)
    return name if found else None


def _is_email(text: str) -> bool:
    local, at, host = text.strip().rpartition("@")
    return bool(at and local and host) and ":" not in text and "/" not in text


def _objects(value: object) -> Iterator[JsonObject]:
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))
