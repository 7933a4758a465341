"""What a seal is worth, in the words of ETSI EN 319 102-1: an indication, a reason, and the facts behind them.

Checks, in order; the first that fails decides, and of those that fail, what is wrong comes before what cannot be told:
1. `alg` is one of the certificate's key, and the signature is that key's over header and payload;
2. the certificate was valid when it was sealed: at the proven time, else at the time that the seal claims (its own word against it);
3. it leads to an anchor at that time, by algorithms that hold, and was not revoked before, as far as embedded data say;
4. it is one for sealing: key usage, no authority's;
5. without a proven time it is still so now: else nobody knows whether the claimed time is true;
6. the content timestamp is over this payload; trusted timestamps are in an order that can be; the claimed time does not lie ahead.

A time is proven by a timestamp over the signature that is *trusted*: one whose authority leads to an anchor for timestamps, now or at the
time of a later archive timestamp over it. A timestamp that fails, or is trusted by nobody, proves nothing and spoils nothing: it is
unsigned. Revocation that nothing in the seal speaks of is "not checked", which is said and does not decide: nothing is fetched.
The level is that of the parts which hold, whoever is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import AtestoError, MalformedInput, VerificationError
from atesto.proofs.jades.chain import Fault, Material, judge_chain
from atesto.proofs.jades.seal import ALGORITHMS, leaf, signature_bytes
from atesto.proofs.jades.timestamp import TimestampState, judge_timestamp
from atesto.proofs.jades.unsigned_parts import KNOWN, certificate_values, revocation_values

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.proofs.jades.certificate import CertificateFacts
    from atesto.proofs.jades.chain import ChainResult
    from atesto.proofs.jades.seal import Seal
    from atesto.proofs.jades.timestamp import TimestampResult


class Indication(StrEnum):
    """The three answers (EN 319 102-1 section 5.1.3)."""

    TOTAL_PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    TOTAL_FAILED = "TOTAL-FAILED"


_FAILED, _UNDECIDED = Indication.TOTAL_FAILED, Indication.INDETERMINATE

ANSWERS: Final[dict[str, tuple[Indication, str]]] = {
    "proof.signature_invalid": (_FAILED, "SIG_CRYPTO_FAILURE"),
    "seal.algorithm_mismatch": (_FAILED, "FORMAT_FAILURE"),
    "seal.expired": (_FAILED, "EXPIRED"),
    "seal.not_yet_valid": (_FAILED, "NOT_YET_VALID"),
    "seal.revoked": (_FAILED, "REVOKED"),
    "seal.chain_unknown": (_UNDECIDED, "NO_CERTIFICATE_CHAIN_FOUND"),
    "seal.chain_broken": (_UNDECIDED, "CERTIFICATE_CHAIN_GENERAL_FAILURE"),
    "seal.certificate_use": (_UNDECIDED, "CHAIN_CONSTRAINTS_FAILURE"),
    "seal.algorithm_weak": (_UNDECIDED, "CRYPTO_CONSTRAINTS_FAILURE"),
    "seal.expired_since": (_UNDECIDED, "OUT_OF_BOUNDS_NO_POE"),
    "seal.revoked_since": (_UNDECIDED, "REVOKED_NO_POE"),
    "seal.authority_revoked_since": (_UNDECIDED, "REVOKED_CA_NO_POE"),
    "seal.content_timestamp": (_UNDECIDED, "SIG_CONSTRAINTS_FAILURE"),
    "seal.claimed_time": (_UNDECIDED, "SIG_CONSTRAINTS_FAILURE"),
    "seal.timestamp_order": (_UNDECIDED, "TIMESTAMP_ORDER_FAILURE"),
}
"""The indication and sub-indication of each problem. Any other is of the seal's form: TOTAL-FAILED, FORMAT_FAILURE."""
OF_CERTIFICATE: Final = frozenset({"seal.chain_unknown", "seal.chain_broken", "seal.certificate_use", "seal.algorithm_weak"})
OF_SIGNATURE: Final = frozenset({"proof.signature_invalid", "seal.algorithm_mismatch"})
FORMAT_FAILURE: Final = "FORMAT_FAILURE"
_PROTECTED: Final = "/signatures/0/protected"
_SIGNATURE: Final = "/signatures/0/signature"


@dataclass(frozen=True, slots=True)
class SealTrust:
    """Whom the operator believes: certificates (DER), read and found sound when they were configured."""

    anchors: tuple[bytes, ...] = ()
    """For seals."""
    timestamp_anchors: tuple[bytes, ...] = ()
    """For timestamps, and for nothing else."""


NO_TRUST: Final = SealTrust()


@dataclass(frozen=True, slots=True)
class SealAssessment:
    """Plain values: it crosses from a worker process. `problems` come in the order of the checks, those that decide first."""

    problems: tuple[AtestoError, ...]
    signature_valid: bool
    algorithm: str
    claimed_at: datetime
    claimed_by: str
    proven_at: datetime | None
    assessed_at: datetime
    certificate: CertificateFacts
    trusted: bool
    """Whether the certificate led to an anchor when it was sealed."""
    revocation: str
    """"good", "revoked" or "not_checked"."""
    level: str
    """"B-B", "B-T", "B-LT" or "B-LTA"."""
    timestamps: tuple[TimestampResult, ...]
    unknown_parts: tuple[str, ...]

    @property
    def sealed_at(self) -> datetime:
        """When it was sealed: as proven, else as claimed."""
        return self.proven_at or self.claimed_at

    @property
    def indication(self) -> Indication:
        """The answer."""
        return Indication.TOTAL_PASSED if not self.problems else ANSWERS.get(self.problems[0].code, (_FAILED, ""))[0]

    @property
    def sub_indication(self) -> str | None:
        """The reason for another answer than TOTAL-PASSED."""
        return ANSWERS.get(self.problems[0].code, (_FAILED, FORMAT_FAILURE))[1] if self.problems else None

    def to_json(self) -> JsonObject:
        """The report's `seal` member."""
        facts = self.certificate
        certificate: JsonObject = {
            "subject": facts.subject.shown,
            "organization": facts.subject.organization,
            "organizationIdentifier": facts.subject.organization_identifier,
            "country": facts.subject.country,
            "issuer": facts.issuer.shown,
            "notBefore": format_timestamp(facts.not_before),
            "notAfter": format_timestamp(facts.not_after),
            "sha256": facts.thumbprint,
            "validWhenSealed": facts.holds_at(self.sealed_at),
            "validNow": facts.holds_at(self.assessed_at),
            "trusted": self.trusted,
            "revocation": self.revocation,
        }
        timestamps: list[JsonValue] = [result.to_json() for result in self.timestamps]
        return {
            "indication": self.indication.value,
            "subIndication": self.sub_indication,
            "level": self.level,
            "signature": "valid" if self.signature_valid else "invalid",
            "algorithm": self.algorithm,
            "claimedTime": format_timestamp(self.claimed_at),
            "claimedBy": self.claimed_by,
            "provenTime": None if self.proven_at is None else format_timestamp(self.proven_at),
            "certificate": certificate,
            "qualification": facts.qualification.to_json(),
            "timestamps": timestamps,
            "unknownParts": list(self.unknown_parts),
        }


def assess_seal(seal: Seal, trust: SealTrust, *, now: datetime, skew_seconds: int = limits.CLOCK_SKEW_SECONDS) -> SealAssessment:
    """Raises MalformedInput `seal.certificate_malformed`, `key.malformed`; UnsupportedFeature `key.unsupported`: nothing to assess."""
    certificate = leaf(seal)
    facts = certificate.facts
    material = Material(seal.chain[1:] + certificate_values(seal.parts), *revocation_values(seal.parts))
    signature_problem = _signature_problem(seal)
    timestamps = _timestamps(seal, material, trust, now)
    proven = [found.time for found in timestamps if found.kind != "adoTst" and found.time and found.state is TimestampState.TRUSTED]
    proven_at = min(proven, default=None)
    sealed_at = proven_at or seal.claimed_at
    then = judge_chain(certificate.der, material, trust.anchors, sealed_at)
    # Without a proven time the claimed one may be a lie: the certificate has to hold today as well.
    asked_today = proven_at is None and then.fault is None
    today = judge_chain(certificate.der, material, trust.anchors, now) if asked_today else None
    found = [
        *signature_problem,
        *_validity_problem(facts, sealed_at),
        *_chain_problem(then, seal),
        *_use_problem(facts),
        *_later_problem(today, facts, now),
        *_time_problems(seal, timestamps, now + timedelta(seconds=skew_seconds)),
    ]
    return SealAssessment(
        # Stable: among equals the order of the checks.
        problems=tuple(sorted(found, key=lambda problem: ANSWERS[problem.code][0] is not _FAILED)),
        signature_valid=not signature_problem,
        algorithm=seal.algorithm,
        claimed_at=seal.claimed_at,
        claimed_by=seal.claimed_by,
        proven_at=proven_at,
        assessed_at=now,
        certificate=facts,
        trusted=then.fault is None,
        revocation=_revocation(then, today or then),
        level=_level(seal, material, timestamps),
        timestamps=timestamps,
        unknown_parts=tuple(part.name or "unreadable" for part in seal.parts if part.name not in KNOWN),
    )


def _signature_problem(seal: Seal) -> list[AtestoError]:
    try:
        key = leaf(seal).public_key
    except MalformedInput as error:
        if error.code != "key.weak":
            raise
        return [VerificationError("seal.algorithm_weak", error.detail, pointer=_PROTECTED)]
    if seal.algorithm not in ALGORITHMS[key.algorithm]:
        detail = f"The seal says {seal.algorithm}, and the certificate's key is of type {key.algorithm}."
        return [VerificationError("seal.algorithm_mismatch", detail, pointer=_PROTECTED)]
    try:
        key.verify(signature_bytes(seal), seal.signing_input, jws_algorithm=seal.algorithm)
    except VerificationError as error:
        return [VerificationError(error.code, error.detail, pointer=_SIGNATURE)]
    return []


def _timestamps(seal: Seal, material: Material, trust: SealTrust, now: datetime) -> tuple[TimestampResult, ...]:
    """Each timestamp, judged at the earliest moment that is proven for it: an archive timestamp vouches for what stands before it."""
    results: list[TimestampResult] = []
    at = now
    for index in reversed(range(len(seal.parts))):
        part = seal.parts[index]
        if not part.tokens:
            continue
        over = seal.archive_input(index) if part.name == "arcTst" else seal.signature.encode("ascii")
        judged = [
            judge_timestamp(str(part.name), token, over, material=material, anchors=trust.timestamp_anchors, at=at) for token in part.tokens
        ]
        results = [*judged, *results]
        if part.name == "arcTst":
            at = min([at, *(one.time for one in judged if one.time and one.state is TimestampState.TRUSTED)])
    over = seal.payload.encode()
    content = [
        judge_timestamp("adoTst", token, over, material=material, anchors=trust.timestamp_anchors, at=at)
        for token in seal.content_timestamps
    ]
    return (*content, *results)


def _validity_problem(facts: CertificateFacts, sealed_at: datetime) -> list[AtestoError]:
    if sealed_at < facts.not_before:
        detail = f"It was sealed on {sealed_at:%Y-%m-%d}; the certificate is valid from {facts.not_before:%Y-%m-%d}."
        return [VerificationError("seal.not_yet_valid", detail, pointer=_PROTECTED)]
    if sealed_at > facts.not_after:
        detail = f"It was sealed on {sealed_at:%Y-%m-%d}; the certificate had ended on {facts.not_after:%Y-%m-%d}."
        return [VerificationError("seal.expired", detail, pointer=_PROTECTED)]
    return []


_CHAIN_CODES: Final = {
    Fault.UNKNOWN: "seal.chain_unknown",
    Fault.WEAK: "seal.algorithm_weak",
    Fault.REVOKED: "seal.revoked",
}


def _chain_problem(then: ChainResult, seal: Seal) -> list[AtestoError]:
    """The certificate when it was sealed. Its own dates are `_validity_problem`'s; those of an authority above it break the chain."""
    if then.fault is None or (then.of_leaf and then.fault in {Fault.EXPIRED, Fault.NOT_YET_VALID}):
        return []
    code = _CHAIN_CODES.get(then.fault, "seal.chain_broken")
    return [VerificationError(code, f"When it was sealed ({format_timestamp(seal.claimed_at)}): {then.detail}", pointer=_PROTECTED)]


def _use_problem(facts: CertificateFacts) -> list[AtestoError]:
    if facts.may_seal:
        return []
    return [VerificationError("seal.certificate_use", "Its key usage allows no signatures, or it is an authority's.", pointer=_PROTECTED)]


def _later_problem(today: ChainResult | None, facts: CertificateFacts, now: datetime) -> list[AtestoError]:
    """What has become of the certificate since, where that matters. One that is an anchor itself has its own dates all the same."""
    if today is None:
        return []
    if today.fault is Fault.EXPIRED or now > facts.not_after:
        ended = today.detail or f"The certificate expired on {facts.not_after:%Y-%m-%d}."
        return [VerificationError("seal.expired_since", f"{ended} Nothing proves that it was sealed before.", pointer=_PROTECTED)]
    if today.fault is Fault.REVOKED:
        code = "seal.revoked_since" if today.of_leaf else "seal.authority_revoked_since"
        return [VerificationError(code, f"{today.detail} Nothing proves that it was sealed before.", pointer=_PROTECTED)]
    return []


def _revocation(then: ChainResult, today: ChainResult) -> str:
    if Fault.REVOKED in {then.fault, today.fault}:
        return "revoked"
    return "good" if then.revocation_known or today.revocation_known else "not_checked"


def _time_problems(seal: Seal, timestamps: tuple[TimestampResult, ...], ahead: datetime) -> list[AtestoError]:
    found: list[AtestoError] = [
        VerificationError("seal.content_timestamp", one.detail, pointer=_PROTECTED)
        for one in timestamps
        if one.kind == "adoTst" and one.state is TimestampState.FAILED
    ]
    if not _in_order([one for one in timestamps if one.state is TimestampState.TRUSTED]):
        detail = "Timestamps that are trusted state times in an order that cannot be."
        found.append(VerificationError("seal.timestamp_order", detail, pointer="/signatures/0/header/etsiU"))
    if seal.claimed_at > ahead:
        found.append(VerificationError("seal.claimed_time", "The seal says that it was made in the future.", pointer=_PROTECTED))
    return found


def _in_order(trusted: list[TimestampResult]) -> bool:
    """Content before signature, and each archive after all before it; authorities' clocks may differ by as much as clocks do."""
    skew = timedelta(seconds=limits.CLOCK_SKEW_SECONDS)
    content = [one.time for one in trusted if one.kind == "adoTst" and one.time]
    before: list[datetime] = []
    for one in trusted:
        if one.time is None or one.kind == "adoTst":
            continue
        if content and one.time + skew < max(content):
            return False
        if one.kind == "arcTst" and before and one.time + skew < max(before):
            return False
        before.append(one.time)
    return True


def _level(seal: Seal, material: Material, timestamps: tuple[TimestampResult, ...]) -> str:
    holding = {one.kind for one in timestamps if one.state is not TimestampState.FAILED}
    if "sigTst" not in holding:
        return "B-B"
    if not (material.crls or material.responses) or not any(part.name == "rVals" for part in seal.parts):
        return "B-T"
    return "B-LTA" if "arcTst" in holding else "B-LT"
