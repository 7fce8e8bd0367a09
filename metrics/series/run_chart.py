"""Run charts: is the order of the points about the centre line what chance would give?

Anhøj's rules for a random walk about the median: the longest run must not be too long and the line must be crossed
often enough, both judged by how many points there are. Points on the line, and missing ones, neither break a run nor
lengthen it.

Anhøj and Olesen (2014), Run charts revisited, PLoS ONE 9(11): e113825, doi:10.1371/journal.pone.0113825.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import stats

ON_THE_LINE = 1e-9
"""A point nearer to the line than this (times its size, when that is above 1) lies on it."""
LEVEL = 0.05


@dataclass(frozen=True)
class RunChart:
    """How the points of one phase run about its centre line. With no useful point the figures are None.

    ``useful`` points lie off the line; ``signal`` when the longest run is longer than ``longest_run_max`` or there are
    fewer than ``crossings_min`` crossings.
    """

    useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


def run_chart(values: Sequence[float | None] | npt.NDArray[np.float64], centre: float | None) -> RunChart:
    """Anhøj's two rules over points in order of time.

    Unit: points. Range: runs from 1 to the number of useful points. No change: no signal.
    Assumes: that points are independent and fall on either side with equal chance when nothing changes, so the centre
    is the median, or near it. Raises: nothing: no useful point gives no figures and no signal. Anhøj and Olesen (2014),
    doi:10.1371/journal.pone.0113825.
    """
    if centre is None or not math.isfinite(centre):
        return RunChart(0, None, None, None, None, signal=False)
    off = np.array(values, dtype=np.float64) - centre  # None becomes missing
    off = off[np.abs(off) > ON_THE_LINE * max(1.0, abs(centre))]  # neither what is missing nor what lies on the line
    sides = np.sign(off)
    useful = len(sides)
    if useful == 0:
        return RunChart(0, None, None, None, None, signal=False)
    turns = np.flatnonzero(np.diff(sides))
    ends = np.concatenate(([-1], turns, [useful - 1]))
    longest, crossings = int(np.diff(ends).max()), len(turns)
    most, fewest = longest_run_max(useful), crossings_min(useful)
    return RunChart(useful, longest, most, crossings, fewest, signal=longest > most or crossings < fewest)


@lru_cache(maxsize=1024)
def longest_run_max(useful: int) -> int:
    """The longest run that chance still gives: log2 of the useful points, rounded, and three.

    Unit: points. Range: 3 and more. No change: does not apply. Assumes: at least one useful point.
    Raises: ValueError without one. Schilling (2012), The surprising predictability of long runs,
    Mathematics Magazine 85(2), doi:10.4169/math.mag.85.2.141.
    """
    if useful < 1:
        raise ValueError("There is no run without a useful point.")
    return round(math.log2(useful)) + 3


@lru_cache(maxsize=1024)
def crossings_min(useful: int) -> int:
    """The fewest crossings that chance still gives: the lower 5 % point of a binomial with even odds.

    Unit: crossings. Range: 0 to the useful points less one. No change: does not apply. Assumes: at least one useful
    point. Raises: ValueError without one. Chen (2010), A note on the runs test, Model Assisted Statistics and
    Applications 5(2), doi:10.3233/MAS-2010-0142.
    """
    if useful < 1:
        raise ValueError("Nothing is crossed without a useful point.")
    return int(stats.binom.ppf(LEVEL, useful - 1, 0.5)) if useful > 1 else 0
