"""The fixed words of the European Digital Credentials that this node writes, and recognizes when it reads."""

from __future__ import annotations

from typing import Final

CREDENTIALS_V1: Final = "https://www.w3.org/2018/credentials/v1"
EDC_AP: Final = "http://data.europa.eu/snb/model/context/edc-ap"
DATA_INTEGRITY_V2: Final = "https://w3id.org/security/data-integrity/v2"
CONTEXTS: Final = (CREDENTIALS_V1, EDC_AP, DATA_INTEGRITY_V2)

SCHEMA_GENERIC: Final = "http://data.europa.eu/snb/model/ap/edc-generic-full"
PROFILE_GENERIC: Final = "e34929035b"
PROFILE_CONVERTED: Final = "c_7e400154"
PROFILE_ACCREDITED: Final = "c_ae121a00"
PROFILE_MANDATE: Final = "c_9a31f32a"
PROFILE_SUPPLEMENT: Final = "6dff8a0f87"
EVIDENCE_MANDATE: Final = "c_18016257"
EVIDENCE_CONVERSION: Final = "c_c4f849d7"
EVIDENCE_ACCREDITATION: Final = "c_991b06c6"

ATU: Final = "http://publications.europa.eu/resource/authority/atu/"
NUTS: Final = "http://data.europa.eu/nuts/code/"
REGION_SCHEMES: Final = ((ATU, "http://publications.europa.eu/resource/authority/atu"), (NUTS, "http://data.europa.eu/nuts"))
"""What the IRI of a region begins with, and the scheme that it then stands in."""

ESCO_SKILLS_SCHEME: Final = "http://data.europa.eu/esco/concept-scheme/skills"
NQF_SCHEME: Final = "http://data.europa.eu/snb/qdr/25831c2"
ELM: Final = "http://data.europa.eu/snb/model/elm/"
ELM_SCHEME: Final = "http://data.europa.eu/snb/model/elm"

NOTE_ON_LEVEL: Final = ELM + "EQFLevel"
NOTE_ON_STACKABILITY: Final = ELM + "isPartOf"
"""What an additional note is about, as its subject: EDC has no place of its own for the two."""

NOTES_OF_SUPPLEMENT: Final[dict[str, str]] = {
    "title_conferred": ELM + "Qualification",
    "institution_status": ELM + "Organisation",
    "administered_by": ELM + "providedBy",
    "grade_distribution": ELM + "resultDistribution",
    "certified_by": ELM + "Agent",
    "certifying_capacity": ELM + "AwardingProcess",
}
"""Parts of a Diploma Supplement for which the vocabulary has no place either: what their notes are about."""

NO_GRADE: Final[dict[str, str]] = {
    "en": "No grade stated",
    "de": "Keine Note angegeben",
    "fr": "Aucune note indiquée",
    "es": "Sin calificación indicada",
    "el": "Δεν αναφέρεται βαθμός",
    "bg": "Не е посочена оценка",
}
"""An assessment must carry a grade (SHACL: exactly one); an award without one says so in these words."""
