"""The whole record around a start, in words and as a picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.blocks import one_change as blocks
from dashboard.charts.interrupted import over_time
from dashboard.views.interrupted import SeriesPage, series_page
from metrics.model import Finding
from metrics.series.interrupted import INTERRUPTED, STEP, Interrupted, NotEstimable, controlled, interrupted
from tests.support.builders import DISTRESS, FALLS, MORNINGS, PERSON, change_tried, finding, windows
from tests.support.series import months_of, weeks_of

FIRST, START = date(2021, 1, 1), date(2024, 1, 1)


def home_finding(outcome=FALLS) -> Finding:  # type: ignore[no-untyped-def]
    return finding(
        outcome, "cannot tell yet", intervention=change_tried(person=None, start=START), effect=(0.9, 0.7, 1.2),
        before=(40, 5000), after=(36, 5000),
    )  # fmt: skip


def planted(ratio: float = 0.7, seed: int = 1, model=INTERRUPTED) -> Interrupted:  # type: ignore[no-untyped-def]
    series = months_of(FIRST, 60, start=START, ratio=ratio, season=0.2, people=60, seed=seed)
    return interrupted(series, START, model=model, per=1000)


def page(found: Interrupted | str | None = None, step: Interrupted | str | None = None) -> SeriesPage:
    usual = planted() if found is None else found
    told = series_page(home_finding(), usual, planted(model=STEP) if step is None else step)
    assert isinstance(told, SeriesPage)
    return told


def test_the_section_says_what_was_to_be_expected_before_anything_else() -> None:
    told, usual = page(), planted()
    assert told.title == f"Falls: {usual.observed:.0f}, where about {usual.expected:.0f} were to be expected"
    assert told.sentence.startswith("If the earlier pattern had simply continued we would have expected about")
    assert told.each == "Each point is one month: falls per 1,000 bed days."
    assert told.charts[0].alt == told.sentence


def test_the_usual_model_stands_beside_the_published_tutorials() -> None:
    usual, step = page().rows
    assert usual.name == "The usual one: level and slope, 2 season pairs"
    assert step.name == "The published tutorial's: step, 2 season pairs"
    assert step.effect == step.level
    assert step.slope == "–"
    assert usual.slope.endswith(" times")


def test_a_model_without_an_answer_says_why() -> None:
    told = page(step="its season needs two full years on record")
    assert len(told.rows) == 1
    assert any("needs two full years" in note for note in told.notes)


def test_a_comparison_gets_its_own_chart_and_row() -> None:
    found = controlled(planted(), planted(1.0, seed=2), "Distress across the home")
    step = controlled(planted(model=STEP), planted(1.0, seed=2, model=STEP), "Distress across the home")
    told = series_page(home_finding(), found, step, DISTRESS)
    assert isinstance(told, SeriesPage)
    assert [chart.heading for chart in told.charts] == ["Falls", "Distress across the home"]
    assert [row.name for row in told.rows][1::2] == ["The same, set beside Distress across the home"] * 2
    assert any("both having moved alike" in note for note in told.notes)
    assert "set beside that" in told.sentence


@pytest.mark.parametrize(
    ("weeks_before", "weeks_after", "says"),
    [(20, 7, "at least 8 weeks on each side, and there are 7 after the start"), (7, 20, "7 before the start")],
)
def test_too_short_a_record_says_so_in_one_line(weeks_before: int, weeks_after: int, says: str) -> None:
    series = weeks_of(FIRST, ([5, 7, 6, 4] * 7)[: weeks_before + weeks_after])
    found = interrupted(series, FIRST + timedelta(days=7 * weeks_before))
    told = series_page(home_finding(), found, "no season")
    assert isinstance(told, str)
    assert says in told


def test_a_reason_is_passed_on() -> None:
    with pytest.raises(NotEstimable) as reason:
        interrupted(weeks_of(FIRST, [0] * 30), FIRST + timedelta(days=70))
    assert series_page(home_finding(), str(reason.value), "") == (
        "Not shown over time: not one was recorded in the weeks before the start."
    )


def test_one_persons_events_are_counted_a_week() -> None:
    series = weeks_of(FIRST, [(count, 7.0) for count in [3, 1, 4, 2, 0, 5] * 6])
    start = FIRST + timedelta(days=7 * 18)
    found = interrupted(series, start, per=1000)
    about = finding(FALLS, "cannot tell yet", intervention=change_tried(start=start), comparison=windows(start))
    told = series_page(about, found, "no season")
    assert isinstance(told, SeriesPage)
    assert told.charts[0].unit == "a week"
    figure = over_time(told.charts[0])
    recorded = next(each for each in figure.data if each.name == "recorded")
    assert list(recorded.y)[:3] == pytest.approx([3, 1, 4])
    assert PERSON not in figure.to_json()


def test_shares_are_told_in_a_hundred_with_the_second_method() -> None:
    series = weeks_of(FIRST, [((60 if at < 30 else 45) + at % 3, 100.0) for at in range(60)])
    found = interrupted(series, FIRST + timedelta(days=210), scale="points", per=100)
    told = series_page(home_finding(MORNINGS), found, "not made for shares")
    assert isinstance(told, SeriesPage)
    assert [row.name for row in told.rows][1] == "The same by Prais-Winsten"
    assert told.rows[0].effect.startswith("−")
    assert " in 100, where about " in told.title
    assert not any("tutorial" in note for note in told.notes)


# The chart ---------------------------------------------------------------------------------------------


def names(figure) -> list[str]:  # type: ignore[no-untyped-def]
    return [each.name for each in figure.data]


def test_the_chart_has_points_pattern_and_what_would_have_been() -> None:
    told = page().charts[0]
    figure = over_time(told)
    assert names(figure) == ["band foot", "band", "recorded", "pattern before", "pattern after", "what would have been"]
    by_name = {each.name: each for each in figure.data}
    assert by_name["what would have been"].line.dash == "dash"
    assert by_name["band"].fill == "tonexty"
    assert len(by_name["recorded"].x) == 60
    assert len(by_name["what would have been"].x) == len(by_name["pattern after"].x) == 24
    assert all(low < high for low, high in zip(by_name["band foot"].y, by_name["band"].y, strict=True))
    assert "<b>began 1 Jan 2024</b>" in [each.text for each in figure.layout.annotations]
    assert figure.layout.showlegend is False


def test_stretches_fitted_with_neither_side_are_hollow_and_settling_in_is_shaded() -> None:
    settling = windows(START, 180, 31).settling
    assert settling is not None
    found = interrupted(months_of(FIRST, 60, start=START, people=60), START, left_out=(settling,), per=1000)
    about = replace(home_finding(), comparison=windows(START, 180, 31))
    told = series_page(about, found, "")
    assert isinstance(told, SeriesPage)
    assert told.left_out == "fitted with neither side"
    figure = over_time(told.charts[0])
    hollow = next(each for each in figure.data if each.name == "fitted with neither side")
    assert len(hollow.x) == 1
    assert any(each.type == "rect" and each.x0 == START for each in figure.layout.shapes)
    assert "settling in" in [each.text for each in figure.layout.annotations]


def test_the_scale_says_when_it_does_not_begin_at_nothing() -> None:
    level = interrupted(weeks_of(FIRST, [100, 108, 96, 103] * 12), FIRST + timedelta(days=7 * 24), per=1000)
    told = page(level)
    assert told.cut == "The scale does not begin at 0."
    assert over_time(told.charts[0]).layout.yaxis.range[0] > 0
    wild = interrupted(weeks_of(FIRST, [1, 9, 4, 12] * 12), FIRST + timedelta(days=7 * 24), per=1000)
    told = page(wild)
    assert told.cut == ""
    assert over_time(told.charts[0]).layout.yaxis.range[0] == 0


def test_a_name_from_a_file_is_shown_and_not_obeyed() -> None:
    bad = "<img src=http://a.example/q.png>%{x}"
    told = series_page(home_finding(replace(FALLS, name=bad, many_things=bad)), planted(), planted(model=STEP))
    assert isinstance(told, SeriesPage)
    markup = "".join([blocks.series_title(told), blocks.series_heading(told.charts[0]), blocks.series_models(told)])
    assert "<img" not in markup
    assert "<img" not in over_time(told.charts[0]).to_json()


def test_the_markup_holds_the_table_the_key_and_the_method() -> None:
    told = page()
    assert "Against what would have been" in blocks.series_models(told)
    assert told.method.startswith("Interrupted time series (interrupted): level, slope and trend")
    assert "what would have been, had the earlier pattern simply continued" in blocks.series_key(told)
    assert "Not shown" in blocks.not_over_time("Not shown over time: x.")
