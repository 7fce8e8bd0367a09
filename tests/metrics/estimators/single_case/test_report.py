"""A start drawn by lot, and everything about one series together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.single_case.randomisation import start_point_test
from metrics.estimators.single_case.report import series_report

points = st.lists(st.integers(0, 5), min_size=3, max_size=10)
longer = st.lists(st.integers(0, 5), min_size=4, max_size=10)


class TestDrawnStart:
    def test_by_hand(self) -> None:
        """Of 0 0 0 | 9 9 9 with 2 points a side there are 3 starts; the real one is the best."""
        found = start_point_test([0, 0, 0], [9, 9, 9], limit=2)
        assert (found.observed, found.starts, found.p) == (9, 3, 1 / 3)
        assert found.smallest_p == found.p

    def test_eight_starts_can_do_no_better_than_an_eighth(self) -> None:
        found = start_point_test([9] * 6, [1] * 7, better="down", limit=3)
        assert found.starts == 8 and found.p == pytest.approx(0.125)

    def test_either_direction(self) -> None:
        one = start_point_test([9, 9, 9], [0, 0, 0], limit=2)
        both = start_point_test([9, 9, 9], [0, 0, 0], limit=2, alternative="either")
        assert one.p == 1 and both.p == pytest.approx(1 / 3)

    @given(before=points, after=longer, statistic=st.sampled_from(["mean", "median", "NAP"]))
    def test_it_is_a_whole_number_of_starts(self, before: list[int], after: list[int], statistic: str) -> None:
        found = start_point_test(before, after, statistic=statistic)  # type: ignore[arg-type]
        assert 1 / found.starts <= found.p <= 1
        assert found.p * found.starts == pytest.approx(round(found.p * found.starts))

    @given(before=points, after=points)
    def test_p_of_every_start_is_fair(self, before: list[int], after: list[int]) -> None:
        """Were the start drawn by lot, p at or below a would turn up in at most a share a of the draws."""
        series = [*before, *after]
        starts = range(3, len(series) - 2)
        ps = [start_point_test(series[:s], series[s:]).p for s in starts] if len(starts) > 1 else []
        assert all(sum(p <= limit for p in ps) <= limit * len(ps) + 1e-9 for limit in ps)

    @pytest.mark.parametrize("limit", [0, 4])
    def test_a_start_that_could_not_be_drawn_is_refused(self, limit: int) -> None:
        with pytest.raises(ValueError, match="fewer than"):
            start_point_test([1, 2, 3], [4, 5, 6], limit=limit)

    def test_a_single_start_is_no_draw(self) -> None:
        with pytest.raises(ValueError, match="only one"):
            start_point_test([1, 2, 3], [4, 5, 6], limit=3)


class TestReport:
    def test_nap_comes_first_and_each_figure_says_what_it_rests_on(self) -> None:
        found = series_report([4, 3, 4, 3, 4], [5, 9, 7, 9, 7], "up")
        assert found.figures[0].name == "NAP"
        assert found.enough and found.drawn is None and found.left_out == ()
        assert all(figure.assumes and figure.paper and figure.formula for figure in found.figures)
        assert len({figure.name for figure in found.figures}) == len(found.figures)
        tau_u = found.figure("Tau-U")
        assert tau_u is not None and "Parker 2011" in tau_u.formula

    def test_p_only_where_the_start_was_drawn(self) -> None:
        found = series_report([4, 3, 4, 3, 4], [5, 9, 7, 9, 7], "up", start_drawn_from=3)
        assert found.drawn is not None and found.drawn.starts == 5

    def test_three_points_show_numbers_five_make_a_statement(self) -> None:
        assert not series_report([1, 2, 3], [2, 3, 4, 5, 6], "up").enough
        with pytest.raises(ValueError, match="at least 3 points"):
            series_report([1, 2], [2, 3, 4], "up")

    def test_what_does_not_exist_is_left_out_with_its_reason(self) -> None:
        found = series_report([2, 2, 2, 2, 2], [2, 2, 2, 2, 2], "down")
        assert dict(found.left_out)["SMD (before)"].startswith("The points before are all alike")
        assert found.figure("SMD (before)") is None
        assert found.autocorrelation is None

    @given(
        before=st.lists(st.integers(0, 3), min_size=3, max_size=8),
        after=st.lists(st.integers(0, 3), min_size=3, max_size=8),
        better=st.sampled_from(["up", "down"]),
        scale=st.sampled_from(["count", "rate", "percentage", "other"]),
    )
    def test_no_series_breaks_it(self, before: list[int], after: list[int], better: str, scale: str) -> None:
        found = series_report(before, after, better, scale)  # type: ignore[arg-type]
        for figure in found.figures:
            assert math.isfinite(figure.value)
            assert figure.interval is None or figure.interval.contains(figure.value)
