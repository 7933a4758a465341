"""From a token's payload to the credential or presentation that it secures, and back.

Three forms, told apart by `typ` and, where that is `JWT` or missing, by what stands in the payload:
- plain (`vc+jwt`, `vp+jwt`; VC-JOSE-COSE section 3.1): the payload is the document; `vc` and `vp` are refused in it;
- wrapped (VCDM 1.1 section 6.3.1): the document stands in `vc` or `vp`, and registered claims repeat or complete it;
- badge (Open Badges 3.0 section 8.2.4): the payload is a badge of VCDM 2.0, and registered claims repeat it (`badge_token`).
A wrapped badge keeps the rules of badges too.

Checks, in order:
1. `typ` is one of the two for this kind, and fits the media type of the envelope that the token came in;
2. plain: no `vc` and no `vp`; `cty`, when there, is `vc` or `vp`; wrapped: the wrapper of its kind is there alone, and is an object;
   of what decides on validity, nothing stands beside the wrapper; badge: the header's members; `jwk` stands in headers of badges alone;
3. no `proof` in the document: it would be shown, and nothing here verifies it beside the token's own signature;
4. wrapped: `iss`, `sub`, `jti`, `nbf` and `exp`, where the document states the same, state no other.

What comes back is a document beside the token, for reading. The token itself stays what it is. It does not check the document's own shape
(`structure`), nor that `iss` of a plain token is the issuer (station 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.credentials.badge_token import badge_claims, check_badge_header, is_badge
from atesto.credentials.envelope import LEGACY_MEDIA_TYPE, MEDIA_TYPES
from atesto.credentials.structure import VCDM_1_CONTEXT
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.timestamp import format_timestamp, parse_timestamp
from atesto.errors import MalformedInput, UnsupportedFeature, VerificationError
from atesto.proofs.jose.claims import REGISTERED, read_claims

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.proofs.jose.claims import Claims
    from atesto.proofs.jose.token import SignedToken

WRAPPERS: Final = {"credential": "vc", "presentation": "vp"}
_PARTIES: Final = {"credential": "issuer", "presentation": "holder"}
_CREATED: Final = "iat"
_READ_INSIDE: Final = ("validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "credentialSchema")


@dataclass(frozen=True, slots=True)
class TokenDocument:
    """What a token says. `wrapped` tells the form; the dates of a wrapped credential are in the document already."""

    document: JsonObject
    claims: Claims
    wrapped: bool
    badge: bool = False
    """Whether it is secured as Open Badges says, wrapped or not."""

    @property
    def statements(self) -> JsonObject:
        """The document without the token's own claims, which no vocabulary defines."""
        return self.document if self.wrapped else {name: value for name, value in self.document.items() if name not in REGISTERED}


def differing_claims(said: TokenDocument) -> tuple[str, ...]:
    """Which of jti and sub of a plain credential name something else than the document; a document without ids states nothing else.

    VC-JOSE-COSE leaves both to the issuer, and nothing is decided by them: a difference is told, and refuses nothing.
    """
    document, claims = said.document, said.claims
    stated = {
        "jti": [document["id"]] if "id" in document else [],
        "sub": [node["id"] for node in _listed(document.get("credentialSubject")) if isinstance(node, dict) and "id" in node],
    }
    claimed = {"jti": claims.token_id, "sub": claims.subject}
    return tuple(name for name, value in claimed.items() if value is not None and stated[name] and value not in stated[name])


def read_token_document(token: SignedToken, kind: str, media_type: str | None) -> TokenDocument:
    """The document of that kind in `token`; `media_type` is the envelope's, None for a bare token.

    Raises VerificationError `token.type`, `token.wrapped`, `token.content_type`, `token.claims_differ`,
    `token.header_member`; UnsupportedFeature `token.second_proof`, `token.foreign_key`; MalformedInput `token.claim_malformed`,
    `model.member_malformed`, `time.malformed`.
    """
    plain = is_plain(token, kind)
    wrapped = _is_wrapped(token, kind)
    badge = not plain and kind == "credential" and is_badge(token.payload.get(WRAPPERS[kind]) if wrapped else token.payload)
    if media_type is not None and (media_type == LEGACY_MEDIA_TYPE) == plain:
        raise VerificationError("token.type", f"The envelope says {media_type}, and the token's typ is {_shown(token)}.")
    if badge:
        check_badge_header(token)
    elif "jwk" in token.header:
        raise UnsupportedFeature("token.foreign_key", "The token's header brings a key of its own (jwk).")
    claims = read_claims(token)
    if wrapped:
        _refuse_beside(token.payload, kind)
        document = _unwrapped(token.payload, kind, claims)
        _refuse_proof(document, json_pointer(WRAPPERS[kind], "proof"))
        return TokenDocument(document, claims, wrapped=True, badge=badge)
    _refuse_proof(token.payload, "/proof")
    for name in WRAPPERS.values():
        if name in token.payload:
            raise VerificationError("token.wrapped", f"A token of this type holds no {name}.", pointer=json_pointer(name))
    if token.cty is not None and _media_type(token.cty) != WRAPPERS[kind]:
        raise VerificationError("token.content_type", f"The token's cty is not {WRAPPERS[kind]}.")
    return TokenDocument(token.payload, claims, wrapped=False, badge=badge)


def is_plain(token: SignedToken, kind: str) -> bool:
    """Whether `typ` says that the payload is a document of that kind (RFC 7515 4.1.9: without case, `application/` may be left out)."""
    return _media_type(token.typ) == MEDIA_TYPES[kind].removeprefix("application/")


def presented_kind(token: SignedToken) -> str:
    """Which kind a bare token says that it secures. Checks nothing."""
    return (
        "presentation"
        if is_plain(token, "presentation") or (WRAPPERS["presentation"] in token.payload and "vc" not in token.payload)
        else "credential"
    )


def plain_payload(document: JsonObject, *, created: datetime, challenge: str | None = None, domain: str | None = None) -> JsonObject:
    """The payload of a `vc+jwt` or `vp+jwt`: the document, when it was signed and, of a presentation, for which occasion.

    Raises MalformedInput `token.claims_differ` for a document that has members of the token's own: those are the signer's to state.
    """
    for name in REGISTERED:
        if name in document:
            raise MalformedInput(
                "token.claims_differ", f"{name} is a claim of the token, not a member of the document.", pointer=f"/{name}"
            )
    return {**document, **_without_none({"nonce": challenge, "aud": domain}), _CREATED: int(created.timestamp())}


def badge_payload(badge: JsonObject, *, created: datetime) -> JsonObject:
    """The payload of a badge of VCDM 2.0 as Open Badges 3.0 section 8.2.4 has it. Raises MalformedInput as `badge_claims`."""
    claims = badge_claims(badge, "2.0", created=created)
    for name in REGISTERED:
        if name in badge:
            raise MalformedInput("token.claims_differ", f"{name} is a claim of the token, not a member of the badge.", pointer=f"/{name}")
    return {**badge, **claims}


def wrapped_payload(credential: JsonObject, *, created: datetime) -> JsonObject:
    """The payload of a credential's JWT by VCDM 1.1 section 6.3.1: the credential whole, and the claims that repeat it."""
    issuer, subject = credential["issuer"], credential.get("credentialSubject")
    start, end = credential.get("issuanceDate"), credential.get("expirationDate")
    stated: dict[str, JsonValue] = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "sub": subject.get("id") if isinstance(subject, dict) else None,
        "jti": credential.get("id"),
        "nbf": _second(start) if isinstance(start, str) else None,
        "exp": _second(end) if isinstance(end, str) else None,
        _CREATED: int(created.timestamp()),
    }
    return {**_without_none(stated), WRAPPERS["credential"]: credential}


def wrapped_presentation_payload(
    presentation: JsonObject, *, presenter: str, created: datetime, challenge: str | None = None, domain: str | None = None
) -> JsonObject:
    """The payload of a presentation's JWT by VCDM 1.1 section 6.3.1: the presentation whole, who presents, and for which occasion.

    `presenter` stands in `iss` whether or not the presentation names a holder: by that readers of this form find the key.
    """
    stated: dict[str, JsonValue] = {
        "iss": presenter,
        "jti": presentation.get("id"),
        "nonce": challenge,
        "aud": domain,
        _CREATED: int(created.timestamp()),
    }
    return {**_without_none(stated), WRAPPERS["presentation"]: presentation}


def _is_wrapped(token: SignedToken, kind: str) -> bool:
    if is_plain(token, kind):
        return False
    wrappers = [name for name in WRAPPERS.values() if name in token.payload]
    if _media_type(token.typ) not in {None, "jwt"} or wrappers != [WRAPPERS[kind]]:
        if _media_type(token.typ) in {None, "jwt"} and not wrappers and kind == "credential" and is_badge(token.payload):
            return False
        raise VerificationError("token.type", f"A {kind} is a token of another type than {_shown(token)}.")
    return True


def _refuse_proof(document: JsonObject, pointer: str) -> None:
    if "proof" in document:
        raise UnsupportedFeature("token.second_proof", "The document in the token carries a proof besides.", pointer=pointer)


def _refuse_beside(payload: JsonObject, kind: str) -> None:
    for name in _READ_INSIDE:
        if name in payload:
            raise VerificationError(
                "token.claims_differ", f"{name} stands beside {WRAPPERS[kind]}, where nobody reads it.", pointer=json_pointer(name)
            )


def _media_type(text: str | None) -> str | None:
    return None if text is None else text.lower().removeprefix("application/")


def _shown(token: SignedToken) -> str:
    return "missing" if token.typ is None else repr(token.typ[:32])


def _unwrapped(payload: JsonObject, kind: str, claims: Claims) -> JsonObject:
    name = WRAPPERS[kind]
    inner = payload[name]
    if not isinstance(inner, dict):
        raise MalformedInput("model.member_malformed", f"{name} is not an object.", pointer=json_pointer(name))
    document = dict(inner)
    _complete_party(document, _PARTIES[kind], claims.issuer)
    _complete(document, "id", claims.token_id, "jti")
    if kind == "credential":
        older = _listed(document.get("@context"))[:1] == [VCDM_1_CONTEXT]
        _complete_subject(document, claims.subject)
        _complete_date(document, "issuanceDate" if older else "validFrom", claims.not_before, "nbf")
        _complete_date(document, "expirationDate" if older else "validUntil", claims.expires, "exp")
    return document


def _complete_party(document: JsonObject, member: str, claimed: str | None) -> None:
    stated = document.get(member)
    if isinstance(stated, dict):
        node = dict(stated)
        _complete(node, "id", claimed, "iss")
        document[member] = node
    else:
        _complete(document, member, claimed, "iss")


def _complete_subject(document: JsonObject, claimed: str | None) -> None:
    subject = document.get("credentialSubject")
    if claimed is None:
        return
    listed = _listed(subject)
    if len(listed) != 1 or not isinstance(listed[0], dict):
        raise VerificationError("token.claims_differ", "sub names one subject, and the credential has not one.", pointer="/sub")
    node = dict(listed[0])
    _complete(node, "id", claimed, "sub")
    document["credentialSubject"] = [node] if isinstance(subject, list) else node


def _complete(node: JsonObject, member: str, claimed: str | None, claim: str) -> None:
    if claimed is None:
        return
    if member in node and node[member] != claimed:
        raise VerificationError(
            "token.claims_differ", f"{claim} is not the {member} that the document states.", pointer=json_pointer(claim)
        )
    node[member] = claimed


def _complete_date(document: JsonObject, member: str, claimed: datetime | None, claim: str) -> None:
    """Claims count whole seconds; a date-time of the document may be finer."""
    if claimed is None:
        return
    stated = document.get(member)
    if member not in document:
        document[member] = format_timestamp(claimed)
    elif isinstance(stated, str) and _second(stated, json_pointer(member)) != int(claimed.timestamp()):
        raise VerificationError(
            "token.claims_differ", f"{claim} is not the {member} that the document states.", pointer=json_pointer(claim)
        )


def _without_none(stated: Mapping[str, JsonValue]) -> JsonObject:
    return {name: value for name, value in stated.items() if value is not None}


def _second(text: str, pointer: str = "") -> int:
    return int(parse_timestamp(text, pointer=pointer).moment.timestamp() // 1)


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
