"""A document in a seal (JAdES, ETSI TS 119 182-1), as `secured.Secured`.

The seal is assessed whole, once, in a worker (`open_seal`); the stations then ask what the assessment found. What cannot be told of the
certificate stops at station 6, together with whatever is worse, so that no station after it passes on the word of a stranger's certificate.
Pointers of stations 3 to 5 lead into the payload, those of the seal's own faults into the seal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.strict_json import parse_json_object
from atesto.errors import AtestoError, VerificationError
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.proofs.jades.assessment import OF_CERTIFICATE, OF_SIGNATURE, assess_seal
from atesto.proofs.jades.seal import parse_seal
from atesto.proofs.jades.timestamp import TimestampState
from atesto.verification.proof_statement import ProofStatement
from atesto.verification.secured_token import MISLEADING, note_losses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import KeyResolver, LinkedDataWorkers
    from atesto.proofs.data_integrity import HashData
    from atesto.proofs.jades.assessment import SealAssessment, SealTrust
    from atesto.proofs.jades.seal import Seal
    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.record import Record

_REFUSED: Final = MISLEADING | {"linked_data.invalid"}
"""Vocabularies that contradict one another give a European credential no meaning at all: there is nothing that could be lost."""
_PREFIXED: Final = re.compile(r"(?:VAT|NTR|PSD|LEI)([A-Z]{2})-(.+)\Z")
_ISO: Final = {"EL": "GR"}
"""Where tax numbers have another country code than ISO 3166-1."""
_PLACES: Final = dict.fromkeys(
    ("verificationMethod", "proofPurpose", "challenge", "domain", "created", "expires"), "/signatures/0/protected"
)
_IDENTIFIER: Final = "/issuer/eIDASIdentifier"


@dataclass(frozen=True, slots=True)
class OpenedSeal:
    """A seal taken apart and assessed, and the document in it."""

    seal: Seal
    assessment: SealAssessment
    document: JsonObject
    fault: AtestoError | None = None
    """Why the payload is no document; `document` is then empty."""


def open_seal(_: LinkedDataProcessor, received: JsonObject, trust: SealTrust, now: datetime, skew_seconds: int) -> OpenedSeal:
    """Station 2 of a seal, as a task for a worker: its certificates, timestamps and lists are a stranger's.

    Raises as `parse_seal` and `assess_seal`.
    """
    seal = parse_seal(received)
    assessment = assess_seal(seal, trust, now=now, skew_seconds=skew_seconds)
    try:
        return OpenedSeal(seal, assessment, parse_json_object(seal.payload.encode()))
    except AtestoError as error:
        return OpenedSeal(seal, assessment, {}, error)


@dataclass(frozen=True, slots=True)
class SecuredSeal:
    """One seal around the text of the document."""

    seal: Seal
    document: JsonObject
    assessment: SealAssessment
    text: None = None
    envelope: None = None
    binds_context: bool = True

    def judge_form(self, version: str, record: Record) -> None:  # noqa: ARG002 - the interface's
        """Notes what is said of the parts of the seal; none of it decides."""
        for one in self.assessment.timestamps:
            if one.state is TimestampState.FAILED:
                record.note("seal.timestamp_failed", f"{one.kind}: {one.detail}")
            elif one.state is TimestampState.UNTRUSTED:
                record.note("seal.timestamp_untrusted", f"{one.kind}, by {one.authority}: {one.detail}")
        if self.assessment.unknown_parts:
            record.note("seal.part_unknown", f"{', '.join(self.assessment.unknown_parts)}.")

    def issuer(self, named: str) -> str | None:  # noqa: ARG002 - the interface's
        """The organisation's identifier in the certificate: it is the only one that a seal can prove."""
        return self.assessment.certificate.subject.organization_identifier

    def presenter(self, named: str | None) -> str | None:
        """The one that the document names."""
        return named

    def statements(self, party: str | None) -> tuple[ProofStatement, ...]:  # noqa: ARG002 - the interface's
        """One that carries no challenge and no domain: a verifier that asks for one does not get it from a seal."""
        return (ProofStatement(_PLACES, ""),)

    async def signed_bytes(self, workers: LinkedDataWorkers, record: Record) -> tuple[HashData, ...]:
        """None: the seal is over the text. Raises and notes as `note_losses`."""
        await note_losses(workers, self.document, record, refused=_REFUSED)
        return ()

    async def find_keys(self, statements: Sequence[ProofStatement], resolver: KeyResolver, record: Record) -> Keys:  # noqa: ARG002
        """None: the key is the certificate's. Raises what the assessment found of the certificate, or what is worse."""
        problems = self.assessment.problems
        if any(problem.code in OF_CERTIFICATE for problem in problems):
            raise problems[0]
        return ()

    def check_party(self, party: str, policy: Policy, record: Record) -> None:
        """Raises as `check_issuer_identifier`; under a policy of unbound issuers what is not stated is a note."""
        try:
            check_issuer_identifier(self.document, self.assessment.certificate.subject.organization_identifier)
        except VerificationError as error:
            if error.code != "seal.issuer_unnamed" or not policy.unbound_issuers:
                raise
            record.note("binding.unverified", error.detail, error.pointer)
        if party.startswith(("did:", "https:")):
            record.note("seal.issuer_id_unproven", f"It is {party[:200]}.", "/issuer")

    def check_signatures(self, signed: Sequence[HashData], methods: Sequence[VerificationMethod]) -> None:  # noqa: ARG002 - the interface's
        """Raises VerificationError `proof.signature_invalid`, `seal.algorithm_mismatch`."""
        for problem in self.assessment.problems:
            if problem.code in OF_SIGNATURE:
                raise problem

    def check_time(self, record: Record) -> None:
        """Raises what the assessment found of times: the first decides. Notes that revocation was not checked."""
        for problem in self.assessment.problems:
            raise problem
        if self.assessment.revocation == "not_checked":
            record.note("seal.revocation_not_checked", "The seal embeds nothing that says so, and nothing is fetched.")


def check_issuer_identifier(document: JsonObject, organization_identifier: str | None) -> None:
    """Returns when the document's issuer states the certificate's organizationIdentifier, with or without its prefix.

    A number without the prefix is one of a country's register: where the document states a country, it is the prefix's.
    Raises VerificationError `seal.issuer_mismatch`, `seal.issuer_unnamed`.
    """
    if organization_identifier is None:
        raise VerificationError("seal.issuer_unnamed", "The seal's certificate states no organizationIdentifier.", pointer="/issuer")
    issuer = document.get("issuer")
    stated = issuer.get("eIDASIdentifier") if isinstance(issuer, dict) else None
    rows = stated if isinstance(stated, list) else [stated]
    notations = [row.get("notation") for row in rows if isinstance(row, dict)]
    if not notations or len(notations) != len(rows) or not all(isinstance(notation, str) for notation in notations):
        raise VerificationError("seal.issuer_unnamed", "The document's issuer states no eIDAS identifier.", pointer="/issuer")
    prefixed = _PREFIXED.match(organization_identifier)
    for row, notation in zip(rows, notations, strict=True):
        if notation == organization_identifier:
            continue
        if prefixed is None or notation != prefixed[2] or _country(row) not in {None, COUNTRIES.find(_ISO.get(prefixed[1], prefixed[1]))}:
            detail = f"The seal is of {organization_identifier}, and the document's issuer states another identifier."
            raise VerificationError("seal.issuer_mismatch", detail, pointer=f"{_IDENTIFIER}/notation")


def _country(identifier: JsonValue) -> str | None:
    """The country of a legal identifier, as far as it states one."""
    spatial = identifier.get("spatial") if isinstance(identifier, dict) else None
    named = spatial.get("id") if isinstance(spatial, dict) else None
    return named.removeprefix(COUNTRIES.base) if isinstance(named, str) else None
