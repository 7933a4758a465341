"""A private key in this process's memory.

Signatures are deterministic (RFC 8032; RFC 6979 for ECDSA; RS256 by its padding): a bad random source at signing time discloses no key.
Secrets live in Python objects and cannot be wiped; the constant-time behaviour is OpenSSL's, nothing is claimed beyond it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from atesto import limits
from atesto.errors import MalformedInput, UnsupportedFeature
from atesto.keys.algorithms import ALGORITHMS, SIGNING_ALGORITHMS, KeyAlgorithm
from atesto.keys.public_key import CURVES, HASHES, PublicKey
from atesto.keys.rsa import generate_rsa, parse_rsa_secret, rsa_secret, sign_rsa

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hashes

_Handle: TypeAlias = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | RSAPrivateKey


def _signature_scheme(hash_algorithm: hashes.HashAlgorithm) -> ec.ECDSA:
    try:
        return ec.ECDSA(hash_algorithm, deterministic_signing=True)
    except UnsupportedAlgorithm:
        # An OpenSSL older than 3.2 (a distribution's own build of cryptography): random nonces, as valid, not reproducible.
        return ec.ECDSA(hash_algorithm)


_SCHEMES: Final = {name: _signature_scheme(hash_algorithm) for name, hash_algorithm in HASHES.items()}


class PrivateKey:
    """One signing key. Its secret shows in no representation and does not pickle."""

    __slots__ = ("_handle", "algorithm", "public_key")

    def __init__(self, algorithm: str, handle: _Handle) -> None:
        """Use `generate` or `from_seed`."""
        self.algorithm: Final = algorithm
        self._handle: Final = handle
        self.public_key: Final = PublicKey(algorithm, _public_bytes(handle))

    @classmethod
    def generate(cls, algorithm: str, *, bits: int = limits.RSA_BITS) -> PrivateKey:
        """A fresh key from the operating system's random source; `bits` is the length of an RSA modulus.

        Raises UnsupportedFeature `key.unsupported`, MalformedInput `key.weak`, `key.malformed` for an RSA modulus that is not used.
        """
        parameters = _parameters(algorithm)
        if parameters.name == "RSA":
            return cls(algorithm, generate_rsa(bits))
        if parameters.name == "Ed25519":
            return cls(algorithm, Ed25519PrivateKey.generate())
        return cls(algorithm, ec.generate_private_key(CURVES[algorithm]))

    @classmethod
    def from_seed(cls, algorithm: str, seed: bytes) -> PrivateKey:
        """The key of an Ed25519 seed (RFC 8032 5.1.5), an EC scalar, big-endian at the field's length, or an RSA key in PKCS #8 (DER).

        Raises UnsupportedFeature `key.unsupported`, MalformedInput `key.malformed` for a wrong length or a scalar outside [1, n-1], and
        for RSA what `rsa` raises.
        """
        parameters = _parameters(algorithm)
        if parameters.name == "RSA":
            return cls(algorithm, parse_rsa_secret(seed))
        if len(seed) != parameters.secret_bytes:
            raise MalformedInput("key.malformed", f"The {algorithm} secret has {len(seed)} bytes instead of {parameters.secret_bytes}.")
        if parameters.name == "Ed25519":
            return cls(algorithm, Ed25519PrivateKey.from_private_bytes(seed))
        scalar = int.from_bytes(seed, "big")
        if not 0 < scalar < parameters.order:
            raise MalformedInput("key.malformed", f"The {algorithm} secret is outside [1, n-1].")
        return cls(algorithm, ec.derive_private_key(scalar, CURVES[algorithm]))

    def seed(self) -> bytes:
        """The secret itself, in the form that `from_seed` takes: for the encrypted store alone."""
        if isinstance(self._handle, Ed25519PrivateKey):
            return self._handle.private_bytes_raw()
        if isinstance(self._handle, RSAPrivateKey):
            return rsa_secret(self._handle)
        return self._handle.private_numbers().private_value.to_bytes(ALGORITHMS[self.algorithm].secret_bytes, "big")

    def sign(self, data: bytes) -> bytes:
        """The raw signature over `data`: R||S for Ed25519, r||s for ECDSA (RFC 7518 3.4), RS256 for RSA."""
        if isinstance(self._handle, Ed25519PrivateKey):
            return self._handle.sign(data)
        if isinstance(self._handle, RSAPrivateKey):
            return sign_rsa(self._handle, data)
        parameters = ALGORITHMS[self.algorithm]
        r, s = decode_dss_signature(self._handle.sign(data, _SCHEMES[parameters.hash_name]))
        half = parameters.signature_bytes // 2
        return r.to_bytes(half, "big") + s.to_bytes(half, "big")

    def __repr__(self) -> str:
        return f"PrivateKey(of {self.public_key!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Secrets do not travel: raises TypeError."""
        raise TypeError("A private key cannot be pickled.")


def _parameters(algorithm: str) -> KeyAlgorithm:
    parameters = SIGNING_ALGORITHMS.get(algorithm)
    if parameters is None:
        raise UnsupportedFeature("key.unsupported", f"Keys of algorithm {algorithm!r} are not used here.")
    return parameters


def _public_bytes(handle: _Handle) -> bytes:
    if isinstance(handle, Ed25519PrivateKey):
        return handle.public_key().public_bytes_raw()
    if isinstance(handle, RSAPrivateKey):
        return handle.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return handle.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
