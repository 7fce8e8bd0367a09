"""The five pictures on the screen, trace by trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from dashboard.charts.clock_pattern import clock_pattern
from dashboard.charts.dumbbell import dumbbell
from dashboard.charts.forest import Across, forest
from dashboard.charts.senses_profile import senses_profile
from dashboard.charts.staying_curve import in_steps, staying_curve
from dashboard.theme import AMBER, BLUE, HATCH, PAPER, SLATE, TEAL
from metrics.pictures.forest import Forest
from tests.dashboard.pictures.shown import HOSTILE, clock, dumbbells, forests, senses, staying
from tests.support.builders import FALLS, STAYING

ALL: dict[str, Callable[[], go.Figure]] = {
    "clock": lambda: clock_pattern(clock()),
    "few on the clock": lambda: clock_pattern(clock({8: 2})),
    "staying": lambda: staying_curve(staying()),
    "staying, one curve": lambda: staying_curve(staying(sides=1)),
    "senses": lambda: senses_profile(senses()),
    "dumbbell": lambda: dumbbell(dumbbells()),
    "forest": lambda: forest(forests()),
}


def named(figure: go.Figure, name: str) -> list[go.Scatter]:
    return [each for each in figure.data if each.name == name]


def texts(figure: go.Figure) -> list[str]:
    return [each.text for each in figure.layout.annotations]


@pytest.mark.parametrize("name", ALL)
def test_words_are_large_enough_and_nothing_moves(name: str) -> None:
    figure = ALL[name]()
    assert min(each.font.size for each in figure.layout.annotations) >= 14
    assert figure.layout.showlegend is False
    assert figure.layout.template.layout.font.size >= 14
    assert not any(each.type.startswith("scattergl") for each in figure.data)


# Hours and weekdays --------------------------------------------------------------------------------


def test_hours_have_24_bars_and_weekdays_seven() -> None:
    hours, week = named(clock_pattern(clock()), "counted")
    assert len(hours.y) == 24
    assert hours.y[8] == 30
    assert list(week.y) == [36, 0, 3, 0, 0, 0, 0]


def test_a_bar_outside_chance_is_dark_and_carries_a_mark() -> None:
    figure = clock_pattern(clock())
    hours, _ = named(figure, "counted")
    assert hours.marker.color[8] == BLUE
    assert hours.marker.color[9] == HATCH
    marks = named(figure, "mark")[0]
    assert dict(zip(marks.x, marks.text, strict=True))[8.5] == "▲"


def test_the_band_lies_round_the_even_spread_and_inside_the_axis() -> None:
    figure = clock_pattern(clock())
    (low, _), (high, _), (even, _) = (named(figure, name) for name in ("chance from", "chance to", "even spread"))
    assert all(a <= b <= c for a, b, c in zip(low.y, even.y, high.y, strict=True))
    assert figure.layout.yaxis.range[1] >= max(high.y)


def test_too_few_have_bars_and_no_band() -> None:
    figure = clock_pattern(clock({8: 2}))
    assert {each.name for each in figure.data} == {"counted"}
    assert set(named(figure, "counted")[0].marker.color) == {HATCH}


def test_night_meals_and_handovers_are_named_under_the_hours() -> None:
    said = texts(clock_pattern(clock()))
    assert [said.count(word) for word in ("night", "breakfast", "lunch", "tea", "handover")] == [2, 1, 1, 1, 3]


# Staying -------------------------------------------------------------------------------------------


def test_three_panels_hold_a_line_and_a_band_for_each_side() -> None:
    figure = staying_curve(staying())
    assert len(named(figure, "before")) == len(named(figure, "after")) == len(named(figure, "band after")) == 3
    assert [each.yaxis for each in named(figure, "before")] == ["y", "y2", "y3"]
    assert {each.line.dash for each in named(figure, "before")} == {"dash"}
    assert {each.line.dash for each in named(figure, "after")} == {"solid"}


def test_lines_go_in_steps_and_end_where_the_curve_ends() -> None:
    (curve, _) = staying().curves
    days, shares = in_steps(curve, lambda step: step.still_here.value)
    assert days[0] == 0
    assert shares[0] == 100
    assert days[-1] == curve.last_day
    assert days == sorted(days)


def test_how_many_are_followed_stands_under_the_axis() -> None:
    figure = staying_curve(staying())
    assert "before 30" in texts(figure)
    assert "People still followed:" in texts(figure)
    assert any(text.startswith("<b>before") for text in texts(figure))


def test_the_axes_hold_the_bands() -> None:
    figure = staying_curve(staying())
    for band, axis in zip(named(figure, "band after"), ("yaxis", "yaxis2", "yaxis3"), strict=True):
        assert figure.layout[axis].range[1] >= max(band.y)


# Senses --------------------------------------------------------------------------------------------


def test_each_voice_is_a_panel_and_no_trace_holds_two_voices() -> None:
    figure = senses_profile(senses())
    voices = {each.name.split()[0] for each in figure.data}
    assert voices == {"self", "family_about_self"}
    assert all(len(each.x) <= 2 for each in figure.data)
    assert "<b>People themselves</b>" in texts(figure)
    assert "<b>Families</b>" in texts(figure)
    assert "<b>Staff</b>" not in texts(figure)


def test_earlier_is_hollow_later_is_filled_and_too_few_is_a_dash() -> None:
    figure = senses_profile(senses())
    (early,), (late,) = (named(figure, f"self security {side}") for side in ("before", "after"))
    assert (early.x[0], early.marker.color) == (3, PAPER)
    assert (late.x[0], late.marker.color) == (4, BLUE)
    (dash,) = named(figure, "self belonging before")
    assert dash.marker.symbol == "line-ew"
    assert dash.x[0] < 1
    assert not named(figure, "self belonging between")
    assert "– → <b>2.0</b>" in texts(figure)


# Dumbbell ------------------------------------------------------------------------------------------


def test_a_row_has_two_dots_and_a_line_in_the_order_given() -> None:
    figure = dumbbell(dumbbells())
    assert [each.x[0] for each in named(figure, "before")] == [71, 20, 4]
    assert [each.x[0] for each in named(figure, "after")] == [29, 20, 12, 92]
    assert len(named(figure, "between")) == 3
    heights = [each.y[0] for each in named(figure, "after")]
    assert heights == sorted(heights)


def test_the_filled_dot_has_the_shape_and_colour_of_the_verdict() -> None:
    filled = [(each.marker.symbol, each.marker.color) for each in named(dumbbell(dumbbells()), "after")]
    assert filled == [("circle", BLUE), ("diamond", TEAL), ("triangle-up", AMBER), ("square", SLATE)]
    assert len(named(dumbbell(dumbbells()), "tick")) == 1
    assert {each.marker.color for each in named(dumbbell(dumbbells()), "before")} == {PAPER}


def test_figures_stand_on_the_outer_sides_of_the_dots() -> None:
    figure = dumbbell(dumbbells())
    first = [named(figure, side)[0].textposition for side in ("before", "after")]
    assert first == ["middle right", "middle left"]
    same = [named(figure, side)[1].textposition for side in ("before", "after")]
    assert same == ["middle left", "middle right"]


# Forest --------------------------------------------------------------------------------------------


def test_a_row_has_its_range_and_its_estimate_and_no_row_sums_up() -> None:
    figure = forest(forests())
    assert len(named(figure, "range")) == 2
    assert len(named(figure, "estimate")) == 2
    assert len([text for text in texts(figure) if text.startswith("<b>")]) == 3
    assert "no range to draw" in texts(figure)
    assert "diamond" not in [each.marker.symbol for each in named(figure, "estimate")]


def test_a_range_beyond_the_edge_gets_an_arrow_on_each_side() -> None:
    symbols = [each.marker.symbol for each in named(forest(forests()), "goes on")]
    assert symbols == ["triangle-left", "triangle-right"]


def test_no_change_is_a_line_and_half_lies_as_far_from_it_as_twice() -> None:
    across = Across.of(forests())
    assert across.at(1.0) == 0
    assert across.at(0.5) == -across.at(2.0)
    assert across.at(0.0) == -float("inf")
    assert across.kept(0.0) == (-across.reach, True)
    assert [each.name for each in forest(forests()).layout.shapes] == ["no change"]


def test_a_margin_all_share_is_one_line_and_others_are_drawn_in_their_row() -> None:
    shared = replace(forests(), rows=tuple(replace(row, margin=1.25) for row in forests().rows))
    figure = forest(shared)
    assert [each.name for each in figure.layout.shapes] == ["no change", "margin"]
    assert "agreed limit: 25 in 100 more" in texts(figure)
    first, *rest = forests().rows
    mixed = replace(forests(), rows=(replace(first, margin=1.5), *rest))
    assert len(named(forest(mixed), "margin")) == 1


@pytest.mark.parametrize(("scale", "words"), [("points", ["−40", "", "no change", "", "+40"]), ("score", None)])
def test_differences_have_their_own_scale(scale: str, words: list[str] | None) -> None:
    rows = tuple(replace(row, estimate=10.0, low=-40.0, high=20.0) for row in forests().rows)
    made = Forest("x", scale, "name", rows)  # type: ignore[arg-type]
    ticks = Across.of(made).ticks()[1]
    assert ticks == words or words is None
    assert ticks[2] == "no change"


# What stands in a file -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "figure",
    [
        lambda: clock_pattern(clock(outcome=replace(FALLS, many_things=HOSTILE, name=HOSTILE))),
        lambda: staying_curve(staying(outcome=replace(STAYING, many_things=HOSTILE))),
        lambda: dumbbell(dumbbells(HOSTILE)),
        lambda: forest(forests(HOSTILE, HOSTILE)),
    ],
)
def test_no_markup_from_a_file_reaches_a_figure(figure: Callable[[], go.Figure]) -> None:
    made = figure()
    said = " ".join(texts(made)) + " ".join(str(each.customdata) for each in made.data)
    assert "<a href" not in said
    assert "&lt;a" in said
    assert "%{x}" not in said


def test_the_unit_of_a_difference_stands_at_the_end_of_its_scale() -> None:
    made = Forest("x", "points", "name", forests().rows)
    assert {"← fewer after", "more after, in 100 →"} <= set(texts(forest(made)))
    assert {"← fewer after", "more after →"} <= set(texts(forest(forests())))
