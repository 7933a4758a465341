"""Open Badges from award records (VCDM 2.0, Open Badges 3.0.3): one badge in one language.

A badge is in the award's own language, since the texts of Open Badges have none of their own. Its achievement names the other languages in
which the title is told, by the identifiers that the achievement has there. What Open Badges has no property for stands in the European
extension, in all languages, where the issuer uses it.

An achievement's identifier follows from what it says and who issues it: equal achievements of many learners have one, and one that says
something else has another. The same award under the same credential id is the same document.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from atesto.encoding.jcs import canonicalize_json
from atesto.encoding.timestamp import format_timestamp
from atesto.errors import MalformedInput
from atesto.profiles.choices import USUAL, Choices
from atesto.profiles.edc.lists.europass import EQF_LEVELS, EVIDENCE_TYPES
from atesto.profiles.edc.lists.isced_f import FIELDS_OF_EDUCATION
from atesto.profiles.edc.nodes import Nodes, midnight
from atesto.profiles.open_badges.criteria import criteria_of, in_language
from atesto.profiles.open_badges.extension import classes as extension
from atesto.profiles.open_badges.extension.write import extension_members
from atesto.profiles.open_badges.parties import identities, profile
from atesto.profiles.open_badges.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from atesto.profiles.open_badges.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.parties import AwardingBody
    from atesto.profiles.award.record import Award
    from atesto.profiles.form import Pages, Write

MANDATE: Final = EVIDENCE_TYPES.iri("c_18016257")
EQF_TARGET: Final = "ext:EQFLevel"
NQF_TARGET: Final = "ext:NQFLevel"
TWIN: Final = "ext:elmQualification"
"""The type of identifier by which an achievement names the Qualification in the European Digital Credential of the same award."""
NOT_CARRIED: Final = (
    "/learner/place_of_birth",
    "/learner/citizenship",
    "/awarding_body/logo",
    "/mandate/issuer/logo",
    "/accredited",
    "/conversion",
    "/supplement",
    "/display",
)
"""What an award may state and a badge does not tell: it has no place for it, or the European form alone makes something of it."""
_END_OF_DAY: Final = "T23:59:59Z"


def write(
    award: Award,
    *,
    issuer_did: str,
    credential_id: str,
    issued: datetime,
    pages: Pages,  # noqa: ARG001 - the interface's: a badge holds no page
    choices: Choices = USUAL,
) -> JsonObject:
    """The unsigned badge of `award`, issued under `issuer_did` by its awarding body or by who has its mandate.

    Raises MalformedInput `award.badge_incomplete`, `award.malformed` or `award.code_unknown`, with a pointer into the award, and
    `issue.foreign_issuer`. Does not check the elements of the European approach: `recognition.frameworks.eu_2022.require` does.
    """
    return _Writer(award, issuer_did, credential_id, choices).credential(issued)


def write_as(choices: Choices) -> Write:
    """`write`, as an issuer has chosen."""
    return functools.partial(write, choices=choices)


def badge_language(award: Award) -> str:
    """The language of an award's badge: its own, unless its title is not told in it."""
    title = award.title or {}
    return award.language if award.language in title or not title else next(iter(title))


@dataclass(frozen=True, slots=True)
class _Writer:
    award: Award
    issuer_did: str
    credential_id: str
    choices: Choices

    def credential(self, issued: datetime) -> JsonObject:
        award, language = self.award, badge_language(self.award)
        if award.title is None:
            raise _incomplete("The award must have a title.", "/title")
        if award.issuing_date is None:
            raise _incomplete("The award must have a date.", "/issuing_date")
        contexts: list[JsonValue] = [CREDENTIALS_V2, OPEN_BADGES]
        if self.choices.european_extension:
            contexts.append(extension.URL)
        document: JsonObject = {
            "@context": contexts,
            "id": self.credential_id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": award.title[language],
            "issuer": self.issuer(language),
            "validFrom": format_timestamp(issued),
            "awardedDate": midnight(award.issuing_date),
            "credentialSubject": self.subject(language),
        }
        if award.valid_until:
            document["validUntil"] = award.valid_until.isoformat() + _END_OF_DAY
        if award.mandate is not None and award.mandate.statement is not None:
            document["evidence"] = [{"type": ["Evidence"], "genre": MANDATE, "name": "Mandate", "narrative": award.mandate.statement}]
        return document

    # --- who ---------------------------------------------------------------------------------------------------------------

    def issuer(self, language: str) -> JsonObject:
        mandate = self.award.mandate
        body, at = (self.body(), "/awarding_body") if mandate is None else (mandate.issuer, "/mandate/issuer")
        if body.id is not None and body.id != self.issuer_did:
            raise MalformedInput("issue.foreign_issuer", f"The issuer is {body.id}, not {self.issuer_did}.", pointer=f"{at}/id")
        return profile(body, self.issuer_did, language, at)

    def body(self) -> AwardingBody:
        if self.award.awarding_body is None:
            raise _incomplete("The award must have an awarding body.", "/awarding_body")
        return self.award.awarding_body

    def creator(self, language: str) -> JsonObject | None:
        """Who awards, where another issues."""
        if self.award.mandate is None:
            return None
        body = self.body()
        if body.id == self.issuer_did:
            raise MalformedInput("award.malformed", "A mandate is for another organisation than the awarding body.", pointer="/mandate")
        told: JsonObject = body.model_dump(mode="json", exclude_none=True)
        return profile(body, body.id or _urn(f"{self.issuer_did}#creator#", told), language, "/awarding_body")

    def subject(self, language: str) -> JsonObject:
        learner = self.award.learner
        if learner is None:
            raise _incomplete("The award must say whom it belongs to.", "/learner")
        found: JsonObject = {
            "id": learner.id or f"urn:uuid:{uuid5(NAMESPACE_URL, self.credential_id + '#learner')}",
            "type": ["AchievementSubject"],
            "achievement": self.achievement(language),
        }
        if told := identities(learner, self.credential_id, plain=self.choices.plain_identities):
            found["identifier"] = told
        if self.award.workload is not None and self.award.workload.ects is not None:
            received = self.award.workload.received
            found["creditsEarned"] = _number(self.award.workload.ects if received is None else received)
        if self.award.grade is not None:
            value = in_language(self.award.grade.value, language)
            found["result"] = [{"type": ["Result"], "resultDescription": self.grade_id(), "value": value}]
        return found

    # --- what --------------------------------------------------------------------------------------------------------------

    def achievement(self, language: str) -> JsonObject:
        languages = tuple(self.award.title or {})
        related: list[JsonValue] = [
            {"id": self.achievement_id(other), "type": ["Related"], "inLanguage": other} for other in languages if other != language
        ]
        found = {"id": self.achievement_id(language), **self.content(language)}
        if related:
            found["related"] = related
        if self.choices.european_extension:
            # The Qualification of the credential's twin, by the rule with which that one names its parts.
            twin = Nodes(self.credential_id).node("Qualification", "qualification")["id"]
            found["otherIdentifier"] = [{"type": "IdentifierEntry", "identifier": twin, "identifierType": TWIN}]
        return found

    def achievement_id(self, language: str) -> str:
        languages: list[JsonValue] = [*(self.award.title or {})]
        return _urn(f"{self.issuer_did}#achievement#", [self.content(language), languages])

    def content(self, language: str) -> JsonObject:
        """An achievement without what names it and its kin."""
        award = self.award
        title = in_language(award.title or {}, language)
        found: JsonObject = {
            "type": ["Achievement", extension.TYPE] if self.choices.european_extension else ["Achievement"],
            "achievementType": "MicroCredential",
            "name": title,
            "description": in_language(award.description, language) if award.description else title,
            "criteria": {"narrative": criteria_of(award, language) or title},
            "inLanguage": language,
        }
        optional: dict[str, JsonValue] = {
            "creator": self.creator(language),
            "alignment": list(self.alignments(language)),
            "creditsAvailable": None if award.workload is None or award.workload.ects is None else _number(award.workload.ects),
            "fieldOfStudy": FIELDS_OF_EDUCATION.labels.get(award.field_of_education[0]) if award.field_of_education else None,
            "resultDescription": self.grade_description(language),
        }
        found |= {name: value for name, value in optional.items() if value not in (None, [])}
        return {**found, **extension_members(award)} if self.choices.european_extension else found

    def alignments(self, language: str) -> Iterator[JsonObject]:
        for outcome in self.award.learning_outcomes:
            for skill in outcome.esco:
                yield _alignment(in_language(outcome.title, language), skill, "ESCO", "ceasn:Competency")
        level = self.award.level
        if level is not None and level.eqf is not None:
            name = f"{words_of(language).level} {level.eqf}"
            yield _alignment(name, EQF_LEVELS.iri(str(level.eqf)), "European Qualifications Framework (EQF)", EQF_TARGET)
        if level is not None and level.nqf is not None:
            name = in_language(level.nqf.label, language) if level.nqf.label else level.nqf.id
            yield _alignment(name, level.nqf.id, None, NQF_TARGET)

    def grade_id(self) -> str:
        return _urn(f"{self.issuer_did}#grade#", self.grade_name(badge_language(self.award)))

    def grade_name(self, language: str) -> str:
        scheme = self.award.grade.scheme if self.award.grade else None
        return words_of(language).grade if scheme is None else in_language(scheme.title, language)

    def grade_description(self, language: str) -> list[JsonValue]:
        if self.award.grade is None:
            return []
        return [{"id": self.grade_id(), "type": ["ResultDescription"], "name": self.grade_name(language), "resultType": "Result"}]


def _alignment(name: str, url: str, framework: str | None, kind: str) -> JsonObject:
    found: JsonObject = {"type": ["Alignment"], "targetName": name, "targetUrl": url, "targetType": kind}
    return found if framework is None else {**found, "targetFramework": framework}


def _urn(name: str, content: JsonValue) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name + hashlib.sha256(canonicalize_json(content)).hexdigest())}"


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def _incomplete(sentence: str, pointer: str) -> MalformedInput:
    return MalformedInput("award.badge_incomplete", sentence, pointer=pointer)
