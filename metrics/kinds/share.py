"""Rows that match, out of rows looked at; done in time, out of due; people with one, out of people here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.facts import Facts
from data.model import NOTHING, DatedTally, Period, Scope, Series, Tally, total
from metrics.estimators.shares import clustered_share_difference
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome

Clusters = Mapping[str, Tally]
"""Tallies of rows that are alike, by name: the same name on both sides is the same person."""


@dataclass(frozen=True)
class ShareRecord:
    """Rows looked at, day by day and cluster by cluster, and totals where there are none."""

    outcome: Outcome
    recorded: Period | None
    rows: tuple[DatedTally, ...]
    totals: Series

    def change(self, before: Period | None, after: Period | None) -> Change:
        """Share before and after; limits allow for rows of one person (or one day) being alike."""
        return _change(self.outcome, before, self._clusters(before), after, self._clusters(after))

    def series(self, periods: Sequence[Period]) -> Series:
        """Share of rows in each period that lies inside the record."""
        if not periods:
            return Series((), ())
        totals = common.totals_within(self.totals, Period(periods[0].first, periods[-1].last))
        inside = [part for period in periods if (part := period.within(self.recorded)) is not None]
        inside = [part for part in inside if not any(part.overlaps(months) for months in totals.periods)]
        return common.joined(totals, Series(tuple(inside), tuple(self._rows_within(part) for part in inside)))

    def _rows_within(self, period: Period) -> Tally:
        return sum((row.tally for row in self.rows if period.first <= row.day <= period.last), NOTHING)

    def _clusters(self, period: Period | None) -> Clusters:
        if period is None:
            return {}
        found: dict[str, Tally] = defaultdict(lambda: NOTHING)
        for row in self.rows:
            if period.first <= row.day <= period.last:
                found[row.cluster] += row.tally
        totals = common.totals_within(self.totals, period)
        return found | {
            f"total {months.first}": tally for months, tally in zip(totals.periods, totals.tallies, strict=True)
        }


def record(facts: Facts, outcome: Outcome, scope: Scope) -> ShareRecord | None:
    """Everything looked at in this scope; None for shares of people, which cannot be added up from days."""
    if outcome.over is None:
        return None
    totals = common.all_totals(facts, outcome, scope)
    span = facts.span(outcome.table, scope.service_id) if outcome.table != "totals" else None
    rows: tuple[DatedTally, ...] | None = ()
    if span is not None:
        rows = facts.share_days(scope, outcome.counts, outcome.over, outcome.share_of, span)
    return (
        None
        if rows is None
        else ShareRecord(outcome, common.hull([*([span] if span else []), *totals.periods]), rows, totals)
    )


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """The share before, the share after, and the points between them."""
    kept = record(facts, outcome, scope)
    if kept is not None:
        return kept.change(comparison.before, comparison.after)
    before = _people(facts, outcome, scope, comparison.before)
    return _change(
        outcome, comparison.before, before, comparison.after, _people(facts, outcome, scope, comparison.after)
    )


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Share in each period, as far as it is recorded."""
    kept = record(facts, outcome, scope)
    if kept is not None:
        return kept.series(periods)
    if not periods or outcome.over is None:
        return Series((), ())
    span = common.recorded(facts, outcome, scope)
    inside = [part for period in periods if (part := period.within(span)) is not None]
    return (
        facts.share_series(scope, outcome.counts, outcome.over, outcome.share_of, inside) if inside else Series((), ())
    )


def _people(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None) -> Clusters:
    inside = common.events_part(facts, outcome, scope, period) if period is not None else None
    if inside is None or outcome.over is None:
        return {}
    found = facts.share_clusters(scope, outcome.counts, outcome.over, outcome.share_of, inside)
    # People are not named here, so each side's are taken as different people: limits err on the wide side.
    return {f"{inside.first} {number}": tally for number, tally in enumerate(found)}


def _change(outcome: Outcome, before: Period | None, there: Clusters, after: Period | None, then: Clusters) -> Change:
    sides = (
        common.side(outcome, before, total(tuple(there.values()))),
        common.side(outcome, after, total(tuple(then.values()))),
    )
    effect, worth = None, None
    if sides[0].tally.denominator and sides[1].tally.denominator:
        found = clustered_share_difference(_pairs(there), _pairs(then))
        low, high = found.interval.low, found.interval.high
        effect = Effect(
            "points",
            found.estimate * 100,
            None if low is None else low * 100,
            None if high is None else high * 100,
            found.method,
        )
        worth = (found.size_before, found.size_after)
    return Change(*sides, effect=effect, intervals=(len(there), len(then)), worth=worth)


def _pairs(clusters: Clusters) -> dict[str, tuple[float, float]]:
    return {name: (tally.numerator, tally.denominator) for name, tally in clusters.items()}
