"""What would have been, had the earlier pattern simply continued, and how far that can be known."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import log_limits, standard_error, symmetric_limits, two_sided_quantile
from metrics.estimators.log_linear import MOST_LOG, LogLinearFit

FloatArray = NDArray[np.float64]


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
    Lopez Bernal, Cummins & Gasparrini 2017, Int J Epidemiol 46:348, doi:10.1093/ije/dyw098; the delta method as Oehlert
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
    quantile = two_sided_quantile(level, df)
    without_se, averted_se = (
        standard_error(pull_without, covariance),
        standard_error(pull_without - pull_with, covariance),
    )
    averted = expected - fitted
    log_ratio = math.log(fitted / expected)
    ratio_se = standard_error(pull_with / fitted - pull_without / expected, covariance)
    return Averted(
        fitted, expected, without_se, averted, averted_se,
        symmetric_limits(averted, averted_se, quantile, level),
        math.exp(log_ratio), ratio_se, log_limits(log_ratio, ratio_se, quantile, level),
    )  # fmt: skip
