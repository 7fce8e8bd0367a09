"""Days on which something happened, out of days somebody was there and watching. The change is in points of 100."""

from __future__ import annotations

from collections.abc import Sequence

from data.facts import Facts
from data.model import Period, PersonDays, Scope, Series, Tally, total
from metrics.estimators.shares import clustered_share_difference, day_share_difference
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """Share of days before and after; limits allow for bad days that come in runs, or for people who differ."""
    before = _marks(facts, outcome, scope, comparison.before)
    after = _marks(facts, outcome, scope, comparison.after)
    sides = (
        common.side(outcome, comparison.before, _tally(before)),
        common.side(outcome, comparison.after, _tally(after)),
    )
    itself = outcome.observed is not None and outcome.observed.table == outcome.counts.table
    assumed = outcome.observed is not None and not itself and not facts.watch_kept(scope, outcome.observed)
    effect = None
    if sides[0].tally.denominator and sides[1].tally.denominator:
        effect = _effect(before, after)
    return Change(
        *sides,
        effect=effect,
        intervals=(int(sides[0].tally.denominator), int(sides[1].tally.denominator)),
        watched_share=None if itself and effect is None else (_watched(before), _watched(after)),
        assumed_watched=assumed,
    )


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Share of days in each period that lies inside the record."""
    inside = [part for period in periods if (part := _recorded_part(facts, outcome, scope, period)) is not None]
    if not inside:
        return Series((), ())
    whole = Period(inside[0].first, inside[-1].last)
    marks = facts.day_marks(scope, outcome.counts, outcome.window, outcome.observed, whole)
    return Series(tuple(inside), tuple(_tally_within(marks, period) for period in inside))


def _recorded_part(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> Period | None:
    return period.within(common.recorded(facts, outcome, scope))


def _marks(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None) -> tuple[PersonDays, ...]:
    if period is None:
        return ()
    return facts.day_marks(scope, outcome.counts, outcome.window, outcome.observed, period)


def _effect(before: Sequence[PersonDays], after: Sequence[PersonDays]) -> Effect:
    if len(before) == 1 and len(after) == 1:
        found = day_share_difference(before[0].days, after[0].days)
    else:
        found = clustered_share_difference(_clusters(before), _clusters(after))
    interval = found.interval
    return Effect("points", _points(found.estimate), _points(interval.low), _points(interval.high), found.method)


def _points(share: float | None) -> float | None:
    return None if share is None else share * 100


def _clusters(marks: Sequence[PersonDays]) -> list[tuple[float, float]]:
    return [(person.tally.numerator, person.tally.denominator) for person in marks]


def _tally(marks: Sequence[PersonDays]) -> Tally:
    return total(tuple(person.tally for person in marks))


def _tally_within(marks: Sequence[PersonDays], period: Period) -> Tally:
    days = [
        day
        for person in marks
        for day in person.days[(period.first - person.period.first).days : (period.last - person.period.first).days + 1]
        if day is not None
    ]
    return Tally(sum(days), len(days))


def _watched(marks: Sequence[PersonDays]) -> float:
    present = sum(person.present for person in marks)
    return sum(person.tally.denominator for person in marks) / present if present else 0.0
