"""Names that a reader of credentials looks for, by the IRIs that they stand for.

A proof over statements covers IRIs; whoever reads the JSON looks for names. A member that is written by another name for the same IRI would
be signed and overlooked: an end of validity, a status entry, a credential inside a presentation. So each of these IRIs may be written by
its one name only (VCDM 2.0 and 1.1, Data Integrity, status lists); a test holds the table against the bundled contexts.
"""

from __future__ import annotations

from typing import Final

_CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
_SECURITY: Final = "https://w3id.org/security#"
_STATUS: Final = "https://www.w3.org/ns/credentials/status#"
_STATUS_2021: Final = "https://w3id.org/vc/status-list#"
_STATUS_NAMES: Final = ("statusPurpose", "statusListIndex", "statusListCredential")

RESERVED: Final[dict[str, str]] = {
    **{
        _CREDENTIALS + name: name
        for name in (
            "confidenceMethod",
            "credentialSchema",
            "credentialStatus",
            "credentialSubject",
            "digestSRI",
            "evidence",
            "expirationDate",
            "holder",
            "issuanceDate",
            "issuer",
            "refreshService",
            "relatedResource",
            "renderMethod",
            "termsOfUse",
            "validFrom",
            "validUntil",
            "verifiableCredential",
        )
    },
    **{_SECURITY + name: name for name in ("digestMultibase", "proof")},
    **{_STATUS + name: name for name in _STATUS_NAMES},
    **{_STATUS_2021 + name: name for name in _STATUS_NAMES},
}
