"""Station 10: everything about a document that lies outside its own words, or inside it with words of its own. Every check has its result.

1. schemas and related resources (`outside`);
2. status entries (`statuses`);
3. the recipient, when one was named: a credential for somebody else is refused, for whoever asked (`credentials.recipient`);
4. endorsements and bundled credentials (`nested`).
All of them are done, whatever one of them says; then the station fails with the first that refuses, else with the first that leaves open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.credentials.recipient import check_recipient
from atesto.verification.nested import verify_nested
from atesto.verification.outside import check_resources, check_schemas
from atesto.verification.statuses import check_statuses

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.verification.asked import Asked, Place
    from atesto.verification.pipeline import Verifier
    from atesto.verification.record import Record


async def check_surroundings(verifier: Verifier, record: Record, document: JsonObject, asked: Asked, place: Place, *, party: str) -> None:
    """`party` is whose document it is: the issuer, or the presenter.

    Raises VerificationError `schema.*`, `resource.*`, `status.*`, `recipient.mismatch`, `nested.*`; MalformedInput `model.*`, `encoding.*`.
    """
    await check_schemas(record, document, verifier.schemas, verifier.workers)
    check_resources(record, document, verifier.contexts, verifier.schemas, verifier.policy)
    if record.seal is not None and "credentialStatus" not in document:
        record.note("status.none", "A sealed credential carries none; whether it was revoked is the issuing node's to say.")
    await check_statuses(verifier, record, document, party=party, now=asked.now)
    if asked.recipient is not None:
        with record.check("recipient", "/credentialSubject"):
            if check_recipient(document, asked.recipient):
                record.note("recipient.weak_hash", "The match rests on md5.", "/credentialSubject")
    if record.kind == "credential":
        await verify_nested(verifier, record, document, asked, place)
    record.settle()
