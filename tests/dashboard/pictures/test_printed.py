"""The same pictures on paper: same object, same figures, and they can leave as SVG and PNG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from dashboard.charts.printed import paper
from dashboard.charts.printed.clock_pattern import clock_pattern
from dashboard.charts.printed.dumbbell import dumbbell
from dashboard.charts.printed.forest import forest
from dashboard.charts.printed.letters import letters
from dashboard.charts.printed.senses_profile import senses_profile
from dashboard.charts.printed.staying_curve import staying_curve
from tests.dashboard.pictures.shown import HOSTILE, clock, dumbbells, forests, senses, staying

ALL: dict[str, Callable[[], Figure]] = {
    "clock": lambda: clock_pattern(clock()),
    "few": lambda: clock_pattern(clock({8: 2})),
    "staying": lambda: staying_curve(staying()),
    "whole": lambda: staying_curve(staying(sides=1)),
    "senses": lambda: senses_profile(senses()),
    "dumbbell": lambda: dumbbell(dumbbells(HOSTILE)),
    "forest": lambda: forest(forests(HOSTILE, "Elm & Oak")),
}


@pytest.mark.parametrize("name", ALL)
def test_it_leaves_as_svg_with_words_and_as_png(name: str) -> None:
    figure = ALL[name]()
    ET.fromstring(paper.svg(figure, title="t", description="d", prefix=name.replace(" ", "")))
    assert paper.png(figure, 60).startswith(b"\x89PNG")


def test_hours_have_24_bars_and_weekdays_seven() -> None:
    hours, week = clock_pattern(clock()).axes
    assert len(hours.patches) >= 24
    assert [bar.get_height() for bar in week.patches[:7]] == [36, 0, 3, 0, 0, 0, 0]  # type: ignore[attr-defined]


def test_the_curve_on_paper_is_the_curve_on_the_screen() -> None:
    here = staying_curve(staying()).axes[0]
    lines = {line.get_label(): line for line in here.lines}
    assert set(lines) == {"before", "after"}
    assert max(lines["before"].get_xdata()) == staying().curves[0].last_day  # type: ignore[arg-type]


def test_dots_are_hollow_before_and_filled_after() -> None:
    lines = dumbbell(dumbbells()).axes[0].lines
    before = [line for line in lines if line.get_label() == "before"]
    assert [float(line.get_xdata()[0]) for line in before] == [71, 20, 4]  # type: ignore[index]
    assert {line.get_markerfacecolor() for line in before} == {"#FFFFFF"}


def test_the_senses_have_a_panel_a_voice_and_say_what_was_not_asked() -> None:
    axes = senses_profile(senses()).axes
    assert [panel.get_title(loc="left").splitlines()[0] for panel in axes] == [
        "People themselves",
        "Families",
        "Staff",
    ]
    assert [text.get_text() for text in axes[2].texts] == ["not asked"] * 6


def test_rows_of_the_forest_are_ranges_without_a_sum() -> None:
    lines = forest(forests()).axes[0].lines
    assert sum(line.get_label() == "range" for line in lines) == 2
    assert sum(line.get_label() == "estimate" for line in lines) == 2


def test_there_is_always_a_font_that_has_the_shapes() -> None:
    assert letters()[-1] == "DejaVu Sans"
