"""All controlled lists by their schemes, and which of them bind.

Europass's own rule: a value that is missing from a list that binds makes a credential invalid, one that is missing from another is only
worth a warning. Countries bind here too: they say where an organisation and a legal number belong.
"""

from __future__ import annotations

from typing import Final

from atesto.profiles.edc.lists.controlled_list import ControlledList
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.edc.lists.currencies import CURRENCIES
from atesto.profiles.edc.lists.europass import (
    ACTIVITY_TYPES,
    ASSESSMENT_TYPES,
    CREDENTIAL_PROFILES,
    CREDIT_SYSTEMS,
    ENCODINGS,
    EQF_LEVELS,
    EVIDENCE_TYPES,
    MODES,
    QUALITY_ASSURANCE_TYPES,
    SUPERVISION_TYPES,
)
from atesto.profiles.edc.lists.file_types import FILE_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.lists.learning import (
    ENTITLEMENT_STATUSES,
    ENTITLEMENT_TYPES,
    OPPORTUNITY_TYPES,
    REUSE_LEVELS,
    SCHEDULES,
    SETTINGS,
    SKILL_TYPES,
    TARGET_GROUPS,
)
from atesto.profiles.edc.lists.nqf import NQF_LEVELS
from atesto.profiles.edc.lists.verification import VERIFICATION_CHECKS, VERIFICATION_STATUSES

_ESCO: Final = "http://data.europa.eu/esco/"

OPEN_LISTS: Final[dict[str, ControlledList]] = {
    "ESCO skills": ControlledList("ESCO skills", f"{_ESCO}concept-scheme/skills", _ESCO, {}, is_open=True),
    "ESCO occupations": ControlledList("ESCO occupations", f"{_ESCO}concept-scheme/occupations", _ESCO, {}, is_open=True),
    "administrative units": ControlledList(
        "administrative territorial units",
        "http://publications.europa.eu/resource/authority/atu",
        "http://publications.europa.eu/resource/authority/atu/",
        {},
        is_open=True,
    ),
    "claim types": ControlledList(
        "types of claim", "http://data.europa.eu/snb/claim-type/25831c2", "http://data.europa.eu/snb/claim-type/", {}, is_open=True
    ),
}
"""Lists that are held nowhere in this house: thousands of values, or none published. Only the form of their identifiers is known."""

BINDING_LISTS: Final[dict[str, ControlledList]] = {
    "countries": COUNTRIES,
    "credential profiles": CREDENTIAL_PROFILES,
    "EQF levels": EQF_LEVELS,
    "entitlement statuses": ENTITLEMENT_STATUSES,
    "fields of education": FIELDS_OF_EDUCATION,
    "NQF levels": NQF_LEVELS,
    "quality assurance types": QUALITY_ASSURANCE_TYPES,
    "settings": SETTINGS,
    "supervision types": SUPERVISION_TYPES,
    "verification statuses": VERIFICATION_STATUSES,
}
OTHER_LISTS: Final[dict[str, ControlledList]] = {
    "activity types": ACTIVITY_TYPES,
    "assessment types": ASSESSMENT_TYPES,
    "credit systems": CREDIT_SYSTEMS,
    "currencies": CURRENCIES,
    "encodings": ENCODINGS,
    "entitlement types": ENTITLEMENT_TYPES,
    "evidence types": EVIDENCE_TYPES,
    "file types": FILE_TYPES,
    "languages": LANGUAGES,
    "modes": MODES,
    "opportunity types": OPPORTUNITY_TYPES,
    "reuse levels": REUSE_LEVELS,
    "schedules": SCHEDULES,
    "skill types": SKILL_TYPES,
    "target groups": TARGET_GROUPS,
    "verification checks": VERIFICATION_CHECKS,
    **OPEN_LISTS,
}
LISTS: Final[dict[str, ControlledList]] = {**BINDING_LISTS, **OTHER_LISTS}
"""Every list under the name by which the tables of classes call it."""

SCHEMES: Final[dict[str, ControlledList]] = {table.scheme: table for table in LISTS.values()}
BINDING_SCHEMES: Final = frozenset(table.scheme for table in BINDING_LISTS.values())
