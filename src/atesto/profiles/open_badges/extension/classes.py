"""The European extension as a table: classes, members, and what each stands for in the European Learning Model 3.

An Achievement of type EuropeanMicroCredential is a Qualification of that model, too, so a badge and its European Digital Credential say
the same of it in the same words. The context, the JSON Schema, the checks, `write` and `read` follow this table.
"""

from __future__ import annotations

from typing import Final

from atesto.profiles.open_badges.classes import Class, Kind, many, must, one, typed

URL: Final = "https://w3id.org/atesto/eu-micro-credential/v1"
"""The context's name in badges. Constant: what it defines is what was signed."""
TYPE: Final = "EuropeanMicroCredential"

_ELM: Final = "http://data.europa.eu/snb/model/elm/"
_DC: Final = "http://purl.org/dc/terms/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"

CLASSES: Final[dict[str, Class]] = {
    entry.name: entry
    for entry in (
        typed(
            TYPE,
            many("learningOutcome", "LearningOutcome"),
            one("volumeOfLearning", Kind.DURATION),
            one("creditPoint", "CreditPoint"),
            one("eqfLevel", Kind.NODE),
            one("nqfLevel", "Concept"),
            one("educationLevel", Kind.NODE),
            one("mode", Kind.NODE),
            one("accreditation", "Accreditation"),
            one("entryRequirement", "Note"),
            one("isPartialQualification", Kind.BOOLEAN),
            many("isPartOf", "Qualification"),
            many("additionalNote", "Note"),
            many("supplementaryDocument", "WebResource"),
            many("thematicArea", Kind.NODE),
            many("language", Kind.NODE),
            one("provenBy", "LearningAssessment"),
            one("influencedBy", "LearningActivity"),
        ),
        typed(
            "LearningOutcome",
            must("title", Kind.TEXTS),
            one("dcType", Kind.NODE),
            one("reusabilityLevel", Kind.NODE),
            many("relatedESCOSkill", Kind.NODE),
        ),
        typed("CreditPoint", must("framework", Kind.NODE), must("point", Kind.TEXT)),
        typed("Concept", one("id", Kind.IRI), one("prefLabel", Kind.TEXTS)),
        typed(
            "Accreditation",
            one("title", Kind.TEXTS),
            must("dcType", Kind.NODE),
            one("accreditingAgent", "Organisation"),
            one("decision", "Concept"),
            one("report", "WebResource"),
            one("reviewDate", Kind.DATE_TIME),
            one("expiryDate", Kind.DATE_TIME),
        ),
        typed("Organisation", one("id", Kind.IRI), one("legalName", Kind.TEXTS), one("spatial", Kind.NODE), one("homepage", Kind.NODE)),
        typed("Note", must("noteLiteral", Kind.TEXTS), one("subject", Kind.NODE)),
        typed("Qualification", must("title", Kind.TEXTS)),
        typed("WebResource", must("contentURL", Kind.IRI), one("title", Kind.TEXTS)),
        typed(
            "LearningAssessment",
            one("title", Kind.TEXTS),
            one("explanation", Kind.TEXTS),
            one("dcType", Kind.NODE),
            one("awardingDate", Kind.DATE_TIME),
            one("idVerification", Kind.NODE),
            one("gradingScheme", "GradingScheme"),
        ),
        typed("GradingScheme", must("title", Kind.TEXTS), one("explanation", Kind.TEXTS)),
        typed("LearningActivity", must("title", Kind.TEXTS), one("dcType", Kind.NODE), one("workload", Kind.DURATION)),
    )
}

MEANINGS: Final[dict[str, str]] = {
    **{name: _ELM + name for name in CLASSES},
    TYPE: _ELM + "Qualification",
    "Concept": _SKOS + "Concept",
    **{member.name: _ELM + member.name for entry in CLASSES.values() for member in entry.members},
    "contentURL": _ELM + "contentUrl",
    "dcType": _DC + "type",
    "eqfLevel": _ELM + "EQFLevel",
    "explanation": _DC + "description",
    "homepage": "http://xmlns.com/foaf/0.1/homepage",
    "language": _DC + "language",
    "legalName": "http://www.w3.org/ns/regorg#legalName",
    "nqfLevel": _ELM + "NQFLevel",
    "prefLabel": _SKOS + "prefLabel",
    "spatial": _DC + "spatial",
    "subject": _DC + "subject",
    "thematicArea": _ELM + "ISCEDFCode",
    "title": _DC + "title",
}
"""Class or member -> its IRI. Those that a European Digital Credential has by the same name have the same IRI there."""
