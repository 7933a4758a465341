"""The ways in which an issuer secures a credential, with all decided but the signature. All refuse what JSON-LD would lose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from atesto import limits
from atesto.credentials.envelope import LEGACY_MEDIA_TYPE, MEDIA_TYPES, enveloped
from atesto.credentials.token_form import plain_payload, wrapped_payload
from atesto.errors import MalformedInput
from atesto.issuance.sealing import DATA_INTEGRITY_CONTEXT, Sealing, seal_around
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.proofs.jose.signature import sign_token
from atesto.verification.secured_token import expand

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.ports import LinkedDataWorkers, Signer
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.verification.pipeline import Verifier


@dataclass(frozen=True, slots=True)
class Jwt:
    """What an issuer has in the place of a cryptosuite when its credentials are tokens."""

    name: str = "jwt"


JWT: Final = Jwt()


class Securing(Protocol):
    """One way of securing one credential at one moment."""

    def completed(self, document: JsonObject, version: str) -> JsonObject:
        """`document` with what this way needs in it. Raises AtestoError for one that this way cannot secure."""

    def judged_by(self, verifier: Verifier) -> Verifier:
        """The verifier that judges what this issuer makes: `verifier`, and what the issuer knows of its own key."""

    async def sign(self, workers: LinkedDataWorkers, document: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:
        """The secured credential, and the bytes that were signed. Raises AtestoError."""


def securing(way: Cryptosuite | Jwt | Sealing, document: JsonObject, *, version: str, created: datetime) -> Securing:
    """How an issuer that is configured with `way` secures `document`, of that version of the data model. Raises CustodyError."""
    if isinstance(way, Sealing):
        return seal_around(way, document, created)
    return TokenAround(version, created) if isinstance(way, Jwt) else ProofInside(way, created)


def completed(document: JsonObject, version: str) -> JsonObject:
    """The credential or presentation with the context that its proof needs: VCDM 1.1 defines no Data Integrity terms."""
    contexts = document["@context"]
    if version == "2.0" or not isinstance(contexts, list) or DATA_INTEGRITY_CONTEXT in contexts:
        return document
    return {**document, "@context": [*contexts, DATA_INTEGRITY_CONTEXT]}


@dataclass(frozen=True, slots=True)
class ProofInside:
    """A Data Integrity proof in the credential (VC-DI section 4.2)."""

    suite: Cryptosuite
    created: datetime

    def completed(self, document: JsonObject, version: str) -> JsonObject:
        """As the function of that name."""
        return completed(document, version)

    def judged_by(self, verifier: Verifier) -> Verifier:
        """Who resolves the issuer's DID knows its key."""
        return verifier

    async def sign(self, workers: LinkedDataWorkers, document: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:
        """Raises what `sign_proof` raises."""
        options = proof_options(
            document,
            suite=self.suite,
            verification_method=signer.verification_method,
            purpose="assertionMethod",
            created=self.created,
        )
        return await sign_proof(workers, document, options, signer=signer)


@dataclass(frozen=True, slots=True)
class TokenAround:
    """An EnvelopedVerifiableCredential: `vc+jwt` for VCDM 2.0 (VC-JOSE-COSE section 3.1.1), a JWT by its section 6.3.1 for VCDM 1.1."""

    version: str
    created: datetime

    def completed(self, document: JsonObject, version: str) -> JsonObject:  # noqa: ARG002 - the interface's
        """Nothing is added."""
        return document

    def judged_by(self, verifier: Verifier) -> Verifier:
        """Who resolves the issuer's DID knows its key."""
        return verifier

    async def sign(self, workers: LinkedDataWorkers, document: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:
        """Raises VerificationError `linked_data.*` for what has no meaning that two parties share; MalformedInput `encoding.too_long` for
        what no verifying door would take; and what `sign_token` raises.
        """
        await workers.run(expand, document)
        if self.version == "2.0":
            header, payload, media_type = (
                {"typ": "vc+jwt", "cty": "vc"},
                plain_payload(document, created=self.created),
                MEDIA_TYPES["credential"],
            )
        else:
            header, payload, media_type = {"typ": "JWT"}, wrapped_payload(document, created=self.created), LEGACY_MEDIA_TYPE
        token, signed = await sign_token(header, payload, signer=signer)
        if len(token) > limits.MAX_ISSUED_TOKEN_BYTES:
            raise MalformedInput("encoding.too_long", f"The token would have {len(token):,} bytes, which is more than verifiers take.")
        return enveloped(token, "credential", media_type), signed
