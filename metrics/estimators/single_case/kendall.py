"""The Tau-U family: Kendall's S of the points against the phase, the trends, or both at once.

Three figures go by the name Tau-U and differ by their divisor, so a result always names its formula:

    parker    S over the number of pairs compared; with the trend before taken off, still over m n, so that the
              figure may exceed 1 (Parker et al. 2011)
    tarlow    S over every pair compared (Kendall's tau-a); p with tie and continuity correction (Tarlow 2017)
    complete  S over the square root of pairs not tied on either side (Kendall's tau-b; for the two phases alone
              the pairs less half the ties), as R's scan prints by default

All are after minus before as recorded, never turned round: less distress shows as a figure below 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import stats

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.single_case.model import Floats, phases

Formula = Literal["parker", "tarlow", "complete"]
Part = Literal["A_vs_B", "Trend_A", "Trend_B", "A_vs_B_Trend_A", "A_vs_B_Trend_B", "A_vs_B_Trend_B_Trend_A"]

PARTS: tuple[Part, ...] = get_args(Part)
"""The phases compared; the trend within each; the phases with the trend before taken off, with the trend after
added, and with both."""


@dataclass(frozen=True)
class KendallScore:
    """Kendall's S with what it is divided by.

    ``pairs`` are the pairs compared, ``sd`` the standard deviation of S as the formula prints it, ``z`` and
    ``p`` (two-sided) rest on the one corrected for ties. None where they do not exist: ``z`` and ``p`` when all
    points are tied, ``tau`` when ties leave nothing to divide by, limits (Fisher's z) when tau is not inside
    -1 to 1 or there are fewer than 4 points.
    """

    part: Part
    formula: Formula
    s: int
    pairs: int
    divisor: float
    sd: float
    z: float | None
    p: float | None
    tau: float | None
    interval: Interval


def tau_u_scores(
    before: Sequence[float] | Floats, after: Sequence[float] | Floats, formula: Formula, level: float = 0.95
) -> dict[Part, KendallScore]:
    """The six scores of one series by one formula.

    Unit: none. Range: -1 to 1, beyond it for ``parker`` with a trend taken off. No change: 0.
    Assumes: points independent; limits and p large-sample.
    Raises: ValueError when a phase has fewer than 2 points, a point is not finite or a formula unknown.
    Parker, Vannest, Davis & Sauber 2011, Behavior Therapy 42:284, doi:10.1016/j.beth.2010.08.006; Tarlow 2017, Behavior
    Modification 41:427, doi:10.1177/0145445516676750; Kendall 1970, Rank Correlation Methods, chapter 4.
    """
    if formula not in get_args(Formula):
        raise ValueError(f"{formula} is no formula for Tau-U; there are {', '.join(get_args(Formula))}.")
    first, second = phases(before, after, fewest=2)
    return {part: _score(part, formula, *_laid_out(part, first, second), first, second, level) for part in PARTS}


def kendall_s(places: Floats, points: Floats) -> int:
    """Pairs in the same order on both less pairs in opposite order."""
    ahead = np.sign(places[None, :] - places[:, None]) * np.sign(points[None, :] - points[:, None])
    return int(np.triu(ahead, 1).sum())


def variance_of_s(places: Floats, points: Floats) -> float:
    """The variance of S when order is chance alone, with ties on either side (Kendall 1970, 4.2)."""
    n = points.size
    if np.ptp(places) == 0 or np.ptp(points) == 0:
        return 0.0  # all tied: the terms cancel but for the last bit
    t, u = _ties(places), _ties(points)
    square = n * (n - 1) * (2 * n + 5) - sum(float(np.sum(k * (k - 1) * (2 * k + 5))) for k in (t, u))
    found = square / 18 + float(np.sum(t * (t - 1)) * np.sum(u * (u - 1))) / (2 * n * (n - 1))
    if n > 2:
        thirds = float(np.sum(t * (t - 1) * (t - 2)) * np.sum(u * (u - 1) * (u - 2)))
        found += thirds / (9 * n * (n - 1) * (n - 2))
    return max(found, 0.0)


def _score(
    part: Part, formula: Formula, places: Floats, points: Floats, first: Floats, second: Floats, level: float
) -> KendallScore:
    m, n, size = first.size, second.size, points.size
    s, variance = kendall_s(places, points), variance_of_s(places, points)
    pairs = size * (size - 1) // 2 - _tied_pairs(places)
    if formula == "parker" and part == "A_vs_B_Trend_A":
        pairs = m * n
    divisor, sd = float(pairs), math.sqrt(variance)
    if formula == "complete":
        tied = _tied_pairs(points)
        divisor = math.sqrt(pairs * (size * (size - 1) / 2 - tied))
        if part == "A_vs_B":
            divisor = pairs - float(np.sum(second[None, :] == first[:, None])) / 2
    if formula != "tarlow" and part in ("A_vs_B", "Trend_A", "Trend_B"):
        # Printed without the correction for ties, although z and p have it.
        sd = math.sqrt(m * n * (m + n + 1) / 3 if part == "A_vs_B" else size * (size - 1) * (2 * size + 5) / 18)
    tau = s / divisor if divisor else None
    z = _standardised(s, variance, continuity=formula == "tarlow")
    p = None if z is None else float(2 * stats.norm.sf(abs(z)))
    return KendallScore(part, formula, s, pairs, divisor, sd, z, p, tau, _fisher(tau, size, level))


def _laid_out(part: Part, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """The points a part compares, and the order it expects them in; equal places are not compared.

    Counting the phase before backwards takes its trend off; leaving a phase level leaves its trend out.
    """
    m, n = first.size, second.size
    if part == "Trend_A":
        return np.arange(m, dtype=float), first
    if part == "Trend_B":
        return np.arange(n, dtype=float), second
    early = np.arange(m, 0, -1.0) if part.endswith("Trend_A") else np.zeros(m)
    late = m + 1.0 + (np.arange(n) if "Trend_B" in part else np.zeros(n))
    return np.concatenate([early, late]), np.concatenate([first, second])


def _standardised(s: int, variance: float, continuity: bool) -> float | None:
    if variance == 0:
        return None
    distance = math.copysign(max(abs(s) - 1, 0), s) if continuity else s
    return distance / math.sqrt(variance)


def _fisher(tau: float | None, size: int, level: float) -> Interval:
    if tau is None or size <= 3 or not -1 < tau < 1:
        return Interval(None, None, level)
    reach = two_sided_quantile(level) / math.sqrt(size - 3)
    return Interval(math.tanh(math.atanh(tau) - reach), math.tanh(math.atanh(tau) + reach), level)


def _ties(values: Floats) -> Floats:
    """How large each group of equal values is, groups of one left out."""
    _, sizes = np.unique(values, return_counts=True)
    return np.asarray(sizes[sizes > 1], dtype=float)


def _tied_pairs(values: Floats) -> int:
    sizes = _ties(values)
    return int(np.sum(sizes * (sizes - 1)) / 2)
