"""A public key, checked when made.

Checks of the constructor, in order:
1. the algorithm is in the table;
2. the exact length;
3. Ed25519: the point rules of `edwards25519`; EC: compressed, on the curve, and so not the point at infinity (SEC 1 2.3.4);
   RSA: the rules of `rsa`.

Checks of `verify`, in order:
4. the exact length of the signature;
5. Ed25519: S < L (RFC 8032 5.1.7); ECDSA: r and s in [1, n-1]; a high s is valid, since hardware emits it;
6. the signature over the data, cofactorless for Ed25519, with the algorithm's own hash for ECDSA; RSA with the padding that is asked for.

It does not check whose key this is, nor what it may be used for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from atesto.errors import MalformedInput, UnsupportedFeature, VerificationError
from atesto.keys.algorithms import EVERY_ALGORITHM, KeyAlgorithm
from atesto.keys.edwards25519 import check_point
from atesto.keys.rsa import parse_rsa, verify_rsa

_Handle: TypeAlias = Ed25519PublicKey | ec.EllipticCurvePublicKey | RSAPublicKey

CURVES: Final[dict[str, ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1(),
    "P-384": ec.SECP384R1(),
    "P-521": ec.SECP521R1(),
    "secp256k1": ec.SECP256K1(),
}
HASHES: Final[dict[str, hashes.HashAlgorithm]] = {"SHA-256": hashes.SHA256(), "SHA-384": hashes.SHA384(), "SHA-512": hashes.SHA512()}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that passed the checks above; equal to another of the same algorithm and bytes.

    Raises UnsupportedFeature `key.unsupported`, MalformedInput `key.malformed`, `key.length` or `key.weak`.
    """

    algorithm: str
    raw: bytes
    """32 bytes for Ed25519, the compressed SEC 1 point for EC, a SubjectPublicKeyInfo for RSA."""
    _handle: _Handle = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_handle", _parse(self.parameters, self.raw))

    def __reduce__(self) -> tuple[object, ...]:
        """Keys cross process boundaries as bytes: the parsed handle cannot."""
        return (PublicKey, (self.algorithm, self.raw))

    @property
    def parameters(self) -> KeyAlgorithm:
        """The algorithm's row. Raises UnsupportedFeature `key.unsupported`."""
        parameters = EVERY_ALGORITHM.get(self.algorithm)
        if parameters is None:
            raise UnsupportedFeature("key.unsupported", f"Keys of algorithm {self.algorithm!r} are not used here.")
        return parameters

    def coordinates(self) -> tuple[int, int]:
        """The affine point (x, y) of an EC key. Raises UnsupportedFeature `key.unsupported` for the others."""
        if not isinstance(self._handle, ec.EllipticCurvePublicKey):
            raise UnsupportedFeature("key.unsupported", f"An {self.algorithm} key has no affine coordinates.")
        numbers = self._handle.public_numbers()
        return numbers.x, numbers.y

    def modulus_and_exponent(self) -> tuple[int, int]:
        """The modulus and the exponent of an RSA key. Raises UnsupportedFeature `key.unsupported` for the others."""
        if not isinstance(self._handle, RSAPublicKey):
            raise UnsupportedFeature("key.unsupported", f"A key of algorithm {self.algorithm} has no modulus.")
        numbers = self._handle.public_numbers()
        return numbers.n, numbers.e

    def verify(self, signature: bytes, data: bytes, *, jws_algorithm: str | None = None) -> None:
        """Returns when `signature` (R||S, r||s, or as long as an RSA modulus) is this key's over `data`.

        `jws_algorithm`, one of the key's own, chooses the padding of RSA. Raises VerificationError `proof.signature_invalid`.
        """
        parameters = self.parameters
        expected = parameters.signature_bytes
        if isinstance(self._handle, RSAPublicKey):
            expected = (self._handle.key_size + 7) // 8
        half = expected // 2
        if len(signature) != expected:
            raise _refusal(f"it has {len(signature)} bytes instead of {expected}")
        try:
            if isinstance(self._handle, RSAPublicKey):
                verify_rsa(self._handle, signature, data, jws_algorithm or parameters.jws_algorithms[0])
            elif isinstance(self._handle, Ed25519PublicKey):
                if int.from_bytes(signature[half:], "little") >= parameters.order:
                    raise _refusal("its scalar is not below the order of the group")
                self._handle.verify(signature, data)
            else:
                r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
                if not (0 < r < parameters.order and 0 < s < parameters.order):
                    raise _refusal("its numbers are outside [1, n-1]")
                self._handle.verify(encode_dss_signature(r, s), data, ec.ECDSA(HASHES[parameters.hash_name]))
        except InvalidSignature:
            raise _refusal("the data or the signature was changed, or it was made with another key") from None


def _refusal(reason: str) -> VerificationError:
    return VerificationError("proof.signature_invalid", f"The signature does not fit: {reason}.")


def _parse(parameters: KeyAlgorithm, raw: bytes) -> _Handle:
    if parameters.name == "RSA":
        return parse_rsa(raw)
    if len(raw) != parameters.public_bytes:
        raise MalformedInput("key.length", f"The {parameters.name} key has {len(raw)} bytes instead of {parameters.public_bytes}.")
    if parameters.name == "Ed25519":
        check_point(raw)
        return Ed25519PublicKey.from_public_bytes(raw)
    try:
        # At this length OpenSSL takes the compressed form alone, and only x below the prime: one encoding a key.
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVES[parameters.name], raw)
    except ValueError:
        raise MalformedInput("key.malformed", f"The {parameters.name} key is not a compressed point of its curve.") from None
