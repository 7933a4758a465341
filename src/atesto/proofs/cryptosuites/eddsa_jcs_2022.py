"""`eddsa-jcs-2022` (vc-di-eddsa section 3.3: JCS and SHA-256, Ed25519, proof value in base58btc)."""

from __future__ import annotations

from typing import Final

from atesto.proofs.cryptosuite import Canonicalization, Cryptosuite

SUITE: Final = Cryptosuite(
    name="eddsa-jcs-2022",
    canonicalization=Canonicalization.JCS,
    key_hashes={"Ed25519": "sha256"},
)
