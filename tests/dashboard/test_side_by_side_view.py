"""The same thing tried elsewhere as a reader sees it: names in order, ranges on one scale, no ranking."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import as_json
from dashboard.blocks.side_by_side import elsewhere as shown
from dashboard.charts.interval import EDGE, WIDTH, Axis, Drawn, axis_for, svg
from dashboard.views.side_by_side import Elsewhere, code, elsewhere, labels
from data.model import Service
from metrics.model import Finding
from metrics.side_by_side import SideBySide, side_by_side
from tests.support.builders import DISTRESS, change_tried, finding

SERVICES = [Service(name, "residential", "EN", name.title(), 40) for name in ("ash", "elm", "oak")]


def tried(service: str, effect: tuple[float, float, float] | None, *, title: str = "Tea first") -> Finding:
    plan = replace(change_tried(title, ref=service, person=None), service_id=service)
    return finding(DISTRESS, intervention=plan, effect=effect, before=(60, 6000), after=(40, 6000))


def group(third: tuple[float, float, float] | None = (0.9, 0.6, 1.4), title: str = "Tea first") -> SideBySide:
    findings = [tried("oak", third), tried("elm", (0.5, 0.3, 0.8), title=title), tried("ash", (0.8, 0.5, 1.2))]
    (found,) = side_by_side(findings, SERVICES)
    return found


def told(**about) -> Elsewhere:  # type: ignore[no-untyped-def]
    return elsewhere(group(**about), "elm")


def test_rows_stand_in_order_of_name_with_this_service_named_and_the_whole_last() -> None:
    assert [row.service for row in told().rows] == ["Ash", "Elm (this service)", "Oak", "On the whole"]
    assert told().title == "Music, for the whole service: distress across the home"
    assert "no ranking and no proof" in told().not_a_ranking


def test_each_range_is_said_beside_its_picture() -> None:
    ash, *_, whole = told().rows
    assert ash.said == "20 in 100 fewer (50 in 100 fewer to 20 in 100 more)"
    assert whole.drawn is not None and whole.drawn.whole
    page = shown(told())
    assert page.count("<img") == 4
    assert 'alt="Ash: 20 in 100 fewer (50 in 100 fewer to 20 in 100 more)"' in page


def test_without_a_range_nothing_is_drawn_and_that_is_said() -> None:
    *_, oak = told(third=None).rows
    assert (oak.service, oak.drawn, oak.said) == ("Oak", None, "no range to draw")


def test_a_title_from_a_file_is_only_text() -> None:
    assert "<img src=x" not in shown(told(title="<img src=x>"))


def test_an_address_holds_codes_and_the_choice_plain_words() -> None:
    assert labels([group()]) == {"music-service-D2": "Music, for the whole service: distress across the home"}
    assert code(group()) == "music-service-D2"


def test_the_json_is_strict_and_names_who_counts() -> None:
    document = as_json.side_by_side(group())
    assert document["kind"] == "music"
    assert document["subject"] == "service"
    assert [each["service"] for each in document["findings"]] == ["ash", "elm", "oak"]
    assert all(each["in_summary"] for each in document["findings"])
    assert document["summary"]["low"] < document["summary"]["estimate"] < document["summary"]["high"]
    assert document["why_no_summary"] is None
    open_ = as_json.side_by_side(group(third=None))
    assert open_["summary"] is None
    assert "It takes 3 services" in open_["why_no_summary"]
    assert open_["findings"][-1] == {**open_["findings"][-1], "effect": None, "in_summary": False}


class TestPicture:
    def test_no_change_lies_in_the_middle(self) -> None:
        assert Axis("ratio", 4).place(1.0) == (WIDTH / 2, False)
        assert Axis("points", 40).place(0.0) == (WIDTH / 2, False)

    def test_half_and_twice_lie_as_far_from_it(self) -> None:
        axis = Axis("ratio", 4)
        assert WIDTH / 2 - axis.place(0.5)[0] == pytest.approx(axis.place(2.0)[0] - WIDTH / 2)

    def test_what_lies_beyond_the_edge_gets_an_arrow(self) -> None:
        assert Axis("ratio", 4).place(0.0) == (EDGE, True)
        assert svg(Drawn(0.5, 0.0, 1.2), Axis("ratio", 4)).count("<polygon") == 1
        assert svg(Drawn(0.5, 0.3, None), Axis("ratio", 4)).count("<polygon") == 1
        assert svg(Drawn(0.5, 0.3, 1.2), Axis("ratio", 4)).count("<polygon") == 0

    def test_without_any_limit_there_is_only_the_dot(self) -> None:
        drawing = svg(Drawn(0.5, None, None), Axis("ratio", 4))
        assert drawing.count("<circle") == 1
        assert drawing.count("<line") == 1

    def test_the_scale_is_no_wider_than_what_still_tells_something(self) -> None:
        assert axis_for("ratio", [0.9, 1.1]).reach == 1.5
        assert axis_for("ratio", [0.0, 300.0]).reach == 8
        assert axis_for("points", [-250.0]).reach == 100
        assert axis_for("score", []).reach == 1

    @given(st.floats(0, 1e6), st.floats(1.5, 8))
    def test_every_figure_lies_inside_the_picture(self, figure: float, reach: float) -> None:
        place, _ = Axis("ratio", reach).place(figure)
        assert math.isfinite(place)
        assert EDGE - 1e-6 <= place <= WIDTH - EDGE + 1e-6
