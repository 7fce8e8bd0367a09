"""Exact distributions of sums of ranks with ties, by counting on doubled midranks; limits of a shift from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from metrics.estimators.intervals import Interval

Floats = NDArray[np.float64]

DECIMALS = 9
"""Differences of scores are rounded here before they are ranked: 0.3 - 0.2 and 0.2 - 0.1 are one step each."""

MOST_EXACT = 200
"""Beyond so many ranks the normal approximation serves; the exact count would take seconds."""


def midranks(values: Sequence[float] | Floats) -> Floats:
    """Ranks from 1 up; equal values share the middle of their ranks."""
    return np.asarray(stats.rankdata(np.asarray(values, dtype=np.float64)), dtype=np.float64)


def chances_of_signed_sum(ranks: Floats) -> Floats:
    """The chance of each doubled sum of positive ranks (0, 1, 2 … halves) when every sign is a fair toss.

    Streitberg & Röhmel 1986, Statistical Software Newsletter 12:10.
    """
    doubled = np.rint(2 * ranks).astype(int)
    chances = np.zeros(int(doubled.sum()) + 1)
    chances[0] = 1.0
    for step in doubled.tolist():
        moved = np.zeros_like(chances)
        moved[step:] = chances[: chances.size - step] if step else chances
        chances = (chances + moved) / 2
    return chances


def chances_of_sum_of(ranks: Floats, chosen: int) -> Floats:
    """The chance of each doubled sum of ``chosen`` of the ranks when every choice is as likely."""
    doubled = np.sort(np.rint(2 * ranks).astype(int))
    most = int(doubled[-chosen:].sum()) if chosen else 0
    # ways[k] holds the share of ways to a sum with k chosen, weighted so that nothing overflows.
    ways = np.zeros((chosen + 1, most + 1))
    ways[0, 0] = 1.0
    for seen, step in enumerate(doubled.tolist(), start=1):
        # After ``seen`` ranks, row k is over all choices of k of them: chance of taking the newest is k / seen.
        for k in range(min(chosen, seen), 0, -1):
            taken = np.zeros(most + 1)
            taken[step:] = ways[k - 1, : most + 1 - step]
            ways[k] = ways[k] * ((seen - k) / seen) + taken * (k / seen)
    return np.asarray(ways[chosen], dtype=np.float64)


def two_sided(chances: Floats, doubled_sum: float) -> float:
    """Twice the smaller tail including what was seen, at most 1."""
    seen = round(doubled_sum)
    return min(1.0, 2 * min(float(chances[: seen + 1].sum()), float(chances[seen:].sum())))


def quantile(chances: Floats, share: float) -> float:
    """The smallest sum (not doubled) with at least ``share`` of the chance at or below it."""
    reached = np.cumsum(chances) >= share - 1e-12
    return float(np.argmax(reached)) / 2


def not_refused(shifts: Floats, sums: Floats, lower: float, upper: float, level: float) -> Interval:
    """The shifts, in order, whose rank sums lie between the two; None where the sums cannot go beyond one of them."""
    above, below = shifts[sums > upper], shifts[sums <= lower]
    low = float(above.max()) if above.size else None
    high = float(below.min()) if below.size and lower > 0 else None
    return Interval(low, high, level)


def crossing(excess: Callable[[float], float], low: float, high: float) -> float:
    """The shift from ``low`` to ``high`` at which a falling score passes 0; the nearer end where it does not."""
    if excess(low) <= 0:
        return low
    if excess(high) >= 0:
        return high
    return float(optimize.brentq(excess, low, high, xtol=1e-10, maxiter=1_000))
