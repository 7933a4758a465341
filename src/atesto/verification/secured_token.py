"""A document secured by a signed token (VC-JOSE-COSE section 3.1, VCDM 1.1 section 6.3.1), as `secured.Secured`.

Its bytes are signed, so nothing in it can be lost unsigned: what JSON-LD would lose is a finding. Pointers to claims and to the wrapper
lead into the payload; all others into the document that the token holds, whether it is the payload or stands in its wrapper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.credentials.badge_token import check_badge_claims, is_badge, missing_claims
from atesto.credentials.members import named_party
from atesto.credentials.token_form import WRAPPERS, differing_claims
from atesto.encoding.json_pointer import json_pointer
from atesto.errors import AtestoError, PolicyDenied, VerificationError
from atesto.proofs.jose.signature import check_token_signature
from atesto.verification.badge_keys import badge_key
from atesto.verification.binding import PURPOSES
from atesto.verification.keys import only_key, resolve_keys
from atesto.verification.proof_statement import ProofStatement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.credentials.token_form import TokenDocument
    from atesto.dids.document import VerificationMethod
    from atesto.encoding.strict_json import JsonObject
    from atesto.linked_data.processor import LinkedDataProcessor
    from atesto.ports import KeyResolver, LinkedDataWorkers
    from atesto.proofs.data_integrity import HashData
    from atesto.proofs.jose.token import SignedToken
    from atesto.verification.keys import Keys
    from atesto.verification.policy import Policy
    from atesto.verification.record import Record

_PLACES: Final = {
    "verificationMethod": "", "challenge": "/nonce", "domain": "/aud", "created": "/iat", "notBefore": "/nbf", "expires": "/exp"
}  # fmt: skip

MISLEADING: Final = frozenset({"linked_data.renamed_term", "linked_data.split_node"})
"""A token covers its bytes whatever they mean; but two readers of these find two different documents."""


@dataclass(frozen=True, slots=True)
class SecuredToken:
    """One signature over the whole text."""

    token: SignedToken
    said: TokenDocument
    kind: str
    envelope: JsonObject | None
    policy: Policy
    binds_context: bool = True

    @property
    def document(self) -> JsonObject:
        """What the token says."""
        return self.said.document

    @property
    def text(self) -> str:
        """The token, to the letter."""
        return self.token.text

    def judge_form(self, version: str, record: Record) -> None:
        """Notes `token.wrapped`, `token.claims_differ`, `token.claims_missing`, `token.badge_form`.

        Raises PolicyDenied `token.wrapped`; VerificationError `token.type`, `token.claims_differ`, `token.claim_missing`.
        """
        if not self.said.wrapped and version == "1.1":
            # Its claims would be judged by the looser rules of VCDM 2.0.
            raise VerificationError("token.type", f"A document of VCDM 1.1 stands in the {WRAPPERS[self.kind]} of a token of type JWT.")
        if self.said.wrapped and version == "2.0":
            wrapper = json_pointer(WRAPPERS[self.kind])
            detail = "VCDM 2.0 in a wrapper that VC-JOSE-COSE section 3.1 forbids."
            if not self.policy.wrapped_version_2:
                raise PolicyDenied("token.wrapped", detail, pointer=wrapper)
            record.note("token.wrapped", detail, wrapper)
        if self.said.badge:
            self._judge_badge(version, record)
        elif not self.said.wrapped and self.kind == "credential":
            if is_badge(self.document):
                record.note("token.badge_form", "Its typ is vc+jwt; Open Badges wants JWT.")
            for name in differing_claims(self.said):
                record.note("token.claims_differ", f"The token's {name} is not the document's.", json_pointer(name))

    def _judge_badge(self, version: str, record: Record) -> None:
        missing = missing_claims(self.document, self.said.claims, version)
        if missing and not self.policy.badge_claims_optional:
            detail = f"The claims that are missing: {', '.join(missing)}."
            raise VerificationError("token.claim_missing", detail, pointer=json_pointer(missing[0]))
        if missing:
            record.note("token.claims_missing", f"Missing: {', '.join(missing)}.")
        check_badge_claims(self.document, self.said.claims, version)

    def issuer(self, named: str) -> str:
        """The one that the document names."""
        return named

    def presenter(self, named: str | None) -> str | None:
        """The one that the document names, or else `iss`."""
        return named or self.said.claims.issuer

    def statements(self, party: str | None) -> tuple[ProofStatement, ...]:
        """Without `kid` the method's URL is that of its controller alone; of a badge, whose key may be sought elsewhere, there is none.

        Raises VerificationError `token.kid` where a token names neither a key nor whose it is.
        """
        claims, key_id = self.said.claims, self.token.key_id
        speaker = claims.issuer or party or ""
        if self.said.badge:
            key_id = key_id if key_id is not None and key_id.startswith(("did:", "#")) else ""
        if key_id is None and not speaker:
            raise VerificationError("token.kid", "The token names neither a key nor whose it is.")
        # The dates of a wrapped credential are its own: they stand in the document, and are judged there.
        own_dates = not (self.said.wrapped and self.kind == "credential")
        statement = ProofStatement(
            places=_PLACES,
            verification_method=speaker if key_id is None else speaker + key_id if key_id.startswith("#") else key_id,
            challenge=claims.nonce,
            domain=claims.audience,
            created=claims.issued_at,
            not_before=claims.not_before if own_dates else None,
            expires=claims.expires if own_dates else None,
        )
        return (statement,)

    async def signed_bytes(self, workers: LinkedDataWorkers, record: Record) -> tuple[HashData, ...]:
        """None: the token holds its own. Raises and notes as `note_losses`."""
        await note_losses(workers, without_tokens(self.said.statements), record)
        return ()

    async def find_keys(self, statements: Sequence[ProofStatement], resolver: KeyResolver, record: Record) -> Keys:
        """Raises what `resolve_keys` and `only_key` or, for a badge, `badge_key` raise."""
        if self.said.badge and statements:
            issuer = named_party(self.document.get("issuer"), "/issuer")
            return ((statements[0], await badge_key(self.token, issuer, resolver, record.fetches)),)
        if self.token.key_id is None and statements:
            return await only_key(statements[0], PURPOSES[self.kind], resolver, record)
        return await resolve_keys(statements, resolver, record)

    def check_party(self, party: str, policy: Policy, record: Record) -> None:  # noqa: ARG002 - the interface's
        """Raises VerificationError `token.issuer_differs`."""
        issuer = self.said.claims.issuer
        if issuer is not None and issuer != party:
            raise VerificationError("token.issuer_differs", "iss is not whom the document names.", pointer="/iss")

    def check_signatures(self, signed: Sequence[HashData], methods: Sequence[VerificationMethod]) -> None:  # noqa: ARG002 - the interface's
        """Raises what `check_token_signature` raises."""
        (method,) = methods
        check_token_signature(self.token, method.public_key)

    def check_time(self, record: Record) -> None:
        """A token's times stand in its statement."""


async def note_losses(workers: LinkedDataWorkers, document: JsonObject, record: Record, *, refused: frozenset[str] = MISLEADING) -> None:
    """Of a document whose bytes are signed: notes `linked_data.lost`. Raises what misleads readers, or forbids any check."""
    try:
        await workers.run(expand, document)
    except AtestoError as error:
        if not error.code.startswith("linked_data.") or error.code in refused:
            raise
        record.note("linked_data.lost", error.detail, error.pointer)


def expand(processor: LinkedDataProcessor, document: JsonObject) -> None:
    """Returns when JSON-LD loses nothing of `document`. A task for a worker. Raises VerificationError `linked_data.*`."""
    processor.expand(document)


def without_tokens(document: JsonObject) -> JsonObject:
    """`document` without tokens among its credentials: they are no statements of it, and each is verified for itself."""
    value = document.get("verifiableCredential")
    if isinstance(value, str):
        return {name: member for name, member in document.items() if name != "verifiableCredential"}
    if not isinstance(value, list):
        return document
    return {**document, "verifiableCredential": [item for item in value if not isinstance(item, str)]}
