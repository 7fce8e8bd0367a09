"""Other explanations of a change, put as models of the same weeks: a decline that was under way, a season.

Each is a small log-linear (counts) or logistic (shares) fit. What is asked is never "is there a trend?" for its own
sake, but whether the change still stands when the other explanation has had its say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from metrics.estimators.limits import two_sided_quantile

Family = Literal["counts", "shares"]
YEAR = 365.25
ROUNDS, NEAR = 25, 1e-8


@dataclass(frozen=True)
class Stretches:
    """Stretches of days in order: the middle day of each, what was counted, over what, and whether it lies after the change."""

    days: np.ndarray
    counted: np.ndarray
    over: np.ndarray
    after: np.ndarray
    family: Family

    def __post_init__(self) -> None:
        if not len(self.days) == len(self.counted) == len(self.over) == len(self.after):
            raise ValueError("Each stretch has a day, a count, a denominator and a side.")
        if np.any(self.over <= 0):
            raise ValueError("A stretch nobody was there for says nothing and is left out.")

    def last(self, days: float) -> Stretches:
        """The same, with at most so many days before the first stretch after the change."""
        if not self.after.any():
            raise ValueError("Nothing lies after the change.")
        kept = self.after | (self.days >= self.days[self.after].min() - days)
        return Stretches(self.days[kept], self.counted[kept], self.over[kept], self.after[kept], self.family)


@dataclass(frozen=True)
class Fit:
    """Coefficients, their unscaled covariance, and the deviance of one fit."""

    coefficients: np.ndarray
    covariance: np.ndarray
    deviance: float

    def z(self, place: int, dispersion: float) -> float:
        """One coefficient over its standard error at a dispersion."""
        return float(self.coefficients[place] / math.sqrt(self.covariance[place, place] * dispersion))


@dataclass(frozen=True)
class StepOrSlope:
    """A step at the change against a steady slope through the whole.

    ``slope_better_by``: how much better a straight slope describes the stretches than a step does, in scaled
    deviance (above 0 the slope is the better description). ``slope`` is its direction per year on the log or logit
    scale; ``step_beside_slope`` the z of a step with the slope allowed for; ``slope_before`` the z of the slope
    before the change alone.
    """

    slope_better_by: float
    slope: float
    step_beside_slope: float
    slope_before: float


def fit(stretches: Stretches, design: np.ndarray) -> Fit:
    """Iteratively reweighted least squares for counts over exposure (log) or successes out of trials (logit).

    ``design``: one row a stretch, one column a term. Unit: log rate ratios or log odds ratios. Range: any number.
    No change: 0.
    Assumes: independent stretches once a dispersion is allowed for.
    Raises: ValueError when the terms cannot be told apart or no finite maximum exists (nothing counted on a side).
    McCullagh & Nelder 1989, Generalized Linear Models, chapter 2.
    """
    counted, over, counts = stretches.counted, stretches.over, stretches.family == "counts"
    if np.linalg.matrix_rank(design[counted > 0]) < design.shape[1]:
        raise ValueError("Too little was counted to tell these explanations apart.")
    if not counts and np.linalg.matrix_rank(design[counted < over]) < design.shape[1]:
        raise ValueError("Too much was counted to tell these explanations apart.")
    rate = counted.sum() / over.sum()
    eta = np.full(len(counted), math.log(rate) if counts else math.log(rate / (1 - rate)))
    coefficients = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        mean = over * (np.exp(eta) if counts else special.expit(eta))
        weight = mean if counts else mean * (1 - mean / over)
        if not np.all(weight > 1e-12):
            raise ValueError("These explanations have no finite best fit.")
        working = eta + (counted - mean) / weight
        information = design.T @ (design * weight[:, None])
        following = np.linalg.solve(information, design.T @ (weight * working))
        moved = float(np.max(np.abs(following - coefficients)))
        coefficients, eta = following, np.clip(design @ following, -30, 30)
        if moved < NEAR:
            break
    mean = over * (np.exp(eta) if counts else special.expit(eta))
    return Fit(coefficients, np.linalg.inv(information), _deviance(counted, over, mean, counts=counts))


def step_or_slope(stretches: Stretches, dispersion: float) -> StepOrSlope:
    """Which describes the stretches better: a step at the change, or a slope that was there all along?

    ``dispersion`` is that of the change itself.

    Unit: scaled deviance and z. Range: any number. No-change value: none.
    Assumes: as ``fit``. Raises: ValueError as ``fit``, and with fewer than 4 stretches on a side.
    Lopez Bernal, Cummins & Gasparrini 2017, Int J Epidemiol 46:348, doi:10.1093/ije/dyw098, on pre-existing trends.
    """
    before = ~stretches.after
    if before.sum() < 4 or stretches.after.sum() < 4:
        raise ValueError("A slope needs at least 4 stretches on each side.")
    ones, years = np.ones(len(before)), (stretches.days - stretches.days.mean()) / YEAR
    after = stretches.after.astype(float)
    step = fit(stretches, np.column_stack([ones, after]))
    slope = fit(stretches, np.column_stack([ones, years]))
    both = fit(stretches, np.column_stack([ones, after, years]))
    earlier = Stretches(
        stretches.days[before], stretches.counted[before], stretches.over[before], after[before] > 0, stretches.family
    )
    alone = fit(earlier, np.column_stack([ones[before], years[before] - years[before].mean()]))
    return StepOrSlope(
        slope_better_by=(step.deviance - slope.deviance) / dispersion,
        slope=float(slope.coefficients[1]),
        step_beside_slope=both.z(1, dispersion),
        slope_before=alone.z(1, dispersion),
    )


def step_beside_season(stretches: Stretches, dispersion: float) -> float:
    """The z of a step at the change when one yearly wave is allowed for.

    Unit: z. Range: any number. No-change value: 0. Assumes: the season of one year is that of the next.
    Raises: as ``fit``; also ValueError when the stretches before the change span less than a year.
    Bhaskaran and others 2013, Int J Epidemiol 42:1187, doi:10.1093/ije/dyt092 (Fourier terms for season).
    """
    before = stretches.days[~stretches.after]
    if len(before) < 2 or before.max() - before.min() < YEAR - 16:
        raise ValueError("A season needs at least a year before the change.")
    wave = 2 * math.pi * stretches.days / YEAR
    design = np.column_stack([np.ones(len(wave)), stretches.after.astype(float), np.cos(wave), np.sin(wave)])
    return fit(stretches, design).z(1, dispersion)


def seasonal_swing(before: np.ndarray, after: np.ndarray) -> float:
    """How far two sets of days can be pulled apart by a yearly wave of height 1, whatever its phase.

    ``before`` and ``after`` are days counted from anywhere. Unit: heights of the wave. Range: 0 (whole years on both
    sides, or the same time of year) to 2. No-change value: 0.
    Assumes: a season shaped like one sine wave. Raises: ValueError when a side has no day.
    The first pair of waves of Stolwijk, Straatman & Zielhuis 1999, J Epidemiol Community Health 53:235,
    doi:10.1136/jech.53.4.235.
    """
    if not len(before) or not len(after):
        raise ValueError("Both sides need at least one day.")
    pull = np.exp(2j * math.pi * after / YEAR).mean() - np.exp(2j * math.pi * before / YEAR).mean()
    return float(abs(pull))


def t_limit(freedom: float, level: float = 0.95) -> float:
    """How many standard errors a two-sided interval reaches to either side."""
    return two_sided_quantile(level, freedom)


def _deviance(counted: np.ndarray, over: np.ndarray, mean: np.ndarray, *, counts: bool) -> float:
    there = special.xlogy(counted, counted / mean) - (counted - mean if counts else 0.0)
    if counts:
        return float(2 * there.sum())
    rest = over - counted
    return float(2 * (special.xlogy(counted, counted / mean) + special.xlogy(rest, rest / (over - mean))).sum())
