"""The door that bundles badges: what it takes, whom, and where its refusals point."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.contract.test_doors import GOOD, problem
from tests.simulators.doors import AUTHORIZED

BODY: Final = {"verifiableCredentials": [GOOD, GOOD], "name": "Transcript", "partial": True}


async def test_a_record_is_answered_in_the_wrapped_form(doors: Any) -> None:
    client = await doors()
    response = await client.post("/clr", json=BODY, headers=AUTHORIZED)
    answer = (await response.json())["verifiableCredential"]
    assert (response.status, answer["name"], answer["held"], answer["partial"]) == (201, "Transcript", 2, True)


async def test_the_token_is_asked_for(doors: Any) -> None:
    client = await doors()
    assert (await client.post("/clr", json=BODY)).status == 401


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"verifiableCredentials": None}, "request.malformed", "/verifiableCredentials"),
        ({"verifiableCredentials": [GOOD, 7]}, "request.malformed", "/verifiableCredentials/1"),
        ({"verifiableCredentials": []}, "clr.nothing_bundled", ""),
        ({"verifiableCredentials": ["a.b.c"]}, "clr.token", "/verifiableCredentials/0"),
        ({"name": ""}, "request.malformed", "/name"),
        ({"partial": "yes"}, "request.malformed", "/partial"),
        ({"associations": [{"type": "x", "source": "y"}]}, "request.malformed", "/associations/0/target"),
        ({"associations": [{"type": "x", "source": "y", "target": "z"}]}, "clr.association_open", "/associations/0/source"),
        ({"assertions": []}, "request.option_unsupported", "/assertions"),
    ],
)
async def test_refusals_point_into_the_body(doors: Any, change: Any, code: str, pointer: str) -> None:
    client = await doors()
    await problem(await client.post("/clr", json={**BODY, **change}, headers=AUTHORIZED), 400, code, pointer)
