"""Whether what a model leaves over still comes in runs: three ways to ask it of residuals in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

FloatArray = NDArray[np.float64]


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
