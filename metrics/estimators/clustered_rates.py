"""Two event rates of different people, who differ from each other far more than chance alone would have them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from metrics.estimators.limits import ratio_limits, two_sided_quantile
from metrics.estimators.rate_ratios import RateRatio, rate_ratio_exact

ENOUGH_PEOPLE = 5
"""With fewer people with exposure on a side, how they differ cannot be seen."""


def clustered_rate_ratio(
    one: Sequence[tuple[int, float]], other: Sequence[tuple[int, float]], level: float = 0.95
) -> RateRatio:
    """How many times as often it happened to the second group as to the first.

    Each person is (events, exposure). The variance of each rate is that of a ratio of sums over people, with
    m / (m - 1) for m people, never below that of events independent of each other; t limits on the log scale with
    as many degrees of freedom as the smaller group has people, less one. With no event on a side the exact
    conditional limits are given, widened by the scatter between people on the other.

    Unit: a ratio. Range: 0 upwards. No change: 1.
    Assumes: people independent; recording alike in both groups.
    Raises: ValueError for fewer than 5 people with exposure on a side, or a broken tally.
    Cochran 1977, Sampling Techniques, 6.3; Rao & Scott 1992, Biometrics 48:577, doi:10.2307/2532311.
    """
    groups = [[(events, exposure) for events, exposure in side if exposure > 0] for side in (one, other)]
    for side in groups:
        if len(side) < ENOUGH_PEOPLE:
            raise ValueError(f"{len(side)} people are too few to see how people differ.")
    events, exposures = ([sum(each[part] for each in side) for side in groups] for part in (0, 1))
    scatter = [_scatter(side) for side in groups]
    counts = [int(count) for count in events]
    crude = rate_ratio_exact(
        counts[0], float(exposures[0]), counts[1], float(exposures[1]), level, dispersion=max(scatter)
    )
    if not all(counts):
        return crude
    variance = sum(wide / count for wide, count in zip(scatter, counts, strict=True))
    quantile = two_sided_quantile(level, min(len(side) for side in groups) - 1)
    ratio = counts[1] / exposures[1] / (counts[0] / exposures[0])
    interval = ratio_limits(ratio, math.sqrt(variance), quantile, level)
    return RateRatio(ratio, interval, "rates clustered by person, t limits", dispersion=max(scatter))


def _scatter(people: Sequence[tuple[int, float]]) -> float:
    """The variance of the count, people being unlike each other, over that of independent events; 1 at least."""
    events, exposure = sum(x for x, _ in people), sum(t for _, t in people)
    if not events:
        return 1.0
    rate, m = events / exposure, len(people)
    return max(1.0, m / (m - 1) * sum((x - rate * t) ** 2 for x, t in people) / events)
