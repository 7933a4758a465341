"""What every door asks and answers, whatever is behind it."""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
import json
from io import BytesIO
from typing import Any

import pytest

from atesto import limits
from atesto.error_codes import ERROR_CODES
from atesto.errors import CustodyError, VerificationError
from atesto.verification.stations import Station
from atesto.web.services import Part
from tests.simulators.doors import AUTHORIZED, DID, MARK, MARKED_TOKEN, FakeIssuer, FakeVerifier, services

GOOD: dict[str, Any] = {"type": ["VerifiableCredential"], "issuer": DID, "proof": MARK}
UNSIGNED: dict[str, Any] = {"type": ["VerifiableCredential"], "issuer": DID}
JSON = {"Content-Type": "application/json"}


async def problem(response: Any, status: int, code: str, pointer: str = "") -> Any:
    body = await response.json(content_type="application/problem+json")
    assert (response.status, body["code"], body["pointer"]) == (status, code, pointer), body
    row = ERROR_CODES[code]
    assert (body["type"], body["title"], body["hint"], body["status"]) == (row.problem_type, row.title, row.hint, status)
    assert body["instance"] == f"urn:request:{response.headers['X-Request-Id']}"
    assert "Traceback" not in json.dumps(body)
    return body


async def test_issuing_answers_201_with_the_wrapped_credential(doors: Any) -> None:
    client = await doors()
    for path in ("/credentials/issue", "/issuers/default/credentials/issue"):
        response = await client.post(path, json={"credential": UNSIGNED, "options": {}}, headers=AUTHORIZED)
        assert response.status == 201
        assert await response.json() == {"verifiableCredential": {**UNSIGNED, "proof": MARK}}


async def test_issuers_are_told_apart_by_name(doors: Any) -> None:
    client = await doors()
    response = await client.post("/issuers/other/credentials/issue", json={"credential": UNSIGNED}, headers=AUTHORIZED)
    await problem(response, 400, "issue.foreign_issuer", "/issuer")
    response = await client.post("/issuers/nobody/credentials/issue", json={"credential": UNSIGNED}, headers=AUTHORIZED)
    await problem(response, 404, "request.unknown_name")


@pytest.mark.parametrize("path", ["/credentials/verify", "/verifiers/strict/credentials/verify", "/verifiers/interop/credentials/verify"])
async def test_a_verified_credential_answers_200_with_the_report(doors: Any, path: str) -> None:
    client = await doors()
    response = await client.post(path, json={"verifiableCredential": GOOD})
    body = await response.json()
    assert response.status == 200
    assert (body["verified"], body["verdict"], body["credential"]) == (True, "confirmed", GOOD)
    assert body["policy"] == ("interop" if "interop" in path else "strict")
    assert body["problemDetails"] == []


async def test_a_refused_credential_answers_400_with_the_same_shape(doors: Any) -> None:
    client = await doors()
    good = await (await client.post("/credentials/verify", json={"verifiableCredential": GOOD})).json()
    response = await client.post("/credentials/verify", json={"verifiableCredential": UNSIGNED})
    body = await response.json()
    assert response.status == 400
    assert (body["verified"], body["verdict"], "credential" in body) == (False, "refused", False)
    assert {*good} - {"credential"} <= {*body}
    assert body["problemDetails"][0]["code"] == "proof.signature_invalid"


async def test_presentations_carry_the_options_to_the_verifier(doors: Any) -> None:
    verifier = FakeVerifier()
    client = await doors(services(verifier=verifier))
    document = {
        "verifiablePresentation": {"proof": MARK},
        "options": {"challenge": "c", "domain": "d", "recipient": "a@example.com", "checks": ["proof"], "new": 1},
    }
    response = await client.post("/presentations/verify", json=document)
    assert (response.status, verifier.asked, verifier.recipients) == (200, [("c", "d")], ["a@example.com"])
    response = await client.post("/verifiers/strict/presentations/verify", json={"verifiablePresentation": {"proof": MARK}})
    assert (response.status, verifier.asked[1]) == (200, (None, None))
    asked = {"verifiableCredential": {"proof": MARK}, "options": {"recipient": "did:example:learner"}}
    response = await client.post("/credentials/verify", json=asked)
    assert (response.status, verifier.recipients[2]) == (200, "did:example:learner")


@pytest.mark.parametrize("path", ["/presentations", "/presentations/prove"])
async def test_proving_answers_201(doors: Any, path: str) -> None:
    client = await doors()
    body = {"presentation": {"a": 1}, "options": {"challenge": "c", "domain": "d"}}
    response = await client.post(path, json=body, headers=AUTHORIZED)
    assert response.status == 201
    assert (await response.json())["verifiablePresentation"]["proof"] == {**MARK, "challenge": "c", "domain": "d"}
    response = await client.post(path, json={"presentation": {}, "options": {"colour": "blue"}}, headers=AUTHORIZED)
    await problem(response, 400, "request.option_unsupported", "/options/colour")
    response = await client.post(path, json={"presentation": {}, "options": {"recipient": "a@example.com"}}, headers=AUTHORIZED)
    await problem(response, 400, "request.option_unsupported", "/options/recipient")
    body = {"presentation": {"a": 1}, "options": {"challenge": "c", "domain": "d", "envelope": "jwt"}}
    response = await client.post(path, json=body, headers=AUTHORIZED)
    answered = (await response.json())["verifiablePresentation"]
    assert (response.status, answered) == (201, {"type": "EnvelopedVerifiablePresentation", "id": "data:jwt,c,d"})
    for other in ("cose", "", None, 1, ["jwt"]):
        response = await client.post(path, json={"presentation": {}, "options": {"envelope": other}}, headers=AUTHORIZED)
        assert (await problem(response, 400, "request.malformed", "/options/envelope"))["detail"].endswith("; 'jwt' was expected.")


@pytest.mark.parametrize("code", ["custody.key_retired", "custody.key_revoked"])
async def test_a_key_that_has_ended_is_a_conflict_at_every_door_that_signs(doors: Any, code: str) -> None:
    async def raising(*_: Any, **__: Any) -> Any:
        raise CustodyError(code, "The key is no more.")

    issuer = FakeIssuer(raising=CustodyError(code, "The key is no more."))
    client = await doors(dataclasses.replace(services(issuer=issuer), issue_award=raising, prove=raising))
    for path, body in {
        "/awards": {"learner": "Ana"},
        "/credentials/issue": {"credential": UNSIGNED},
        "/issuers/default/credentials/issue": {"credential": UNSIGNED},
        "/presentations": {"presentation": {}},
        "/presentations/prove": {"presentation": {}},
    }.items():
        await problem(await client.post(path, json=body, headers=AUTHORIZED), 409, code)


async def test_awards_are_taken_bare_or_in_an_envelope(doors: Any) -> None:
    client = await doors()
    response = await client.post("/awards", json={"learner": "Ana"}, headers=AUTHORIZED)
    assert (response.status, (await response.json())["verifiableCredential"]["form"]) == (201, None)
    response = await client.post("/awards", json={"award": {"learner": "Ana"}, "form": "edc"}, headers=AUTHORIZED)
    assert (response.status, (await response.json())["verifiableCredential"]["form"]) == (201, "edc")
    await problem(await client.post("/awards", json={"x": 1}, headers=AUTHORIZED), 400, "award.malformed", "/learner")
    await problem(await client.post("/awards", json={"award": {}}, headers=AUTHORIZED), 400, "award.malformed", "/award/learner")
    await problem(await client.post("/awards", json={"award": 1}, headers=AUTHORIZED), 400, "request.malformed", "/award")
    await problem(await client.post("/awards", json={"award": {}, "form": 1}, headers=AUTHORIZED), 400, "request.malformed", "/form")


async def test_several_forms_of_one_award(doors: Any) -> None:
    client = await doors()
    award = {"learner": "Ana"}
    response = await client.post("/awards", json={"award": award, "forms": ["edc", "edc-sealed"]}, headers=AUTHORIZED)
    body = await response.json()
    assert (response.status, list(body)) == (201, ["verifiableCredentials"])
    assert {name: credential["form"] for name, credential in body["verifiableCredentials"].items()} == {
        "edc": "edc", "edc-sealed": "edc-sealed",
    }  # fmt: skip
    one = await (await client.post("/awards", json={"award": award, "forms": ["edc-sealed"]}, headers=AUTHORIZED)).json()
    assert list(one["verifiableCredentials"]) == ["edc-sealed"]
    none = await (await client.post("/awards", json={"award": award, "forms": []}, headers=AUTHORIZED)).json()
    assert none["verifiableCredential"]["form"] is None
    for members, code, pointer in (
        ({"form": "edc", "forms": ["edc"]}, "request.malformed", "/forms"),
        ({"forms": ["edc", "edc"]}, "request.malformed", "/forms"),
        ({"forms": "edc"}, "request.malformed", "/forms"),
        ({"forms": [7]}, "request.malformed", "/forms/0"),
        ({"forms": [""]}, "request.malformed", "/forms/0"),
        ({"forms": ["edc"] * 17}, "request.malformed", "/forms"),
        ({"forms": ["parchment"]}, "award.form_unknown", "/forms"),
        ({"form": "parchment"}, "award.form_unknown", "/form"),
    ):
        await problem(await client.post("/awards", json={"award": award, **members}, headers=AUTHORIZED), 400, code, pointer)


@pytest.mark.parametrize(
    "path", ["/awards", "/credentials/issue", "/issuers/default/credentials/issue", "/presentations", "/presentations/prove"]
)
@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic token", f"Token {AUTHORIZED['Authorization'][7:]}", "Bearer ü"]
)
async def test_issuing_doors_ask_for_the_token_before_they_read(doors: Any, path: str, given: str | None) -> None:
    client = await doors()
    headers = {"Content-Type": "text/plain"} | ({} if given is None else {"Authorization": given})
    response = await client.post(path, data=b"not even read", headers=headers)
    await problem(response, 401, "transport.unauthorized")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_compact_token_is_taken_as_a_text(doors: Any) -> None:
    client = await doors()
    for kind, path in (("verifiableCredential", "/credentials/verify"), ("verifiablePresentation", "/presentations/verify")):
        good, bad = [await client.post(path, json={kind: text}) for text in (MARKED_TOKEN, "e30.e30.AA")]
        assert (good.status, (await good.json())["token"]) == (200, MARKED_TOKEN)
        assert (bad.status, (await bad.json())["problemDetails"][0]["code"]) == (400, "proof.signature_invalid")


async def test_without_a_token_rule_nobody_is_asked(doors: Any) -> None:
    client = await doors(token=None)
    assert (await client.post("/credentials/issue", json={"credential": UNSIGNED})).status == 201


WRONG_BODIES: list[tuple[bytes, str, str, Station]] = [
    (b"", "json.invalid", "", Station.PARSING),
    (b"[]", "json.not_an_object", "", Station.PARSING),
    (b'{"a":1,"a":2}', "json.duplicate_member", "/a", Station.PARSING),
    (b"[" * 200_000, "json.too_deep", "", Station.PARSING),
    (b"{}", "request.malformed", "/verifiableCredential", Station.SHAPE),
    (b'{"verifiableCredential":""}', "request.malformed", "/verifiableCredential", Station.SHAPE),
    (b'{"verifiableCredential":[{}]}', "request.malformed", "/verifiableCredential", Station.SHAPE),
    (b'{"verifiableCredential":1}', "request.malformed", "/verifiableCredential", Station.SHAPE),
    (b'{"verifiableCredential":true}', "request.malformed", "/verifiableCredential", Station.SHAPE),
    (b'{"verifiableCredential":null}', "request.malformed", "/verifiableCredential", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":[]}', "request.malformed", "/options", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":null}', "request.malformed", "/options", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":{"challenge":1}}', "request.malformed", "/options/challenge", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":{"challenge":null}}', "request.malformed", "/options/challenge", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":{"domain":""}}', "request.malformed", "/options/domain", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":{"checks":"proof"}}', "request.malformed", "/options/checks", Station.SHAPE),
    (b'{"verifiableCredential":{},"options":{"checks":[1]}}', "request.malformed", "/options/checks/0", Station.SHAPE),
]


@pytest.mark.parametrize(("data", "code", "pointer", "station"), WRONG_BODIES, ids=[f"{row[1]} {row[2]}" for row in WRONG_BODIES])
async def test_wrong_bodies_are_refused_with_a_report(doors: Any, data: bytes, code: str, pointer: str, station: Station) -> None:
    client = await doors()
    response = await client.post("/credentials/verify", data=data, headers=JSON)
    body = await problem(response, 400, code, pointer)
    assert (body["verified"], body["verdict"], body["kind"], body["policy"]) == (False, "refused", "credential", "strict")
    states = [entry["state"] for entry in body["stations"]]
    assert states == ["passed"] * (station - 1) + ["failed"] + ["not_reached"] * (11 - station)
    assert body["problemDetails"][0]["code"] == code


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/ld+json", "application/vc+json; charset=utf-8", "Application/JSON"]
)
async def test_json_media_types_are_taken(doors: Any, media_type: str) -> None:
    client = await doors()
    data = json.dumps({"verifiableCredential": GOOD}).encode()
    assert (await client.post("/credentials/verify", data=data, headers={"Content-Type": media_type})).status == 200


@pytest.mark.parametrize(
    "media_type", ["text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "image/svg+json", ""]
)
async def test_other_media_types_are_refused(doors: Any, media_type: str) -> None:
    client = await doors()
    response = await client.post("/credentials/verify", data=b"{}", headers={"Content-Type": media_type})
    await problem(response, 415, "transport.unsupported_media_type")


async def test_compressed_bodies_are_refused_unread(doors: Any) -> None:
    client = await doors()
    response = await client.post(
        "/credentials/verify", data=gzip.compress(b" " * 100_000_000), headers={**JSON, "Content-Encoding": "gzip"}
    )
    body = await problem(response, 415, "transport.content_encoding")
    assert (body["stations"][0]["state"], body["verdict"]) == ("undecided", "not_confirmed")


async def test_large_bodies_are_refused_with_and_without_a_length(doors: Any) -> None:
    client = await doors()

    async def endless() -> Any:
        for _ in range(64):
            yield b" " * 65_536

    response = await client.post("/credentials/verify", data=BytesIO(b" " * (limits.MAX_JSON_BYTES + 1)), headers=JSON)
    await problem(response, 413, "transport.body_too_large")
    response = await client.post("/credentials/verify", data=endless(), headers=JSON)
    await problem(response, 413, "transport.body_too_large")
    response = await client.post(
        "/credentials/issue", data=BytesIO(b"[" + b" " * (limits.MAX_JSON_BYTES + 1) + b"]"), headers={**JSON, **AUTHORIZED}
    )
    await problem(response, 400, "json.not_an_object")


async def test_slow_bodies_are_given_up(doors: Any) -> None:
    client = await doors(body_seconds=0.1)
    gate = asyncio.Event()

    async def slow() -> Any:
        yield b"{"
        await gate.wait()

    request = asyncio.create_task(client.post("/credentials/verify", data=slow(), headers=JSON))
    response = await asyncio.wait_for(request, 5)
    await problem(response, 408, "transport.timeout")
    assert response.headers["Connection"] == "close"
    gate.set()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", ""])
async def test_foreign_hosts_get_nothing(doors: Any, host: str) -> None:
    client = await doors()
    await problem(await client.get("/health/live", headers={"Host": host}), 421, "transport.unknown_host")


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:99", "[::1]:8080", "[::1]"])
async def test_own_hosts_are_answered(doors: Any, host: str) -> None:
    client = await doors()
    assert (await client.get("/health/live", headers={"Host": host})).status == 200


async def test_a_crowd_is_sent_away(doors: Any) -> None:
    gate, entered = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        entered.set()
        await gate.wait()

    client = await doors(services(verifier=FakeVerifier(waiting=wait)), max_requests=1)
    first = asyncio.create_task(client.post("/credentials/verify", json={"verifiableCredential": GOOD}))
    await entered.wait()
    response = await client.post("/credentials/verify", json={"verifiableCredential": GOOD})
    body = await problem(response, 503, "transport.overloaded")
    assert (body["verified"], body["verdict"]) == (False, "not_confirmed")
    assert int(response.headers["Retry-After"]) > 0
    gate.set()
    assert (await first).status == 200
    assert (await client.post("/credentials/verify", json={"verifiableCredential": GOOD})).status == 200


async def test_busy_workers_answer_503_with_the_report(doors: Any) -> None:
    client = await doors(services(verifier=FakeVerifier(error=VerificationError("transport.overloaded", "Busy."))))
    response = await client.post("/credentials/verify", json={"verifiableCredential": GOOD})
    body = await response.json()
    assert (response.status, body["verdict"], body["verified"]) == (503, "not_confirmed", False)
    assert "Retry-After" in response.headers


async def test_the_unforeseen_is_a_500_that_tells_nothing(doors: Any) -> None:
    client = await doors(services(verifier=FakeVerifier(crash=ValueError("secret detail"))))
    response = await client.post("/credentials/verify", json={"verifiableCredential": GOOD})
    body = await problem(response, 500, "transport.internal")
    assert body["verified"] is False
    assert "secret detail" not in json.dumps(body)
    client = await doors(services(issuer=FakeIssuer(raising=KeyError("x"))))
    await problem(await client.post("/credentials/issue", json={"credential": UNSIGNED}, headers=AUTHORIZED), 500, "transport.internal")


async def test_unknown_addresses_and_methods(doors: Any) -> None:
    client = await doors()
    await problem(await client.get("/nothing"), 404, "transport.not_found")
    await problem(
        await client.post("/verifiers/nobody/credentials/verify", json={"verifiableCredential": GOOD}), 404, "request.unknown_name"
    )
    response = await client.get("/credentials/verify")
    await problem(response, 405, "transport.method_not_allowed")
    assert response.headers["Allow"] == "OPTIONS, POST"
    assert (await client.head("/health/live")).status == 200


async def test_request_ids_are_taken_over_when_harmless(doors: Any) -> None:
    client = await doors()
    assert (await client.get("/health/live", headers={"X-Request-Id": "abc-1.2_3"})).headers["X-Request-Id"] == "abc-1.2_3"
    for given in ("", "a b", "x" * 65, '"><script>', "é"):
        made = (await client.get("/health/live", headers={"X-Request-Id": given})).headers["X-Request-Id"]
        assert len(made) == 36


async def test_browsers_of_other_origins_may_verify_and_not_issue(doors: Any) -> None:
    client = await doors()
    ask = {"Origin": "https://wallet.example", "Access-Control-Request-Method": "POST"}
    for path in ("/credentials/verify", "/presentations/verify", "/verifiers/strict/credentials/verify"):
        response = await client.options(path, headers=ask)
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert response.headers["Access-Control-Allow-Methods"] == "POST"
        assert "Access-Control-Allow-Credentials" not in response.headers
    response = await client.post("/credentials/verify", json={}, headers=ask)
    assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (400, "*")
    for path in ("/credentials/issue", "/awards", "/presentations", "/metrics", "/"):
        response = await client.options(path, headers=ask)
        assert response.status == 405
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_configured_origins_alone_are_let_in(doors: Any) -> None:
    client = await doors(cors_origins=frozenset({"https://wallet.example"}))
    response = await client.get("/openapi.json", headers={"Origin": "https://wallet.example"})
    assert (response.headers["Access-Control-Allow-Origin"], response.headers["Vary"]) == ("https://wallet.example", "Origin")
    response = await client.get("/openapi.json", headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_every_answer_carries_the_security_headers(doors: Any) -> None:
    client = await doors(public_url="https://issuer.example", host_names=frozenset({"127.0.0.1"}))
    for path in ("/", "/docs", "/health/live", "/nothing", "/assets/atesto.css"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Strict-Transport-Security"]
        assert headers["Server"] == "atesto"
        assert headers["Referrer-Policy"] == "no-referrer"


async def test_health(doors: Any) -> None:
    client = await doors()
    assert (await client.get("/health/ready")).status == 200
    client = await doors(services(parts=(Part("disk", works=False, sentence="The disk is full."),)))
    response = await client.get("/health/ready")
    assert (response.status, (await response.json())["parts"]) == (503, [{"name": "disk", "works": False, "sentence": "The disk is full."}])
    assert (await client.get("/health/live")).status == 200


async def test_metrics_name_route_templates_and_nothing_of_the_caller(doors: Any) -> None:
    client = await doors()
    await client.post("/issuers/secret-name/credentials/issue", json={"credential": UNSIGNED}, headers=AUTHORIZED)
    await client.post("/credentials/issue", json={"credential": UNSIGNED}, headers=AUTHORIZED)
    await client.post("/credentials/verify", json={"verifiableCredential": GOOD})
    await client.get("/secret-path")
    await client.request("SECRETMETHOD", "/")
    text = await (await client.get("/metrics")).text()
    assert "secret" not in text.lower()
    assert 'atesto_requests_total{method="POST",route="/issuers/{name}/credentials/issue",status="404"} 1.0' in text
    assert 'atesto_verdicts_total{kind="credential",verdict="confirmed"} 1.0' in text
    assert 'atesto_issued_total{issuer="default"} 1.0' in text
    assert 'atesto_refusals_total{code="request.unknown_name"} 1.0' in text


async def test_senders_that_take_their_time_hold_no_place_among_the_working(doors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await doors(max_requests=1, body_seconds=5)
    gate = asyncio.Event()

    async def slow() -> Any:
        yield b"{"
        await gate.wait()

    waiting = [asyncio.create_task(client.post("/credentials/verify", data=slow(), headers=JSON)) for _ in range(5)]
    await asyncio.sleep(0.1)
    assert (await client.get("/health/live")).status == 200
    assert (await client.get("/")).status == 200
    assert (await client.post("/credentials/verify", json={"verifiableCredential": GOOD})).status == 200
    monkeypatch.setattr(limits, "MAX_RECEIVING_REQUESTS", 5)
    response = await client.post("/credentials/verify", json={"verifiableCredential": GOOD})
    await problem(response, 503, "transport.overloaded")
    assert (await client.get("/health/live")).status == 200
    gate.set()
    assert {response.status for response in await asyncio.gather(*waiting)} == {400}
    assert (await client.post("/credentials/verify", json={"verifiableCredential": GOOD})).status == 200


async def test_who_asks_after_the_node_s_health_is_answered_in_a_crowd(doors: Any) -> None:
    gate, entered = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        entered.set()
        await gate.wait()

    client = await doors(services(verifier=FakeVerifier(waiting=hold)), max_requests=1)
    first = asyncio.create_task(client.post("/credentials/verify", json={"verifiableCredential": GOOD}))
    await entered.wait()
    for path in ("/health/live", "/health/ready", "/metrics"):
        assert (await client.get(path)).status == 200
    await problem(await client.get("/docs", headers={"Accept": "application/json"}), 503, "transport.overloaded")
    gate.set()
    assert (await first).status == 200


async def test_what_went_wrong_with_the_request_is_no_verdict_on_the_document(doors: Any) -> None:
    client = await doors()
    for path, data, headers in (
        ("/credentials/verify", b"{}", {"Content-Type": "text/plain"}),
        ("/verifiers/nobody/credentials/verify", json.dumps({"verifiableCredential": GOOD}).encode(), JSON),
        ("/credentials/verify", b"{}", {**JSON, "Host": "evil.example"}),
    ):
        body = await (await client.post(path, data=data, headers=headers)).json(content_type="application/problem+json")
        assert (body["verified"], body["verdict"]) == (False, "not_confirmed")
        assert body["sentence"].startswith("We cannot confirm this micro-credential")


async def test_comparing_answers_200_whatever_it_says(doors: Any) -> None:
    client = await doors()
    answer = await (await client.post("/credentials/compare", json={"verifiableCredentials": [GOOD, GOOD]})).json()
    assert [row["verified"] for row in answer["credentials"]] == [True, True]
    assert next(row for row in answer["aspects"] if row["aspect"] == "title")["agreement"] == "agree"
    response = await client.post("/credentials/compare", json={"verifiableCredentials": [GOOD, MARKED_TOKEN]})
    answer = await response.json()
    assert (response.status, answer["twins"], answer["agree"], answer["verified"]) == (200, False, False, True)
    answer = await (await client.post("/credentials/compare", json={"verifiableCredentials": [UNSIGNED, GOOD]})).json()
    assert [row["verified"] for row in answer["credentials"]] == [False, True]
    assert all("first" not in row for row in answer["aspects"])


async def test_a_report_in_europass_s_words_has_the_status_of_the_verdict(doors: Any) -> None:
    client = await doors()
    for document, status, seal in ((GOOD, 200, "ok"), (UNSIGNED, 400, "error")):
        response = await client.post("/credentials/verify/europass", json={"verifiableCredential": document})
        body = await response.json(content_type="application/ld+json")
        assert (response.status, "verifiableCredential" in body) == (status, status == 200)
        assert body["type"] == ["VerifiablePresentation", "EuropeanDigitalPresentation"]
        assert body["verificationCheck"][1]["verificationStatus"]["prefLabel"]["en"] == seal


@pytest.mark.parametrize(
    ("pair", "pointer"),
    [
        (None, "/verifiableCredentials"),
        ([GOOD], "/verifiableCredentials"),
        ([GOOD] * 3, "/verifiableCredentials"),
        ([GOOD, 7], "/verifiableCredentials/1"),
        ([GOOD, ""], "/verifiableCredentials/1"),
    ],
)
async def test_comparing_takes_two_credentials(doors: Any, pair: Any, pointer: str) -> None:
    client = await doors()
    await problem(await client.post("/credentials/compare", json={"verifiableCredentials": pair}), 400, "request.malformed", pointer)
