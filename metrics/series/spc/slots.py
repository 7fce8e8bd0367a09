"""A series as slots of equal length: whole stretches only, and a slot of its own for every stretch without a record.

A gap is never closed up: the points on either side of it are not neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from data.model import NOTHING, Period, Series, Tally
from metrics.series.spc.model import Step

WEEK = 7
STEP_DAYS = {"week": 7, "month": 30, "quarter": 91, "event": 1}
NEARLY_WHOLE = 0.85
"""A month at the edge of the record counts from so much of it: the first fall seldom falls on the first."""
A_SLOT = 0.5
"""A hole shorter than this part of a step is no stretch of its own: the export's own periods do not quite meet."""


@dataclass(frozen=True)
class Slots:
    """Stretches in order of time with their tallies, and how many stretches at the ends were not whole and left out."""

    periods: tuple[Period, ...]
    tallies: tuple[Tally, ...]
    cut: tuple[Period, ...] = ()


def slots(series: Series, step: Step) -> Slots:
    """Whole stretches with the gaps between them as slots over nothing."""
    pairs = list(zip(series.periods, series.tallies, strict=True))
    cut: list[Period] = []
    if len(pairs) > 1:
        usual = _usual_length(series.periods)
        if not _whole(pairs[-1][0], step, usual):
            cut.append(pairs.pop()[0])
        if len(pairs) > 1 and not _whole(pairs[0][0], step, usual):
            cut.append(pairs.pop(0)[0])
    periods: list[Period] = []
    tallies: list[Tally] = []
    for period, tally in pairs:
        if periods and (period.first - periods[-1].last).days > 1:
            for hole in _holes(periods[-1], period, step):
                periods.append(hole)
                tallies.append(NOTHING)
        periods.append(period)
        tallies.append(tally)
    return Slots(tuple(periods), tuple(tallies), tuple(cut))


def _whole(period: Period, step: Step, usual: int) -> bool:
    """Most of a calendar month, or a stretch as long as most of the others are."""
    if step == "month":
        return period.days >= NEARLY_WHOLE * min(usual, _days_of_month(period))
    return period.days == usual if step == "week" else period.days >= NEARLY_WHOLE * usual


def _days_of_month(period: Period) -> int:
    first = period.first.replace(day=1)
    return ((first + timedelta(days=32)).replace(day=1) - first).days


def _usual_length(periods: Sequence[Period]) -> int:
    lengths = sorted(period.days for period in periods)
    return lengths[len(lengths) // 2]


def _holes(earlier: Period, later: Period, step: Step) -> tuple[Period, ...]:
    """The days between two stretches as stretches of the same step."""
    first, last = earlier.last + timedelta(days=1), later.first - timedelta(days=1)
    if last < first or (last - first).days + 1 < STEP_DAYS[step] * A_SLOT:
        return ()
    hole = Period(first, last)
    if step == "month":
        return hole.months()
    return hole.blocks(STEP_DAYS[step])
