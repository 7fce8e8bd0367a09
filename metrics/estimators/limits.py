"""From an estimate and its standard error to limits: the few ways the estimators share, each written once.

    two_sided_quantile   how many standard errors limits reach to either side, normal or Student's t
    symmetric_limits     on the estimate's own scale
    ratio_limits         of a ratio, as many times below it as above it
    log_limits           the same from the logarithm, for fits whose ratios may run out of all bounds
    log_log_limits       of a share still there, never outside 0 to 1
    standard_error       of a weighted sum of coefficients

What they rest on is said by the function that calls them.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from metrics.estimators.arguments import tail
from metrics.estimators.intervals import Interval

FloatArray = NDArray[np.float64]

LARGEST_LOG = 27.0
"""Beyond e^27 (half a million million) a limit says nothing: it is None. Below e^-27 it is 0."""

LARGEST_POWER = 700.0
"""e to a higher power is no number any more."""

SAME_SHARE = 1e-8
"""Two shares closer than this are one: products of fractions do not come out even."""


def two_sided_quantile(level: float, df: float | None = None) -> float:
    """How many standard errors a two-sided interval reaches: normal, or Student's t with ``df``."""
    outside = tail(level)
    return float(-special.ndtri(outside) if df is None else -special.stdtrit(df, outside))


def symmetric_limits(estimate: float, standard_error: float, quantile: float, level: float) -> Interval:
    """Limits as far below an estimate as above it."""
    reach = quantile * standard_error
    return Interval(estimate - reach, estimate + reach, level)


def ratio_limits(ratio: float, standard_error: float, quantile: float, level: float) -> Interval:
    """Limits of a ratio from the standard error of its logarithm; None above where there is no number so large."""
    factor = math.exp(min(LARGEST_POWER, quantile * standard_error))
    high = ratio * factor
    return Interval(ratio / factor, high if math.isfinite(high) else None, level)


def log_limits(estimate: float, standard_error: float, quantile: float, level: float) -> Interval:
    """Limits of exp(estimate); None where one is too large to mean anything, 0 where it is too small."""
    low, high = estimate - quantile * standard_error, estimate + quantile * standard_error
    return Interval(
        math.exp(low) if low > -LARGEST_LOG else 0.0,
        math.exp(max(high, -LARGEST_LOG)) if high < LARGEST_LOG else None,
        level,
    )


def log_log_limits(share: float, standard_error: float, level: float) -> Interval:
    """Limits on the log(-log) scale, which stay within 0 and 1; none at 0 and 1 themselves."""
    if not SAME_SHARE < share < 1 - SAME_SHARE or standard_error == 0:
        return Interval(None, None, level)
    reach = min(LARGEST_POWER, two_sided_quantile(level) * standard_error / (share * abs(math.log(share))))
    return Interval(share ** math.exp(reach), share ** math.exp(-reach), level)


def standard_error(weights: FloatArray, covariance: FloatArray) -> float:
    """Standard error of a weighted sum of coefficients; rounding never takes a variance below 0."""
    return math.sqrt(max(0.0, float(weights @ covariance @ weights)))
