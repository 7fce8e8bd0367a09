"""Do the items of a scale hang together well enough for their sum to be read as one score?"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from metrics.estimators.arguments import figures, tail
from metrics.estimators.intervals import Interval

Floats = NDArray[np.float64]

FEWEST_RESPONDENTS = 30
FEWEST_ITEMS = 3
"""Below these alpha and omega are noise: shown by nobody, judged by nobody (methods, Q5)."""


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of the sum, of standardised items, its limits, and what each item does to it.

    ``if_deleted`` and ``item_rest`` follow the order of the items; the first is None with two items only.
    """

    respondents: int
    items: int
    alpha: float
    standardised: float
    interval: Interval
    if_deleted: tuple[float | None, ...]
    item_rest: tuple[float, ...]


@dataclass(frozen=True)
class Omega:
    """McDonald's omega from one factor: for standardised items, for the sum as it is scored, and the loadings."""

    standardised: float
    raw: float
    loadings: tuple[float, ...]


def why_not_judged(respondents: int, items: int) -> str | None:
    """Why this scale's quality is not shown; None when there is enough to show it."""
    if items < FEWEST_ITEMS:
        return f"A scale of {items} items is too short to be judged; {FEWEST_ITEMS} are needed."
    if respondents < FEWEST_RESPONDENTS:
        return f"{respondents} people answered every item; {FEWEST_RESPONDENTS} are needed to judge a scale."
    return None


def cronbach_alpha(answers: Sequence[Sequence[float | None]], level: float = 0.95) -> Alpha:
    """How far the items move together, people with a gap left out; ``answers`` has one row a person.

    Unit: none. Range: up to 1, below 0 when items pull apart. No-change value: none.
    Assumes: items measure one thing equally well (else alpha is a lower bound); limits by F take items as normal.
    Raises: ValueError for fewer than 2 items or people with every answer, or an item everybody answered alike.
    Cronbach 1951, Psychometrika 16:297, doi:10.1007/BF02310555; Feldt 1965, Psychometrika 30:357,
    doi:10.1007/BF02289499.
    """
    scores = _complete(answers)
    n, k = scores.shape
    covariance, correlation = _covariance(scores), _correlation(scores)
    alpha = _alpha_of(covariance)
    outside, df1, df2 = tail(level), n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - alpha) * float(stats.f.isf(outside, df1, df2))
    high = 1 - (1 - alpha) * float(stats.f.ppf(outside, df1, df2))
    keep = [[other for other in range(k) if other != item] for item in range(k)]
    return Alpha(
        respondents=n,
        items=k,
        alpha=alpha,
        standardised=_alpha_of(correlation),
        interval=Interval(low, high, level),
        if_deleted=tuple(_alpha_of(covariance[np.ix_(rest, rest)]) if k > 2 else None for rest in keep),
        item_rest=tuple(_item_rest(covariance, item, rest) for item, rest in enumerate(keep)),
    )


def omega_one_factor(answers: Sequence[Sequence[float | None]]) -> Omega:
    """Share of the sum's variance that one common factor explains, the factor fitted by maximum likelihood.

    Unit: a share. Range: 0 to 1. No-change value: none. Assumes: one factor, errors unrelated, items near normal.
    Raises: ValueError as ``cronbach_alpha``, for fewer than 3 items, and when no factor can be fitted.
    McDonald 1999, Test Theory, chapter 6; Lawley & Maxwell 1971, Factor Analysis as a Statistical Method.
    """
    scores = _complete(answers)
    n, k = scores.shape
    if k < FEWEST_ITEMS:
        raise ValueError(f"One factor needs at least {FEWEST_ITEMS} items, not {k}.")
    correlation, spread = _correlation(scores), np.std(scores, axis=0, ddof=1)
    loadings = _one_factor(correlation, n)
    rest = 1 - loadings**2
    common, common_raw = float(loadings.sum()) ** 2, float(loadings @ spread) ** 2
    return Omega(
        standardised=common / (common + float(rest.sum())),
        raw=common_raw / (common_raw + float(rest @ spread**2)),
        loadings=tuple(loadings.tolist()),
    )


def omega_total_minres(answers: Sequence[Sequence[float | None]]) -> float:
    """Omega as the share of the sum's variance not unique to single items, the factor fitted by least squares.

    Unit: a share. Range: up to 1. No-change value: none. Assumes: one factor. Raises: ValueError as ``omega_one_factor``.
    Harman & Jones 1966, Psychometrika 31:351, doi:10.1007/BF02289468; Revelle & Zinbarg 2009, Psychometrika
    74:145, doi:10.1007/s11336-008-9102-z.
    """
    scores = _complete(answers)
    if scores.shape[1] < FEWEST_ITEMS:
        raise ValueError(f"One factor needs at least {FEWEST_ITEMS} items, not {scores.shape[1]}.")
    correlation = _correlation(scores)
    reduced = correlation.copy()
    shared = np.max(np.abs(correlation - np.eye(len(correlation))), axis=0)
    for _ in range(5_000):
        np.fill_diagonal(reduced, shared)
        values, vectors = np.linalg.eigh(reduced)
        following = vectors[:, -1] ** 2 * max(float(values[-1]), 0.0)
        if following.max() >= 1:
            raise ValueError("One item carries the whole factor, so there is no omega.")
        if float(np.abs(following - shared).max()) < 1e-10:
            return 1 - float(np.sum(1 - following)) / float(correlation.sum())
        shared = following
    raise ValueError("No single factor could be fitted to these answers.")


def _complete(answers: Sequence[Sequence[float | None]]) -> Floats:
    if len({len(row) for row in answers}) > 1:
        raise ValueError("Every person has one place for each item.")
    rows = [[float(answer) for answer in row if answer is not None] for row in answers]
    full = [row for row, given in zip(rows, answers, strict=True) if len(row) == len(given)]
    if len(full) < 2 or len(full[0]) < 2:
        raise ValueError("A scale needs at least 2 items and 2 people who answered all of them.")
    scores = figures("An answer", np.array(full, dtype=np.float64))
    if (np.ptp(scores, axis=0) == 0).any():
        raise ValueError("Everybody gave the same answer to one of the items.")
    return scores


def _covariance(scores: Floats) -> Floats:
    return np.asarray(np.cov(scores, rowvar=False), dtype=np.float64)


def _correlation(scores: Floats) -> Floats:
    return np.asarray(np.corrcoef(scores, rowvar=False), dtype=np.float64)


def _alpha_of(covariance: Floats) -> float:
    k, total = len(covariance), float(covariance.sum())
    if total <= 1e-12 * float(np.trace(covariance)):
        raise ValueError("The sum of the items does not vary, so there is no alpha.")
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total)


def _item_rest(covariance: Floats, item: int, rest: list[int]) -> float:
    """Correlation of an item with the sum of the others; 0 where that sum does not vary."""
    of_rest = float(covariance[np.ix_(rest, rest)].sum())
    if of_rest <= 1e-12 * float(np.trace(covariance)):
        return 0.0
    return float(covariance[item, rest].sum()) / math.sqrt(float(covariance[item, item]) * of_rest)


def _one_factor(correlation: Floats, respondents: int) -> Floats:
    from statsmodels.multivariate.factor import Factor  # slow to import, and few pages need it

    try:
        with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
            warnings.simplefilter("error")
            fitted = Factor(corr=correlation, n_factor=1, method="ml", nobs=respondents).fit(maxiter=2_000)
    except (Warning, ArithmeticError, ValueError, np.linalg.LinAlgError) as problem:
        raise ValueError("No single factor could be fitted to these answers.") from problem
    loadings = np.asarray(fitted.loadings, dtype=np.float64)[:, 0]
    if not np.isfinite(loadings).all() or float(np.abs(loadings).max()) > 1:
        raise ValueError("One item carries the whole factor, so there is no omega.")
    return loadings if loadings.sum() >= 0 else -loadings
