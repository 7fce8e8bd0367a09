"""Counts in order of time: log-linear regression with exposure, solved here in a few small steps.

statsmodels returns a coefficient of -23 with ``converged=True`` and no warning where a side has no events at all.
Here a fit that does not exist is refused before it is begun.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from metrics.estimators.newey_west import newey_west
from metrics.estimators.poisson_fit import Coefficient

FloatArray = NDArray[np.float64]

MOST_STEPS = 100
CLOSE_ENOUGH = 1e-12
MOST_LOG = 200.0
"""Means are kept between e^-200 and e^200 on the way, so that their squares stay numbers."""
LOG_THETA = (-6.0, 16.0)
"""Where the negative binomial's theta is looked for, as a logarithm: from wilder than any record to plain chance."""


@dataclass(frozen=True, eq=False)
class LogLinearFit:
    """``log E(count) = offset + design @ coefficients``, with what every spread is worked out from.

    ``chance`` is the covariance if events were independent; ``scores`` one row a point: its pull on each term.
    ``dispersion`` is Pearson's and not floored. ``theta`` is the negative binomial's, None for Poisson.
    """

    names: tuple[str, ...]
    design: FloatArray
    counts: FloatArray
    offset: FloatArray
    coefficients: FloatArray
    mean: FloatArray
    chance: FloatArray
    deviance: float
    theta: float | None = None

    @property
    def residual_df(self) -> int:
        return len(self.counts) - len(self.names)

    @property
    def pearson_residuals(self) -> FloatArray:
        residuals: FloatArray = (self.counts - self.mean) / np.sqrt(_variance(self.mean, self.theta))
        return residuals

    @property
    def dispersion(self) -> float:
        return float(np.sum(self.pearson_residuals**2)) / self.residual_df

    def quasi_poisson(self, floor: float = 0.0) -> FloatArray:
        """The covariance widened by the scatter found, never below ``floor`` times chance."""
        return self.chance * max(floor, self.dispersion)

    def newey_west(self, lag: int) -> FloatArray:
        """The covariance for neighbouring points that resemble each other; see ``newey_west``."""
        pull = (self.counts - self.mean) * self.mean / _variance(self.mean, self.theta)
        return newey_west(self.design * pull[:, None], self.chance, lag)

    def term(self, name: str, covariance: FloatArray) -> Coefficient:
        """One coefficient on the log scale with its standard error under a covariance."""
        at = self.names.index(name)
        return Coefficient(float(self.coefficients[at]), math.sqrt(max(0.0, float(covariance[at, at]))))


def design_matrix(columns: Mapping[str, Sequence[float] | FloatArray]) -> tuple[tuple[str, ...], FloatArray]:
    """Names and matrix of the columns given, in their order. Raises ValueError when they differ in length."""
    if not columns:
        raise ValueError("A model needs at least one column.")
    arrays = [np.asarray(column, dtype=float) for column in columns.values()]
    if len({len(each) for each in arrays}) > 1:
        raise ValueError("All columns of a model must be of the same length.")
    matrix = np.column_stack(arrays)
    if not np.isfinite(matrix).all():
        raise ValueError("Every cell of a model is a finite number.")
    return tuple(columns), matrix


def fit_log_linear(
    counts: Sequence[float] | FloatArray,
    columns: Mapping[str, Sequence[float] | FloatArray],
    exposures: Sequence[float] | FloatArray | None = None,
) -> LogLinearFit:
    """``count ~ columns + offset(log exposure)`` by iteratively reweighted least squares; Poisson variance.

    Unit: coefficients are logs of rates and of ratios. Range: any number. No-change value: 0.
    Assumes: variance in proportion to the mean (the covariance chosen afterwards says in which).
    Raises: ValueError for lengths that differ, a count below 0, an exposure not above 0, no degree of freedom
    left, columns that say the same, and rows with events that leave a column without any (a side with no events
    has no finite ratio).
    McCullagh & Nelder 1989, Generalized Linear Models, sections 2.5 and 6.2; on fits that do not exist Correia,
    Guimaraes & Zylkin 2019, doi:10.48550/arXiv.1903.01633.
    """
    names, design = design_matrix(columns)
    y, offset = _checked(counts, exposures, design)
    return _fit(names, design, y, offset, theta=None)


def fit_negative_binomial(
    counts: Sequence[float] | FloatArray,
    columns: Mapping[str, Sequence[float] | FloatArray],
    exposures: Sequence[float] | FloatArray | None = None,
) -> LogLinearFit:
    """The same model with variance mean + mean^2 / theta, theta found together with the coefficients.

    A sensitivity check: unstable with few points. ``chance`` then allows for theta, taken as known.

    Unit, range and no-change value as ``fit_log_linear``. Assumes: people or weeks whose own rates differ in a gamma
    shape. Raises: ValueError as ``fit_log_linear``, and where counts scatter no more
    than chance, for theta is then infinite and the Poisson fit is meant.
    Lawless 1987, Canadian Journal of Statistics 15:209, doi:10.2307/3314912.
    """
    names, design = design_matrix(columns)
    y, offset = _checked(counts, exposures, design)
    fit = _fit(names, design, y, offset, theta=None)
    before = math.inf
    for _ in range(MOST_STEPS):
        theta = _theta(y, fit.mean)
        fit = _fit(names, design, y, offset, theta)
        if abs(math.log(theta) - before) < 1e-9:
            return fit
        before = math.log(theta)
    raise ValueError("The negative binomial fit did not settle.")


@dataclass(frozen=True)
class FTest:
    """How much better the larger model fits than chance would make it, and how surprising that is."""

    statistic: float
    p: float


def f_test(smaller: LogLinearFit, larger: LogLinearFit) -> FTest:
    """The drop in deviance for each further term, over the larger model's dispersion.

    Unit: none; p a probability. Range: 0 upwards; 0 to 1. No-change value: about 1.
    Assumes: the smaller model's columns are among the larger's; same counts.
    Raises: ValueError when no term was added or the counts differ.
    McCullagh & Nelder 1989, section 9.2.4.
    """
    added = len(larger.names) - len(smaller.names)
    if added < 1 or not np.array_equal(smaller.counts, larger.counts):
        raise ValueError("The larger model must add a term on the same counts.")
    statistic = max(0.0, (smaller.deviance - larger.deviance) / added / larger.dispersion)
    return FTest(statistic, float(special.fdtrc(added, larger.residual_df, statistic)))


def _checked(
    counts: Sequence[float] | FloatArray, exposures: Sequence[float] | FloatArray | None, design: FloatArray
) -> tuple[FloatArray, FloatArray]:
    y = np.asarray(counts, dtype=float)
    at_risk = np.ones(len(y)) if exposures is None else np.asarray(exposures, dtype=float)
    if not len(y) == len(at_risk) == len(design):
        raise ValueError("Counts, exposures and columns must have the same length.")
    if not np.isfinite(y).all() or (y < 0).any():
        raise ValueError("A count is a finite number from 0 up.")
    if not np.isfinite(at_risk).all() or (at_risk <= 0).any():
        raise ValueError("An exposure is a finite number above 0.")
    if len(y) <= design.shape[1]:
        raise ValueError(f"{len(y)} points are too few for {design.shape[1]} terms.")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("Two terms of the model say the same.")
    with_events = design[y > 0]
    if len(with_events) < design.shape[1] or np.linalg.matrix_rank(with_events) < design.shape[1]:
        raise ValueError("Too few points have any event: the model has no finite answer.")
    return y, np.log(at_risk)


def _fit(
    names: tuple[str, ...], design: FloatArray, y: FloatArray, offset: FloatArray, theta: float | None
) -> LogLinearFit:
    mean: FloatArray = np.asarray(y + 0.1 * max(1.0, float(y.mean())), dtype=np.float64)
    coefficients = np.zeros(design.shape[1])
    before = math.inf
    for _ in range(MOST_STEPS):
        weight = mean**2 / _variance(mean, theta)
        working = np.log(mean) - offset + (y - mean) / mean
        information = design.T @ (design * weight[:, None])
        coefficients = _solved(information, design.T @ (weight * working))
        mean = np.asarray(np.exp(np.clip(offset + design @ coefficients, -MOST_LOG, MOST_LOG)), dtype=np.float64)
        deviance = _deviance(y, mean, theta)
        if abs(deviance - before) <= CLOSE_ENOUGH * (abs(deviance) + 0.1):
            weight = mean**2 / _variance(mean, theta)
            chance = _solved(design.T @ (design * weight[:, None]), np.eye(design.shape[1]))
            return LogLinearFit(names, design, y, offset, coefficients, mean, chance, deviance, theta)
        before = deviance
    raise ValueError("The fit did not settle.")


def _solved(matrix: FloatArray, right: FloatArray) -> FloatArray:
    try:
        found = np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise ValueError("The terms of the model cannot be told apart.") from None
    return found


def _variance(mean: FloatArray, theta: float | None) -> FloatArray:
    return mean if theta is None else mean + mean**2 / theta


def _deviance(y: FloatArray, mean: FloatArray, theta: float | None) -> float:
    own = special.xlogy(y, np.where(y > 0, y, 1.0) / mean)
    if theta is None:
        return 2 * float(np.sum(own - (y - mean)))
    return 2 * float(np.sum(own - (y + theta) * np.log((y + theta) / (mean + theta))))


def _theta(y: FloatArray, mean: FloatArray) -> float:
    """The theta under which the scatter seen is likeliest, the means taken as known."""

    def slope(log_theta: float) -> float:
        theta = math.exp(log_theta)
        return float(
            np.sum(
                special.digamma(y + theta) - special.digamma(theta) + np.log(theta / (theta + mean))
                + 1 - (y + theta) / (theta + mean)
            )
        )  # fmt: skip

    low, high = LOG_THETA
    if float(np.sum((y - mean) ** 2 - y)) <= 0 or slope(high) >= 0 or slope(low) <= 0:
        raise ValueError("Counts scatter no more than chance: there is no negative binomial to fit.")
    return math.exp(optimize.brentq(slope, low, high, xtol=1e-12))
