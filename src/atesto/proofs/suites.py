"""The table of cryptosuites. A suite that does not stand here cannot sign and cannot verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.errors import MalformedInput, UnsupportedFeature
from atesto.proofs.cryptosuites import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ed25519_signature_2020,
    eddsa_2022,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.proofs.cryptosuite import Cryptosuite

PROOF_TYPE: Final = "DataIntegrityProof"

SUITES: Final[dict[str, Cryptosuite]] = {
    "eddsa-rdfc-2022": eddsa_rdfc_2022.SUITE,
    "eddsa-jcs-2022": eddsa_jcs_2022.SUITE,
    "ecdsa-rdfc-2019": ecdsa_rdfc_2019.SUITE,
    "ecdsa-jcs-2019": ecdsa_jcs_2019.SUITE,
    "eddsa-2022": eddsa_2022.SUITE,
    "Ed25519Signature2020": ed25519_signature_2020.SUITE,
}
SIGNING_SUITES: Final[dict[str, Cryptosuite]] = {name: suite for name, suite in SUITES.items() if not suite.verify_only}
"""What an issuer may be configured with."""


def suite_of(proof: JsonObject, *, pointer: str = "") -> Cryptosuite:
    """The suite of a proof, by its `type` and `cryptosuite`. `pointer` is the proof's.

    Raises UnsupportedFeature `proof.unsupported_cryptosuite`, MalformedInput `proof.malformed`.
    """
    proof_type, name = proof.get("type"), proof.get("cryptosuite")
    if proof_type == PROOF_TYPE:
        if not isinstance(name, str) or not name:
            what = "missing" if "cryptosuite" not in proof else "not a text"
            raise MalformedInput("proof.malformed", f"The proof's cryptosuite is {what}.", pointer=pointer + "/cryptosuite")
        suite = SUITES.get(name)
        if suite is None or suite.proof_type != PROOF_TYPE:
            raise UnsupportedFeature(
                "proof.unsupported_cryptosuite", f"The cryptosuite is not one of {', '.join(SUITES)}.", pointer=pointer + "/cryptosuite"
            )
        return suite
    own = SUITES.get(proof_type) if isinstance(proof_type, str) else None
    if own is None or own.proof_type != proof_type:
        raise UnsupportedFeature("proof.unsupported_cryptosuite", f"The proof's type is not {PROOF_TYPE}.", pointer=pointer + "/type")
    if "cryptosuite" in proof:
        raise MalformedInput("proof.malformed", f"A proof of type {proof_type} has no cryptosuite.", pointer=pointer + "/cryptosuite")
    return own
