"""Days on which something happened, out of days somebody was there and watching. The change is in points of 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.facts import Facts
from data.model import Impossible, Period, PersonDays, Scope, Series, Tally, total
from metrics.estimators.shares import ShareDifference, clustered_share_difference, day_share_difference
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome


@dataclass(frozen=True)
class DayRecord:
    """The days of each person in a period: something happened, nothing did, nobody watched."""

    outcome: Outcome
    recorded: Period | None
    people: tuple[PersonDays, ...]
    assumed_watched: bool

    def change(self, before: Period | None, after: Period | None) -> Change:
        """Share of days before and after; limits allow for bad days that come in runs, or for people who differ."""
        there, then = self._within(before), self._within(after)
        sides = (
            common.side(self.outcome, before, _tally(there)),
            common.side(self.outcome, after, _tally(then)),
        )
        effect, worth = None, None
        if sides[0].tally.denominator and sides[1].tally.denominator:
            found = _difference(there, then)
            low, high = _points(found.interval.low), _points(found.interval.high)
            effect = Effect("points", _points(found.estimate), low, high, found.method)
            worth = (found.size_before, found.size_after)
        return Change(
            *sides,
            effect=effect,
            intervals=(int(sides[0].tally.denominator), int(sides[1].tally.denominator)),
            watched_share=None
            if effect is None and _watches_itself(self.outcome)
            else (_watched(there), _watched(then)),
            assumed_watched=self.assumed_watched,
            worth=worth,
        )

    def series(self, periods: Sequence[Period]) -> Series:
        """Share of days in each period that lies inside the record."""
        inside = [part for period in periods if (part := period.within(self.recorded)) is not None]
        return Series(tuple(inside), tuple(_tally(self._within(period)) for period in inside))

    def _within(self, period: Period | None) -> tuple[PersonDays, ...]:
        if period is None:
            return ()
        found = []
        for person in self.people:
            try:
                part = person.within(period)
            except Impossible:
                continue
            if part.present:
                found.append(part)
        return tuple(found)


def record(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None = None) -> DayRecord:
    """The days of everybody in the scope, inside ``period`` when one is given."""
    span = common.recorded(facts, outcome, scope)
    wanted = span if period is None or span is None else period.within(span)
    people = () if wanted is None else facts.day_marks(scope, outcome.counts, outcome.window, outcome.observed, wanted)
    assumed = (
        outcome.observed is not None and not _watches_itself(outcome) and not facts.watch_kept(scope, outcome.observed)
    )
    return DayRecord(outcome, wanted, people, assumed)


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """The share of days before, the share after, and the points between them."""
    whole = common.hull([each for each in (comparison.before, comparison.after) if each is not None])
    return record(facts, outcome, scope, whole).change(comparison.before, comparison.after)


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Share of days in each period, as far as it is recorded."""
    return record(facts, outcome, scope, common.hull(periods)).series(periods)


def _watches_itself(outcome: Outcome) -> bool:
    """Whether what is counted is itself an observation, so that without a row nothing is known of the day."""
    return outcome.observed is not None and outcome.observed.table == outcome.counts.table


def _difference(before: Sequence[PersonDays], after: Sequence[PersonDays]) -> ShareDifference:
    if len(before) == 1 and len(after) == 1:
        return day_share_difference(before[0].days, after[0].days)
    return clustered_share_difference(_clusters(before), _clusters(after))


def _points(share: float | None) -> float | None:
    return None if share is None else share * 100


def _clusters(marks: Sequence[PersonDays]) -> dict[str, tuple[float, float]]:
    return {person.person_id: (person.tally.numerator, person.tally.denominator) for person in marks}


def _tally(marks: Sequence[PersonDays]) -> Tally:
    return total(tuple(person.tally for person in marks))


def _watched(marks: Sequence[PersonDays]) -> float:
    present = sum(person.present for person in marks)
    return sum(person.tally.denominator for person in marks) / present if present else 0.0
