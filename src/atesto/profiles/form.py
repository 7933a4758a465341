"""What a form of credential brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.findings import Finding
    from atesto.profiles.award.record import Award
    from atesto.profiles.choices import Choices
    from atesto.profiles.places import Places

Pages = Mapping[str, bytes | tuple[bytes, ...]]
"""Page images (PNG) by language: one, or several in their order."""


class Write(Protocol):
    """Makes the unsigned credential of an award."""

    def __call__(self, award: Award, *, issuer_did: str, credential_id: str, issued: datetime, pages: Pages) -> JsonObject:
        """Raises MalformedInput with a pointer into the award."""


class Read(Protocol):
    """Makes the award again of a credential."""

    def __call__(self, document: JsonObject, places: Places | None = None) -> Award:
        """Fills `places`, when given. Raises MalformedInput when what the credential says exceeds the record's bounds."""


@dataclass(frozen=True, slots=True)
class Form:
    """Two functions and a check: `read(write(award))` gives the award back, as far as the form can carry it."""

    type_name: str
    """The type by which a credential says that it has this form."""
    write: Write
    read: Read
    check: Callable[[JsonObject], tuple[Finding, ...]]
    conclude: Callable[[JsonObject, tuple[Finding, ...]], Finding] | None = None
    """The findings of `check` in one, for a form that has a profile of its own to conform to."""
    secured_by: Literal["issuer", "seal"] = "issuer"
    """As the issuer is set up (a proof, or a token), or by the seal of the organisation that it names."""
    chosen: Callable[[Choices], Write] | None = None
    """How an issuer's choices are written, where the form leaves room for any."""
    shows_pages: bool = True
    """Whether the credential holds page images."""
