"""Pictures at the doors: baked with the token, verified by anybody, with the same report as any credential, and by form."""

from __future__ import annotations

import asyncio
import base64
import json
from io import BytesIO
from typing import Any, Final

import pytest
from aiohttp import FormData

from atesto import limits
from atesto.baking.picture import bake, unbake
from atesto.error_codes import ERROR_CODES
from tests.simulators.doors import AUTHORIZED, DID, MARK, MARKED_TOKEN, FakeVerifier, services
from tests.simulators.pictures import BADGE, PIXEL, SVG, chunk, element, itxt, png, svg

GOOD: Final[dict[str, Any]] = {"type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": DID, "name": "Ναυσικά", "proof": MARK}
TEXT: Final = json.dumps(GOOD, ensure_ascii=False)
AS_IT_IS: Final = {
    "image/png": bake(PIXEL, TEXT, BADGE),
    "image/svg+xml": bake(SVG, TEXT, BADGE),
    "application/vc": TEXT.encode(),
    "application/vc+ld+json": TEXT.encode(),
}
TOKENS: Final = {
    "image/png": bake(PIXEL, MARKED_TOKEN, BADGE),
    "image/svg+xml": bake(SVG, MARKED_TOKEN, BADGE),
    "text/plain": MARKED_TOKEN.encode() + b"\n",
    "application/jwt": MARKED_TOKEN.encode(),
    "application/vc+jwt": MARKED_TOKEN.encode(),
}
PATHS: Final = ("/credentials/verify", "/verifiers/interop/credentials/verify")


async def verdict(client: Any, media_type: str, body: bytes, path: str = PATHS[0]) -> tuple[int, Any]:
    response = await client.post(path, data=BytesIO(body), headers={"Content-Type": media_type})
    return response.status, json.loads(await response.read())


def without_time(report: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in report.items() if name not in {"checkedAt", "findings"}}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("media_type", AS_IT_IS)
async def test_a_credential_is_taken_as_it_is_by_its_media_type(doors: Any, media_type: str, path: str) -> None:
    client = await doors()
    status, report = await verdict(client, media_type, AS_IT_IS[media_type], path)
    enveloped = await (await client.post(path, json={"verifiableCredential": GOOD})).json()
    assert (status, report["verdict"], report["credential"]) == (200, "confirmed", GOOD)
    assert without_time(report) == without_time(enveloped)
    assert [finding["code"] for finding in report["findings"]] == (["image.baked"] if media_type.startswith("image/") else [])


@pytest.mark.parametrize("media_type", TOKENS)
async def test_a_token_is_taken_as_it_is_by_its_media_type(doors: Any, media_type: str) -> None:
    status, report = await verdict(await doors(), f"{media_type}; charset=utf-8", TOKENS[media_type])
    assert (status, report["verdict"], report["token"]) == (200, "confirmed", MARKED_TOKEN)


async def test_what_is_known_of_the_picture_is_a_finding(doors: Any) -> None:
    _, report = await verdict(await doors(), "image/png", AS_IT_IS["image/png"])
    assert report["findings"] == [
        {
            "code": "image.baked",
            "level": "info",
            "title": "It came in a picture; the proof covers the credential, and not the picture around it.",
            "detail": "It stood in a PNG of 1 by 1 pixels, chunk 2 of 4.",
            "pointer": "",
        }
    ]
    status, report = await verdict(await doors(), "image/png", bake(PIXEL, '{"type":[]}', BADGE))
    assert (status, report["problemDetails"][0]["code"], report["findings"][0]["code"]) == (400, "proof.signature_invalid", "image.baked")


@pytest.mark.parametrize(
    ("media_type", "body", "code"),
    [
        ("image/png", png(itxt(TEXT)) + b"\0", "image.trailing_data"),
        ("image/png", png(chunk(b"tEXt", b"openbadgecredential\0{}")), "image.wrong_chunk"),
        ("image/png", PIXEL, "image.no_credential"),
        ("image/png", TEXT.encode(), "image.unknown_format"),
        ("image/png", MARKED_TOKEN.encode(), "image.unknown_format"),
        ("image/png", b"", "image.unknown_format"),
        ("image/svg+xml", svg(element(TEXT) + element(TEXT)), "image.several_credentials"),
        ("image/svg+xml", svg(before=b"<!DOCTYPE svg [<!ENTITY a 'b'>]>"), "image.svg_dtd"),
        ("image/png", png(itxt('{"a":1,"a":2}')), "json.duplicate_member"),
        ("image/png", png(itxt("Teamwork")), "json.invalid"),
        ("application/vc", b"[]", "json.not_an_object"),
        ("application/vc+jwt", TEXT.encode(), "token.malformed"),
        ("application/jwt", PIXEL, "token.malformed"),
        ("application/vc", b"\xff\xd8\xff\xe0", "image.unknown_format"),
        ("application/vc", MARKED_TOKEN.encode() + b" x", "json.invalid"),
    ],
)
async def test_a_fault_of_a_picture_is_the_reports_second_station(doors: Any, media_type: str, body: bytes, code: str) -> None:
    status, report = await verdict(await doors(), media_type, body)
    row = ERROR_CODES[code]
    assert (status, report["code"], report["title"], report["verdict"]) == (row.http_status, code, row.title, "refused")
    assert [station["state"] for station in report["stations"]] == ["passed", "failed"] + ["not_reached"] * 9
    assert report["stations"][1]["code"] == code


async def test_what_any_page_could_send_is_a_token_or_nothing(doors: Any) -> None:
    client = await doors()
    for body in (TEXT.encode(), json.dumps({"verifiableCredential": GOOD}).encode(), PIXEL, b"", b"Teamwork"):
        status, report = await verdict(client, "text/plain", body)
        assert (status, report["code"], report["verdict"]) == (415, "transport.unsupported_media_type", "not_confirmed")


async def test_an_interfaces_envelope_is_not_opened_where_the_body_is_the_credential(doors: Any) -> None:
    client = await doors()
    for media_type in ("application/vc", "application/vc+ld+json"):
        status, report = await verdict(client, media_type, json.dumps({"verifiableCredential": GOOD}).encode())
        assert (status, report["verdict"]) == (400, "refused")
    status, report = await verdict(client, "image/png", png(itxt(json.dumps({"verifiableCredential": GOOD}))))
    assert (status, report["verdict"]) == (400, "refused")
    status, report = await verdict(client, "application/ld+json", json.dumps({"verifiableCredential": GOOD}).encode())
    assert (status, report["verdict"]) == (200, "confirmed")


@pytest.mark.parametrize("path", ["/credentials/compare", "/presentations/verify", "/credentials/issue", "/credentials/bake", "/awards"])
async def test_no_other_door_takes_a_picture(doors: Any, path: str) -> None:
    response = await (await doors()).post(path, data=PIXEL, headers={"Content-Type": "image/png", **AUTHORIZED})
    assert response.status == 415


async def test_each_kind_of_body_has_its_own_bound(doors: Any) -> None:
    client = await doors(verify_max_bytes=2_000)
    padding = chunk(b"abCd", bytes(limits.MAX_IMAGE_BYTES - len(png(itxt(TEXT))) - 12))
    largest = png(itxt(TEXT), padding)
    assert (await verdict(client, "image/png", largest))[0] == 200
    for media_type, body in (("image/png", largest + b"x"), ("text/plain", b"x" * 2_001), ("application/vc", b"x" * 2_001)):
        response = await client.post(PATHS[0], data=BytesIO(body), headers={"Content-Type": media_type})
        assert (response.status, (await response.json(content_type=None))["code"]) == (413, "transport.body_too_large")
    status, report = await verdict(client, "image/png", png(itxt(json.dumps({**GOOD, "x": "x" * 2_000}))))
    assert (status, report["code"]) == (413, "json.too_large")


async def test_only_so_many_large_bodies_are_waited_for(doors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RECEIVING_LARGE", 2)
    client = await doors()
    started = asyncio.Event()

    async def slow() -> Any:
        yield AS_IT_IS["image/png"][:20]
        await started.wait()
        yield AS_IT_IS["image/png"][20:]

    waiting = [asyncio.ensure_future(client.post(PATHS[0], data=slow(), headers={"Content-Type": "image/png"})) for _ in range(2)]
    await asyncio.sleep(0.3)
    refused = await client.post(PATHS[0], data=BytesIO(b"x" * 2_000_000), headers={"Content-Type": "image/png"})
    assert (refused.status, (await refused.json(content_type=None))["code"]) == (503, "transport.overloaded")
    # A small one, and a JSON text of any length, find their place.
    assert (await verdict(client, "image/png", AS_IT_IS["image/png"]))[0] == 200
    assert (await client.post(PATHS[0], json={"verifiableCredential": GOOD})).status == 200
    started.set()
    assert [(await task).status for task in waiting] == [200, 200]
    assert (await client.post(PATHS[0], data=BytesIO(b"x" * 2_000_000), headers={"Content-Type": "image/png"})).status == 400


# --- baking ------------------------------------------------------------------------------------------------------------------


def encoded(image: bytes) -> str:
    return base64.b64encode(image).decode()


@pytest.mark.parametrize(("image", "media_type", "name"), [(PIXEL, "image/png", "badge.png"), (SVG, "image/svg+xml", "badge.svg")])
async def test_a_picture_comes_back_with_the_credential_and_as_an_attachment(doors: Any, image: bytes, media_type: str, name: str) -> None:
    client = await doors()
    for credential in (GOOD, TEXT):
        response = await client.post("/credentials/bake", json={"credential": credential, "image": encoded(image)}, headers=AUTHORIZED)
        picture = await response.read()
        assert (response.status, response.content_type) == (200, media_type)
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert json.loads(unbake(picture).text) == GOOD
        assert (unbake(picture).text == TEXT) is (credential is TEXT)
        assert (await verdict(client, media_type, picture))[0] == 200


async def test_without_a_picture_one_is_drawn_and_an_old_credential_is_replaced_where_that_is_asked_for(doors: Any) -> None:
    client = await doors()
    drawn = await client.post("/credentials/bake", json={"credential": GOOD, "options": {"colour": "#0B6B4F"}}, headers=AUTHORIZED)
    assert (drawn.status, drawn.content_type) == (200, "image/png")
    again = {"credential": GOOD, "image": encoded(await drawn.read())}
    refused = await client.post("/credentials/bake", json=again, headers=AUTHORIZED)
    assert (refused.status, (await refused.json(content_type=None))["code"]) == (400, "image.already_baked")
    assert (await client.post("/credentials/bake", json={**again, "options": {"replace": True}}, headers=AUTHORIZED)).status == 200


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({}, 400, "request.malformed", "/credential"),
        ({"credential": 1}, 400, "request.malformed", "/credential"),
        ({"credential": GOOD, "image": 1}, 400, "request.malformed", "/image"),
        ({"credential": GOOD, "image": ""}, 400, "request.malformed", "/image"),
        ({"credential": GOOD, "image": "@@@"}, 400, "request.malformed", "/image"),
        ({"credential": GOOD, "image": encoded(PIXEL).rstrip("=") + "\n"}, 400, "request.malformed", "/image"),
        ({"credential": GOOD, "image": encoded(b"GIF89a")}, 400, "image.unknown_format", "/image"),
        ({"credential": GOOD, "options": {"replace": 1}}, 400, "request.malformed", "/options/replace"),
        ({"credential": GOOD, "options": {"colour": "red"}}, 400, "request.malformed", "/options/colour"),
        ({"credential": GOOD, "options": {"colour": "#123456\n"}}, 400, "request.malformed", "/options/colour"),
        ({"credential": GOOD, "options": {"format": "svg"}}, 400, "request.option_unsupported", "/options/format"),
        ({"credential": {**GOOD, "proof": None}}, 400, "image.not_secured", "/credential/proof"),
        ({"credential": {**GOOD, "type": "VerifiableCredential"}}, 400, "image.not_a_badge", "/credential/type"),
        ({"credential": "a.b"}, 400, "token.malformed", "/credential"),
    ],
)
async def test_what_is_wrong_with_a_request_to_bake_is_pointed_at(doors: Any, body: Any, status: int, code: str, pointer: str) -> None:
    response = await (await doors()).post("/credentials/bake", json=body, headers=AUTHORIZED)
    problem = await response.json(content_type="application/problem+json")
    assert (response.status, problem["code"], problem["pointer"]) == (status, code, pointer)


async def test_baking_asks_for_the_token(doors: Any) -> None:
    response = await (await doors()).post("/credentials/bake", json={"credential": GOOD})
    assert response.status == 401


# --- the page ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", ["image/png", "image/svg+xml", "application/vc"])
async def test_a_picture_is_uploaded_on_the_page(doors: Any, media_type: str) -> None:
    client = await doors()
    form = FormData()
    form.add_field("document", "")
    # What a browser says of a file is not asked: the bytes tell.
    form.add_field("file", AS_IT_IS[media_type], filename="badge.bin", content_type="application/octet-stream")
    page = await (await client.post("/verify", data=form)).text()
    assert "This micro-credential is genuine and valid today." in page
    assert ("It came in a picture" in page) is media_type.startswith("image/")


async def test_a_picture_that_ends_in_white_space_keeps_it(doors: Any) -> None:
    # The last byte of a checksum may be a line feed; here it is what stands after the picture that must be seen.
    client = await doors()
    for body, said in (
        (AS_IT_IS["image/png"] + b"\n", "image.trailing_data"),
        (PIXEL, "image.no_credential"),
        (b"GIF89a", "image.unknown_format"),
    ):
        form = FormData()
        form.add_field("file", body, filename="badge.png", content_type="image/png")
        page = await (await client.post("/verify", data=form)).text()
        assert said in page
        assert "Do not rely on this micro-credential" in page


async def test_the_page_takes_the_largest_picture_and_no_larger(doors: Any) -> None:
    client = await doors(services(verifier=FakeVerifier()))
    for extra, status in ((0, 200), (200_000, 413)):
        form = FormData()
        padding = chunk(b"abCd", bytes(limits.MAX_IMAGE_BYTES - len(png(itxt(TEXT))) - 12 + extra))
        form.add_field("file", BytesIO(png(itxt(TEXT), padding)), filename="badge.png", content_type="image/png")
        response = await client.post("/verify", data=form)
        assert response.status == status
