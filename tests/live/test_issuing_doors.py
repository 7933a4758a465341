"""Who may issue: every door that releases something, with every kind of wrong token, on the started node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.web.route import Access
from atesto.web.routes import ROUTES
from tests.live.material import V2, changed, put, unsigned

if TYPE_CHECKING:
    from tests.live.node_process import NodeProcess

pytestmark = [pytest.mark.hostile, pytest.mark.loopback]

GUARDED: Final = [(route.method, route.path.replace("{name}", "default")) for route in ROUTES if route.access is Access.TOKEN]
OPEN_READS: Final = [route.path for route in ROUTES if route.method == "GET" and "{" not in route.path]
WRONG: Final = {
    "none": None,
    "empty": "",
    "scheme alone": "Bearer",
    "wrong": "Bearer wrong",
    "other scheme": "Basic {token}",
    "bare": "{token}",
    "shorter": "Bearer {shorter}",
    "longer": "Bearer {token}x",
    "twice": "Bearer {token} {token}",
    "other case": "Bearer {swapped}",
    "in a list": "Bearer {token}, Bearer {token}",
    "as a name": "Bearer token={token}",
}


@pytest.mark.parametrize("given", WRONG)
@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_issuing_without_the_token_is_refused(live: NodeProcess, method: str, path: str, given: str) -> None:
    token = live.token or ""
    form = WRONG[given]
    sent = {} if form is None else {"Authorization": form.format(token=token, shorter=token[:-1], swapped=token.swapcase())}
    body = {"credential": unsigned(live.did), "award": {}, "presentation": {}}
    reply = live.ask(method, path, body, headers=sent)
    assert (reply.status, reply.code) == (401, "transport.unauthorized")
    assert reply.headers["www-authenticate"] == 'Bearer realm="atesto"'


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_a_token_elsewhere_is_ignored(live: NodeProcess, method: str, path: str) -> None:
    token = live.token or ""
    for place in (f"{path}?access_token={token}", f"{path}?token={token}"):
        assert live.ask(method, place, {}).status == 401
    for headers in ({"Cookie": f"token={token}"}, {"X-Api-Key": token}, {"Proxy-Authorization": f"Bearer {token}"}):
        assert live.ask(method, path, {}, headers=headers).status == 401


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_the_token_opens_every_door_and_its_scheme_is_read_in_any_case(live: NodeProcess, method: str, path: str) -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        assert live.ask(method, path, {}, headers={"Authorization": f"{scheme} {live.token}"}).status == 400


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_the_token_does_not_help_under_a_foreign_name(live: NodeProcess, method: str, path: str) -> None:
    reply = live.ask(method, path, {}, headers={**live.authorized, "Host": "rebound.example"})
    assert (reply.status, reply.code) == (421, "transport.unknown_host")


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_form_posts_of_other_sites_are_refused(live: NodeProcess, method: str, path: str) -> None:
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        reply = live.ask(method, path, b"{}", headers={**live.authorized, "Content-Type": media_type, "Origin": "https://evil.example"})
        assert (reply.status, reply.code) == (415, "transport.unsupported_media_type")
        assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize("path", OPEN_READS)
def test_nothing_that_is_read_needs_a_token_or_tells_it(live: NodeProcess, path: str) -> None:
    reply = live.ask("GET", path)
    # A node without a public https URL has no did:web to publish.
    assert reply.status == (404 if path.endswith(("did.json", "jwks.json")) else 200)
    assert (live.token or "").encode() not in reply.body
    assert str(live.data).encode() not in reply.body


# name -> (what is changed, code, pointer)
REFUSED: Final[dict[str, tuple[Any, str, str]]] = {
    "foreign issuer": (put("issuer", value="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"), "issue.foreign_issuer", "/issuer"),
    "foreign issuer object": (
        put("issuer", value={"id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}), "issue.foreign_issuer", "/issuer",
    ),
    "undefined claim": (put("credentialSubject", "degree", value="PhD"), "linked_data.undefined_term", "/credentialSubject/degree"),
    "undefined type": (put("type", value=["VerifiableCredential", "Nothing"]), "linked_data.undefined_type", "/type/1"),
    "unknown context": (put("@context", value=[V2, "https://evil.example/context"]), "context.unknown", "/@context/1"),
    "no subject": (put("credentialSubject", value=...), "model.member_missing", "/credentialSubject"),
    "null": (put("name", value=None), "model.member_malformed", "/name"),
    "date without offset": (put("validFrom", value="2026-01-15T09:00:00"), "time.malformed", "/validFrom"),
    "inverted dates": (put("validUntil", value="2020-01-01T00:00:00Z"), "time.inverted", "/validUntil"),
    "own proof": (put("proof", value={}), "issue.already_secured", "/proof"),
    "own status": (
        put(
            "credentialStatus",
            value={
                "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
                "statusListCredential": "https://lists.example/1",
            },
        ),
        "issue.status_not_allowed", "/credentialStatus",
    ),
    "inline context": (put("@context", value=[V2, {"x": "urn:x"}]), "context.inline", "/@context/1"),
    "relative id": (put("id", value="credential-7"), "model.id_malformed", "/id"),
    "integer beyond 2^53": (put("credentialSubject", "id", value=2**60), "json.number_out_of_range", "/credential/credentialSubject/id"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_what_must_not_be_signed_is_not(live: NodeProcess, fault: str) -> None:
    change, code, pointer = REFUSED[fault]
    before = (live.data / "issued.jsonl").stat().st_size
    reply = live.ask("POST", "/credentials/issue", {"credential": changed(unsigned(live.did), change)}, headers=live.authorized)
    assert (reply.status, reply.code, reply.pointer) == (400, code, pointer)
    assert (live.data / "issued.jsonl").stat().st_size == before


def test_what_was_issued_is_in_the_record_by_digest_and_without_persons(live: NodeProcess) -> None:
    credential = live.issue(unsigned(live.did, id="urn:uuid:7d5a7b90-0a1d-44b1-8a1a-3b6d0a5cb001"))
    record = (live.data / "issued.jsonl").read_text()
    assert record.count(credential["id"]) == 2
    assert "Noor" not in record
    assert credential["proof"]["proofValue"] not in record


def test_a_presentation_is_a_token_where_that_is_asked_for(live: NodeProcess) -> None:
    credential = live.issue(unsigned(live.did, id="urn:uuid:7d5a7b90-0a1d-44b1-8a1a-3b6d0a5cb002"))
    asked = {"challenge": "c-1", "domain": "verifier.example"}
    made = live.present(credential, envelope="jwt", **asked)
    assert made["type"] == "EnvelopedVerifiablePresentation"
    media_type, _, token = made["id"].partition(",")
    assert media_type == "data:application/vp+jwt"
    for received in (made, token):
        report = live.verify_presentation(received, **asked).json
        assert (report["verified"], report["presenter"], report["token"]) == (True, live.did, token)
        assert live.verify_presentation(received, **{**asked, "domain": "evil.example"}).code == "binding.domain"
    body = {"presentation": {"type": ["VerifiablePresentation"]}, "options": {"envelope": "cose"}}
    reply = live.ask("POST", "/presentations", body, headers=live.authorized)
    assert (reply.status, reply.code, reply.pointer) == (400, "request.malformed", "/options/envelope")
