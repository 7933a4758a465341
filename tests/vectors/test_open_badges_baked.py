"""The baked pictures that 1EdTech publishes with its validator: what is in them, and that baking anew changes nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

import pytest

from atesto.baking.picture import bake, unbake
from atesto.encoding.compact_jws import split_compact_jws
from tests.reference_data import reference
from tests.simulators.pictures import BADGE

pytestmark = pytest.mark.vectors
FOLDER: Final = reference("ob3")
FILES: Final[list[dict[str, Any]]] = [
    row for row in json.loads((FOLDER / "expected.json").read_bytes())["files"] if row["file"].endswith((".png", ".svg"))
]
PLACES: Final = {
    "ob30/simple-json.png": "a PNG of 981 by 941 pixels, chunk 12 of 13",
    "ob30/simple-jwt.svg": "an SVG with 13 elements",
    "ob30/simple-jwt_v1.png": "a PNG of 981 by 941 pixels, chunk 12 of 13",
}


def test_every_published_picture_is_looked_at() -> None:
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in {".png", ".svg"}}
    assert found == set(PLACES) == {row["file"] for row in FILES}


@pytest.mark.parametrize("row", FILES, ids=lambda row: row["file"])
def test_the_credential_of(row: dict[str, Any]) -> None:
    picture = (FOLDER / row["file"]).read_bytes()
    assert hashlib.sha256(picture).hexdigest() == row["sha256"]
    found = unbake(picture)
    assert (found.carrier, found.place) == (BADGE, PLACES[row["file"]])
    if row["payload"] == "json":
        document = json.loads(found.text)
        assert document["proof"][0]["verificationMethod"] == row["proofs"][0]["verification_method"]
    else:
        payload = json.loads(split_compact_jws(found.text).payload)
        assert sorted(set(payload) & {"aud", "iat", "iss", "jti", "nbf", "vc"}) == row["proofs"][0]["claims"]
        document = payload.get("vc", payload)
    assert document["type"] == row["credential_types"]


@pytest.mark.parametrize("row", FILES, ids=lambda row: row["file"])
def test_baked_anew_it_is_the_same_picture_with_the_same_credential(row: dict[str, Any]) -> None:
    picture = (FOLDER / row["file"]).read_bytes()
    text = unbake(picture).text
    anew = bake(picture, text, BADGE, replace=True)
    assert unbake(anew).text == text
    # PNG: the chunk moved. SVG: the element did, by the white space before it; both have one byte for one.
    assert len(anew) - len(picture) in {0, len("></openbadges:credential>") - len("/>"), len("></openbadges:credential>") - len(" />")}
    assert bake(anew, text, BADGE, replace=True) == anew
