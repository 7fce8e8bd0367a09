"""A decline (or rise) that was under way before the start would have gone on without it."""

from __future__ import annotations

from metrics.estimators.alternatives import StepOrSlope, step_or_slope, t_limit
from metrics.judging.guards.objection import Objection, direction, dispersion_of, weeks_around
from metrics.judging.situation import Situation
from metrics.model import Caution

YEAR_BACK, EIGHT_MONTHS = 364, 245
FEWEST_WEEKS_BEFORE, FEWEST_WEEKS_AFTER = 8, 4
CLEAR = 2.3
"""A slope before the start this many standard errors from level is clear by itself."""


def trend(seen: Situation) -> Objection | None:
    """Better must stay better beside a slope, where a slope describes the weeks better than a step at the start does.

    With no trend and half a year on both sides it asks for that in 1 of 20 to 1 of 10 comparisons, with a year before
    in 1 of 50; where the rate halved in eight months before the start, "better" is left in 1 of 20 to 1 of 100.
    """
    year, way = weeks_around(seen, YEAR_BACK), direction(seen)
    if year is None or way is None:
        return None
    if (~year.after).sum() < FEWEST_WEEKS_BEFORE or year.after.sum() < FEWEST_WEEKS_AFTER:
        return None
    dispersion = dispersion_of(seen, year)
    try:
        looks = [step_or_slope(year, dispersion), step_or_slope(year.last(EIGHT_MONTHS), dispersion)]
    except ValueError:
        return None
    long, short = looks
    if not _under_way(long, short, way):
        return None
    limit = t_limit(len(year.days) - 3)
    stands = all(way * look.step_beside_slope > limit for look in looks)
    word = "falling" if way < 0 else "rising"
    said = "there is more than that" if stands else "beside that, a step at the start can no longer be told from it"
    return Objection(
        Caution("trend_before_start", f"It was already {word} before the start, and might have gone on so: {said}."),
        None if stands else "trend_before",
    )


def _under_way(long: StepOrSlope, short: StepOrSlope, way: int) -> bool:
    """A slope the same way that describes the year better than a step, or that is clear before the start alone."""
    describes = long.slope_better_by > 0 and way * long.slope > 0
    return describes or way * short.slope_before > CLEAR
