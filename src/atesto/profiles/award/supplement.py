"""The Diploma Supplement of an award: what its eight sections need beyond the rest of the record (European template of 2018)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from atesto.profiles.award.part import Items, Part, named
from atesto.profiles.award.values import Months, Number, Text, Words


class Module(Part):
    """One part of the programme, as the transcript lists it."""

    title: Text = Field(description="What it is called.")
    ects: Number | None = Field(None, description="The ECTS credits gained in it.")
    grade: Text | None = Field(None, description="The grade achieved in it.")


class Signatory(Part):
    """Who certifies the supplement."""

    name: Words = Field(description="The name of the person.")
    capacity: Text | None = Field(None, description="The office in which the person certifies.")


class DiplomaSupplement(Part):
    """Makes the credential a Diploma Supplement. The learner's full name and birth date, the qualification's national level, ECTS credits,
    field, languages, participation, outcomes and assessment must be stated in their own places, and at least one module here.
    """

    title_conferred: Text | None = Field(None, description="2.1: the title that goes with the qualification.")
    institution_status: Text | None = Field(None, description="2.3: what kind of institution awards, and under which law.")
    administered_by: Text | None = Field(None, description="2.4: the institution that administers the studies, where it is another.")
    duration_months: Months | None = Field(None, description="3.2: the official length of the programme, in months.")
    modules: Items[Annotated[Module, named("title")]] = Field((), description="4.3: the parts of the programme, with credits and grades.")
    grade_distribution: Text | None = Field(None, description="4.4: how grades are distributed.")
    further_study: Text | None = Field(None, description="5.1: what further study the qualification gives access to.")
    regulated_profession: Text | None = Field(None, description="5.2: the regulated profession that it gives access to.")
    certified_by: Annotated[Signatory, named("name")] | None = Field(None, description="7: who certifies the supplement.")
    education_system: Text | None = Field(None, description="8: the national higher education system, in words.")
