"""A chart type over many series at once: lines, rules and icons as arrays.

Rules and icons of 1,000 series cost about as much as those of one: nothing here looks at a single point in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.series.run_chart import RunChart, run_chart
from metrics.series.spc import icons
from metrics.series.spc.limits import GeneralSpread, Lines, lines
from metrics.series.spc.model import Assurance, ChartType, Convention, Direction, Variation
from metrics.series.spc.rules import Signals, signals
from metrics.series.spc.sheet import Ints, Sheet


@dataclass(frozen=True)
class Charted:
    """Lines and signals of every series of a sheet, and for each row the place of its last figure (-1 for none)."""

    sheet: Sheet
    lines: Lines
    signals: Signals
    last: Ints

    def variation(self, improvement: Sequence[Direction]) -> tuple[Variation | None, ...]:
        """The icon of each series, from its last point that holds a figure; None without any figure."""
        rows = np.arange(len(self.last))
        towards = self.signals.towards[rows, np.maximum(self.last, 0)] if self.sheet.value.size else np.array([])
        return tuple(
            icons.variation(int(way), which) if place >= 0 else None
            for place, way, which in zip(self.last, towards, improvement, strict=True)
        )

    def assurance(
        self, targets: Sequence[float | None], improvement: Sequence[Direction]
    ) -> tuple[Assurance | None, ...]:
        """Whether each series will meet its target, by the limits at its last figure."""
        found: list[Assurance | None] = []
        for row, (target, which) in enumerate(zip(targets, improvement, strict=True)):
            place = int(self.last[row])
            if target is None or place < 0:
                found.append(None)
                continue
            lower, upper = float(self.lines.lower[row, place]), float(self.lines.upper[row, place])
            found.append(icons.assurance(target, lower, upper, which))
        return tuple(found)

    def runs(self, row: int) -> tuple[RunChart, ...]:
        """Anhøj's rules for each segment of a series, excluded points left out."""
        return tuple(self.runs_in(row, number) for number in range(int(self.sheet.segment[row].max(initial=0)) + 1))

    def runs_in(self, row: int, segment: int) -> RunChart:
        """The same for one segment."""
        inside = self.sheet.segment[row] == segment
        centre = self.lines.centre[row][inside]
        known = centre[~np.isnan(centre)]
        middle = float(known[0]) if len(known) else None
        return run_chart(self.lines.plotted[row][inside & self.sheet.include[row]], middle)


def charted(
    chart: ChartType,
    sheet: Sheet,
    convention: Convention | None = None,
    *,
    centre: float | None = None,
    general_spread: GeneralSpread = "base",
) -> Charted:
    """Lines, rules and what they need for icons. Raises NotChartable for figures the type cannot hold."""
    rules = convention or Convention()
    found = lines(chart, sheet, screened=rules.screened, centre=centre, general_spread=general_spread)
    known = ~np.isnan(found.plotted)
    places = np.where(known, np.arange(found.plotted.shape[1])[None, :], -1)
    last = places.max(axis=1, initial=-1)
    return Charted(sheet, found, signals(found, sheet.segment, rules), np.asarray(last))
