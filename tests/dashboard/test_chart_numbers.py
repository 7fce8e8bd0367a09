"""A control chart as a table and as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from dashboard.views.chart_numbers import chart_csv, chart_rows, says, stretch, usual_range
from data.model import Period
from metrics.series.spc.model import ControlChart
from tests.support import control_charts as made
from tests.support.spc import falls


def read(chart: ControlChart) -> list[list[str]]:
    return list(csv.reader(io.StringIO(chart_csv(chart).decode("utf-8-sig"))))


def test_a_row_holds_month_counts_figure_average_range_and_what_the_rules_say() -> None:
    assert chart_rows(made.everyday())[0] == {
        "Month": "Jan 2024",
        "Falls": "9",
        "Bed days": "1,000",
        "On the chart, per 1,000 bed days": "9",
        "Average": "9.8",
        "Usual range": "4.5 to 15.2",
        "What the rules say": "could be chance",
    }


def test_a_month_without_a_record_says_so_and_holds_no_figure() -> None:
    row = chart_rows(made.with_gaps())[5]
    assert row["Falls"] == "no record"
    assert row["On the chart, per 1,000 bed days"] == "no record"
    assert row["What the rules say"] == "no record"
    written = read(made.with_gaps())[6]
    assert written[5:8] == ["", "", ""]


def test_a_clear_change_names_its_rules_with_the_length_of_the_row() -> None:
    chart = made.not_rebased()
    assert says(chart, 30) == "clear change for the better: 12 in a row below the average"
    assert says(made.missing_target(), 19).startswith("clear change to look at: below the usual range, ")
    assert "in a row falling" in says(made.missing_target(), 19)
    assert says(made.without_limits(), 0) == "shown, no usual range"


def test_one_kind_of_row_from_first_to_last() -> None:
    for make in made.ALL.values():
        rows = chart_rows(make())
        assert len({tuple(row) for row in rows}) <= 1
        assert all(isinstance(cell, str) and cell for row in rows for cell in row.values())


def test_events_are_listed_from_one_to_the_next() -> None:
    row = chart_rows(made.rare())[0]
    assert "to" in row["From one to the next"]
    assert "Falls" not in row


def test_moving_ranges_have_no_range_from() -> None:
    chart = falls(made.STEADY, chart="mr")
    assert usual_range(chart, chart.points[3]).startswith("up to ")
    assert says(chart, 0) == "no figure to compare with"


@pytest.mark.parametrize(
    ("step", "said"),
    [("week", "week to 31 Mar 2025"), ("month", "Jan 2025"), ("quarter", "Jan to Mar 2025")],
)
def test_a_stretch_is_said_as_people_say_it(step: str, said: str) -> None:
    from datetime import date

    chart = replace(made.everyday(), step=step)  # type: ignore[arg-type]
    assert stretch(chart, Period(date(2025, 1, 1), date(2025, 3, 31))) == said


def test_the_file_has_a_heading_and_a_row_for_every_point() -> None:
    for make in made.ALL.values():
        chart = make()
        rows = read(chart)
        assert len(rows) == len(chart.points) + 1
        assert len({len(row) for row in rows}) == 1


def test_the_file_keeps_limits_as_the_rules_use_them() -> None:
    lower = read(made.below_nothing())[1][9]
    assert float(lower) < 0


def test_no_cell_starts_a_formula() -> None:
    chart = made.everyday()
    bad = replace(chart, part="=1+1", unit="@x", convention="+x", service=replace(chart.service, label="-x"))
    for row in read(bad):
        for cell in row:
            assert cell[:1] not in ("=", "@", "+")
            assert not (cell.startswith("-") and not cell[1:2].isdigit())


def test_a_fall_that_is_still_above_the_average_is_told_with_both_its_sides() -> None:
    """The peak belongs to the fall after it, and lies above the usual range all the same."""
    chart = falls([*[10, 11, 9, 10] * 6, 54, 60, 58, 56, 54, 52, 50, 48], chart="xmr", frozen=24)
    peak, later = says(chart, 25), says(chart, 28)
    assert "above the usual range" in peak
    assert "7 in a row falling" in peak
    assert "above the usual range" in later
    assert "in a row above the average" in later
    assert "below" not in peak + later
