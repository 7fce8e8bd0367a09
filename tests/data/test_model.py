"""Facts refuse the impossible; periods, tallies and series behave."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import ClockWindow, Impossible, Period, Rows, Series, Tally, total

days = st.dates(date(2000, 1, 1), date(2050, 1, 1))
periods = st.builds(lambda first, length: Period(first, first + timedelta(days=length)), days, st.integers(0, 900))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(Impossible, match="before it starts"):
        Period(date(2025, 2, 2), date(2025, 2, 1))


@given(periods, st.integers(1, 40), st.booleans())
def test_blocks_lay_the_whole_period_end_to_end(period: Period, length: int, from_end: bool) -> None:
    blocks = period.blocks(length, from_end=from_end)
    assert blocks[0].first == period.first
    assert blocks[-1].last == period.last
    assert sum(block.days for block in blocks) == period.days
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(blocks))
    assert all(block.days >= min(length, period.days) for block in blocks)


@given(periods)
def test_months_lay_the_whole_period_end_to_end(period: Period) -> None:
    months = period.months()
    assert sum(month.days for month in months) == period.days
    assert all(month.first.month == month.last.month for month in months)


@given(periods, periods)
def test_what_lies_within_lies_within_both(one: Period, other: Period) -> None:
    inside = one.within(other)
    assert (inside is not None) == one.overlaps(other)
    if inside is not None:
        assert one.covers(inside)
        assert other.covers(inside)


def test_a_tally_cannot_count_below_nothing() -> None:
    with pytest.raises(Impossible):
        Tally(-1, 3)


def test_a_rate_over_nothing_is_none_and_never_infinity() -> None:
    assert Tally(3, 0).ratio is None


@given(st.lists(st.builds(Tally, st.integers(0, 50), st.floats(0, 1e6)), max_size=20), st.integers(0, 20))
def test_splitting_tallies_and_adding_them_back_moves_nothing(tallies: list[Tally], at: int) -> None:
    whole = total(tuple(tallies))
    parts = total(tuple(tallies[:at])) + total(tuple(tallies[at:]))
    assert parts.numerator == whole.numerator
    assert parts.denominator == pytest.approx(whole.denominator)


def test_a_series_refuses_overlapping_periods() -> None:
    week = Period(date(2025, 1, 1), date(2025, 1, 7))
    with pytest.raises(Impossible, match="overlaps"):
        Series((week, week), (Tally(1, 7), Tally(1, 7)))


def test_a_window_of_the_day_may_cross_midnight() -> None:
    assert ClockWindow(time(11), time(6)).length_minutes == 19 * 60


def test_a_filter_must_name_a_word() -> None:
    with pytest.raises(Impossible):
        Rows("incidents", {"kind": ()})
