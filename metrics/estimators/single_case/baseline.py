"""The two phases compared once the trend of the phase before has been taken out of both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.estimators.single_case.kendall import kendall_s, variance_of_s
from metrics.estimators.single_case.model import Better, EffectSize, Floats, phases
from metrics.estimators.single_case.overlap import Variance, tau

DECIMALS = 9
"""What is left after taking a trend out is rounded here: points the trend makes equal are ties, not a matter of
the last bit of a floating-point number."""


@dataclass(frozen=True)
class PhaseTau:
    """Kendall's tau-b between points and phase, its two-sided p, and whether a trend was taken out first."""

    tau: float
    p: float
    corrected: bool


def theil_sen(points: Sequence[float] | Floats) -> tuple[float, float]:
    """Slope per point (the median of the slopes of all pairs) and median intercept at point 0, points counted from 1.

    Unit: the points' own, for each step and at 0. Range: any number. No change: slope 0.
    Assumes: points evenly spaced; up to some 29 % of them may be far out. Raises: ValueError for fewer than 2 points.
    Sen 1968, J Am Stat Assoc 63:1379, doi:10.1080/01621459.1968.10480934.
    """
    values = np.asarray(points, dtype=np.float64)
    if values.size < 2:
        raise ValueError("A trend needs at least 2 points.")
    early, late = np.triu_indices(values.size, 1)
    slope = float(np.median((values[late] - values[early]) / (late - early)))
    places = np.arange(1, values.size + 1)
    return slope, float(np.median(values - slope * places))


def tau_bc(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    variance: Variance = "unbiased",
    level: float = 0.95,
    decimals: int | None = DECIMALS,
) -> EffectSize:
    """Tau after the trend before (Theil-Sen) has been taken out of both phases.

    ``decimals=None`` leaves what remains unrounded, as R packages do; ties then hang on the last bit.

    Unit: a share of pairs. Range: -1 to 1. No change: 0.
    Assumes: points independent; the trend before would have gone on as a straight line, and is known.
    Raises: ValueError when a phase has fewer than 2 points or a point is not finite.
    Tarlow 2017, Behavior Modification 41:427, doi:10.1177/0145445516676750.
    """
    first, second = _levelled(*phases(before, after, fewest=2), decimals)
    found = tau(first, second, better, variance, level)
    return EffectSize(
        name="Tau-BC",
        value=found.value,
        no_change=0.0,
        formula="Tau of what Theil-Sen's line before leaves, always taken out",
        assumes="points independent; the trend before would have gone on in a straight line",
        paper="Tarlow 2017",
        se=found.se,
        interval=found.interval,
    )


def phase_tau_b(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    alpha: float = 0.05,
    decimals: int | None = DECIMALS,
) -> PhaseTau:
    """Kendall's tau-b of points against phase; the trend before is taken out only where its p is below ``alpha``.

    Unit: a correlation; p a probability. Range: -1 to 1. No change: 0; p 1. After minus before, not turned round.
    Assumes: as ``tau_bc``; p large-sample with ties.
    Raises: ValueError when a phase has fewer than 2 points, a point is not finite or all points are equal.
    Tarlow 2017, Behavior Modification 41:427, doi:10.1177/0145445516676750.
    """
    first, second = phases(before, after, fewest=2)
    trend = _tau_b(np.arange(first.size, dtype=float), first)
    corrected = trend is not None and trend[1] < alpha
    if corrected:
        first, second = _levelled(first, second, decimals)
    phase = np.repeat([0.0, 1.0], [first.size, second.size])
    found = _tau_b(phase, np.concatenate([first, second]))
    if found is None:
        raise ValueError("All points are equal, so there is nothing to compare.")
    return PhaseTau(found[0], found[1], corrected)


def _levelled(first: Floats, second: Floats, decimals: int | None) -> tuple[Floats, Floats]:
    slope, intercept = theil_sen(first)
    places = np.arange(1, first.size + second.size + 1)
    left = np.concatenate([first, second]) - slope * places - intercept
    if decimals is not None:
        left = np.round(left, decimals)
    return left[: first.size], left[first.size :]


def _tau_b(places: Floats, points: Floats) -> tuple[float, float] | None:
    """Tau-b and its p; None when one side is all tied."""
    variance = variance_of_s(places, points)
    untied = [float(np.count_nonzero(np.triu(side[None, :] != side[:, None], 1))) for side in (places, points)]
    if variance == 0 or 0 in untied:
        return None
    s = kendall_s(places, points)
    return s / math.sqrt(untied[0] * untied[1]), float(2 * stats.norm.sf(abs(s) / math.sqrt(variance)))
