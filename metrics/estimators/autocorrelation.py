"""Whether neighbouring points resemble each other: residuals of one series, or points of several runs pooled.

    autocorrelation, durbin_watson, ljung_box   residuals of one fitted series, around the mean of all
    pooled_lag1                                 raw points of a few short runs, each around its own mean

How much that resemblance costs is worked out in ``clustering`` (days), ``runs`` (weeks of two periods) and
``resemblance`` (a fitted series).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import special

FloatArray = NDArray[np.float64]

ALIKE = 1e-12
"""Points that differ by less than this, relative to the largest, are the same point."""


@dataclass(frozen=True)
class LjungBox:
    """The statistic over ``lags`` lags, and how surprising it is if nothing is left over."""

    statistic: float
    p: float
    lags: int


def durbin_watson(residuals: Sequence[float] | FloatArray) -> float:
    """Squared steps from point to point over squared residuals.

    Unit: none. Range: 0 to 4. No-change value: 2 (no resemblance); below 2 good and bad come in runs.
    Assumes: residuals in order of time. Raises: ValueError for fewer than 2 points or residuals that are all 0.
    Durbin & Watson 1950, Biometrika 37:409, doi:10.1093/biomet/37.3-4.409.
    """
    left = _checked(residuals)
    squares = float(left @ left)
    if squares == 0:
        raise ValueError("Every residual is 0: there is nothing to see.")
    steps = np.diff(left)
    return float(steps @ steps) / squares


def autocorrelation(residuals: Sequence[float] | FloatArray, lag: int = 1) -> float:
    """How much a point resembles the one ``lag`` before it, around the mean of all.

    Unit: a correlation. Range: -1 to 1. No-change value: 0. Assumes: residuals in order of time.
    Raises: ValueError for a lag that does not fit or points that are all the same.
    Box, Jenkins & Reinsel 1994, Time Series Analysis, 3rd ed., section 2.1.5.
    """
    left = _checked(residuals)
    if not 1 <= lag < len(left):
        raise ValueError(f"A lag of {lag} does not fit {len(left)} points.")
    around = left - left.mean()
    squares = float(around @ around)
    if squares == 0:
        raise ValueError("Every point is the same: there is nothing to see.")
    return float(around[lag:] @ around[:-lag]) / squares


def pooled_lag1(runs: Sequence[Sequence[float | None]]) -> float | None:
    """How much a point resembles the one before it, pooled over runs, each measured around its own mean.

    Mean product of neighbours over mean square. A run is one phase in order of time, None where nothing was seen; a
    gap breaks the chain. None is returned where there is nothing to see: no two points in a row, or no variation.

    Unit: a correlation. Range: -1 to 1. No-change value: 0 (points independent).
    Assumes: a steady level within each run; a change within a run reads as resemblance. Biased towards 0 and below in
    short runs, by about (1 + 3 rho) / n in each: 28 days hide some 0.07 of a true 0.3.
    Raises: ValueError for a point that is not finite.
    Marriott & Pope 1954, Biometrika 41:390, doi:10.1093/biomet/41.3-4.390; Huitema & McKean 1991, Psychol Bull
    110:291, doi:10.1037/0033-2909.110.2.291.
    """
    products, pairs, squares, points, largest = 0.0, 0, 0.0, 0, 0.0
    for run in runs:
        seen = [point for point in run if point is not None]
        if not seen:
            continue
        if not all(math.isfinite(point) for point in seen):
            raise ValueError("Resemblance needs finite points in order of time.")
        mean = math.fsum(seen) / len(seen)
        squares += sum((point - mean) ** 2 for point in seen)
        points += len(seen)
        largest = max(largest, *(abs(point) for point in seen))
        for earlier, later in pairwise(run):
            if earlier is not None and later is not None:
                products += (earlier - mean) * (later - mean)
                pairs += 1
    if pairs == 0 or squares <= points * (ALIKE * largest) ** 2:
        return None
    return max(-1.0, min(1.0, (products / pairs) / (squares / points)))


def ljung_box(residuals: Sequence[float] | FloatArray, lags: int) -> LjungBox:
    """Resemblance over the first ``lags`` lags together, against chi-square with as many degrees of freedom.

    Unit: chi-square; p a probability. Range: 0 upwards; 0 to 1. No-change value: about ``lags``.
    Assumes: residuals in order of time; no degree is taken off for what the model fitted.
    Raises: ValueError as ``autocorrelation``.
    Ljung & Box 1978, Biometrika 65:297, doi:10.1093/biomet/65.2.297.
    """
    points = len(residuals)
    found = sum(autocorrelation(residuals, lag) ** 2 / (points - lag) for lag in range(1, lags + 1))
    statistic = points * (points + 2) * found
    return LjungBox(statistic, float(special.chdtrc(lags, statistic)), lags)


def _checked(residuals: Sequence[float] | FloatArray) -> FloatArray:
    left = np.asarray(residuals, dtype=float)
    if left.ndim != 1 or len(left) < 2 or not np.isfinite(left).all():
        raise ValueError("Resemblance needs at least 2 finite residuals in order of time.")
    return left
