"""Badges, endorsements and records of learning, and the tokens that Open Badges 3.0 makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.simulators.parts import credential
from tests.simulators.tokens import token

if TYPE_CHECKING:
    from atesto.findings import Finding
    from atesto.ports import Signer
    from atesto.verification.report import Report

V2: Final = "https://www.w3.org/ns/credentials/v2"
V1: Final = "https://www.w3.org/2018/credentials/v1"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
ACHIEVEMENT: Final = "https://school.example/achievements/1"
LEARNER: Final = "did:example:learner"
START: Final = 1_781_514_000
"""validFrom of what is made here, 2026-06-15T09:00:00Z, as a NumericDate."""


def badge(signer: Any, *, subject: Any = None, achievement: Any = None, **members: Any) -> Any:
    """A badge by `signer`; `subject` and `achievement`: members of these, changed or added; `...` removes one."""
    ordinary = {
        "context": [V2, OPEN_BADGES, EXTENSIONS],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": "urn:uuid:7b0f6a52-4a4b-4a3e-9d0c-0a6f9a1f2b11",
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Harbour College"},
        "credentialSubject": _without({
            "id": LEARNER,
            "type": ["AchievementSubject"],
            "achievement": _without({
                "id": ACHIEVEMENT,
                "type": ["Achievement"],
                "name": "Tides",
                "description": "Reading tides",
                "criteria": {"narrative": "Reads tides."},
                **(achievement or {}),
            }),
            **(subject or {}),
        }),
    }  # fmt: skip
    return credential(signer, **{**ordinary, **members})


def endorsement(signer: Any, of: str = ACHIEVEMENT, number: int = 1, **members: Any) -> Any:
    """An endorsement by `signer` of what has the id `of`."""
    ordinary = {
        "context": [V2, OPEN_BADGES, EXTENSIONS],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "id": f"urn:uuid:2f6f3b1c-1f6e-4d2b-9f0a-6d1e2c3b4a{number:02}",
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Quality Board"},
        "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": "Sound."},
    }
    return credential(signer, **{**ordinary, **members})


def learning_record(signer: Any, *inside: Any, **members: Any) -> Any:
    """A CLR with these credentials in it."""
    subject = {"id": LEARNER, "type": ["ClrSubject"], "verifiableCredential": list(inside)}
    ordinary = {
        "context": [V2, CLR, OPEN_BADGES, EXTENSIONS],
        "type": ["VerifiableCredential", "ClrCredential"],
        "id": "urn:uuid:9f6f3b1c-1f6e-4d2b-9f0a-6d1e2c3b4a99",
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Harbour College"},
        "credentialSubject": subject,
    }
    return credential(signer, **{**ordinary, **members})


def claims(document: Any, **changes: Any) -> Any:
    """The claims that Open Badges wants of `document` as it is made here, changed; `...` leaves one out."""
    subject = document["credentialSubject"]
    ordinary = {"iss": document["issuer"]["id"], "sub": subject.get("id", ...), "jti": document["id"], "nbf": START}
    return _without({**ordinary, **changes})


async def badge_token(document: Any, signer: Signer, *, header: Any = None, **changes: Any) -> str:
    """A badge of VCDM 2.0 as Open Badges secures it: typ JWT, the payload is the badge and the claims."""
    return await token({**document, **claims(document, **changes)}, signer, **{"typ": "JWT", **(header or {})})


def older(document: Any) -> Any:
    """The badge in VCDM 1.1."""
    rest = {name: value for name, value in document.items() if name not in {"@context", "validFrom"}}
    return {"@context": [V1, *document["@context"][1:]], "issuanceDate": document["validFrom"], **rest}


def noticed(report: Report) -> tuple[Finding, ...]:
    """What a report notices beside the profile of badges and the elements of the European approach, which have tests of their own."""
    return tuple(finding for finding in report.findings if not finding.code.startswith(("ob.", "eu2022.", "profile.")))


def _without(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not ...}
