"""Averages of two phases: ratios and standardised differences."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.single_case.means import (
    log_ratio_decreasing,
    log_ratio_increasing,
    percent_change,
    standardised_difference,
)

counts = st.lists(st.integers(0, 20), min_size=2, max_size=12)


class TestRatios:
    def test_halved_by_hand(self) -> None:
        """Means 8 and 4, variances 2 each over 3 points: the correction is 2/(6 x 16) - 2/(6 x 64)."""
        before, after = [8 - math.sqrt(2), 8, 8 + math.sqrt(2)], [4 - math.sqrt(2), 4, 4 + math.sqrt(2)]
        found = log_ratio_decreasing(before, after)
        assert found.value == pytest.approx(math.log(0.5) + 2 / 96 - 2 / 384)
        assert found.se == pytest.approx(math.sqrt(2 / (3 * 64) + 2 / (3 * 16)))
        plain = log_ratio_decreasing(before, after, bias_corrected=False)
        assert percent_change(plain).value == pytest.approx(-50)

    @given(before=counts, after=counts)
    def test_the_two_are_opposite_for_counts(self, before: list[int], after: list[int]) -> None:
        for better in ("up", "down"):
            down = log_ratio_decreasing(before, after, better)
            up = log_ratio_increasing(before, after, better)
            assert down.value == pytest.approx(-up.value)
            assert down.se == pytest.approx(up.se)
            assert down.interval is not None and down.interval.contains(down.value)

    @given(before=counts, after=counts)
    def test_swapping_the_phases_inverts_it(self, before: list[int], after: list[int]) -> None:
        there, back = log_ratio_decreasing(before, after), log_ratio_decreasing(after, before)
        assert there.value == pytest.approx(-back.value)

    def test_for_shares_the_other_share_is_used(self) -> None:
        """Mornings without distress up: the mornings with distress fell from a half to a quarter."""
        before, after = [0.4, 0.5, 0.6], [0.7, 0.75, 0.8]
        found = log_ratio_decreasing(before, after, "up", "proportion", bias_corrected=False)
        assert found.value == pytest.approx(math.log(0.25 / 0.5))
        same = log_ratio_decreasing([50, 50, 51], [25, 26, 25], "down", "percentage", bias_corrected=False)
        assert same.value == pytest.approx(math.log((76 / 3) / (151 / 3)))

    def test_none_recorded_is_lifted_off_zero(self) -> None:
        """The mean of 5 zeros counts as 1 / 10."""
        found = log_ratio_decreasing([4, 5, 6, 5, 5], [0] * 5, bias_corrected=False)
        assert found.value == pytest.approx(math.log(0.1 / 5))

    def test_without_a_known_floor_it_is_refused(self) -> None:
        with pytest.raises(ValueError, match="Nothing was recorded"):
            log_ratio_decreasing([4, 5], [0, 0], scale="rate")
        with pytest.raises(ValueError, match="Neither phase varies"):
            log_ratio_decreasing([4, 4], [2, 2], scale="other")

    @pytest.mark.parametrize(("before", "scale"), [([-1, 2], "count"), ([0.5, 1.5], "proportion")])
    def test_points_off_the_scale_are_refused(self, before: list[float], scale: str) -> None:
        with pytest.raises(ValueError, match="from 0 up"):
            log_ratio_decreasing(before, [0.5, 0.2], scale=scale)  # type: ignore[arg-type]


class TestStandardised:
    def test_by_hand(self) -> None:
        """Means 2 and 4, standard deviation before 1: J = 1 - 3/7 at 2 degrees of freedom."""
        found = standardised_difference([1, 2, 3], [3, 4, 5])
        assert found.value == pytest.approx(2 * (1 - 3 / 7))
        assert standardised_difference([1, 2, 3], [3, 4, 5], bias_corrected=False).value == pytest.approx(2)
        assert standardised_difference([1, 2, 3], [3, 4, 5], "down").value < 0

    def test_no_spread_before_is_refused(self) -> None:
        with pytest.raises(ValueError, match="all alike"):
            standardised_difference([0.1, 0.1, 0.1], [1, 2, 3])

    @given(before=counts, after=counts, times=st.integers(2, 9), plus=st.integers(-5, 5))
    def test_the_unit_does_not_matter(self, before: list[int], after: list[int], times: int, plus: int) -> None:
        if len(set(before)) > 1:
            other = [times * x + plus for x in before], [times * y + plus for y in after]
            for standardiser in ("before", "pooled"):
                one = standardised_difference(before, after, "up", standardiser)
                two = standardised_difference(*other, "up", standardiser)
                assert one.value == pytest.approx(two.value) and one.se == pytest.approx(two.se)
