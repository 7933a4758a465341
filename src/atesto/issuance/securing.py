"""The ways in which an issuer secures a credential, or whoever presents a presentation, with all decided but the signature.

All refuse what JSON-LD would lose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from atesto import limits
from atesto.credentials.badge_token import is_badge
from atesto.credentials.envelope import LEGACY_MEDIA_TYPE, MEDIA_TYPES, enveloped
from atesto.credentials.token_form import badge_payload, plain_payload, wrapped_payload, wrapped_presentation_payload
from atesto.errors import MalformedInput
from atesto.issuance.sealing import DATA_INTEGRITY_CONTEXT, Sealing, seal_around
from atesto.proofs.data_integrity import proof_options, sign_proof
from atesto.proofs.jose.signature import sign_token
from atesto.verification.binding import PURPOSES
from atesto.verification.secured_token import expand, without_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.ports import LinkedDataWorkers, Signer
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.verification.pipeline import Verifier


@dataclass(frozen=True, slots=True)
class Jwt:
    """What stands in the place of a cryptosuite where tokens are made."""

    name: str = "jwt"


JWT: Final = Jwt()


class Securing(Protocol):
    """One way of securing one document at one moment."""

    def completed(self, document: JsonObject, version: str) -> JsonObject:
        """`document` with what this way needs in it. Raises AtestoError for one that this way cannot secure."""

    def judged_by(self, verifier: Verifier) -> Verifier:
        """The verifier that judges what this issuer makes: `verifier`, and what the issuer knows of its own key."""

    async def sign(self, workers: LinkedDataWorkers, document: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:
        """The secured document, and the bytes that were signed. Raises AtestoError."""


def securing(way: Cryptosuite | Jwt | Sealing, document: JsonObject, *, version: str, created: datetime) -> Securing:
    """How an issuer that is configured with `way` secures `document`, of that version of the data model. Raises CustodyError."""
    if isinstance(way, Sealing):
        return seal_around(way, document, created)
    return TokenAround(version, created) if isinstance(way, Jwt) else ProofInside(way, created, PURPOSES["credential"])


def presenting(
    way: Cryptosuite | Jwt, *, version: str, created: datetime, presenter: str, challenge: str | None, domain: str | None
) -> Securing:
    """How `presenter` secures a presentation of that version, for the occasion that `challenge` and `domain` name."""
    if isinstance(way, Jwt):
        return TokenAroundPresentation(version, created, presenter, challenge, domain)
    named: dict[str, JsonValue] = {"challenge": challenge, "domain": domain}
    occasion = {name: value for name, value in named.items() if value is not None}
    return ProofInside(way, created, PURPOSES["presentation"], occasion)


def completed(document: JsonObject, version: str) -> JsonObject:
    """The credential or presentation with the context that its proof needs: VCDM 1.1 defines no Data Integrity terms."""
    contexts = document["@context"]
    if version == "2.0" or not isinstance(contexts, list) or DATA_INTEGRITY_CONTEXT in contexts:
        return document
    return {**document, "@context": [*contexts, DATA_INTEGRITY_CONTEXT]}


@dataclass(frozen=True, slots=True)
class ProofInside:
    """A Data Integrity proof in the document (VC-DI section 4.2)."""

    suite: Cryptosuite
    created: datetime
    purpose: str
    more: Mapping[str, JsonValue] = field(default_factory=dict)

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
            purpose=self.purpose,
            created=self.created,
            more=self.more,
        )
        return await sign_proof(workers, document, options, signer=signer)


@dataclass(frozen=True, slots=True)
class TokenAround:
    """An EnvelopedVerifiableCredential: `vc+jwt` for VCDM 2.0 (VC-JOSE-COSE section 3.1.1), a JWT by its section 6.3.1 for VCDM 1.1.

    A badge of VCDM 2.0 becomes the JWT of Open Badges 3.0 section 8.2.4, whose readers take no other.
    """

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
        if self.version == "2.0" and is_badge(document):
            header, payload, media_type = {"typ": "JWT"}, badge_payload(document, created=self.created), LEGACY_MEDIA_TYPE
        elif self.version == "2.0":
            header, payload, media_type = (
                {"typ": "vc+jwt", "cty": "vc"},
                plain_payload(document, created=self.created),
                MEDIA_TYPES["credential"],
            )
        else:
            header, payload, media_type = {"typ": "JWT"}, wrapped_payload(document, created=self.created), LEGACY_MEDIA_TYPE
        return await _enveloped(header, payload, "credential", media_type, signer=signer)


@dataclass(frozen=True, slots=True)
class TokenAroundPresentation:
    """An EnvelopedVerifiablePresentation: `vp+jwt` for VCDM 2.0 (VC-JOSE-COSE section 3.1.2), a JWT by its section 6.3.1 for VCDM 1.1.

    `challenge` is `nonce` in it, `domain` is `aud`. Tokens among the presented credentials stay as they are.
    """

    version: str
    created: datetime
    presenter: str
    challenge: str | None
    domain: str | None

    def completed(self, document: JsonObject, version: str) -> JsonObject:  # noqa: ARG002 - the interface's
        """Nothing is added."""
        return document

    def judged_by(self, verifier: Verifier) -> Verifier:
        """Who resolves the presenter's DID knows its key."""
        return verifier

    async def sign(self, workers: LinkedDataWorkers, document: JsonObject, *, signer: Signer) -> tuple[JsonObject, bytes]:
        """Raises as `TokenAround.sign`."""
        await workers.run(expand, without_tokens(document))
        if self.version == "2.0":
            payload = plain_payload(document, created=self.created, challenge=self.challenge, domain=self.domain)
            header, media_type = {"typ": "vp+jwt", "cty": "vp"}, MEDIA_TYPES["presentation"]
        else:
            payload = wrapped_presentation_payload(
                document, presenter=self.presenter, created=self.created, challenge=self.challenge, domain=self.domain
            )
            header, media_type = {"typ": "JWT"}, LEGACY_MEDIA_TYPE
        return await _enveloped(header, payload, "presentation", media_type, signer=signer)


async def _enveloped(
    header: Mapping[str, JsonValue], payload: JsonObject, kind: str, media_type: str, *, signer: Signer
) -> tuple[JsonObject, bytes]:
    token, signed = await sign_token(header, payload, signer=signer)
    if len(token) > limits.MAX_ISSUED_TOKEN_BYTES:
        raise MalformedInput("encoding.too_long", f"The token would have {len(token):,} bytes, which is more than verifiers take.")
    return enveloped(token, kind, media_type), signed
