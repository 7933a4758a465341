"""What an issuer has chosen about the forms that leave room for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one issuer."""

    european_extension: bool = True
    """Whether badges carry what the European approach asks for and Open Badges has no property for."""
    plain_identities: bool = False
    """Whether badges tell e-mail addresses, national numbers and birth dates in clear. Names are always told."""


USUAL: Final = Choices()
