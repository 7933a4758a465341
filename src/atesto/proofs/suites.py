"""The table of cryptosuites. A suite that does not stand here cannot sign and cannot verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.errors import UnsupportedFeature
from atesto.proofs.cryptosuites import ecdsa_jcs_2019, ecdsa_rdfc_2019, eddsa_jcs_2022, eddsa_rdfc_2022

if TYPE_CHECKING:
    from atesto.proofs.cryptosuite import Cryptosuite

PROOF_TYPE: Final = "DataIntegrityProof"

SUITES: Final[dict[str, Cryptosuite]] = {
    "eddsa-rdfc-2022": eddsa_rdfc_2022.SUITE,
    "eddsa-jcs-2022": eddsa_jcs_2022.SUITE,
    "ecdsa-rdfc-2019": ecdsa_rdfc_2019.SUITE,
    "ecdsa-jcs-2019": ecdsa_jcs_2019.SUITE,
}


def cryptosuite(name: str, *, pointer: str = "") -> Cryptosuite:
    """The suite of that name. Raises UnsupportedFeature `proof.unsupported_cryptosuite`."""
    suite = SUITES.get(name)
    if suite is None:
        raise UnsupportedFeature("proof.unsupported_cryptosuite", f"The cryptosuite is not one of {', '.join(SUITES)}.", pointer=pointer)
    return suite
