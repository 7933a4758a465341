"""`ecdsa-rdfc-2019` (vc-di-ecdsa section 3.2: RDFC-1.0 with the curve's own hash inside and outside, ECDSA on P-256 or P-384)."""

from __future__ import annotations

from typing import Final

from atesto.proofs.cryptosuite import Canonicalization, Cryptosuite

SUITE: Final = Cryptosuite(
    name="ecdsa-rdfc-2019",
    canonicalization=Canonicalization.RDFC,
    key_hashes={"P-256": "sha256", "P-384": "sha384"},
)
