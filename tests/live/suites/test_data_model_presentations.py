"""Section "data model 2.0": presentations, and the envelopes of credentials and presentations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.live.material import V2, changed, put
from tests.live.suites.documents import TERMS, version_2
from tests.live.suites.signing import PAST
from tests.live.suites.suite_node import SuiteNode, said
from tests.simulators.parts import MemorySigner, secured
from tests.simulators.tokens import GONE, envelope, token

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.loopback, pytest.mark.xdist_group("suites")]

HOLDER: Final = MemorySigner.numbered(64)
AUTHOR: Final = MemorySigner.numbered(65, "P-256")
ASKED: Final[dict[str, Any]] = {"domain": "github.com/w3c/vc-data-model-2.0-test-suite", "challenge": "uq1pU5Jt0Q5eQ0Vq4mXv1bA"}


def presentation(*credentials: Any, **members: Any) -> dict[str, Any]:
    ordinary = {"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": list(credentials)}
    named = {"@context" if name == "context" else name: value for name, value in members.items()}
    return {name: value for name, value in {**ordinary, **named}.items() if value is not ...}


async def held() -> Any:
    return await secured(version_2(HOLDER.did), HOLDER, created=PAST)


async def proved(document: Any) -> Any:
    return await secured(document, HOLDER, purpose="authentication", created=PAST, more=ASKED)


C, I = "confirmed", "context.inline"  # noqa: E741 - columns of the table
# name -> members, what `interop` says, what `strict` says
PRESENTED: Final[dict[str, tuple[dict[str, Any], str, str]]] = {
    "the plain presentation": ({}, C, C),
    "holder as a URL": ({"holder": HOLDER.did}, C, C),
    "holder as an object": ({"holder": {"id": HOLDER.did, "name": "Noor Achterberg"}}, C, C),
    "an id": ({"id": "urn:uuid:33333333-3333-4333-8333-333333333333"}, C, C),
    "an optional second type": ({"context": [V2, TERMS], "type": ["VerifiablePresentation", "Attendance"]}, C, I),
    "no credential": ({"verifiableCredential": ...}, C, C),
    "holder object without id": ({"holder": {"name": "Noor Achterberg"}}, "model.member_missing", "model.member_missing"),
    "holder is somebody else": ({"holder": AUTHOR.did}, "binding.holder_mismatch", "binding.holder_mismatch"),
}


@pytest.mark.parametrize("row", PRESENTED)
async def test_presentations(suite: SuiteNode, row: str) -> None:
    members, interop, strict = PRESENTED[row]
    document = await proved(presentation(await held(), **members))
    assert suite.both(document, presentation=True, **ASKED) == (interop, strict)


EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"

# What is done to a presentation that was confirmed
SPOILT: Final[dict[str, tuple[Callable[[Any], object], str]]] = {
    "no type": (put("type", value=...), "model.type_missing"),
    "another type": (put("type", value=["VerifiableCredential"]), "model.type_missing"),
    "no context": (put("@context", value=...), "model.context_missing"),
    "another context alone": (put("@context", value=[EXAMPLES]), "model.context_missing"),
    "wrong order of contexts": (put("@context", value=[EXAMPLES, V2]), "model.context_missing"),
    "a context that nobody knows": (put("@context", value=[V2, "https://school.example/unknown/v1"]), "context.unknown"),
    "another proof value": (put("proof", "proofValue", value="z" + "3" * 88), "proof.signature_invalid"),
    "holder not a URL": (put("holder", value="not a URL"), "model.id_malformed"),
    "credential without proof": (put("verifiableCredential", 0, "proof", value=...), "proof.signature_invalid"),
    "credential as a text": (put("verifiableCredential", 0, value="..."), "model.member_malformed"),
    "proof of credentials": (put("proof", "proofPurpose", value="assertionMethod"), "binding.purpose"),
    "another challenge": (put("proof", "challenge", value="another"), "binding.challenge"),
    "another domain": (put("proof", "domain", value="another"), "binding.domain"),
    "no challenge": (put("proof", "challenge", value=...), "binding.challenge"),
    "undefined term": (put("undefinedTerm", value=1), "linked_data.undefined_term"),
    "proof missing": (put("proof", value=...), "proof.missing"),
}


@pytest.mark.parametrize("row", SPOILT)
async def test_spoilt_presentations(suite: SuiteNode, row: str) -> None:
    change, code = SPOILT[row]
    good = await proved(presentation(await held(), holder=HOLDER.did))
    assert suite.both(good, presentation=True, **ASKED) == ("confirmed", "confirmed")
    assert suite.both(changed(good, change), presentation=True, **ASKED) == (code, code)


async def test_a_broken_credential_spoils_its_presentation(suite: SuiteNode) -> None:
    broken = changed(await held(), put("credentialSubject", "name", value="Another"))
    document = await proved(presentation(broken))
    assert suite.both(document, presentation=True, **ASKED) == ("proof.signature_invalid", "proof.signature_invalid")


# Envelopes


@pytest.fixture(scope="module")
def enveloped(suite: SuiteNode) -> Any:
    return suite.issued(version_2(suite.ids["ed25519"]), "jwt")


def test_the_issuer_of_envelopes_answers_one(suite: SuiteNode, enveloped: Any) -> None:
    assert set(enveloped) == {"@context", "type", "id"}
    assert (enveloped["@context"], enveloped["type"]) == ([V2], "EnvelopedVerifiableCredential")
    assert enveloped["id"].startswith("data:application/vc+jwt,")
    assert suite.both(enveloped) == ("confirmed", "confirmed")


MANGLED: Final[dict[str, tuple[Callable[[Any], object], str]]] = {
    "empty context": (put("@context", value=[]), "model.context_missing"),
    "no context": (put("@context", value=...), "model.context_missing"),
    "foreign context": (put("@context", value=["https://www.w3.org/ns/credentials/examples/v2"]), "model.context_missing"),
    "id without data:": (lambda d: d.update(id=d["id"].partition(",")[2]), "envelope.malformed"),
    "id missing": (put("id", value=...), "envelope.malformed"),
    "type missing": (put("type", value=...), "model.type_missing"),
    "plain type": (put("type", value=["VerifiableCredential"]), "model.member_missing"),
}


@pytest.mark.parametrize("row", MANGLED)
def test_mangled_envelopes_are_refused(suite: SuiteNode, enveloped: Any, row: str) -> None:
    change, code = MANGLED[row]
    assert suite.both(changed(enveloped, change)) == (code, code)


async def test_an_enveloped_credential_in_a_presentation(suite: SuiteNode, enveloped: Any) -> None:
    assert suite.both(await proved(presentation(enveloped)), presentation=True, **ASKED) == ("confirmed", "confirmed")
    for row in MANGLED:
        broken = changed(enveloped, MANGLED[row][0])
        # What has lost its type or its context is lost before it can be signed; it is put in afterwards.
        good = await proved(presentation(enveloped))
        assert said(suite.verify_presentation({**good, "verifiableCredential": [broken]}, **ASKED)) != "confirmed"


async def legacy_presentation(**header: Any) -> Any:
    """EdDSA, `typ: JWT`, a legacy `vp` member; inside an ES256 token with a `vc` member and no `typ`."""
    inner = version_2(AUTHOR.did)
    text = await token({"iss": AUTHOR.did, "sub": "did:example:learner", "vc": inner}, AUTHOR, typ=GONE)
    inside = envelope(text, media_type="application/jwt", context=V2)
    payload = {"iss": HOLDER.did, "aud": "example.com", "nonce": "123456789", "vp": presentation(inside, holder=HOLDER.did)}
    outer = await token(payload, HOLDER, kind="presentation", **{"typ": "JWT", **header})
    return envelope(outer, "presentation", media_type="application/jwt", context=V2)


async def test_the_presentation_in_a_legacy_token_verifies_under_interop_alone(suite: SuiteNode) -> None:
    # `aud` names a domain and none is sent: it counts only when one is asked for.
    document = await legacy_presentation()
    assert suite.both(document, presentation=True, challenge="123456789") == ("confirmed", "token.wrapped")
    assert suite.both(document, presentation=True, challenge="another")[0] == "binding.challenge"
    assert suite.both(document, presentation=True, challenge="123456789", domain="example.org")[0] == "binding.domain"
    for row in MANGLED:
        assert said(suite.verify_presentation(changed(document, MANGLED[row][0]), challenge="123456789")) != "confirmed"
