"""Winter and summer: half a year before and half a year after lie at opposite ends of the year."""

from __future__ import annotations

import math

import numpy as np

from data.model import Period
from metrics.estimators.alternatives import seasonal_swing, step_beside_season, t_limit
from metrics.judging.guards.objection import Objection, direction, dispersion_of, weeks_around
from metrics.judging.situation import Situation
from metrics.model import Caution

APART_DAYS = 91
"""Comparisons whose middles lie closer than this are in the same season."""
ORDINARY_HEIGHT = 0.10
"""An ordinary season: a tenth above the year's mean at its height, as winters are for distress."""
THREE_YEARS = 3 * 365
HAPPENINGS = ("rate", "day_share")
"""Kinds that count what happens to people. Whether a review was held or a view written down has no ordinary season."""


def season(seen: Situation) -> Objection | None:
    """Better must be more than an ordinary season could do; with a year of record, more than its own season did."""
    before, after = seen.comparison.before, seen.comparison.after
    way = direction(seen)
    if before is None or after is None or way is None:
        return None
    if _middle(after) - _middle(before) < APART_DAYS:
        return None
    long = weeks_around(seen, THREE_YEARS)
    if long is not None:
        try:
            z = step_beside_season(long, dispersion_of(seen, long))
        except ValueError:
            return _could_a_season(seen, before, after, way)
        if way * z > t_limit(len(long.days) - 4):
            return None
        return Objection(
            Caution("season", "Beside the ups and downs of the year in its own record, it is no longer clear."),
            "season",
        )
    return _could_a_season(seen, before, after, way)


def _could_a_season(seen: Situation, before: Period, after: Period, way: int) -> Objection | None:
    """Without a year of record its own season is not known: an ordinary one is allowed for."""
    effect = seen.change.effect
    if seen.outcome.kind not in HAPPENINGS:
        return None
    assert effect is not None
    nearest = effect.high if way < 0 else effect.low
    assert nearest is not None
    swing = seasonal_swing(_days(before), _days(after))
    if effect.scale == "ratio":
        reach = math.log1p(ORDINARY_HEIGHT) * swing
        beyond = (nearest > 0 and abs(math.log(nearest)) > reach) or nearest == 0
        said = math.expm1(reach) * 100
    else:
        level = seen.change.before.value
        said = reach = ORDINARY_HEIGHT * swing * min(level, 100 - level) if level is not None else 0.0
        beyond = abs(nearest) > reach
    if beyond:
        return None
    return Objection(
        Caution(
            "season",
            "The days before and after lie at different times of year, and there is less than a year of record to know "
            f"its season by. An ordinary season could move it by {round(said)} in 100.",
        ),
        "season",
    )


def _days(period: Period) -> np.ndarray:
    return np.arange(period.first.toordinal(), period.last.toordinal() + 1, dtype=float)


def _middle(period: Period) -> float:
    return (period.first.toordinal() + period.last.toordinal()) / 2
