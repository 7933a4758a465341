"""What a person hands over, at the terminal or on a page, read as the verifying doors read the body of a request.

0. a picture is taken apart, within bounds of its own: what is baked into it is a credential in no envelope;
1. it is no larger than such a body may be;
2. it is no XML, which gets a refusal of its own, but a compact token, or strict JSON;
3. an envelope has the shape that the doors demand, and the challenge, domain and recipient that it names are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.baking.picture import picture_type
from atesto.credentials.received import envelope_member, received_credential, received_document, received_token, refuse_xml, token_text
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput
from atesto.web.bodies import VerifyCredentialBody, VerifyPresentationBody, check_envelope, option_of

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.findings import Finding
    from atesto.verification.report import Report
    from atesto.web.services import DocumentVerifier


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A document or token, which of the two it says it is ("credential" or "presentation"), and what its envelope asks."""

    kind: str
    document: JsonObject | str
    challenge: str | None = None
    domain: str | None = None
    recipient: str | None = None
    findings: tuple[Finding, ...] = ()
    """What is to be noted of how it came."""

    async def judged_by(self, verifier: DocumentVerifier, *, now: datetime) -> Report:
        """The report of `verifier`."""
        verify = verifier.verify_presentation if self.kind == "presentation" else verifier.verify_credential
        asked = {"challenge": self.challenge, "domain": self.domain, "recipient": self.recipient}
        return (await verify(self.document, now=now, **asked)).noting(self.findings)


def read_handed_over(content: bytes, *, max_bytes: int) -> HandedOver:
    """Raises MalformedInput `transport.body_too_large`, `request.malformed`, and as `received_credential` and `received_token`."""
    if picture_type(content) is not None:
        baked = received_credential(content, max_bytes=max_bytes)
        return HandedOver("credential", baked.document, findings=baked.findings)
    if len(content) > max_bytes:
        raise MalformedInput("transport.body_too_large", f"It has more than {max_bytes} bytes.")
    refuse_xml(content)
    token = token_text(content)
    if token is not None:
        return HandedOver(*received_token(token))
    body = parse_json_object(content, max_bytes=max_bytes)
    if envelope_member(body) is None:
        return HandedOver(*received_document(body))
    kind, document = received_document(body)
    check_envelope(body, VerifyPresentationBody if kind == "presentation" else VerifyCredentialBody)
    return HandedOver(kind, document, option_of(body, "challenge"), option_of(body, "domain"), option_of(body, "recipient"))
