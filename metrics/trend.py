"""An outcome over time: the same tallies the comparison rests on, week by week or month by month."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from data.facts import Facts
from data.model import Period, Scope, Series
from metrics.kinds import common, module_for
from metrics.model import Outcome

value = common.value

Step = Literal["week", "month", "quarter"]
MONTHS_A_QUARTER = 3


def trend(facts: Facts, outcome: Outcome, scope: Scope, period: Period, step: Step = "month") -> Series:
    """Tallies for each week, calendar month or quarter of the period, cut to the days that are recorded."""
    kind = module_for(outcome.kind)
    inside = period.within(common.recorded(facts, outcome, scope))
    if inside is None:
        return Series((), ())
    return kind.series(facts, outcome, scope, stretches(inside, step))


def stretches(period: Period, step: Step) -> tuple[Period, ...]:
    """The weeks, months or quarters of a period; weeks and quarters are laid back from its end."""
    if step == "week":
        return period.blocks(7, from_end=True)
    return period.months() if step == "month" else quarters(period)


def quarters(period: Period) -> tuple[Period, ...]:
    """Stretches of three whole months, laid back from the last whole month; none where there are not three."""
    whole = [month for month in period.months() if _is_whole(month)]
    count = len(whole) // MONTHS_A_QUARTER * MONTHS_A_QUARTER
    kept = whole[len(whole) - count :]
    return tuple(
        Period(kept[at].first, kept[at + MONTHS_A_QUARTER - 1].last) for at in range(0, count, MONTHS_A_QUARTER)
    )


def _is_whole(month: Period) -> bool:
    return month.first.day == 1 and (month.last + timedelta(days=1)).day == 1
