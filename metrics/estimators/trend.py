"""A share over several audits in order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

from metrics.estimators.arguments import positive, tally


@dataclass(frozen=True)
class TrendTest:
    """Chi-square on one degree of freedom, its p-value, and the change in the share for one step of score."""

    chi_square: float
    p: float
    slope: float


def cochran_armitage(
    successes: Sequence[float], trials: Sequence[float], scores: Sequence[float] | None = None
) -> TrendTest:
    """Whether a share climbs or falls steadily over audits in order; scores are 1, 2, 3 … unless given.

    Unit: chi-square; p a probability. Range: 0 upwards; 0 to 1. No change: chi-square 0, p 1, slope 0.
    Assumes: independent trials. Raises: ValueError when lengths differ, there are fewer than 2 audits, a
    tally is not a share, all scores are equal, or the pooled share is 0 or 1.
    Armitage 1955, Biometrics 11:375, doi:10.2307/3001775.
    """
    steps = [float(step) for step in range(1, len(trials) + 1)] if scores is None else list(scores)
    if not len(successes) == len(trials) == len(steps) or len(steps) < 2:
        raise ValueError("A trend needs at least 2 audits, each with successes, trials and a score.")
    for x, n in zip(successes, trials, strict=True):
        tally(x, positive("trials", n))
    if not all(math.isfinite(step) for step in steps):
        raise ValueError("A score is a finite number.")
    total = sum(trials)
    share = sum(successes) / total
    mean = sum(n * step for n, step in zip(trials, steps, strict=True)) / total
    spread = sum(n * (step - mean) ** 2 for n, step in zip(trials, steps, strict=True))
    if share in (0.0, 1.0) or spread == 0:
        raise ValueError("There is no trend to test: all shares, or all scores, are the same.")
    lean = sum((x - share * n) * (step - mean) for x, n, step in zip(successes, trials, steps, strict=True))
    chi_square = lean**2 / (share * (1 - share) * spread)
    return TrendTest(chi_square, float(stats.chi2.sf(chi_square, 1)), lean / spread)
