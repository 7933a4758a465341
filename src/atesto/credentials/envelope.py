"""Enveloped credentials and presentations (VCDM 2.0 sections 4.13 and 4.14): a token in a `data:` URL, and nothing beside it.

Checks, in order:
1. the members are `@context`, `id` and `type`, and no other: what stands beside the token is not signed;
2. `@context` is the VCDM 2.0 context, or a list that starts with it;
3. `type` is the one envelope type of its kind;
4. `id` is `data:`, a media type without parameters (so no base64), a comma, and the token;
5. the media type is one of its kind. SD-JWT and COSE are named as unsupported.

It does not look into the token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.credentials.structure import VCDM_2_CONTEXT
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import MalformedInput, UnsupportedFeature

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

ENVELOPE_TYPES: Final = {"credential": "EnvelopedVerifiableCredential", "presentation": "EnvelopedVerifiablePresentation"}
LEGACY_MEDIA_TYPE: Final = "application/jwt"
MEDIA_TYPES: Final = {"credential": "application/vc+jwt", "presentation": "application/vp+jwt"}
_OTHER_FORMS: Final = ("sd-jwt", "cose")
_MEMBERS: Final = frozenset({"@context", "id", "type"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an envelope holds."""

    media_type: str
    token: str


def is_envelope(document: JsonObject) -> bool:
    """Whether `document` says that it is an envelope, of either kind."""
    return not set(ENVELOPE_TYPES.values()).isdisjoint(item for item in _listed(document.get("type")) if isinstance(item, str))


def open_envelope(document: JsonObject, kind: str) -> Envelope:
    """The token in `document`, an envelope of that kind.

    Raises MalformedInput `envelope.*`, `model.context_missing`; UnsupportedFeature `model.unsupported_format`.
    """
    for name in document:
        if name not in _MEMBERS:
            raise MalformedInput(
                "envelope.malformed", "An envelope has members beside @context, id and type.", pointer=json_pointer(name[:64])
            )
    if _listed(document.get("@context"))[:1] != [VCDM_2_CONTEXT]:
        raise MalformedInput("model.context_missing", f"The envelope's @context does not start with {VCDM_2_CONTEXT}.", pointer="/@context")
    if _listed(document.get("type")) != [ENVELOPE_TYPES[kind]]:
        raise MalformedInput("envelope.malformed", f"The envelope's type is not {ENVELOPE_TYPES[kind]} alone.", pointer="/type")
    address = document.get("id")
    if not isinstance(address, str) or not address.startswith("data:") or "," not in address:
        raise MalformedInput("envelope.malformed", "The envelope's id is not a data: URL.", pointer="/id")
    media_type, _, token = address.removeprefix("data:").partition(",")
    if ";" in media_type:
        raise MalformedInput("envelope.malformed", "The data: URL has a parameter: a token stands in it as it is.", pointer="/id")
    if media_type not in {MEDIA_TYPES[kind], LEGACY_MEDIA_TYPE}:
        if media_type.rpartition("+")[2] in _OTHER_FORMS:
            raise UnsupportedFeature("model.unsupported_format", f"Envelopes of {media_type[:64]} are not read here.", pointer="/id")
        raise MalformedInput("envelope.media_type", f"The envelope does not hold {MEDIA_TYPES[kind]}.", pointer="/id")
    return Envelope(media_type, token)


def enveloped(token: str, kind: str, media_type: str) -> JsonObject:
    """The envelope of a signed `token`."""
    return {"@context": [VCDM_2_CONTEXT], "type": ENVELOPE_TYPES[kind], "id": f"data:{media_type},{token}"}


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
