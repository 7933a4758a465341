"""Figures of a benchmark: medians, ratios and spreads of rounds in which the sides took turns, as a table and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OURS, PEER, PYLD, SHACL = "atesto", "Node", "PyLD", "pyshacl"
SIDES = (OURS, PEER, PYLD, SHACL)


@dataclass(frozen=True, slots=True)
class Figure:
    """The middle of some numbers, and the quartiles between which half of them lie."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Figure:
        if len(numbers) == 1:
            return cls(numbers[0], numbers[0], numbers[0])
        low, _, high = quantiles(numbers, n=4, method="inclusive")
        return cls(median(numbers), low, high)

    @property
    def spread(self) -> float:
        """Distance of the quartiles as a share of the median."""
        return (self.high - self.low) / self.median

    def to_json(self) -> dict[str, float]:
        return {"median": self.median, "low": self.low, "high": self.high, "spread": self.spread}


@dataclass(frozen=True, slots=True)
class Row:
    """One operation on one document: for each side that can do it, the median of each round in milliseconds. All have the same rounds."""

    document: str
    operation: str
    rounds: Mapping[str, Sequence[float]]

    def figure(self, side: str) -> Figure | None:
        return Figure.of(self.rounds[side]) if side in self.rounds else None

    def ratio(self, side: str) -> Figure | None:
        """How many times as long as we `side` takes; each round has its own, since a machine that slows down slows both sides of it."""
        if side not in self.rounds:
            return None
        return Figure.of([theirs / ours for ours, theirs in zip(self.rounds[OURS], self.rounds[side], strict=True)])

    def to_json(self) -> dict[str, Any]:
        figures = {side: {**Figure.of(rounds).to_json(), "rounds": list(rounds)} for side, rounds in self.rounds.items()}
        ratios = {side: ratio.to_json() for side in SIDES[1:] if (ratio := self.ratio(side)) is not None}
        return {"document": self.document, "operation": self.operation, "milliseconds": figures, "ratio": ratios}


_NAME, _TIME, _RATIO = 36, 15, 24
"""Widths of the columns."""


def table(rows: Sequence[Row]) -> str:
    """The rows for people, a block a document. After a time stands its spread, after a ratio its quartiles."""
    lines: list[str] = []
    for document in dict.fromkeys(row.document for row in rows):
        block = [row for row in rows if row.document == document]
        others = _others(block)
        head = _line(document, [f"{side} ms" for side in (OURS, *others)], [f"{side} / {OURS}" for side in others])
        lines += ["", head, "-" * len(head)]
        for row in block:
            times = [_time(row.figure(side)) for side in (OURS, *others)]
            lines.append(_line(row.operation, times, [_ratio(row.ratio(side)) for side in others]).rstrip())
    return "\n".join(lines[1:])


def _others(block: Sequence[Row]) -> tuple[str, ...]:
    """The sides beside ours: the shapes judge profiles and nothing else, and nothing else judges profiles."""
    return (SHACL,) if any(SHACL in row.rounds for row in block) else (PEER, PYLD)


def _line(name: str, times: Sequence[str], ratios: Sequence[str]) -> str:
    return name.ljust(_NAME) + "".join(cell.rjust(_TIME) for cell in times) + "".join(cell.rjust(_RATIO) for cell in ratios)


def _time(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.median:.3g} ±{50 * figure.spread:.0f} %"


def _ratio(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.median:.2f} ({figure.low:.2f}-{figure.high:.2f})"
