"""The charts, trace by trace."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import timedelta

import plotly.graph_objects as go
import pytest

from dashboard.charts.before_after import before_after
from dashboard.charts.spark import Spark, spark, svg
from dashboard.theme import AMBER, BLUE, MARKS, SLATE
from dashboard.views.story import Line, UsualRange
from data.model import ContextEvent, Period, Series
from metrics.model import VerdictWord
from tests.dashboard.test_story import told
from tests.support.builders import FALLS, PERSON, START, change_tried, finding, windows


def drawn(**more) -> go.Figure:  # type: ignore[no-untyped-def]
    return before_after(told(**more))


def trace(figure: go.Figure, name: str) -> go.Scatter:
    (found,) = [each for each in figure.data if each.name == name]
    return found


def texts(figure: go.Figure) -> list[str]:
    return [each.text for each in figure.layout.annotations]


def test_the_traces_are_the_path_the_parts_and_the_two_averages() -> None:
    names = [each.name for each in drawn().data if each.name != "usual range"]
    assert names == ["path", "before", "after", "settling in", "around", "average before", "average after"]


def test_the_usual_range_of_each_side_is_dashed_and_dotted_from_few_points() -> None:
    full = before_after(
        replace(told(), usual=(UsualRange(Period(START, START + timedelta(days=90)), 1.0, 6.0, False),))
    )
    few = before_after(replace(told(), usual=(UsualRange(Period(START, START + timedelta(days=90)), 1.0, 6.0, True),)))
    for figure, dash in ((full, "dash"), (few, "dot")):
        ranges = [each for each in figure.data if each.name == "usual range"]
        assert [list(each.y) for each in ranges] == [[1.0, 1.0], [6.0, 6.0]]
        assert {each.line.dash for each in ranges} == {dash}


def test_the_averages_lie_over_the_days_they_were_worked_out_from() -> None:
    figure = drawn()
    before, after = trace(figure, "average before"), trace(figure, "average after")
    assert list(before.y) == pytest.approx([5, 5])
    assert list(after.y) == pytest.approx([2, 2])
    assert before.x[1] == START
    assert after.x[0] == START + timedelta(days=14)


def test_a_figure_known_from_elsewhere_is_a_thin_line_with_its_name() -> None:
    figure = before_after(replace(told(), line=Line(6.0, "living nearby 6")))
    assert "living nearby 6" in texts(figure)
    assert [(each.y0, each.y1) for each in figure.layout.shapes if each.xref == "paper"] == [(6.0, 6.0)]


def test_direct_labels_take_the_place_of_a_legend() -> None:
    figure = drawn()
    assert figure.layout.showlegend is False
    assert "<b>before 5</b>" in texts(figure)
    assert "<b>after 2</b>" in texts(figure)
    assert "<b>began 2 Mar 2026</b>" in texts(figure)
    assert "settling in" in texts(figure)


def test_the_start_is_a_line_and_settling_in_a_band() -> None:
    kinds = [(each.type, each.x0) for each in drawn().layout.shapes]
    assert ("line", START) in kinds
    assert ("rect", START) in kinds


def test_days_left_out_look_different_from_settling_in() -> None:
    figure = before_after(told(finding(comparison=windows(trigger=True))))
    assert "left out" in texts(figure)
    bands = [each for each in figure.layout.shapes if each.type == "rect"]
    assert len({(band.fillcolor, band.line.dash) for band in bands}) == 2


@pytest.mark.parametrize(("word", "colour"), [("better", BLUE), ("worse", AMBER), ("cannot tell yet", SLATE)])
def test_the_days_after_carry_the_verdicts_colour(word: VerdictWord, colour: str) -> None:
    assert trace(drawn(word=word), "after").marker.color == colour


def test_days_not_compared_are_hollow() -> None:
    figure = drawn()
    assert trace(figure, "around").marker.color == "#FFFFFF"
    assert trace(figure, "before").marker.color == SLATE


def test_few_events_of_one_person_get_stems_and_no_joining_line() -> None:
    path = trace(drawn(outcome=FALLS, word="cannot tell yet", before=(2, 28), after=(1, 28)), "path")
    assert list(path.y[:3]) == [0, pytest.approx(5.0), None]


def test_every_text_is_large_enough_and_black_enough() -> None:
    figure = drawn(happenings=(ContextEvent("outbreak", START, None, None, "Sickness"),))
    sizes = [each.font.size for each in figure.layout.annotations]
    assert min(sizes) >= 14
    layout = figure.layout.template.layout
    assert layout.font.size >= 14
    assert layout.xaxis.tickfont.size >= 14
    assert layout.xaxis.tickfont.color == "#0B0C0C"


def test_no_person_and_no_markup_from_a_file_reaches_the_figure() -> None:
    hostile = "<a href='http://a.example'>x</a>"
    plan = change_tried(hostile)
    spec = before_after(
        told(finding(intervention=plan), happenings=(ContextEvent("other", START, None, PERSON, hostile),))
    ).to_json()
    assert spec is not None
    assert PERSON not in spec
    assert "a.example" not in spec


def test_an_empty_story_is_an_empty_figure() -> None:
    from dashboard.views.story import asked, story
    from tests.dashboard.test_story import RECORD

    found = finding()
    question = asked(found, RECORD)
    assert question is not None
    assert not before_after(story(found, question, Series((), ()), Series((), ()), ())).data


def test_close_happenings_stand_in_two_rows() -> None:
    events = tuple(ContextEvent("other", START + timedelta(days=gap), None, None, "x") for gap in (0, 2))
    figure = drawn(happenings=events)
    heights = [each.y for each in figure.layout.annotations if each.text in ("<b>1</b>", "<b>2</b>")]
    assert len(set(heights)) == 2


def test_a_spark_is_a_picture_with_words() -> None:
    made = spark(Spark((1.0, 2.0, 3.0), (0.5,), 'Falls "here" <b>'))
    assert 'alt="Falls &quot;here&quot; &lt;b&gt;"' in made
    encoded = re.search(r"base64,([^\"]+)", made)
    assert encoded is not None
    drawing = base64.b64decode(encoded[1]).decode()
    assert drawing.startswith("<svg")
    assert drawing.count("<polyline") == 1
    assert "stroke-dasharray" in drawing


def test_a_gap_in_the_record_is_a_gap_in_the_line() -> None:
    assert svg(Spark((1.0, 2.0, None, 3.0, 4.0))).count("<polyline") == 2


def test_one_value_makes_no_line() -> None:
    assert spark(Spark((1.0,))) == ""
    assert spark(Spark((None, None))) == ""


def test_all_noughts_lie_on_the_floor() -> None:
    assert "nan" not in svg(Spark((0.0, 0.0, 0.0)))


def test_each_verdict_has_its_own_shape_and_colour() -> None:
    assert len({mark.shape for mark in MARKS.values()}) == 4
    assert len({mark.colour for mark in MARKS.values()}) == 4
