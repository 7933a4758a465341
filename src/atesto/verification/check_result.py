"""What became of one check beside the stations: a schema, a status entry, the recipient, a newer copy, a credential inside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from atesto.findings import FINDING_CODES

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject
    from atesto.errors import AtestoError


class CheckState(StrEnum):
    """FAILED and UNDECIDED decide the verdict; NOT_CHECKED does not, and its code is a finding's."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    NOT_CHECKED = "not_checked"


CHECKS: Final[dict[str, str]] = {
    "schema": "It keeps to the schema that it names.",
    "refresh": "A newer copy was asked for.",
    "status": "The status list says nothing against it.",
    "recipient": "It was awarded to the person that was named.",
    "endorsement": "The endorsement is genuine and valid.",
    "credential": "The credential inside is genuine and valid.",
    "nested": "Every credential inside was verified.",
}
"""The checks by name, with what a person reads when one passed."""

INNER: Final = frozenset({"endorsement", "credential"})
"""Results of credentials inside, each of which has a report of its own."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One result. `pointer` is the place of what was checked; `error` or `finding` says why it did not pass."""

    name: str
    state: CheckState
    pointer: str = ""
    error: AtestoError | None = None
    finding: str | None = None

    @property
    def sentence(self) -> str:
        """One sentence for a person."""
        if self.error is not None:
            return self.error.entry.title
        return CHECKS[self.name] if self.finding is None else FINDING_CODES[self.finding].title

    def to_json(self) -> JsonObject:
        """`{check, state, sentence, pointer}` and, when there is more to say, `code`."""
        result: JsonObject = {"check": self.name, "state": self.state.value, "sentence": self.sentence, "pointer": self.pointer}
        code = self.error.code if self.error is not None else self.finding
        return result if code is None else {**result, "code": code}
