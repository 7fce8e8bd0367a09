"""Score limits of a rate ratio put right for skewness: between the exact ones and the plain score ones."""

from __future__ import annotations

import math

from scipy import optimize, stats

from metrics.estimators.arguments import positive, whole
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.rate_ratios import RateRatio

FURTHEST = 30.0
"""Ratios are sought between exp(-30) and exp(30)."""


def rate_ratio_score_skewed(x1: int, t1: float, x2: int, t2: float, level: float = 0.95) -> RateRatio:
    """The ratio with score limits whose tails are nearly equal also where few events were counted.

    For readers who compare with others' figures; verdicts rest on ``rate_ratio_default``.

    Unit: a ratio. Range: 0 upwards. No change: 1. Zero rules as ``rate_ratio_exact``.
    Assumes: independent events. Raises: ValueError for a broken count or exposure, and without any event.
    Laud 2017, Pharmaceutical Statistics 16:334, doi:10.1002/pst.1813.
    """
    before, after = _counts(x1, x2)
    long_before, long_after = positive("exposure before", t1), positive("exposure after", t2)
    z = two_sided_quantile(level)

    def limit(target: float) -> float:
        found = optimize.brentq(
            lambda log_ratio: _z(before, long_before, after, long_after, math.exp(log_ratio)) - target,
            -FURTHEST, FURTHEST, xtol=1e-12,
        )  # fmt: skip
        return math.exp(float(found))

    low = limit(z) if after else 0.0
    high = limit(-z) if before else None
    estimate = (after / long_after) / (before / long_before) if before else None
    return RateRatio(estimate, Interval(low, high, level), "score limits, corrected for skewness")


def p_score_skewed(x1: int, t1: float, x2: int, t2: float, ratio: float = 1.0) -> float:
    """Two-sided p that goes with ``rate_ratio_score_skewed``.

    Unit: a probability. Range: 0 to 1. No-change value: 1.
    Assumes and raises as ``rate_ratio_score_skewed``; also ValueError for a ratio not above 0.
    Laud 2017, Pharmaceutical Statistics 16:334, doi:10.1002/pst.1813.
    """
    before, after = _counts(x1, x2)
    z = _z(before, positive("exposure before", t1), after, positive("exposure after", t2), positive("ratio", ratio))
    return float(2 * stats.norm.sf(abs(z)))


def _counts(x1: int, x2: int) -> tuple[int, int]:
    before, after = whole("events before", x1), whole("events after", x2)
    if not before + after:
        raise ValueError("The score test needs at least one event.")
    return before, after


def _z(before: int, t1: float, after: int, t2: float, ratio: float) -> float:
    """The score at a ratio in standard errors, its skewness taken out (Cornish-Fisher, one term)."""
    rate_before = (before + after) / (t1 + ratio * t2)
    rate_after = ratio * rate_before
    variance = rate_after / t2 + ratio**2 * rate_before / t1
    skew: float = (rate_after / t2**2 - ratio**3 * rate_before / t1**2) / (6 * variance * math.sqrt(variance))
    score = (after / t2 - ratio * before / t1) / math.sqrt(variance)
    if abs(skew) < 1e-10:
        return score
    return (-1 + math.sqrt(max(0.0, 1 + 4 * skew * (score + skew)))) / (2 * skew)
