"""What is measured: two documents of realistic size, and an issuer and a verifier in memory that are given a fixed key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from atesto.adapters.rendering.page_image import PageImage
from atesto.encoding.base64url import encode_base64url
from atesto.keys.jwk import public_jwk
from atesto.profiles.award.parse import parse_award
from atesto.profiles.edc.write import write
from tests.simulators.parts import CONTEXTS, NOW, MemorySigner

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

BADGE = Path(__file__).resolve().with_name("bench_badge.json")
AWARD = BADGE.parent.parent / "examples" / "award-de-kreislaufwirtschaft.json"
SIGNER = MemorySigner.numbered(7)
EUROPEAN = "European Digital Credential"


@dataclass(frozen=True, slots=True)
class Document:
    """A credential to issue."""

    name: str
    unsecured: JsonObject


def documents() -> list[Document]:
    """Both of them; drawing the page of the second takes a moment."""
    return [Document("Open Badge 3.0", badge()), Document(EUROPEAN, european())]


def badge() -> JsonObject:
    """An Open Badge 3.0 with criteria, alignments, results and evidence: 4 KB when secured, a dozen and a half unnamed nodes."""
    document: JsonObject = json.loads(BADGE.read_bytes())
    issuer = document["issuer"]
    return {**document, "issuer": {**issuer, "id": SIGNER.did} if isinstance(issuer, dict) else SIGNER.did}


def european() -> JsonObject:
    """A European Digital Credential with the picture of one page: 110 KB when secured, every node named.

    It is made from an example award, of which the title in a second language, and with it the second page, is left out.
    """
    record = json.loads(AWARD.read_bytes())
    language = record["language"]
    award = parse_award({**record, "title": {language: record["title"][language]}})
    pages = {language: PageImage().pages(award, language) for language in award.page_languages}
    return write(award, issuer_did=SIGNER.did, credential_id="urn:uuid:5f1b2a0e-93d4-4d0b-8a53-2b5b7a9a6c01", issued=NOW, pages=pages)


def weight(document: JsonObject) -> int:
    """Bytes of `document` as compact JSON."""
    return len(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def private_jwk() -> JsonObject:
    """The issuer's key for the peer."""
    return {**public_jwk(SIGNER.public_key), "d": encode_base64url(SIGNER.key.seed())}


def known_contexts() -> JsonObject:
    """Every bundled context by its URL, for the peer and for PyLD."""
    return {url: CONTEXTS.document(url) for url in CONTEXTS.entries}
