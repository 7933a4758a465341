"""What is said of one element of an award."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject


class Status(StrEnum):
    """The four things that can be said of an element."""

    PRESENT = "present"
    ABSENT = "absent"
    INVALID = "invalid"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One element: `pointer` leads to it (or to what is wrong in it) in the award record, or in the document that the award was read from.

    `code` is set when it stops issuing; `remarkable` when it is stated and a reader should know something about it all the same.
    """

    element: str
    mandatory: bool
    status: Status
    pointer: str
    detail: str
    code: str | None = None
    remarkable: bool = False

    def to_json(self) -> JsonObject:
        """`{element, mandatory, status, pointer, detail}`, and `code` when there is one."""
        found: JsonObject = {
            "element": self.element,
            "mandatory": self.mandatory,
            "status": self.status.value,
            "pointer": self.pointer,
            "detail": self.detail,
        }
        return found if self.code is None else {**found, "code": self.code}
