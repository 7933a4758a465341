"""Where in a badge each part of the award stands, and where it would stand: one row a part, the first place that is there counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.places import Places

_SUBJECT: Final = "/credentialSubject"
_ACHIEVEMENT: Final = _SUBJECT + "/achievement"

ROWS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("/title", (_ACHIEVEMENT + "/name", "/name")),
    ("/description", (_ACHIEVEMENT + "/description",)),
    ("/learner", (_SUBJECT + "/identifier", _SUBJECT + "/id")),
    ("/awarding_body", (_ACHIEVEMENT + "/creator", "/issuer")),
    ("/awarding_body/name", (_ACHIEVEMENT + "/creator/name", "/issuer/name")),
    ("/awarding_body/country", (_ACHIEVEMENT + "/creator/address/addressCountryCode", "/issuer/address/addressCountryCode")),
    ("/awarding_body/region", (_ACHIEVEMENT + "/creator/address/addressRegion", "/issuer/address/addressRegion")),
    ("/mandate", ("/evidence", "/issuer")),
    ("/issuing_date", ("/awardedDate", "/validFrom", "/issuanceDate")),
    ("/valid_until", ("/validUntil", "/expirationDate")),
    ("/learning_outcomes", (_ACHIEVEMENT + "/learningOutcome", _ACHIEVEMENT + "/alignment")),
    ("/workload/hours", (_ACHIEVEMENT + "/volumeOfLearning",)),
    ("/workload/stated_otherwise", (_ACHIEVEMENT + "/volumeOfLearning",)),
    ("/workload/ects", (_ACHIEVEMENT + "/creditPoint",)),
    ("/workload/received", (_SUBJECT + "/creditsEarned",)),
    ("/level/eqf", (_ACHIEVEMENT + "/eqfLevel", _ACHIEVEMENT + "/alignment")),
    ("/level/nqf", (_ACHIEVEMENT + "/nqfLevel", _ACHIEVEMENT + "/alignment")),
    ("/level/ehea", (_ACHIEVEMENT + "/educationLevel",)),
    ("/level/not_applicable", (_ACHIEVEMENT + "/additionalNote",)),
    ("/assessment", (_ACHIEVEMENT + "/provenBy",)),
    ("/assessment/type", (_ACHIEVEMENT + "/provenBy/dcType",)),
    ("/participation", (_ACHIEVEMENT + "/mode",)),
    ("/quality_assurance", (_ACHIEVEMENT + "/accreditation",)),
    ("/quality_assurance/type", (_ACHIEVEMENT + "/accreditation/dcType",)),
    ("/quality_assurance/agency", (_ACHIEVEMENT + "/accreditation/accreditingAgent",)),
    ("/quality_assurance/expiry_date", (_ACHIEVEMENT + "/accreditation/expiryDate",)),
    ("/prerequisites", (_ACHIEVEMENT + "/entryRequirement",)),
    ("/supervision", (_ACHIEVEMENT + "/provenBy/idVerification",)),
    ("/grade", (_SUBJECT + "/result",)),
    ("/grade/scheme", (_ACHIEVEMENT + "/provenBy/gradingScheme", _ACHIEVEMENT + "/resultDescription")),
    ("/stackability", (_ACHIEVEMENT + "/isPartOf", _ACHIEVEMENT + "/isPartialQualification")),
    ("/further_information", (_ACHIEVEMENT + "/supplementaryDocument", _ACHIEVEMENT + "/additionalNote")),
)
_HOMES: Final = {"learner": _SUBJECT, "awarding_body": "/issuer", "mandate": "/issuer", "issuing_date": "", "valid_until": ""}


def note_places(document: JsonObject, stated: JsonObject, places: Places) -> None:
    """Fills `places` for the members of an award record, `stated`, that was read from `document`."""
    for part, candidates in ROWS:
        name = part.split("/")[1]
        places.homes[f"/{name}"] = _HOMES.get(name, _ACHIEVEMENT if _at(document, _ACHIEVEMENT) is not None else _SUBJECT)
        place = next((candidate for candidate in candidates if _at(document, candidate) is not None), None)
        if place is not None and _at(stated, part) is not None:
            places.found[part] = place


def _at(document: JsonValue, pointer: str) -> JsonValue:
    """What stands at a place; None where nothing does, or several things."""
    value = document
    for name in pointer.split("/")[1:]:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
