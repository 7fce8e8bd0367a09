"""How far the points after lie beyond the points before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from metrics.estimators.intervals import Interval
from metrics.estimators.single_case.model import Better, EffectSize, Floats, phases, sign_of
from metrics.estimators.superiority import superiority_limits, wins

Variance = Literal["unbiased", "Hanley", "null"]

INDEPENDENT = "points independent of each other, no trend within either phase"


def nap(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    variance: Variance = "unbiased",
    level: float = 0.95,
) -> EffectSize:
    """Nonoverlap of all pairs: how often a point after is better than a point before, ties counting half.

    Unit: a share of pairs. Range: 0 to 1. No change: 0.5.
    Assumes: points independent of each other, no trend within either phase. The standard error is the unbiased
    one unless another is named; limits are Newcombe's method 5 whichever is chosen, solved also at 0 and 1.
    Raises: ValueError when a phase has fewer than 2 points or a point is not finite.
    Parker & Vannest 2009, Behavior Therapy 40:357, doi:10.1016/j.beth.2008.10.006; Newcombe 2006, Statistics in
    Medicine 25:559, doi:10.1002/sim.2324; Sen 1967 (unbiased variance), Hanley & McNeil 1982, Radiology 143:29,
    doi:10.1148/radiology.143.1.7063747.
    """
    first, second = phases(before, after, fewest=2)
    share, se = _share_and_se(first, second, sign_of(better), variance)
    return EffectSize(
        name="NAP",
        value=share,
        no_change=0.5,
        formula=f"share of pairs, ties half; {variance} standard error",
        assumes=INDEPENDENT,
        paper="Parker & Vannest 2009",
        se=se,
        interval=superiority_limits(share, first.size, second.size, level),
    )


def tau(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    variance: Variance = "unbiased",
    level: float = 0.95,
) -> EffectSize:
    """NAP on another scale: 2 NAP - 1, pairs better less pairs worse.

    Unit: a share of pairs. Range: -1 to 1. No change: 0. Assumes and raises: as ``nap``.
    Parker, Vannest, Davis & Sauber 2011, Behavior Therapy 42:284, doi:10.1016/j.beth.2010.08.006.
    """
    pairs = nap(before, after, better, variance, level)
    assert pairs.se is not None and pairs.interval is not None
    return EffectSize(
        name="Tau",
        value=2 * pairs.value - 1,
        no_change=0.0,
        formula="2 NAP - 1",
        assumes=INDEPENDENT,
        paper="Parker et al. 2011",
        se=2 * pairs.se,
        interval=_doubled(pairs.interval),
    )


def tau_u(before: Sequence[float] | Floats, after: Sequence[float] | Floats, better: Better = "up") -> EffectSize:
    """Tau less the trend before: (S_AB - S_A) / (m n). One of several figures called Tau-U.

    Unit: none. Range: beyond -1 and 1 when the phase before is long. No change: 0.
    Assumes: points independent; the trend before would have gone on. It has no agreed standard error.
    Raises: ValueError for an empty phase or a point that is not finite.
    Parker, Vannest, Davis & Sauber 2011, Behavior Therapy 42:284, doi:10.1016/j.beth.2010.08.006.
    """
    first, second = phases(before, after)
    way = sign_of(better)
    between = float(np.sign(way * (second[None, :] - first[:, None])).sum())
    within = float(np.triu(np.sign(way * (first[None, :] - first[:, None])), 1).sum())
    return EffectSize(
        name="Tau-U",
        value=(between - within) / (first.size * second.size),
        no_change=0.0,
        formula="(S_AB - S_A) / (m n), trend before taken off, Parker 2011",
        assumes="points independent; the trend before would have gone on",
        paper="Parker et al. 2011",
    )


def pnd(before: Sequence[float] | Floats, after: Sequence[float] | Floats, better: Better = "up") -> EffectSize:
    """Share of points after that are better than the best point before. One odd point before settles it.

    Unit: a share of points. Range: 0 to 1. No change: none that holds for every length (it falls as the phase
    before grows); 0 is shown. Assumes: nothing, and has no limits.
    Raises: ValueError for an empty phase or a point that is not finite.
    Scruggs, Mastropieri & Casto 1987, Remedial and Special Education 8:24, doi:10.1177/074193258700800206.
    """
    first, second = (sign_of(better) * phase for phase in phases(before, after))
    return EffectSize(
        name="PND",
        value=float(np.mean(second > first.max())),
        no_change=0.0,
        formula="share of points after better than the best before",
        assumes="nothing, and one odd point before settles it",
        paper="Scruggs, Mastropieri & Casto 1987",
    )


def pem(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    ties: Literal["half", "none"] = "half",
) -> EffectSize:
    """Share of points after that are better than the median before; a point on it counts half, or not at all.

    Unit: a share of points. Range: 0 to 1. No change: 0.5. Assumes: the median before is known; no limits.
    Raises: ValueError for an empty phase or a point that is not finite.
    Ma 2006, Behavior Modification 30:598, doi:10.1177/0145445504272974.
    """
    first, second = (sign_of(better) * phase for phase in phases(before, after))
    middle = float(np.median(first))
    on_it = 0.5 * float(np.mean(second == middle)) if ties == "half" else 0.0
    return EffectSize(
        name="PEM",
        value=float(np.mean(second > middle)) + on_it,
        no_change=0.5,
        formula=f"share of points after better than the median before, ties {ties}",
        assumes="the median before stands for the phase",
        paper="Ma 2006",
    )


def pand(before: Sequence[float] | Floats, after: Sequence[float] | Floats, better: Better = "up") -> EffectSize:
    """Share of all points that can be kept so that no point after is as bad as a point before.

    Unit: a share of points. Range: above one half, to 1. No change: none that holds for every length; 0.5 is
    shown. Assumes: nothing, and has no limits; show it on request only.
    Raises: ValueError for an empty phase or a point that is not finite.
    Parker, Hagan-Burke & Vannest 2007, J Special Education 40:194, doi:10.1177/00224669070400040101.
    """
    first, second = phases(before, after)
    return EffectSize(
        name="PAND",
        value=_kept(first, second, sign_of(better)) / (first.size + second.size),
        no_change=0.5,
        formula="largest share of points without any overlap",
        assumes="nothing; it is not 0.5 when nothing changed",
        paper="Parker, Hagan-Burke & Vannest 2007",
    )


def ird(before: Sequence[float] | Floats, after: Sequence[float] | Floats, better: Better = "up") -> EffectSize:
    """Robust improvement rate difference: share of points improved after less share improved before.

    Unit: a difference of shares. Range: -1 to 1. No change: 0, but not for phases of unequal length (all points
    tied give 0.143 for 5 and 7). Assumes: nothing, and has no limits; show it on request only.
    Raises: ValueError for an empty phase or a point that is not finite.
    Parker, Vannest & Brown 2009, Exceptional Children 75:135, doi:10.1177/001440290907500201.
    """
    first, second = phases(before, after)
    m, n = first.size, second.size
    kept = _kept(first, second, sign_of(better))
    return EffectSize(
        name="IRD",
        value=((m + n) * kept - m * m - n * n) / (2 * m * n),
        no_change=0.0,
        formula="robust, from PAND",
        assumes="nothing; it is not 0 for unequal phases in which nothing changed",
        paper="Parker, Vannest & Brown 2009",
    )


def _share_and_se(first: Floats, second: Floats, way: int, variance: Variance) -> tuple[float, float]:
    m, n = first.size, second.size
    won = wins(way * first, way * second)
    rows, columns = won.sum(axis=1), won.sum(axis=0)
    share = float(rows.sum()) / (m * n)
    if variance == "null":
        return share, math.sqrt((m + n + 1) / (12 * m * n))
    # Sums of squares about the share; halves are exact in floating point.
    by_row = float(rows @ rows) / (m * n * n) - share * share
    by_column = float(columns @ columns) / (n * m * m) - share * share
    flat = won.ravel()
    by_pair = float(flat @ flat) / (m * n) - share * share
    kept_inside = min(max(share, 0.5 / (m * n)), 1 - 0.5 / (m * n))
    middle = kept_inside * (1 - kept_inside)
    if variance == "Hanley":
        squared = (middle + (n - 1) * by_row + (m - 1) * by_column) / (m * n)
    else:
        squared = (middle + n * by_row + m * by_column - 2 * by_pair) / ((m - 1) * (n - 1))
    return share, math.sqrt(max(squared, 0.0))


def _doubled(interval: Interval) -> Interval:
    assert interval.low is not None and interval.high is not None
    return Interval(2 * interval.low - 1, 2 * interval.high - 1, interval.level)


def _kept(first: Floats, second: Floats, way: int) -> int:
    """The most points that can be kept with every point after better than every point before."""
    before, after = np.sort(way * first), np.sort(way * second)
    # Keeping the i worst before, all points after that beat the i-th can stay.
    beaten_by = after.size - np.searchsorted(after, before, side="right")
    return int(max(after.size, before.size, int((np.arange(1, before.size + 1) + beaten_by).max())))
