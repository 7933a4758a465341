"""Which of the five profiles of the European Digital Credential an award has, and the evidence that they demand.

| profile | when | evidence |
|---|---|---|
| Issued by Mandate | the award has a mandate | one `evidenceStatement` each |
| Converted | it has a conversion | an `embeddedEvidence` each |
| Diploma Supplement | it has a supplement | an `accreditation` each |
| Accredited | it says that it is accredited | an `accreditation` each |
| Generic | none of these | none |

The published shapes judge every evidence of a credential by each of its profiles, so where several apply each evidence carries all that
they demand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atesto.profiles.edc.concept import listed_concept
from atesto.profiles.edc.lists.europass import CREDENTIAL_PROFILES, EVIDENCE_TYPES
from atesto.profiles.edc.nodes import incomplete
from atesto.profiles.edc.supplement import Supplements
from atesto.profiles.edc.vocabulary import (
    EVIDENCE_ACCREDITATION,
    EVIDENCE_CONVERSION,
    EVIDENCE_MANDATE,
    PROFILE_ACCREDITED,
    PROFILE_CONVERTED,
    PROFILE_GENERIC,
    PROFILE_MANDATE,
    PROFILE_SUPPLEMENT,
)

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonValue
    from atesto.profiles.award.record import Award


def profiles_of(award: Award) -> list[str]:
    """The codes of the profiles that the award has: one at least."""
    rows = (
        (PROFILE_MANDATE, award.mandate),
        (PROFILE_CONVERTED, award.conversion),
        (PROFILE_SUPPLEMENT, award.supplement),
        (PROFILE_ACCREDITED, award.accredited),
    )
    return [code for code, stated in rows if stated] or [PROFILE_GENERIC]


@dataclass(frozen=True, slots=True)
class Evidence(Supplements):
    """Makes profiles and evidence. Raises MalformedInput `award.edc_incomplete`, with a pointer into the award."""

    def profiles(self) -> JsonValue:
        found: list[JsonValue] = [listed_concept(CREDENTIAL_PROFILES, code, "") for code in profiles_of(self.award)]
        return found[0] if len(found) == 1 else found

    def evidence(self) -> JsonValue:
        """One evidence for each reason to have any; None where there is none."""
        award, conversion, assurance = self.award, self.award.conversion, self.award.quality_assurance
        statement = award.mandate.statement if award.mandate else None
        if award.mandate is not None and statement is None:
            raise incomplete("It must be said by what right another organisation issues.", "/mandate/statement")
        demanded: dict[str, JsonValue] = {}
        if conversion is not None:
            demanded["embeddedEvidence"] = self.file("conversion/document", conversion.document, conversion.title)
        accredited = award.accredited or award.supplement is not None
        if accredited:
            if assurance is None:
                raise incomplete("The accreditation must be stated, as quality assurance.", "/quality_assurance")
            demanded["accreditation"] = self.accreditation(assurance)
        rows = (
            (award.mandate is not None, EVIDENCE_MANDATE, "mandate", statement),
            (conversion is not None, EVIDENCE_CONVERSION, "conversion", (conversion.statement if conversion else None) or statement),
            (accredited, EVIDENCE_ACCREDITATION, "accredited", statement),
        )
        found: list[JsonValue] = [
            self.node("Evidence", at, dcType=listed_concept(EVIDENCE_TYPES, code, ""), evidenceStatement=words, **demanded)
            for applies, code, at, words in rows
            if applies
        ]
        return found[0] if len(found) == 1 else found or None
