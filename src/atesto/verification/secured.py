"""The three ways in which a document is secured, as the pipeline sees them: one small interface, asked station by station.

`open_received` is station 2: what was handed over, taken apart (a seal by `open_seal`: it is work for a worker). `secured` is the start of
station 3: the document in it, and how it is secured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from atesto.credentials.envelope import is_envelope, open_envelope
from atesto.credentials.received import refuse_xml
from atesto.credentials.token_form import read_token_document
from atesto.errors import UnsupportedFeature
from atesto.proofs.jose.token import SignedToken, parse_token
from atesto.verification.secured_document import SecuredDocument
from atesto.verification.secured_seal import OpenedSeal, SecuredSeal
from atesto.verification.secured_token import SecuredToken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import KeyResolver, LinkedDataWorkers
    from atesto.proofs.data_integrity import HashData
    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.proof_statement import ProofStatement
    from atesto.verification.record import Record


class Secured(Protocol):
    """One credential or presentation together with what secures it."""

    @property
    def document(self) -> JsonObject:
        """What is secured, for reading."""

    @property
    def text(self) -> str | None:
        """The token as it was received; None when the document itself is what was received."""

    @property
    def envelope(self) -> JsonObject | None:
        """What stood around the token, if anything."""

    @property
    def binds_context(self) -> bool:
        """Whether the `@context` is part of what was signed, byte for byte."""

    def judge_form(self, version: str, record: Record) -> None:
        """Station 3: judges the form for a document of that version of the data model. Raises AtestoError."""

    def issuer(self, named: str) -> str | None:
        """By which identifier the issuer can be proven in this form: `named`, which stands in the document, or another."""

    def presenter(self, named: str | None) -> str | None:
        """Who presents, before anybody is asked: `named`, which stands in the document, or whom only this form names."""

    def statements(self, party: str | None) -> tuple[ProofStatement, ...]:
        """Station 3: what each proof says of itself. `party` is the issuer or holder whom the document names. Raises AtestoError."""

    async def signed_bytes(self, workers: LinkedDataWorkers, record: Record) -> tuple[HashData, ...]:
        """Station 5: what each proof in the document signs, by hash. What JSON-LD would lose is an error or a finding.

        Raises AtestoError.
        """

    async def find_keys(self, statements: Sequence[ProofStatement], resolver: KeyResolver, record: Record) -> Keys:
        """Station 6: each statement with its key; none where the key comes with a certificate. Raises AtestoError."""

    def check_party(self, party: str, policy: Policy, record: Record) -> None:
        """Station 7: that the proof speaks for `party`, as far as it names anybody. Raises AtestoError."""

    def check_signatures(self, signed: Sequence[HashData], methods: Sequence[VerificationMethod]) -> None:
        """Station 8: every signature. Raises AtestoError."""

    def check_time(self, record: Record) -> None:
        """Station 9: what only this form has of times. Raises AtestoError."""


@dataclass(frozen=True, slots=True)
class OpenedToken:
    """A token taken apart, and the envelope that it came in."""

    token: SignedToken
    media_type: str | None = None
    envelope: JsonObject | None = None


def token_length(received: JsonObject | str) -> int:
    """How long the token is that was handed over; 0 when it is none."""
    if isinstance(received, str):
        return len(received)
    address = received.get("id") if is_envelope(received) else None
    return len(address) if isinstance(address, str) else 0


def open_received(received: JsonObject | str, kind: str) -> JsonObject | OpenedToken:
    """Station 2. Raises MalformedInput `envelope.*`, `token.*`, `json.*`; UnsupportedFeature `token.*`, `model.unsupported_format`."""
    if isinstance(received, str):
        refuse_xml(received[:64].encode(errors="replace"))
        return OpenedToken(parse_token(received))
    if not is_envelope(received):
        return received
    envelope = open_envelope(received, kind)
    return OpenedToken(parse_token(envelope.token), envelope.media_type, received)


def secured(opened: JsonObject | OpenedToken | OpenedSeal, kind: str, policy: Policy) -> Secured:
    """The start of station 3. Raises as `token_form.read_token_document`; UnsupportedFeature `model.unsupported_format`."""
    if isinstance(opened, OpenedSeal):
        if kind != "credential":
            raise UnsupportedFeature("model.unsupported_format", "Of what is sealed, credentials are read here, no presentations.")
        return SecuredSeal(opened.seal, opened.document, opened.assessment)
    if not isinstance(opened, OpenedToken):
        return SecuredDocument(opened)
    said = read_token_document(opened.token, kind, opened.media_type)
    return SecuredToken(opened.token, said, kind, opened.envelope, policy)
