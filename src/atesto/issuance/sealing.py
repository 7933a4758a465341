"""The third way in which an issuer secures a credential: a JAdES seal around its text, with an X.509 certificate.

The certificate must be that of the organisation which the credential names as its issuer: that is checked before anything is judged or
recorded. The rehearsal before the seal has the real header but for what names the certificate, and a certificate that nobody keeps.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from atesto import limits
from atesto.encoding.base64url import decode_base64url
from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.strict_json import parse_json_object
from atesto.errors import MalformedInput
from atesto.proofs.jades.assessment import SealTrust
from atesto.proofs.jades.certificate import certificate_of
from atesto.proofs.jades.create import CERTIFICATE_MEMBERS, SealOptions, payload_text, seal
from atesto.proofs.jades.throwaway import throwaway_seal_key
from atesto.verification.secured_seal import check_issuer_identifier
from atesto.verification.secured_token import expand

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import LinkedDataWorkers, SealKey, SealKeys, Signer, TimestampService
    from atesto.proofs.jades.create import ClaimedTime
    from atesto.verification.pipeline import Verifier

DATA_INTEGRITY_CONTEXT: Final = "https://w3id.org/security/data-integrity/v2"
_REAL_ALONE: Final = CERTIFICATE_MEMBERS | {"alg"}
"""What the rehearsal cannot have: the certificate, and the algorithm that its key decides."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What an issuer has in the place of a cryptosuite when its credentials are sealed."""

    keys: SealKeys
    claimed_time: ClaimedTime = "iat"
    timestamps: TimestampService | None = None
    name: str = "seal"


@dataclass(frozen=True, slots=True)
class SealAround:
    """One seal at one moment, as `securing.Securing`."""

    key: SealKey
    options: SealOptions
    timestamps: TimestampService | None

    def completed(self, document: JsonObject, version: str) -> JsonObject:  # noqa: ARG002 - the interface's
        """Without the context of proofs, which a seal does not need and Europass does not know.

        Raises VerificationError `seal.issuer_mismatch`, `seal.issuer_unnamed`.
        """
        check_issuer_identifier(document, certificate_of(self.key.chain[0]).facts.subject.organization_identifier)
        contexts = document["@context"]
        if not isinstance(contexts, list):
            return document
        return {**document, "@context": [one for one in contexts if one != DATA_INTEGRITY_CONTEXT]}

    def judged_by(self, verifier: Verifier) -> Verifier:
        """`verifier` where it believes the issuer's own certificate as well: for the issuer's own judgement, and no other."""
        trust = SealTrust((*verifier.trust.anchors, self.key.chain[-1]), verifier.trust.timestamp_anchors)
        return dataclasses.replace(verifier, trust=trust)

    def rehearsed(self) -> SealAround:
        """The same with a key that nobody keeps, and without a timestamp."""
        return SealAround(throwaway_seal_key(self.key.chain[0]), self.options, None)

    async def sign(self, workers: LinkedDataWorkers, document: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:  # noqa: ARG002
        """The sealed document, and what of it the rehearsal has too.

        Raises VerificationError `linked_data.*` for what has no meaning that two parties share; MalformedInput `encoding.too_long` for what
        no verifying door would take; and what `create.seal` raises.
        """
        await workers.run(expand, document)
        sealed = await seal(payload_text(document), self.options, key=self.key, timestamps=self.timestamps)
        size = len(orjson.dumps(sealed))
        if size > limits.MAX_ISSUED_SEAL_BYTES:
            raise MalformedInput(
                "encoding.too_long", f"The sealed credential would have {size:,} bytes, which is more than verifiers take."
            )
        return sealed, _comparable(sealed)


def seal_around(way: Sealing, document: JsonObject, created: datetime) -> SealAround:
    """How `way` seals `document`. Raises CustodyError when there is no certificate for its issuer."""
    issuer = document.get("issuer")
    stated = issuer.get("eIDASIdentifier") if isinstance(issuer, dict) else None
    notation = stated.get("notation") if isinstance(stated, dict) else None
    key = way.keys.key_for(notation if isinstance(notation, str) else None)
    return SealAround(key, SealOptions(created, way.claimed_time), way.timestamps)


def _comparable(sealed: JsonObject) -> bytes:
    """Header and payload without what names the certificate: the same in the rehearsal and in the seal."""
    match sealed:
        case {"payload": str(payload), "signatures": [{"protected": str(protected)}]}:
            header = parse_json_object(decode_base64url(protected))
            kept: JsonObject = {name: value for name, value in header.items() if name not in _REAL_ALONE}
            return canonicalize_json(kept) + b"." + payload.encode()
        case _:
            raise MalformedInput("seal.malformed", "A seal was made without its parts.")
