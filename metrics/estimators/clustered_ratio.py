"""The ratio of two rates when the people, not the weeks, are what might have been otherwise."""

from __future__ import annotations

import math
from collections.abc import Mapping

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import ratio_limits, two_sided_quantile


def rate_ratio_by_person(
    before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]], level: float = 0.95
) -> Interval:
    """The ratios that who lived here leaves open: each person, with all their events on both sides, is one unit.

    Each person is (events, days). The log ratio of the pooled rates with the linearised variance over people, m / (m - 1)
    for m people, and Student's t with m - 1 degrees of freedom. With three in ten people moving a year and a few having
    most of the events, limits from the weeks covered 81 % where they promised 95, these 94 % (400 runs).

    Unit: a ratio, after over before. Range: above 0. No change: 1.
    Assumes: people independent of each other. Raises: ValueError without events on a side, or with fewer than 2 people.
    Liang & Zeger 1986, Biometrika 73:13, doi:10.1093/biomet/73.1.13.
    """
    (x1, t1), (x2, t2) = _pooled(before), _pooled(after)
    people = [
        person for person in {**before, **after} if before.get(person, NOBODY)[1] + after.get(person, NOBODY)[1] > 0
    ]
    if not x1 or not x2:
        raise ValueError("A ratio with limits on both ends needs events on both sides.")
    if len(people) < 2:
        raise ValueError("How far people differ cannot be seen from one of them.")
    scatter = 0.0
    for person in people:
        (events_before, days_before), (events_after, days_after) = before.get(person, NOBODY), after.get(person, NOBODY)
        scatter += ((events_after - days_after * x2 / t2) / x2 - (events_before - days_before * x1 / t1) / x1) ** 2
    error = math.sqrt(len(people) / (len(people) - 1) * scatter)
    ratio = (x2 / t2) / (x1 / t1)
    return ratio_limits(ratio, error, two_sided_quantile(level, len(people) - 1), level)


NOBODY = (0.0, 0.0)


def _pooled(people: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    for events, days in people.values():
        if not (math.isfinite(days) and days >= 0 and math.isfinite(events) and events >= 0):
            raise ValueError(f"{events} events in {days} days cannot be.")
    return sum(events for events, _ in people.values()), sum(days for _, days in people.values())
