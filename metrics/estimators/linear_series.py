"""Scores and shares in order of time: straight-line regression whose points may resemble their neighbours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from metrics.estimators.log_linear import design_matrix
from metrics.estimators.newey_west import newey_west

FloatArray = NDArray[np.float64]

MOST_ROUNDS = 200
SETTLED = 1e-10
NO_SCATTER = 1e-10


@dataclass(frozen=True)
class Term:
    """A coefficient in the outcome's own unit, with its standard error."""

    estimate: float
    standard_error: float


@dataclass(frozen=True, eq=False)
class LinearFit:
    """``value = design @ coefficients + rest``; ``bread`` is the inverse of design' design.

    ``rho`` is the resemblance from point to point that was allowed for, None for ordinary least squares.
    """

    names: tuple[str, ...]
    design: FloatArray
    values: FloatArray
    coefficients: FloatArray
    bread: FloatArray
    sigma: float
    rho: float | None = None

    @property
    def residual_df(self) -> int:
        return len(self.values) - len(self.names)

    @property
    def fitted(self) -> FloatArray:
        found: FloatArray = self.design @ self.coefficients
        return found

    @property
    def residuals(self) -> FloatArray:
        found: FloatArray = self.values - self.fitted
        return found

    @property
    def covariance(self) -> FloatArray:
        return self.bread * self.sigma**2

    def newey_west(self, lag: int, *, small_sample: bool = True) -> FloatArray:
        """The covariance for neighbouring points that resemble each other, times n / (n - k) unless told not to."""
        found = newey_west(self.design * self.residuals[:, None], self.bread, lag)
        return found * len(self.values) / self.residual_df if small_sample else found

    def term(self, name: str, covariance: FloatArray | None = None) -> Term:
        """One coefficient, with its standard error under a covariance (the ordinary one unless given)."""
        spread = self.covariance if covariance is None else covariance
        at = self.names.index(name)
        return Term(float(self.coefficients[at]), math.sqrt(max(0.0, float(spread[at, at]))))


def fit_linear(values: Sequence[float] | FloatArray, columns: Mapping[str, Sequence[float] | FloatArray]) -> LinearFit:
    """Ordinary least squares.

    Unit: the values' own, for each unit of a column. Range: any number. No-change value: 0.
    Assumes: even scatter; points independent unless another covariance is asked for.
    Raises: ValueError for lengths that differ, values that are not finite, no degree of freedom left, or columns
    that say the same.
    Wagner, Soumerai, Zhang & Ross-Degnan 2002, J Clin Pharm Ther 27:299, doi:10.1046/j.1365-2710.2002.00430.x.
    """
    names, design = design_matrix(columns)
    y = np.asarray(values, dtype=float)
    if len(y) != len(design) or not np.isfinite(y).all():
        raise ValueError("Every point needs a finite value and every column a cell for it.")
    if len(y) <= design.shape[1]:
        raise ValueError(f"{len(y)} points are too few for {design.shape[1]} terms.")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("Two terms of the model say the same.")
    return _least_squares(names, design, y)


def prais_winsten(
    values: Sequence[float] | FloatArray, columns: Mapping[str, Sequence[float] | FloatArray]
) -> LinearFit:
    """The same line allowing for resemblance from point to point, found in turns with the line itself.

    rho = sum of e_t e_(t-1) over sum of e_(t-1)^2; every point less rho times the one before it, the first times
    sqrt(1 - rho^2); repeated until rho stands still. statsmodels' GLSAR drops the first point and is another method.

    Unit, range, no-change value and errors as ``fit_linear``. Assumes: points evenly spaced, first-order chain.
    Also raises: ValueError when every point lies on the line, or rho leaves -1 to 1 or does not settle.
    Prais & Winsten 1954, Cowles Commission Discussion Paper 383; compared in Turner and others 2021, BMC Med Res
    Methodol 21:181, doi:10.1186/s12874-021-01364-0.
    """
    plain = fit_linear(values, columns)
    _needs_scatter(plain)
    fit, rho = plain, 0.0
    for _ in range(MOST_ROUNDS):
        left = plain.values - plain.design @ fit.coefficients
        found = float(left[1:] @ left[:-1]) / float(left[:-1] @ left[:-1])
        if not -1 < found < 1:
            raise ValueError("Points resemble each other so much that no line can be told from the runs.")
        fit = _transformed(plain, found)
        if abs(found - rho) < SETTLED:
            return fit
        rho = found
    raise ValueError("The resemblance from point to point did not settle.")


def gls_ar1(
    values: Sequence[float] | FloatArray,
    columns: Mapping[str, Sequence[float] | FloatArray],
    likelihood: Literal["ML", "REML"] = "ML",
) -> LinearFit:
    """Generalised least squares with the first-order resemblance that makes the series likeliest.

    Standard errors divide by n - k under both likelihoods, as R's nlme does.

    Unit, range, no-change value, assumptions and errors as ``prais_winsten``.
    Pinheiro & Bates 2000, Mixed-Effects Models in S and S-PLUS, chapter 5, doi:10.1007/b98882.
    """
    plain = fit_linear(values, columns)
    _needs_scatter(plain)
    points, terms = plain.design.shape
    free = points if likelihood == "ML" else points - terms

    def surprise(rho: float) -> float:
        fit = _transformed(plain, rho)
        squares = fit.sigma**2 * fit.residual_df
        found: float = free * math.log(squares) - math.log(1 - rho**2)
        if likelihood == "REML":
            found -= float(np.linalg.slogdet(fit.bread)[1])
        return found

    best = optimize.minimize_scalar(surprise, bounds=(-0.9999, 0.9999), method="bounded", options={"xatol": 1e-10})
    return _transformed(plain, float(best.x))


def difference_in_differences(
    values: Sequence[float] | FloatArray, treated: Sequence[float] | FloatArray, post: Sequence[float] | FloatArray
) -> LinearFit:
    """How much further one series moved than another, which the change could not reach: term ``treated:post``.

    Unit: the values' own. Range: any number. No-change value: 0.
    Assumes: both would have moved alike; points independent (ordinary standard errors).
    Raises: ValueError as ``fit_linear``, so also where one of the four corners is empty.
    Angrist & Pischke 2015, Mastering 'Metrics, chapter 5.
    """
    ours, late = np.asarray(treated, dtype=float), np.asarray(post, dtype=float)
    if ours.shape != late.shape:
        raise ValueError("Every point is of one series and one period.")
    columns = {"(Intercept)": np.ones(len(ours)), "treated": ours, "post": late, "treated:post": ours * late}
    return fit_linear(values, columns)


@dataclass(frozen=True)
class Predicted:
    """The sum of new points as the line foretells it: how uncertain the line is, and with each point's own scatter."""

    points: FloatArray
    total: float
    se_of_mean: float
    se_with_scatter: float


def predicted_total(fit: LinearFit, columns: Mapping[str, Sequence[float] | FloatArray]) -> Predicted:
    """What the line says of further rows, for example of the months after a start.

    Unit: the values' own. Range: any number. No-change value: none.
    Assumes: ordinary least squares with even, independent scatter, and that the pattern goes on.
    Raises: ValueError when the columns are not the fit's.
    Draper & Smith 1998, Applied Regression Analysis, 3rd ed., section 5.4.
    """
    names, rows = design_matrix(columns)
    if names != fit.names:
        raise ValueError("New rows need the columns of the fit, in its order.")
    pull = rows.sum(axis=0)
    line = float(pull @ fit.bread @ pull)
    points: FloatArray = rows @ fit.coefficients
    return Predicted(points, float(points.sum()), fit.sigma * math.sqrt(line), fit.sigma * math.sqrt(line + len(rows)))


def _least_squares(names: tuple[str, ...], design: FloatArray, y: FloatArray) -> LinearFit:
    # By orthogonal columns: squaring the design first would lose half the digits of a long time axis.
    q, r = np.linalg.qr(design)
    coefficients: FloatArray = np.linalg.solve(r, q.T @ y)
    inverse = np.linalg.solve(r, np.eye(design.shape[1]))
    left = y - design @ coefficients
    sigma = math.sqrt(float(left @ left) / (len(y) - design.shape[1]))
    return LinearFit(names, design, y, coefficients, inverse @ inverse.T, sigma)


def _transformed(plain: LinearFit, rho: float) -> LinearFit:
    """The line fitted to points freed of their resemblance, told on the points as they were."""
    first = math.sqrt(1 - rho**2)

    def freed(array: FloatArray) -> FloatArray:
        found = array.copy()
        found[0] = first * array[0]
        found[1:] = array[1:] - rho * array[:-1]
        return found

    fit = _least_squares(plain.names, freed(plain.design), freed(plain.values))
    return LinearFit(plain.names, plain.design, plain.values, fit.coefficients, fit.bread, fit.sigma, rho)


def _needs_scatter(fit: LinearFit) -> None:
    scale = float(np.max(np.abs(fit.values), initial=1e-300))
    if fit.sigma <= NO_SCATTER * scale:
        raise ValueError("Every point lies on the line: there is no scatter to judge by.")
