"""What every object of the award record is made of."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from atesto import limits
from atesto.profiles.award.values import Country, Words

_T = TypeVar("_T")
Items = Annotated[tuple[_T, ...], Field(strict=False, max_length=limits.MAX_AWARD_ITEMS)]
"""A list in JSON, a tuple here."""


class Part(BaseModel):
    """One object of the record: no members but those that are named, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def named(member: str) -> BeforeValidator:
    """A bare string stands for an object with that one member."""

    def wrap(value: Any) -> Any:
        return {member: value} if isinstance(value, str) else value

    return BeforeValidator(wrap)


class LegalIdentifier(Part):
    """A number in an official register."""

    number: Words = Field(description="The number as the register writes it.")
    country: Country | None = Field(None, description="The register's country; where left out, the country of whoever bears the number.")
