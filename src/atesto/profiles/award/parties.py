"""Whom an award record names: learner, awarding body, who issues by its mandate, quality assurance agency."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from atesto.profiles.award.part import Items, LegalIdentifier, Part, named
from atesto.profiles.award.values import Country, Date, Email, Iri, Logo, Text, WebAddress, Words

_Identifier = Annotated[LegalIdentifier, named("number")]


class Place(Part):
    """A place in a country."""

    country: Country = Field(description="ISO code, Publications Office code or English name.")
    name: Text | None = Field(None, description="The town or region, as people call it.")


class Learner(Part):
    """The person, identified as little as the issuer wants. A European Digital Credential states everything in clear: it has no place for
    hashed values.
    """

    id: Iri | None = Field(None, description="The learner's DID, when there is one: it binds the credential to its holder.")
    given_name: Words | None = Field(None, description="First names, as in official papers.")
    family_name: Words | None = Field(None, description="Family names.")
    full_name: Words | None = Field(
        None, description="The name as it is to be shown; a European Digital Credential holds one, in one language."
    )
    date_of_birth: Date | None = Field(None, description="The day of birth; by itself it identifies nobody.")
    place_of_birth: Place | None = Field(None, description="Where the learner was born.")
    citizenship: Items[Country] = Field((), description="Countries of citizenship.")
    national_id: _Identifier | None = Field(None, description="A national identification number; its country must be stated.")
    student_number: Words | None = Field(None, description="The number under which the awarding body knows the learner.")
    email: Email | None = Field(None, description="Where the learner is reached.")


class AwardingBody(Part):
    """The organisation that awards; it issues, too, unless there is a mandate."""

    id: Iri | None = Field(None, description="Its DID; where left out and without a mandate, the issuing node's.")
    name: Text | None = Field(None, description="The legal name.")
    country: Country | None = Field(None, description="ISO code, Publications Office code or English name.")
    region: Iri | None = Field(
        None,
        description="The region, as an IRI of the administrative units (…/authority/atu/) or of NUTS (http://data.europa.eu/nuts/code/).",
    )
    eidas: _Identifier | None = Field(
        None, description="As in an eIDAS seal certificate, such as VATIE-0000000T; who issues must have one."
    )
    registration: _Identifier | None = Field(None, description="The number in the national register.")
    vat: _Identifier | None = Field(None, description="The number for value added tax.")
    tax: _Identifier | None = Field(None, description="The tax number.")
    address: Text | None = Field(None, description="The postal address in one text.")
    homepage: WebAddress | None = Field(None, description="Its page on the web.")
    email: Email | None = Field(None, description="Where it is reached.")
    logo: Logo | None = Field(None, description="Its logo, for the page and in the credential: PNG or SVG in a data: URL.")

    @model_validator(mode="after")
    def _say_the_country_once(self) -> Self:
        """A number of the organisation's own country does not repeat it, so that awards that say the same are equal."""
        for name in ("eidas", "registration", "vat", "tax"):
            number: LegalIdentifier | None = getattr(self, name)
            if number is not None and number.country is not None and number.country == self.country:
                # The model is frozen for its users; nobody has seen it yet.
                object.__setattr__(self, name, LegalIdentifier.model_construct(number=number.number, country=None))
        return self


class Mandate(Part):
    """Another organisation issues on the awarding body's behalf."""

    issuer: AwardingBody = Field(description="The organisation that issues, with the members of an awarding body.")
    statement: Words | None = Field(
        None, description="By what right it does, in one or two sentences; the credential holds them in one language."
    )


class Agency(Part):
    """The quality assurance agency."""

    id: Iri | None = Field(None, description="Its DID or another identifier; the awarding body's own where it assures its quality itself.")
    name: Text | None = Field(None, description="Its legal name.")
    country: Country | None = Field(None, description="Its country; the credential must state it.")
    homepage: WebAddress | None = Field(None, description="Its page on the web.")
