"""How often a start drawn by lot would have looked at least as good. Only for starts that were drawn by lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.estimators.arguments import whole
from metrics.estimators.single_case.model import Better, Floats, phases, sign_of
from metrics.estimators.superiority import wins

Statistic = Literal["mean", "median", "NAP"]
Alternative = Literal["better", "either"]

TOLERANCE = 1e-9
"""Statistics this close, relative to their size, are one: sums of the same points in another order."""


@dataclass(frozen=True)
class StartPointTest:
    """``observed`` statistic, the share ``p`` of possible ``starts`` at least as extreme, the ``smallest_p`` there is."""

    statistic: Statistic
    observed: float
    p: float
    starts: int
    smallest_p: float
    limit: int


def start_point_test(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    statistic: Statistic = "mean",
    limit: int = 3,
    alternative: Alternative = "better",
) -> StartPointTest:
    """The exact test over every start that leaves at least ``limit`` points on each side, the real one included.

    ``mean`` and ``median`` are the difference of the phases turned so that more is better; NAP is a share.
    ``alternative="either"`` counts starts as extreme in either direction.

    Unit: p a probability. Range: 1 / starts to 1. No-change value: none; large p is no evidence of no change.
    Assumes: the start was drawn at random from exactly these starts, before anything was seen. Nothing else.
    Raises: ValueError when the real start is not among the possible ones, or there is only one.
    Edgington 1975, J Psychology 90:57, doi:10.1080/00223980.1975.9923926; Bulté & Onghena 2008, Behavior
    Research Methods 40:467, doi:10.3758/BRM.40.2.467.
    """
    first, second = phases(before, after)
    fewest, points = whole("the points to leave in each phase", limit), np.concatenate([first, second])
    if not 1 <= fewest <= min(first.size, second.size):
        raise ValueError(f"The real start leaves {first.size} and {second.size} points, fewer than the {limit} agreed.")
    starts = range(fewest, points.size - fewest + 1)
    if len(starts) < 2:
        raise ValueError("There is only one possible start, so nothing could be drawn.")
    measure = _MEASURES[statistic]
    turned = sign_of(better) * points
    found = np.array([measure(turned[:start], turned[start:]) for start in starts])
    seen = float(found[first.size - fewest])
    distances = np.abs(found - (0.5 if statistic == "NAP" else 0.0)) if alternative == "either" else found
    observed = float(distances[first.size - fewest])
    slack = TOLERANCE * max(1.0, float(np.abs(turned).max()))
    p = float(np.count_nonzero(distances >= observed - slack)) / len(starts)
    return StartPointTest(statistic, seen, p, len(starts), 1 / len(starts), fewest)


def _nap(first: Floats, second: Floats) -> float:
    return float(wins(first, second).mean())


_MEASURES: dict[Statistic, Callable[[Floats, Floats], float]] = {
    "mean": lambda first, second: float(second.mean() - first.mean()),
    "median": lambda first, second: float(np.median(second) - np.median(first)),
    "NAP": _nap,
}
