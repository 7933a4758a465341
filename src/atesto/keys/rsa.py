"""RSA keys (RFC 8017 section 3): of others, whose tokens they verify by RS256 and PS256; our own, for tokens by RS256.

Checks, in order:
1. the modulus has between MIN_RSA_BITS and MAX_RSA_BITS bits, and is odd;
2. the exponent is odd, at least 65537 (FIPS 186-5 A.1.1) and short: with 1 anybody signs;
3. the modulus does not carry the fingerprint of the keys whose factors can be computed (ROCA, CVE-2017-15361).

It does not check that the modulus has two factors only: no short proof of that exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from atesto import limits
from atesto.errors import MalformedInput

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.padding import AsymmetricPadding

_PADDINGS: Final[dict[str, AsymmetricPadding]] = {
    "RS256": padding.PKCS1v15(),
    # RFC 7518 3.5: the salt is as long as the hash, the mask function has the same hash.
    "PS256": padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=hashes.SHA256.digest_size),
}
_EXPONENT: Final = 65_537
_ROCA_PRIMES: Final = (11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)


def _powers(prime: int) -> frozenset[int]:
    """The residues that 65537 reaches: the faulty generator makes its primes, and so their product, of these alone."""
    found, value = set(), 1
    while value not in found:
        found.add(value)
        value = value * _EXPONENT % prime
    return frozenset(found)


_ROCA_RESIDUES: Final = {prime: _powers(prime) for prime in _ROCA_PRIMES}


def rsa_raw(modulus: int, exponent: int) -> bytes:
    """The SubjectPublicKeyInfo (DER) of a key that passed the checks. Raises MalformedInput `key.malformed`, `key.weak`."""
    check_rsa(modulus, exponent)
    return RSAPublicNumbers(exponent, modulus).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def generate_rsa(bits: int) -> RSAPrivateKey:
    """A fresh key. Raises MalformedInput `key.weak`, `key.malformed` for a length outside the bounds."""
    if not limits.MIN_RSA_BITS <= bits <= limits.MAX_RSA_BITS:
        code = "key.weak" if bits < limits.MIN_RSA_BITS else "key.malformed"
        raise MalformedInput(code, f"RSA keys have {limits.MIN_RSA_BITS} to {limits.MAX_RSA_BITS} bits, not {bits}.")
    return rsa.generate_private_key(_EXPONENT, bits)


def rsa_secret(key: RSAPrivateKey) -> bytes:
    """The secret as a PrivateKeyInfo (PKCS #8, DER), unencrypted: for the encrypted store alone."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def parse_rsa_secret(data: bytes) -> RSAPrivateKey:
    """The key of a PrivateKeyInfo. Raises MalformedInput `key.malformed`, `key.weak`."""
    try:
        key = load_der_private_key(data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise MalformedInput("key.malformed", "The RSA secret is not a PrivateKeyInfo.") from None
    if not isinstance(key, RSAPrivateKey):
        raise MalformedInput("key.malformed", "The PrivateKeyInfo holds no RSA key.")
    numbers = key.public_key().public_numbers()
    check_rsa(numbers.n, numbers.e)
    return key


def sign_rsa(key: RSAPrivateKey, data: bytes) -> bytes:
    """The signature over `data` by RS256 (RFC 7518 section 3.3)."""
    return key.sign(data, _PADDINGS["RS256"], hashes.SHA256())


def rsa_from_pkcs1(data: bytes) -> bytes:
    """The SubjectPublicKeyInfo of an RSAPublicKey (RFC 8017 A.1.1), which is how a Multikey holds one. Raises as `rsa_raw`."""
    try:
        key = load_der_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    # The loader takes a SubjectPublicKeyInfo too: one key has one Multikey, so the bytes have to be those that we would write.
    if not isinstance(key, rsa.RSAPublicKey) or key.public_bytes(Encoding.DER, PublicFormat.PKCS1) != data:
        raise MalformedInput("key.malformed", "The RSA key is not a DER-encoded RSAPublicKey.")
    numbers = key.public_numbers()
    return rsa_raw(numbers.n, numbers.e)


def rsa_pkcs1(raw: bytes) -> bytes:
    """The RSAPublicKey of a SubjectPublicKeyInfo. Raises as `rsa_raw`."""
    return parse_rsa(raw).public_bytes(Encoding.DER, PublicFormat.PKCS1)


def parse_rsa(raw: bytes) -> RSAPublicKey:
    """The key of a SubjectPublicKeyInfo. Raises as `rsa_raw`."""
    try:
        key = load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm):
        raise MalformedInput("key.malformed", "The RSA key is not a SubjectPublicKeyInfo.") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise MalformedInput("key.malformed", "The SubjectPublicKeyInfo holds no RSA key.")
    numbers = key.public_numbers()
    check_rsa(numbers.n, numbers.e)
    return key


def check_rsa(modulus: int, exponent: int) -> None:
    """Returns for a modulus and exponent that may be a public key. Raises MalformedInput `key.malformed`, `key.weak`."""
    bits = modulus.bit_length()
    if bits < limits.MIN_RSA_BITS:
        raise MalformedInput("key.weak", f"The RSA key has {bits} bits; {limits.MIN_RSA_BITS} are the least.")
    if bits > limits.MAX_RSA_BITS:
        raise MalformedInput("key.malformed", f"The RSA key has {bits} bits; {limits.MAX_RSA_BITS} are the most that are used.")
    if modulus % 2 == 0:
        raise MalformedInput("key.malformed", "The RSA modulus is even.")
    if exponent < _EXPONENT:
        raise MalformedInput("key.weak", "The RSA exponent is smaller than 65537.")
    if exponent % 2 == 0 or exponent.bit_length() > limits.MAX_RSA_EXPONENT_BITS:
        raise MalformedInput("key.malformed", "The RSA exponent is even, or very long.")
    if all(modulus % prime in residues for prime, residues in _ROCA_RESIDUES.items()):
        raise MalformedInput("key.weak", "The RSA key comes from a faulty generator: its secret can be computed (ROCA).")


def verify_rsa(key: RSAPublicKey, signature: bytes, data: bytes, jws_algorithm: str) -> None:
    """Returns when `signature` fits, by the padding of `jws_algorithm`. Raises cryptography's InvalidSignature."""
    key.verify(signature, data, _PADDINGS[jws_algorithm], hashes.SHA256())
