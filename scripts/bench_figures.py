"""Figures of a benchmark: medians, ratios and spreads of rounds in which the sides took turns, as a table and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OURS, PEER, PYLD = "atesto", "Node", "PyLD"
SIDES = (OURS, PEER, PYLD)


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


HEADINGS = (*(f"{side} ms" for side in SIDES), *(f"{side} / {OURS}" for side in SIDES[1:]))
_WIDTHS = (36, 15, 15, 15, 20, 20)


def table(rows: Sequence[Row]) -> str:
    """The rows for people, a block a document. After a time stands its spread, after a ratio its quartiles."""
    lines: list[str] = []
    for document in dict.fromkeys(row.document for row in rows):
        lines += ["", _line(document, *HEADINGS), "-" * sum(_WIDTHS)]
        for row in rows:
            if row.document == document:
                times = (_time(row.figure(side)) for side in SIDES)
                ratios = (_ratio(row.ratio(side)) for side in SIDES[1:])
                lines.append(_line(row.operation, *times, *ratios).rstrip())
    return "\n".join(lines[1:])


def _line(name: str, *cells: str) -> str:
    return name.ljust(_WIDTHS[0]) + "".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS[1:], strict=True))


def _time(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.median:.3g} ±{50 * figure.spread:.0f} %"


def _ratio(figure: Figure | None) -> str:
    return "" if figure is None else f"{figure.median:.2f} ({figure.low:.2f}-{figure.high:.2f})"
