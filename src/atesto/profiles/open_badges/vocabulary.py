"""The fixed words of Open Badges 3.0: contexts, types, and the enumerations, which anybody may extend with `ext:`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_V1: Final = "https://www.w3.org/2018/credentials/v1"
_OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/"
OPEN_BADGES: Final = _OB + "context-3.0.3.json"
"""The context that this node writes."""
EXTENSIONS: Final = _OB + "extensions.json"
"""Defines the types of `EXTENSION_TYPES`; listed exactly where one of them is used."""
OLD_ALIAS: Final = _OB + "context/ob_v3p0.jsonld"
CONTEXT_PATTERN: Final = r"^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$"

EXTENSION_TYPES: Final = frozenset({"1EdTechJsonSchemaValidator2019", "1EdTechRevocationList", "1EdTechCredentialRefresh"})

BADGE_TYPES: Final = ("AchievementCredential", "OpenBadgeCredential")
"""Two names of one type; this node writes the second."""
ENDORSEMENT: Final = "EndorsementCredential"
CREDENTIAL: Final = "VerifiableCredential"

LANGUAGE_PATTERN: Final = r"^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
COMPACT_JWS_PATTERN: Final = r"^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$"
IRI_PATTERN: Final = r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\u0000-\u0020<>\"{}|\\^`\u007F-\u00A0\u2028\u2029]+$"
DURATION_PATTERN: Final = r"^PT([0-9]{1,6}H([0-9]{1,8}M)?|[0-9]{1,8}M)$"
TAG_PATTERN: Final = r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
EXTENDED_PATTERN: Final = r"^ext:[A-Za-z0-9._\-]+$"
_EXTENDED: Final = re.compile(EXTENDED_PATTERN + r"\Z")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of values; `extensible` where others may stand behind `ext:`."""

    title: str
    values: tuple[str, ...]
    extensible: bool = True

    def __contains__(self, value: object) -> bool:
        """Whether it is one of the values, or extends them."""
        return value in self.values or (self.extensible and isinstance(value, str) and _EXTENDED.match(value) is not None)


ACHIEVEMENT_TYPES: Final = Enumeration(
    "types of achievement",
    (
        "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge", "BachelorDegree",
        "Certificate", "CertificateOfCompletion", "Certification", "CommunityService", "Competency", "Course", "CoCurricular", "Degree",
        "Diploma", "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License",
        "Membership", "ProfessionalDoctorate", "QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential",
        "ResearchDoctorate", "SecondarySchoolDiploma",
    ),
)  # fmt: skip
IDENTIFIER_TYPES: Final = Enumeration(
    "types of identifier",
    (
        "name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress", "nationalIdentityNumber", "isbn", "issn",
        "lisSourcedId", "oneRosterSourcedId", "sisSourcedId", "ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId",
        "identifier",
    ),
)  # fmt: skip
RESULT_TYPES: Final = Enumeration(
    "types of result",
    (
        "GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result", "RubricCriterion",
        "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status",
    ),
)  # fmt: skip
RESULT_STATUSES: Final = Enumeration(
    "statuses of a result", ("Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"), extensible=False
)
TARGET_TYPES: Final = Enumeration(
    "types of alignment target",
    ("ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel", "CTDL"),
)
