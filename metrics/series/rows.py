"""The stretches of a series as rows of a model: which side each belongs to, and the columns that describe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.model import Period, Series, Tally
from metrics.estimators.seasons import YEAR_OF_DAYS, YEAR_OF_MONTHS, fourier
from metrics.series.found import NotEstimable, Part, Step

FloatArray = NDArray[np.float64]

MONTHS_FROM_DAYS = 25
"""Stretches of this many days or more are counted in months, shorter ones in weeks."""


@dataclass(frozen=True)
class Rows:
    """Every stretch with its part; ``used`` are the places of those fitted, in order of time."""

    series: Series
    parts: tuple[Part, ...]
    used: tuple[int, ...]
    step: Step
    start: date

    @classmethod
    def of(cls, series: Series, start: date, left_out: Sequence[Period]) -> Rows:
        if not series.periods:
            raise NotEstimable("nothing was recorded for it")
        usual = sorted(period.days for period in series.periods)[len(series.periods) // 2]
        parts = tuple(
            part_of(period, tally, start, left_out, usual)
            for period, tally in zip(series.periods, series.tallies, strict=True)
        )
        if not any(tally.denominator > 0 for tally in series.tallies):
            raise NotEstimable("nothing is recorded to count it over")
        used = tuple(place for place, part in enumerate(parts) if part != "left out")
        return cls(series, parts, used, "month" if usual >= MONTHS_FROM_DAYS else "week", start)

    @property
    def before(self) -> int:
        return self.parts.count("before")

    @property
    def after(self) -> int:
        return self.parts.count("after")

    @property
    def late(self) -> NDArray[np.bool_]:
        return np.array([self.parts[place] == "after" for place in self.used])

    @property
    def periods(self) -> list[Period]:
        return [self.series.periods[place] for place in self.used]

    @property
    def counts(self) -> FloatArray:
        return np.array([float(self.series.tallies[place].numerator) for place in self.used])

    @property
    def exposures(self) -> FloatArray:
        return np.array([self.series.tallies[place].denominator for place in self.used])

    @property
    def days(self) -> int:
        return (self.periods[-1].last - self.periods[0].first).days + 1

    def columns(self, slope: bool, pairs: int) -> dict[str, FloatArray]:
        """Intercept, step, trend, change of slope, season; time is counted in stretches from the start."""
        late = self.late.astype(float)
        since = np.array([self._since(period) for period in self.periods])
        columns = {"(Intercept)": np.ones(len(late)), "level": late, "time": since}
        if slope:
            columns["slope"] = since * late
        if self.step == "month":
            return columns | fourier([_middle(period).month for period in self.periods], YEAR_OF_MONTHS, pairs)
        days = [float(_middle(period).toordinal()) for period in self.periods]
        return columns | fourier(days, YEAR_OF_DAYS, pairs)

    def _since(self, period: Period) -> float:
        """Stretches since the last one before the start: the first whole stretch after it is 1."""
        if self.step == "month":
            middle = _middle(period)
            return float((middle.year - self.start.year) * 12 + middle.month - self.start.month + 1)
        return ((_middle(period) - self.start).days + 3.5) / 7


def part_of(period: Period, tally: Tally, start: date, left_out: Sequence[Period], usual: int) -> Part:
    """Which side a stretch belongs to; neither where it is too short, empty, left out or lies across the start."""
    if tally.denominator <= 0 or period.days * 2 < usual or any(period.overlaps(each) for each in left_out):
        return "left out"
    if period.last < start:
        return "before"
    return "after" if period.first >= start else "left out"


def _middle(period: Period) -> date:
    return period.first + (period.last - period.first) // 2


def needs_events(rows: Rows) -> None:
    """Raises NotEstimable where a side has no event at all: its ratio would have no finite answer."""
    counts, late = rows.counts, rows.late
    for events, side in ((counts[~late].sum(), "before"), (counts[late].sum(), "after")):
        if not events:
            raise NotEstimable(f"not one was recorded in the {rows.step}s {side} the start")
