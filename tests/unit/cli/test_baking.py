"""`atesto bake` and `atesto unbake`, and what `atesto verify` says of a picture."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulators.parts import MemorySigner, secured
from tests.simulators.pictures import PIXEL, SVG, itxt, png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.cli.conftest import Done

    Atesto = Callable[..., Done]


async def badge() -> str:
    """A confirmed badge, as JSON with letters that are not ASCII and a line break at its end."""
    signer = MemorySigner.numbered(1)
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Ναυσικά",
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Hochschule Österreich"},
        "validFrom": "2026-01-15T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "id": "did:example:learner",
            "achievement": {
                "id": "urn:uuid:0", "type": ["Achievement"], "name": "Teamwork", "description": "d", "criteria": {"narrative": "n"},
            },
        },
    }  # fmt: skip
    return json.dumps(await secured(document, signer), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("ending", ["png", "svg", "drawn"])
def test_bake_verify_and_unbake(atesto: Atesto, ending: str) -> None:
    text = asyncio.run(badge())
    Path("badge.json").write_text(text, encoding="utf-8")
    Path("frame.png").write_bytes(PIXEL)
    Path("frame.svg").write_bytes(SVG)
    frame = [] if ending == "drawn" else [f"frame.{ending}"]
    done = atesto("bake", "badge.json", *frame, "--out", "baked", *([] if frame else ["--colour", "#0B6B4F"]))
    assert (done.code, done.out) == (0, "")
    assert "✔ Baked." in done.err
    done = atesto("verify", "baked")
    assert done.code == 0, done.out
    assert "✔ Confirmed" in done.out
    assert "It came in a picture; the proof covers the credential, and not the picture around it." in done.out
    assert atesto("unbake", "baked").out == text
    done = atesto("unbake", "baked", "--out", "again.json")
    assert (done.code, Path("again.json").read_text(encoding="utf-8")) == (0, text)
    # A second time only where that is asked for, and then the same.
    done = atesto("bake", "badge.json", "baked", "--out", "twice")
    assert (done.code, Path("twice").exists()) == (1, False)
    assert "image.already_baked" in done.err
    assert atesto("bake", "badge.json", "baked", "--out", "twice", "--replace").code == 0
    assert Path("twice").read_bytes() == Path("baked").read_bytes()


def test_pictures_that_hold_nothing_or_too_much_are_refused_by_name(atesto: Atesto) -> None:
    text = asyncio.run(badge())
    Path("good.png").write_bytes(png(itxt(text)))
    Path("bare.png").write_bytes(PIXEL)
    Path("long.png").write_bytes(png(itxt(text)) + b"\n")
    Path("photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    Path("edc.json").write_text(text.replace("OpenBadgeCredential", "EuropeanDigitalCredential"), encoding="utf-8")
    assert atesto("verify", "good.png").code == 0
    for name, code in (("bare.png", "image.no_credential"), ("long.png", "image.trailing_data"), ("photo.jpg", "image.unknown_format")):
        done = atesto("unbake", name)
        assert (done.code, done.out) == (1, "")
        assert code in done.err
        done = atesto("verify", name, "--json")
        assert (done.code, json.loads(done.out)["problemDetails"][0]["code"]) == (1, code)
    done = atesto("bake", "edc.json", "bare.png", "--out", "x.png")
    assert (done.code, Path("x.png").exists()) == (1, False)
    assert "image.not_a_badge" in done.err
