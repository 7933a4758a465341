"""The registered claims of a token (RFC 7519 section 4.1; `nonce`: OpenID Connect Core), read without trust.

Checks, in order:
1. a claim that stands in the header too (RFC 7519 5.3) says the same there;
2. `iss`, `sub`, `jti` and `nonce` are texts, `aud` a text or a list of texts;
3. `iat`, `nbf` and `exp` are numbers of seconds within the years 1970 to 9999.

It does not check what they mean for the document, nor times against a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput, VerificationError

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.proofs.jose.token import SignedToken

REGISTERED: Final = ("iss", "sub", "aud", "jti", "nonce", "iat", "nbf", "exp")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND: Final = 253_402_300_799
"""The last second of the year 9999, which is the last that a date-time can write."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The registered claims of one token; None, or empty, where it does not state them."""

    issuer: str | None
    subject: str | None
    audience: tuple[str, ...]
    token_id: str | None
    nonce: str | None
    issued_at: datetime | None
    not_before: datetime | None
    expires: datetime | None


def read_claims(token: SignedToken) -> Claims:
    """Raises MalformedInput `token.claim_malformed`, VerificationError `token.claims_differ`. Pointers lead into the payload."""
    stated: JsonObject = {name: _stated(token, name) for name in REGISTERED if name in token.payload or name in token.header}
    return Claims(
        issuer=_text(stated, "iss"),
        subject=_text(stated, "sub"),
        audience=_texts(stated, "aud"),
        token_id=_text(stated, "jti"),
        nonce=_text(stated, "nonce"),
        issued_at=_moment(stated, "iat"),
        not_before=_moment(stated, "nbf"),
        expires=_moment(stated, "exp"),
    )


def _stated(token: SignedToken, name: str) -> JsonValue:
    if name in token.payload and name in token.header and token.payload[name] != token.header[name]:
        raise VerificationError("token.claims_differ", f"The token's header states another {name}.", pointer=json_pointer(name))
    return token.payload[name] if name in token.payload else token.header[name]


def _text(stated: JsonObject, name: str) -> str | None:
    if name not in stated:
        return None
    value = stated[name]
    if not isinstance(value, str) or not value:
        raise _malformed(name, value, "a text")
    return value


def _texts(stated: JsonObject, name: str) -> tuple[str, ...]:
    if name not in stated:
        return ()
    value = stated[name]
    listed = value if isinstance(value, list) else [value]
    texts = tuple(item for item in listed if isinstance(item, str) and item)
    if not texts or len(texts) != len(listed) or len(texts) > limits.MAX_LISTED:
        raise _malformed(name, value, f"one to {limits.MAX_LISTED} texts")
    return texts


def _moment(stated: JsonObject, name: str) -> datetime | None:
    if name not in stated:
        return None
    value = stated[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST_SECOND:
        raise _malformed(name, value, "a number of seconds since 1970")
    return _EPOCH + timedelta(seconds=value)


def _malformed(name: str, value: JsonValue, expected: str) -> MalformedInput:
    return MalformedInput("token.claim_malformed", f"The claim {name} is {json_type(value)}, not {expected}.", pointer=json_pointer(name))
