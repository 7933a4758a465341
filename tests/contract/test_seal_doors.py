"""Seals at the doors, with the verifier itself behind them: posted, pasted on the page in six languages; XML by name; and nonsense."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import json
import re
from typing import Any, Final

import pytest

from atesto.profiles.award.parse import parse_award
from atesto.proofs.jades.assessment import SealTrust
from atesto.web.pages.messages import MESSAGES
from atesto.web.pages.reader import Reader
from atesto.web.pages.seal_view import view_seal
from tests.simulators.awards import credential, example
from tests.simulators.doors import services
from tests.simulators.parts import verifier
from tests.simulators.seals import ORGANIZATION, TimestampAuthority, World, sealed, stamped

WORLD: Final = World()
TRUST: Final = SealTrust((WORLD.root.der,), (WORLD.stamp_root.der,))
SEALED: Final[Any] = asyncio.run(sealed(WORLD.holder, credential(parse_award(example("en-tidal-turbines")))))
STAMPED: Final = stamped(SEALED, WORLD.stamps)
XML: Final = '<?xml version="1.0" encoding="UTF-8"?><europassCredential xmlns="http://data.europa.eu/snb"/>'


def behind(trust: SealTrust = TRUST) -> Any:
    return dataclasses.replace(services(), verifiers={"strict": dataclasses.replace(verifier(), trust=trust)})


async def test_a_sealed_credential_is_posted(doors: Any) -> None:
    client = await doors(behind())
    response = await client.post("/credentials/verify", json={"verifiableCredential": STAMPED})
    body = await response.json()
    assert (response.status, body["verified"], body["issuer"]) == (200, True, ORGANIZATION)
    assert body["credential"] == json.loads(SEALED["payload"])
    assert (body["seal"]["indication"], body["seal"]["level"]) == ("TOTAL-PASSED", "B-T")
    assert [one["state"] for one in body["seal"]["timestamps"]] == ["trusted"]


async def test_a_sealed_credential_that_is_not_confirmed(doors: Any) -> None:
    client = await doors(behind(SealTrust()))
    response = await client.post("/credentials/verify", json={"verifiableCredential": SEALED})
    body = await response.json()
    assert (response.status, body["verdict"], body["seal"]["subIndication"]) == (400, "not_confirmed", "NO_CERTIFICATE_CHAIN_FOUND")
    assert "credential" not in body


@pytest.mark.parametrize("language", MESSAGES)
async def test_the_page_shows_the_seal(doors: Any, language: str) -> None:
    client = await doors(behind())
    text = await (await client.post(f"/verify?lang={language}", data={"document": json.dumps(STAMPED)})).text()
    words = MESSAGES[language]
    assert f'<h2 id="seal">{words["seal.title"]}</h2>' in text
    for shown in ("TOTAL-PASSED", "University of the Tests", ORGANIZATION, "B-T", words["seal.proven"], words["seal.timestamp.trusted"]):
        assert shown in text
    assert words["seal.claimed"] not in text


async def test_the_page_says_whose_word_a_time_is(doors: Any) -> None:
    client = await doors(behind())
    text = await (await client.post("/verify", data={"document": json.dumps(SEALED)})).text()
    assert MESSAGES["en"]["seal.claimed"] in text
    # A seal that is not confirmed shows what was found of it, and nothing of the credential.
    client = await doors(behind(SealTrust()))
    text = await (await client.post("/verify", data={"document": json.dumps(SEALED)})).text()
    assert MESSAGES["en"]["seal.signature.valid"] in text
    assert 'class="credential card"' not in text


async def test_a_document_without_a_seal_shows_none(doors: Any) -> None:
    client = await doors(behind())
    text = await (await client.post("/verify", data={"document": "{}"})).text()
    assert 'id="seal"' not in text


async def test_names_in_a_certificate_are_text(doors: Any) -> None:
    holder = WORLD.authority.issue("<script>alert(1)</script>", organization="<b>University</b>")
    client = await doors(behind())
    document = await sealed(holder, json.loads(SEALED["payload"]))
    text = await (await client.post("/verify", data={"document": json.dumps(document)})).text()
    assert "&lt;b&gt;University&lt;/b&gt;" in text
    assert not re.search(r"<script>alert|<b>University", text)


@pytest.mark.parametrize("given", [XML, "\n  " + XML, "\ufeff" + XML, "<", "<html></html>"])
async def test_xml_is_named(doors: Any, given: str) -> None:
    client = await doors(behind())
    headers = {"Content-Type": "application/json"}
    for request in (
        {"data": given.encode(), "headers": headers},
        {"json": {"verifiableCredential": given.removeprefix("\ufeff")}},
    ):
        response = await client.post("/credentials/verify", **request)
        body = await response.json()
        assert (response.status, body["problemDetails"][0]["code"]) == (400, "model.unsupported_format")
        assert "XAdES" in body["problemDetails"][0]["detail"]
        assert [entry["state"] for entry in body["stations"]][:2] == ["passed", "failed"]
    text = await (await client.post("/verify", data={"document": given})).text()
    assert "XAdES" in text


async def test_a_bare_seal_in_the_place_of_the_body_is_told_what_is_missing(doors: Any) -> None:
    response = await (await doors(behind())).post("/credentials/verify", json=SEALED)
    body = await response.json()
    assert (response.status, body["code"], body["pointer"]) == (400, "request.malformed", "/verifiableCredential")


NONSENSE: Final[dict[str, Any]] = {
    "a certificate that is none": lambda seal: seal["signatures"][0].update(protected="e30"),
    "no signature": lambda seal: seal["signatures"].clear(),
    "a signature that is a number": lambda seal: seal["signatures"][0].update(signature=7),
    "etsiU of nothing": lambda seal: seal["signatures"][0].update(header={"etsiU": [""] * 4}),
    "a payload of nothing": lambda seal: seal.update(payload=""),
    "a payload of a list": lambda seal: seal.update(payload="[]"),
    "null all over": lambda seal: seal.update(payload=None, signatures=None),
}


@pytest.mark.parametrize("change", NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_gets_a_report(doors: Any, change: Any) -> None:
    seal = copy.deepcopy(SEALED)
    change(seal)
    response = await (await doors(behind())).post("/credentials/verify", json={"verifiableCredential": seal})
    body = await response.json()
    assert response.status == (200 if body["verified"] else 400)
    assert body["problemDetails"] or body["verified"]


def test_the_view_of_any_seal_member() -> None:
    """Also of one that says next to nothing, and of a timestamp without a time."""
    assert [row.text for row in view_seal({"indication": "TOTAL-FAILED", "subIndication": "FORMAT_FAILURE"}).rows] == [
        "TOTAL-FAILED · FORMAT_FAILURE"
    ]
    odd: Any = {
        "indication": "X",
        "timestamps": [{"kind": "sigTst", "state": "failed"}, 7],
        "certificate": {"notBefore": "never"},
        "claimedTime": 7,
    }
    assert [row.text for row in view_seal(odd, Reader("de")).rows] == ["X", " – ", "sigTst, hält nicht stand"]


async def test_a_timestamp_that_fails_is_shown_as_failing(doors: Any) -> None:
    document = stamped(SEALED, TimestampAuthority(WORLD.stamps.holder), over=b"something else")
    text = await (await (await doors(behind())).post("/verify", data={"document": json.dumps(document)})).text()
    assert MESSAGES["en"]["seal.timestamp.failed"] in text
