"""Visits against the person's own times: minutes from clock times, kept apart before a plan and since."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.visits import visits
from dashboard.views.visits import FURTHEST, visit_rows, visits_csv, visits_shown
from data.model import Period, Scope
from data.records import Visit
from tests.support.exports import SERVICES, facts_of

START = date(2026, 3, 3)


def visit(day: date, minutes: int | None, result: str = "met", element: str | None = "morning") -> Visit:
    due = datetime(day.year, day.month, day.day, 8, 30)
    return Visit("P", element, due, None if minutes is None else due + timedelta(minutes=minutes), result)


def test_each_side_says_how_many_came_within_thirty_minutes_and_how_close_half_of_them_came() -> None:
    found = [visit(START - timedelta(days=n), 10 * n, "met" if n < 4 else "partly") for n in range(1, 6)]
    found += [visit(START + timedelta(days=n), -5) for n in range(2)] + [
        visit(START + timedelta(days=9), None, "not_met")
    ]
    shown = visits_shown(found, START)
    assert shown is not None
    assert shown.sentence == (
        "3 of 5 visits came within 30 minutes before it began, half of them within 30 minutes; "
        "2 of 3 visits came within 30 minutes since, half of them within 5 minutes."
    )
    assert shown.missed == 1
    assert [row["Against the own time"] for row in visit_rows(shown)][-1] == "10 minutes late"
    assert visits_csv(shown).decode("utf-8-sig").splitlines()[1].endswith(",10")


def test_without_clock_times_there_is_no_picture() -> None:
    assert visits_shown([visit(START, None, "not_met")], START) is None
    assert visits_shown([], START) is None


@given(st.lists(st.tuples(st.integers(-30, 30), st.integers(-400, 400)), min_size=1, max_size=30))
def test_every_visit_that_came_is_drawn_inside_the_picture(made: list[tuple[int, int]]) -> None:
    shown = visits_shown([visit(START + timedelta(days=day), off) for day, off in made], START)
    assert shown is not None
    figure = visits(shown)
    low, high = figure.layout.yaxis.range
    drawn = [height for trace in figure.data for height in trace.y]
    assert len(drawn) == len(made)
    assert all(low < height < high for height in drawn)
    assert max(abs(low), abs(high)) < FURTHEST + 30


def test_a_day_without_a_clock_time_is_no_visit_at_midnight(tmp_path: Path) -> None:
    rows = """
check_id, measure, service_id, person_id, element, due_on, done_at, result
C1, visit_time, elm, P-1, morning, 2026-03-01 08:30, 2026-03-01 08:50, met
C2, visit_time, elm, P-1, tea, 2026-03-01 16:00, , not_met
C3, visit_time, elm, P-1, tea, 2026-03-02, 2026-03-02, met
"""
    with facts_of(tmp_path, services=SERVICES, checks=rows) as facts:
        found = facts.visits(Scope("elm"), Period(date(2026, 3, 1), date(2026, 3, 2)))
    assert [(each.element, each.minutes_off) for each in found] == [("morning", 20), ("tea", None)]
