"""The Tau-U family and the trend before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.single_case.baseline import phase_tau_b, tau_bc, theil_sen
from metrics.estimators.single_case.kendall import PARTS, Formula, tau_u_scores
from metrics.estimators.single_case.overlap import tau, tau_u

points = st.lists(st.integers(0, 6), min_size=2, max_size=10)


class TestFormulas:
    @given(before=points, after=points)
    def test_parker_is_the_plain_tau_u(self, before: list[int], after: list[int]) -> None:
        """The same formula reached two ways."""
        scores = tau_u_scores(before, after, "parker")
        assert scores["A_vs_B_Trend_A"].tau == pytest.approx(tau_u(before, after).value)
        assert scores["A_vs_B"].tau == pytest.approx(tau(before, after).value)

    @given(before=points, after=points)
    def test_scores_add_up(self, before: list[int], after: list[int]) -> None:
        scores = tau_u_scores(before, after, "tarlow")
        apart, early, late = (scores[part].s for part in PARTS[:3])
        assert scores["A_vs_B_Trend_A"].s == apart - early
        assert scores["A_vs_B_Trend_B"].s == apart + late
        assert scores["A_vs_B_Trend_B_Trend_A"].s == apart + late - early

    @given(before=points, after=points)
    def test_complete_trends_are_kendalls_tau_b(self, before: list[int], after: list[int]) -> None:
        scores = tau_u_scores(before, after, "complete")
        if len(set(before)) > 1:
            assert scores["Trend_A"].tau == pytest.approx(stats.kendalltau(range(len(before)), before).statistic)

    @given(before=points, after=points, formula=st.sampled_from(["parker", "tarlow", "complete"]))
    def test_limits_hold_the_figure_or_are_none(self, before: list[int], after: list[int], formula: Formula) -> None:
        for score in tau_u_scores(before, after, formula).values():
            limits = score.interval
            assert (limits.low is None) == (limits.high is None)
            assert limits.low is None or (score.tau is not None and limits.contains(score.tau))
            assert score.p is None or 0 <= score.p <= 1

    def test_all_tied_has_no_p(self) -> None:
        found = tau_u_scores([2, 2, 2], [2, 2, 2], "tarlow")
        assert {score.p for score in found.values()} == {None}
        assert {score.tau for score in found.values()} == {0}
        assert tau_u_scores([2, 2, 2], [2, 2, 2], "complete")["Trend_A"].tau is None

    def test_no_overlap_has_no_limits(self) -> None:
        """R's scan prints -1 to -1."""
        found = tau_u_scores([5, 6, 7], [1, 2, 3], "complete")["A_vs_B"]
        assert found.tau == -1
        assert found.interval.low is None and found.interval.high is None

    def test_an_unknown_formula_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no formula"):
            tau_u_scores([1, 2], [3, 4], "mine")  # type: ignore[arg-type]


class TestTrendBefore:
    def test_a_straight_line_is_found(self) -> None:
        assert theil_sen([3, 5, 7, 9]) == (2, 1)

    def test_a_line_that_goes_on_is_no_change(self) -> None:
        """Tenths do not come out even in binary; what the line leaves is still tied."""
        line = [0.1 * step for step in range(12)]
        found = tau_bc(line[:5], line[5:])
        assert found.value == 0
        assert tau(line[:5], line[5:]).value == 1

    @given(before=points, after=points)
    def test_it_is_a_share_of_pairs_with_limits_around(self, before: list[int], after: list[int]) -> None:
        found = tau_bc(before, after)
        assert found.interval is not None and found.interval.contains(found.value)
        assert -1 <= found.value <= 1

    def test_only_a_clear_trend_is_taken_out(self) -> None:
        assert not phase_tau_b([4, 3, 4, 3, 4], [6, 7, 6, 7, 6]).corrected
        steady_climb = phase_tau_b(list(range(8)), [9, 8, 9, 8, 9, 8])
        assert steady_climb.corrected and steady_climb.tau < 0

    def test_all_equal_is_refused(self) -> None:
        with pytest.raises(ValueError, match="equal"):
            phase_tau_b([1, 1, 1], [1, 1])

    def test_one_point_has_no_trend(self) -> None:
        with pytest.raises(ValueError):
            theil_sen([1])
