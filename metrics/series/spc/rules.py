"""The rules of Making Data Count: which points are a clear change, by which rule and on which side.

All rules keep to one segment; a missing point breaks every window it lies in. A point on the centre line is on
neither side; an equal neighbour breaks a trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.series.spc.limits import Lines
from metrics.series.spc.model import SIGNALS, Convention, Signal
from metrics.series.spc.sheet import ON_THE_LINE, Bools, Floats, Ints, near

WINDOW = 3
EQUAL = 1e-12
"""Two figures that differ by less than this part of their size are equal."""


@dataclass(frozen=True)
class Signals:
    """Arrays of the sheet's shape. ``side``: 1 above the centre line, -1 below, 0 on it (and where missing).

    ``close``: beyond a near limit and not outside. ``trend_end``: 1 or -1 on the last point of a window that rises or
    falls; ``shift_end`` marks the last point of a window on one side. ``first``: the number of the first rule that
    marks the point in the order of ``SIGNALS``, -1 for none. ``towards``: 1 when it is marked as high or rising, -1 as
    low or falling, 0 when it is not marked.
    """

    side: Ints
    outside: Bools
    close: Bools
    trend: Bools
    trend_end: Ints
    two_in_three: Bools
    shift: Bools
    shift_end: Bools
    first: Ints
    towards: Ints

    def of(self, signal: Signal) -> Bools:
        """Which points a rule marks."""
        found: dict[Signal, Bools] = {
            "outside": self.outside,
            "trend": self.trend,
            "two_in_three": self.two_in_three,
            "shift": self.shift,
        }
        return found[signal]


def signals(found: Lines, segment: Ints, convention: Convention) -> Signals:
    """Every rule over every point."""
    values = found.plotted
    missing = np.isnan(values)
    side = _side(values, found.centre)
    outside = _beyond(values, found.lower, found.upper)
    beyond_near = _beyond(values, found.near_lower, found.near_upper)
    close = beyond_near & ~outside
    together = _same_segment(segment, max(WINDOW, convention.trend_points, convention.shift_points))
    trend, trend_end, steps = _trend(values, missing, together, convention.trend_points)
    counts = close if convention.two_in_three == "ptd_0_2_2" else beyond_near | outside
    two = _two_in_three(side, counts, missing, together)
    shift, shift_end = _shift(side, missing, together, convention.shift_points)
    first = np.full(values.shape, -1, dtype=np.int64)
    for number, marked in reversed(list(enumerate((outside, trend, two, shift)))):
        first[marked] = number
    towards = np.where(first == SIGNALS.index("trend"), _slope(steps, trend, segment), side)
    return Signals(
        side, outside, close, trend, trend_end, two, shift, shift_end, first, np.where(first < 0, 0, towards)
    )


def _side(values: Floats, centre: Floats) -> Ints:
    with np.errstate(invalid="ignore"):
        above, below = values > centre, values < centre
    on = near(values, centre)
    return (above & ~on).astype(np.int64) - (below & ~on).astype(np.int64)


def _beyond(values: Floats, lower: Floats, upper: Floats) -> Bools:
    """Strictly outside either limit; a missing figure or limit is not."""
    with np.errstate(invalid="ignore"):
        over = values - upper > ON_THE_LINE * np.maximum(1.0, np.abs(upper))
        under = lower - values > ON_THE_LINE * np.maximum(1.0, np.abs(lower))
    return np.asarray(over | under)


def _same_segment(segment: Ints, most: int) -> list[Bools]:
    """For each length of window: whether the window that ends at a point lies in one segment, and in the series."""
    rows, columns = segment.shape
    found = [np.ones((rows, columns), dtype=np.bool_)]
    for back in range(1, most):
        inside = np.zeros((rows, columns), dtype=np.bool_)
        if back < columns:
            inside[:, back:] = segment[:, back:] == segment[:, : columns - back]
        found.append(inside)
    return found


def _trend(values: Floats, missing: Bools, together: list[Bools], points: int) -> tuple[Bools, Ints, Ints]:
    """Points in a row each higher (or each lower) than the last; the steps between them as well."""
    steps = np.zeros(values.shape, dtype=np.int64)
    if values.shape[1] > 1:
        with np.errstate(invalid="ignore"):
            difference = values[:, 1:] - values[:, :-1]
            size = np.maximum(np.abs(values[:, 1:]), np.abs(values[:, :-1]))
            alike = np.abs(difference) <= EQUAL * size
            steps[:, 1:] = (difference > 0).astype(np.int64) - (difference < 0).astype(np.int64)
        steps[:, 1:][alike] = 0
    steps[missing] = 0
    ends = np.zeros(values.shape, dtype=np.int64)
    for way in (1, -1):
        whole = _all_of_last(steps == way, points - 1) & together[points - 1]
        ends[whole] = way
    return _any_of_next(ends != 0, points), ends, steps


def _two_in_three(side: Ints, counts: Bools, missing: Bools, together: list[Bools]) -> Bools:
    """Of three in a row on one side, two or more far out: those are marked."""
    marked = np.zeros(side.shape, dtype=np.bool_)
    for way in (1, -1):
        ours = counts & (side == way)
        whole = _all_of_last((side == way) & ~missing, WINDOW) & together[WINDOW - 1]
        enough = whole & (_count_of_last(ours, WINDOW) >= 2)
        marked |= _any_of_next(enough, WINDOW) & ours
    return marked


def _shift(side: Ints, missing: Bools, together: list[Bools], points: int) -> tuple[Bools, Bools]:
    """Points in a row on one side of the centre line."""
    ends = np.zeros(side.shape, dtype=np.bool_)
    for way in (1, -1):
        ends |= _all_of_last((side == way) & ~missing, points) & together[points - 1]
    return _any_of_next(ends, points), ends


def _slope(steps: Ints, trend: Bools, segment: Ints) -> Ints:
    """Which way a trend goes at a point: a peak shared by a rise and a fall belongs to what comes after it."""
    after = np.zeros(steps.shape, dtype=np.int64)
    follows = np.zeros(steps.shape, dtype=np.bool_)
    if steps.shape[1] > 1:
        after[:, :-1] = steps[:, 1:]
        follows[:, :-1] = trend[:, 1:] & (segment[:, 1:] == segment[:, :-1])
    return np.where(trend & follows, after, steps)


def _count_of_last(flags: Bools, length: int) -> Ints:
    """How many of the last ``length`` places are marked, this one among them."""
    running: Ints = np.cumsum(flags, axis=1, dtype=np.int64)
    earlier = np.zeros_like(running)
    if length < flags.shape[1]:
        earlier[:, length:] = running[:, :-length]
    return running - earlier


def _all_of_last(flags: Bools, length: int) -> Bools:
    return np.asarray(_count_of_last(flags, length) == length)


def _any_of_next(flags: Bools, length: int) -> Bools:
    """Whether any of the next ``length`` places is marked, this one among them."""
    return np.asarray(_count_of_last(flags[:, ::-1], length)[:, ::-1] > 0)
