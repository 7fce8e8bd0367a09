"""One share, and the difference of two shares of different people or independent days."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from metrics.estimators.arguments import positive, share, tail, tally
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile

Parts = TypeVar("Parts", float, NDArray[np.float64])
"""One share, or many at once."""


@dataclass(frozen=True)
class ShareDifference:
    """A share after minus the share before; 0 means no change. Shares run from 0 to 1: times 100 for points.

    ``size_before`` and ``size_after`` are how many independent trials each side is worth, ``correlation`` is
    the day-to-day correlation that was allowed for, None when none was.
    """

    share_before: float
    share_after: float
    interval: Interval
    method: str
    size_before: float
    size_after: float
    correlation: float | None = None

    def __post_init__(self) -> None:
        share(self.share_before)
        share(self.share_after)

    @property
    def estimate(self) -> float:
        return self.share_after - self.share_before


def wilson(successes: float, trials: float, level: float = 0.95) -> Interval:
    """The shares that the tally leaves open; sensible even at 0 and at all.

    Sizes need not be whole: correlated trials can be given at what they are worth.

    Unit: a share. Range: 0 to 1. No-change value: none, it is one share.
    Assumes: independent trials, or ``trials`` already reduced to the number they are worth.
    Raises: ValueError when trials are not above 0 or successes lie outside 0 to trials.
    Wilson 1927, J Am Stat Assoc 22:209, doi:10.1080/01621459.1927.10502953.
    """
    _tally(successes, trials)
    low, high = wilson_ends(successes / trials, trials, level)
    low = 0.0 if successes == 0 else max(0.0, float(low))
    high = 1.0 if successes == trials else min(1.0, float(high))
    return Interval(low, high, level)


def wilson_ends(part: Parts, trials: float, level: float) -> tuple[Parts, Parts]:
    """The roots behind ``wilson`` for one share or for many, as they come: at 0 and 1 only within rounding."""
    z = two_sided_quantile(level)
    z2 = z * z
    centre = (part + z2 / (2 * trials)) / (1 + z2 / trials)
    reach = z * np.sqrt(part * (1 - part) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials)
    return centre - reach, centre + reach


def clopper_pearson(successes: float, trials: float, level: float = 0.95) -> Interval:
    """The shares that the tally leaves open, with at least the promised certainty; wider than ``wilson``.

    Unit, range, no-change value and errors as ``wilson``. Assumes: independent trials.
    Clopper & Pearson 1934, Biometrika 26:404, doi:10.1093/biomet/26.4.404.
    """
    _tally(successes, trials)
    outside, failures = tail(level), trials - successes
    low = float(special.betaincinv(successes, failures + 1, outside)) if successes else 0.0
    high = float(special.betaincinv(successes + 1, failures, 1 - outside)) if failures else 1.0
    return Interval(low, high, level)


def newcombe_difference(p1: float, n1: float, p2: float, n2: float, level: float = 0.95) -> ShareDifference:
    """How far the share moved, from ``p1`` of ``n1`` trials before to ``p2`` of ``n2`` after (method 10).

    The Wilson limits of the two shares, squared and added. Sizes need not be whole, so correlated days can be
    given at what they are worth.

    Unit: a difference of shares. Range: -1 to 1. No change: 0.
    Assumes: the two sides independent of each other.
    Raises: ValueError when a size is not above 0 or a share lies outside 0 to 1.
    Newcombe 1998, Statistics in Medicine 17:873,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    low1, high1 = _ends(wilson(share(p1) * n1, n1, level))
    low2, high2 = _ends(wilson(share(p2) * n2, n2, level))
    seen = p2 - p1
    low = max(-1.0, seen - math.hypot(p2 - low2, high1 - p1))
    high = min(1.0, seen + math.hypot(high2 - p2, p1 - low1))
    return ShareDifference(p1, p2, Interval(low, high, level), "Newcombe limits (method 10)", n1, n2)


def miettinen_nurminen(
    x1: float, n1: float, x2: float, n2: float, level: float = 0.95, bias_factor: bool = True
) -> ShareDifference:
    """How far the share moved from ``x1`` of ``n1`` to ``x2`` of ``n2``, with score limits.

    The second opinion beside ``newcombe_difference``.
    ``bias_factor=False`` leaves out N / (N - 1), which gives Mee's limits.

    Unit: a difference of shares. Range: -1 to 1. No change: 0.
    Assumes: independent trials. Raises: ValueError as ``wilson`` for either side.
    Miettinen & Nurminen 1985, Statistics in Medicine 4:213, doi:10.1002/sim.4780040211. statsmodels 0.15
    solves this cubic with a wrong coefficient.
    """
    _tally(x1, n1)
    _tally(x2, n2)
    z, seen, total = two_sided_quantile(level), x2 / n2 - x1 / n1, n1 + n2
    inflation = total / (total - 1) if bias_factor else 1.0

    def excess(difference: float) -> float:
        before = _share_before_given(difference, x1, n1, x2, n2)
        after = min(1.0, max(0.0, before + difference))
        variance = before * (1 - before) / n1 + after * (1 - after) / n2
        return abs(seen - difference) - z * math.sqrt(inflation * variance)

    method = "Miettinen-Nurminen score limits" if bias_factor else "Mee score limits"
    return ShareDifference(x1 / n1, x2 / n2, score_limits(excess, seen, level), method, n1, n2)


def score_limits(excess: Callable[[float], float], seen: float, level: float) -> Interval:
    """The differences at which a score test would just refuse: where ``excess`` is 0, one on each side of ``seen``."""
    nudge = 1e-10
    low = optimize.brentq(excess, -1.0, seen - nudge, xtol=1e-14, rtol=1e-12) if seen > nudge - 1 else -1.0
    high = optimize.brentq(excess, seen + nudge, 1.0, xtol=1e-14, rtol=1e-12) if seen < 1 - nudge else 1.0
    return Interval(float(low), float(high), level)


def _share_before_given(difference: float, x1: float, n1: float, x2: float, n2: float) -> float:
    """The likeliest share before if the true difference were ``difference``: the root of a cubic."""
    total = n1 + n2
    third = total
    second = (n2 + 2 * n1) * difference - total - (x1 + x2)
    first = (n1 * difference - total - 2 * x1) * difference + x1 + x2
    constant = x1 * difference * (1 - difference)
    shift = second / (3 * third)
    q = shift**3 - first * second / (6 * third**2) + constant / (2 * third)
    p = math.copysign(math.sqrt(max(shift**2 - first / (3 * third), 0.0)), q)
    cosine = 1.0 if p == 0 else min(1.0, max(-1.0, q / p**3))
    root = 2 * p * math.cos((math.pi + math.acos(cosine)) / 3) - shift
    return min(1.0, max(0.0, root, -difference), 1 - difference)


def _tally(successes: float, trials: float) -> None:
    tally(successes, positive("trials", trials))


def _ends(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None and interval.high is not None
    return interval.low, interval.high
