"""An outcome over time: the same tallies the comparison rests on, week by week or month by month."""

from __future__ import annotations

from typing import Literal

from data.facts import Facts
from data.model import Period, Scope, Series
from metrics.kinds import common, module_for
from metrics.model import Outcome

value = common.value

Step = Literal["week", "month"]


def trend(facts: Facts, outcome: Outcome, scope: Scope, period: Period, step: Step = "month") -> Series:
    """Tallies for each week or calendar month of the period, cut to the days that are recorded."""
    kind = module_for(outcome.kind)
    inside = period.within(common.recorded(facts, outcome, scope))
    if inside is None:
        return Series((), ())
    return kind.series(facts, outcome, scope, inside.months() if step == "month" else inside.blocks(7, from_end=True))
