"""`ecdsa-jcs-2019` (vc-di-ecdsa section 3.3: JCS and the curve's own hash, ECDSA on P-256 or P-384)."""

from __future__ import annotations

from typing import Final

from atesto.proofs.cryptosuite import Canonicalization, Cryptosuite

SUITE: Final = Cryptosuite(
    name="ecdsa-jcs-2019",
    canonicalization=Canonicalization.JCS,
    key_hashes={"P-256": "sha256", "P-384": "sha384"},
)
