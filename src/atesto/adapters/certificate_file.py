"""Files of certificates and of the keys beside them: PEM, DER, PKCS#12. Which is which is told by their bytes.

Checks of a file with a key, in order:
1. it is private to this user (`private_file`), as the key store is;
2. it is PEM with one private key and certificates, or PKCS#12; a passphrase opens it where it is locked;
3. the key is the first certificate's, and one that seals are made with: RSA of 2,048 bits or more, P-256, P-384;
4. the certificate may seal: key usage, no authority's.
It does not check whether the certificate is valid today: who seals, and `atesto doctor`, do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12

from atesto import limits
from atesto.adapters.private_file import read_private_file
from atesto.errors import AtestoError, CustodyError, MalformedInput, VerificationError
from atesto.proofs.jades.certificate import certificate_of
from atesto.proofs.jades.seal import ALGORITHMS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_PEM: Final = b"-----BEGIN "
_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.+?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL)
_HASHES: Final = {"P-256": hashes.SHA256(), "P-384": hashes.SHA384()}
_CODE: Final = "custody.seal_certificate"


@dataclass(frozen=True, slots=True)
class SoftwareSealKey:
    """A `SealKey` in this process's memory."""

    chain: tuple[bytes, ...]
    key: _PrivateKey = field(repr=False)

    async def sign(self, data: bytes) -> bytes:
        """The raw signature over `data`, verified: a flipped bit discloses a key as well as spoiling the seal.

        Raises CustodyError `custody.signer_failed`.
        """
        public = certificate_of(self.chain[0]).public_key
        signature = self._signature(data, public.algorithm)
        try:
            public.verify(signature, data, jws_algorithm=ALGORITHMS[public.algorithm][0])
        except VerificationError:
            raise CustodyError("custody.signer_failed", "A signature of the seal's key did not verify after it was made.") from None
        return signature

    def _signature(self, data: bytes, algorithm: str) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        size = (self.key.key_size + 7) // 8
        r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(_HASHES[algorithm])))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


@dataclass(frozen=True, slots=True)
class OneSealKey:
    """`SealKeys` where there is one certificate, whatever organisation is asked for."""

    key: SoftwareSealKey

    def key_for(self, organization_identifier: str | None) -> SoftwareSealKey:  # noqa: ARG002 - the interface's
        """The one."""
        return self.key


def read_seal_key(path: Path, passphrase: bytes | None) -> SoftwareSealKey:
    """The certificate, those above it and the key in the file. Raises CustodyError `custody.*`."""
    # Secret mounts are chains of symbolic links; what they lead to must be private all the same.
    data = read_private_file(path.resolve(), max_bytes=limits.MAX_SEAL_FILE_BYTES)
    try:
        key, certificates = _from_pem(data, passphrase) if _PEM in data else _from_pkcs12(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise CustodyError(
            _CODE, f"The file {path} holds no certificate and key that can be read; it may be locked by another passphrase."
        ) from None
    if key is None or not certificates:
        raise CustodyError(_CODE, f"The file {path} does not hold both a certificate and its private key.")
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CustodyError(_CODE, f"The key in {path} is neither RSA nor P-256 nor P-384.")
    own = [one for one in certificates if one.public_key() == key.public_key()]
    if not own:
        raise CustodyError(_CODE, f"None of the certificates in {path} is that of its key.")
    chain = tuple(one.public_bytes(Encoding.DER) for one in _upwards(own[0], certificates))
    _check(chain[0], path)
    return SoftwareSealKey(chain, key)


def read_anchors(paths: Iterable[Path]) -> tuple[bytes, ...]:
    """The certificates (DER) in files of PEM or DER, which are public. Raises MalformedInput `settings.invalid`."""
    found: list[bytes] = []
    for path in paths:
        try:
            data = path.read_bytes()
            if len(data) > limits.MAX_SEAL_FILE_BYTES:
                raise MalformedInput("settings.invalid", f"The file {path} is larger than one of certificates.")
            certificates = x509.load_pem_x509_certificates(data) if _PEM in data else [x509.load_der_x509_certificate(data)]
        except OSError as error:
            raise MalformedInput("settings.invalid", f"The certificates {path} cannot be read: {error.strerror}.") from None
        except ValueError:
            raise MalformedInput("settings.invalid", f"There are no certificates in {path}.") from None
        found += [one.public_bytes(Encoding.DER) for one in certificates]
    for der in found:
        try:
            _ = certificate_of(der).facts
        except AtestoError as error:
            raise MalformedInput("settings.invalid", f"A certificate that is to be trusted cannot be used. {error.detail}") from None
    return tuple(found)


def _from_pem(data: bytes, passphrase: bytes | None) -> tuple[object, list[x509.Certificate]]:
    keys = _KEY.findall(data)
    if len(keys) != 1:
        return None, []
    # An operator who sets a passphrase for a file that is not locked is not told that it was of no use.
    locked = b"ENCRYPTED" in keys[0]
    return load_pem_private_key(keys[0], passphrase if locked else None), x509.load_pem_x509_certificates(data)


def _from_pkcs12(data: bytes, passphrase: bytes | None) -> tuple[object, list[x509.Certificate]]:
    store = pkcs12.load_pkcs12(data, passphrase)
    found = [store.cert, *store.additional_certs]
    return store.key, [one.certificate for one in found if one is not None]


def _upwards(leaf: x509.Certificate, certificates: list[x509.Certificate]) -> list[x509.Certificate]:
    """The certificate and those above it, as far as they are there; a root that signs itself is everybody's own."""
    chain = [leaf]
    while len(chain) < limits.MAX_SEAL_CHAIN and chain[-1].issuer != chain[-1].subject:
        above = next((one for one in certificates if one.subject == chain[-1].issuer and one not in chain), None)
        if above is None or above.issuer == above.subject:
            break
        chain.append(above)
    return chain


def _check(leaf: bytes, path: Path) -> None:
    certificate = certificate_of(leaf)
    try:
        facts, algorithm = certificate.facts, certificate.public_key.algorithm
    except AtestoError as error:
        raise CustodyError(_CODE, f"The certificate in {path} cannot seal. {error.detail}") from None
    if algorithm not in ALGORITHMS or not facts.may_seal:
        raise CustodyError(_CODE, f"The certificate in {path} is not one for sealing: its key usage allows no signatures.")
