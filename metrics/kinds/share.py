"""Rows that match, out of rows looked at; done in time, out of due; people with one, out of people here."""

from __future__ import annotations

from collections.abc import Sequence

from data.facts import Facts
from data.model import Period, Scope, Series, Tally, total
from metrics.estimators.shares import clustered_share_difference
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """Share before and after; limits allow for rows of one person (or one day) being alike."""
    before = _clusters(facts, outcome, scope, comparison.before)
    after = _clusters(facts, outcome, scope, comparison.after)
    sides = (
        common.side(outcome, comparison.before, total(before)),
        common.side(outcome, comparison.after, total(after)),
    )
    effect = None
    if sides[0].tally.denominator and sides[1].tally.denominator:
        found = clustered_share_difference(_pairs(before), _pairs(after))
        low, high = found.interval.low, found.interval.high
        effect = Effect(
            "points",
            found.estimate * 100,
            None if low is None else low * 100,
            None if high is None else high * 100,
            found.method,
        )
    return Change(*sides, effect=effect, intervals=(len(before), len(after)))


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Share of rows in each period that lies inside the record."""
    if not periods or outcome.over is None:
        return Series((), ())
    whole = Period(periods[0].first, periods[-1].last)
    totals = common.totals_part(facts, outcome, scope, whole)
    span = common.recorded(facts, outcome, scope) if outcome.table != "totals" else None
    inside = [part for period in periods if (part := period.within(span)) is not None]
    inside = [part for part in inside if not any(part.overlaps(months) for months in totals.periods)]
    rows = (
        facts.share_series(scope, outcome.counts, outcome.over, outcome.share_of, inside) if inside else Series((), ())
    )
    return common.joined(totals, rows)


def _clusters(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None) -> tuple[Tally, ...]:
    if period is None or outcome.over is None:
        return ()
    totals = common.totals_part(facts, outcome, scope, period).tallies
    if outcome.table == "totals":
        return totals
    inside = common.events_part(facts, outcome, scope, period)
    if inside is None:
        return totals
    rows = facts.share_clusters(scope, outcome.counts, outcome.over, outcome.share_of, inside)
    return totals + rows


def _pairs(clusters: Sequence[Tally]) -> list[tuple[float, float]]:
    return [(cluster.numerator, cluster.denominator) for cluster in clusters]
