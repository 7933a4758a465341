"""What the values of a property are, wherever it stands: classes of objects, controlled lists, texts of which one a language is enough."""

from __future__ import annotations

from typing import Final

_PROPERTIES: Final[dict[str, str]] = {
    "Accreditation": "accreditation",
    "Address": "address",
    "Agent Organisation Person": "assessedBy awardingBody credentialSubject directedBy evidenceTarget issuer member",
    "Amount": "amount",
    "AwardingOpportunity": "awardingOpportunity",
    "AwardingProcess": "awardedBy",
    "Claim LearningAchievement LearningActivity LearningAssessment LearningEntitlement": "awards hasClaim",
    "Concept": (
        "attachmentType citizenshipCountry contentEncoding contentType countryCode credentialProfiles dcType decision "
        "educationalSystemNote educationLevel educationSubject entitlementStatus eqfLevel framework gender gradeStatus "
        "idVerification language learningSchedule learningSetting limitCredentialType limitEQFLevel limitField "
        "limitJurisdiction limitNationalOccupation limitOccupation mode noteFormat nqfLevel primaryLanguage qualificationCode "
        "relatedESCOSkill relatedSkill reusabilityLevel spatial spatialCode subject targetGroup thematicArea unit "
        "verificationStatus"
    ),
    "ConceptScheme": "inScheme",
    "ContactPoint": "contactPoint",
    "CreditPoint": "creditPoint creditReceived",
    "DisplayDetail": "displayDetail",
    "DisplayParameter": "displayParameter",
    "EuropeanDigitalCredential": "elmSubject hasCredential",
    "Evidence": "evidence",
    "GradingScheme": "gradingScheme",
    "Grant": "grant",
    "Group": "groupMemberOf",
    "Identifier LegalIdentifier": "identifier",
    "IndividualDisplay": "individualDisplay",
    "LearningAchievement": "entitledBy hasPart influences isPartOf proves",
    "LearningAchievementSpecification Qualification": "generalisationOf learningAchievementSpecification specialisationOf specifiedBy",
    "LearningActivitySpecification": "influencedBy learningActivitySpecification",
    "LearningAssessment": "used",
    "LearningAssessmentSpecification": "provenBy",
    "LearningEntitlementSpecification": "entitlesTo",
    "LearningOpportunity": "learningOpportunity",
    "LearningOutcome": "learningOutcome",
    "LegalIdentifier": "eIDASIdentifier nationalID registration taxIdentifier vatIdentifier",
    "Location": "location placeOfBirth",
    "Mailbox": "emailAddress",
    "MediaObject": "attachment bannerImage embeddedEvidence image logo",
    "Note": "additionalNote admissionProcedure entryRequirement fullAddress grade learningOutcomeSummary scheduleInformation",
    "Organisation": "accreditingAgent hasSubOrganization limitOrganisation memberOf organisation providedBy subOrganizationOf",
    "PeriodOfTime": "temporal",
    "Phone": "phone",
    "PriceDetail": "priceDetail",
    "Qualification": "limitQualification",
    "ResultCategory": "resultCategory",
    "ResultDistribution": "resultDestribution",
    "ShaclValidator2017": "credentialSchema",
    "ShortenedGrading": "shortenedGrading",
    "VerificationCheck": "verificationCheck",
    "WebResource": "contactForm homepage landingPage report supplementaryDocument",
}
"""Classes -> the properties whose values are of one of them. `classes.CLASSES` says where a class has its own."""

RANGES: Final[dict[str, str]] = {name: classes for classes, names in _PROPERTIES.items() for name in names.split()}

BOUND: Final[dict[str, str]] = {
    "citizenshipCountry": "countries",
    "countryCode": "countries",
    "credentialProfiles": "credential profiles",
    "entitlementStatus": "entitlement statuses",
    "eqfLevel": "EQF levels",
    "language": "languages",
    "learningSetting": "settings",
    "limitEQFLevel": "EQF levels",
    "limitField": "fields of education",
    "limitJurisdiction": "administrative units",
    "limitOccupation": "ESCO occupations",
    "nqfLevel": "NQF levels",
    "primaryLanguage": "languages",
    "relatedESCOSkill": "ESCO skills",
    "reusabilityLevel": "reuse levels",
    "spatial": "countries",
    "thematicArea": "fields of education",
    "unit": "currencies",
    "verificationStatus": "verification statuses",
}
"""Property -> the list from which its value has to come, whichever class states it."""

USUAL: Final[dict[str, str]] = {
    "contentEncoding": "encodings",
    "contentType": "file types",
    "framework": "credit systems",
    "idVerification": "supervision types",
    "learningSchedule": "schedules",
    "mode": "modes",
    "targetGroup": "target groups",
}
"""Property -> the list from which its value usually comes: another list is no fault, a value that this list lacks is worth a warning."""

ONE_A_LANGUAGE: Final = frozenset({"description", "legalName", "prefLabel", "title"})
"""Texts that stand at most once in each language."""

AT_MOST: Final[dict[str, int]] = {"levelOfCompletion": 100}
"""Property -> the largest number that it may be."""

NOT_STATABLE: Final[dict[str, str]] = {"dateModified": "a date-time", "descriptionHtml": "HTML"}
"""Properties of which the published context makes identifiers, where the shapes want a literal: stated plainly they cannot be right."""
