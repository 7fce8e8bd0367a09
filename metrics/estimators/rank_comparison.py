"""Different people before and after: does an answer after tend to be higher than one before?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from metrics.estimators.arguments import figures, tail, whole
from metrics.estimators.exact_ranks import (
    DECIMALS,
    Floats,
    chances_of_sum_of,
    crossing,
    midranks,
    not_refused,
    quantile,
    two_sided,
)
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.superiority import superiority_limits, wins

MOST_PAIRS_EXACT = 2_500
"""50 answers a side; beyond that the normal approximation with ties is as good, and faster."""

FEW = 10
"""With fewer answers on a side, Brunner and Munzel's t approximation is replaced by permutation."""


@dataclass(frozen=True)
class RankComparison:
    """The chance that an answer after is higher than one before, ties half (``superiority``), and what goes with it.

    ``delta`` is Cliff's delta, 2 superiority - 1; ``shift`` the Hodges-Lehmann estimate; ``u`` the Mann-Whitney
    count of pairs in which the answer after is higher. ``p`` is two-sided, exact with ties (normal with
    continuity correction beyond 2,500 pairs).
    """

    before: int
    after: int
    superiority: float
    delta: float
    shift: float
    u: float
    p: float
    p_normal: float
    p_normal_corrected: float


@dataclass(frozen=True)
class Superiority:
    """The chance that an answer after is higher than one before, with limits; 0.5 is no change.

    ``unbounded`` are the limits as the t distribution gives them, ``interval`` the same within 0 and 1. The
    statistic, ``df`` and ``p`` are None where Brunner and Munzel's test is undefined and another stands in.
    """

    estimate: float
    interval: Interval
    unbounded: Interval
    method: str
    statistic: float | None = None
    df: float | None = None
    p: float | None = None


def compare_ranks(before: Sequence[float], after: Sequence[float]) -> RankComparison:
    """Which way answers moved between different people, and how surprising that is were the two sides alike.

    Unit: a chance; the shift in the score's own; p a probability. Range: superiority 0 to 1, delta -1
    to 1, the shift within the scale. No change: superiority 0.5, delta and shift 0.
    Assumes: people independent; p also that the two sides would have the same spread.
    Raises: ValueError when a side has no answers or a score is not finite.
    Mann & Whitney 1947, Ann Math Stat 18:50, doi:10.1214/aoms/1177730491; Cliff 1993, Psychol Bull 114:494,
    doi:10.1037/0033-2909.114.3.494; Hodges & Lehmann 1963, Ann Math Stat 34:598, doi:10.1214/aoms/1177704172.
    """
    first, second = _sides(before, after)
    m, n = first.size, second.size
    ranks = midranks(np.concatenate([second, first]))
    u = float(ranks[:n].sum()) - n * (n + 1) / 2
    normal, corrected = (_p_normal(ranks, u, n, m, correction) for correction in (0.0, 0.5))
    return RankComparison(
        before=m,
        after=n,
        superiority=u / (m * n),
        delta=2 * u / (m * n) - 1,
        shift=float(np.median(second[:, None] - first[None, :])),
        u=u,
        p=_p_exact(ranks, n, m) if m * n <= MOST_PAIRS_EXACT else corrected,
        p_normal=normal,
        p_normal_corrected=corrected,
    )


def superiority(before: Sequence[float], after: Sequence[float], level: float = 0.95) -> Superiority:
    """The chance that an answer after is higher, by Brunner and Munzel; by Newcombe's limits where that is undefined.

    Unit: a chance. Range: 0 to 1. No change: 0.5.
    Assumes: people independent; the two sides may differ in spread. Undefined when the sides do not overlap or
    all answers are the same; then p is that of the exact Mann-Whitney test.
    Raises: ValueError as ``compare_ranks``.
    Brunner & Munzel 2000, Biometrical J 42:17, doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U;
    Newcombe 2006, Statistics in Medicine 25:559, doi:10.1002/sim.2324.
    """
    first, second = _sides(before, after)
    spreads = _placement_variances(first, second)
    share = compare_ranks(before, after).superiority
    if spreads is None:
        limits = superiority_limits(share, first.size, second.size, level)
        p = compare_ranks(before, after).p
        return Superiority(share, limits, limits, "Newcombe's method 5 and exact Mann-Whitney", p=p)
    variance, df = spreads
    se = math.sqrt(variance)
    reach = two_sided_quantile(level, df) * se
    return Superiority(
        estimate=share,
        interval=Interval(max(0.0, share - reach), min(1.0, share + reach), level),
        unbounded=Interval(share - reach, share + reach, level),
        method="Brunner-Munzel",
        statistic=(share - 0.5) / se,
        df=df,
        p=float(2 * stats.t.sf(abs(share - 0.5) / se, df)),
    )


def permutation_p(before: Sequence[float], after: Sequence[float], seed: int, draws: int = 10_000) -> float:
    """Brunner and Munzel's test by permutation, for fewer than 10 answers on a side.

    ``draws`` shuffles from ``seed``, the one that was seen counted among them. A split without overlap counts
    as more extreme than any other.

    Unit: a probability. Range: 1 / (draws + 1) to 1. No-change value: 1.
    Assumes: people independent. Raises: ValueError as ``compare_ranks``, for fewer than 2 answers on a side, all
    answers alike, or no draws.
    Neubert & Brunner 2007, Computational Statistics & Data Analysis 51:5192, doi:10.1016/j.csda.2006.05.024.
    """
    first, second = _sides(before, after)
    m, n = first.size, second.size
    if min(m, n) < 2 or whole("draws", draws) < 1:
        raise ValueError("Shuffling answers needs at least 2 on each side, and at least one draw.")
    pooled = np.concatenate([first, second])
    if np.ptp(pooled) == 0:
        raise ValueError("All answers are the same, so there is nothing to shuffle.")
    beaten = wins(pooled, pooled)
    chance = np.random.default_rng(seed)
    labels = np.concatenate([np.zeros(m), np.ones(n)])
    later = np.vstack([labels, chance.permuted(np.tile(labels, (draws, 1)), axis=1)])
    earlier = 1 - later
    above = (earlier @ beaten) / m  # of those before, the share each answer beats
    below = 1 - (later @ beaten) / n  # of those after, the share that beats each answer
    share = (above * later).sum(axis=1) / n
    spread_after = (((above - share[:, None]) ** 2) * later).sum(axis=1) / ((n - 1) * n)
    spread_before = (((below - share[:, None]) ** 2) * earlier).sum(axis=1) / ((m - 1) * m)
    spread, apart = spread_after + spread_before, np.abs(share - 0.5)
    apart[apart < 1e-12] = 0.0  # thirds and sixths add up to a half only within rounding
    varies = spread > 1e-15
    statistic = np.where(varies, apart / np.sqrt(np.where(varies, spread, 1.0)), np.where(apart > 0, np.inf, 0.0))
    return float(np.mean(statistic >= statistic[0] * (1 - 1e-9)))


def delta_limits(before: Sequence[float], after: Sequence[float], level: float = 0.95) -> Interval:
    """Cliff's own asymmetric limits for delta, with the unbiased variance and Student's t.

    Unit: a difference of chances. Range: -1 to 1. No change: 0. Assumes: people independent.
    Raises: ValueError as ``compare_ranks``, for fewer than 2 answers on a side, and where the sides do not
    overlap or nothing varies (use ``superiority``, which falls back).
    Cliff 1996, Multivariate Behavioral Research 31:331, doi:10.1207/s15327906mbr3103_4; Feng & Cliff 2004,
    J Modern Applied Statistical Methods 3:322.
    """
    first, second = _sides(before, after)
    m, n = first.size, second.size
    if min(m, n) < 2:
        raise ValueError("Limits for delta need at least 2 answers on each side.")
    wins = np.sign(second[:, None] - first[None, :])
    delta = float(wins.mean())
    rows = float(np.sum((wins.mean(axis=1) - delta) ** 2))
    columns = float(np.sum((wins.mean(axis=0) - delta) ** 2))
    variance = m**2 * rows + n**2 * columns - float(np.sum((wins - delta) ** 2))
    variance /= m * n * (m - 1) * (n - 1)
    if abs(delta) == 1 or variance <= 0:
        raise ValueError("The two sides do not overlap, or hardly vary: these limits do not exist.")
    reach = two_sided_quantile(level, m + n - 2) * math.sqrt(variance)
    left = 1 - delta * delta
    half, scale = reach * math.sqrt(left * left + reach * reach), left + reach * reach
    return Interval((delta * left - half) / scale, (delta * left + half) / scale, level)


def rank_shift_limits(
    before: Sequence[float],
    after: Sequence[float],
    method: Literal["conditional", "normal"] = "conditional",
    level: float = 0.95,
    decimals: int | None = DECIMALS,
) -> Interval:
    """Limits for the typical shift between different people, None where so few answers cannot give any.

    ``conditional`` keeps the shifts that the exact test with ties would not refuse, ``normal`` the same by the
    normal approximation with continuity correction. ``decimals=None`` leaves shifted answers unrounded, as R
    packages do; ties then hang on the last bit.

    Unit: that of the score. Range: within the scale. No change: 0. Assumes: the two sides differ by a shift alone.
    Raises: ValueError as ``compare_ranks``, and when all answers are the same.
    Hodges & Lehmann 1963, Ann Math Stat 34:598, doi:10.1214/aoms/1177704172; Bauer 1972, J Am Stat Assoc 67:687,
    doi:10.1080/01621459.1972.10481279.
    """
    first, second = _sides(before, after)
    n, least = second.size, second.size * (second.size + 1) / 2
    if np.ptp(np.concatenate([first, second])) == 0:
        raise ValueError("All answers are the same, so there are no limits to work out.")
    if method == "normal":
        z = two_sided_quantile(level)
        ends = sorted(_crossing(first, second, value) for value in (z, -z))
        return Interval(ends[0], ends[1], level)
    shifts = np.sort((second[:, None] - first[None, :]).ravel())
    ranks = midranks(np.concatenate([second, first]))
    chances = chances_of_sum_of(ranks, n)
    lower, upper = (quantile(chances, share) - least for share in (tail(level), 1 - tail(level)))
    if np.unique(ranks).size == ranks.size:
        sums = np.arange(float(shifts.size), 0, -1)
    else:
        moved = np.hstack([second[None, :] - shifts[:, None], np.broadcast_to(first, (shifts.size, first.size))])
        if decimals is not None:
            moved = np.round(moved, decimals)
        sums = stats.rankdata(moved, axis=1)[:, :n].sum(axis=1) - least
    return not_refused(shifts, sums, lower, upper, level)


def _sides(before: Sequence[float], after: Sequence[float]) -> tuple[Floats, Floats]:
    first, second = (np.round(figures("A score", side), DECIMALS) for side in (before, after))
    if first.size == 0 or second.size == 0:
        raise ValueError("There are no answers before, or none after.")
    return first, second


def _placement_variances(first: Floats, second: Floats) -> tuple[float, float] | None:
    """The variance of the chance and Satterthwaite's degrees of freedom; None where nothing overlaps or varies."""
    m, n = first.size, second.size
    if min(m, n) < 2:
        return None
    won = wins(first, second)
    after, before = float(np.var(won.mean(axis=0), ddof=1)) / n, float(np.var(won.mean(axis=1), ddof=1)) / m
    if after + before < 1e-15:
        return None
    return after + before, (after + before) ** 2 / (after**2 / (n - 1) + before**2 / (m - 1))


def _p_exact(ranks: Floats, n: int, m: int) -> float:
    """From the smaller side's ranks: the tails are the same, the count is shorter."""
    if n <= m:
        return two_sided(chances_of_sum_of(ranks, n), 2 * float(ranks[:n].sum()))
    return two_sided(chances_of_sum_of(ranks, m), 2 * float(ranks[n:].sum()))


def _p_normal(ranks: Floats, u: float, n: int, m: int, correction: float) -> float:
    spread = _spread_of_u(ranks, n, m)
    if spread == 0:
        return 1.0
    return float(2 * stats.norm.sf(max(abs(u - m * n / 2) - correction, 0.0) / spread))


def _spread_of_u(ranks: Floats, n: int, m: int) -> float:
    _, ties = np.unique(ranks, return_counts=True)
    total = n + m
    lost = float(np.sum(ties**3 - ties)) / (total * (total - 1)) if total > 1 else 0.0
    return math.sqrt(max(m * n / 12 * (total + 1 - lost), 0.0))


def _crossing(first: Floats, second: Floats, score: float) -> float:
    """The shift at which the normal score of the rank sum passes ``score``."""
    m, n = first.size, second.size

    def excess(shift: float) -> float:
        ranks = midranks(np.concatenate([second - shift, first]))
        apart = float(ranks[:n].sum()) - n * (n + 1) / 2 - m * n / 2
        spread = _spread_of_u(ranks, n, m)
        return (apart - math.copysign(0.5, apart) * (apart != 0)) / spread - score if spread else -score

    return crossing(excess, float(second.min() - first.max()), float(second.max() - first.min()))
