"""When in the day and the week things happen, beside what an even spread would give by chance alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scipy import stats

from data.contract import TABLES
from data.facts import Facts
from data.model import ClockCounts, Period, Scope
from metrics.kinds import common
from metrics.model import Outcome

FEWEST = 20
"""With fewer events than this no pattern can be told from chance."""
HOUR_OF_WRITING = 0.4
"""From this share on the full hour the hour may be the time of writing. One in 12 would be, were times rounded to 5."""
LEVEL = 0.95
Standing = Literal["more", "fewer", "chance"]


@dataclass(frozen=True)
class Bar:
    """One hour or weekday: what was counted, and from where to where an even spread would bring it by chance."""

    count: int
    even: float
    low: int
    high: int

    @property
    def standing(self) -> Standing:
        if self.count > self.high:
            return "more"
        return "fewer" if self.count < self.low else "chance"


@dataclass(frozen=True)
class ClockPattern:
    """Events of one outcome by hour of the day (24 bars) and by weekday (7, from Monday)."""

    outcome: Outcome
    counts: ClockCounts
    hours: tuple[Bar, ...]
    weekdays: tuple[Bar, ...]

    @property
    def enough_hours(self) -> bool:
        return self.counts.with_time >= FEWEST

    @property
    def enough_days(self) -> bool:
        return self.counts.events >= FEWEST

    @property
    def may_be_writing(self) -> bool:
        """Whether so many stand on the full hour that the hour may be when it was written down."""
        return self.counts.with_time > 0 and self.counts.on_the_hour / self.counts.with_time > HOUR_OF_WRITING


def can_have(outcome: Outcome) -> bool:
    """Whether an outcome counts events that have a time of day."""
    return outcome.kind == "rate" and outcome.table in TABLES and "time_precision" in TABLES[outcome.table].columns


def clock_pattern(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> ClockPattern | None:
    """The pattern of the recorded days in the period; None when none is recorded or the outcome has no times."""
    inside = common.events_part(facts, outcome, scope, period) if can_have(outcome) else None
    if inside is None:
        return None
    return pattern_of(outcome, facts.clock_counts(scope, outcome.counts, inside))


def pattern_of(outcome: Outcome, counts: ClockCounts) -> ClockPattern:
    """The bars with their bands."""
    days = [0] * 7
    whole_weeks, rest = divmod(counts.period.days, 7)
    for weekday in range(7):
        since = (weekday - counts.period.first.weekday()) % 7
        days[weekday] = whole_weeks + (since < rest)
    shares = [each / counts.period.days for each in days]
    return ClockPattern(outcome, counts, bars(counts.by_hour, [1 / 24] * 24), bars(counts.by_weekday, shares))


def bars(counts: Sequence[int], shares: Sequence[float], level: float = LEVEL) -> tuple[Bar, ...]:
    """Counts with the band that holds all of them together at ``level``, did every event fall by its share alone.

    Unit: events. Range: 0 to all of them. No-change value: the even count.
    Assumes: events independent of each other, which several of one evening are not: a bar just outside may still be
    chance. Each bar is binomial; the level of one is the root of the level of all (Šidák), for among 24 hours one
    would otherwise lie outside by chance more often than not.
    Raises: ValueError when there is not one share for each count.
    Šidák 1967, J Am Stat Assoc 62:626, doi:10.1080/01621459.1967.10482935.
    """
    if len(counts) != len(shares):
        raise ValueError("There must be one share for each count.")
    everything = sum(counts)
    tail = (1 - level ** (1 / len(counts))) / 2 if counts else 0.0
    return tuple(
        Bar(count, everything * share, *_band(everything, share, tail))
        for count, share in zip(counts, shares, strict=True)
    )


def _band(everything: int, share: float, tail: float) -> tuple[int, int]:
    """The fewest and the most that chance brings, with no more than ``tail`` beyond on either side."""
    if everything == 0 or share <= 0:
        return 0, 0
    low, high = stats.binom.ppf([tail, 1 - tail], everything, min(1.0, share))
    return int(low), int(high)


def stretches(pattern: Sequence[Bar], standing: Standing) -> tuple[tuple[int, int], ...]:
    """First and last place of each run of bars that stand so; a run over midnight is one run (22, 1)."""
    places = [place for place, bar in enumerate(pattern) if bar.standing == standing]
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == len(pattern) - 1:
        first = runs.pop(0)
        runs[-1][1] = first[1]
    return tuple((first, last) for first, last in runs)
