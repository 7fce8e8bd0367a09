"""Events over person days: falls, distress, calming medicine. The change is a ratio of two rates."""

from __future__ import annotations

from collections.abc import Sequence

from data.facts import Facts
from data.model import Period, Scope, Series, Tally, total
from metrics.estimators.rates import rate_ratio_default
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome

INTERVAL_DAYS = 7
"""Counts are scattered over weeks: long enough to hold events, short enough to see that they come in bunches."""


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """The rate before, the rate after, and their ratio with limits wide enough for events that bunch."""
    before = _weeks(facts, outcome, scope, comparison.before, from_end=True)
    after = _weeks(facts, outcome, scope, comparison.after, from_end=False)
    weeks_before, weeks_after = common.without_empty_stretches(before), common.without_empty_stretches(after)
    sides = (
        common.side(outcome, comparison.before, _sum(before, weeks_before)),
        common.side(outcome, comparison.after, _sum(after, weeks_after)),
    )
    basis = common.joined(before, after).basis
    if not weeks_before or not weeks_after:
        return Change(*sides, effect=None, basis=basis)
    found = rate_ratio_default(
        [week.numerator for week in weeks_before], [week.denominator for week in weeks_before],
        [week.numerator for week in weeks_after], [week.denominator for week in weeks_after],
    )  # fmt: skip
    effect = Effect("ratio", found.estimate, found.interval.low, found.interval.high, found.method)
    return Change(
        *sides,
        effect=effect,
        basis=basis,
        intervals=(len(weeks_before), len(weeks_after)),
        dispersion=found.dispersion,
    )


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Tallies of the given periods; a period is counted only on the days an export or a total speaks for."""
    if not periods:
        return Series((), ())
    whole = Period(periods[0].first, periods[-1].last)
    totals = common.totals_part(facts, outcome, scope, whole)
    inside = [part for period in periods if (part := common.events_part(facts, outcome, scope, period)) is not None]
    events = facts.event_series(scope, outcome.counts, inside) if inside else Series((), ())
    return common.joined(totals, events)


def _weeks(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None, *, from_end: bool) -> Series:
    if period is None:
        return Series((), ())
    inside = common.events_part(facts, outcome, scope, period)
    events = (
        facts.event_series(scope, outcome.counts, inside.blocks(INTERVAL_DAYS, from_end=from_end))
        if inside is not None
        else Series((), ())
    )
    return common.joined(common.totals_part(facts, outcome, scope, period), events)


def _sum(series: Series, weeks: list[Tally]) -> Tally:
    """The whole side: what the weeks add up to, or bare counts where there is no exposure."""
    return total(tuple(weeks)) if weeks else series.total
