"""Trials that are not independent: how many independent ones they are worth."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.arguments import positive, tally

Floats = NDArray[np.float64]

Day = bool | int | None
"""One day of one person: it happened (1), it did not (0), or nobody looked (None)."""


def effective_size(n: float, rho: float) -> float:
    """How many independent days ``n`` days are worth when each resembles the day before by ``rho``.

    Unit: days. Range: above 0. No-change value: n at rho 0; 28 days at 0.3 are worth 15.
    Assumes: a first-order chain, resemblance fading by ``rho`` with each day.
    Raises: ValueError when n is not above 0 or rho does not lie between -1 and 1.
    Bayley & Hammersley 1946, J R Stat Soc Suppl 8:184, doi:10.2307/2983560.
    """
    if not -1 < rho < 1:
        raise ValueError(f"A correlation from day to day lies between -1 and 1, not at {rho}.")
    return positive("the number of days", n) * (1 - rho) / (1 + rho)


def sums_by_cluster(scores: Floats, clusters: Sequence[Hashable] | None) -> Floats:
    """The rows of ``scores`` added up by cluster; without clusters every row stands alone.

    Raises ValueError when a row has no cluster or there are fewer than 2 of them.
    """
    labels = list(range(len(scores))) if clusters is None else list(clusters)
    if len(labels) != len(scores):
        raise ValueError("Every row belongs to a cluster.")
    places = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    if len(places) < 2:
        raise ValueError("A spread between clusters needs at least 2 of them.")
    sums = np.zeros((len(places), scores.shape[1]))
    np.add.at(sums, [places[label] for label in labels], scores)
    return sums


def design_effect(successes: Sequence[float], trials: Sequence[float]) -> float:
    """How many times as uncertain a pooled share is because trials of one cluster resemble each other.

    The linearised variance of the ratio estimator, with m / (m - 1) for m clusters, over the binomial
    variance.

    Unit: a ratio of variances. Range: 1 upwards (floored). No-change value: 1, also with fewer than 2
    clusters or when the share is 0 or 1 and nothing can be seen.
    Assumes: clusters (people, audits) independent of each other; clusters without trials are left out.
    Raises: ValueError when the lengths differ or a tally is not a share.
    Rao & Scott 1992, Biometrics 48:577, doi:10.2307/2532311.
    """
    if len(successes) != len(trials):
        raise ValueError(f"{len(successes)} tallies of successes cannot go with {len(trials)} of trials.")
    pairs = list(zip(successes, trials, strict=True))
    for x, n in pairs:
        tally(x, n)
    clusters = [(x, n) for x, n in pairs if n > 0]
    m, total = len(clusters), sum(n for _, n in clusters)
    share = sum(x for x, _ in clusters) / total if total else 0.0
    if m < 2 or share in (0.0, 1.0):
        return 1.0
    scatter = sum((x - share * n) ** 2 for x, n in clusters)
    linearised = m / (m - 1) * scatter / total**2
    return max(1.0, linearised / (share * (1 - share) / total))
