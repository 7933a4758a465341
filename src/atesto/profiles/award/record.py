"""The award record (Council Recommendation of 16 June 2022 on micro-credentials, Annex I): what a registrar writes.

Every element is optional here, so that a credential that lacks one can be read back and said to lack it; that the eleven mandatory
elements are present and sound is judged in one place, `recognition.frameworks.eu_2022`. What is checked here is form: no unknown
members, text is text, dates are dates, web addresses are web addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from atesto import limits
from atesto.profiles.award.values import (
    ActivityType,
    AssessmentType,
    Country,
    Date,
    Email,
    FieldOfEducation,
    InstructionLanguage,
    Iri,
    LanguageTag,
    Mode,
    Number,
    QualityAssuranceType,
    SupervisionType,
    Text,
    WebAddress,
    Words,
)

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject

_T = TypeVar("_T")
_Items = Annotated[tuple[_T, ...], Field(strict=False, max_length=limits.MAX_AWARD_ITEMS)]


def _named(member: str) -> BeforeValidator:
    """A bare string stands for an object with that one member."""

    def wrap(value: Any) -> Any:
        return {member: value} if isinstance(value, str) else value

    return BeforeValidator(wrap)


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class LegalIdentifier(_Part):
    """A number in an official register."""

    number: Words = Field(description="The number as the register writes it.")
    country: Country | None = Field(None, description="The register's country; where left out, the country of whoever bears the number.")


_Identifier = Annotated[LegalIdentifier, _named("number")]


class Learner(_Part):
    """The person, identified as little as the issuer wants."""

    id: Iri | None = Field(None, description="The learner's DID, when there is one: it binds the credential to its holder.")
    given_name: Words | None = Field(None, description="First names, as in official papers.")
    family_name: Words | None = Field(None, description="Family names.")
    full_name: Words | None = Field(None, description="The name as it is to be shown.")
    date_of_birth: Date | None = Field(None, description="The day of birth; by itself it identifies nobody.")
    national_id: _Identifier | None = Field(None, description="A national identification number; its country must be stated.")
    email: Email | None = Field(None, description="Where the learner is reached.")


class AwardingBody(_Part):
    """The organisation that awards; it issues, too, unless there is a mandate."""

    id: Iri | None = Field(None, description="Its DID; where left out and without a mandate, the issuing node's.")
    name: Text | None = Field(None, description="The legal name.")
    country: Country | None = Field(None, description="ISO code, Publications Office code or English name.")
    eidas: _Identifier | None = Field(
        None, description="As in an eIDAS seal certificate, such as VATIE-0000000T; who issues must have one."
    )
    registration: _Identifier | None = Field(None, description="The number in the national register.")
    vat: _Identifier | None = Field(None, description="The number for value added tax.")
    tax: _Identifier | None = Field(None, description="The tax number.")
    address: Text | None = Field(None, description="The postal address in one text.")
    homepage: WebAddress | None = Field(None, description="Its page on the web.")
    email: Email | None = Field(None, description="Where it is reached.")

    @model_validator(mode="after")
    def _say_the_country_once(self) -> Self:
        """A number of the organisation's own country does not repeat it, so that awards that say the same are equal."""
        for name in ("eidas", "registration", "vat", "tax"):
            number: LegalIdentifier | None = getattr(self, name)
            if number is not None and number.country is not None and number.country == self.country:
                # The model is frozen for its users; nobody has seen it yet.
                object.__setattr__(self, name, LegalIdentifier.model_construct(number=number.number, country=None))
        return self


class Mandate(_Part):
    """Another organisation issues on the awarding body's behalf."""

    issuer: AwardingBody = Field(description="The organisation that issues, with the members of an awarding body.")
    statement: Words | None = Field(None, description="By what right it does, in one or two sentences.")


class LearningOutcome(_Part):
    """What the learner knows, understands or can do."""

    title: Text = Field(description="One thing that the learner knows, understands or can do, in a sentence that starts with a verb.")
    esco: _Items[Iri] = Field((), description="ESCO skills, as IRIs below http://data.europa.eu/esco/skill/.")


class Workload(_Part):
    """The notional workload."""

    hours: Number | None = Field(None, description="Hours of learning, teaching and assessment together.")
    ects: Number | None = Field(None, description="ECTS credits; one stands for 25 to 30 hours.")
    stated_otherwise: _Items[Words] = Field((), description="Only in records read from credentials: durations in conflict with `hours`.")


class NationalLevel(_Part):
    """A level of a national or other qualifications framework."""

    id: Iri = Field(description="The level's IRI below http://data.europa.eu/snb/qdr/.")
    label: Text | None = Field(None, description="What the framework calls the level.")


class Level(_Part):
    """The level of the learning: of the EQF, of a national framework, or why there is none."""

    eqf: int | None = Field(None, description="1 to 8.")
    nqf: NationalLevel | None = Field(None, description="The level of a national or other framework, beside the EQF level or in its place.")
    not_applicable: Text | None = Field(None, description="Why no level applies.")


class Assessment(_Part):
    """How the learning was assessed."""

    type: AssessmentType | None = Field(None, description="One of the 14 types of assessment.")
    title: Text | None = Field(None, description="What the assessment was called.")
    description: Text | None = Field(None, description="What had to be done.")
    date: Date | None = Field(None, description="The day of the assessment, where it is not the award's own.")


class Agency(_Part):
    """The quality assurance agency."""

    id: Iri | None = Field(None, description="Its DID or another identifier; the awarding body's own where it assures its quality itself.")
    name: Text | None = Field(None, description="Its legal name.")
    country: Country | None = Field(None, description="Its country; the credential must state it.")
    homepage: WebAddress | None = Field(None, description="Its page on the web.")


class QualityAssurance(_Part):
    """What vouches for the quality of the micro-credential."""

    type: QualityAssuranceType | None = Field(None, description="One of the 4 types of quality assurance.")
    title: Text | None = Field(None, description="The name of the accreditation or review.")
    agency: Agency | None = Field(None, description="Who assures the quality; the credential must name it.")
    decision: Text | None = Field(None, description="What the agency decided.")
    report: WebAddress | None = Field(None, description="The published report.")
    review_date: Date | None = Field(None, description="The day of the next review.")
    expiry_date: Date | None = Field(None, description="The last day on which it holds.")


class GradingScheme(_Part):
    """How the grade is to be read."""

    title: Text = Field(description="The name of the scale.")
    description: Text | None = Field(None, description="What its grades mean.")


class Grade(_Part):
    """The grade achieved."""

    value: Text = Field(description="The grade as the transcript shows it.")
    scheme: Annotated[GradingScheme, _named("title")] | None = Field(None, description="The scale on which it stands.")


class Stackability(_Part):
    """How the micro-credential counts towards something larger."""

    partial: bool | None = Field(None, description="Whether it is part of a larger qualification.")
    part_of: _Items[Text] = Field((), description="The larger qualifications, by title.")
    note: Text | None = Field(None, description="How it may be combined, in words.")


class Link(_Part):
    """A page or document on the web."""

    url: WebAddress = Field(description="The address.")
    title: Text | None = Field(None, description="What is found there.")


class FurtherInformation(_Part):
    """Anything else a reader should know."""

    text: Text | None = Field(None, description="A note.")
    links: _Items[Annotated[Link, _named("url")]] = Field((), description="Pages and documents.")


class Activity(_Part):
    """What the learner did."""

    title: Text = Field(description="What the activity was called.")
    type: ActivityType | None = Field(None, description="One of the 11 types of learning activity.")
    hours: Number | None = Field(None, description="The hours that it took.")


class Award(_Part):
    """One award of a micro-credential. Two awards are equal when they say the same."""

    language: LanguageTag = Field("en", description="The language of texts that are given as bare strings, and of the first page.")
    title: Text | None = Field(None, description="The title of the micro-credential.")
    description: Text | None = Field(None, description="What it is about, in a few sentences.")
    learner: Learner | None = Field(None, description="Who learned.")
    awarding_body: AwardingBody | None = Field(None, description="Who awards.")
    mandate: Mandate | None = Field(None, description="Only where another organisation issues on the awarding body's behalf.")
    issuing_date: Date | None = Field(None, description="The day of the award.")
    valid_until: Date | None = Field(None, description="The last day of validity, when there is one.")
    learning_outcomes: _Items[Annotated[LearningOutcome, _named("title")]] = Field(
        (), description="What was learned: at least one outcome."
    )
    workload: Workload | None = Field(None, description="How much work it was.")
    level: Level | None = Field(None, description="How demanding it was.")
    assessment: Annotated[Assessment, _named("type")] | None = Field(None, description="How the learning was assessed.")
    participation: Mode | None = Field(None, description="One of the 6 forms of participation.")
    quality_assurance: QualityAssurance | None = Field(None, description="What vouches for its quality.")
    prerequisites: Text | None = Field(None, description="What was needed to enrol.")
    supervision: SupervisionType | None = Field(None, description="Supervision and identity verification during the assessment, one of 3.")
    grade: Annotated[Grade, _named("value")] | None = Field(None, description="The grade achieved.")
    stackability: Annotated[Stackability, _named("note")] | None = Field(None, description="How it counts towards something larger.")
    further_information: Annotated[FurtherInformation, _named("text")] | None = Field(
        None, description="Anything else that a reader should know."
    )
    activity: Annotated[Activity, _named("title")] | None = Field(None, description="What the learner did.")
    field_of_education: _Items[FieldOfEducation] = Field((), description="ISCED-F 2013 codes.")
    instruction_languages: _Items[InstructionLanguage] = Field((), description="Languages of teaching, as en, ENG or English.")

    @property
    def page_languages(self) -> tuple[str, ...]:
        """The languages in which the award's page is shown: the award's own first, then the title's others, as far as the limit goes."""
        return tuple(dict.fromkeys([self.language, *(self.title or {})]))[: limits.MAX_AWARD_PAGES]

    def to_json(self) -> JsonObject:
        """The record as JSON, without what was left out: `parse_award` gives an equal award back."""
        found: JsonObject = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        return {"language": self.language, **found}
