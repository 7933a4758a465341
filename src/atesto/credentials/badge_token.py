"""Tokens of Open Badges 3.0 and CLR 2.0 (Open Badges 3.0 section 8.2.4, "VC-JWT"): `typ` is `JWT` or left out, the payload a badge.

They are told from every other token by the badge in them and by nothing else: whoever wants another kind of token never gets one of these.
VCDM 2.0: the payload is the badge and the claims; VCDM 1.1: the badge stands in `vc` (`token_form`).

Checks, in order:
1. the header holds `alg`, `kid`, `jwk` and `typ` and nothing else;
2. `iss`, `sub`, `jti` and `nbf`, and `exp` where the badge has an end, are there; `sub` may be missing where the subject has no id;
3. they are the issuer, the subject's id, the badge's id, its start and its end, exactly.

An `exp` that the badge does not repeat ends it all the same (station 9). `iat` and `aud` are allowed and mean nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.credentials.validity import read_validity
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import MalformedInput, VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.encoding.timestamp import Timestamp
    from atesto.proofs.jose.claims import Claims
    from atesto.proofs.jose.token import SignedToken

BADGE_TYPES: Final = frozenset({"OpenBadgeCredential", "AchievementCredential", "EndorsementCredential", "ClrCredential"})
_HEADER: Final = frozenset({"alg", "kid", "jwk", "typ"})
_DATES: Final = {"2.0": ("validFrom", "validUntil"), "1.1": ("issuanceDate", "expirationDate")}


def is_badge(document: JsonValue) -> bool:
    """Whether a document says by its type that it is a badge, an endorsement or a record of learning."""
    types = document.get("type") if isinstance(document, dict) else None
    return not BADGE_TYPES.isdisjoint(item for item in (types if isinstance(types, list) else [types]) if isinstance(item, str))


def check_badge_header(token: SignedToken) -> None:
    """Check 1. Raises VerificationError `token.header_member`."""
    for name in token.header:
        if name not in _HEADER:
            raise VerificationError("token.header_member", f"The header holds {name[:32]!r}.")


def missing_claims(document: JsonObject, claims: Claims, version: str) -> tuple[str, ...]:
    """Check 2: the names of the claims that should be there. `document` has passed the shape station."""
    subject = _subject(document)
    wanted = {
        "iss": claims.issuer,
        "sub": claims.subject if "id" in subject else "",
        "jti": claims.token_id,
        "nbf": claims.not_before,
        "exp": claims.expires if _DATES[version][1] in document else "",
    }
    return tuple(name for name, value in wanted.items() if value is None)


def check_badge_claims(document: JsonObject, claims: Claims, version: str) -> None:
    """Check 3, of the claims that are there. Raises VerificationError `token.claims_differ`."""
    start, end = (_moment(document, version, name) for name in _DATES[version])
    stated: Mapping[str, tuple[object, object]] = {
        "iss": (claims.issuer, _issuer(document)),
        "sub": (claims.subject, _subject(document).get("id")),
        "jti": (claims.token_id, document.get("id")),
        "nbf": (claims.not_before, start),
        "exp": (claims.expires, end if end is not None else claims.expires),
    }
    for name, (claimed, said) in stated.items():
        if claimed is not None and claimed != said:
            raise VerificationError("token.claims_differ", f"{name} is not what the badge states.", pointer=json_pointer(name))


def badge_claims(document: JsonObject, version: str, *, created: datetime) -> JsonObject:
    """The claims of a token to be made of `document`, which has passed the shape station.

    Raises MalformedInput `token.claim_missing` for a badge that has not what they repeat, `token.claim_malformed` for parts of a second.
    """
    start, end = (_moment(document, version, name) for name in _DATES[version])
    wanted: dict[str, tuple[JsonValue, str]] = {
        "iss": (_issuer(document), "/issuer"),
        "sub": (_subject(document).get("id"), "/credentialSubject/id"),
        "jti": (document.get("id"), "/id"),
        "nbf": (_seconds(start, _DATES[version][0]), json_pointer(_DATES[version][0])),
    }
    for name, (value, pointer) in wanted.items():
        if value is None:
            raise MalformedInput("token.claim_missing", f"Without it the token has no {name}.", pointer=pointer)
    claims: JsonObject = {name: value for name, (value, _) in wanted.items()}
    if end is not None:
        claims["exp"] = _seconds(end, _DATES[version][1])
    return {**claims, "iat": int(created.timestamp())}


def _issuer(document: JsonObject) -> JsonValue:
    issuer = document.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def _subject(document: JsonObject) -> JsonObject:
    subjects = document.get("credentialSubject")
    listed = subjects if isinstance(subjects, list) else [subjects]
    return listed[0] if len(listed) == 1 and isinstance(listed[0], dict) else {}


def _moment(document: JsonObject, version: str, name: str) -> datetime | None:
    validity = read_validity(document, version)
    found: Mapping[str, Timestamp] = {**validity.starts, **validity.ends}
    return found[name].moment if name in found else None


def _seconds(moment: datetime | None, name: str) -> int | None:
    if moment is not None and moment.microsecond:
        raise MalformedInput(
            "token.claim_malformed", f"{name} is not at a whole second, which claims count in.", pointer=json_pointer(name)
        )
    return None if moment is None else int(moment.timestamp())
