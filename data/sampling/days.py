"""The sample's calendar: thirty months, counted in whole days from the first."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

FIRST_DAY = date(2024, 5, 1)
LAST_DAY = date(2026, 10, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
MINUTES_A_DAY = 24 * 60

WINTER = 1.10
"""Distress is a tenth more frequent from December to February (a default of this project)."""


def calendar_day(day: int) -> date:
    """The date of a day of the sample; negative days lie before it."""
    return FIRST_DAY + timedelta(days=day)


def iso(day: int) -> str:
    """A day as the contract writes a date."""
    return calendar_day(day).isoformat()


def iso_or_empty(day: int | None) -> str:
    """A day as the contract writes it; nothing where there is none."""
    return "" if day is None else iso(day)


def clock(minute: int) -> str:
    """Minutes since the first midnight, as the contract writes a time."""
    day, rest = divmod(minute, MINUTES_A_DAY)
    return f"{iso(day)} {rest // 60:02d}:{rest % 60:02d}"


def number_of(day: date) -> int:
    """The other way round: which day of the sample a date is."""
    return (day - FIRST_DAY).days


def seasons() -> NDArray[np.float64]:
    """The factor of each day's season on distress."""
    winter = [calendar_day(day).month in (12, 1, 2) for day in range(DAYS)]
    return np.where(np.array(winter), WINTER, 1.0)


def months() -> tuple[tuple[int, int], ...]:
    """First and last day of each calendar month."""
    firsts = [day for day in range(DAYS) if calendar_day(day).day == 1]
    return tuple(zip(firsts, [*(first - 1 for first in firsts[1:]), DAYS - 1], strict=True))


def working_days_after(day: int, count: int) -> int:
    """The day that is so many Mondays to Fridays later."""
    while count:
        day += 1
        count -= calendar_day(day).weekday() < 5
    return day
