"""Multikey (CID 1.0 section 2.2.2): a multicodec prefix and the key's bytes, in multibase base58btc.

Checks, in order:
1. `z`, alphabet and length of the text (encoding.multibase);
2. the prefix is a varint of the shortest form that the multicodec table knows;
3. it names an algorithm of this node (X25519, BLS and others: `key.unsupported`);
4. RSA: the bytes are the one DER encoding of an RSAPublicKey (RFC 8017 A.1.1), as the multicodec table says;
5. the key's own checks (length, curve, small order, RSA's numbers: public_key).

Keys that only sign tokens (P-521, secp256k1, RSA) are read like the others; that no cryptosuite takes them is the cryptosuites' matter.
Secret keys are read of the kinds that this node signs with, and no other.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from multiformats import multicodec, varint

from atesto import limits
from atesto.encoding.multibase import decode_base58btc, encode_base58btc
from atesto.errors import AtestoError, MalformedInput, UnsupportedFeature
from atesto.keys.algorithms import ALGORITHMS, EVERY_ALGORITHM
from atesto.keys.private_key import PrivateKey
from atesto.keys.public_key import PublicKey
from atesto.keys.rsa import rsa_from_pkcs1, rsa_pkcs1

if TYPE_CHECKING:
    from atesto.ports import Multibase

# The library costs 350 us an encode: it makes the tables once, and names what is foreign.
_PUBLIC_PREFIXES: Final = {name: varint.encode(row.public_multicodec) for name, row in EVERY_ALGORITHM.items()}
_SECRET_PREFIXES: Final = {name: varint.encode(row.secret_multicodec) for name, row in ALGORITHMS.items()}


def public_multikey(key: PublicKey) -> Multibase:
    """The `publicKeyMultibase` of `key`."""
    return encode_base58btc(_PUBLIC_PREFIXES[key.algorithm] + (rsa_pkcs1(key.raw) if key.algorithm == "RSA" else key.raw))


@lru_cache(maxsize=limits.MAX_CACHED_KEYS)
def parse_public_multikey(text: str) -> PublicKey:
    """The key of a `publicKeyMultibase`.

    Raises MalformedInput `encoding.*`, `key.malformed`, `key.weak`; UnsupportedFeature `key.unsupported`. Whose key it is, it does not say.
    """
    name, raw = _split(text, _PUBLIC_PREFIXES)
    return PublicKey(name, rsa_from_pkcs1(raw) if name == "RSA" else raw)


def parse_secret_multikey(text: str) -> PrivateKey:
    """The key of a `secretKeyMultibase`, for published test vectors and imports. Raises as `parse_public_multikey`."""
    name, raw = _split(text, _SECRET_PREFIXES)
    return PrivateKey.from_seed(name, raw)


def _split(text: str, prefixes: dict[str, bytes]) -> tuple[str, bytes]:
    data = decode_base58btc(text, max_characters=limits.MAX_MULTIKEY_CHARACTERS)
    for name, prefix in prefixes.items():
        if data.startswith(prefix):
            return name, data[len(prefix) :]
    raise _foreign_prefix(data)


def _foreign_prefix(data: bytes) -> AtestoError:
    """Says what stands there instead of one of our prefixes. A varint of another length for our codes (over-long) is malformed."""
    try:
        code, _, _ = varint.decode_raw(data)
    except ValueError:
        return MalformedInput("key.malformed", "The key does not start with a multicodec prefix of the shortest form.")
    if not multicodec.exists(code=code):
        return MalformedInput("key.malformed", f"The key's prefix 0x{code:x} is not in the multicodec table.")
    known = multicodec.get(code=code)
    if known.tag != "key":
        return MalformedInput("key.malformed", f"The key's prefix says {known.name}, which is not a key.")
    return UnsupportedFeature("key.unsupported", f"Keys of type {known.name} are not used here.")
