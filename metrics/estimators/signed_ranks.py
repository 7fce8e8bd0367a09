"""The same people asked twice: did their scores move, and by how much?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from metrics.estimators.arguments import figures, tail
from metrics.estimators.exact_ranks import (
    DECIMALS,
    MOST_EXACT,
    Floats,
    chances_of_signed_sum,
    crossing,
    midranks,
    not_refused,
    quantile,
    two_sided,
)
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import symmetric_limits, two_sided_quantile

FEWEST_CHANGED = 6
"""With fewer people who changed no split of them is rarer than 1 in 20 both ways: too few to say."""


@dataclass(frozen=True)
class PairedScores:
    """What pairs of scores show without any assumption about their shape.

    ``dropped`` pairs lack one of the answers. ``shift`` is the Hodges-Lehmann estimate over all pairs,
    ``shift_of_changed`` over those who changed; ``rank_biserial`` runs from -1 (all down) to 1 (all up). None
    where nobody changed. The p-values are two-sided: ``p`` exact with ties, zeros left out (normal with
    continuity correction beyond 200 changed pairs), ``p_pratt`` the same with zeros ranked first.
    """

    pairs: int
    dropped: int
    changed: int
    up: int
    down: int
    mean_change: float
    median_change: float
    shift: float
    shift_of_changed: float | None
    w_plus: float
    w_minus: float
    rank_biserial: float | None
    p: float
    p_normal: float
    p_normal_corrected: float
    p_pratt: float
    p_pratt_normal: float
    p_sign: float

    @property
    def enough(self) -> bool:
        """Whether enough people changed for any p to fall below 0.05."""
        return self.changed >= FEWEST_CHANGED


@dataclass(frozen=True)
class MeanChange:
    """The mean of the changes with Student's limits; ``standardised`` is the mean over their standard deviation."""

    estimate: float
    se: float
    interval: Interval
    p: float
    standardised: float
    pairs: int


def paired_scores(before: Sequence[float | None], after: Sequence[float | None]) -> PairedScores:
    """Counts up, same and down, the typical shift, and how surprising it is were either way as likely.

    Unit: that of the score; p a probability. Range: the width of the scale either way; 0 to 1. No change: 0; p 1.
    Assumes: people independent of each other; for the signed rank also changes alike in both directions.
    Raises: ValueError when lengths differ, no pair is complete or a score is not finite.
    Wilcoxon 1945, Biometrics Bulletin 1:80, doi:10.2307/3001968; Pratt 1959, J Am Stat Assoc 54:655,
    doi:10.1080/01621459.1959.10501526; Hodges & Lehmann 1963, Ann Math Stat 34:598,
    doi:10.1214/aoms/1177704172; Kerby 2014 (rank-biserial), doi:10.2466/11.IT.3.1.
    """
    moves, dropped = _differences(before, after)
    changed = moves[moves != 0]
    up, down = int(np.count_nonzero(moves > 0)), int(np.count_nonzero(moves < 0))
    ranks = midranks(np.abs(changed))
    with_zeros = midranks(np.abs(moves))[moves != 0]
    plus = float(ranks[changed > 0].sum())
    minus = float(ranks.sum()) - plus
    return PairedScores(
        pairs=int(moves.size),
        dropped=dropped,
        changed=up + down,
        up=up,
        down=down,
        mean_change=float(moves.mean()),
        median_change=float(np.median(moves)),
        shift=float(np.median(_walsh_averages(moves))),
        shift_of_changed=float(np.median(_walsh_averages(changed))) if changed.size else None,
        w_plus=plus,
        w_minus=minus,
        rank_biserial=(plus - minus) / (plus + minus) if changed.size else None,
        p=_p_exact(ranks, changed > 0),
        p_normal=_p_normal(ranks, changed > 0, 0.0),
        p_normal_corrected=_p_normal(ranks, changed > 0, 0.5),
        p_pratt=_p_exact(with_zeros, changed > 0),
        p_pratt_normal=_p_normal(with_zeros, changed > 0, 0.0),
        p_sign=float(stats.binomtest(up, up + down).pvalue) if up + down else 1.0,
    )


def mean_change(before: Sequence[float | None], after: Sequence[float | None], level: float = 0.95) -> MeanChange:
    """The mean change among people asked twice, with Student's t limits.

    Unit: that of the score; ``standardised`` has none. Range: the width of the scale either way. No change: 0.
    Assumes: people independent; changes roughly normal, or enough of them.
    Raises: ValueError as ``paired_scores``, for fewer than 2 complete pairs, and when every change is the same.
    Student 1908, Biometrika 6:1, doi:10.1093/biomet/6.1.1.
    """
    moves, _ = _differences(before, after)
    if moves.size < 2:
        raise ValueError("Limits for a mean change need at least 2 people who answered twice.")
    mean, spread = float(moves.mean()), float(np.std(moves, ddof=1))
    if spread <= 10.0**-DECIMALS:
        raise ValueError("Everybody changed by the same amount, so there is nothing to work out limits from.")
    df, se = int(moves.size) - 1, spread / math.sqrt(moves.size)
    return MeanChange(
        estimate=mean,
        se=se,
        interval=symmetric_limits(mean, se, two_sided_quantile(level, df), level),
        p=float(2 * stats.t.sf(abs(mean) / se, df)),
        standardised=mean / spread,
        pairs=int(moves.size),
    )


def shift_limits(
    before: Sequence[float | None],
    after: Sequence[float | None],
    method: Literal["order statistics", "conditional", "normal"] = "order statistics",
    level: float = 0.95,
    decimals: int | None = DECIMALS,
) -> Interval:
    """Limits for the typical shift (Hodges-Lehmann), None where so few pairs cannot give any at this level.

    ``order statistics`` counts in along the sorted averages of pairs as if there were no ties, over all pairs;
    ``conditional`` keeps the shifts that the exact test with ties would not refuse, over those who changed;
    ``normal`` the same by the normal approximation. ``decimals=None`` leaves shifted differences unrounded, as
    R packages do; ties then hang on the last bit.

    Unit: that of the score. Range: the width of the scale either way. No change: 0. Assumes: as ``paired_scores``.
    Raises: ValueError as ``paired_scores``; the last two also when nobody changed or all changed by the same amount.
    Hodges & Lehmann 1963, Ann Math Stat 34:598, doi:10.1214/aoms/1177704172; Bauer 1972, J Am Stat Assoc 67:687,
    doi:10.1080/01621459.1972.10481279.
    """
    moves, _ = _differences(before, after)
    if method == "order statistics":
        return _by_order(moves, level)
    changed = moves[moves != 0]
    if changed.size == 0 or np.ptp(changed) == 0:
        raise ValueError("All who changed did so by the same amount, so there are no limits to work out.")
    if method == "normal":
        z = two_sided_quantile(level)
        ends = sorted(_crossing(changed, value, 0.5) for value in (z, -z))
        return Interval(ends[0], ends[1], level)
    return _conditional(changed, level, decimals)


def normal_shift(before: Sequence[float | None], after: Sequence[float | None]) -> float:
    """Where the normal score of the signed rank is 0: R's own estimate, which ``paired_scores`` gives exactly.

    Unit, range, no-change value, assumptions, errors and papers as ``shift_limits``.
    """
    moves, _ = _differences(before, after)
    changed = moves[moves != 0]
    if changed.size == 0 or np.ptp(changed) == 0:
        raise ValueError("All who changed did so by the same amount, so there is no root to find.")
    return _crossing(changed, 0.0, 0.0)


def _walsh_averages(values: Floats) -> Floats:
    """Walsh: the averages of all pairs of values, each with itself as well, in order."""
    early, late = np.triu_indices(values.size)
    return np.asarray(np.sort((values[early] + values[late]) / 2), dtype=np.float64)


def _differences(before: Sequence[float | None], after: Sequence[float | None]) -> tuple[Floats, int]:
    if len(before) != len(after):
        raise ValueError(f"{len(before)} answers before cannot be paired with {len(after)} after.")
    complete = [(x, y) for x, y in zip(before, after, strict=True) if x is not None and y is not None]
    if not complete:
        raise ValueError("Nobody answered both before and after.")
    first, second = (figures("A score", side) for side in zip(*complete, strict=True))
    return np.round(second - first, DECIMALS), len(before) - len(complete)


def _p_exact(ranks: Floats, positive: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    if ranks.size == 0:
        return 1.0
    if ranks.size > MOST_EXACT:
        return _p_normal(ranks, positive, 0.5)
    return two_sided(chances_of_signed_sum(ranks), 2 * float(ranks[positive].sum()))


def _p_normal(ranks: Floats, positive: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], correction: float) -> float:
    if ranks.size == 0:
        return 1.0
    distance = max(abs(float(ranks[positive].sum()) - float(ranks.sum()) / 2) - correction, 0.0)
    return float(2 * stats.norm.sf(distance / (math.sqrt(float(ranks @ ranks)) / 2)))


def _by_order(moves: Floats, level: float) -> Interval:
    averages, n = _walsh_averages(moves), moves.size
    if n > MOST_EXACT:
        place = round(n * (n + 1) / 4 - two_sided_quantile(level) * math.sqrt(n * (n + 1) * (2 * n + 1) / 24))
    else:
        place = int(quantile(chances_of_signed_sum(np.arange(1.0, n + 1)), tail(level)))
    if place < 1:
        return Interval(None, None, level)
    return Interval(float(averages[place - 1]), float(averages[averages.size - place]), level)


def _conditional(changed: Floats, level: float, decimals: int | None) -> Interval:
    ranks, averages = midranks(np.abs(changed)), _walsh_averages(changed)
    chances = chances_of_signed_sum(ranks)
    lower, upper = quantile(chances, tail(level)), quantile(chances, 1 - tail(level))
    if np.unique(ranks).size == ranks.size:
        sums = np.arange(float(ranks.sum()), 0, -1)
    else:
        shifted = changed[None, :] - averages[:, None]
        if decimals is not None:
            shifted = np.round(shifted, decimals)
        sums = np.sum(stats.rankdata(np.abs(shifted), axis=1) * (shifted > 0), axis=1)
    return not_refused(averages, sums, lower, upper, level)


def _crossing(changed: Floats, score: float, correction: float) -> float:
    """The shift at which the normal score of the signed rank passes ``score``."""

    def excess(shift: float) -> float:
        moved = changed - shift
        moved = moved[moved != 0]
        ranks = stats.rankdata(np.abs(moved))
        apart = float(ranks[moved > 0].sum()) - moved.size * (moved.size + 1) / 4
        spread = math.sqrt(float(ranks @ ranks)) / 2
        corrected = apart - math.copysign(correction, apart) * (apart != 0)
        return float(corrected / spread - score)

    return crossing(excess, float(changed.min()), float(changed.max()))
