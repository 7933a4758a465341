"""Issuing one credential: a named issuer, and the order in which it works (house rule 4: record before release).

1. refuse what the caller may not choose: another issuer, a proof, a status entry or list, dates without a time zone;
2. complete the document where its version and the way of securing want it (VCDM 1.1 gets the Data Integrity context for a proof; under
   some policies its date);
3. lint: our own verifier over a throwaway signature;
4. record the intent, durably;
5. sign, and compare what was signed with what was linted;
6. verify the signed credential with the real key;
7. record the issued credential's digest, durably;
8. release.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.credentials.structure import VCDM_1_CONTEXT, check_credential
from atesto.credentials.validity import read_validity
from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import CustodyError, MalformedInput, PolicyDenied
from atesto.issuance.lint import lint_credential
from atesto.issuance.securing import securing
from atesto.profiles.choices import USUAL
from atesto.status.entry import status_entries
from atesto.verification.pipeline import named_contexts

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.credentials.structure import CredentialShape
    from atesto.credentials.validity import Validity
    from atesto.encoding.strict_json import JsonObject
    from atesto.issuance.sealing import Sealing
    from atesto.issuance.securing import Jwt
    from atesto.ports import Did, Ledger, Signer
    from atesto.profiles.choices import Choices
    from atesto.proofs.cryptosuite import Cryptosuite
    from atesto.verification.pipeline import Verifier

_STATUS_LIST_TYPES: Final = {"BitstringStatusListCredential", "BitstringStatusList", "StatusList2021Credential", "StatusList2021"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """One named issuer: a DID, a key in custody, how it secures, and the verifier whose policy its credentials have to pass.

    One that seals signs with the certificate's key, and `signer` only says under which DID it speaks.
    """

    name: str
    did: Did
    signer: Signer
    suite: Cryptosuite | Jwt | Sealing
    verifier: Verifier
    ledger: Ledger
    choices: Choices = USUAL
    """What it has chosen about forms of credential; how it secures them is not among that."""

    async def issue(self, credential: JsonObject, *, now: datetime) -> JsonObject:
        """The secured credential, recorded. Raises AtestoError with the pointer of what is wrong; then nothing was signed or released."""
        credential = self._dated(credential, now)
        shape = check_credential(credential)
        self._refuse_callers_choices(credential, shape)
        validity = read_validity(credential, shape.version)
        for name in validity.without_offset:
            raise MalformedInput("time.malformed", f"{name} names no time zone.", pointer=json_pointer(name))
        way = securing(self.suite, credential, version=shape.version, created=now)
        document = way.completed(credential, shape.version)
        verifier = dataclasses.replace(way.judged_by(self.verifier), validity_at=self._judged_at(validity, now))
        intended = await lint_credential(document, way, signer=self.signer, verifier=verifier, at=now)
        identifier = shape.id or ""
        await self.ledger.record_intent(credential_id=identifier, digest=hashlib.sha256(intended).hexdigest(), issuer=self.did, at=now)
        secured, signed = await way.sign(self.verifier.workers, document, signer=self.signer)
        if signed != intended:
            raise CustodyError("issue.signed_differs", "What was signed is not what was linted.")
        report = await verifier.verify_credential(secured, now=now)
        if not report.verified:
            raise CustodyError("issue.signed_differs", f"The signed credential does not verify: {report.problems[0].detail}")
        digest = hashlib.sha256(canonicalize_json(secured)).hexdigest()
        await self.ledger.record_issued(credential_id=identifier, digest=digest, issuer=self.did, at=now)
        return secured

    def _dated(self, credential: JsonObject, now: datetime) -> JsonObject:
        """`credential` with `issuanceDate`, where its version demands one and the policy lets the issuer give it."""
        if not self.verifier.policy.undated_at_issue or "issuanceDate" in credential or named_contexts(credential)[:1] != [VCDM_1_CONTEXT]:
            return credential
        return {**credential, "issuanceDate": format_timestamp(now)}

    def _judged_at(self, validity: Validity, now: datetime) -> datetime:
        """When the period of validity has to hold: issuing may be ahead of its first day, and under some policies after its last."""
        at = max(now, validity.latest_start or now)
        return min(at, validity.earliest_end or at) if self.verifier.policy.expired_at_issue else at

    def _refuse_callers_choices(self, credential: JsonObject, shape: CredentialShape) -> None:
        if shape.issuer != self.did:
            raise PolicyDenied("issue.foreign_issuer", f"This issuer issues as {self.did} only.", pointer="/issuer")
        if "proof" in credential:
            raise PolicyDenied("issue.already_secured", "The credential already carries a proof.", pointer="/proof")
        for entry in status_entries(credential):
            if entry.known:
                raise PolicyDenied("issue.status_not_allowed", "Status entries are given out by the issuer.", pointer=entry.pointer)
        # A type may be written as a term or as an IRI that ends in it.
        if any(name.rpartition("#")[2].rpartition("/")[2] in _STATUS_LIST_TYPES for name in shape.types):
            raise PolicyDenied("issue.status_not_allowed", "Status lists are made by the issuer, not by its callers.", pointer="/type")
