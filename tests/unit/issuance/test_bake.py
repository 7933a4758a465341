"""Which credentials are baked, and what of them is written."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

import pytest

from atesto.baking.picture import unbake
from atesto.credentials.received import received_credential
from atesto.errors import AtestoError
from atesto.issuance.bake import bake_credential
from atesto.profiles.badge_face import BadgeFace
from tests.simulators.pictures import BADGE, PIXEL, RECORD, SVG, itxt, png

GOOD: Final[dict[str, Any]] = {
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Ναυσικά ]]>",
    "credentialSubject": {"achievement": {"name": "Teamwork"}},
    "proof": {"type": "DataIntegrityProof"},
}


def token(payload: object) -> str:
    parts = (b'{"alg":"EdDSA"}', json.dumps(payload).encode(), b"signature")
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def no_drawing(_: BadgeFace) -> bytes:
    raise AssertionError("a picture was given")


def baked(credential: Any, image: bytes | None = PIXEL, **options: Any) -> bytes:
    return bake_credential(credential, image, draw=no_drawing, **options).image


def code(credential: Any, image: bytes | None = PIXEL, **options: Any) -> str:
    with pytest.raises(AtestoError) as refused:
        baked(credential, image, **options)
    return refused.value.code


@pytest.mark.parametrize("image", [PIXEL, SVG])
def test_a_text_is_kept_to_the_letter_and_an_object_is_escaped(image: bytes) -> None:
    text = json.dumps(GOOD, ensure_ascii=False, indent=1) + "\r\n"
    assert unbake(baked(text, image)).text == text
    written = unbake(baked(GOOD, image)).text
    assert written.isascii()
    assert json.loads(written) == GOOD
    assert received_credential(baked(GOOD, image), max_bytes=10_000).document == GOOD


@pytest.mark.parametrize("image", [PIXEL, SVG])
def test_a_token_is_baked_bare_whatever_it_came_in(image: bytes) -> None:
    jws = token(GOOD)
    for dress in (jws, f" {jws}\n", envelope(jws)):
        found = unbake(baked(dress, image))
        assert (found.text, found.carrier) == (jws, BADGE)
    assert unbake(baked(token({"vc": {"type": ["VerifiableCredential", "ClrCredential"]}}), image)).carrier == RECORD


def envelope(jws: str) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{jws}",
    }


def test_the_answer_of_an_issuing_door_is_opened() -> None:
    answer = json.dumps({"verifiableCredential": GOOD}, ensure_ascii=False)
    assert unbake(baked(answer)).text == unbake(baked(GOOD)).text
    jws = token(GOOD)
    assert unbake(baked(json.dumps({"verifiableCredential": envelope(jws)}))).text == jws


@pytest.mark.parametrize("name", ["OpenBadgeCredential", "AchievementCredential", "ClrCredential"])
def test_the_type_says_under_which_name(name: str) -> None:
    assert unbake(baked({**GOOD, "type": ["VerifiableCredential", name]})).carrier == (RECORD if name == "ClrCredential" else BADGE)
    assert unbake(baked({**GOOD, "type": name})).carrier == (RECORD if name == "ClrCredential" else BADGE)


def test_a_picture_is_drawn_where_none_is_given() -> None:
    faces: list[BadgeFace] = []

    def draw(face: BadgeFace) -> bytes:
        faces.append(face)
        return PIXEL

    result = bake_credential(GOOD, None, draw=draw, colour="#0b6B4f")
    assert (result.media_type, unbake(result.image).carrier) == ("image/png", BADGE)
    assert faces == [BadgeFace("Teamwork", "", colour="#0b6B4f")]
    assert bake_credential(GOOD, SVG, draw=no_drawing).media_type == "image/svg+xml"


FAULTS: Final = {
    "no proof": ("image.not_secured", {name: value for name, value in GOOD.items() if name != "proof"}),
    "an empty proof": ("image.not_secured", {**GOOD, "proof": []}),
    "no type": ("image.not_a_badge", {name: value for name, value in GOOD.items() if name != "type"}),
    "another type": ("image.not_a_badge", {**GOOD, "type": ["VerifiableCredential", "EuropeanDigitalCredential"]}),
    "a presentation": ("image.not_a_badge", {**GOOD, "type": "VerifiablePresentation"}),
    "a token of something else": ("image.not_a_badge", token({"type": ["VerifiableCredential"]})),
    "a token that is none": ("token.malformed", "a.b"),
    "a token without JSON in it": ("json.invalid", "e30.YQ.YQ"),
    "a text that is neither": ("json.invalid", "Teamwork"),
    "a list": ("json.not_an_object", "[1]"),
    "half a character": ("json.not_utf8", '{"name":"\ud800"}'),
    "a member twice": ("json.duplicate_member", '{"proof":1,"proof":2}'),
    "an envelope with something in it": ("envelope.malformed", {**envelope("a.b.c"), "name": "x"}),
}


def test_the_credential_of_the_faults_is_baked_without_them() -> None:
    assert unbake(baked(GOOD)).carrier == BADGE
    assert unbake(baked(token(GOOD))).carrier == BADGE


@pytest.mark.parametrize("fault", FAULTS)
def test_a_credential_with_one_fault_is_refused_by_its_name(fault: str) -> None:
    expected, credential = FAULTS[fault]
    assert code(credential) == expected


def test_pictures_and_colours_are_judged() -> None:
    assert code(GOOD, b"GIF89a") == "image.unknown_format"
    assert code(GOOD, png(itxt("x"))) == "image.already_baked"
    assert unbake(baked(GOOD, png(itxt("x")), replace=True)).text == unbake(baked(GOOD)).text
    for colour in ("red", "#12345", "#1234567", "#12345g", "#123456\n", ""):
        assert code(GOOD, colour=colour) == "image.colour"
