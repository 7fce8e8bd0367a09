"""Control charts on paper: the same lines and marks, said in words, the same bytes each time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from matplotlib.colors import same_color
from matplotlib.lines import Line2D

from dashboard.charts.printed.control_chart import control_chart, picture_png, picture_svg
from dashboard.charts.printed.small_multiples import picture_svg as side_by_side
from dashboard.charts.printed.small_multiples import small_multiples
from dashboard.theme import BLUE
from tests.support import control_charts as made


def lines(name: str) -> list[Line2D]:
    return list(control_chart(made.ALL[name]()).axes[0].lines)


@pytest.mark.parametrize("name", made.ALL)
def test_every_chart_can_be_printed(name: str) -> None:
    chart = made.ALL[name]()
    root = ET.fromstring(picture_svg(chart))
    assert [child.text for child in root[:2]] == [chart.title, chart.sentence]


def test_a_picture_is_a_png_and_the_same_each_time() -> None:
    chart = made.everyday()
    assert picture_png(chart).startswith(b"\x89PNG")
    assert picture_svg(chart) == picture_svg(chart)


def test_the_rules_in_force_and_what_was_tried_stand_at_the_foot() -> None:
    text = " ".join(picture_svg(made.everyday()).split())
    assert "Music at tea" in text
    assert "Making Data Count" in text
    assert "per 1,000 bed days" in text


def test_clear_changes_are_diamonds_in_blue() -> None:
    found = [each for each in lines("not_rebased") if each.get_marker() == "D"]
    assert len(found) == 1
    assert same_color(found[0].get_color(), BLUE)


def test_limits_end_with_their_phase_and_the_line_at_a_gap() -> None:
    dotted = [each for each in lines("everyday") if each.get_linestyle() == ":" and len(each.get_xdata()) == 2]
    levels = [tuple(each.get_ydata()) for each in dotted if each.get_ydata()[0] == each.get_ydata()[1]]
    assert len(set(levels)) >= 4
    joined = [each for each in lines("with_gaps") if each.get_linestyle() == "-" and len(each.get_xdata()) > 2]
    assert len(joined) == 3


def test_small_charts_share_one_scale_and_say_what_they_show() -> None:
    charts = [replace(made.everyday(), part="washing"), replace(made.not_rebased(), part="dressing"), made.nothing()]
    figure = small_multiples(charts)
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    own = small_multiples(charts, own_scale=True)
    assert own.axes[0].get_ylim() != own.axes[1].get_ylim()
    text = side_by_side(charts)
    assert "Washing: 5" in text
    assert made.everyday().sentence in text
    assert side_by_side([])
