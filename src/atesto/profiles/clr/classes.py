"""The classes of CLR 2.0 as one table, beside those of Open Badges that it uses."""

from __future__ import annotations

from typing import Final

from atesto.profiles.open_badges.classes import CLASSES as BADGE_CLASSES
from atesto.profiles.open_badges.classes import (
    ENDORSEMENTS,
    Class,
    Kind,
    Member,
    credential_class,
    many,
    must,
    one,
    service,
    typed,
)
from atesto.profiles.open_badges.vocabulary import CREDENTIALS_V2, OPEN_BADGES, Enumeration

CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
"""The context that this node writes."""
CLR_CONTEXTS: Final = frozenset({CLR, "https://purl.imsglobal.org/spec/clr/v2p0/context.json"})
CONTEXTS: Final = (CREDENTIALS_V2, CLR, OPEN_BADGES)
RECORD: Final = "ClrCredential"
SUBJECT: Final = "ClrSubject"

ASSOCIATION_TYPES: Final = Enumeration(
    "types of association",
    ("exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy"),
    extensible=False,
)

_BUNDLED: Final = "BundledCredential"
"""Any credential: it is verified, and judged by its own rules, alone."""

_PARTS: Final = (
    typed(
        SUBJECT,
        one("id", Kind.IRI),
        many("identifier", "IdentityObject"),
        many("achievement", "Achievement"),
        Member("verifiableCredential", (_BUNDLED,), required=True, many=True),
        many("association", "Association"),
        one_of=("id", "identifier"),
    ),
    typed(
        "Association",
        must("associationType", ASSOCIATION_TYPES),
        must("sourceId", Kind.IRI),
        must("targetId", Kind.IRI),
    ),
    service(_BUNDLED),
)


def _record(version: str) -> Class:
    return credential_class(
        RECORD,
        (RECORD,),
        SUBJECT,
        version,
        must("name", Kind.TEXT),
        one("description", Kind.TEXT),
        one("image", "Image"),
        one("partial", Kind.BOOLEAN),
        one("awardedDate", Kind.DATE_TIME),
        *ENDORSEMENTS,
    )


CLASSES: Final[dict[str, dict[str, Class]]] = {
    version: {**classes, RECORD: _record(version), **{entry.name: entry for entry in _PARTS}} for version, classes in BADGE_CLASSES.items()
}
