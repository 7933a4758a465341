"""From a certificate to an anchor (RFC 5280 section 6), at a moment, with the revocation data at hand: the gateway to the path validator.

Checks, of each path from an anchor until one holds:
1. every signature, by an algorithm that is not weak (no MD5, no SHA-1, RSA of 2,048 bits at least);
2. every certificate below the anchor valid at that moment;
3. none revoked before it, as far as a CRL or an OCSP response that was handed over says, itself signed by who may sign it; one that is out
   of date says nothing good any more, and what it says to be revoked stays revoked;
4. authorities are authorities; lengths, names, policies and critical extensions as they demand.

Nothing is fetched. An anchor is believed because the operator names it: its own dates and signature are not judged. Where the certificate
itself is an anchor, nothing is left to judge. It does not check what the certificate may be used for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from asn1crypto import crl, ocsp
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    StaleRevinfoError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import CertificateRegistry
from pyhanko_certvalidator.validate import async_validate_path

from atesto import limits
from atesto.errors import MalformedInput
from atesto.proofs.jades.asn1 import FAULTS
from atesto.proofs.jades.certificate import certificate_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from datetime import datetime

T = TypeVar("T")


_NOBODY: Final = "The certificates lead to no authority that this node trusts."


class Fault(StrEnum):
    """Why no path holds."""

    UNKNOWN = "unknown"
    """No path leads to an anchor."""
    BROKEN = "broken"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class ChainResult:
    """What became of one certificate at one moment."""

    fault: Fault | None
    detail: str = ""
    of_leaf: bool = True
    """Whether the fault is the certificate's own, not one of an authority above it."""
    revocation_known: bool = False
    """Whether something that was handed over says that the certificate was not revoked."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a seal brings for the judging of certificates, in DER: nobody vouches for it, so all of it is judged."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    responses: tuple[bytes, ...] = ()


class _OutOfDateError(ValueError):
    """The revocation data were good until then, and not any more."""

    def __init__(self, last_usable: datetime) -> None:
        super().__init__("out of date")
        self.last_usable = last_usable


class _TooManyPathsError(ValueError):
    """The certificates sign one another in more ways than are followed."""


class _BoundedRegistry(CertificateRegistry):
    """Certificates that sign one another crosswise make more paths than there are atoms: the steps are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def find_potential_issuers(self, cert: Any, trust_manager: Any) -> Iterator[Any]:
        self._steps += 1
        if self._steps > limits.MAX_CHAIN_STEPS:
            raise _TooManyPathsError
        yield from super().find_potential_issuers(cert, trust_manager)


_RULES: Final = RevocationCheckingRule
_REQUIRED: Final = RevocationCheckingPolicy(_RULES.CRL_OR_OCSP_REQUIRED, _RULES.CHECK_IF_DECLARED_SOFT)
_IF_THERE: Final = RevocationCheckingPolicy(_RULES.CHECK_IF_DECLARED_SOFT, _RULES.CHECK_IF_DECLARED_SOFT)
_NEVER: Final = RevocationCheckingPolicy(_RULES.NO_CHECK, _RULES.NO_CHECK)


@lru_cache(maxsize=limits.MAX_CACHED_CHAINS)
def judge_chain(leaf: bytes, material: Material, anchors: tuple[bytes, ...], at: datetime) -> ChainResult:
    """What became of `leaf` at `at`, under `anchors`. Never raises for what a stranger sent; `anchors` are the operator's, and sound."""
    roots = [certificate_of(anchor).parsed for anchor in anchors]
    if not roots:
        return ChainResult(Fault.UNKNOWN, _NOBODY)
    try:
        certificate = certificate_of(leaf).parsed
    except MalformedInput as error:
        return ChainResult(Fault.BROKEN, error.detail)
    given = _Parsed(
        [parsed for der in material.certificates if (parsed := _read(der)) is not None],
        roots,
        _lists(material.crls, crl.CertificateList),
        _lists(material.responses, ocsp.OCSPResponse),
    )
    try:
        return _judged(certificate, given, at)
    except FAULTS:
        return ChainResult(Fault.BROKEN, "The certificates cannot be followed to an authority.")


def _judged(certificate: Any, given: _Parsed, at: datetime) -> ChainResult:
    """With revocation data wanted, then taken where there are some, then without: the first that can be answered."""
    for policy in (_REQUIRED, _IF_THERE) if given.crls or given.responses else ():
        try:
            found = _run(_validated(certificate, given, policy, at))
        except _OutOfDateError as error:
            found = _run(_validated(certificate, given, policy, error.last_usable))
            if found is None or found.fault is not Fault.REVOKED:
                continue
        if found is not None:
            return found
    return _run(_validated(certificate, given, _NEVER, at)) or ChainResult(Fault.BROKEN, "The revocation data cannot be judged.")


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The material and the anchors as the path validator takes them."""

    others: list[Any]
    roots: list[Any]
    crls: list[Any]
    responses: list[Any]

    def context(self, policy: RevocationCheckingPolicy, at: datetime) -> ValidationContext:
        registry = _BoundedRegistry()
        for other in self.others:
            registry.register(other)
        return ValidationContext(
            trust_roots=self.roots,
            moment=at,
            best_signature_time=at,
            crls=self.crls,
            ocsps=self.responses,
            certificate_registry=registry,
            # Lists that were made after the seal say more about it, not less: what they revoke later is not counted.
            revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        )


async def _validated(certificate: Any, given: _Parsed, policy: RevocationCheckingPolicy, at: datetime) -> ChainResult | None:
    """None: the revocation data do not suffice for `policy`. Raises _OutOfDateError when they did, earlier."""
    context = given.context(policy, at)
    first: ChainResult | None = None
    insufficient, last_usable = False, None
    paths = context.path_builder.async_build_paths_lazy(certificate)
    for _ in range(limits.MAX_CHAIN_PATHS):
        try:
            path = await anext(paths)
        except StopAsyncIteration:
            break
        except PathBuildingError:
            return ChainResult(Fault.UNKNOWN, _NOBODY)
        try:
            await async_validate_path(context, path)
        except StaleRevinfoError as error:
            insufficient, last_usable = True, error.time_cutoff
        except InsufficientRevinfoError:
            insufficient = True
        except ValidationError as error:
            first = first or _fault(error)
        else:
            return ChainResult(None, revocation_known=policy is _REQUIRED and path.pkix_len > 0)
    if last_usable is not None and last_usable < at:
        # A second before: at the very end of their time they are out of date already.
        raise _OutOfDateError(last_usable - timedelta(seconds=2))
    return None if insufficient else first or ChainResult(Fault.UNKNOWN, _NOBODY)


def _fault(error: ValidationError) -> ChainResult:
    own = bool(getattr(error, "is_ee_cert", True)) and not getattr(error, "is_side_validation", False)
    whose = "The certificate" if own else "A certificate of an authority above it"
    if isinstance(error, RevokedError):
        return ChainResult(Fault.REVOKED, f"{whose} was revoked on {error.revocation_dt:%Y-%m-%d}.", own)
    if isinstance(error, ExpiredError):
        return ChainResult(Fault.EXPIRED, f"{whose} expired on {error.expired_dt:%Y-%m-%d}.", own)
    if isinstance(error, NotYetValidError):
        return ChainResult(Fault.NOT_YET_VALID, f"{whose} is valid from {error.valid_from:%Y-%m-%d} only.", own)
    if isinstance(error, DisallowedAlgorithmError):
        return ChainResult(Fault.WEAK, f"{whose} is signed by an algorithm or a key that is too weak.", own)
    return ChainResult(Fault.BROKEN, "The certificates do not hold together: a signature, a name or a constraint fails.", own)


def _read(der: bytes) -> Any | None:
    try:
        return certificate_of(der).parsed
    except MalformedInput:
        return None


def _lists(values: tuple[bytes, ...], kind: type[Any]) -> list[Any]:
    found = []
    for der in values:
        try:
            value = kind.load(der, strict=True)
            # Touched, so that bytes that are none are left out here.
            _ = value["tbs_cert_list"]["this_update"].native if kind is crl.CertificateList else value["response_status"].native
        except FAULTS:
            continue
        found.append(value)
    return found


def _run(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing: the validator is asynchronous for the sake of fetching, which is off."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    finally:
        work.close()
    raise RuntimeError("The path validator waits for something.")
