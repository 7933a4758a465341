"""Verifies a fixed set of good and bad documents and prints every report: what one process says, another has to say byte for byte.

Run as a program. The bad ones carry several faults each, so that an order that depends on the process would show.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atesto.credentials.schema import SchemaRegistry
from atesto.errors import AtestoError
from tests.simulators.every_form import RESOLVER, forms
from tests.simulators.parts import NOW, MemorySigner, credential, issuer, presentation, secured, verifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ISSUER: Final = MemorySigner.numbered(1)
HOLDER: Final = MemorySigner.numbered(2)
V2: Final = "https://www.w3.org/ns/credentials/v2"
SCHEMA: Final = b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "additionalProperties": {"type": "null"}}'
RECORDS: Final = Path(__file__).parents[1] / "recorded" / "records.json"
NAMES: Final = [f"claim{number}" for number in range(40)]


def unsigned() -> list[Any]:
    """Credentials before signing, the good ones first."""
    url = "https://example.org/schema"
    return [
        credential(ISSUER),
        credential(ISSUER, credentialSubject=[{"name": name} for name in NAMES[:12]]),
        credential(ISSUER, credentialSchema=[{"id": f"urn:s:{name}", "type": "JsonSchema"} for name in NAMES[:8]]),
        credential(ISSUER, relatedResource=[{"id": f"urn:r:{name}", "digestSRI": "sha384-" + "A" * 64} for name in NAMES[:8]]),
        credential(ISSUER, context=[V2, {name: f"https://example.org/{name}" for name in NAMES}], **dict.fromkeys(NAMES, "x")),
        credential(ISSUER, context=[V2, "https://www.w3.org/ns/credentials/examples/v2"], **dict.fromkeys(NAMES, "x")),
        credential(ISSUER, credentialSchema={"id": url, "type": "JsonSchema"}),
        credential(ISSUER, validFrom="2027-01-01T00:00:00", validUntil="2026-01-01T00:00:00"),
        credential(ISSUER, relatedResource={"id": V2, "digestSRI": ["sha384-" + "A" * 64, "sha256-" + "A" * 43 + "="]}),
    ]


def recorded() -> list[Any]:
    """The recorded credentials, each with each of its proofs."""
    records = json.loads(RECORDS.read_text(encoding="utf-8"))
    credentials = [record for record in records if "VerifiableCredential" in record["document"]["type"]]
    return [{**record["document"], "proof": proof} for record in credentials for proof in record["proofs"]]


async def of_each_form() -> AsyncIterator[Any]:
    """The name of each form, and what both policies say of it."""
    for name, form in (await forms()).items():
        for policy in ("strict", "interop"):
            judge = verifier(policy, RESOLVER)
            verify = judge.verify_presentation if form.presentation else judge.verify_credential
            yield {"form": name, "policy": policy, "report": (await verify(form.received, now=NOW, **form.asked)).to_json()}


async def reports() -> list[Any]:
    """Every report, in a fixed order."""
    schemas = SchemaRegistry.of({"https://example.org/schema": (SCHEMA, hashlib.sha256(SCHEMA).hexdigest())})
    judges = [dataclasses.replace(verifier(policy), schemas=schemas) for policy in ("strict", "interop")]
    signed: list[Any] = [
        await secured(document, ISSUER, suite) for document in unsigned() for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022")
    ]
    signed += [{**signed[0], **dict.fromkeys(NAMES, "added")}, {**signed[0], **dict.fromkeys(NAMES)}, {**signed[0], "type": NAMES}]
    signed += [{**signed[0], "type": ["VerifiableCredential", *NAMES[:15]]}, *recorded()]
    shown = await secured(
        presentation(HOLDER, *signed[:6:2], credential(HOLDER)), HOLDER, purpose="authentication", more={"challenge": "c", "domain": "d"}
    )
    found: list[Any] = [(await judge.verify_credential(document, now=NOW)).to_json() for judge in judges for document in signed]
    found += [(await judge.verify_presentation(shown, now=NOW, challenge="c", domain="d")).to_json() for judge in judges]
    found += [named async for named in of_each_form()]
    clash = credential(ISSUER, context=[V2, {name: f"https://example.org/{name}" for name in ("name", "description", *NAMES)}])
    for document in (*unsigned(), credential(ISSUER, **dict.fromkeys(NAMES, "x")), clash):
        try:
            found.append(await issuer(ISSUER, policy="interop").issue(document, now=NOW))
        except AtestoError as error:
            found.append([error.code, error.pointer, error.detail])
    return found


if __name__ == "__main__":
    json.dump(asyncio.run(reports()), sys.stdout, indent=1)
