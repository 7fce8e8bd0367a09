"""A tile: the name, the last three whole months in words, the way it went, the newest finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.views.tiles import Shown, newest_about, tile
from data.model import Period, Series, Tally
from tests.support.builders import (
    ANSWERED,
    DISTRESS,
    FALLS,
    HOME,
    KEPT,
    MORNINGS,
    change_tried,
    finding,
    months,
)

YEAR = months(date(2025, 7, 1), [(30, 1000)] * 9 + [(20, 1000), (22, 1000), (24, 1000)])


def test_the_figure_is_of_the_last_three_whole_months() -> None:
    made = tile(Shown(DISTRESS, YEAR, None), HOME)
    assert made is not None
    assert (made.big, made.unit, made.when) == ("22", "per 1,000 bed days", "April to June 2026")


def test_a_ragged_month_is_left_out() -> None:
    ragged = Series(
        (*YEAR.periods, Period(date(2026, 7, 1), date(2026, 7, 9))), (*YEAR.tallies, Tally(900, 300)), "stays"
    )
    made = tile(Shown(DISTRESS, ragged, None), HOME)
    assert made is not None
    assert made.when == "April to June 2026"


def test_a_share_is_said_as_so_many_of_so_many_until_it_grows_too_long_to_read() -> None:
    few = tile(Shown(KEPT, months(date(2026, 4, 1), [(5, 10), (6, 10), (7, 10)]), None), HOME)
    many = tile(Shown(KEPT, months(date(2026, 4, 1), [(500, 1000)] * 3), None), HOME)
    assert few is not None
    assert many is not None
    assert (few.big, few.unit) == ("18 of 30", "elements")
    assert (many.big, many.unit) == ("50 in 100", "of 3,000 elements")


def test_people_are_counted_once_a_quarter() -> None:
    quarter = (Period(date(2026, 1, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 6, 30)))
    made = tile(Shown(ANSWERED, Series(quarter, (Tally(20, 36), Tally(24, 34))), None), HOME)
    assert made is not None
    assert (made.big, made.unit, made.when) == ("24 of 34", "people living here", "April to June 2026")
    assert "quarter by quarter" in made.spark.label


def test_no_whole_month_means_no_tile() -> None:
    assert tile(Shown(DISTRESS, Series((), ()), None), HOME) is None
    assert tile(Shown(FALLS, months(date(2026, 1, 1), [(3, 0)]), None), HOME) is None


def test_the_line_says_where_changes_began() -> None:
    made = tile(Shown(DISTRESS, YEAR, None, starts=(date(2026, 1, 1), date(2020, 1, 1))), HOME)
    assert made is not None
    assert made.spark.starts == (pytest.approx(5.5),)
    assert made.spark.label.endswith("between 20 and 30, last 24. A dashed line marks one change.")


def test_the_newest_finding_about_the_whole_home_is_shown() -> None:
    old = change_tried("Old", ref="a", person=None, start=date(2025, 3, 1))
    new = change_tried("New", ref="b", person=None, start=date(2026, 3, 1))
    person = change_tried("Person's", ref="c", start=date(2026, 5, 1))
    found = newest_about([finding(DISTRESS, intervention=each) for each in (old, new, person)], "D2")
    assert found is not None
    made = tile(Shown(DISTRESS, YEAR, replace(found)), HOME)
    assert made is not None
    assert (made.word, made.after) == ("better", "New, 1 Mar 2026")
    assert newest_about([finding(MORNINGS, intervention=person)], "D1") is None
