"""Section "endpoints, verbs, bodies, status codes": what every suite relies on before it tests anything."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.live.material import V2, changed, put
from tests.live.suites.documents import DATA_INTEGRITY, ED25519_2020, EXAMPLES, V1, version_1, version_2
from tests.live.suites.suite_node import REFUSED, SuiteNode, answered, said

if TYPE_CHECKING:
    from tests.live.node_process import Reply

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

WRONG: Final[dict[str, Any]] = {"null": None, "number": 7, "boolean": True, "array": [], "text": "..."}
DOORS: Final = {
    "/issuers/eddsa-rdfc-2022/credentials/issue": "credential",
    "/credentials/verify": "verifiableCredential",
    "/presentations/verify": "verifiablePresentation",
}


@pytest.fixture(scope="module")
def credential(suite: SuiteNode) -> Any:
    return suite.issued(version_2(suite.ids["ed25519"]))


@pytest.fixture(scope="module")
def presentation(suite: SuiteNode, credential: Any) -> Any:
    asked = {"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": [credential]}
    reply = suite.post("/presentations", {"presentation": asked, "options": {"challenge": "c", "domain": "d"}})
    assert reply.status == 201, reply.body
    return reply.json["verifiablePresentation"]


def refused(reply: Reply) -> None:
    assert reply.status == REFUSED, reply.body[:300]
    assert reply.json["code" if "code" in reply.json else "problemDetails"]


@pytest.mark.parametrize("options", [None, {}])
def test_issuing_answers_201_with_the_wrapped_credential(suite: SuiteNode, options: Any) -> None:
    body = {"credential": version_2(suite.ids["ed25519"])} | ({} if options is None else {"options": options})
    reply = suite.post("/issuers/eddsa-rdfc-2022/credentials/issue", body)
    assert (reply.status, set(reply.json)) == (201, {"verifiableCredential"})


@pytest.mark.parametrize("options", [None, {}, {"checks": ["proof"]}])
def test_verifying_a_credential_answers_200(suite: SuiteNode, credential: Any, options: Any) -> None:
    body = {"verifiableCredential": credential} | ({} if options is None else {"options": options})
    assert said(suite.post("/credentials/verify", body)) == "confirmed"


@pytest.mark.parametrize("options", [{"domain": "d", "challenge": "c"}, {"challenge": "c"}])
def test_verifying_a_presentation_answers_200(suite: SuiteNode, presentation: Any, options: dict[str, str]) -> None:
    assert said(suite.verify_presentation(presentation, **options)) == "confirmed"


@pytest.mark.parametrize("options", [{"domain": "d", "challenge": "x"}, {"domain": "x", "challenge": "c"}, {"challenge": "C"}])
def test_another_domain_or_challenge_is_refused(suite: SuiteNode, presentation: Any, options: dict[str, str]) -> None:
    assert said(suite.verify_presentation(presentation, challenge="c", domain="d")) == "confirmed"
    assert said(suite.verify_presentation(presentation, **options)).startswith("binding.")


def test_the_default_verifier_is_the_one_named_interop(suite: SuiteNode, credential: Any) -> None:
    assert suite.verify(credential).json["policy"] == "interop"
    assert suite.verify(credential, "interop").json["policy"] == "interop"
    assert suite.verify(credential, "strict").json["policy"] == "strict"


@pytest.fixture
def accepted(suite: SuiteNode, credential: Any, presentation: Any, path: str, member: str) -> dict[str, Any]:
    """A body that the door at `path` has just accepted: what is refused afterwards is refused for its fault alone."""
    documents = {"credential": version_2(suite.ids["ed25519"]), "verifiableCredential": credential, "verifiablePresentation": presentation}
    options = {"challenge": "c", "domain": "d"} if member == "verifiablePresentation" else {}
    body = {member: documents[member], "options": options}
    reply = suite.post(path, body)
    assert reply.status in {200, 201}, reply.body[:300]
    return body


@pytest.mark.parametrize(("path", "member"), DOORS.items())
def test_a_body_without_its_document_is_400(suite: SuiteNode, path: str, member: str, accepted: dict[str, Any]) -> None:
    refused(suite.post(path, {}))
    refused(suite.post(path, {"options": accepted["options"]}))
    for wrong in WRONG.values():
        refused(suite.post(path, {**accepted, member: wrong}))


@pytest.mark.parametrize(("path", "member"), DOORS.items())
def test_the_json_text_of_a_document_is_400(suite: SuiteNode, path: str, member: str, accepted: dict[str, Any]) -> None:
    refused(suite.post(path, {**accepted, member: json.dumps(accepted[member])}))


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("member", ["proof", "@context", "type", "issuer", "credentialSubject"])
def test_a_member_of_a_wrong_type_is_400(suite: SuiteNode, credential: Any, member: str, kind: str) -> None:
    assert said(suite.verify(credential)) == "confirmed"
    refused(suite.verify(changed(credential, put(member, value=WRONG[kind]))))
    if member != "proof":
        asked = version_2(suite.ids["ed25519"])
        assert answered(suite.issue(asked)) == "issued"
        refused(suite.issue(changed(asked, put(member, value=WRONG[kind]))))


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("member", ["proof", "@context", "type", "holder", "verifiableCredential"])
def test_a_member_of_a_presentation_of_a_wrong_type_is_400(suite: SuiteNode, presentation: Any, member: str, kind: str) -> None:
    assert said(suite.verify_presentation(presentation, challenge="c", domain="d")) == "confirmed"
    refused(suite.verify_presentation(changed(presentation, put(member, value=WRONG[kind])), challenge="c", domain="d"))


# Trap 2


@pytest.mark.parametrize("version", [version_1, version_2])
def test_the_issuer_and_what_stands_beside_its_id_survive(suite: SuiteNode, version: Any) -> None:
    issuer = {"id": suite.ids["ed25519"], "name": "Harbour School", "description": "By the sea."}
    if version is version_1:
        issuer = {"id": suite.ids["ed25519"]}
    assert suite.issued(version(issuer))["issuer"] == issuer
    assert suite.issued(version(suite.ids["ed25519"]))["issuer"] == suite.ids["ed25519"]


@pytest.mark.parametrize(
    "issuer", [..., None, 7, True, [], "harbour school", {"name": "Harbour School"}, {"id": None}, "did:example:another"]
)
def test_no_issuer_is_invented_or_overwritten(suite: SuiteNode, issuer: Any) -> None:
    assert suite.issue(version_2(suite.ids["ed25519"])).status == 201
    assert suite.issue(version_2(issuer)).status == REFUSED


def test_an_id_is_optional_and_comes_back(suite: SuiteNode) -> None:
    assert "id" not in suite.issued(version_2(suite.ids["ed25519"]))
    named = version_2(suite.ids["ed25519"], id="urn:uuid:11111111-1111-4111-8111-111111111111")
    assert suite.issued(named)["id"] == named["id"]


# Trap 3


@pytest.mark.parametrize(
    ("issuer", "kind"), [("eddsa-rdfc-2022", "ed25519"), ("eddsa-jcs-2022", "ed25519"), ("ecdsa-rdfc-2019-p256", "p256")]
)
def test_version_1_gets_the_context_of_its_proof_and_no_other(suite: SuiteNode, issuer: str, kind: str) -> None:
    given = suite.issued(version_1(suite.ids[kind]), issuer)
    assert given["@context"] == [V1, DATA_INTEGRITY]
    assert suite.both(given) == ("confirmed", "confirmed")
    named = suite.issued(version_1(suite.ids[kind], context=[V1, DATA_INTEGRITY]), issuer)
    assert named["@context"] == [V1, DATA_INTEGRITY]
    assert suite.issued(version_2(suite.ids[kind]), issuer)["@context"] == [V2]


# Contexts that must resolve offline

OFFLINE: Final = (EXAMPLES, DATA_INTEGRITY, ED25519_2020, "https://w3id.org/security/multikey/v1", "https://www.w3.org/ns/did/v1")
UNKNOWN: Final = ("https://example.com", "https ://not-a-url/contexts/example/v1", "https://school.example/v1", "urn:example:context")


@pytest.mark.parametrize("url", OFFLINE)
def test_a_listed_context_is_at_hand(suite: SuiteNode, url: str) -> None:
    assert suite.both(suite.issued(version_2(suite.ids["ed25519"], context=[V2, url]))) == (
        "confirmed",
        "context.not_allowed" if url == EXAMPLES else "confirmed",
    )


@pytest.mark.parametrize("url", UNKNOWN)
def test_every_other_context_is_refused_quickly_under_both_policies(suite: SuiteNode, credential: Any, url: str) -> None:
    assert suite.both(credential) == ("confirmed", "confirmed")
    assert answered(suite.issue(version_2(suite.ids["ed25519"], context=[V2]))) == "issued"
    started = time.monotonic()
    asked = changed(credential, put("@context", value=[V2, url]))
    interop, strict = suite.both(asked)
    assert interop == strict
    assert interop.startswith("context.")
    assert answered(suite.issue(version_2(suite.ids["ed25519"], context=[V2, url]))).startswith("context.")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "context",
    [
        {"pier": "https://school.example/terms#pier"},
        {"pier": {"@id": "https://school.example/terms#pier", "@context": {"mooring": "https://school.example/terms#mooring"}}},
        {"@protected": True, "pier": "https://school.example/terms#pier"},
        {"@vocab": "https://school.example/terms#"},
        {"@vocab": None, "pier": "https://school.example/terms#pier"},
    ],
    ids=["term", "nested", "protected", "vocab", "no vocab"],
)
def test_inline_contexts_are_read_under_interop_and_refused_under_strict(suite: SuiteNode, context: Any) -> None:
    subject = {"id": "did:example:learner", "pier": "North"}
    given = suite.issued(version_2(suite.ids["ed25519"], context=[V2, context], credentialSubject=subject))
    assert suite.both(given) == ("confirmed", "context.inline")
    shown = suite.verify(given).json["credential"]
    assert "pier" not in shown["credentialSubject"]
    assert shown["credentialSubject"]["https://school.example/terms#pier"] == "North"
