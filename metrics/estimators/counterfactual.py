"""What would have been, had the earlier pattern simply continued, and how far that can be known."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from metrics.estimators.arguments import tail
from metrics.estimators.intervals import Interval
from metrics.estimators.log_linear import MOST_LOG, LogLinearFit

FloatArray = NDArray[np.float64]

LARGEST_LOG = 27.0
"""Beyond e^27 (half a million million) a limit says nothing: it is None. Below e^-27 it is 0."""


@dataclass(frozen=True)
class Averted:
    """Events after the start: with the change as fitted, without it, the difference, and the ratio of the two.

    ``averted`` is without less with: above 0 fewer happened than the earlier pattern would have brought.
    ``ratio`` is with over without, below 1 for fewer.
    """

    fitted: float
    without: float
    without_se: float
    averted: float
    averted_se: float
    averted_interval: Interval
    ratio: float
    ratio_se: float
    ratio_interval: Interval


def quantile(level: float, df: float | None = None) -> float:
    """How many standard errors a two-sided interval reaches: normal, or Student's t with ``df``."""
    outside = tail(level)
    return float(-special.ndtri(outside) if df is None else -special.stdtrit(df, outside))


def log_limits(estimate: float, standard_error: float, reach: float, level: float) -> Interval:
    """Limits of exp(estimate); None where one is too large to mean anything, 0 where it is too small."""
    low, high = estimate - reach * standard_error, estimate + reach * standard_error
    return Interval(
        math.exp(low) if low > -LARGEST_LOG else 0.0,
        math.exp(max(high, -LARGEST_LOG)) if high < LARGEST_LOG else None,
        level,
    )


def events_averted(
    fit: LogLinearFit,
    without: FloatArray,
    after: NDArray[np.bool_],
    covariance: FloatArray,
    level: float = 0.95,
    df: float | None = None,
) -> Averted:
    """Events the earlier pattern would have brought in the rows ``after``, less those fitted, by the delta method.

    ``without`` is the design of all rows with the change taken out of it.

    Unit: events, and a ratio. Range: any number; above 0. No-change value: 0; 1.
    Assumes: the earlier pattern (trend and season) would have gone on. The count's interval may promise more events
    averted than there were to avert; the ratio's, on the log scale, cannot.
    Raises: ValueError when no row is after, or shapes differ.
    Bernal, Cummins & Gasparrini 2017, Int J Epidemiol 46:348, doi:10.1093/ije/dyw098; the delta method as Oehlert
    1992, Am Stat 46:27, doi:10.1080/00031305.1992.10475842.
    """
    if without.shape != fit.design.shape or len(after) != len(fit.counts) or not after.any():
        raise ValueError("The design without the change must have the fit's rows, some of them after.")
    rows, plain = fit.design[after], without[after]
    mean = fit.mean[after]
    bare = np.exp(np.clip(fit.offset[after] + plain @ fit.coefficients, -MOST_LOG, MOST_LOG))
    fitted, expected = float(mean.sum()), float(bare.sum())
    if not (math.isfinite(expected) and expected > 0 and fitted > 0):
        raise ValueError("The earlier pattern cannot be carried on: it leads to nothing or beyond all bounds.")
    pull_with, pull_without = mean @ rows, bare @ plain
    reach = quantile(level, df)
    without_se, averted_se = _error(pull_without, covariance), _error(pull_without - pull_with, covariance)
    averted = expected - fitted
    log_ratio = math.log(fitted / expected)
    ratio_se = _error(pull_with / fitted - pull_without / expected, covariance)
    return Averted(
        fitted, expected, without_se, averted, averted_se,
        Interval(averted - reach * averted_se, averted + reach * averted_se, level),
        math.exp(log_ratio), ratio_se, log_limits(log_ratio, ratio_se, reach, level),
    )  # fmt: skip


def _error(pull: FloatArray, covariance: FloatArray) -> float:
    return math.sqrt(max(0.0, float(pull @ covariance @ pull)))
