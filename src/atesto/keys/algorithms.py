"""The key algorithms of this node: one literal row each.

`ALGORITHMS` are the kinds that this node makes, publishes and uses everywhere. `JOSE_ALGORITHMS` are those of tokens alone: they are read
from JWKs and Multikeys (so from did:key) and verify JWS; no cryptosuite uses them. Of these, this node makes RSA keys too, for issuers of
tokens, and signs with them by RS256: Open Badges 3.0 demands that of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KeyAlgorithm:
    """What a signing key's algorithm fixes. Lengths are in bytes."""

    name: str
    public_multicodec: int
    """Code in the multicodec table (CID 1.0 section 2.2.2)."""
    secret_multicodec: int
    jwk_kty: str
    jwk_crv: str
    public_bytes: int
    """32 for Ed25519 (RFC 8032 5.1.5); an EC point is compressed (SEC 1 2.3.3): one byte more than the field."""
    secret_bytes: int
    """The seed (Ed25519) or the scalar, big-endian (EC)."""
    signature_bytes: int
    hash_name: str
    """The hash inside the signature. Which hash a cryptosuite takes over documents is the cryptosuite's own matter."""
    order: int
    """Order of the group (L for Ed25519, n for EC): signature scalars stay below it."""
    jws_algorithms: tuple[str, ...]
    """The `alg` of a JWS by such a key, the one that we write first (RFC 7518 3.1, RFC 8037, 8812 and 9864)."""


# fmt: off
ALGORITHMS: Final[dict[str, KeyAlgorithm]] = {
    "Ed25519": KeyAlgorithm(
        name="Ed25519", public_multicodec=0xED, secret_multicodec=0x1300, jwk_kty="OKP", jwk_crv="Ed25519",
        public_bytes=32, secret_bytes=32, signature_bytes=64, hash_name="SHA-512",
        order=2**252 + 27742317777372353535851937790883648493, jws_algorithms=("EdDSA", "Ed25519"),
    ),
    "P-256": KeyAlgorithm(
        name="P-256", public_multicodec=0x1200, secret_multicodec=0x1306, jwk_kty="EC", jwk_crv="P-256",
        public_bytes=33, secret_bytes=32, signature_bytes=64, hash_name="SHA-256",
        order=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551, jws_algorithms=("ES256",),
    ),
    "P-384": KeyAlgorithm(
        name="P-384", public_multicodec=0x1201, secret_multicodec=0x1307, jwk_kty="EC", jwk_crv="P-384",
        public_bytes=49, secret_bytes=48, signature_bytes=96, hash_name="SHA-384",
        order=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        jws_algorithms=("ES384",),
    ),
}
JOSE_ALGORITHMS: Final[dict[str, KeyAlgorithm]] = {
    "P-521": KeyAlgorithm(
        name="P-521", public_multicodec=0x1202, secret_multicodec=0x1308, jwk_kty="EC", jwk_crv="P-521",
        public_bytes=67, secret_bytes=66, signature_bytes=132, hash_name="SHA-512",
        order=2**521 - 0x5AE79787C40D069948033FEB708F65A2FC44A36477663B851449048E16EC79BF7,
        jws_algorithms=("ES512",),
    ),
    "secp256k1": KeyAlgorithm(
        name="secp256k1", public_multicodec=0xE7, secret_multicodec=0x1301, jwk_kty="EC", jwk_crv="secp256k1",
        public_bytes=33, secret_bytes=32, signature_bytes=64, hash_name="SHA-256",
        order=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
        jws_algorithms=("ES256K",),
    ),
    # The lengths are those of its modulus: see keys/rsa.py.
    "RSA": KeyAlgorithm(
        name="RSA", public_multicodec=0x1205, secret_multicodec=0x1305, jwk_kty="RSA", jwk_crv="",
        public_bytes=0, secret_bytes=0, signature_bytes=0, hash_name="SHA-256", order=0, jws_algorithms=("RS256", "PS256"),
    ),
}
EVERY_ALGORITHM: Final[dict[str, KeyAlgorithm]] = {**ALGORITHMS, **JOSE_ALGORITHMS}
SIGNING_ALGORITHMS: Final[dict[str, KeyAlgorithm]] = {**ALGORITHMS, "RSA": JOSE_ALGORITHMS["RSA"]}
"""The kinds that this node makes and signs with."""
JWS_ALGORITHMS: Final = frozenset(name for row in EVERY_ALGORITHM.values() for name in row.jws_algorithms)
"""Every `alg` that a JWS may name here. Which one a key takes, its own row says."""
# fmt: on
