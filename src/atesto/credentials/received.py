"""What somebody handed over: a credential or presentation, bare or in an interface's envelope, as object, token, or in a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.baking.picture import picture_type, unbake
from atesto.credentials.envelope import LEGACY_MEDIA_TYPE, MEDIA_TYPES, enveloped, is_envelope, open_envelope
from atesto.credentials.token_form import is_plain, presented_kind, read_token_document
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import UnsupportedFeature
from atesto.findings import Finding
from atesto.proofs.jades.seal import is_seal
from atesto.proofs.jose.token import parse_token

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

_ENVELOPES: Final = {"verifiablePresentation": "presentation", "verifiableCredential": "credential"}
_PRESENTATIONS: Final = frozenset({"VerifiablePresentation", "EnvelopedVerifiablePresentation"})
_CREDENTIALS: Final = frozenset({"VerifiableCredential", "EnvelopedVerifiableCredential"})
_TOKEN = re.compile(rb"\s*([A-Za-z0-9_-]+\.[A-Za-z0-9_=+/.-]*)\s*\Z")


@dataclass(frozen=True, slots=True)
class Received:
    """A credential that was handed over as bytes: the document or token itself, and what is to be noted of how it came."""

    document: JsonObject | str
    findings: tuple[Finding, ...] = ()


def received_credential(content: bytes, *, max_bytes: int) -> Received:
    """The credential that the bytes are, in no envelope of an interface: JSON, a compact token, or a picture that holds either.

    `max_bytes` bounds JSON; pictures have their own bound. Raises MalformedInput and UnsupportedFeature `image.*`, `json.*`,
    `model.unsupported_format`.
    """
    found: tuple[Finding, ...] = ()
    if picture_type(content) is not None:
        baked = unbake(content)
        content, found = baked.text.encode("utf-8"), (Finding("image.baked", f"It stood in {baked.place}."),)
    refuse_xml(content)
    return Received(token_text(content) or parse_json_object(content, max_bytes=max_bytes), found)


def received_document(body: JsonObject) -> tuple[str, JsonObject | str]:
    """Which of the two it says it is ("credential" or "presentation"), and the document without its envelope (VC-API, VCALM).

    What says neither is taken for a credential, so that its shape is judged. Checks nothing.
    """
    member = envelope_member(body)
    inner = body[member] if member is not None else None
    if member is not None and isinstance(inner, dict | str):
        return _ENVELOPES[member], inner
    return "credential" if _PRESENTATIONS.isdisjoint(_named_types(body)) else "presentation", body


def envelope_member(body: JsonObject) -> str | None:
    """The member in which `body`, as an interface's envelope, holds the document; None when `body` is the document. Checks nothing."""
    if not (_PRESENTATIONS | _CREDENTIALS).isdisjoint(_named_types(body)):
        return None
    return next((member for member in _ENVELOPES if isinstance(body.get(member), dict | str)), None)


def _named_types(body: JsonObject) -> set[str]:
    types = body.get("type")
    return {item for item in (types if isinstance(types, list) else [types]) if isinstance(item, str)}


def refuse_xml(content: bytes) -> None:
    """Raises UnsupportedFeature `model.unsupported_format` for XML: Europass credentials before ELM 3 were XML with an XAdES seal."""
    if content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        detail = "This is XML. Europass credentials of that form (XAdES, before the European Learning Model 3) are not read here."
        raise UnsupportedFeature("model.unsupported_format", detail)


def token_text(content: bytes) -> str | None:
    """The compact token that `content` is, without white space around it; None when it looks like something else. Checks nothing."""
    match = _TOKEN.match(content)
    return match[1].decode("ascii") if match else None


def received_token(text: str) -> tuple[str, str]:
    """Which of the two a bare token says that it secures, and the token. Raises as `parse_token`."""
    return presented_kind(parse_token(text)), text


def as_object(received: JsonObject | str) -> JsonObject:
    """`received` where an object is wanted: a bare token of a credential gets its envelope. Raises as `parse_token`."""
    if not isinstance(received, str):
        return received
    plain = is_plain(parse_token(received), "credential")
    return enveloped(received, "credential", MEDIA_TYPES["credential"] if plain else LEGACY_MEDIA_TYPE)


def bare_token(credential: JsonObject) -> JsonObject | str:
    """The token of an enveloped credential, as VCDM 1.1 presents it; any other credential as it is. Raises as `open_envelope`."""
    return open_envelope(credential, "credential").token if is_envelope(credential) else credential


def readable(credential: JsonObject) -> JsonObject:
    """The credential for people to read: what its envelope or seal holds, if it has one. For own material: no signature is checked.

    Raises as `open_envelope`, `parse_token`, `read_token_document` and `parse_json_object`.
    """
    payload = credential.get("payload")
    if is_seal(credential) and isinstance(payload, str):
        return parse_json_object(payload.encode())
    if not is_envelope(credential):
        return credential
    envelope = open_envelope(credential, "credential")
    return read_token_document(parse_token(envelope.token), "credential", envelope.media_type).document
