"""The log-linear model of two periods, with standard errors for rows that belong together."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from metrics.estimators.clustering import sums_by_cluster
from metrics.estimators.dispersion import pearson_dispersion, usable
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import log_limits, two_sided_quantile

Spread = Literal["Poisson", "quasi-Poisson", "clusters"]
"""Where the standard error comes from: chance, the scatter of the rows, or rows of one person together."""


@dataclass(frozen=True)
class Coefficient:
    """A term on the log scale with its standard error."""

    estimate: float
    standard_error: float

    @property
    def ratio(self) -> float:
        return math.exp(self.estimate)

    def ratio_limits(self, level: float = 0.95, df: int | None = None) -> Interval:
        """Limits of exp(estimate): normal, or Student's t when ``df`` is given."""
        return log_limits(self.estimate, self.standard_error, two_sided_quantile(level, df), level)

    def p_value(self, df: int | None = None) -> float:
        """Two-sided p of "no effect", an estimate of 0 on the log scale."""
        if self.standard_error == 0:
            return 1.0 if self.estimate == 0 else 0.0
        distance = abs(self.estimate) / self.standard_error
        return 2 * float(stats.norm.sf(distance) if df is None else stats.t.sf(distance, df))


@dataclass(frozen=True)
class TwoPeriodFit:
    """``baseline`` is the log of the rate before, ``change`` the log of the ratio after / before."""

    baseline: Coefficient
    change: Coefficient
    dispersion: float
    residual_df: int


def fit_two_periods(
    counts: Sequence[int],
    exposures: Sequence[float],
    after: Sequence[bool],
    spread: Spread = "Poisson",
    clusters: Sequence[Hashable] | None = None,
    small_sample: bool = True,
) -> TwoPeriodFit:
    """``count ~ after + offset(log exposure)`` solved in closed form, for weekly rows or person-by-week rows.

    ``spread="clusters"`` adds up the residuals of each cluster before squaring them, so that the weeks of one
    person are not taken for independent; without ``clusters`` every row stands alone. ``small_sample``
    multiplies that variance by G/(G-1) for G clusters, by n/(n-2) for n rows standing alone. Rests on roughly
    15 clusters or more.

    Unit: logs of a rate and of a ratio. Range: any number. No change: 0 for ``change``.
    Assumes: clusters independent of each other; the dispersion is Pearson's and not floored.
    Raises: ValueError for a period without events, lengths that differ, an exposure not above 0, or fewer
    than 3 rows or 2 clusters.
    Liang & Zeger 1986, Biometrika 73:13, doi:10.1093/biomet/73.1.13.
    """
    rows = len(counts)
    if not rows == len(exposures) == len(after) == (rows if clusters is None else len(clusters)):
        raise ValueError("Counts, exposures, periods and clusters must have the same length.")
    if len(usable(counts, exposures)[0]) < max(rows, 3):
        raise ValueError("The fit needs at least 3 rows, each with an exposure above 0.")
    y, t, late = np.array(counts, dtype=float), np.array(exposures, dtype=float), np.array(after, dtype=bool)
    x1, x2 = float(y[~late].sum()), float(y[late].sum())
    if not x1 or not x2:
        raise ValueError("The fit needs at least one event in each period.")
    rate_before, rate_after = x1 / float(t[~late].sum()), x2 / float(t[late].sum())
    dispersion = pearson_dispersion(counts, exposures, [bool(flag) for flag in after])

    bread = np.array([[1 / x1, -1 / x1], [-1 / x1, 1 / x1 + 1 / x2]])
    variance: NDArray[np.float64] = bread
    if spread == "quasi-Poisson":
        variance = bread * dispersion
    elif spread == "clusters":
        residual = y - t * np.where(late, rate_after, rate_before)
        sums = sums_by_cluster(np.column_stack([residual, residual * late]), clusters)
        influence = sums @ bread
        variance = influence.T @ influence
        if small_sample:
            variance = variance * (rows / (rows - 2) if clusters is None else len(sums) / (len(sums) - 1))
    errors = np.sqrt(np.diag(variance))
    return TwoPeriodFit(
        baseline=Coefficient(math.log(rate_before), float(errors[0])),
        change=Coefficient(math.log(rate_after / rate_before), float(errors[1])),
        dispersion=dispersion,
        residual_df=rows - 2,
    )
