"""The points of edwards25519 that must not be public keys (RFC 8032 5.1.3; SP 800-186 D.1.3).

OpenSSL takes any 32 bytes as an Ed25519 key. With a point of small order as key, one constant signature fits every text.

Checks, in order:
1. not of small order (1, 2, 4, 8), in any encoding: canonical or not, either sign bit;
2. canonical: y below the field's prime;
3. on the curve.

It does not check that the point lies in the prime-order subgroup: a key with a torsion part verifies only what its owner signed.
"""

from __future__ import annotations

from typing import Final

from atesto.errors import MalformedInput

_PRIME: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME
_Y_OF_ORDER_8: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
"""The smaller root of 2y^2 = 1 - d*y^4: doubling leads to y = 0, the points of order 4."""
_SMALL_ORDER: Final = frozenset({0, 1, _PRIME - 1, _Y_OF_ORDER_8, _PRIME - _Y_OF_ORDER_8})
"""y of the eight points of order 1, 2, 4 and 8; a point and its negative share y."""


def check_point(raw: bytes) -> None:
    """Returns for a 32-byte encoded point that may be a public key. Raises MalformedInput `key.weak` or `key.malformed`."""
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y % _PRIME in _SMALL_ORDER:
        raise MalformedInput("key.weak", "The Ed25519 key is a point of small order: one signature would fit every text.")
    if y >= _PRIME:
        raise MalformedInput("key.malformed", "The Ed25519 key is not in canonical form.")
    # x^2 = u/v, and u/v is a square exactly when u*v is; v is never 0 because -1/d is not a square.
    u_times_v = (y * y - 1) * (_D * y * y + 1)
    if pow(u_times_v, (_PRIME - 1) // 2, _PRIME) != 1:
        raise MalformedInput("key.malformed", "The Ed25519 key is not a point of its curve.")
