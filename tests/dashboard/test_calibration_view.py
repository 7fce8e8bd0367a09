"""How often the answers are right: as a page says it and as bars, none of it by colour alone."""

from __future__ import annotations

import json

import pytest

from dashboard import access
from dashboard.access import answers
from dashboard.blocks import method as blocks
from dashboard.charts.calibration import calibration
from dashboard.views.calibration import NAMES, CalibrationPage, calibration_page
from metrics.calibrating import report
from metrics.calibrating.worlds import SCENARIOS
from metrics.model import VERDICT_WORDS


def line(
    code: str, truth: str, better: float, steady: float = 0.0, worse: float = 0.0, *, asked: str = "–",
    met: bool | None = None, coverage: float | None = 0.95, name: str = "A made-up home",
) -> report.Line:  # fmt: skip
    shares = {"better": better, "held steady": steady, "worse": worse, "cannot tell yet": 1 - better - steady - worse}
    return report.Line(code, name, truth, shares, 0.005, coverage, asked, met)


LINES = (
    line("independent", "nothing changed", 0.012, asked="better at most 3", met=True),
    line("season_large", "nothing changed", 0.0, worse=0.25, asked="better at most 3", met=True, coverage=None),
    line("falls_steady", "steady", 0.1, 0.6, 0.05, asked="held steady at least 65", met=False),
    line("sedation", "better at a cost", 0.0, asked="never better", met=True),
    line("brand_new", "better", 0.9, name="A kind <b>not</b> named yet"),
)


def page(*lines: report.Line, version: str = "1.2") -> CalibrationPage:
    return calibration_page(report.Kept("1.2", 7, 1000, lines or LINES), version)


def test_worlds_in_which_nothing_changed_come_first() -> None:
    nothing, something = page().groups
    assert nothing.title == "When nothing truly changed"
    assert "“Better” was said wrongly in at most 1.2 of 100." in nothing.said
    assert "met in 1 of 2" in something.said
    assert [bar.name for bar in something.bars][-1] == "A kind <b>not</b> named yet"


def test_seed_version_and_number_of_worlds_are_said() -> None:
    assert page().caption.startswith("1,000 made-up homes of each kind, seed 7, version 1.2.")
    assert "measured anew" not in page().caption
    assert "This copy is version 2.0" in page(version="2.0").caption


def test_the_aim_lies_behind_the_answers_drawn_before_it() -> None:
    (bar,) = page(LINES[2]).groups[0].bars
    assert bar.mark == pytest.approx(10 + 65)
    (never,) = page(LINES[3]).groups[0].bars
    assert (never.mark, never.asked) == (0, "never better")
    (none,) = page(LINES[4]).groups[0].bars
    assert (none.mark, none.asked) == (None, "")


def test_the_text_alternative_holds_every_bar_and_what_was_not_met() -> None:
    nothing, something = page().groups
    assert "worse 25, cannot tell yet 75" in nothing.alt
    assert "(we ask: held steady in at least 65 of 100; not met)" in something.alt


def test_the_table_gives_errors_and_coverage() -> None:
    first, second, third, *_ = page().rows
    assert first[1] == "1.2 ± 0.3"
    assert first[-2] == "95.0 ± 0.7"
    assert second[-2] == "–"
    assert third[-1].endswith("NOT met")
    shown = blocks.calibration_table(page())
    assert "&lt;b&gt;not" in shown
    assert "Monte Carlo" in shown


def test_each_answer_has_its_own_shape_and_pattern() -> None:
    figure = json.loads(calibration(page().groups[1]).to_json())
    assert [trace["name"] for trace in figure["data"]] == list(VERDICT_WORDS)
    looks = {(trace["marker"]["color"], trace["marker"]["pattern"]["shape"]) for trace in figure["data"]}
    assert len(looks) == len(VERDICT_WORDS)
    assert figure["data"][1]["text"][0] == "◆ 60"
    assert figure["data"][2]["text"][0] == ""  # 5 in 100 has no room for its figure; the hover and the table have it
    said = " ".join(each["text"] for each in figure["layout"]["annotations"])
    assert "▲ not met: 60 of 100" in said
    assert "<b>not</b>" not in said
    assert len(figure["layout"]["shapes"]) == 4


def test_every_kind_of_world_has_plain_words() -> None:
    assert {scenario.code for scenario in SCENARIOS} <= set(NAMES)
    assert max(len(name) for name in NAMES.values()) <= 42
    assert len(set(NAMES.values())) == len(NAMES)


def test_a_result_without_lines_shows_no_bars() -> None:
    assert calibration_page(report.Kept("1", 1, 0, ()), "1").groups == ()


@pytest.mark.parametrize("fault", [FileNotFoundError("none"), ValueError("not JSON"), KeyError("version")])
def test_without_a_result_that_can_be_read_there_is_none(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> report.Kept:
        raise fault

    monkeypatch.setattr(answers, "kept", broken)
    assert access.calibration() is None
