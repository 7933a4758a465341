"""Keys whose secret half is printed in a specification or belongs to published test vectors: anybody can sign with them.

They are told by their RFC 7638 thumbprint. Nothing is issued with them, and verification refuses them unless the verifier's settings accept
published test keys, which its reports then say.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from atesto import limits
from atesto.keys.jwk import jwk_thumbprint

if TYPE_CHECKING:
    from atesto.keys.public_key import PublicKey

PUBLISHED_TEST_KEYS: Final = frozenset(
    {
        "e6qatsbWPohZ-Durvnv048-1rq_7SUGqfQibivUtvFs",  # Ed25519: Open Badges 3.0 implementation guide, signing vector
        "Ypa5BNGp-ImhVwCze6O4zHVVNcGqCq-3LOCZWBZTRcs",  # Ed25519: VC-DI-EdDSA
        "evhJcBYSjjfRI-OkT8sXIngLQ3rdO2mq7rz52H30GVU",  # Ed25519: VC-DI-EdDSA, proof sets and chains
        "xvlEUey53UR6sVpeaSHDR3RfdtQKKrh8ngzJwkEsr7s",  # Ed25519: VC-DI-EdDSA, proof sets and chains
        "6gRfh2URH8whGOlPAxlv5YjF8Qa4ml5K2XYbCJ4rKio",  # Ed25519: VC-DI-EdDSA, proof sets and chains
        "A9bfbEss70nUQhlSH8FT2fJ-BSPr_XKgSsMiusEL2hw",  # Ed25519: VC-DI-EdDSA, proof sets and chains
        "DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0",  # P-256: VC-DI-ECDSA
        "AwSBHtDCp9PwlDUcYaV07scGxdQGfJ5T0b4iF7D4Rzo",  # P-256: VC-DI-ECDSA, ecdsa-sd-2023
        "8izOqBCj1XBwWw0-iTcMv27pUKWwFvNmw-kutyfzf-g",  # RSA: RFC 7520 (JOSE Cookbook)
        "Rt-IyDEhXohvTl_ozKQ9YGflXGuDb3uu3QmqN2LoMwM",  # RSA: RFC 7520 (JOSE Cookbook)
        "9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI",  # RSA: RFC 7520 (JOSE Cookbook)
        "dHri3SADZkrush5HU_50AoRhcKFryN-PI6jPBtPL55M",  # P-521: RFC 7520 (JOSE Cookbook)
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",  # Ed25519: RFC 8037, RFC 7515
        "HsSFalww3yP-dO-lWGYgFcyV5H22oScIFc4V2Y6GOto",  # P-256: RFC 7520 (JOSE Cookbook)
        "mTVa39KNK8LI9ZgAkyqQOQayaqVO7DXurapqkzEbfMg",  # P-256: RFC 7520 (JOSE Cookbook)
        "yXApzu9EzU2-9BzvRf8Nfp5SlZ-HBA1C2wXqpjyVtuI",  # Ed25519: did:key v0.9 test vectors
        "rUFXrpILfqC1SDvUXkSIZjd1p57q5bCEjuDIhx3gMMg",  # P-384: RFC 8037, RFC 7515
        "MgsCmt1iEYRdOQ9t4xnXFCkOlVYLtXcu7jb-3FLa8AQ",  # RSA: did:key v0.9 test vectors
        "vvDdKCl15we8gff3Oei7PbQoAoAAb_b9VVtK9uUDiuU",  # secp256k1: did:key v0.9 test vectors
        "9ZP03Nu8GrXPAUkbKNxHOKBzxPX83SShgFkRNK-f2lw",  # Ed25519: did:key v0.9 test vectors
        "3iR-H6Xx_3rpt7eNMUVNazSZkUclb_cekBJZZL4mlUs",  # Ed25519: did:key v0.9 test vectors
        "TrI1g9her5mzNtdwThUyqwwGfZVLKd3MMoWkRY-Fn8c",  # Ed25519: did:key v0.9 test vectors
        "lzuJZs8TRZTS58n4ByWkx4vAw6LpxQO-ykQyDCoMsXY",  # Ed25519: did:key v0.9 test vectors
        "AiLHA1Ni9p-3w39-GgW0hQ3k7r0Qxn_BotolmFxAbes",  # P-256: RFC 8037, RFC 7515
        "NseNm0QLyTQuQzH39RBOviblhyALHrxp3SgnyKuDoEE",  # secp256k1: did:key v0.9 test vectors
        "EQrcNS0i2BFJMUuxsBMBFSA6uemDa_vZQKUY3MK06zE",  # secp256k1: did:key v0.9 test vectors
        "2E4-GVukMhCkc3nAZJO42w4dOVkEACOcZpSO-3SnOW4",  # secp256k1: did:key v0.9 test vectors
        "xePcwmYa3u8RDzIe9Lelg7SXyPUi-QOQaG3B6Fut6p8",  # secp256k1: did:key v0.9 test vectors
        "rIM_MuFThAVfNzcxpJ2PhKsNg7CjtBNvJx_bwELIslk",  # secp256k1: did:key v0.9 test vectors
        "Q5yTSREAbvZL131ynDBhalXJcF9fL0foJlMN8u6ldiY",  # P-256: RFC 9901
        "aISfTcr9M_Zd09AXGAAeFxnLbFY6lBa87UN515wm5d4",  # P-256: RFC 9901
    }
)


@lru_cache(maxsize=limits.MAX_CACHED_KEYS)
def is_published_test_key(key: PublicKey) -> bool:
    """Whether everybody has the secret half of `key`."""
    return jwk_thumbprint(key) in PUBLISHED_TEST_KEYS
