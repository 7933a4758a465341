"""Seals of a node that has no seal certificate: an authority of its own, loudly named DEVELOPMENT, that certifies whatever it is asked to.

Its key and certificate stand in one private file, made when something is sealed for the first time. For each organisation there is a
certificate that lives as long as the process, with a key that stands nowhere. Nobody believes these seals unless he names that file as an
anchor.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from atesto import limits
from atesto.adapters.certificate_file import SoftwareSealKey
from atesto.adapters.private_file import create_private_file, make_private_folder, read_private_file
from atesto.errors import CustodyError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEVELOPMENT: Final = "DEVELOPMENT"
_YEARS: Final = timedelta(days=3_650)
_TERM: Final = timedelta(days=365)
_EARLIER: Final = timedelta(minutes=5)
_MAX_IDENTIFIERS: Final = 64
"""Organisations whose certificates are kept; a node for development seals for a few."""


class DevelopmentSealKeys:
    """`SealKeys` below an authority that nobody has reason to trust."""

    def __init__(self, path: Path, *, warn: Callable[[str], None]) -> None:
        """`path`: the file of the authority, which need not be there yet. `warn` tells the operator, a sentence at a time."""
        self._path: Final = path
        self._warn: Final = warn
        self._keys: dict[str | None, SoftwareSealKey] = {}

    def key_for(self, organization_identifier: str | None) -> SoftwareSealKey:
        """One that says it is that organisation's. Raises CustodyError `custody.*`."""
        known = self._keys.get(organization_identifier)
        if known is not None:
            return known
        authority, key = self._authority()
        if len(self._keys) >= _MAX_IDENTIFIERS:
            self._keys.clear()
        made = _certified(organization_identifier, authority, key)
        self._keys[organization_identifier] = made
        self._warn(f"The seal is made with a {DEVELOPMENT} certificate, since seal.certificate names none: nobody has reason to trust it.")
        return made

    def _authority(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        if not self._path.exists():
            make_private_folder(self._path.parent)
            create_private_file(self._path, _new_authority())
            self._warn(f"A {DEVELOPMENT} authority for seals was made: {self._path}.")
        data = read_private_file(self._path, max_bytes=limits.MAX_SEAL_FILE_BYTES)
        try:
            key = load_pem_private_key(data, None)
            certificate = x509.load_pem_x509_certificate(data)
        except (ValueError, TypeError):
            raise CustodyError("custody.seal_certificate", f"The file {self._path} is damaged; delete it to have a new one made.") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate.not_valid_after_utc < datetime.now(UTC) + _TERM:
            raise CustodyError("custody.seal_certificate", f"The file {self._path} is too old; delete it to have a new one made.")
        return certificate, key


def _new_authority() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(f"{DEVELOPMENT} authority for seals")
    now = datetime.now(UTC)
    certificate = (
        _builder(subject, subject, key, now, now + _YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)


def _certified(identifier: str | None, authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey) -> SoftwareSealKey:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    try:
        certificate = (
            _builder(_name(f"{DEVELOPMENT} seal", identifier), authority.subject, key, now, now + _TERM)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(authority=False), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
            .sign(authority_key, hashes.SHA256())
        )
    except ValueError:
        raise CustodyError("custody.seal_certificate", "The issuer's identifier is none that a certificate can state.") from None
    return SoftwareSealKey((certificate.public_bytes(Encoding.DER), authority.public_bytes(Encoding.DER)), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str, identifier: str | None = None) -> x509.Name:
    rows = [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEVELOPMENT)]
    if identifier:
        rows.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier))
    return x509.Name(rows)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
