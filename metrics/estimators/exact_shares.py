"""Two shares of different people, small enough that only exact counting will do."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from metrics.estimators.arguments import whole
from metrics.estimators.intervals import Interval

AS_LIKELY = 1e-7
"""Tables whose chances differ by less than this share are as likely as each other: products do not come out even."""


@dataclass(frozen=True)
class OddsRatio:
    """The odds after over the odds before (1 = no change); None where the estimate is 0 or has no finite value."""

    estimate: float | None
    interval: Interval


def fisher_p(x1: int, n1: int, x2: int, n2: int, mid: bool = False) -> float:
    """How surprising the split of yes answers is, were both sides alike: all tables no more likely than this one.

    ``mid`` counts only half of the chance of this table, and of any other exactly as likely.

    Unit: a probability. Range: 0 to 1. No-change value: 1.
    Assumes: people independent, and both margins as they were.
    Raises: ValueError for a count that is not whole or lies above its size, and for an empty side.
    Fisher 1935, The Design of Experiments; Lancaster 1961 (mid-p), J Am Stat Assoc 56:223,
    doi:10.1080/01621459.1961.10482105.
    """
    a, n, b, m = _table(x1, n1, x2, n2)
    total = a + b
    low, high = max(0, total - m), min(n, total)
    chances = stats.hypergeom.pmf(range(low, high + 1), n + m, total, n)
    seen = float(chances[a - low])
    rarer = float(chances[chances < seen * (1 - AS_LIKELY)].sum())
    as_likely = float(chances[abs(chances - seen) <= seen * AS_LIKELY].sum())
    return min(1.0, rarer + (as_likely / 2 if mid else as_likely))


def odds_ratio(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> OddsRatio:
    """The conditional odds ratio of yes, after over before, with exact central limits.

    Unit: a ratio of odds. Range: 0 upwards. No change: 1. A limit that is infinite is None.
    Assumes: as ``fisher_p``. Raises: ValueError as ``fisher_p``, and when all or none said yes on both sides.
    Cornfield 1956, Proc 3rd Berkeley Symp 4:135; Fay 2010, R Journal 2:53, doi:10.32614/RJ-2010-008.
    """
    a, n, b, m = _table(x1, n1, x2, n2)
    if a + b in (0, n + m):
        raise ValueError("Everybody answered alike on both sides: there are no odds to compare.")
    found = stats.contingency.odds_ratio([[b, m - b], [a, n - a]], kind="conditional")
    limits = found.confidence_interval(level)
    estimate, low, high = float(found.statistic), float(limits.low), float(limits.high)
    return OddsRatio(
        estimate if math.isfinite(estimate) else None,
        Interval(low, high if math.isfinite(high) else None, level),
    )


def chi_square_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Pearson's chi-square test of two shares, without continuity correction.

    Unit: a probability. Range: 0 to 1. No-change value: 1; also where everybody answered alike.
    Assumes: people independent, at least 5 expected in each cell. Raises: ValueError as ``fisher_p``.
    Pearson 1900, Phil Mag 50:157, doi:10.1080/14786440009463897.
    """
    a, n, b, m = _table(x1, n1, x2, n2)
    share = (a + b) / (n + m)
    if share in (0.0, 1.0):
        return 1.0
    squared = (b / m - a / n) ** 2 / (share * (1 - share) * (1 / n + 1 / m))
    return float(stats.chi2.sf(squared, 1))


def _table(x1: int, n1: int, x2: int, n2: int) -> tuple[int, int, int, int]:
    a, n = whole("yes before", x1), whole("answers before", n1)
    b, m = whole("yes after", x2), whole("answers after", n2)
    if min(n, m) < 1 or a > n or b > m:
        raise ValueError(f"{a} of {n} and {b} of {m} are not two shares.")
    return a, n, b, m
