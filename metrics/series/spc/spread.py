"""Moving ranges: how far a series strays by itself from one point to the next."""

from __future__ import annotations

import numpy as np

from metrics.series.spc.sheet import Bools, Floats, Ints, mean_over

SCREEN = 3.267
"""A moving range above so many times their mean is itself outside its limits."""
SCREEN_I_PRIME = 3.2665


def moving_ranges(values: Floats, segment: Ints, use: Bools, *, bridge: Bools | None = None) -> Floats:
    """The absolute difference of each point from the one before it, NaN where either is missing or not used.

    Unit: that of the values. Range: 0 and more. No change: 0. Assumes: points in order of time. Missing points are
    never bridged, nor the border of two segments; points that ``bridge`` marks are taken out first, so that their
    neighbours become neighbours. Raises: nothing. Wheeler and Chambers (1992), Understanding statistical process
    control, ISBN 978-0945320135.
    """
    if bridge is None or not bridge.any():
        out = np.full(values.shape, np.nan)
        usable = use[:, 1:] & use[:, :-1] & (segment[:, 1:] == segment[:, :-1])
        np.copyto(out[:, 1:], np.abs(values[:, 1:] - values[:, :-1]), where=usable)
        return out
    before = place_before(~bridge)
    rows = np.arange(values.shape[0])[:, None]
    there = np.maximum(before, 0)
    usable = (before >= 0) & ~bridge & use & use[rows, there] & (segment == segment[rows, there])
    return np.where(usable, np.abs(values - values[rows, there]), np.nan)


def mean_range(ranges: Floats, where: Bools, *, screened: bool, screen: float = SCREEN) -> Floats:
    """The mean of the ranges let in, once more without those above the screen when asked for; as a column.

    Unit: that of the ranges. Range: 0 and more. No change: does not apply. Assumes: nothing more. Where every range
    left is 0 although some are not, nothing is screened: limits would collapse onto the mean and each point lie
    outside them. Raises: nothing: without any range it is NaN. Nelson (1982), Control charts for individual
    measurements, Journal of Quality Technology 14(3), doi:10.1080/00224065.1982.11978811.
    """
    known = where & ~np.isnan(ranges)
    mean = mean_over(ranges, known)
    if not screened:
        return mean
    with np.errstate(invalid="ignore"):
        kept = known & (ranges < screen * mean)
    again = mean_over(ranges, kept)
    return np.asarray(np.where(np.isnan(again) | (again == 0), mean, again))


def place_before(kept: Bools) -> Ints:
    """For each place the nearest earlier place that is kept; -1 where there is none."""
    places = np.where(kept, np.arange(kept.shape[1])[None, :], -1)
    latest = np.maximum.accumulate(places, axis=1)
    out = np.full(kept.shape, -1, dtype=np.int64)
    out[:, 1:] = latest[:, :-1]
    return out
