"""What the suites send, in our own words: small credentials of both versions, each valid."""

from __future__ import annotations

from typing import Any, Final

from tests.live.material import V2

V1: Final = "https://www.w3.org/2018/credentials/v1"
EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
DATA_INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
ED25519_2020: Final = "https://w3id.org/security/suites/ed25519-2020/v1"
FAR_ISSUER: Final = "https://vc.example/issuers/5678"
TERMS: Final[dict[str, Any]] = {
    name: f"https://school.example/terms#{name}"
    for name in ("Attendance", "Register", "Rules", "Renewal", "Witness", "Shape", "SeaLevel", "pier")
}
"""An inline context that maps a type for each extension point."""


def version_2(issuer: Any, /, **members: Any) -> dict[str, Any]:
    """A VCDM 2.0 credential; `context` is @context, `...` leaves a member out."""
    ordinary = {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": "did:example:learner", "name": "Noor Achterberg"},
    }
    return _with(ordinary, members)


def version_1(issuer: Any, /, **members: Any) -> dict[str, Any]:
    """A VCDM 1.1 credential, as the shared assertions of the suites send it."""
    ordinary = {
        "@context": [V1],
        "id": "urn:uuid:6d0b0c5e-6a51-4c6e-8d43-4d2e8ac7d5b1",
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "issuanceDate": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
    }
    return _with(ordinary, members)


def _with(ordinary: dict[str, Any], members: dict[str, Any]) -> dict[str, Any]:
    named = {"@context" if name == "context" else name: value for name, value in members.items()}
    return {name: value for name, value in {**ordinary, **named}.items() if value is not ...}
