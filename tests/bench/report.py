"""Tables of figures with their limits, and what missed them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that ``percent`` of a hundred do not exceed; needs two values at least."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass
class Table:
    """Rows of text under a title; ``missed`` collects one sentence for each figure beyond its limit."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, *cells: str, missed: str | None = None) -> None:
        self.rows.append(cells)
        if missed:
            self.missed.append(missed)

    def __str__(self) -> str:
        everything = [self.columns, *self.rows]
        widths = [max(len(row[number]) for row in everything) for number in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.ljust(width) if number == 0 else cell.rjust(width)
                for number, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in everything
        ]
        rule = "─" * max(map(len, lines))
        misses = [f"✗ {sentence}" for sentence in self.missed] or ["✓ everything within its limit"]
        return "\n".join([f"\n{self.title}", rule, lines[0], rule, *lines[1:], rule, *misses])
