"""Events over person days: falls, distress, calming medicine. The change is a ratio of two rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from data.facts import Facts
from data.model import DayCounts, Period, Scope, Series, Tally, total
from metrics.estimators.rates import rate_ratio_default
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome

EARLIER, LONG_ENOUGH = timedelta(days=731), 84
"""How far back the weeks are asked how they run, and from how many days a stretch can say it."""
INTERVAL_DAYS = 7
"""Counts are scattered over weeks: long enough to hold events, short enough to see that they come in bunches."""


@dataclass(frozen=True)
class RateRecord:
    """All that is recorded of one outcome in one scope: events day by day, and totals where there are no events."""

    outcome: Outcome
    days: DayCounts | None
    totals: Series

    @property
    def recorded(self) -> Period | None:
        return common.hull([*([self.days.period] if self.days else []), *self.totals.periods])

    def change(self, before: Period | None, after: Period | None) -> Change:
        """The rate before, the rate after, and their ratio with limits wide enough for events that bunch."""
        there, then = self._weeks(before, from_end=True), self._weeks(after, from_end=False)
        weeks_before, weeks_after = common.without_empty_stretches(there), common.without_empty_stretches(then)
        sides = (
            common.side(self.outcome, before, _sum(there, weeks_before)),
            common.side(self.outcome, after, _sum(then, weeks_after)),
        )
        basis = common.joined(there, then).basis
        if not weeks_before or not weeks_after:
            return Change(*sides, effect=None, basis=basis)
        found = rate_ratio_default(
            [week.numerator for week in weeks_before], [week.denominator for week in weeks_before],
            [week.numerator for week in weeks_after], [week.denominator for week in weeks_after],
            earlier=self._earlier(before),
        )  # fmt: skip
        effect = Effect("ratio", found.estimate, found.interval.low, found.interval.high, found.method)
        return Change(
            *sides,
            effect=effect,
            basis=basis,
            intervals=(len(weeks_before), len(weeks_after)),
            dispersion=found.dispersion,
        )

    def series(self, periods: Sequence[Period]) -> Series:
        """Tallies of the given periods; a period is counted only on the days an export or a total speaks for."""
        if not periods:
            return Series((), ())
        totals = common.totals_within(self.totals, Period(periods[0].first, periods[-1].last))
        if self.days is None:
            return totals
        inside = [part for period in periods if (part := period.within(self.days.period)) is not None]
        return common.joined(totals, self.days.series(inside) if inside else Series((), ()))

    def _earlier(self, before: Period | None) -> list[tuple[list[int], list[float]]]:
        """Stretches as long as the days before, further back: they say how the weeks of this place run."""
        if before is None or self.recorded is None or before.days < LONG_ENOUGH:
            return []
        length, found = timedelta(days=before.days), []
        stretch = Period(before.first - length, before.last - length)
        while self.recorded.covers(stretch) and before.first - stretch.first <= EARLIER:
            weeks = common.without_empty_stretches(self._weeks(stretch, from_end=True))
            found.append(([week.numerator for week in weeks], [week.denominator for week in weeks]))
            stretch = Period(stretch.first - length, stretch.last - length)
        return found

    def _weeks(self, period: Period | None, *, from_end: bool) -> Series:
        if period is None:
            return Series((), ())
        inside = period.within(self.days.period) if self.days is not None else None
        events = (
            self.days.series(inside.blocks(INTERVAL_DAYS, from_end=from_end))
            if self.days is not None and inside is not None
            else Series((), ())
        )
        return common.joined(common.totals_within(self.totals, period), events)


def record(facts: Facts, outcome: Outcome, scope: Scope) -> RateRecord:
    """Everything recorded of the outcome in this scope."""
    span = facts.span(outcome.table, scope.service_id) if outcome.table != "totals" else None
    days = facts.day_counts(scope, outcome.counts, span) if span is not None else None
    return RateRecord(outcome, days, common.all_totals(facts, outcome, scope))


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """The rate before, the rate after, and the ratio between them."""
    return record(facts, outcome, scope).change(comparison.before, comparison.after)


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Tallies of the given periods, as far as they are recorded."""
    return record(facts, outcome, scope).series(periods)


def _sum(series: Series, weeks: list[Tally]) -> Tally:
    """The whole side: what the weeks add up to, or bare counts where there is no exposure."""
    return total(tuple(weeks)) if weeks else series.total
