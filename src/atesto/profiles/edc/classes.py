"""The classes of the European Learning Model as the EDC application profile 1.1 uses them: what each must and may say.

One row a class. A property stands under how often it is stated: `one` exactly once, `some` at least once, `at_most_one` once or not at
all, `any` as often as one likes. What its values are follows from the term (`terms.TERMS`: text, dates, numbers), or, where they are
objects, from `RANGES`; where a class has its own, from the row. `lists.schemes.LISTS` names the controlled lists.

Names are those of the JSON documents, which is where this table differs from the published shapes: the shapes spell four properties as
the context does not (`nationalId`, `areaDialing`, `resultDistribution`, `latitude`), so they never look at them. Here they are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atesto.profiles.edc.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ClassRow:
    """What an object of a class says. Names of properties are separated by spaces, and so are the classes of a range."""

    one: str = ""
    some: str = ""
    at_most_one: str = ""
    any: str = ""
    ranges: Mapping[str, str] = field(default_factory=dict)
    """Property -> classes, where they are not those of `RANGES`."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Property -> the list from which its value has to come, where `ranges.BOUND` does not say so for every class."""
    usual: Mapping[str, str] = field(default_factory=dict)
    """Property -> the list from which its value usually comes, where `ranges.USUAL` does not say so for every class."""


CREDENTIAL_MEMBERS: Final[dict[str, Kind]] = {
    "credentialSchema": Kind.NODE,
    "credentialSubject": Kind.NODE,
    "evidence": Kind.NODE,
    "expirationDate": Kind.DATE_TIME,
    "issuanceDate": Kind.DATE_TIME,
    "issued": Kind.DATE_TIME,
    "issuer": Kind.NODE,
    "validFrom": Kind.DATE_TIME,
    "validUntil": Kind.DATE_TIME,
}
"""Terms of VCDM 1.1, which mean something at the top of a credential only."""

LEFT_OUT: Final = ("credentialStatus", "holder", "proof", "termsOfUse")
"""What the profile wants in a form that no credential of VCDM 1.1 can have: URIs as text, and a holder of its own classes. Not judged."""

CLASSES: Final[dict[str, ClassRow]] = {
    "Accreditation": ClassRow(
        one="accreditingAgent dcType",
        some="title",
        at_most_one="dateIssued dateModified decision expiryDate limitQualification report reviewDate status valid",
        any=(
            "additionalNote description homepage identifier landingPage limitCredentialType limitEQFLevel limitField "
            "limitJurisdiction organisation supplementaryDocument"
        ),
        lists={"dcType": "quality assurance types"},
    ),
    "Address": ClassRow(
        one="countryCode",
        at_most_one="fullAddress",
        any="identifier",
    ),
    "Agent": ClassRow(
        at_most_one="dateModified",
        any="additionalNote altLabel contactPoint groupMemberOf identifier location prefLabel",
    ),
    "Amount": ClassRow(
        one="unit value",
    ),
    "AwardingOpportunity": ClassRow(
        some="awardingBody",
        at_most_one="learningAchievementSpecification location temporal",
        any="identifier",
    ),
    "AwardingProcess": ClassRow(
        some="awardingBody",
        at_most_one="awardingDate educationalSystemNote location",
        any="additionalNote awards description identifier used",
    ),
    "Claim": ClassRow(
        one="awardedBy",
        some="dcType title",
        any="additionalNote description identifier supplementaryDocument",
        lists={"dcType": "claim types"},
    ),
    "Concept": ClassRow(
        at_most_one="notation",
        any="definition inScheme prefLabel",
    ),
    "ConceptScheme": ClassRow(),
    "ContactPoint": ClassRow(
        any="additionalNote address contactForm description emailAddress phone",
    ),
    "CreditPoint": ClassRow(
        one="framework point",
    ),
    "DisplayDetail": ClassRow(
        one="image page",
    ),
    "DisplayParameter": ClassRow(
        one="primaryLanguage",
        some="individualDisplay language title",
        at_most_one="summaryDisplay",
        any="description",
    ),
    "EuropeanDigitalCredential": ClassRow(
        one="credentialSubject displayParameter issued issuer validFrom",
        some="credentialProfiles credentialSchema",
        at_most_one="expirationDate issuanceDate validUntil",
        any="attachment evidence identifier",
    ),
    "EuropeanDigitalPresentation": ClassRow(
        any="verificationCheck",
    ),
    "Evidence": ClassRow(
        one="dcType",
        at_most_one="accreditation evidenceStatement evidenceTarget",
        any="embeddedEvidence",
        lists={"dcType": "evidence types"},
    ),
    "Geometry": ClassRow(
        any="latitude longitude",
    ),
    "GradingScheme": ClassRow(
        some="title",
        any="description identifier supplementaryDocument",
    ),
    "Grant": ClassRow(
        some="title",
        at_most_one="contentURL dcType",
        any="description supplementaryDocument",
    ),
    "Group": ClassRow(
        some="prefLabel",
        any="additionalNote altLabel contactPoint dcType location member",
    ),
    "Identifier": ClassRow(
        one="notation",
        at_most_one="creator dateIssued schemeAgency schemeId schemeName schemeVersion",
        any="dcType",
    ),
    "IndividualDisplay": ClassRow(
        one="language",
        some="displayDetail",
    ),
    "LearningAchievement": ClassRow(
        one="awardedBy",
        some="title",
        at_most_one="learningOpportunity specifiedBy",
        any=(
            "additionalNote creditReceived dcType description entitlesTo hasPart identifier influencedBy isPartOf provenBy "
            "supplementaryDocument"
        ),
        ranges={"entitlesTo": "LearningEntitlement", "influencedBy": "LearningActivity", "provenBy": "LearningAssessment"},
    ),
    "LearningAchievementSpecification": ClassRow(
        some="title",
        at_most_one="dateModified entryRequirement learningOutcomeSummary learningSetting maximumDuration status volumeOfLearning",
        any=(
            "additionalNote altLabel awardingOpportunity category creditPoint dcType description educationLevel educationSubject "
            "entitlesTo generalisationOf hasPart homepage identifier influencedBy isPartOf language learningOutcome mode provenBy "
            "specialisationOf supplementaryDocument targetGroup thematicArea"
        ),
        ranges={"hasPart": "LearningAchievementSpecification Qualification", "isPartOf": "LearningAchievementSpecification Qualification"},
    ),
    "LearningActivity": ClassRow(
        one="awardedBy",
        some="title",
        at_most_one="learningOpportunity levelOfCompletion specifiedBy workload",
        any=("additionalNote dcType description directedBy hasPart identifier influences isPartOf location supplementaryDocument temporal"),
        ranges={"hasPart": "LearningActivity", "isPartOf": "LearningActivity", "specifiedBy": "LearningActivitySpecification"},
    ),
    "LearningActivitySpecification": ClassRow(
        some="title",
        at_most_one="dateModified status volumeOfLearning",
        any=(
            "additionalNote altLabel category contactHour dcType description generalisationOf hasPart homepage identifier "
            "influences isPartOf language mode specialisationOf supplementaryDocument"
        ),
        ranges={
            "generalisationOf": "LearningActivitySpecification",
            "hasPart": "LearningActivitySpecification",
            "influences": "LearningAchievementSpecification Qualification",
            "isPartOf": "LearningActivitySpecification",
            "specialisationOf": "LearningActivitySpecification",
        },
        usual={"dcType": "activity types"},
    ),
    "LearningAssessment": ClassRow(
        one="awardedBy grade",
        some="title",
        at_most_one="dateIssued gradeStatus idVerification location proves resultDestribution shortenedGrading specifiedBy",
        any="additionalNote assessedBy dcType description hasPart identifier isPartOf supplementaryDocument",
        ranges={"hasPart": "LearningAssessment", "isPartOf": "LearningAssessment", "specifiedBy": "LearningAssessmentSpecification"},
    ),
    "LearningAssessmentSpecification": ClassRow(
        some="title",
        at_most_one="dateModified dcType gradingScheme status",
        any=(
            "additionalNote altLabel category description generalisationOf hasPart homepage identifier isPartOf language mode "
            "proves specialisationOf supplementaryDocument"
        ),
        ranges={
            "generalisationOf": "LearningAssessmentSpecification",
            "hasPart": "LearningAssessmentSpecification",
            "isPartOf": "LearningAssessmentSpecification",
            "proves": "LearningAchievementSpecification Qualification",
            "specialisationOf": "LearningAssessmentSpecification",
        },
        usual={"dcType": "assessment types"},
    ),
    "LearningEntitlement": ClassRow(
        one="awardedBy",
        some="title",
        at_most_one="dateIssued dcType expiryDate specifiedBy",
        any="additionalNote description entitledBy hasPart identifier isPartOf supplementaryDocument",
        ranges={"hasPart": "LearningEntitlement", "isPartOf": "LearningEntitlement", "specifiedBy": "LearningEntitlementSpecification"},
    ),
    "LearningEntitlementSpecification": ClassRow(
        one="dcType entitlementStatus",
        some="title",
        at_most_one="dateModified status",
        any=(
            "additionalNote altLabel category description entitledBy generalisationOf hasPart homepage identifier isPartOf "
            "limitJurisdiction limitNationalOccupation limitOccupation limitOrganisation specialisationOf supplementaryDocument"
        ),
        ranges={
            "entitledBy": "LearningAchievementSpecification Qualification",
            "generalisationOf": "LearningEntitlementSpecification",
            "hasPart": "LearningEntitlementSpecification",
            "isPartOf": "LearningEntitlementSpecification",
            "specialisationOf": "LearningEntitlementSpecification",
        },
        usual={"dcType": "entitlement types"},
    ),
    "LearningOpportunity": ClassRow(
        some="providedBy title",
        at_most_one=(
            "admissionProcedure bannerImage dateModified duration learningAchievementSpecification learningActivitySpecification "
            "learningSchedule scheduleInformation status temporal"
        ),
        any=(
            "additionalNote applicationDeadline dcType description descriptionHtml grant hasPart homepage identifier isPartOf "
            "location mode priceDetail supplementaryDocument"
        ),
        ranges={"hasPart": "LearningOpportunity", "isPartOf": "LearningOpportunity"},
        usual={"dcType": "opportunity types"},
    ),
    "LearningOutcome": ClassRow(
        some="title",
        at_most_one="dcType reusabilityLevel",
        any="additionalNote identifier relatedESCOSkill relatedSkill",
        lists={"dcType": "skill types"},
    ),
    "LegalIdentifier": ClassRow(
        one="notation spatial",
        at_most_one="creator dateIssued schemeAgency schemeId schemeName schemeVersion",
        any="dcType",
    ),
    "Location": ClassRow(
        some="address",
        any="description geographicName identifier spatialCode",
    ),
    "Mailbox": ClassRow(),
    "MediaObject": ClassRow(
        one="content contentEncoding contentType",
        at_most_one="attachmentType contentSize contentURL",
        any="description title",
    ),
    "Note": ClassRow(
        some="noteLiteral",
        at_most_one="noteFormat subject",
    ),
    "Organisation": ClassRow(
        some="legalName location",
        at_most_one="dateModified eIDASIdentifier logo registration subOrganizationOf",
        any=(
            "accreditation additionalNote altLabel contactPoint dcType groupMemberOf hasSubOrganization homepage identifier "
            "taxIdentifier vatIdentifier"
        ),
    ),
    "PeriodOfTime": ClassRow(
        at_most_one="endDate startDate",
        any="prefLabel",
    ),
    "Person": ClassRow(
        some="hasClaim",
        at_most_one="dateModified dateOfBirth familyName fullName gender givenName location nationalID placeOfBirth",
        any="birthName citizenshipCountry contactPoint groupMemberOf hasCredential identifier memberOf patronymicName",
    ),
    "Phone": ClassRow(
        at_most_one="areaDialingCode countryDialing dialNumber phoneNumber",
    ),
    "PriceDetail": ClassRow(
        at_most_one="amount",
        any="additionalNote description identifier prefLabel",
    ),
    "Qualification": ClassRow(
        some="title",
        at_most_one=(
            "dateModified entryRequirement eqfLevel isPartialQualification learningOutcomeSummary learningSetting maximumDuration "
            "status volumeOfLearning"
        ),
        any=(
            "accreditation additionalNote altLabel awardingOpportunity category creditPoint dcType description educationLevel "
            "educationSubject entitlesTo generalisationOf hasPart homepage identifier influencedBy isPartOf language "
            "learningOutcome mode nqfLevel provenBy qualificationCode specialisationOf supplementaryDocument targetGroup "
            "thematicArea"
        ),
        ranges={
            "generalisationOf": "Qualification",
            "hasPart": "Qualification",
            "isPartOf": "Qualification",
            "specialisationOf": "Qualification",
        },
    ),
    "ResultCategory": ClassRow(
        one="count label",
        at_most_one="maximumScore minimumScore score",
    ),
    "ResultDistribution": ClassRow(
        any="description resultCategory",
    ),
    "ShaclValidator2017": ClassRow(),
    "ShortenedGrading": ClassRow(
        one="percentageEqual percentageHigher percentageLower",
    ),
    "Specification": ClassRow(
        some="title",
        at_most_one="dateModified status",
        any="additionalNote altLabel category dcType description homepage identifier supplementaryDocument",
    ),
    "VerificationCheck": ClassRow(
        one="dcType elmSubject verificationStatus",
        any="description",
        lists={"dcType": "verification checks"},
    ),
    "WebResource": ClassRow(
        one="contentURL",
        at_most_one="language",
        any="title",
    ),
}
