"""Anhøj's rules, their critical values, and what does not count."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.series.run_chart import RunChart, crossings_min, longest_run_max, run_chart

REFERENCE = Path(os.environ.get("OUTCOMES_REFERENCE") or Path(__file__).parents[3] / ".." / "shared" / "reference")
TABLE = REFERENCE / "spc" / "anhoej_critical_values.csv"


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (36, 8, 13), (60, 9, 23)]
)
def test_the_published_critical_values(useful: int, longest: int, crossings: int) -> None:
    assert (longest_run_max(useful), crossings_min(useful)) == (longest, crossings)


@pytest.mark.skipif(not TABLE.exists(), reason="the reference answers are not beside this checkout")
def test_the_whole_table_of_the_reference() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            useful = int(row["n_useful"])
            assert longest_run_max(useful) == int(row["longest_run_max"])
            assert crossings_min(useful) == int(row["n_crossings_min"])


def test_one_long_run_is_a_signal() -> None:
    found = run_chart([1, -1, 1, -1, *[1] * 9, -1, 1, -1, 1, -1], 0)
    assert found.longest_run == 9
    assert found.signal


def test_points_on_the_line_and_gaps_neither_break_nor_lengthen_a_run() -> None:
    with_them = run_chart([1, 0, 1, None, 1, -1, 0, -1], 0)
    assert with_them == run_chart([1, 1, 1, -1, -1], 0)
    assert (with_them.useful, with_them.longest_run, with_them.crossings) == (5, 3, 1)


@pytest.mark.parametrize(("values", "centre"), [([], 1.0), ([None], 1.0), ([1.0, 1.0], 1.0), ([1.0], None)])
def test_without_a_useful_point_there_is_no_figure_and_no_signal(
    values: list[float | None], centre: float | None
) -> None:
    assert run_chart(values, centre) == RunChart(0, None, None, None, None, signal=False)


def test_one_point_is_never_a_signal() -> None:
    assert run_chart([2.0], 1.0) == RunChart(1, 1, 3, 0, 0, signal=False)


@given(st.lists(st.integers(-5, 5), max_size=60))
def test_runs_are_the_same_from_either_end_and_from_either_side(values: list[int]) -> None:
    line = [float(each) for each in values]
    assert run_chart(line, 0.0) == run_chart(line[::-1], 0.0) == run_chart([-each for each in line], 0.0)


@pytest.mark.parametrize("work_out", [longest_run_max, crossings_min])
def test_no_points_have_no_critical_value(work_out: object) -> None:
    with pytest.raises(ValueError, match="useful point"):
        work_out(0)  # type: ignore[operator]
