"""What an X.509 certificate says of whoever seals: names, the organisation's identifier, times, and statements about qualification.

Read, not believed: whether the certificate may be believed is `chain`'s matter. Statements are those of ETSI EN 319 412-5.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from asn1crypto import core, x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from atesto import limits
from atesto.encoding.base64url import encode_base64url
from atesto.errors import MalformedInput, UnsupportedFeature
from atesto.keys.public_key import PublicKey
from atesto.proofs.jades.asn1 import reading

if TYPE_CHECKING:
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject

CODE: Final = "seal.certificate_malformed"
_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"
_QUALIFIED: Final = "0.4.0.1862.1.1"
_DEVICE: Final = "0.4.0.1862.1.4"
_TYPE: Final = "0.4.0.1862.1.6"
_TYPES: Final = {"0.4.0.1862.1.6.1": "signature", "0.4.0.1862.1.6.2": "seal", "0.4.0.1862.1.6.3": "website"}
_CURVES: Final = {"secp256r1": "P-256", "secp384r1": "P-384"}
_SIGNING: Final = frozenset({"digital_signature", "non_repudiation"})


class _Statement(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    _fields: Final = [("id", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]


class _Statements(core.SequenceOf):  # type: ignore[misc]  # asn1crypto has no types
    _child_spec = _Statement


class _Identifiers(core.SequenceOf):  # type: ignore[misc]  # asn1crypto has no types
    _child_spec = core.ObjectIdentifier


@dataclass(frozen=True, slots=True)
class Qualification:
    """What the certificate states of itself: a qualified certificate, what it is for, and whether the key lies in a qualified device."""

    certificate: bool
    purpose: str | None
    """"signature", "seal" or "website"; None where it does not say."""
    device: bool

    @property
    def sentence(self) -> str:
        """The kind of seal, in the words of Regulation (EU) 910/2014."""
        if not self.certificate:
            return "advanced seal"
        return "qualified seal" if self.device and self.purpose == "seal" else "advanced seal with a qualified certificate"

    def to_json(self) -> JsonObject:
        """`{seal, qualifiedCertificate, qualifiedDevice, certificateFor}`."""
        return {
            "seal": self.sentence,
            "qualifiedCertificate": self.certificate,
            "qualifiedDevice": self.device,
            "certificateFor": self.purpose,
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names; None where it does not."""

    common_name: str | None
    organization: str | None
    organization_identifier: str | None
    country: str | None

    @property
    def shown(self) -> str:
        """The name for people."""
        return self.common_name or self.organization or self.organization_identifier or "unnamed"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate as plain values. `thumbprint` is the SHA-256 of its DER in base64url, as `x5t#S256` writes it."""

    subject: Subject
    issuer: Subject
    not_before: datetime
    not_after: datetime
    thumbprint: str
    may_seal: bool
    """Whether its key usage allows signatures, and it is no authority's."""
    qualification: Qualification

    def holds_at(self, moment: datetime) -> bool:
        """Whether `moment` lies in its period of validity."""
        return self.not_before <= moment <= self.not_after


@dataclass(frozen=True)
class Certificate:
    """One certificate as bytes; parsed once, when it is first asked."""

    der: bytes

    @cached_property
    def parsed(self) -> Any:
        """The asn1crypto structure. Raises MalformedInput `seal.certificate_malformed`."""
        if len(self.der) > limits.MAX_CERTIFICATE_BYTES:
            raise MalformedInput(CODE, f"A certificate has more than {limits.MAX_CERTIFICATE_BYTES} bytes.")
        with reading(CODE, "A certificate"):
            certificate = x509.Certificate.load(self.der, strict=True)
            # Touched, so that bytes that are no certificate are found here.
            _ = (certificate.issuer.native, certificate.subject.native, certificate.serial_number, certificate.public_key.algorithm)
            return certificate

    @cached_property
    def facts(self) -> CertificateFacts:
        """What it says. Raises MalformedInput `seal.certificate_malformed`."""
        parsed = self.parsed
        with reading(CODE, "A certificate"):
            usage = parsed.key_usage_value
            return CertificateFacts(
                subject=_named(parsed.subject),
                issuer=_named(parsed.issuer),
                not_before=parsed.not_valid_before,
                not_after=parsed.not_valid_after,
                thumbprint=encode_base64url(hashlib.sha256(self.der).digest()),
                may_seal=not parsed.ca and (usage is None or not _SIGNING.isdisjoint(usage.native)),
                qualification=_qualification(parsed),
            )

    @cached_property
    def public_key(self) -> PublicKey:
        """The key: RSA, P-256 or P-384.

        Raises MalformedInput `seal.certificate_malformed`, `key.weak`, `key.malformed`; UnsupportedFeature `key.unsupported`.
        """
        parsed = self.parsed
        try:
            with reading(CODE, "The key of a certificate"):
                key = load_der_public_key(parsed.public_key.dump())
        except UnsupportedAlgorithm:
            raise UnsupportedFeature("key.unsupported", "The certificate's key is of a kind that is not used here.") from None
        if isinstance(key, rsa.RSAPublicKey):
            return PublicKey("RSA", key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
            return PublicKey(_CURVES[key.curve.name], key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
        raise UnsupportedFeature("key.unsupported", "The certificate's key is neither RSA nor P-256 nor P-384.")


@lru_cache(maxsize=limits.MAX_CACHED_CERTIFICATES)
def certificate_of(der: bytes) -> Certificate:
    """The certificate of these bytes. The same object for the same bytes: a seal brings each of its authorities several times."""
    return Certificate(der)


def _named(name: Any) -> Subject:
    found = name.native
    return Subject(
        common_name=_text(found.get("common_name")),
        organization=_text(found.get("organization_name")),
        organization_identifier=_text(found.get("organization_identifier")),
        country=_text(found.get("country_name")),
    )


def _text(value: object) -> str | None:
    # An attribute that stands twice is a list: whoever reads one of two names believes something that was not said.
    if not isinstance(value, str):
        return None
    return value[: limits.MAX_NAME_CHARACTERS]


def _qualification(parsed: Any) -> Qualification:
    statements: dict[str, Any] = {}
    for extension in parsed["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == _STATEMENTS:
            for row in _Statements.load(bytes(extension["extn_value"]), strict=True):
                statements[row["id"].dotted] = row["info"]
    purposes: list[str] = []
    if _TYPE in statements:
        purposes = [_TYPES[one.dotted] for one in statements[_TYPE].parse(_Identifiers) if one.dotted in _TYPES]
    return Qualification(_QUALIFIED in statements, purposes[0] if len(purposes) == 1 else None, _DEVICE in statements)
