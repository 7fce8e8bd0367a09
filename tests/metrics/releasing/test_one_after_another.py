"""One release after another: homes that close, get smaller, other settings, years that do not add up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.disclosure import Rules
from data.model import Period
from data.releases.earlier import Earlier, Entry, Given
from data.releases.model import Length
from metrics.releasing.known import known_before
from metrics.releasing.protecting import YEAR as YEAR_ALONE
from metrics.releasing.protecting import Known
from metrics.releasing.quarters import Periods
from tests.metrics.releasing.test_protecting import PERIODS, named
from tests.support.releases import YEAR, Home, all_year, database, evenly, figure, find, released

LARGE = Home(30, all_year(evenly(40, 20)))
FIVE = dict.fromkeys("abcde", LARGE)


def test_a_home_that_is_no_longer_there_is_not_found_by_taking_the_new_total_from_the_old(tmp_path: Path) -> None:
    """With two falls the old total and the new one would be alike, so that it could not have had seven."""
    first = released(database(tmp_path / "one", {**FIVE, "n": Home(30, all_year(evenly(2, 2)))}))
    assert figure(first.release, "F1", "all:residential", 1).numerator == 200
    second = released(database(tmp_path / "two", FIVE), earlier=Earlier((first.entry,)))
    assert find(second.release, "F1", "all:residential", 1) is None
    assert figure(second.release, "F1", "a", 1).numerator == 40


def test_a_home_that_gets_smaller_does_not_stop_every_later_release(tmp_path: Path) -> None:
    """What was shown of it cannot be taken back; what is new of it is shown in a group or not at all."""
    first = released(database(tmp_path / "one", FIVE))
    smaller = {**FIVE, "a": Home(6, all_year(evenly(40, 6)))}
    second = released(database(tmp_path / "two", smaller), earlier=Earlier((first.entry,)))
    assert "a" not in {unit.code for unit in second.release.units}
    assert figure(second.release, "F1", "b", 1).numerator == 40


def entry(code: str, length: Length, period: Period, numerator: int, rounding: int = 5, events: int = 8) -> Earlier:
    shown = Given((code, "a", length, period), "shown", numerator, ("a",))
    return Earlier((Entry("001", date(2026, 1, 10), (), (shown,), rounding, events),))


@pytest.mark.parametrize(("rounding", "events", "low", "high"), [(5, 8, 18, 22), (10, 11, 15, 24), (20, 11, 11, 29)])
def test_an_earlier_figure_tells_as_much_as_the_settings_of_its_own_day_let_it(
    rounding: int, events: int, low: int, high: int
) -> None:
    told = known_before(
        entry("F1", "quarter", PERIODS.quarters[1], 20, rounding, events), [named("F1")], PERIODS, Rules()
    )
    assert told == [Known("F1", ("a",), (1,), low, high)]


def test_a_year_that_is_not_the_sum_of_its_quarters_is_remembered_as_the_year() -> None:
    told = known_before(entry("L9", "year", YEAR, 20), [named("L9")], PERIODS, Rules())
    assert [each.quarters for each in told] == [(YEAR_ALONE,)]


def test_a_year_of_which_a_quarter_is_no_longer_in_the_table_says_nothing_of_the_other_three() -> None:
    assert known_before(entry("F1", "year", YEAR, 20), [named("F1")], Periods(PERIODS.quarters[1:]), Rules()) == []
