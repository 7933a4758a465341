"""What a form of credential brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from atesto.encoding.strict_json import JsonObject
    from atesto.findings import Finding
    from atesto.profiles.award.record import Award


class Write(Protocol):
    """Makes the unsigned credential of an award."""

    def __call__(self, award: Award, *, issuer_did: str, credential_id: str, issued: datetime, pages: Mapping[str, bytes]) -> JsonObject:
        """Raises MalformedInput with a pointer into the award."""


@dataclass(frozen=True, slots=True)
class Form:
    """Two functions and a check: `read(write(award))` gives the award back, as far as the form can carry it."""

    type_name: str
    """The type by which a credential says that it has this form."""
    write: Write
    read: Callable[[JsonObject], Award]
    check: Callable[[JsonObject], tuple[Finding, ...]]
    conclude: Callable[[JsonObject, tuple[Finding, ...]], Finding] | None = None
    """The findings of `check` in one, for a form that has a profile of its own to conform to."""
