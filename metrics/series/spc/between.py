"""Rare events: how long from one to the next, in days or in days people lived here.

A month in which hardly anything happens says little; the time until it happens again says as much as there is to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from data.model import DayCounts, Period


@dataclass(frozen=True)
class Gap:
    """From the day after one event to the day of the next: days, and person days. Both are 0 on the same day."""

    period: Period
    days: int
    person_days: float


def gaps(days: DayCounts) -> tuple[Gap, ...]:
    """The stretches between neighbouring events, in order of time: one fewer than there are events."""
    found: list[Gap] = []
    last: int | None = None
    waited = 0.0
    for place, count in enumerate(days.events):
        waited += days.person_days[place]
        for _ in range(count):
            if last is not None:
                on = days.period.first + timedelta(days=place)
                since = days.period.first + timedelta(days=last + 1)
                found.append(Gap(Period(min(since, on), on), place - last, waited))
            last, waited = place, 0.0
    return tuple(found)


def days_since_last(days: DayCounts) -> int | None:
    """Days from the last event to the end of the record; None without any event."""
    happened = [place for place, count in enumerate(days.events) if count]
    return len(days.events) - 1 - happened[-1] if happened else None


def same_day(found: Sequence[Gap]) -> bool:
    """Whether two events fell on one day."""
    return any(gap.days == 0 for gap in found)
