"""The classes of Open Badges 3.0 as one table: members, which of them are required, which may be many, and what their values are.

Checks (`structure`), JSON Schemas (`json_schema`) and generated documents in tests all come from it. What holds between members stands
in `rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from atesto.profiles.open_badges.vocabulary import (
    ACHIEVEMENT_TYPES,
    BADGE_TYPES,
    CREDENTIAL,
    ENDORSEMENT,
    IDENTIFIER_TYPES,
    RESULT_STATUSES,
    RESULT_TYPES,
    TARGET_TYPES,
    Enumeration,
)


class Kind(Enum):
    """What a value is, where it is no object of a class and of no enumeration."""

    TEXT = "a text"
    MARKDOWN = "a text in Markdown"
    IRI = "an absolute identifier"
    WORD = "a name"
    DATE_TIME = "a date-time with its time zone, such as 2026-06-15T09:00:00Z"
    DATE = "a day, such as 2026-06-15"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    LANGUAGE = "a language, such as en or pt-BR"
    TOKEN = "a compact JWS"  # noqa: S105 - a kind of value
    TEXTS = "an object of texts by language"
    DURATION = "a duration, such as PT60H"
    NODE = "an absolute identifier of a thing"


Value = Kind | Enumeration | str
"""A `str` names a class."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member. A required one is there; a `many` one may be a list, and stands alone as well as in a list of one."""

    name: str
    values: tuple[Value, ...]
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """One class. `types` are sets of names: of each set, one must stand under `type`; none for a class without type."""

    name: str
    types: tuple[tuple[str, ...], ...]
    members: tuple[Member, ...]
    closed: bool = False
    one_of: tuple[str, ...] = ()
    """Members of which one must be there."""
    any_type: bool = False
    """`type` must be there, and is free."""
    alone: bool = False
    """`type` is one text, never a list."""


def one(name: str, *values: Value) -> Member:
    """A member with one value at most."""
    return Member(name, values)


def must(name: str, *values: Value) -> Member:
    """A member with exactly one value."""
    return Member(name, values, required=True)


def many(name: str, *values: Value) -> Member:
    """A member with any number of values."""
    return Member(name, values, many=True)


def typed(name: str, *members: Member, one_of: tuple[str, ...] = ()) -> Class:
    """A class whose objects say their class."""
    return Class(name, ((name,),), members, one_of=one_of)


def closed(name: str, *members: Member) -> Class:
    """A class whose objects say their class in one word and hold nothing else."""
    return Class(name, ((name,),), members, closed=True, alone=True)


def service(name: str, *members: Member) -> Class:
    """An object of the data model of credentials: of any type."""
    return Class(name, (), members, any_type=True)


def texts(*names: str) -> tuple[Member, ...]:
    """Members that are texts."""
    return tuple(one(name, Kind.TEXT) for name in names)


ENDORSEMENTS: Final = (many("endorsement", ENDORSEMENT), many("endorsementJwt", Kind.TOKEN))
SECURED: Final = (
    many("proof", "Proof"),
    many("credentialSchema", "CredentialSchema"),
    one("credentialStatus", "CredentialStatus"),
    one("refreshService", "RefreshService"),
    many("termsOfUse", "TermsOfUse"),
)
DATES: Final[dict[str, tuple[Member, ...]]] = {
    "2.0": (must("validFrom", Kind.DATE_TIME), one("validUntil", Kind.DATE_TIME)),
    "1.1": (must("issuanceDate", Kind.DATE_TIME), one("expirationDate", Kind.DATE_TIME)),
}
ISSUERS: Final[dict[str, Member]] = {"2.0": must("issuer", "Profile", Kind.IRI), "1.1": must("issuer", "Profile")}

_PARTS: Final[tuple[Class, ...]] = (
    typed(
        "AchievementSubject",
        one("id", Kind.IRI),
        one("activityEndDate", Kind.DATE_TIME),
        one("activityStartDate", Kind.DATE_TIME),
        one("creditsEarned", Kind.NUMBER),
        must("achievement", "Achievement"),
        many("identifier", "IdentityObject"),
        one("image", "Image"),
        one("licenseNumber", Kind.TEXT),
        one("narrative", Kind.MARKDOWN),
        many("result", "Result"),
        one("role", Kind.TEXT),
        one("source", "Profile"),
        one("term", Kind.TEXT),
        one_of=("id", "identifier"),
    ),
    typed(
        "Achievement",
        must("id", Kind.IRI),
        one("achievementType", ACHIEVEMENT_TYPES),
        many("alignment", "Alignment"),
        one("creator", "Profile"),
        one("creditsAvailable", Kind.NUMBER),
        must("criteria", "Criteria"),
        must("description", Kind.TEXT),
        *ENDORSEMENTS,
        one("fieldOfStudy", Kind.TEXT),
        one("humanCode", Kind.TEXT),
        one("image", "Image"),
        one("inLanguage", Kind.LANGUAGE),
        must("name", Kind.TEXT),
        many("otherIdentifier", "IdentifierEntry"),
        many("related", "Related"),
        many("resultDescription", "ResultDescription"),
        one("specialization", Kind.TEXT),
        many("tag", Kind.TEXT),
        one("version", Kind.TEXT),
    ),
    Class("Criteria", (), (one("id", Kind.IRI), one("narrative", Kind.MARKDOWN)), one_of=("id", "narrative")),
    typed(
        "Profile",
        must("id", Kind.IRI),
        one("name", Kind.TEXT),
        one("url", Kind.IRI),
        *texts("phone", "description", "email", "official"),
        *ENDORSEMENTS,
        one("image", "Image"),
        one("address", "Address"),
        many("otherIdentifier", "IdentifierEntry"),
        one("parentOrg", "Profile"),
        *texts("familyName", "givenName", "additionalName", "patronymicName", "honorificPrefix", "honorificSuffix", "familyNamePrefix"),
        one("dateOfBirth", Kind.DATE),
    ),
    closed(
        "IdentityObject",
        must("hashed", Kind.BOOLEAN),
        must("identityHash", Kind.TEXT),
        must("identityType", IDENTIFIER_TYPES),
        one("salt", Kind.TEXT),
    ),
    closed("IdentifierEntry", must("identifier", Kind.TEXT), must("identifierType", IDENTIFIER_TYPES)),
    typed(
        "Result",
        one("achievedLevel", Kind.IRI),
        many("alignment", "Alignment"),
        one("resultDescription", Kind.IRI),
        one("status", RESULT_STATUSES),
        one("value", Kind.TEXT),
    ),
    typed(
        "ResultDescription",
        must("id", Kind.IRI),
        many("alignment", "Alignment"),
        many("allowedValue", Kind.TEXT),
        must("name", Kind.TEXT),
        one("requiredLevel", Kind.IRI),
        one("requiredValue", Kind.TEXT),
        must("resultType", RESULT_TYPES),
        many("rubricCriterionLevel", "RubricCriterionLevel"),
        *texts("valueMax", "valueMin"),
    ),
    typed(
        "RubricCriterionLevel",
        must("id", Kind.IRI),
        many("alignment", "Alignment"),
        *texts("description", "level"),
        must("name", Kind.TEXT),
        one("points", Kind.TEXT),
    ),
    typed(
        "Alignment",
        *texts("targetCode", "targetDescription"),
        must("targetName", Kind.TEXT),
        one("targetFramework", Kind.TEXT),
        one("targetType", TARGET_TYPES),
        must("targetUrl", Kind.IRI),
    ),
    typed("Evidence", one("id", Kind.IRI), one("narrative", Kind.MARKDOWN), *texts("name", "description", "genre", "audience")),
    closed("Image", must("id", Kind.IRI), one("caption", Kind.TEXT)),
    typed("Related", must("id", Kind.IRI), one("inLanguage", Kind.LANGUAGE), one("version", Kind.TEXT)),
    typed("EndorsementSubject", must("id", Kind.IRI), one("endorsementComment", Kind.MARKDOWN)),
    typed(
        "Address",
        *texts("addressCountry", "addressCountryCode", "addressRegion", "addressLocality"),
        *texts("streetAddress", "postOfficeBoxNumber", "postalCode"),
        one("geo", "GeoCoordinates"),
    ),
    Class("GeoCoordinates", (("GeoCoordinates",),), (must("latitude", Kind.NUMBER), must("longitude", Kind.NUMBER)), alone=True),
    service("TermsOfUse", one("id", Kind.IRI)),
    service("CredentialStatus", one("id", Kind.IRI)),
    service("CredentialSchema", must("id", Kind.IRI)),
    service("RefreshService", must("id", Kind.IRI)),
    service(
        "Proof",
        one("created", Kind.DATE_TIME),
        *(one(name, Kind.WORD) for name in ("cryptosuite", "challenge", "domain", "nonce")),
        *(one(name, Kind.WORD) for name in ("proofPurpose", "proofValue", "verificationMethod")),
    ),
)  # fmt: skip


def credential_class(name: str, types: tuple[str, ...], subject: str, version: str, *members: Member) -> Class:
    """The envelope around a subject, in one version of the data model of credentials."""
    return Class(
        name,
        ((CREDENTIAL,), types),
        (must("id", Kind.IRI), must("credentialSubject", subject), ISSUERS[version], *DATES[version], *SECURED, *members),
    )


def _envelopes(version: str) -> tuple[Class, ...]:
    name = (must if version == "1.1" else one)("name", Kind.TEXT)
    return (
        credential_class(
            "AchievementCredential",
            BADGE_TYPES,
            "AchievementSubject",
            version,
            name,
            one("description", Kind.TEXT),
            one("image", "Image"),
            one("awardedDate", Kind.DATE_TIME),
            *ENDORSEMENTS,
            many("evidence", "Evidence"),
        ),
        credential_class(
            ENDORSEMENT,
            (ENDORSEMENT,),
            "EndorsementSubject",
            version,
            must("name", Kind.TEXT),
            one("description", Kind.TEXT),
            one("awardedDate", Kind.DATE_TIME),
            many("evidence", "Evidence"),
        ),
    )


CLASSES: Final[dict[str, dict[str, Class]]] = {
    version: {entry.name: entry for entry in (*_envelopes(version), *_PARTS)} for version in ("2.0", "1.1")
}
"""Classes by name, for each version of the data model of credentials around them."""
