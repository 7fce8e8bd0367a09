"""Hours and weekdays beside an even spread: what stands out, and what could be chance."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import ClockCounts, Period, Scope
from metrics.catalogue import load_catalogue
from metrics.pictures.clock_pattern import Bar, bars, can_have, clock_pattern, pattern_of, stretches
from tests.support.builders import FALLS, KEPT, MORNINGS
from tests.support.exports import SERVICES, facts_of

FOUR_WEEKS = Period(date(2026, 3, 2), date(2026, 3, 29))


def counts(by_hour: dict[int, int], *, weekday: int = 0, untimed: int = 0, on_the_hour: int = 0) -> ClockCounts:
    week = [[0] * 24 for _ in range(7)]
    for hour, count in by_hour.items():
        week[weekday][hour] = count
    return ClockCounts(FOUR_WEEKS, tuple(map(tuple, week)), (untimed, 0, 0, 0, 0, 0, 0), on_the_hour)


def test_an_hour_that_holds_nearly_everything_stands_out() -> None:
    found = pattern_of(FALLS, counts({8: 30, 15: 2}))
    assert [place for place, bar in enumerate(found.hours) if bar.standing == "more"] == [8]
    assert found.weekdays[0].standing == "more"


def test_an_even_day_has_nothing_that_stands_out() -> None:
    found = pattern_of(FALLS, counts(dict.fromkeys(range(24), 4)))
    assert {bar.standing for bar in found.hours} == {"chance"}


def test_fewer_than_twenty_are_too_few() -> None:
    assert not pattern_of(FALLS, counts({8: 19})).enough_hours
    assert pattern_of(FALLS, counts({8: 20})).enough_hours
    late = pattern_of(FALLS, counts({8: 19}, untimed=1))
    assert (late.enough_hours, late.enough_days) == (False, True)


def test_many_full_hours_may_be_the_time_of_writing() -> None:
    assert not pattern_of(FALLS, counts({8: 10}, on_the_hour=4)).may_be_writing
    assert pattern_of(FALLS, counts({8: 10}, on_the_hour=5)).may_be_writing
    assert not pattern_of(FALLS, counts({})).may_be_writing


def test_the_band_holds_all_hours_of_an_even_spread_about_95_times_in_100() -> None:
    inside = 0
    for world in np.random.default_rng(11).multinomial(240, [1 / 24] * 24, size=2000):
        inside += all(bar.standing == "chance" for bar in bars(world.tolist(), [1 / 24] * 24))
    assert 0.94 <= inside / 2000 <= 0.99  # counts are whole, so the band is a little wider than asked


def test_a_weekday_that_came_more_often_may_hold_more() -> None:
    ten_days = ClockCounts(Period(date(2026, 3, 2), date(2026, 3, 11)), ((0,) * 24,) * 7, (6, 6, 6, 3, 3, 3, 3), 0)
    found = pattern_of(FALLS, ten_days)
    assert [round(bar.even, 1) for bar in found.weekdays] == [6, 6, 6, 3, 3, 3, 3]


def test_a_run_over_midnight_is_one_run() -> None:
    high, usual = Bar(9, 1, 0, 4), Bar(1, 1, 0, 4)
    clock = [usual] * 24
    for hour in (22, 23, 0, 1, 8):
        clock[hour] = high
    assert stretches(clock, "more") == ((8, 8), (22, 1))
    assert stretches([high] * 24, "more") == ((0, 23),)
    assert stretches([usual] * 24, "more") == ()


def test_only_incidents_and_falls_have_hours(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    assert can_have(FALLS)
    assert not can_have(KEPT)
    assert not can_have(MORNINGS)
    falls = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-03-05 10:05"
    with facts_of(tmp_path, services=SERVICES, falls=falls) as facts:
        outcome = catalogue.get("F1")
        assert outcome is not None
        found = clock_pattern(facts, outcome, Scope("elm"), Period(date(2020, 1, 1), date(2030, 1, 1)))
        assert found is not None
        assert found.counts.period == Period(date(2026, 3, 5), date(2026, 3, 5))
        assert found.counts.events == 1
        assert clock_pattern(facts, outcome, Scope("elm"), Period(date(2020, 1, 1), date(2020, 2, 1))) is None
        assert clock_pattern(facts, outcome, Scope("oak"), Period(date(2020, 1, 1), date(2030, 1, 1))) is None


def test_bars_need_a_share_each() -> None:
    with pytest.raises(ValueError, match="one share for each"):
        bars([1, 2], [1.0])


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=24, max_size=24), min_size=7, max_size=7),
    st.lists(st.integers(0, 40), min_size=7, max_size=7),
    st.integers(7, 800),
)
def test_nothing_is_lost_and_nothing_counted_twice(week: list[list[int]], rest: list[int], days: int) -> None:
    period = Period(FOUR_WEEKS.first, FOUR_WEEKS.first + timedelta(days=days - 1))
    found = pattern_of(FALLS, ClockCounts(period, tuple(map(tuple, week)), tuple(rest), 0))
    assert sum(bar.count for bar in found.hours) == found.counts.with_time
    assert sum(bar.count for bar in found.weekdays) == found.counts.events
    assert sum(bar.even for bar in found.hours) == pytest.approx(found.counts.with_time)
    assert sum(bar.even for bar in found.weekdays) == pytest.approx(found.counts.events)
    for bar in (*found.hours, *found.weekdays):
        assert bar.low - 1 <= bar.even <= bar.high + 1
