"""The recorded vectors, made from scratch: fixed keys, fixed times, every suite and algorithm. `./scripts/record` writes them down.

A record is an unsecured document, its canonical digests, and proofs over it with the bytes that each signs. `proofs` stand together in
one document where `form` is "set" or "chain", and each for itself where it is "each".
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atesto.encoding.jcs import canonicalize_json
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.write import write
from atesto.proofs.data_integrity import hash_proofs
from atesto.proofs.proof import parse_proofs
from atesto.proofs.suites import SIGNING_SUITES
from tests.simulators.parts import NOW, PROCESSOR, MemorySigner, credential, presentation, secured

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

FILE: Final = Path(__file__).with_name("records.json")
EXAMPLES: Final = FILE.parents[2] / "examples"
AWARDS: Final = ("award-de-kreislaufwirtschaft.json", "award-el-thalassia-choirotaxia.json", "award-en-tidal-turbines.json")
V1: Final = "https://www.w3.org/2018/credentials/v1"
V2: Final = "https://www.w3.org/ns/credentials/v2"
BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
ALGORITHMS: Final = {"Ed25519": "sha256", "P-256": "sha256", "P-384": "sha384"}
PAGE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
SESSION: Final = {"challenge": "0b7c1a7e-recorded", "domain": "https://verifier.example"}


def suites_of(algorithm: str) -> list[str]:
    return [name for name, suite in SIGNING_SUITES.items() if algorithm in suite.key_hashes]


def signer_of(algorithm: str) -> MemorySigner:
    """The recorded key of an algorithm: its seed is the number 20260615."""
    return MemorySigner.numbered(20260615, algorithm)


def version_1_1(signer: MemorySigner) -> JsonObject:
    return {
        "@context": [V1, INTEGRITY],
        "id": "urn:uuid:9d3b1a52-4a4b-4a3e-9d0c-0a6f9a1f2b11",
        "type": ["VerifiableCredential"],
        "issuer": signer.did,
        "issuanceDate": "2026-06-15T09:00:00Z",
        "expirationDate": "2036-06-15T09:00:00Z",
        "credentialSubject": [{"id": "did:example:learner"}, {"id": "did:example:other"}],
        "evidence": [{"type": "https://example.org/Exam"}, {"type": "https://example.org/Exam"}],
    }


def badge(signer: MemorySigner) -> JsonObject:
    """Unnamed nodes that only their neighbours tell apart, an ordered list, languages, a direction, numbers, control characters."""
    alignment = {"type": ["Alignment"], "targetName": "Maintenance", "targetUrl": "https://example.org/framework/1"}
    achievement = {
        "type": ["Achievement"],
        "id": "urn:uuid:0e1f7a3a-6c9e-4d59-8d3b-0a8fd6a3f0aa",
        "name": "Wartung von Gezeitenturbinen",
        "description": 'A "quoted" \\ back\\slash,\ttab,\nline,\ffeed,\x01\x7f, \u00e9, \U0001f600',
        "criteria": {"narrative": "Rig test, 78 of 100."},
        "alignment": [alignment, {**alignment, "targetUrl": "https://example.org/framework/2"}],
        "creditsAvailable": 4.5,
        "resultDescription": [
            {
                "id": "urn:uuid:1e1f7a3a-6c9e-4d59-8d3b-0a8fd6a3f0aa",
                "type": ["ResultDescription"],
                "name": "Mark",
                "resultType": "LetterGrade",
                "allowedValue": ["A", "B", "B", "C"],
            }
        ],
    }
    return credential(
        signer,
        context=[V2, BADGES],
        type=["VerifiableCredential", "OpenBadgeCredential"],
        name={"@value": "\u05d8\u05d5\u05e8\u05d1\u05d9\u05e0\u05d5\u05ea", "@language": "he", "@direction": "rtl"},
        description={"@value": "Gezeiten", "@language": "de-AT"},
        issuer={"id": signer.did, "type": ["Profile"], "name": "Carrowmore Institute of Technology"},
        credentialSubject={
            "type": ["AchievementSubject"],
            "achievement": achievement,
            "result": [
                {"type": ["Result"], "value": "78"},
                {"type": ["Result"], "value": "81"},
                {"type": ["Result"], "status": "Completed"},
            ],
        },
    )


def european(signer: MemorySigner, example: str) -> JsonObject:
    award = parse_award(json.loads((EXAMPLES / example).read_bytes()))
    return write(
        award,
        issuer_did=signer.did,
        credential_id="urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c01",
        issued=NOW,
        pages=dict.fromkeys(award.page_languages, PAGE),
    )


async def records() -> list[JsonObject]:
    """Every record, in a fixed order."""
    made = []
    for algorithm in ALGORITHMS:
        signer = signer_of(algorithm)
        for name, document in (("VCDM 2.0", credential(signer)), ("VCDM 1.1", version_1_1(signer)), ("blank nodes", badge(signer))):
            made.append(await each(f"{name}, {algorithm}", document, algorithm))
        inner = await secured(badge(signer), signer, suites_of(algorithm)[0])
        shown = presentation(signer, inner, await secured(credential(signer), signer, suites_of(algorithm)[1]))
        made.append(await each(f"presentation, {algorithm}", shown, algorithm, purpose="authentication", more=dict(SESSION)))
    for example, algorithm in zip(AWARDS, ALGORITHMS, strict=True):
        made.append(await each(f"{example}, {algorithm}", european(signer_of(algorithm), example), algorithm))
    return [*made, await several("set"), await several("chain")]


async def each(name: str, document: JsonObject, algorithm: str, *, purpose: str = "assertionMethod", more: Any = None) -> JsonObject:
    proofs: list[Any] = []
    for suite in suites_of(algorithm):
        signed = await secured(document, signer_of(algorithm), suite, purpose=purpose, more=more)
        proofs.append(signed["proof"])
    return record(name, "each", document, proofs, [algorithm] * len(proofs))


async def several(form: str) -> JsonObject:
    """A proof for each suite of Ed25519, one after the other; in a chain each names the one before."""
    signer = signer_of("Ed25519")
    unsecured = credential(signer, credentialSubject=[{"name": "A"}, {"name": "B", "description": "C"}])
    document = unsecured
    suites = suites_of("Ed25519") * (2 if form == "chain" else 1)
    for number, suite in enumerate(suites):
        more: dict[str, Any] = {"id": f"urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c{number:02}"}
        if form == "chain" and number:
            more["previousProof"] = f"urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c{number - 1:02}"
        document = await secured(document, signer, suite, more=more)
    proofs: Any = document["proof"]
    return record(f"proof {form}", form, unsecured, proofs, ["Ed25519"] * len(suites))


def record(name: str, form: str, document: JsonObject, proofs: list[Any], algorithms: list[str]) -> JsonObject:
    quads = PROCESSOR.dataset_of(document)
    canonical: Any = {hash_name: digest(PROCESSOR.canonicalize(quads, hash_name).nquads, hash_name) for hash_name in ("sha256", "sha384")}
    return {
        "name": name,
        "form": form,
        "algorithms": list(algorithms),
        "document": document,
        "statements": len(quads),
        "rdfc": canonical,
        "jcs": digest(canonicalize_json(document), "sha256"),
        "proofs": proofs,
        "hash_data": [data.hex() for data in hash_data(form, document, proofs, algorithms)],
    }


def hash_data(form: str, document: JsonObject, proofs: list[Any], algorithms: list[str]) -> list[bytes]:
    """What each proof signs, from the secured document alone."""
    together = [proofs] if form != "each" else [[proof] for proof in proofs]
    parsed = [({**document, "proof": group}, parse_proofs({**document, "proof": group})) for group in together]
    hashes = [data for whole, group in parsed for data in hash_proofs(PROCESSOR, whole, group)]
    return [data[ALGORITHMS[algorithm]] for data, algorithm in zip(hashes, algorithms, strict=True)]


def digest(data: bytes, hash_name: str) -> str:
    return hashlib.new(hash_name, data).hexdigest()


def written(made: list[JsonObject]) -> bytes:
    """The bytes of the file."""
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
