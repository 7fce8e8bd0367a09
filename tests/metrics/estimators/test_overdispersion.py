"""Counts that come in bunches, and the project's default ratio."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.rates import (
    fit_two_periods,
    pearson_dispersion,
    rate_ratio_default,
    rate_ratio_exact,
    rate_ratio_quasi_poisson,
)

weeks = st.lists(st.tuples(st.integers(0, 30), st.floats(1, 300)), min_size=2, max_size=20)
Weeks = list[tuple[int, float]]


def apart(rows: Weeks) -> tuple[list[int], list[float]]:
    return [events for events, _ in rows], [exposure for _, exposure in rows]


def test_dispersion_by_hand() -> None:
    """Fitted 2, 2 and 3, 3: (1 + 1) / 2 + 0 on 2 degrees of freedom."""
    assert pearson_dispersion([3, 1, 3, 3], [7, 7, 7, 7], [0, 0, 1, 1]) == pytest.approx(0.5)
    assert pearson_dispersion([4, 0], [7, 7]) == pytest.approx(4)


def test_a_silent_period_adds_no_scatter() -> None:
    assert pearson_dispersion([4, 0, 0, 0], [7, 7, 7, 7], [0, 0, 1, 1]) == pytest.approx(2)


def test_a_week_nobody_was_there_is_no_week() -> None:
    full = pearson_dispersion([3, 1, 4, 2], [7, 7, 7, 7], [0, 0, 1, 1])
    assert pearson_dispersion([3, 1, 0, 4, 2], [7, 7, 0, 7, 7], [0, 0, 0, 1, 1]) == pytest.approx(full)


@pytest.mark.parametrize(
    ("counts", "exposures", "groups"),
    [
        ([1, 2], [1, 1], [0, 1]),
        ([], [], []),
        ([1, 2, 3], [1, 1], [0, 0, 0]),
        ([1, 2, 3], [1, 1, 0], [0, 0, 0]),
        ([1, 2, -3], [1, 1, 1], [0, 0, 0]),
        ([1, 2, 3], [1, 1, math.nan], [0, 0, 0]),
        ([1, 2, 3], [1, 1, 1], [0, 0]),
    ],
)
def test_scatter_that_cannot_be_seen_is_refused(counts: list[int], exposures: list[float], groups: list[int]) -> None:
    with pytest.raises(ValueError):
        pearson_dispersion(counts, exposures, groups)


def test_quasi_poisson_by_hand() -> None:
    """Dispersion 1.5 on 2 degrees of freedom; 4 and 4 events; t(2) = 4.3027."""
    found = rate_ratio_quasi_poisson([3, 1], [100, 100], [4, 0], [200, 100])
    assert found.estimate == pytest.approx((4 / 300) / (4 / 200))
    assert found.dispersion == pytest.approx(1.5)
    factor = math.exp(stats.t.ppf(0.975, 2) * math.sqrt(1.5 * (1 / 4 + 1 / 4)))
    assert found.interval.low == pytest.approx((2 / 3) / factor)
    assert found.interval.high == pytest.approx((2 / 3) * factor)
    assert found.method == "quasi-Poisson, dispersion 1.5, t limits"
    assert (found.intervals_before, found.intervals_after) == (2, 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (([0, 0], [7, 7]), ([1, 2], [7, 7])),
        (([1, 2], [7, 7]), ([0, 0], [7, 7])),
        (([5], [7]), ([1, 2], [7, 7])),
    ],
)
def test_quasi_poisson_refuses_what_it_cannot_bear(
    before: tuple[list[int], list[float]], after: tuple[list[int], list[float]]
) -> None:
    with pytest.raises(ValueError):
        rate_ratio_quasi_poisson(*before, *after)


@given(before=weeks, after=weeks)
def test_quasi_limits_are_never_shorter_than_plain_poisson_ones(before: Weeks, after: Weeks) -> None:
    (x1, t1), (x2, t2) = apart(before), apart(after)
    assume(sum(x1) and sum(x2))
    found = rate_ratio_quasi_poisson(x1, t1, x2, t2)
    factor = math.exp(stats.norm.ppf(0.975) * math.sqrt(1 / sum(x1) + 1 / sum(x2)))
    assert found.estimate is not None and found.interval.low is not None and found.interval.high is not None
    assert found.interval.low < found.estimate / factor
    assert found.interval.high > found.estimate * factor


@given(before=weeks, after=weeks, factor=st.floats(0.01, 100))
def test_the_default_mirrors_and_does_not_mind_the_unit(before: Weeks, after: Weeks, factor: float) -> None:
    (x1, t1), (x2, t2) = apart(before), apart(after)
    assume(sum(x1) and sum(x2))
    there, back = rate_ratio_default(x1, t1, x2, t2), rate_ratio_default(x2, t2, x1, t1)
    assert there.estimate is not None and there.interval.low is not None and there.interval.high is not None
    assert there.interval.contains(there.estimate)
    assert back.interval.high == pytest.approx(1 / there.interval.low)
    assert back.interval.low == pytest.approx(1 / there.interval.high)
    other = rate_ratio_default(x1, [time * factor for time in t1], x2, [time * factor for time in t2])
    assert other.interval.low == pytest.approx(there.interval.low)
    assert other.interval.high == pytest.approx(there.interval.high)


@given(before=weeks, after=weeks)
def test_splitting_a_tally_and_adding_it_back_changes_nothing(before: Weeks, after: Weeks) -> None:
    (x1, t1), (x2, t2) = apart(before), apart(after)
    whole = rate_ratio_exact(sum(x1), sum(t1), sum(x2), sum(t2))
    assert rate_ratio_default([sum(x1)], [sum(t1)], [sum(x2)], [sum(t2)]).interval == whole.interval
    split = rate_ratio_default([sum(x1[:1]), sum(x1[1:])], [sum(t1[:1]), sum(t1[1:])], [sum(x2)], [sum(t2)])
    assert (split.interval.low, split.interval.high) == pytest.approx((whole.interval.low, whole.interval.high))


class TestDefault:
    def test_four_weeks_a_side_use_the_scatter_between_weeks(self) -> None:
        found = rate_ratio_default([2, 5] * 2, [70] * 4, [1, 3] * 2, [70] * 4)
        assert found.method.startswith("quasi-Poisson, dispersion ")
        assert (found.intervals_before, found.intervals_after) == (4, 4)

    def test_three_weeks_on_one_side_fall_back_to_exact(self) -> None:
        found = rate_ratio_default([2, 3] * 4, [70] * 8, [1, 2, 1], [70] * 3)
        assert found.method == "exact conditional limits"
        assert (found.intervals_before, found.intervals_after) == (8, 3)

    def test_bunched_events_in_few_weeks_widen_the_exact_limits(self) -> None:
        found = rate_ratio_default([0, 12, 0], [70] * 3, [0, 0, 9], [70] * 3)
        assert found.dispersion == pytest.approx((24 + 18) / 4)
        assert found.method == "exact conditional limits, widened for dispersion 10.5"
        assert found.interval == rate_ratio_exact(12, 210, 9, 210, dispersion=10.5).interval

    def test_two_months_a_side_are_too_few_to_see_scatter(self) -> None:
        found = rate_ratio_default([0, 12], [300] * 2, [0, 0, 9], [200] * 3)
        assert found.method == "exact conditional limits"
        assert found.dispersion == 1

    def test_a_period_without_events_is_exact_however_long(self) -> None:
        found = rate_ratio_default([3, 0] * 13, [70] * 26, [0] * 26, [70] * 26)
        assert found.method == "exact conditional limits"
        assert found.estimate == 0
        assert found.interval.low == 0

    def test_nothing_at_all_has_no_ratio(self) -> None:
        found = rate_ratio_default([0] * 26, [70] * 26, [0] * 26, [70] * 26)
        assert found.estimate is None
        assert (found.interval.low, found.interval.high) == (0.0, None)

    def test_weeks_nobody_was_there_do_not_count(self) -> None:
        found = rate_ratio_default([2, 5] * 4, [70] * 8, [1, 3] * 4 + [0], [70] * 8 + [0])
        assert found.intervals_after == 8
        with pytest.raises(ValueError):
            rate_ratio_default([2], [70], [0], [0])
        with pytest.raises(ValueError):
            rate_ratio_default([2], [70], [1, 1], [70, 0])


class TestTwoPeriodFit:
    counts = (3, 1, 4, 0, 6, 2, 9, 1)
    exposures = (10.0, 10, 12, 9, 10, 11, 30, 10)
    after = (False,) * 4 + (True,) * 4

    def test_it_is_the_default_when_the_scatter_is_above_one(self) -> None:
        fitted = fit_two_periods(self.counts, self.exposures, self.after, "quasi-Poisson")
        limits = fitted.change.ratio_limits(df=fitted.residual_df)
        closed = rate_ratio_quasi_poisson(self.counts[:4], self.exposures[:4], self.counts[4:], self.exposures[4:])
        assert fitted.dispersion > 1
        assert (limits.low, limits.high) == pytest.approx((closed.interval.low, closed.interval.high))
        assert fitted.change.ratio == pytest.approx(closed.estimate)

    def test_clusters_of_one_row_are_rows(self) -> None:
        alone = fit_two_periods(self.counts, self.exposures, self.after, "clusters", small_sample=False)
        named = fit_two_periods(self.counts, self.exposures, self.after, "clusters", list(range(8)), False)
        assert alone == named

    def test_the_same_person_on_both_sides_steadies_the_change(self) -> None:
        """Two people, each half as often afterwards: the ratio is certain, the rate is not."""
        fitted = fit_two_periods([20, 2, 10, 1], [10] * 4, [False, False, True, True], "clusters", [1, 2, 1, 2])
        assert fitted.change.ratio == pytest.approx(0.5)
        assert fitted.change.standard_error == pytest.approx(0, abs=1e-9)
        assert fitted.baseline.standard_error > 0.5

    @pytest.mark.parametrize(
        ("counts", "exposures", "after", "clusters"),
        [
            ([1, 2], [1.0, 1], [False, True], None),
            ([1, 2, 0], [1.0, 1, 0], [False, True, True], None),
            ([0, 0, 3], [1.0, 1, 1], [False, False, True], None),
            ([1, 2, 3], [1.0, 1, 1], [False, True, True], [1, 1, 1]),
            ([1, 2, 3], [1.0, 1, 1], [False, True, True], [1, 1]),
        ],
    )
    def test_it_refuses_what_it_cannot_bear(
        self, counts: list[int], exposures: list[float], after: list[bool], clusters: list[int] | None
    ) -> None:
        with pytest.raises(ValueError):
            fit_two_periods(counts, exposures, after, "clusters", clusters)


def test_the_default_covers_the_truth_about_95_times_in_100() -> None:
    """26 + 26 weeks, 3 events a week, no true change; at dispersion 2 plain exact limits miss 1 time in 7."""
    random = np.random.default_rng(20240501)
    worlds, mean = 800, 3.0
    for dispersion, least in [(1.0, 0.93), (2.0, 0.925)]:
        covered_by_default = covered_by_exact = 0
        exposure = [280.0] * 26
        for _ in range(worlds):
            if dispersion > 1:
                chance = 1 / dispersion
                weeks = random.negative_binomial(mean / (dispersion - 1), chance, 52)
            else:
                weeks = random.poisson(mean, 52)
            before, after = [int(x) for x in weeks[:26]], [int(x) for x in weeks[26:]]
            covered_by_default += rate_ratio_default(before, exposure, after, exposure).interval.contains(1)
            covered_by_exact += rate_ratio_exact(sum(before), 1, sum(after), 1).interval.contains(1)
        assert least <= covered_by_default / worlds <= 0.985
        if dispersion == 2:
            assert covered_by_exact / worlds < 0.90
