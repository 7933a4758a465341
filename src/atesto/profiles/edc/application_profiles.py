"""The five application profiles of European Digital Credentials: what each adds to the classes (`classes.CLASSES`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atesto.profiles.edc.classes import ClassRow

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ApplicationProfile:
    """One profile. Where it and the table of classes say different numbers, the narrower holds."""

    title: str
    adds: Mapping[str, ClassRow] = field(default_factory=dict)
    includes: tuple[str, ...] = ()
    """Codes of the profiles that it builds on."""
    shapes: tuple[str, ...] = ()
    """Names of the files in which its own shapes are published."""


GENERIC: Final = "e34929035b"
MANDATE: Final = "c_9a31f32a"
CONVERTED: Final = "c_7e400154"
ACCREDITED: Final = "c_ae121a00"
DIPLOMA_SUPPLEMENT: Final = "6dff8a0f87"

PROFILES: Final[dict[str, ApplicationProfile]] = {
    GENERIC: ApplicationProfile("Generic", shapes=("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl")),
    MANDATE: ApplicationProfile(
        "Issued by mandate",
        {"EuropeanDigitalCredential": ClassRow(some="evidence"), "Evidence": ClassRow(one="evidenceStatement")},
        shapes=("EDC-issuedByMandate.ttl",),
    ),
    CONVERTED: ApplicationProfile(
        "Converted",
        {"EuropeanDigitalCredential": ClassRow(some="evidence"), "Evidence": ClassRow(some="embeddedEvidence")},
        shapes=("EDC-converted.ttl",),
    ),
    ACCREDITED: ApplicationProfile(
        "Accredited",
        {
            "EuropeanDigitalCredential": ClassRow(some="evidence"),
            "Evidence": ClassRow(one="accreditation"),
            "Person": ClassRow(one="hasClaim", ranges={"hasClaim": "LearningAchievement"}),
        },
        shapes=("EDC-accredited.ttl",),
    ),
    DIPLOMA_SUPPLEMENT: ApplicationProfile(
        "Diploma Supplement",
        {
            "LearningAchievement": ClassRow(one="creditReceived provenBy"),
            "Person": ClassRow(one="dateOfBirth fullName"),
            "Qualification": ClassRow(
                one="maximumDuration",
                some="awardingOpportunity hasPart language learningOutcome mode nqfLevel thematicArea",
            ),
        },
        includes=(ACCREDITED,),
        shapes=("EDC-diplomaSupplement.ttl",),
    ),
}
"""By the code in the list of credential profiles, which is how `credentialProfiles` names them."""
