"""Both ways with a second implementation: it verifies what we issue, we verify what it issues, and both hash the same statements."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto.encoding.base64url import encode_base64url
from atesto.issuance.present import prove_presentation
from atesto.keys.jwk import public_jwk
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.write import write
from atesto.proofs.suites import SIGNING_SUITES, SUITES
from tests.simulators.parts import NOW, PROCESSOR, MemorySigner, credential, issuer, presentation, verifier, version_1_1

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.encoding.strict_json import JsonObject
    from tests.interop.node_peer import NodePeer

pytestmark = pytest.mark.interop

AWARD: Final = Path(__file__).resolve().parent.parent.parent / "examples" / "award-en-tidal-turbines.json"
MOMENT: Final = "2026-06-15T12:00:00Z"
V2: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CHALLENGE: Final = {"challenge": "0b7c1a7e", "domain": "https://verifier.example"}


def small(signer: MemorySigner) -> JsonObject:
    """VCDM 2.0, every node named."""
    return credential(signer)


def two_subjects(signer: MemorySigner) -> JsonObject:
    """VCDM 1.1, with two unnamed evidences."""
    exam = {"type": "https://example.org/Exam"}
    subjects = [{"id": "did:example:learner"}, {"id": "did:example:other"}]
    return version_1_1(signer, credentialSubject=subjects, evidence=[exam, exam, {"id": "urn:e:3", **exam}])


def blank_nodes(signer: MemorySigner) -> JsonObject:
    """VCDM 2.0 with unnamed nodes that only their neighbours tell apart, languages, directions and numbers."""
    alignment = {"type": ["Alignment"], "targetName": "Maintenance", "targetUrl": "https://example.org/framework/1"}
    achievement = {
        "type": ["Achievement"],
        "id": "urn:uuid:0e1f7a3a-6c9e-4d59-8d3b-0a8fd6a3f0aa",
        "name": "Wartung von Gezeitenturbinen",
        "description": 'A "quoted" \\ back\\slash,\ttab,\nline, \u00e9, \U0001f600',
        "criteria": {"narrative": "Rig test, 78 of 100."},
        "alignment": [alignment, {**alignment, "targetUrl": "https://example.org/framework/2"}],
        "creditsAvailable": 4.5,
    }
    return credential(
        signer,
        context=[V2, OPEN_BADGES],
        # Not an OpenBadgeCredential, whose names are texts: this one says in which direction it is read.
        type=["VerifiableCredential"],
        name={"@value": "\u05d8\u05d5\u05e8\u05d1\u05d9\u05e0\u05d5\u05ea", "@language": "he", "@direction": "rtl"},
        issuer={"id": signer.did, "type": ["Profile"], "name": "Carrowmore Institute of Technology"},
        credentialSubject={
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": False, "identityType": "systemId", "identityHash": "4711"}],
            "achievement": achievement,
            "result": [
                {"type": ["Result"], "value": "78"},
                {"type": ["Result"], "value": "81"},
                {"type": ["Result"], "status": "Completed"},
            ],
        },
    )


def european(signer: MemorySigner) -> JsonObject:
    """A European Digital Credential, made from the example award."""
    award = parse_award(json.loads(AWARD.read_bytes()))
    pages = dict.fromkeys(award.page_languages, b"\x89PNG\r\n\x1a\n")
    return write(award, issuer_did=signer.did, credential_id="urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c01", issued=NOW, pages=pages)


DOCUMENTS: Final[dict[str, Callable[[MemorySigner], JsonObject]]] = {
    "VCDM 2.0": small,
    "VCDM 1.1": two_subjects,
    "several blank nodes": blank_nodes,
    "European Digital Credential": european,
}
KEYS: Final = {
    "eddsa-rdfc-2022": ("Ed25519",),
    "eddsa-jcs-2022": ("Ed25519",),
    "ecdsa-rdfc-2019": ("P-256", "P-384"),
    "ecdsa-jcs-2019": ("P-256", "P-384"),
}
SUITE_AND_KEY: Final = [(suite, key) for suite, keys in KEYS.items() for key in keys]
EACH_SUITE = pytest.mark.parametrize(("suite", "algorithm"), SUITE_AND_KEY, ids=[f"{suite} {key}" for suite, key in SUITE_AND_KEY])
EACH_DOCUMENT = pytest.mark.parametrize("name", DOCUMENTS)


def private_jwk(signer: MemorySigner) -> JsonObject:
    return {**public_jwk(signer.public_key), "d": encode_base64url(signer.key.seed())}


def test_every_suite_that_is_offered_is_tried() -> None:
    assert set(KEYS) == set(SIGNING_SUITES)


@EACH_SUITE
@EACH_DOCUMENT
async def test_it_verifies_what_we_issue(peer: NodePeer, name: str, suite: str, algorithm: str) -> None:
    signer = MemorySigner.numbered(7, algorithm)
    issued: Any = await issuer(signer, suite).issue(DOCUMENTS[name](signer), now=NOW)
    assert peer.ask("verify", document=issued, now=MOMENT) == {"verified": True, "errors": []}
    changed = copy.deepcopy(issued)
    changed["id"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
    assert peer.ask("verify", document=changed, now=MOMENT)["verified"] is False


@EACH_SUITE
@EACH_DOCUMENT
async def test_we_verify_what_it_issues(peer: NodePeer, name: str, suite: str, algorithm: str) -> None:
    signer = MemorySigner.numbered(7, algorithm)
    key = private_jwk(signer)
    assert peer.ask("did", key=key) == signer.did
    issued = peer.ask("issue", suite=suite, key=key, document=DOCUMENTS[name](signer), created=MOMENT)
    report = await verifier().verify_credential(issued, now=NOW)
    assert report.verified, report.to_json()
    changed = copy.deepcopy(issued)
    changed["id"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
    assert not (await verifier().verify_credential(changed, now=NOW)).verified


@EACH_SUITE
async def test_presentations_both_ways(peer: NodePeer, suite: str, algorithm: str) -> None:
    authority, holder = MemorySigner.numbered(7), MemorySigner.numbered(8, algorithm)
    held = await issuer(authority).issue(credential(authority), now=NOW)
    asked = presentation(holder, held)

    ours = await prove_presentation(asked, signer=holder, suite=SUITES[suite], verifier=verifier(), now=NOW, **CHALLENGE)
    assert peer.ask("verifyPresentation", document=ours, now=MOMENT, **CHALLENGE) == {"verified": True, "errors": []}
    assert peer.ask("verifyPresentation", document=ours, now=MOMENT, **{**CHALLENGE, "challenge": "another"})["verified"] is False

    theirs = peer.ask("present", suite=suite, key=private_jwk(holder), document=asked, created=MOMENT, **CHALLENGE)
    report = await verifier().verify_presentation(theirs, now=NOW, **CHALLENGE)
    assert report.verified, report.to_json()
    assert not (await verifier().verify_presentation(theirs, now=NOW, **{**CHALLENGE, "challenge": "another"})).verified


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "ecdsa-rdfc-2019"])
async def test_what_it_signs_with_an_empty_list(peer: NodePeer, suite: str) -> None:
    signer = MemorySigner.numbered(8, KEYS[suite][0])
    asked = presentation(signer, verifiableCredential=[])
    theirs = peer.ask("present", suite=suite, key=private_jwk(signer), document=asked, created=MOMENT, **CHALLENGE)
    assert theirs["verifiableCredential"] == []
    report = await verifier().verify_presentation(theirs, now=NOW, **CHALLENGE)
    assert report.verified, report.to_json()
    # It drops any other one too, signs nothing of it, and finds one that somebody added as good as its own.
    issued = peer.ask("issue", suite=suite, key=private_jwk(signer), document=credential(signer), created=MOMENT)
    added = {**issued, "description": []}
    assert peer.ask("verify", document=added, now=MOMENT)["verified"] is True
    assert (await verifier().verify_credential(issued, now=NOW)).verified
    report = await verifier().verify_credential(added, now=NOW)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [("linked_data.dropped_value", "/description")]


@EACH_DOCUMENT
def test_both_make_the_same_statements(peer: NodePeer, name: str) -> None:
    document = DOCUMENTS[name](MemorySigner.numbered(7))
    ours = PROCESSOR.canonicalize(PROCESSOR.dataset_of(document), "sha256").nquads
    assert ours.decode() == peer.ask("canonize", document=document)
