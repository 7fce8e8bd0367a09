"""The control chart on screen: trace by trace, with every break where a break belongs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import anatomy
from dashboard.charts.control_chart import apart, control_chart, end_labels
from dashboard.theme import AMBER, BLUE, PURPLE, SLATE
from metrics.series.spc.model import Mark
from tests.support import control_charts as made


def traces(figure: go.Figure, name: str) -> list[go.Scatter]:
    return [each for each in figure.data if each.name == name]


def texts(figure: go.Figure) -> list[str]:
    return [each.text for each in figure.layout.annotations]


def test_each_phase_has_its_limits_and_average_then_come_the_line_and_the_points() -> None:
    names = [each.name for each in control_chart(made.everyday()).data]
    phase = ["usual range to", "usual range from", "average"]
    assert names == [*phase, *phase, "path", "could be chance"]


def test_limits_are_never_joined_over_the_border_of_a_phase() -> None:
    figure = control_chart(made.everyday())
    for name in ("usual range to", "usual range from", "average"):
        first, second = traces(figure, name)
        assert max(first.x) == min(second.x) == made.MUSIC_ON
        assert len(set(first.y)) == 1
        assert first.y[0] != second.y[0]


def test_the_line_breaks_at_the_border_of_a_phase_and_at_every_gap() -> None:
    (path,) = traces(control_chart(made.everyday()), "path")
    assert list(path.y).count(None) == 1
    assert path.connectgaps is False
    (path,) = traces(control_chart(made.with_gaps()), "path")
    assert list(path.y).count(None) == 2
    assert path.y[5] is None


def test_a_gap_is_a_band_and_neighbouring_ones_are_one_band() -> None:
    figure = control_chart(made.with_gaps())
    bands = [(each.x0, each.x1) for each in figure.layout.shapes if each.name == "no record"]
    assert bands == [(date(2024, 6, 1), date(2024, 7, 1)), (date(2025, 3, 1), date(2025, 5, 1))]
    assert texts(figure).count("no record") == 2


def test_no_point_is_drawn_where_nothing_was_recorded() -> None:
    (points,) = traces(control_chart(made.with_gaps()), "could be chance")
    assert len(points.x) == 21


def test_every_look_has_a_shape_of_its_own() -> None:
    shapes = [(look.symbol, look.colour) for look in anatomy.LOOKS.values()]
    assert len(set(shapes)) == len(shapes)
    symbols = [anatomy.LOOKS[name].symbol for name in anatomy.LOOKS if name != "excluded"]
    assert len(set(symbols)) == len(symbols)
    assert len({look.marker for name, look in anatomy.LOOKS.items() if name != "excluded"}) == len(symbols)


@pytest.mark.parametrize(
    ("chart", "name", "symbol", "colour"),
    [
        ("not_rebased", "clear change for the better", "diamond", BLUE),
        ("missing_target", "clear change to look at, lower", "triangle-down", AMBER),
        ("neutral", "clear change, neither good nor bad by itself", "square", PURPLE),
        ("everyday", "could be chance", "circle", SLATE),
    ],
)
def test_what_a_point_means_is_colour_and_shape_together(chart: str, name: str, symbol: str, colour: str) -> None:
    (found,) = traces(control_chart(made.ALL[chart]()), name)
    assert (found.marker.symbol, found.marker.color) == (symbol, colour)


def test_a_point_left_out_of_the_usual_range_is_hollow() -> None:
    (found,) = traces(control_chart(made.excluded()), "shown, left out of the usual range")
    assert (found.marker.color, found.marker.line.color, len(found.x)) == ("#FFFFFF", SLATE, 1)


def test_limits_on_trial_are_dotted_and_full_ones_dashed() -> None:
    (trial,) = traces(control_chart(made.on_trial()), "usual range to")
    (full,) = traces(control_chart(made.with_gaps()), "usual range to")
    assert (trial.line.dash, full.line.dash) == ("dot", "dash")


def test_too_few_points_get_no_limits() -> None:
    names = {each.name for each in control_chart(made.without_limits()).data}
    assert "usual range to" not in names


def test_limits_are_cut_where_no_figure_can_be() -> None:
    chart = made.below_nothing()
    assert chart.clipped
    (lower,) = traces(control_chart(chart), "usual range from")
    assert set(lower.y) == {0.0}
    (upper,) = traces(control_chart(made.share()), "usual range to")
    assert max(upper.y) <= 100


def test_limits_that_vary_go_in_steps_over_each_points_own_days() -> None:
    chart = made.stepped()
    (upper,) = traces(control_chart(chart), "usual range to")
    assert len(upper.x) == 2 * len(chart.points)
    assert list(upper.x[1:3]) == [date(2024, 2, 1), date(2024, 2, 1)]
    assert upper.y[0] == upper.y[1] != upper.y[2]


def test_the_height_holds_every_limit_and_every_point() -> None:
    for make in made.ALL.values():
        chart = make()
        if chart.latest is None:
            continue
        low, high = control_chart(chart).layout.yaxis.range
        least, most = anatomy.bounds(chart)
        assert low <= least <= most <= high


def test_lines_are_named_where_they_end() -> None:
    labels = [text for _, text in end_labels(made.with_gaps())]
    assert labels == ["usual range<br>5.1 to 14.2", "average<br>9.7"]
    assert "target<br>90" in [text for _, text in end_labels(made.share())]
    assert "usual range<br>1.3 to 9<br>(on trial)" in [text for _, text in end_labels(made.everyday())]
    assert "average 9.8" in texts(control_chart(made.everyday()))
    assert [text for _, text in end_labels(made.constant())] == ["average<br>9"]


def test_labels_are_pushed_apart_and_stay_inside() -> None:
    assert apart([90, 85, 20], 40, 100) == [90, 50, 10]
    assert apart([5, 3, 1], 40, 100) == [80, 40, 0]
    assert apart([], 40, 100) == []


def test_a_single_change_says_its_day_and_several_marks_get_numbers_and_letters() -> None:
    assert "<b>began 1 Jan 2025</b>" in texts(control_chart(made.not_rebased()))
    figure = control_chart(made.everyday())
    assert "<b>1</b>" in texts(figure)
    assert "<b>A</b>" in texts(figure)
    dashes = {each.name: each.line.dash for each in figure.layout.shapes}
    assert dashes == {"1": "solid", "A": "dot"}


def test_marks_close_to_each_other_stand_in_two_rows_and_those_outside_are_left_away() -> None:
    close = tuple(Mark(made.MUSIC_ON + timedelta(days=each), "happening", f"{each}") for each in (0, 3, 6))
    chart = replace(made.everyday(), marks=(*close, Mark(date(1999, 1, 1), "change", "long ago")))
    assert anatomy.rows_of(chart, 0.06) == [0, 1, 0]
    assert [sign for sign, _ in anatomy.marked(chart)] == ["A", "B", "C"]


def test_many_happenings_never_share_a_sign() -> None:
    many = tuple(Mark(date(2024, 1, 1) + timedelta(days=7 * each), "happening", "x") for each in range(60))
    signs = [sign for sign, _ in anatomy.marked(replace(made.everyday(), marks=many))]
    assert len(set(signs)) == 60


def test_rare_events_stand_on_the_day_of_the_event() -> None:
    chart = made.rare()
    (points,) = traces(control_chart(chart), "could be chance")
    assert list(points.x) == [point.period.last for point in chart.points]


def test_the_convention_is_on_the_picture_unless_it_is_compact() -> None:
    chart = made.everyday()
    assert "Making Data Count" in control_chart(chart).layout.title.text.replace("<br>", " ")
    assert control_chart(chart, compact=True).layout.title.text is None


def test_hover_says_days_figure_counts_and_rule() -> None:
    (found,) = traces(control_chart(made.not_rebased()), "clear change for the better")
    said = found.customdata[-1][0]
    assert said.startswith("Dec 2026<br>5 per 1,000 bed days<br>5 falls over 1,000 bed days<br>")
    assert "12 in a row below the average" in said.replace("<br>", " ")


def test_nothing_from_a_file_reaches_the_figure_unescaped() -> None:
    text = json.dumps(json.loads(control_chart(made.hostile()).to_json() or "{}")["data"]) + json.dumps(
        json.loads(control_chart(made.hostile()).to_json() or "{}")["layout"]["title"]
    )
    assert "<script" not in text
    assert "<b>&" not in text
    assert "%{y}" not in text


def test_letters_are_large_enough() -> None:
    figure = control_chart(made.everyday())
    assert min(each.font.size for each in figure.layout.annotations) >= 14
    assert figure.layout.title.font.size >= 13


def test_nothing_recorded_is_said() -> None:
    figure = control_chart(made.nothing())
    assert len(figure.data) == 0
    assert texts(figure) == ["nothing recorded yet"]


def test_moving_ranges_have_no_lower_limit_and_no_gap_where_a_phase_begins() -> None:
    from tests.support.spc import falls

    figure = control_chart(falls(made.STEADY, chart="mr"))
    assert not traces(figure, "usual range from")
    assert not figure.layout.shapes


COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=1, max_size=40)


@given(COUNTS, st.integers(0, 39))
def test_no_joined_line_ever_crosses_a_gap_or_the_border_of_a_phase(counts: list[int | None], border: int) -> None:
    from tests.support.spc import falls, months

    days = [period.first for period in months(date(2024, 1, 1), 40)]
    chart = falls(counts, chart="xmr", rebase=((days[border], "since something began"),))
    place = {point.period.first: number for number, point in enumerate(chart.points)}
    joined = anatomy.runs(chart)
    for run in joined:
        places = [place[point.period.first] for point in run]
        assert places == list(range(places[0], places[0] + len(places)))
        assert len({point.phase for point in run}) == 1
    assert sum(len(run) for run in joined) == sum(point.value is not None for point in chart.points)
    for phase in chart.phases:
        for path in (*anatomy.upper_paths(chart, phase), *anatomy.centre_paths(chart, phase)):
            assert anatomy.reach(chart, phase.first)[0] <= path[0][0]
            assert path[-1][0] <= anatomy.reach(chart, phase.last)[1]


@given(st.lists(st.floats(0, 300), max_size=4), st.integers(10, 60))
def test_labels_keep_their_order_and_their_distance(wishes: list[float], least: int) -> None:
    found = apart(sorted(wishes, reverse=True), least, 300)
    assert all(above - below >= least - 1e-6 for above, below in pairwise(found))
    assert all(-1e-6 <= each <= 300 for each in found)
