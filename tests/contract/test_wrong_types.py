"""Members of every wrong JSON type, at real issuers and verifiers behind the doors: 400 each time, with a code and a pointer, never 500."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.simulators.doors import AUTHORIZED, services
from tests.simulators.parts import MemorySigner, credential, issuer, presentation, secured, verifier

if TYPE_CHECKING:
    from atesto.web.services import Services

SIGNER: Final = MemorySigner.numbered(8)
WRONG: Final[dict[str, Any]] = {
    "null": None,
    "true": True,
    "false": False,
    "zero": 0,
    "a number": 4.5,
    "an empty string": "",
    "a string": "...",
    "an empty array": [],
    "an array of null": [None],
    "an array of arrays": [[]],
    "an array of numbers": [1, 2],
    "an empty object": {},
    "an object of another kind": {"a": 1},
}
TAKES: Final = {
    # A subject may be any object that says something; that "a" is not defined is told at a later station.
    ("credentialSubject", "an object of another kind"): "linked_data.undefined_term",
}
MEMBERS: Final = ("@context", "type", "issuer", "credentialSubject")


def real() -> Services:
    behind = services()
    issuers: Any = {"default": issuer(SIGNER), "interop": issuer(SIGNER, policy="interop")}
    verifiers: Any = {"strict": verifier(), "interop": verifier("interop")}
    return dataclasses.replace(behind, did=SIGNER.did, issuers=issuers, verifiers=verifiers)


async def refused(response: Any, *, verifying: bool) -> tuple[str, str]:
    body = await response.json(content_type=None)
    assert response.status == 400, body
    first = body["problemDetails"][0] if verifying else body
    if verifying:
        assert (body["verified"], body["verdict"]) == (False, "refused")
    assert "Traceback" not in json.dumps(body)
    return first["code"], first["pointer"]


@pytest.mark.parametrize("policy", ["strict", "interop"])
@pytest.mark.parametrize("member", [*MEMBERS, "proof"])
async def test_verifying_credentials(doors: Any, member: str, policy: str) -> None:
    client = await doors(real())
    good: Any = await secured(credential(SIGNER), SIGNER)
    path = f"/verifiers/{policy}/credentials/verify"
    assert (await client.post(path, json={"verifiableCredential": good})).status == 200
    for name, value in WRONG.items():
        response = await client.post(path, json={"verifiableCredential": {**good, member: value}})
        code, pointer = await refused(response, verifying=True)
        family = ("proof.",) if member == "proof" else (TAKES.get((member, name), "model."),)
        assert code.startswith(family), (name, code)
        assert pointer.startswith(f"/{member}"), (name, pointer)
    response = await client.post(path, json={"verifiableCredential": {key: value for key, value in good.items() if key != member}})
    assert (await refused(response, verifying=True))[1] == f"/{member}"


@pytest.mark.parametrize("name", ["default", "interop"])
@pytest.mark.parametrize("member", MEMBERS)
async def test_issuing(doors: Any, member: str, name: str) -> None:
    client = await doors(real())
    path, good = f"/issuers/{name}/credentials/issue", credential(SIGNER)
    assert (await client.post(path, json={"credential": good}, headers=AUTHORIZED)).status == 201
    for kind, value in WRONG.items():
        response = await client.post(path, json={"credential": {**good, member: value}}, headers=AUTHORIZED)
        code, pointer = await refused(response, verifying=False)
        assert code.startswith(TAKES.get((member, kind), "model.")), (kind, code)
        assert pointer.startswith(f"/{member}"), (kind, pointer)
    response = await client.post(
        path, json={"credential": {key: value for key, value in good.items() if key != member}}, headers=AUTHORIZED
    )
    assert (await refused(response, verifying=False))[1] == f"/{member}"
    for value in WRONG.values():
        response = await client.post(path, json={"credential": {**good, "proof": value}}, headers=AUTHORIZED)
        assert await refused(response, verifying=False) == ("issue.already_secured", "/proof")


@pytest.mark.parametrize("member", ["@context", "type", "holder", "verifiableCredential", "proof"])
async def test_verifying_presentations(doors: Any, member: str) -> None:
    client = await doors(real())
    inside = await secured(credential(SIGNER), SIGNER)
    good: Any = await secured(presentation(SIGNER, inside), SIGNER, purpose="authentication")
    assert (await client.post("/presentations/verify", json={"verifiablePresentation": good})).status == 200
    for value in WRONG.values():
        response = await client.post("/presentations/verify", json={"verifiablePresentation": {**good, member: value}})
        await refused(response, verifying=True)


@pytest.mark.parametrize("member", [*MEMBERS, "proof"])
async def test_a_credential_inside_a_presentation(doors: Any, member: str) -> None:
    client = await doors(real())
    inside: Any = await secured(credential(SIGNER), SIGNER)
    good: Any = await secured(presentation(SIGNER, inside), SIGNER, purpose="authentication")
    for value in WRONG.values():
        document = {**good, "verifiableCredential": [{**inside, member: value}]}
        response = await client.post("/presentations/verify", json={"verifiablePresentation": document})
        await refused(response, verifying=True)


@pytest.mark.parametrize(
    ("path", "member"), [("/credentials/verify", "verifiableCredential"), ("/presentations/verify", "verifiablePresentation")]
)
async def test_the_document_itself(doors: Any, path: str, member: str) -> None:
    client = await doors(real())
    text = json.dumps(await secured(credential(SIGNER), SIGNER))
    values: list[Any] = [None, True, 7, [], [{}], ""]
    for body in ({}, {"options": {}}, *({member: value} for value in values)):
        assert await refused(await client.post(path, json=body), verifying=True) == ("request.malformed", f"/{member}")
    code, _ = await refused(await client.post(path, json={member: {}}), verifying=True)
    assert code == "model.context_missing"
    # A text is taken for a compact token, and the text of an object is none.
    assert await refused(await client.post(path, json={member: text}), verifying=True) == ("token.malformed", "")


async def test_the_credential_to_issue_itself(doors: Any) -> None:
    client = await doors(real())
    text = json.dumps(credential(SIGNER))
    values: list[Any] = [None, True, 7, [], [{}], text]
    for body in ({}, *({"credential": value} for value in values)):
        response = await client.post("/credentials/issue", json=body, headers=AUTHORIZED)
        assert await refused(response, verifying=False) == ("request.malformed", "/credential")
