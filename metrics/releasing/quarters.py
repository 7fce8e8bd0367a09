"""The periods of a release: calendar quarters that are over and on record, and the last four of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.facts import Facts
from data.model import Period
from metrics.kinds.common import hull

DATED = ("incidents", "falls", "feedback", "checks", "views")
MOST_QUARTERS = 20
QUARTERS_IN_A_YEAR = 4


@dataclass(frozen=True)
class Periods:
    """The closed quarters in order of time, at most five years of them; ``year`` spans the last four, if there are four."""

    quarters: tuple[Period, ...]

    @property
    def year(self) -> Period | None:
        if len(self.quarters) < QUARTERS_IN_A_YEAR:
            return None
        return Period(self.quarters[-QUARTERS_IN_A_YEAR].first, self.quarters[-1].last)

    @property
    def of_year(self) -> tuple[int, ...]:
        """Which quarters the year is made of."""
        return tuple(range(len(self.quarters) - QUARTERS_IN_A_YEAR, len(self.quarters))) if self.year else ()


def closed_quarters(facts: Facts, services: Sequence[str], as_of: date) -> Periods:
    """Whole calendar quarters from the first record of any service to the last, ended before ``as_of``."""
    spans = [span for code in services for table in DATED if (span := facts.span(table, code)) is not None]
    record = hull(spans)
    if record is None:
        return Periods(())
    quarters, first = [], quarter_of(record.first).first
    while True:
        quarter = quarter_of(first)
        if quarter.last > record.last or quarter.last >= as_of:
            break
        quarters.append(quarter)
        first = quarter.last + timedelta(days=1)
    whole = [quarter for quarter in quarters if quarter.first >= record.first]
    return Periods(tuple(whole[-MOST_QUARTERS:]))


def quarter_of(day: date) -> Period:
    """The calendar quarter a day lies in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))
