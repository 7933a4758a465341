"""The award record (Council Recommendation of 16 June 2022 on micro-credentials, Annex I): what a registrar writes.

Every element is optional here, so that a credential that lacks one can be read back and said to lack it; that the eleven mandatory
elements are present and sound is judged in one place, `recognition.frameworks.eu_2022`. What is checked here is form: no unknown
members, text is text, dates are dates, web addresses are web addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from atesto import limits
from atesto.profiles.award.part import Items, Part, named
from atesto.profiles.award.parties import Agency, AwardingBody, Learner, Mandate
from atesto.profiles.award.supplement import DiplomaSupplement
from atesto.profiles.award.values import (
    ActivityType,
    AssessmentType,
    Attachment,
    Colour,
    Date,
    EheaCycle,
    FieldOfEducation,
    InstructionLanguage,
    Iri,
    LanguageTag,
    Mode,
    Number,
    QualityAssuranceType,
    ReuseLevel,
    SkillType,
    SupervisionType,
    Text,
    WebAddress,
    Words,
)

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


class LearningOutcome(Part):
    """What the learner knows, understands or can do."""

    title: Text = Field(description="One thing that the learner knows, understands or can do, in a sentence that starts with a verb.")
    type: SkillType | None = Field(None, description="Whether it is knowledge or a skill.")
    reuse_level: ReuseLevel | None = Field(None, description="How widely it can be used, one of 4.")
    esco: Items[Iri] = Field((), description="ESCO skills, as IRIs below http://data.europa.eu/esco/skill/.")


class Workload(Part):
    """The notional workload."""

    hours: Number | None = Field(None, description="Hours of learning, teaching and assessment together.")
    ects: Number | None = Field(None, description="ECTS credits; one stands for 25 to 30 hours.")
    received: Number | None = Field(None, description="The ECTS credits that this learner received, where they are fewer.")
    stated_otherwise: Items[Words] = Field((), description="Only in records read from credentials: durations in conflict with `hours`.")

    @model_validator(mode="after")
    def _say_the_credits_once(self) -> Self:
        """All credits received do not repeat the credits; credits that were received are credits."""
        if self.received is not None and self.ects in (None, self.received):
            object.__setattr__(self, "ects", self.received)
            object.__setattr__(self, "received", None)
        return self


class NationalLevel(Part):
    """A level of a national or other qualifications framework."""

    id: Iri = Field(description="The level's IRI below http://data.europa.eu/snb/qdr/.")
    label: Text | None = Field(None, description="What the framework calls the level.")


class Level(Part):
    """The level of the learning: of the EQF, of a national framework, the cycle of higher education, or why there is none."""

    eqf: int | None = Field(None, description="1 to 8.")
    nqf: NationalLevel | None = Field(None, description="The level of a national or other framework, beside the EQF level or in its place.")
    ehea: EheaCycle | None = Field(None, description="The cycle in the European Higher Education Area (QF-EHEA), one of 4.")
    not_applicable: Text | None = Field(None, description="Why no level applies.")


class Assessment(Part):
    """How the learning was assessed."""

    type: AssessmentType | None = Field(None, description="One of the 14 types of assessment.")
    title: Text | None = Field(None, description="What the assessment was called.")
    description: Text | None = Field(None, description="What had to be done.")
    date: Date | None = Field(None, description="The day of the assessment, where it is not the award's own.")


class QualityAssurance(Part):
    """What vouches for the quality of the micro-credential."""

    type: QualityAssuranceType | None = Field(None, description="One of the 4 types of quality assurance.")
    title: Text | None = Field(None, description="The name of the accreditation or review.")
    agency: Agency | None = Field(None, description="Who assures the quality; the credential must name it.")
    decision: Text | None = Field(None, description="What the agency decided.")
    report: WebAddress | None = Field(None, description="The published report.")
    review_date: Date | None = Field(None, description="The day of the next review.")
    expiry_date: Date | None = Field(None, description="The last day on which it holds.")


class GradingScheme(Part):
    """How the grade is to be read."""

    title: Text = Field(description="The name of the scale.")
    description: Text | None = Field(None, description="What its grades mean.")


class Grade(Part):
    """The grade achieved."""

    value: Text = Field(description="The grade as the transcript shows it.")
    scheme: Annotated[GradingScheme, named("title")] | None = Field(None, description="The scale on which it stands.")


class Stackability(Part):
    """How the micro-credential counts towards something larger."""

    partial: bool | None = Field(None, description="Whether it is part of a larger qualification.")
    part_of: Items[Text] = Field((), description="The larger qualifications, by title.")
    note: Text | None = Field(None, description="How it may be combined, in words.")


class Link(Part):
    """A page or document on the web."""

    url: WebAddress = Field(description="The address.")
    title: Text | None = Field(None, description="What is found there.")


class FurtherInformation(Part):
    """Anything else a reader should know."""

    text: Text | None = Field(None, description="A note.")
    links: Items[Annotated[Link, named("url")]] = Field((), description="Pages and documents.")


class Activity(Part):
    """What the learner did."""

    title: Text = Field(description="What the activity was called.")
    type: ActivityType | None = Field(None, description="One of the 11 types of learning activity.")
    hours: Number | None = Field(None, description="The hours that it took.")


class Conversion(Part):
    """The credential is the digital form of a document that exists already."""

    document: Attachment = Field(description="That document: PDF, PNG or JPEG in a data: URL.")
    title: Text | None = Field(None, description="What the document is.")
    statement: Words | None = Field(None, description="Who converted it, and how it was compared, in one language.")


class Display(Part):
    """How the pages of this award look. It stands in the pictures alone, so it cannot be read back from a credential."""

    colour: Colour | None = Field(None, description="The institution's colour, such as #0B6B4F; darkened where it would not be legible.")


class Award(Part):
    """One award of a micro-credential. Two awards are equal when they say the same."""

    language: LanguageTag = Field("en", description="The language of texts that are given as bare strings, and of the first page.")
    title: Text | None = Field(None, description="The title of the micro-credential.")
    description: Text | None = Field(None, description="What it is about, in a few sentences.")
    learner: Learner | None = Field(None, description="Who learned.")
    awarding_body: AwardingBody | None = Field(None, description="Who awards.")
    mandate: Mandate | None = Field(None, description="Only where another organisation issues on the awarding body's behalf.")
    issuing_date: Date | None = Field(None, description="The day of the award.")
    valid_until: Date | None = Field(None, description="The last day of validity, when there is one.")
    learning_outcomes: Items[Annotated[LearningOutcome, named("title")]] = Field((), description="What was learned: at least one outcome.")
    workload: Workload | None = Field(None, description="How much work it was.")
    level: Level | None = Field(None, description="How demanding it was.")
    assessment: Annotated[Assessment, named("type")] | None = Field(None, description="How the learning was assessed.")
    participation: Mode | None = Field(None, description="One of the 6 forms of participation.")
    quality_assurance: QualityAssurance | None = Field(None, description="What vouches for its quality.")
    prerequisites: Text | None = Field(None, description="What was needed to enrol.")
    supervision: SupervisionType | None = Field(None, description="Supervision and identity verification during the assessment, one of 3.")
    grade: Annotated[Grade, named("value")] | None = Field(None, description="The grade achieved.")
    stackability: Annotated[Stackability, named("note")] | None = Field(None, description="How it counts towards something larger.")
    further_information: Annotated[FurtherInformation, named("text")] | None = Field(
        None, description="Anything else that a reader should know."
    )
    activity: Annotated[Activity, named("title")] | None = Field(None, description="What the learner did.")
    field_of_education: Items[FieldOfEducation] = Field((), description="ISCED-F 2013 codes.")
    instruction_languages: Items[InstructionLanguage] = Field((), description="Languages of teaching, as en, ENG or English.")

    accredited: bool | None = Field(
        None, description="Whether the stated quality assurance is the accreditation under which this is issued: the Accredited profile."
    )
    conversion: Conversion | None = Field(None, description="Only where an older document is converted: the Converted profile.")
    supplement: DiplomaSupplement | None = Field(None, description="Only in a Diploma Supplement: its profile, and its eight sections.")
    display: Display | None = Field(None, description="How the pages look.")

    @property
    def page_languages(self) -> tuple[str, ...]:
        """The languages in which the award's page is shown: the award's own first, then the title's others, as far as the limit goes."""
        most = limits.MAX_AWARD_PAGES if self.supplement is None else limits.MAX_SUPPLEMENT_LANGUAGES
        return tuple(dict.fromkeys([self.language, *(self.title or {})]))[:most]

    def to_json(self) -> JsonObject:
        """The record as JSON, without what was left out: `parse_award` gives an equal award back."""
        found: JsonObject = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        return {"language": self.language, **found}
