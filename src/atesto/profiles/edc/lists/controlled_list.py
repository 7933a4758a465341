"""One controlled list: codes, their IRIs, their English labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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

    def iri(self, code: str) -> str:
        """The IRI of a code that stands in the list."""
        return self.base + code

    def code(self, iri: str) -> str | None:
        """The code of an IRI; None when the list does not hold it."""
        found = iri.removeprefix(self.base)
        return found if iri.startswith(self.base) and found in self.labels else None

    def find(self, text: str) -> str | None:
        """The code that `text` means: a code, an IRI, an English label or another name, whatever its case. None when the list has none."""
        if text in self.labels:
            return text
        wanted = text.strip().lower()
        if wanted in self.names:
            return self.names[wanted]
        by_label = [code for code, label in self.labels.items() if wanted in (label.lower(), code.lower())]
        return by_label[0] if len(by_label) == 1 else self.code(text)
