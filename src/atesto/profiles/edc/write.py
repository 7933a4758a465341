"""European Digital Credentials from award records (VCDM 1.1, EDC application profile 1.1, its five profiles).

Every node is typed and has an absolute id: a DID, or a UUID made from the credential's id and the node's place, so the same award under the
same id is the same document. A node that stands in several places is written out in each, in equal text, or named by its id alone.
Birth dates are written as midnight UTC, with no shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.timestamp import format_timestamp
from atesto.profiles.award.data_url import PNG
from atesto.profiles.edc.concept import listed_concept
from atesto.profiles.edc.evidence import Evidence
from atesto.profiles.edc.lists.languages import LANGUAGES
from atesto.profiles.edc.nodes import incomplete
from atesto.profiles.edc.vocabulary import CONTEXTS, SCHEMA_GENERIC

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.record import Award
    from atesto.profiles.form import Pages

_END_OF_DAY: Final = "T23:59:59Z"


def write(award: Award, *, issuer_did: str, credential_id: str, issued: datetime, pages: Pages) -> JsonObject:
    """The unsigned credential of `award`, issued under `issuer_did` by its awarding body or by who has its mandate.

    `pages` are the page images (PNG) by language. Raises MalformedInput `award.edc_incomplete` (a member that the form must carry is
    missing), `award.malformed` or `award.code_unknown`, with a pointer into the award, and `issue.foreign_issuer` when the issuing
    organisation names another DID. Does not check the elements of the European approach: `recognition.frameworks.eu_2022.require`
    does, before.
    """
    drawn = {language: (picture,) if isinstance(picture, bytes) else picture for language, picture in pages.items()}
    return _Writer(credential_id, award, issuer_did).credential(issued, drawn)


@dataclass(frozen=True, slots=True)
class _Writer(Evidence):
    def credential(self, issued: datetime, pages: Mapping[str, tuple[bytes, ...]]) -> JsonObject:
        moment = format_timestamp(issued)
        document: JsonObject = {
            "@context": list(CONTEXTS),
            "id": self.credential_id,
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "credentialProfiles": self.profiles(),
            "credentialSchema": {"id": SCHEMA_GENERIC, "type": "ShaclValidator2017"},
            "issuer": self.issuer(),
            "issued": moment,
            "issuanceDate": moment,
            "validFrom": moment,
        }
        if self.award.valid_until:
            document["validUntil"] = document["expirationDate"] = self.award.valid_until.isoformat() + _END_OF_DAY
        document["displayParameter"] = self.display(pages)
        document["credentialSubject"] = self.person(self.claim())
        if (evidence := self.evidence()) is not None:
            document["evidence"] = evidence
        return document

    def display(self, pages: Mapping[str, tuple[bytes, ...]]) -> JsonObject:
        languages = [language for language in self.award.page_languages if language in pages]
        if self.award.language not in pages:
            raise incomplete("The credential must show a page in the award's own language.", "/language")
        return self.node(
            "DisplayParameter",
            "display",
            title=self.title(),
            primaryLanguage=self.language(self.award.language),
            language=list({str(row["id"]): row for row in map(self.language, languages)}.values()),
            individualDisplay=[self.page(language, pages[language]) for language in languages],
        )

    def language(self, tag: str) -> JsonObject:
        pointer = "/language" if tag == self.award.language else "/title" + json_pointer(tag)
        return listed_concept(LANGUAGES, tag.split("-", 1)[0], pointer)

    def page(self, language: str, images: tuple[bytes, ...]) -> JsonObject:
        at = f"display/{language}"
        details: list[JsonValue] = []
        for number, image in enumerate(images, 1):
            place = at if number == 1 else f"{at}/{number}"
            details.append(self.node("DisplayDetail", f"{place}/detail", page=number, image=self.media(f"{place}/image", PNG, image)))
        return self.node("IndividualDisplay", at, language=self.language(language), displayDetail=details)
