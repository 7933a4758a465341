"""Where in a document each part of the award stands that was read from it: what turns a rule's pointer into one for the reader."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Places:
    """JSON pointers into an award record, each with a JSON pointer into the document."""

    found: dict[str, str] = field(default_factory=dict)
    """Of what was read."""
    homes: dict[str, str] = field(default_factory=dict)
    """Of each member of the record: the innermost part of the document in which it would stand."""

    def of(self, pointer: str) -> str:
        """The place in the document of what a pointer into the award leads to.

        Its own, else that of the first part of it that was read, else that of what it is a part of; for what was not read, the place
        where it is missing.
        """
        if pointer in self.found:
            return self.found[pointer]
        inner = next((place for at, place in self.found.items() if at.startswith(f"{pointer}/")), None)
        if inner is not None:
            return inner
        above = pointer
        while above:
            above = above.rpartition("/")[0]
            if above in self.found:
                return self.found[above]
        return self.homes.get("/" + pointer.split("/")[1], "") if pointer else ""
