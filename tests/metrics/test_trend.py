"""Weeks, months and quarters of a record."""

from datetime import date

from data.model import Period
from metrics.trend import quarters, stretches


def test_quarters_are_laid_back_from_the_last_whole_month() -> None:
    found = quarters(Period(date(2025, 5, 20), date(2026, 6, 18)))
    assert [period.first for period in found] == [
        date(2025, 6, 1),
        date(2025, 9, 1),
        date(2025, 12, 1),
        date(2026, 3, 1),
    ]
    assert [len(period.months()) for period in found] == [3] * 4
    assert quarters(Period(date(2026, 5, 20), date(2026, 6, 18))) == ()


def test_weeks_are_laid_back_from_the_last_day() -> None:
    found = stretches(Period(date(2026, 1, 1), date(2026, 1, 31)), "week")
    assert found[-1] == Period(date(2026, 1, 25), date(2026, 1, 31))
    assert found[0].first == date(2026, 1, 1)


def test_months_are_calendar_months_cut_to_the_record() -> None:
    found = stretches(Period(date(2026, 1, 10), date(2026, 3, 5)), "month")
    assert [period.first for period in found] == [date(2026, 1, 10), date(2026, 2, 1), date(2026, 3, 1)]
