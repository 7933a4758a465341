"""Under which names a credential stands in a picture: one row a kind of credential (Open Badges 3.0 section 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Carrier:
    """One kind of baked credential: its keyword in a PNG, its namespace in an SVG, and the credential types that it is for."""

    keyword: str
    namespace: str
    prefix: str
    types: frozenset[str]


CARRIERS: Final[tuple[Carrier, ...]] = (
    Carrier(
        "openbadgecredential",
        "https://purl.imsglobal.org/ob/v3p0",
        "openbadges",
        frozenset({"OpenBadgeCredential", "AchievementCredential"}),
    ),
    Carrier("clrcredential", "https://purl.imsglobal.org/clr/v2p0", "clr", frozenset({"ClrCredential"})),
)
OLDER_KEYWORD: Final = "openbadges"
OLDER_NAMESPACE: Final = "http://openbadges.org"
"""Open Badges 1 and 2: recognised so that the refusal can say so, and not read."""


@dataclass(frozen=True, slots=True)
class Baked:
    """What a picture holds: the credential's text as it stands there (JSON or a compact JWS), and what it stands in."""

    text: str
    carrier: Carrier
    place: str
    """What the picture is and where the credential stands in it, in words; nothing from the credential."""


def is_token(text: str) -> bool:
    """Whether a credential's text is a compact JWS and not JSON, told by how it begins."""
    return not text.lstrip().startswith("{")
