"""A secured credential into a picture (Open Badges 3.0 section 5.3), which is drawn where nobody brings one.

Checks, in order:
1. the credential is a compact JWS or one strict JSON object, which has a proof;
2. it is of a kind that is baked: an Open Badge or a CLR;
3. the picture is sound as far as `baking` looks, and holds no credential yet, or it may be replaced.

It does not check that the credential verifies: whoever is shown the picture does that, and may ask a node.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.baking.carrier import CARRIERS, Carrier
from atesto.baking.picture import bake, picture_type
from atesto.credentials.envelope import is_envelope, open_envelope
from atesto.credentials.received import received_document, token_text
from atesto.encoding.compact_jws import split_compact_jws
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput
from atesto.profiles.badge_face import badge_face

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import BadgeDrawer

_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}\Z")


@dataclass(frozen=True, slots=True)
class BakedPicture:
    """The picture's bytes and their media type."""

    image: bytes
    media_type: str


def bake_credential(
    credential: JsonObject | str, image: bytes | None, *, draw: BadgeDrawer, colour: str | None = None, replace: bool = False
) -> BakedPicture:
    """`image`, or a PNG that `draw` makes, with `credential` in it.

    A text is kept to the letter: a compact JWS, or JSON as somebody wrote it. An object is written anew, with every character that is not
    ASCII escaped: there are readers that take such a text for Latin-1, and no proof over JSON looks at how it is escaped. So is one out of
    the answer of an issuing door. An enveloped credential is baked as the token that it is.

    Raises MalformedInput `image.*`, `json.*`, `token.malformed`, `envelope.*`; UnsupportedFeature `model.unsupported_format`.
    """
    text, document = _read(credential)  # 1.
    carrier = _carrier(document)  # 2.
    if colour is not None and not _COLOUR.match(colour):
        raise MalformedInput("image.colour", f"{colour[:16]!r} is not a colour.")
    picture = image if image is not None else draw(badge_face(document, colour=colour))
    baked = bake(picture, text, carrier, replace=replace)  # 3.
    return BakedPicture(baked, picture_type(baked) or "")


def _read(credential: JsonObject | str) -> tuple[str, JsonObject]:
    """The text to bake, and what it says."""
    if isinstance(credential, dict) and is_envelope(credential):
        credential = open_envelope(credential, "credential").token
    if isinstance(credential, dict):
        text = json.dumps(credential, separators=(",", ":"))
        return text, _secured(parse_json_object(text.encode("ascii")))
    token = token_text(credential.encode("utf-8", "surrogatepass"))
    if token is None:
        document = parse_json_object(credential.encode("utf-8", "surrogatepass"))
        _, inner = received_document(document)
        return (credential, _secured(document)) if inner is document else _read(inner)
    payload = parse_json_object(split_compact_jws(token).payload)
    wrapped = payload.get("vc")
    return token, wrapped if isinstance(wrapped, dict) else payload


def _secured(document: JsonObject) -> JsonObject:
    if not document.get("proof"):
        raise MalformedInput("image.not_secured", "The credential has no proof.", pointer="/proof")
    return document


def _carrier(document: JsonObject) -> Carrier:
    types = document.get("type")
    named = {item for item in (types if isinstance(types, list) else [types]) if isinstance(item, str)}
    for carrier in CARRIERS:
        if not carrier.types.isdisjoint(named):
            return carrier
    raise MalformedInput("image.not_a_badge", "Its type names neither an Open Badge nor a CLR.", pointer="/type")
