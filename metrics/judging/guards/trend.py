"""A decline (or rise) that was under way before the start would have gone on without it."""

from __future__ import annotations

from metrics.estimators.alternatives import StepOrSlope, step_or_slope, t_limit
from metrics.judging.guards.objection import Objection, dispersion_of, weeks_around
from metrics.judging.situation import Situation
from metrics.model import Caution

YEAR_BACK, EIGHT_MONTHS = 364, 245
FEWEST_WEEKS_BEFORE, FEWEST_WEEKS_AFTER = 8, 4
CLEAR = 1.96
"""A slope before the start this many standard errors from level is clear by itself."""


def trend(seen: Situation) -> Objection | None:
    """Better must stay better beside a slope, where a slope describes the weeks better than a step at the start does.

    With no trend and half a year on both sides it asks for that in 1 of 20 to 1 of 10 comparisons, with a year before
    in 1 of 50; where the rate halved in eight months before the start, "better" is left in 1 of 20 to 1 of 100.
    """
    year = weeks_around(seen, YEAR_BACK)
    if year is None or seen.outcome.fewer_is_better is None:
        return None
    if (~year.after).sum() < FEWEST_WEEKS_BEFORE or year.after.sum() < FEWEST_WEEKS_AFTER:
        return None
    dispersion = dispersion_of(seen, year)
    good = -1 if seen.outcome.fewer_is_better else 1
    try:
        looks = [step_or_slope(year, dispersion), step_or_slope(year.last(EIGHT_MONTHS), dispersion)]
    except ValueError:
        return None
    long, short = looks
    if not _under_way(long, short, good):
        return None
    limit = t_limit(len(year.days) - 3)
    stands = all(good * look.step_beside_slope > limit for look in looks)
    word = "falling" if good < 0 else "rising"
    said = (
        "it is better even beside that" if stands else "beside that, a step at the start can no longer be told from it"
    )
    return Objection(
        Caution("trend_before_start", f"It was already {word} before the start, and might have gone on so: {said}."),
        None if stands else "trend_before",
    )


def _under_way(long: StepOrSlope, short: StepOrSlope, good: int) -> bool:
    """A slope the good way that describes the year better than a step, or that is clear before the start alone."""
    describes = long.slope_better_by > 0 and good * long.slope > 0
    return describes or good * short.slope_before > CLEAR
