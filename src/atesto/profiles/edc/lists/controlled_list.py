"""One controlled list: codes, their IRIs, their English labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class ControlledList:
    """A concept scheme. `base` + code is a concept's IRI; `complete` is false where the list was observed, not published."""

    title: str
    scheme: str
    base: str
    labels: Mapping[str, str]
    complete: bool = True
    names: Mapping[str, str] = field(default_factory=dict)
    """Other words under which a code is found, all in lower case: short names, ISO codes."""
    others: Callable[[], frozenset[str]] | None = None
    """Codes beyond those that have a label here, of a list that is too long to hold; asked for only when a code has none."""
    is_open: bool = False
    """Whether whatever stands below `base` may be in the list: one that is published elsewhere and not held here."""

    def iri(self, code: str) -> str:
        """The IRI of a code that stands in the list."""
        return self.base + code

    def code(self, iri: str) -> str | None:
        """The code of an IRI; None when the list does not hold it."""
        found = iri.removeprefix(self.base)
        return found if iri.startswith(self.base) and found in self.labels else None

    def holds(self, iri: str) -> bool:
        """Whether the list has that IRI, with a label here or without."""
        if not iri.startswith(self.base):
            return False
        code = iri[len(self.base) :]
        return code in self.labels or (self.is_open and bool(code)) or (self.others is not None and code in self.others())

    def find(self, text: str) -> str | None:
        """The code that `text` means: a code, an IRI, an English label or another name, whatever its case. None when the list has none."""
        if text in self.labels:
            return text
        wanted = text.strip().lower()
        if wanted in self.names:
            return self.names[wanted]
        by_label = [code for code, label in self.labels.items() if wanted in (label.lower(), code.lower())]
        return by_label[0] if len(by_label) == 1 else self.code(text)
