"""The same analysis at every earlier date: how often does such a change turn up when nothing was done?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from data.model import Period
from metrics.judging.guards.objection import Objection
from metrics.judging.situation import Situation
from metrics.judging.verdict import as_bad
from metrics.model import Caution

FEWEST_DATES, ENOUGH_DATES, MOST_DATES = 8, 26, 52
OFTEN = 0.10


@dataclass(frozen=True)
class EarlierDates:
    """Of so many earlier dates at which nothing was done, those with a change at least as good as ours."""

    dates: int
    as_good: int

    @property
    def often(self) -> bool:
        return self.dates >= ENOUGH_DATES and self.as_good > OFTEN * self.dates


def placebo(seen: Situation) -> Objection | None:
    """Said where there are enough earlier dates; it lowers where such a change turned up at more than 1 in 10 of them.

    Abadie, Diamond & Hainmueller 2015, Am J Pol Sci 59:495, doi:10.1111/ajps.12116 (in-time placebos).
    """
    found = earlier_dates(seen)
    if found is None:
        return None
    times = "none" if not found.as_good else str(found.as_good)
    return Objection(
        Caution(
            "earlier_dates",
            f"The same sum at {found.dates} earlier dates, when nothing was done, gave as good a change at {times} of them.",
        ),
        "often_without" if found.often else None,
    )


def earlier_dates(seen: Situation) -> EarlierDates | None:
    """The same lengths of days, moved back a week at a time, all of them before the start; None with too few."""
    comparison, record, effect = seen.comparison, seen.record, seen.change.effect
    before, after, fewer = comparison.before, comparison.after, seen.outcome.fewer_is_better
    if record is None or record.recorded is None or before is None or after is None:
        return None
    if effect is None or effect.estimate is None or fewer is None:
        return None
    ours = as_bad(effect, effect.estimate, fewer)
    first_shift = (after.last - before.last).days
    last_shift = (before.first - record.recorded.first).days
    shifts = list(range(first_shift, last_shift + 1, 7))
    if len(shifts) < FEWEST_DATES:
        return None
    step = -(-len(shifts) // MOST_DATES)
    dates = as_good = 0
    for days in shifts[::step]:
        back = timedelta(days=days)
        other = record.change(_moved(before, back), _moved(after, back)).effect
        if other is not None and other.estimate is not None:
            dates += 1
            as_good += as_bad(other, other.estimate, fewer) <= ours
    return EarlierDates(dates, as_good) if dates >= FEWEST_DATES else None


def _moved(period: Period, back: timedelta) -> Period:
    return Period(period.first - back, period.last - back)
