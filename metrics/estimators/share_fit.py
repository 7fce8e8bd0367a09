"""The log-odds model of shares over audits or people, with the spread told by chance, by the rows, or by clusters."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.arguments import figures, positive, tally
from metrics.estimators.clustering import sums_by_cluster
from metrics.estimators.poisson_fit import Coefficient

Floats = NDArray[np.float64]
Spread = Literal["binomial", "quasi-binomial", "clusters"]

INTERCEPT = "(Intercept)"

FAR_OUT = 25.0
"""Log odds beyond this are a share of 0 or 1 to ten digits: there is no finite maximum."""


@dataclass(frozen=True)
class ShareFit:
    """Terms on the log-odds scale by name, ``(Intercept)`` first; ``dispersion`` is Pearson's, 1 for ``binomial``."""

    terms: Mapping[str, Coefficient]
    dispersion: float
    residual_df: int


def fit_shares(
    successes: Sequence[float],
    trials: Sequence[float],
    terms: Mapping[str, Sequence[float]],
    spread: Spread = "binomial",
    clusters: Sequence[Hashable] | None = None,
) -> ShareFit:
    """``successes of trials ~ terms`` by maximum likelihood on the log-odds scale.

    ``quasi-binomial`` widens the standard errors by the root of Pearson's dispersion (six or more audits a side);
    ``clusters`` adds up the residuals of each cluster before squaring them, times G / (G - 1) for G clusters.

    Unit: logs of odds and of odds ratios. Range: any number. No change: 0.
    Assumes: rows (or clusters) independent of each other. statsmodels' GLM(Binomial) with two columns and
    scale="X2" forgets the trials; this does not.
    Raises: ValueError when lengths differ, a tally is not a share, terms repeat each other, there are no more
    rows than terms, fewer than 2 clusters, or a share of 0 or 1 leaves no finite maximum (use Newcombe's limits).
    McCullagh & Nelder 1989, Generalized Linear Models, chapter 4; Liang & Zeger 1986, Biometrika 73:13,
    doi:10.1093/biomet/73.1.13.
    """
    y, n, design, names = _checked(successes, trials, terms)
    beta = _maximum(y, n, design)
    fitted = 1 / (1 + np.exp(-design @ beta))
    weight = n * fitted * (1 - fitted)
    bread = np.asarray(np.linalg.inv(design.T @ (design * weight[:, None])), dtype=np.float64)
    residual_df = y.size - len(names)
    pearson = float(np.sum((y - n * fitted) ** 2 / weight)) / residual_df
    variance, dispersion = bread, 1.0
    if spread == "quasi-binomial":
        variance, dispersion = bread * pearson, pearson
    elif spread == "clusters":
        variance = _clustered(np.asarray(design * (y - n * fitted)[:, None], dtype=np.float64), bread, clusters)
    errors = np.sqrt(np.diag(variance))
    found = {
        name: Coefficient(float(value), float(error)) for name, value, error in zip(names, beta, errors, strict=True)
    }
    return ShareFit(found, dispersion, residual_df)


def _checked(
    successes: Sequence[float], trials: Sequence[float], terms: Mapping[str, Sequence[float]]
) -> tuple[Floats, Floats, Floats, list[str]]:
    rows = len(trials)
    if len(successes) != rows or any(len(term) != rows for term in terms.values()):
        raise ValueError("Successes, trials and every term must have the same length.")
    for x, size in zip(successes, trials, strict=True):
        tally(x, positive("trials", size))
    y, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    design = np.column_stack([np.ones(rows), *(figures("A term", term) for term in terms.values())])
    if rows <= design.shape[1]:
        raise ValueError(f"{rows} rows cannot carry {design.shape[1]} terms and a spread.")
    mixed = design[(y > 0) & (y < n)]
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("One term repeats another, so they cannot be told apart.")
    if mixed.size == 0 and (y.sum() == 0 or y.sum() == n.sum()):
        raise ValueError("The share is 0 or 1 throughout: there are no finite log odds.")
    return y, n, np.asarray(design, dtype=np.float64), [INTERCEPT, *terms]


def _maximum(y: Floats, n: Floats, design: Floats) -> Floats:
    """Newton's steps from level odds, halved while the likelihood would fall."""

    def likelihood(beta: Floats) -> float:
        eta = design @ beta
        return float(np.sum(y * eta - n * np.logaddexp(0.0, eta)))

    beta = np.zeros(design.shape[1])
    for _ in range(100):
        eta = design @ beta
        if np.abs(eta).max() > FAR_OUT:
            break
        fitted = 1 / (1 + np.exp(-eta))
        information = design.T @ (design * (n * fitted * (1 - fitted))[:, None])
        step = np.linalg.solve(information, design.T @ (y - n * fitted))
        while likelihood(beta + step) < likelihood(beta) - 1e-9 * (1 + abs(likelihood(beta))):
            step = step / 2
        beta = beta + step
        if float(np.abs(step).max()) < 1e-10:
            return np.asarray(beta, dtype=np.float64)
    raise ValueError("A share of 0 or 1 on one side leaves no finite log odds; use the limits of the difference.")


def _clustered(scores: Floats, bread: Floats, clusters: Sequence[Hashable] | None) -> Floats:
    sums = sums_by_cluster(scores, clusters)
    influence = sums @ bread
    return np.asarray(influence.T @ influence * (len(sums) / (len(sums) - 1)), dtype=np.float64)
