"""What was recorded, as plain facts: the vocabulary that crosses from ``data`` to ``metrics``.

Every object refuses the impossible when it is made, so later lines can trust it. Raw events never
leave this layer: it answers with tallies, series, marked days, answers and spells of living somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Literal, get_args

Setting = Literal["residential", "nursing", "homecare", "supported_living", "day_service", "other"]
HOMES: tuple[str, ...] = ("residential", "nursing")
"""Settings in which a person day is a bed day: someone sleeps there."""

Question = Literal["change", "steady"]
Role = Literal["main", "balance"]

ExposureBasis = Literal["stays", "beds", "given", "none"]
"""Where a denominator came from: nights in ``stays``, beds × days, typed in ``totals``, or nowhere."""


class Impossible(ValueError):
    """A fact that cannot be: said in words a care-home office understands."""


@dataclass(frozen=True, order=True)
class Period:
    """Whole days from ``first`` to ``last``, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Impossible(f"A period cannot end ({self.last}) before it starts ({self.first}).")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    def covers(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    def within(self, other: Period | None) -> Period | None:
        """The part that lies inside ``other``; None when nothing does."""
        if other is None or not self.overlaps(other):
            return None
        return Period(max(self.first, other.first), min(self.last, other.last))

    def blocks(self, length_days: int, *, from_end: bool = False) -> tuple[Period, ...]:
        """Consecutive stretches of ``length_days``; a shorter rest is joined to its neighbour.

        ``from_end`` lays the stretches backwards from the last day, as a "before" period needs: the
        days nearest the change are then never the ragged ones.
        """
        if length_days < 1:
            raise Impossible("A stretch of days must be at least one day long.")
        whole = max(1, self.days // length_days)
        rest = self.days - whole * length_days if self.days >= length_days else 0
        lengths = [length_days if self.days >= length_days else self.days] * whole
        lengths[0 if from_end else -1] += rest
        blocks, first = [], self.first
        for length in lengths:
            blocks.append(Period(first, first + timedelta(days=length - 1)))
            first += timedelta(days=length)
        return tuple(blocks)

    def months(self) -> tuple[Period, ...]:
        """Calendar months, the first and last cut to the period."""
        months, first = [], self.first
        while first <= self.last:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            months.append(Period(first, min(self.last, following - timedelta(days=1))))
            first = following
        return tuple(months)

    def each_day(self) -> Iterator[date]:
        for offset in range(self.days):
            yield self.first + timedelta(days=offset)


@dataclass(frozen=True)
class Tally:
    """So many of so much: events over person days, or rows that match over rows looked at."""

    numerator: int
    denominator: float
    points: float | None = None
    """For scores alone: what the answers counted in the numerator add up to. Their mean is points / numerator."""

    def __post_init__(self) -> None:
        if self.numerator < 0 or not self.denominator >= 0:
            raise Impossible("A tally counts upwards from nothing.")

    def __add__(self, other: Tally) -> Tally:
        both = [each for each in (self.points, other.points) if each is not None]
        return Tally(
            self.numerator + other.numerator, self.denominator + other.denominator, sum(both) if both else None
        )

    @property
    def ratio(self) -> float | None:
        """Numerator over denominator; None where there is no denominator, never infinity."""
        return self.numerator / self.denominator if self.denominator > 0 else None

    @property
    def mean(self) -> float | None:
        """The mean score of the answers that have one; None where there is none, or nothing was scored."""
        return self.points / self.numerator if self.points is not None and self.numerator else None


NOTHING = Tally(0, 0)


def total(tallies: tuple[Tally, ...]) -> Tally:
    """All tallies added up."""
    return sum(tallies, NOTHING)


@dataclass(frozen=True)
class Series:
    """Tallies of consecutive periods, with where the denominators came from."""

    periods: tuple[Period, ...]
    tallies: tuple[Tally, ...]
    basis: ExposureBasis = "given"

    def __post_init__(self) -> None:
        if len(self.periods) != len(self.tallies):
            raise Impossible("A series needs one tally for each period.")
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            if later.first <= earlier.last:
                raise Impossible(f"{earlier.first} to {earlier.last} overlaps {later.first} to {later.last}.")

    @property
    def total(self) -> Tally:
        return total(self.tallies)


@dataclass(frozen=True)
class DayCounts:
    """Events and person days of every day of a period, ready to be added up over any stretch of it."""

    period: Period
    events: tuple[int, ...]
    person_days: tuple[float, ...]
    basis: ExposureBasis = "given"

    def __post_init__(self) -> None:
        if not len(self.events) == len(self.person_days) == self.period.days:
            raise Impossible("There must be one count and one number of people for each day of the period.")

    def tally(self, period: Period) -> Tally:
        """Events over person days of a stretch that lies inside."""
        if not self.period.covers(period):
            raise Impossible(f"{period.first} to {period.last} lies outside the days counted.")
        first = (period.first - self.period.first).days
        events, people = self._running
        return Tally(events[first + period.days] - events[first], people[first + period.days] - people[first])

    def within(self, period: Period) -> DayCounts | None:
        """The part of these days inside another period; None when none of it is."""
        inside = self.period.within(period)
        if inside is None:
            return None
        first = (inside.first - self.period.first).days
        days = slice(first, first + inside.days)
        return DayCounts(inside, self.events[days], self.person_days[days], self.basis)

    def series(self, periods: Sequence[Period]) -> Series:
        """One tally for each stretch."""
        return Series(tuple(periods), tuple(self.tally(period) for period in periods), self.basis)

    @cached_property
    def _running(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        return tuple(accumulate(self.events, initial=0)), tuple(accumulate(self.person_days, initial=0.0))


@dataclass(frozen=True)
class ClockCounts:
    """Events of a period by weekday and hour. Weekdays run from Monday, hours from midnight.

    ``timed`` holds seven rows of 24 counts, of events whose time is known to the minute or the hour; ``untimed`` the
    rest, by weekday alone. ``on_the_hour`` says how many of the timed ones stand on a full hour exactly.
    """

    period: Period
    timed: tuple[tuple[int, ...], ...]
    untimed: tuple[int, ...]
    on_the_hour: int

    def __post_init__(self) -> None:
        if len(self.timed) != 7 or any(len(day) != 24 for day in self.timed) or len(self.untimed) != 7:
            raise Impossible("A week has seven days of 24 hours.")
        if min(*(count for day in self.timed for count in day), *self.untimed) < 0:
            raise Impossible("A count is never below nothing.")
        if not 0 <= self.on_the_hour <= self.with_time:
            raise Impossible("More events on the full hour than events with a time.")

    @property
    def with_time(self) -> int:
        return sum(map(sum, self.timed))

    @property
    def without_time(self) -> int:
        return sum(self.untimed)

    @property
    def events(self) -> int:
        return self.with_time + self.without_time

    @property
    def by_hour(self) -> tuple[int, ...]:
        """24 counts, of the events with a time."""
        return tuple(map(sum, zip(*self.timed, strict=True)))

    @property
    def by_weekday(self) -> tuple[int, ...]:
        """Seven counts, of all events: the day is known of each."""
        return tuple(sum(day) + rest for day, rest in zip(self.timed, self.untimed, strict=True))


@dataclass(frozen=True)
class DatedTally:
    """Rows of one cluster (a person, an audit) on one day: so many that match, of so many looked at."""

    day: date
    cluster: str
    tally: Tally


@dataclass(frozen=True)
class PersonDays:
    """One person's days in a period: True something happened, False watched and nothing did, None not watched.

    Days on which the person was not there are None as well; ``here`` says on which they were.
    """

    person_id: str
    period: Period
    days: tuple[bool | None, ...]
    here: tuple[bool, ...]

    def __post_init__(self) -> None:
        if not len(self.days) == len(self.here) == self.period.days:
            raise Impossible("There must be one mark for each day of the period.")

    @property
    def present(self) -> int:
        """How many days the person was there."""
        return self.here.count(True)

    @property
    def tally(self) -> Tally:
        return Tally(self.days.count(True), len(self.days) - self.days.count(None))

    def within(self, period: Period) -> PersonDays:
        """The part of these days inside another period. Raises Impossible when none of it is."""
        part = self.period.within(period)
        if part is None:
            raise Impossible("None of these days lies in that period.")
        first = (part.first - self.period.first).days
        last = first + part.days
        return PersonDays(self.person_id, part, self.days[first:last], self.here[first:last])


@dataclass(frozen=True)
class ClockWindow:
    """Part of the day, for example 06:00 to 11:00. It may cross midnight: the night belongs to the day it began."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise Impossible("A window of the day must have a length.")

    @property
    def start_minute(self) -> int:
        return self.start.hour * 60 + self.start.minute

    @property
    def length_minutes(self) -> int:
        return (self.end.hour * 60 + self.end.minute - self.start_minute) % (24 * 60)


@dataclass(frozen=True)
class Rows:
    """Rows of one table whose columns equal, or are among, the given words. Nothing else can be asked."""

    table: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column, words in self.where.items():
            if not words:
                raise Impossible(f"The filter on {column} names no word.")


@dataclass(frozen=True)
class Answer:
    """One answer that was asked for: a score, or one of the answers without a score.

    ``rater_key`` is the same for the same answerer at another time, None where answers are anonymous. ``moment`` and
    ``case_id`` say at which point of what it was asked (a concern and its close), None where it was asked in passing.
    """

    given_on: date
    rater: str
    instrument: str
    domain: str
    answer: str
    score: float | None
    rater_key: str | None = None
    person_id: str | None = None
    form: str | None = None
    mode: str | None = None
    support: str | None = None
    moment: str | None = None
    case_id: str | None = None

    def __post_init__(self) -> None:
        if (self.answer == "score") != (self.score is not None):
            raise Impossible("An answer has a score, or says why it has none; never both, never neither.")


@dataclass(frozen=True)
class Spell:
    """One unbroken time of living in a service: moved in, and left or still there.

    The day of moving in is lived there, the day of leaving is not. Nights in hospital do not end a spell.
    """

    person_id: str
    moved_in: date
    left_on: date | None = None
    end_reason: str | None = None

    def __post_init__(self) -> None:
        if self.left_on is not None and self.left_on < self.moved_in:
            raise Impossible("Nobody leaves before moving in.")
        if self.left_on is None and self.end_reason is not None:
            raise Impossible("A reason for leaving belongs to somebody who left.")

    def days_in(self, period: Period) -> int:
        """Days lived there inside the period."""
        last = period.last + timedelta(days=1)
        until = last if self.left_on is None else min(last, self.left_on)
        return max(0, (until - max(self.moved_in, period.first)).days)

    def left_within(self, period: Period) -> bool:
        return self.left_on is not None and period.first <= self.left_on <= period.last


@dataclass(frozen=True)
class Scope:
    """Whose record is asked for: a whole service, one person in it, or those of its people whom ``people`` describes.

    ``people`` holds columns of the people table, each with the words that are let in.
    """

    service_id: str
    person_id: str | None = None
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def whole_service(self) -> bool:
        return self.person_id is None and not self.people


@dataclass(frozen=True)
class Service:
    """A home, homecare branch or other service: where, of what kind, how many places."""

    service_id: str
    setting: str
    nation: str
    label: str
    beds: int | None = None
    expected_minority_pct: float | None = None

    @property
    def day_word(self) -> str:
        """What one person day is called here."""
        return "bed days" if self.setting in HOMES else "days people were supported"


@dataclass(frozen=True)
class Intervention:
    """Something tried together: what, where, from when, made with whom."""

    intervention_id: str
    service_id: str
    person_id: str | None
    title: str
    kind: str
    start_on: date
    settling_days: int | None = None
    end_on: date | None = None
    reason: str = "not_recorded"
    ladder_level: int | None = None
    designed_with: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.settling_days is not None and self.settling_days < 0:
            raise Impossible("Settling-in days cannot be fewer than none.")
        if self.end_on is not None and self.end_on < self.start_on:
            raise Impossible("A change cannot end before it starts.")

    @property
    def scope(self) -> Scope:
        return Scope(self.service_id, self.person_id)

    @property
    def is_personal(self) -> bool:
        return self.person_id is not None


@dataclass(frozen=True)
class Declaration:
    """What was written down beforehand (or not): which outcome, which question, what size would count."""

    declaration_id: str
    intervention_id: str
    outcome: str
    question: Question
    size: float
    role: Role
    declared_on: date
    declared_with: tuple[str, ...] = ()
    baseline_from: date | None = None
    baseline_to: date | None = None
    follow_from: date | None = None
    follow_to: date | None = None

    def __post_init__(self) -> None:
        if self.question not in get_args(Question):
            raise Impossible(f"{self.question} is not a question; ask change or steady.")
        for first, last in ((self.baseline_from, self.baseline_to), (self.follow_from, self.follow_to)):
            if first is not None and last is not None and last < first:
                raise Impossible("A declared period cannot end before it starts.")


@dataclass(frozen=True)
class ContextEvent:
    """A dated happening that a reader of a chart should know: an outbreak, a new recording system."""

    kind: str
    from_on: date
    until_on: date | None
    person_id: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be used: where, what was found, why, and what to do next.

    ``value`` is None where showing it could show who somebody is. ``line`` is the physical line of the
    file, counted from 1, on which the record starts.
    """

    line: int
    column: str | None
    value: str | None
    reason: str
    remedy: str
