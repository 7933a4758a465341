"""Tokens at the doors, with the verifier itself behind them: as a text, in an envelope, pasted on the page."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import pytest

from atesto.issuance.issue import Issuer
from atesto.issuance.present import prove_presentation
from atesto.issuance.securing import JWT
from atesto.proofs.suites import SUITES
from tests.simulators.doors import AUTHORIZED, services
from tests.simulators.parts import NOW, MemoryLedger, MemorySigner, credential, presentation, verifier, version_1_1
from tests.simulators.tokens import envelope, token

ISSUER: Final = MemorySigner.numbered(1)
HOLDER: Final = MemorySigner.numbered(3)


def behind() -> Any:
    issuer = Issuer("jwt", ISSUER.did, ISSUER, JWT, verifier(), MemoryLedger())
    return dataclasses.replace(services(), verifiers={"strict": verifier()}, issuers={"default": issuer})


async def test_an_issuer_with_an_envelope_answers_one_and_the_verifier_takes_it(doors: Any) -> None:
    client = await doors(behind())
    issued = await client.post("/issuers/default/credentials/issue", json={"credential": credential(ISSUER)}, headers=AUTHORIZED)
    assert issued.status == 201
    enveloped = (await issued.json())["verifiableCredential"]
    text = enveloped["id"].removeprefix("data:application/vc+jwt,")
    assert enveloped == envelope(text)
    for received in (enveloped, text):
        response = await client.post("/credentials/verify", json={"verifiableCredential": received})
        body = await response.json()
        assert (response.status, body["verified"], body["token"], body["issuer"]) == (200, True, text, ISSUER.did)
        assert body["credential"] == {**credential(ISSUER), "iat": int(NOW.timestamp())}
    shown = await token(presentation(HOLDER, enveloped), HOLDER, kind="presentation")
    for received in (shown, envelope(shown, "presentation")):
        response = await client.post("/presentations/verify", json={"verifiablePresentation": received})
        body = await response.json()
        assert (response.status, body["token"], body["credentials"][0]["token"]) == (200, shown, text)


@pytest.mark.parametrize(
    ("received", "code"),
    [
        ("{}", "token.malformed"),
        ('{"type":["VerifiableCredential"]}', "token.malformed"),
        ("a.b", "token.malformed"),
        ("é.é.é", "token.malformed"),
    ],
)
async def test_a_text_that_is_no_token_is_refused_with_a_report(doors: Any, received: str, code: str) -> None:
    client = await doors(behind())
    response = await client.post("/credentials/verify", json={"verifiableCredential": received})
    body = await response.json()
    assert (response.status, body["verified"], body["problemDetails"][0]["code"]) == (400, False, code)
    assert [entry["state"] for entry in body["stations"]][:3] == ["passed", "failed", "not_reached"]


async def test_a_pasted_token_is_judged_on_the_page(doors: Any) -> None:
    client = await doors(behind())
    good = await token(credential(ISSUER), ISSUER)
    shown = await token(presentation(HOLDER, envelope(good)), HOLDER, kind="presentation")
    for text, words in (
        (f"\n{good}\n", "This micro-credential is genuine"),
        (shown, "This presentation is genuine"),
        (good[:-4] + "AAAA", "Do not rely on this micro-credential"),
        ("e30.e30.AA", "Do not rely on this micro-credential"),
    ):
        response = await client.post("/verify", data={"document": text})
        assert response.status == 200
        assert words in await response.text()


async def test_a_presentation_is_made_as_a_token_and_verified(doors: Any) -> None:
    async def prove(presentation: Any, *, envelope: str | None, **given: Any) -> Any:
        suite = SUITES["eddsa-rdfc-2022"] if envelope is None else JWT
        return await prove_presentation(presentation, signer=HOLDER, suite=suite, verifier=verifier(), **given)

    client = await doors(dataclasses.replace(behind(), prove=prove))
    asked = {"challenge": "c1", "domain": "verifier.example"}
    held = envelope(await token(credential(ISSUER), ISSUER))
    older = {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"], "holder": HOLDER.did}
    legacy = await token({"iss": ISSUER.did, "vc": version_1_1(ISSUER)}, ISSUER, typ="JWT")
    for document, media_type in (
        (presentation(HOLDER, held), "application/vp+jwt"),
        ({**older, "verifiableCredential": [legacy]}, "application/jwt"),
    ):
        body = {"presentation": document, "options": {**asked, "envelope": "jwt"}}
        response = await client.post("/presentations", json=body, headers=AUTHORIZED)
        made = (await response.json())["verifiablePresentation"]
        assert (response.status, made["type"], made["id"].partition(",")[0]) == (
            201,
            "EnvelopedVerifiablePresentation",
            f"data:{media_type}",
        )
        for received in (made, made["id"].partition(",")[2]):
            response = await client.post("/presentations/verify", json={"verifiablePresentation": received, "options": asked})
            assert (response.status, (await response.json())["presenter"]) == (200, HOLDER.did)
            other = {**asked, "challenge": "c2"}
            response = await client.post("/presentations/verify", json={"verifiablePresentation": received, "options": other})
            assert (response.status, (await response.json())["problemDetails"][0]["code"]) == (400, "binding.challenge")
    response = await client.post("/presentations", json={"presentation": presentation(HOLDER, held), "options": asked}, headers=AUTHORIZED)
    assert (await response.json())["verifiablePresentation"]["proof"]["type"] == "DataIntegrityProof"
