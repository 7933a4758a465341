"""Credentials to issue, and ways to spoil one: each valid but for one fault."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

V2: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LEARNER: Final = "did:example:learner"


def unsigned(issuer: str, **members: Any) -> dict[str, Any]:
    """A small credential for `issuer` to sign, with members changed; `...` removes one, `context` is @context."""
    document: dict[str, Any] = {
        "@context": [V2],
        "id": "urn:uuid:0d5cfa7a-0a58-4ab2-9d35-3ea0f6a9f0c7",
        "type": ["VerifiableCredential"],
        "issuer": {"id": issuer, "name": "Harbour School"},
        "validFrom": "2026-01-15T09:00:00Z",
        "name": "Certificate of attendance",
        "credentialSubject": {"id": LEARNER, "name": "Noor Achterberg"},
    }
    for name, value in members.items():
        document["@context" if name == "context" else name] = copy.deepcopy(value)
    return {name: value for name, value in document.items() if value is not ...}


def changed(document: Any, change: Callable[[Any], object]) -> Any:
    """A copy of `document` to which `change` was done."""
    result = copy.deepcopy(document)
    change(result)
    return result


def put(*place: str | int, value: Any) -> Callable[[Any], None]:
    """A change: sets the member at `place`; `...` removes it."""

    def change(document: Any) -> None:
        for part in place[:-1]:
            document = document[part]
        if value is ...:
            del document[place[-1]]
        else:
            document[place[-1]] = copy.deepcopy(value)

    return change


def unsigned_badge(issuer: str, **members: Any) -> dict[str, Any]:
    """A small Open Badge 3.0 for `issuer` to sign."""
    achievement = {
        "id": "urn:uuid:5f0f6f5e-0a7e-4a53-8a2d-f4d1c1a0c9b1", "type": ["Achievement"], "name": "Tides",
        "description": "Reads tide tables.",
        "criteria": {"narrative": "A written test."},
    }  # fmt: skip
    return unsigned(
        issuer,
        context=[V2, OPEN_BADGES],
        type=["VerifiableCredential", "OpenBadgeCredential"],
        credentialSubject={"id": LEARNER, "type": ["AchievementSubject"], "achievement": achievement},
        **members,
    ) | {"issuer": {"id": issuer, "type": ["Profile"], "name": "Harbour School"}}
