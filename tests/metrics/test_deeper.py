"""Second figures: each with what it assumes, or why it has no answer; never a figure that is no number."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import Declaration
from metrics.calibrating.remembered import Remembered, as_facts
from metrics.calibrating.worlds import SCENARIOS
from metrics.catalogue import load_catalogue
from metrics.deeper import PARTS, SecondFigure, deeper
from metrics.estimators.rates import rate_ratio_exact, rate_ratio_midp
from metrics.evaluate import evaluate, situation_of
from metrics.model import Finding, Verdict
from tests.support.made_up import found, home, promised, uneven, with_promises

CATALOGUE = load_catalogue()
WORLDS = {scenario.code: scenario for scenario in SCENARIOS}


def told(
    made: Remembered, finding: Finding | None = None, together: tuple[Finding, ...] = ()
) -> dict[str, SecondFigure]:
    seen = found(made) if finding is None else finding
    return {figure.name: figure for figure in deeper(as_facts(made), CATALOGUE, seen, together)}


def world(code: str, seed: int = 3) -> tuple[Remembered, Finding]:
    made = WORLDS[code].make(np.random.default_rng(seed))
    (finding,) = evaluate(as_facts(made), CATALOGUE, outcomes=[WORLDS[code].outcome])
    return made, finding


class TestRates:
    def test_the_default_is_said_first_and_the_same_as_the_verdicts(self) -> None:
        made = home(uneven(16, 78), uneven(8, 26))
        effect = found(made).change.effect  # type: ignore[union-attr]
        assert effect is not None
        first, *_ = deeper(as_facts(made), CATALOGUE, found(made))
        assert (first.value, first.low, first.high, first.no_change) == (effect.estimate, effect.low, effect.high, 1.0)
        assert effect.method.lower() in first.note.lower()

    def test_exact_mid_p_and_quasi_limits_stand_beside_it(self) -> None:
        made = home(uneven(16, 78), uneven(8, 26))
        change = found(made).change
        assert change is not None
        four = (
            change.before.tally.numerator, change.before.tally.denominator, change.after.tally.numerator,
            change.after.tally.denominator,
        )  # fmt: skip
        beside = told(made)
        exact, midp = rate_ratio_exact(*four).interval, rate_ratio_midp(*four).interval
        assert (beside["Exact conditional limits"].low, beside["Exact conditional limits"].high) == (
            exact.low,
            exact.high,
        )
        assert (beside["Mid-p limits"].low, beside["Mid-p limits"].high) == (midp.low, midp.high)
        assert beside["Plain quasi-Poisson limits"].unit == "times"

    def test_the_whole_record_is_fitted_where_it_is_long_enough(self) -> None:
        made = home(uneven(16, 110), uneven(8, 60))
        usual_days = Declaration(
            "d", "tried", "D2", "change", 0.8, "main", made.intervention.start_on - timedelta(days=7), ()
        )
        beside = told(replace(made, promises=(usual_days,)))
        assert beside["Interrupted series: step at the start"].answered
        assert beside["Interrupted series: the published tutorial's step"].answered

    def test_a_record_too_short_for_a_season_says_so(self) -> None:
        refused = told(home(uneven(16, 30), uneven(8, 26)))["Interrupted series: the published tutorial's step"]
        assert refused.value is None
        assert "two full years" in refused.note

    def test_nothing_on_either_side_is_said_and_not_worked_out(self) -> None:
        beside = told(home([0] * 30, [0] * 26))
        assert beside["Exact conditional limits"].note
        assert not beside["Exact conditional limits"].answered
        assert not beside["Plain quasi-Poisson limits"].answered
        assert not beside["Smallest change for the better these days could have shown"].answered

    def test_nothing_before_leaves_only_a_lower_end(self) -> None:
        exact = told(home([0] * 30, uneven(8, 26)))["Exact conditional limits"]
        assert exact.value is None or exact.high is None


class TestOtherDays:
    def test_each_window_has_a_word_or_a_reason(self) -> None:
        beside = told(home(uneven(16, 78), uneven(8, 26)))
        assert beside["Over 4 weeks on each side"].word
        assert beside["Over 12 weeks on each side"].word == "better"
        assert beside["Over 26 weeks on each side"].note == "These are the days compared."

    def test_days_that_are_not_recorded_are_not_made_up(self) -> None:
        made = home(uneven(16, 10), uneven(8, 10))
        assert told(made)["Over 26 weeks on each side"].note == "Not all of those days are recorded."

    def test_earlier_dates_are_counted_where_they_fit(self) -> None:
        assert "earlier dates fit" in told(home(uneven(16, 30), uneven(8, 26)))["The same sum at earlier dates"].note
        assert told(home(uneven(16, 110), uneven(8, 26)))["The same sum at earlier dates"].word.startswith(
            "as good a change"
        )


class TestWhatCouldBeSeen:
    def test_it_does_not_look_at_the_result(self) -> None:
        name = "Smallest change for the better these days could have shown"
        few, many = home(uneven(16, 78), [8] * 26), home(uneven(16, 78), [12] * 26)
        calm = [replace(found(each), change=replace(found(each).change, dispersion=1.0)) for each in (few, many)]  # type: ignore[type-var]
        first, second = told(few, calm[0])[name], told(many, calm[1])[name]
        assert first.value == second.value
        assert first.value is not None
        assert 0 < first.value < 1

    def test_chance_is_spoken_of_only_among_several_declared(self) -> None:
        made = home(uneven(16, 78), uneven(8, 26), others={"restrictive": ([2] * 78, [2] * 26)})
        alone = found(made)
        assert "Adjusted p among the outcomes declared" not in told(made, alone, (alone,))
        start = made.intervention.start_on
        several = with_promises(made, replace(promised("F5", start, "steady", 1.25), role="balance"))
        findings = evaluate(as_facts(several), CATALOGUE)
        chance = told(several, findings[0], findings)["Adjusted p among the outcomes declared"]
        assert chance.value is not None
        assert 0 <= chance.value <= 1
        assert "2 outcomes were declared" in chance.note


class TestOnePerson:
    def test_a_series_of_weeks_with_its_formula_named(self) -> None:
        made, finding = world("mornings_better")
        beside = told(made, finding)
        nap = next(each for name, each in beside.items() if name.startswith("NAP"))
        assert (nap.unit, nap.no_change) == ("in 100", 50)
        assert "too few for a statement" in nap.note
        assert any("(S_AB − S_A) / (m n)" in name for name in beside)
        assert "Lag-1 autocorrelation of the weeks" in beside

    def test_clustering_left_out_makes_the_range_narrower_and_says_so(self) -> None:
        made, finding = world("mornings_better")
        beside = told(made, finding)
        usual, bare = (
            beside["The figure the verdict rests on"],
            beside["Newcombe's limits, days or rows taken as independent"],
        )
        assert usual.low is not None and usual.high is not None and bare.low is not None and bare.high is not None
        assert bare.high - bare.low < usual.high - usual.low
        assert "too narrow" in bare.assumes

    def test_none_after_is_said_in_words(self) -> None:
        made, finding = world("mornings_better")
        assert made.mornings is not None
        start = (made.intervention.start_on - made.recorded.first).days
        none = made.mornings.copy()
        none[start:] = 0
        calm = replace(made, mornings=none)
        (finding,) = evaluate(as_facts(calm), CATALOGUE, outcomes=["D1"])
        ratio = told(calm, finding)["Log response ratio, as a change of the weekly average"]
        assert (ratio.word, ratio.value) == ("none recorded after", None)

    def test_a_home_has_no_series_of_one_person(self) -> None:
        assert not any(name.startswith("NAP") for name in told(home(uneven(16, 78), uneven(8, 26))))


def test_a_finding_that_compared_nothing_has_no_second_figures() -> None:
    made = home(uneven(16, 30), uneven(8, 26))
    nothing = replace(found(made), change=None, verdict=Verdict("cannot tell yet", "not_built_yet"))
    assert deeper(as_facts(made), CATALOGUE, nothing) == ()
    with pytest.raises(ValueError, match="Nothing was compared"):
        situation_of(as_facts(made), CATALOGUE, nothing)


def test_a_start_on_the_last_recorded_day_still_answers_in_words() -> None:
    made = home(uneven(16, 30), uneven(8, 26))
    late = replace(made.intervention, start_on=made.recorded.last)
    ended = replace(made, intervention=late, promises=())
    (finding,) = evaluate(as_facts(ended), CATALOGUE, outcomes=["D2"])
    for figure in deeper(as_facts(ended), CATALOGUE, finding):
        assert figure.answered or figure.note


def test_figures_that_are_no_numbers_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="never infinite"):
        SecondFigure("other sums", "x", math.inf)
    with pytest.raises(ValueError, match="says why"):
        SecondFigure("other sums", "x")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=40),
    st.lists(st.integers(0, 30), min_size=1, max_size=30),
)
def test_whatever_was_counted_every_figure_is_answered_or_explained(before: list[int], after: list[int]) -> None:
    made = home(before, after)
    start = made.intervention.start_on
    whole = replace(
        promised("D2", start), baseline_from=made.recorded.first, follow_to=made.recorded.last,
        follow_from=min(start + timedelta(weeks=4), made.recorded.last),
    )  # fmt: skip
    made = replace(made, promises=(whole,))
    figures = deeper(as_facts(made), CATALOGUE, found(made))
    assert [figure.part for figure in figures] == sorted((figure.part for figure in figures), key=PARTS.index)
    for figure in figures:
        assert figure.answered or figure.note.endswith(".")
        assert figure.low is None or figure.high is None or figure.low <= figure.high
