"""Interrupted series: what they find where it was planted, what they leave out, what they refuse."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import Period, Series, Tally
from metrics.series.interrupted import INTERRUPTED, STEP, NotEstimable, Scale, controlled, interrupted
from metrics.series.words import continued, event_limits, ratio, set_beside, signed
from tests.support.builders import FALLS, MORNINGS
from tests.support.series import months_of, weeks_of

FIRST, START = date(2020, 1, 1), date(2023, 1, 1)
LATE = START + timedelta(days=1)


def planted(**more: float) -> Series:
    return months_of(FIRST, 60, start=START, people=200, **more)  # type: ignore[arg-type]


def test_a_planted_drop_is_found_beyond_trend_and_season() -> None:
    found = interrupted(planted(ratio=0.7, trend=0.01, season=0.2), START)
    assert found.effect.value == pytest.approx(0.7, abs=0.06)
    assert found.effect.interval.contains(0.7)
    assert not found.effect.interval.contains(1)
    assert (found.step, found.season_pairs, found.count_before, found.count_after) == ("month", 2, 36, 24)
    assert found.averted is not None
    assert found.averted.averted == pytest.approx(found.expected - found.observed)
    assert found.averted.averted > 0


def test_a_trend_that_was_already_under_way_is_no_change() -> None:
    found = interrupted(planted(trend=-0.03), START)
    assert found.effect.interval.contains(1)


def test_a_change_of_slope_shows_as_slope() -> None:
    found = interrupted(planted(slope=-0.04, rate=0.03), START)
    assert found.slope is not None
    assert found.slope.value == pytest.approx(math.exp(-0.04), abs=0.012)
    assert found.level.interval.contains(1)


def test_with_a_step_alone_effect_and_level_are_one() -> None:
    found = interrupted(planted(ratio=0.8), START, model=STEP)
    assert found.slope is None
    assert found.level.value == pytest.approx(found.effect.value)
    assert found.level.interval.low == pytest.approx(found.effect.interval.low)
    assert found.level.interval.high == pytest.approx(found.effect.interval.high)
    assert "normal limits" in found.method
    assert "2 season pairs" in found.method


def test_the_tutorials_model_is_not_made_narrower_or_wider_by_ours() -> None:
    """Normal limits and quasi-Poisson alone are never wider than t limits and the widest of three spreads."""
    series = planted(ratio=0.8, scatter=0.05)
    level_only = replace(INTERRUPTED, slope=False, pairs=2)
    ours, theirs = interrupted(series, START, model=level_only), interrupted(series, START, model=STEP)
    assert ours.effect.value == pytest.approx(theirs.effect.value)
    assert (ours.effect.interval.low or 0) < (theirs.effect.interval.low or 0)
    assert (ours.effect.interval.high or 9) > (theirs.effect.interval.high or 0)


@pytest.mark.parametrize(("months", "pairs"), [(20, 0), (24, 1), (35, 1), (36, 2), (60, 2)])
def test_the_season_needs_its_years(months: int, pairs: int) -> None:
    start = date(2021, 1, 1)
    found = interrupted(months_of(FIRST, months, start=start, people=200), start)
    assert found.season_pairs == pairs
    assert any("time of year is not allowed for" in note for note in found.notes) is (pairs == 0)


def test_weeks_get_one_pair_at_most() -> None:
    found = interrupted(weeks_of(FIRST, [5, 7, 6, 4] * 45), date(2022, 1, 5))
    assert (found.step, found.season_pairs, found.lag) == ("week", 1, 4)


def test_a_slope_needs_eight_points_a_side() -> None:
    start = FIRST + timedelta(days=7 * 20)
    enough = interrupted(weeks_of(FIRST, [5, 7, 6, 4] * 7), start)
    few = interrupted(weeks_of(FIRST, [5, 7, 6, 4] * 6 + [5, 6, 3]), start)
    assert enough.slope is not None
    assert few.slope is None
    assert any("only the level is looked at" in note for note in few.notes)


def test_settling_in_and_a_stretch_across_the_start_belong_to_neither_side() -> None:
    series = weeks_of(FIRST, [5, 7, 6, 4] * 10)
    start = FIRST + timedelta(days=7 * 20 + 3)
    settling = Period(start, start + timedelta(days=13))
    found = interrupted(series, start, left_out=(settling,))
    parts = [point.part for point in found.points]
    assert parts == ["before"] * 20 + ["left out"] * 3 + ["after"] * 17
    assert all(point.fitted is None for point in found.points if point.part == "left out")
    assert all((point.expected is not None) is (point.part == "after") for point in found.points)


def test_missing_weeks_keep_their_place_and_empty_ones_say_nothing() -> None:
    counts: list[tuple[int, float]] = [(each, 210.0) for each in [5, 7, 6, 4] * 10]
    full = weeks_of(FIRST, counts)
    gap = Series((*full.periods[:5], *full.periods[9:]), (*full.tallies[:5], *full.tallies[9:]))
    empty = weeks_of(FIRST, [*counts[:5], *[(0, 0.0)] * 4, *counts[9:]])
    start = FIRST + timedelta(days=7 * 20)
    one, other = interrupted(gap, start), interrupted(empty, start)
    assert one.effect.value == pytest.approx(other.effect.value)
    assert other.count_before == 16
    assert [point.observed for point in other.points[5:9]] == [None] * 4


def test_the_band_holds_what_would_have_been_and_grows() -> None:
    found = interrupted(planted(ratio=0.8), START, per=1000)
    after = [point for point in found.points if point.part == "after"]
    for point in after:
        assert point.low is not None and point.expected is not None and point.high is not None
        assert 0 <= point.low < point.expected < point.high
    first, last = after[0], after[-1]
    assert (last.high or 0) / (last.low or 1) > (first.high or 0) / (first.low or 1)
    assert sum((point.expected or 0) / 1000 * point.tally.denominator for point in after) == pytest.approx(
        found.expected
    )


def test_weeks_in_good_and_bad_runs_widen_the_range() -> None:
    runs = [4, 5, 8, 9, 10, 8, 6, 4, 3, 4, 6, 9, 11, 9, 7, 5, 4, 3, 5, 8]
    start = FIRST + timedelta(days=7 * 40)
    in_runs = interrupted(weeks_of(FIRST, runs * 3), start)
    shuffled = interrupted(weeks_of(FIRST, [runs[place * 7 % 20] for place in range(60)]), start)
    assert in_runs.runs > 0.5
    assert in_runs.effect.spread in ("runs", "Newey-West")
    assert "in runs (neighbours alike by" in in_runs.method
    assert shuffled.runs < 0.2
    assert in_runs.standard_error > 1.3 * shuffled.standard_error


# Degenerate ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([0] * 40, "not one was recorded"),
        ([5, 7] * 10 + [0] * 20, "after the start"),
        ([0] * 20 + [5, 7] * 10, "before the start"),
        ([5, 7, 6], "weeks after the start"),
        ([], "nothing was recorded"),
    ],
)
def test_a_series_that_cannot_carry_it_says_why(counts: list[int], says: str) -> None:
    series = weeks_of(FIRST, counts) if counts else Series((), ())
    with pytest.raises(NotEstimable, match=says):
        interrupted(series, FIRST + timedelta(days=140))


def test_days_nobody_was_there_for_are_no_series() -> None:
    with pytest.raises(NotEstimable, match="nothing is recorded to count it over"):
        interrupted(weeks_of(FIRST, [(0, 0.0)] * 40), FIRST + timedelta(days=140))


def test_a_single_week_is_said_in_the_singular() -> None:
    with pytest.raises(NotEstimable, match="there is only 1 week after the start; at least 3 a side"):
        interrupted(weeks_of(FIRST, [5, 7, 6, 4]), FIRST + timedelta(days=21))


def test_hardly_any_events_are_refused_or_left_wide_open() -> None:
    start = FIRST + timedelta(days=140)
    with pytest.raises(NotEstimable):
        interrupted(weeks_of(FIRST, [0] * 19 + [1] + [0] * 19 + [1]), start)


def test_a_season_that_was_asked_for_needs_two_years() -> None:
    with pytest.raises(NotEstimable, match="two full years"):
        interrupted(weeks_of(FIRST, [5, 7, 6, 4] * 10), FIRST + timedelta(days=140), model=STEP)


@settings(max_examples=80, deadline=None)
@given(
    counts=st.lists(st.integers(0, 12), min_size=6, max_size=60),
    start=st.integers(1, 50),
    exposures=st.lists(st.sampled_from([0.0, 70.0, 210.0]), min_size=60, max_size=60),
    scale=st.sampled_from(["ratio", "points"]),
)
def test_every_series_ends_in_finite_figures_or_a_reason(
    counts: list[int], start: int, exposures: list[float], scale: Scale
) -> None:
    tallies = [(count if exposure else 0, exposure) for count, exposure in zip(counts, exposures, strict=False)]
    try:
        found = interrupted(
            weeks_of(FIRST, tallies),
            FIRST + timedelta(days=7 * start),
            scale=scale,
            per=100.0,
        )
    except NotEstimable as reason:
        assert str(reason)
        return
    figures = [
        found.effect.value, found.level.value, found.expected, found.standard_error, *(
            value
            for point in found.points
            for value in (point.fitted, point.expected, point.low, point.high)
            if value is not None
        ),
    ]  # fmt: skip
    assert all(math.isfinite(figure) for figure in figures)
    assert continued(FALLS if scale == "ratio" else MORNINGS, found)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.1, 50))
def test_another_unit_of_exposure_changes_no_ratio(seed: int, factor: float) -> None:
    series = months_of(FIRST, 40, start=START, people=100, seed=seed)
    other = Series(
        series.periods, tuple(Tally(tally.numerator, tally.denominator * factor) for tally in series.tallies)
    )
    one, two = (interrupted(each, START, model=replace(INTERRUPTED, pairs=1)) for each in (series, other))
    assert two.effect.value == pytest.approx(one.effect.value, rel=1e-6)
    assert two.standard_error == pytest.approx(one.standard_error, rel=1e-6)


# Shares on a line ------------------------------------------------------------------------------------------


def shares(before: int, after: int, weeks: int = 30) -> Series:
    wobble = [0, 2, -1, 1, -2, 0, 3, -3]
    counts = [((before if place < weeks else after) + wobble[place % 8], 100.0) for place in range(2 * weeks)]
    return weeks_of(FIRST, counts)


def test_a_share_moves_in_points() -> None:
    found = interrupted(shares(60, 40), FIRST + timedelta(days=210), scale="points", per=100)
    assert found.effect.value == pytest.approx(-20, abs=2)
    assert found.effect.interval.high is not None and found.effect.interval.high < -10
    assert found.averted is None
    assert found.sensitivity is not None
    assert found.sensitivity.value == pytest.approx(found.effect.value, abs=2)
    assert found.observed == pytest.approx(40, abs=1)


def test_a_line_that_leads_beyond_everybody_is_refused() -> None:
    rising = weeks_of(
        FIRST, [(40 + 2 * place + place % 2, 100.0) for place in range(25)] + [(90, 100.0), (91, 100.0)] * 12
    )
    with pytest.raises(NotEstimable, match="outside 0 to 100"):
        interrupted(rising, FIRST + timedelta(days=175), scale="points", per=100)


def test_a_share_that_never_moves_has_no_scatter() -> None:
    with pytest.raises(NotEstimable, match="no scatter"):
        interrupted(weeks_of(FIRST, [(50, 100.0)] * 40), FIRST + timedelta(days=140), scale="points", per=100)


# Beside a comparison ---------------------------------------------------------------------------------------


def test_what_moved_both_series_is_taken_off() -> None:
    ours = interrupted(planted(ratio=0.6, seed=1), START, model=STEP)
    theirs = interrupted(planted(ratio=0.8, seed=2), START, model=STEP)
    found = controlled(ours, theirs, "Other things")
    assert found.beside is not None
    assert found.beside.effect.value == pytest.approx(ours.effect.value / theirs.effect.value)
    assert found.beside.standard_error == pytest.approx(math.hypot(ours.standard_error, theirs.standard_error))
    assert found.effect == ours.effect
    said = set_beside(found)
    assert said.startswith("Other things, which the change could not have reached, came to")
    assert "set beside that" in said
    assert "Other things" in found.method


def test_a_rate_and_a_share_cannot_be_set_against_each_other() -> None:
    start = FIRST + timedelta(days=210)
    share = interrupted(shares(60, 40), start, scale="points", per=100)
    rate = interrupted(weeks_of(FIRST, [5, 7, 6, 4] * 15), start)
    with pytest.raises(ValueError):
        controlled(share, rate)
    both = controlled(share, interrupted(shares(50, 45), start, scale="points", per=100))
    assert both.beside is not None
    assert both.beside.effect.value == pytest.approx(-15, abs=3)
    assert "in 100 fewer" in set_beside(both)


# In words --------------------------------------------------------------------------------------------------


def test_the_sentence_says_what_was_to_be_expected_and_how_sure() -> None:
    found = interrupted(planted(ratio=0.97, rate=0.003), START)
    said = continued(FALLS, found)
    assert said.startswith("If the earlier pattern had simply continued we would have expected about ")
    assert " falls; there were " in said
    assert said.endswith(" more, so we cannot tell yet.")
    assert "caused" not in said
    assert continued(FALLS, found, "steady").endswith(" more.")


def test_a_clear_drop_is_said_as_one() -> None:
    said = continued(FALLS, interrupted(planted(ratio=0.5), START))
    assert "it could be anything from" in said
    assert said.endswith(" fewer.")
    assert "cannot tell" not in said


def test_a_clear_rise_is_said_as_one() -> None:
    assert continued(FALLS, interrupted(planted(ratio=1.8), START)).endswith(" more.")


def test_a_record_too_thin_for_figures_gets_none() -> None:
    start = FIRST + timedelta(days=7 * 12)
    found = interrupted(weeks_of(FIRST, [0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0] + [0, 1] * 10), start)
    assert "On so thin a record" in continued(FALLS, found)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), planted_ratio=st.floats(0.5, 1.6))
def test_the_words_never_say_more_than_the_verdict_can(seed: int, planted_ratio: float) -> None:
    series = months_of(FIRST, 48, start=START, ratio=planted_ratio, people=60, seed=seed)
    found = interrupted(series, START)
    limits = event_limits(found)
    assert limits.contains(0) == found.effect.interval.contains(1)


def test_figures_in_tables() -> None:
    assert [ratio(0.93), ratio(1.2), ratio(12.42)] == ["0.930", "1.200", "12.4"]
    assert [signed(3.25), signed(-12.0), signed(0)] == ["+3.2", "−12", "0"]
