"""Pairs of one point before and one after: how often the one after is higher, and the limits of that share.

Scores of different people (``rank_comparison``) and one person's points (``single_case``) rest on the same pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile

Floats = NDArray[np.float64]


def wins(first: Floats, second: Floats) -> Floats:
    """A row for each point of ``first``, a column for each of ``second``: 1 where the second is higher, ties half."""
    return np.asarray(0.5 + 0.5 * np.sign(second[None, :] - first[:, None]), dtype=np.float64)


def superiority_limits(share: float, m: int, n: int, level: float = 0.95) -> Interval:
    """Limits of a share of pairs (NAP, the probability of superiority) from ``m`` points and ``n`` points.

    Newcombe's method 5: where the distance from the share is z times the standard error that the limit itself
    implies. Solved for one root on each side of the share; at 0 and 1 the root at the share is divided out.

    Unit: a share of pairs. Range: 0 to 1. No change: 0.5. Assumes: points independent.
    Raises: ValueError when the share lies outside 0 to 1 or a phase is empty.
    Newcombe 2006, Statistics in Medicine 25:559, doi:10.1002/sim.2324.
    """
    if not 0 <= share <= 1 or min(m, n) < 1:
        raise ValueError(f"{share} of {m} × {n} pairs is not a share of pairs.")
    if share in (0.0, 1.0):
        low = _limit_at_one(m, n, level)
        return Interval(low, 1.0, level) if share else Interval(0.0, 1.0 - low, level)
    polynomial = _method_5(share, m, n, level)
    return Interval(_root(polynomial, share, 0.0), _root(polynomial, share, 1.0), level)


def _method_5(share: float, m: int, n: int, level: float) -> tuple[float, ...]:
    """The quartic mn(p - x)²(2 - x)(1 + x) - z² x(1 - x)[2 + h + (1 + 2h) x(1 - x)], highest power first."""
    z2, h, pairs = two_sided_quantile(level) ** 2, (m + n) / 2 - 1, float(m * n)
    a, b = z2 * (2 + h), z2 * (1 + 2 * h)
    # (p - x)² = x² - 2p x + p²; (2 - x)(1 + x) = 2 + x - x²; x²(1 - x)² = x² - 2x³ + x⁴
    return (
        -pairs - b,
        pairs * (1 + 2 * share) + 2 * b,
        pairs * (2 - 2 * share - share * share) + a - b,
        pairs * (share * share - 4 * share) - a,
        2 * pairs * share * share,
    )


def _limit_at_one(m: int, n: int, level: float) -> float:
    """The lower limit when every pair is better: the equation at p = 1 divided by 1 - x."""
    z2, h, pairs = two_sided_quantile(level) ** 2, (m + n) / 2 - 1, float(m * n)
    a, b = z2 * (2 + h), z2 * (1 + 2 * h)
    # mn(1 - x)(2 - x)(1 + x) = mn(x³ - 2x² - x + 2); z² x[2 + h + (1 + 2h)(x - x²)]
    return _root((pairs + b, -2 * pairs - b, -pairs - a, 2 * pairs), 1.0, 0.0)


def _root(polynomial: tuple[float, ...], inside: float, outside: float) -> float:
    """The root between ``inside``, where the polynomial is below 0, and ``outside``, where it is above.

    Newton's steps, halving instead whenever one would leave the bracket.
    """
    under, over, x = inside, outside, (inside + outside) / 2
    for _ in range(200):
        value, slope = 0.0, 0.0
        for coefficient in polynomial:
            slope = slope * x + value
            value = value * x + coefficient
        if value == 0.0:
            return x
        if value < 0:
            under = x
        else:
            over = x
        following = x - value / slope if slope else under
        if not min(under, over) < following < max(under, over):
            following = (under + over) / 2
        if abs(following - x) <= 1e-15 * max(abs(x), 1e-3):
            return following
        x = following
    return x
