"""`Ed25519Signature2020` (VC-DI-EdDSA section 4: URDNA2015, which RDFC-1.0 equals, SHA-256, Ed25519, base58btc). Verified only.

The proof's own members are canonicalized under the document's `@context`, which names security/suites/ed25519-2020/v1.
"""

from __future__ import annotations

from typing import Final

from atesto.proofs.cryptosuite import Canonicalization, Cryptosuite

SUITE: Final = Cryptosuite(
    name="Ed25519Signature2020",
    canonicalization=Canonicalization.RDFC,
    key_hashes={"Ed25519": "sha256"},
    proof_type="Ed25519Signature2020",
    verify_only=True,
)
