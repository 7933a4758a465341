"""The same bytes get the same answer, whichever way they come in: over HTTP, on the page and at the terminal."""

from __future__ import annotations

import asyncio
import dataclasses
import html
import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pytest
from aiohttp import FormData

from atesto.cli import options
from atesto.cli.app import main
from atesto.dids.resolution import Resolver
from tests.reference_data import reference
from tests.simulators.doors import services
from tests.simulators.memory_fetcher import MemoryFetcher
from tests.simulators.parts import MemorySigner, credential, presentation, secured, verifier

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    Ways = Callable[[str, bytes], Awaitable[list[tuple[str, list[tuple[str, str]]]]]]

SIGNER: Final = MemorySigner.numbered(91)
ONE_WAY: Final = {"body-wrong-type", "body-empty"}
"""text/plain is a request's fault, and no file has a media type; a form without a document is answered with the form."""
JSON: Final = {"Content-Type": "application/json"}


class Web(MemoryFetcher):
    """A fetcher that can be closed, as the command's own."""

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(name="ways")
async def _ways(doors: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Ways:
    """Asks all three, and gives verdict, codes and pointers of each: HTTP, page, terminal."""
    for name in list(os.environ):
        if name.startswith("ATESTO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ATESTO_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(options, "checkout", lambda: None)
    monkeypatch.setattr("atesto.node.make_fetcher", lambda _: Web())
    behind = dataclasses.replace(services(), clock=lambda: datetime.now(UTC))
    behind = dataclasses.replace(behind, verifiers={"strict": verifier(resolver=Resolver(None, fetcher=Web()))})
    client = await doors(behind)
    file = tmp_path / "handed-over"

    async def ask(path: str, content: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
        over_http = await (await client.post(path, data=BytesIO(content), headers=JSON)).json(content_type=None)
        form = FormData(default_to_multipart=True)
        form.add_field("file", BytesIO(content), filename="handed-over")
        text = await (await client.post("/verify", data=form)).text()
        # The last of them is the report; a document that was confirmed stands before it.
        shown = re.findall(r"<pre[^>]*>(.*?)</pre>", text, re.DOTALL)[-1]
        file.write_bytes(content)
        monkeypatch.setattr(sys, "argv", ["atesto", "verify", str(file), "--json"])
        capfdbinary.readouterr()
        code = await asyncio.to_thread(main)
        sys.stdout.flush()
        printed = json.loads(capfdbinary.readouterr()[0])
        assert code == ["confirmed", "refused", "not_confirmed"].index(printed["verdict"])
        return [
            (report["verdict"], [(problem["code"], problem["pointer"]) for problem in report["problemDetails"]])
            for report in (over_http, json.loads(html.unescape(shown)), printed)
        ]

    return ask


def cases() -> list[Any]:
    try:
        listed = json.loads(reference("hostile", "expected.json").read_text(encoding="utf-8"))["cases"]
    except pytest.skip.Exception:
        return []
    doors = ("POST /credentials/verify", "POST /presentations/verify")
    return [case for case in listed if "file" in case and case["endpoint"] in doors and case["id"] not in ONE_WAY]


def test_the_corpus_is_there() -> None:
    reference("hostile", "expected.json")
    assert {"vp-other-domain", "vp-domain-suffix", "vp-no-domain", "vp-1500", "ok-presentation"} <= {case["id"] for case in cases()}


async def test_every_case_of_the_corpus(ways: Ways) -> None:
    differing, verdicts = {}, set()
    for case in cases():
        said = await ways(case["endpoint"].partition(" ")[2], reference("hostile", case["file"]).read_bytes())
        verdicts.add(said[0][0])
        if said != [said[0]] * 3:
            differing[case["id"]] = said
    assert differing == {}
    assert verdicts == ({"confirmed", "refused", "not_confirmed"} if cases() else set())


async def shown_for(**options: Any) -> bytes:
    now = datetime.now(UTC) - timedelta(minutes=5)
    held = presentation(SIGNER, await secured(credential(SIGNER), SIGNER))
    proven = await secured(held, SIGNER, purpose="authentication", created=now, more={"challenge": "c-1", "domain": "verifier.example"})
    return json.dumps({"verifiablePresentation": proven, **options}).encode()


# the options of an envelope, and what everybody says of it
OPTIONS: Final[dict[str, tuple[Any, str, str]]] = {
    "its own": ({"challenge": "c-1", "domain": "verifier.example"}, "confirmed", ""),
    "more than is known": ({"challenge": "c-1", "checks": ["proof"], "colour": 1}, "confirmed", ""),
    "none": ({}, "confirmed", ""),
    "another challenge": ({"challenge": "c-2"}, "refused", "binding.challenge"),
    "another domain": ({"challenge": "c-1", "domain": "other.example"}, "refused", "binding.domain"),
    "a number": ({"challenge": 1}, "refused", "request.malformed"),
    "an empty text": ({"domain": ""}, "refused", "request.malformed"),
    "a list": ([], "refused", "request.malformed"),
}


@pytest.mark.parametrize("name", OPTIONS)
async def test_the_options_of_an_envelope(ways: Ways, name: str) -> None:
    named, verdict, code = OPTIONS[name]
    said = await ways("/presentations/verify", await shown_for(options=named))
    assert said == [said[0]] * 3
    assert (said[0][0], [found for found, _ in said[0][1]][:1]) == (verdict, [code] if code else [])


async def test_a_credential_for_another_challenge(ways: Ways) -> None:
    now = datetime.now(UTC) - timedelta(minutes=5)
    proven = await secured(credential(SIGNER), SIGNER, created=now, more={"challenge": "c-1"})
    for challenge, verdict in (("c-1", "confirmed"), ("c-2", "refused")):
        body = json.dumps({"verifiableCredential": proven, "options": {"challenge": challenge}}).encode()
        assert [found for found, _ in await ways("/credentials/verify", body)] == [verdict] * 3


async def test_xml_has_one_reason(ways: Ways) -> None:
    assert await ways("/credentials/verify", b"<europassCredential/>") == [("refused", [("model.unsupported_format", "")])] * 3


async def test_what_is_too_large_to_be_looked_at_is_not_confirmed(ways: Ways) -> None:
    whole = await shown_for()
    room = 1_048_576 - len(whole)
    said = await ways("/presentations/verify", whole[:-1] + b" " * room + b"}")
    assert [found for found, _ in said] == ["confirmed"] * 3
    said = await ways("/presentations/verify", whole[:-1] + b" " * (room + 1) + b"}")
    assert said == [("not_confirmed", [("transport.body_too_large", "")])] * 3
