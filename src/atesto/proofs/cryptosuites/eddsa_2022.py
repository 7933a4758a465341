"""`eddsa-2022` (VC-DI-EdDSA, drafts until 2023: the first name of eddsa-rdfc-2022). Verified only."""

from __future__ import annotations

from typing import Final

from atesto.proofs.cryptosuite import Canonicalization, Cryptosuite

SUITE: Final = Cryptosuite(
    name="eddsa-2022",
    canonicalization=Canonicalization.RDFC,
    key_hashes={"Ed25519": "sha256"},
    verify_only=True,
)
