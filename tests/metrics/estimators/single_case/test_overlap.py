"""Overlap of two phases: by hand, by law, and at the edges."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.single_case.model import EffectSize
from metrics.estimators.single_case.overlap import (
    ird,
    nap,
    pand,
    pem,
    pnd,
    tau,
    tau_u,
)
from metrics.estimators.superiority import superiority_limits

points = st.lists(st.integers(0, 6), min_size=2, max_size=12)


def limits(effect: EffectSize) -> tuple[float, float]:
    assert effect.interval is not None and effect.interval.low is not None and effect.interval.high is not None
    return effect.interval.low, effect.interval.high


class TestByHand:
    def test_pairs_better_and_tied(self) -> None:
        """Of 6 pairs 4 are better and 1 tied."""
        assert nap([1, 3], [2, 3, 4]).value == pytest.approx(4.5 / 6)
        assert tau([1, 3], [2, 3, 4]).value == pytest.approx(3 / 6)

    def test_less_distress_is_better_when_told_so(self) -> None:
        assert nap([5, 6], [1, 2], better="down").value == 1
        assert nap([5, 6], [1, 2], better="up").value == 0

    def test_the_trend_before_comes_off(self) -> None:
        """6 pairs better of 6, less 3 of the trend before."""
        assert tau_u([1, 2, 3], [4, 5]).value == pytest.approx((6 - 3) / 6)

    def test_points_beyond_the_best_and_the_median(self) -> None:
        assert pnd([1, 2, 5], [6, 2, 5]).value == pytest.approx(1 / 3)
        assert pem([1, 2, 5], [6, 2, 1]).value == pytest.approx(1.5 / 3)
        assert pem([1, 2, 5], [6, 2, 1], ties="none").value == pytest.approx(1 / 3)

    def test_points_kept_without_overlap(self) -> None:
        """Leaving out the 7 before leaves 2 + 3 of 6."""
        assert pand([1, 2, 7], [3, 4, 5]).value == pytest.approx(5 / 6)
        assert ird([1, 2, 7], [3, 4, 5]).value == pytest.approx((6 * 5 - 9 - 9) / 18)

    def test_all_tied_is_not_zero_for_unequal_phases(self) -> None:
        assert ird([1] * 5, [1] * 7).value == pytest.approx(0.142857, abs=1e-6)

    @given(before=points, after=points)
    def test_points_kept_agree_with_trying_every_threshold(self, before: list[int], after: list[int]) -> None:
        cuts = [cut - 0.5 for cut in range(0, 9)]
        kept = max(sum(x < cut for x in before) + sum(y > cut for y in after) for cut in cuts)
        assert pand(before, after).value == pytest.approx(kept / (len(before) + len(after)))


class TestLimits:
    def test_no_overlap_has_a_lower_limit(self) -> None:
        """SingleCaseES prints 1 to 1 here."""
        assert superiority_limits(1.0, 3, 6).low == pytest.approx(0.585, abs=5e-4)
        assert superiority_limits(1.0, 3, 6).high == 1
        assert superiority_limits(0.0, 3, 6).high == pytest.approx(1 - 0.585, abs=5e-4)

    @given(won=st.integers(1, 99), m=st.integers(1, 40), n=st.integers(1, 40), level=st.sampled_from([0.8, 0.95, 0.99]))
    def test_each_limit_is_z_of_its_own_standard_errors_away(self, won: int, m: int, n: int, level: float) -> None:
        share = won / 100
        from scipy import stats

        z2, h = stats.norm.isf((1 - level) / 2) ** 2, (m + n) / 2 - 1
        found = superiority_limits(share, m, n, level)
        assert found.low is not None and found.high is not None
        assert 0 < found.low < share < found.high < 1
        for x in (found.low, found.high):
            variance = x * (1 - x) / (m * n) * (2 + h + (1 + 2 * h) * x * (1 - x)) / ((2 - x) * (1 + x))
            assert (share - x) ** 2 == pytest.approx(z2 * variance, rel=1e-6)

    @given(before=points, after=points)
    def test_they_contain_the_figure(self, before: list[int], after: list[int]) -> None:
        for effect in (nap(before, after), tau(before, after)):
            low, high = limits(effect)
            assert low <= effect.value <= high
            assert effect.se is not None and effect.se >= 0

    def test_more_certainty_is_a_wider_range(self) -> None:
        narrow, wide = superiority_limits(0.8, 10, 10, 0.8), superiority_limits(0.8, 10, 10, 0.99)
        assert wide.low is not None and narrow.low is not None and wide.low < narrow.low

    def test_a_share_of_no_pairs_is_refused(self) -> None:
        for share, m, n in [(1.2, 3, 3), (0.5, 0, 3)]:
            with pytest.raises(ValueError):
                superiority_limits(share, m, n)


class TestLaws:
    @given(before=points, after=points)
    def test_swapping_the_phases_turns_it_round(self, before: list[int], after: list[int]) -> None:
        one, other = nap(before, after), nap(after, before)
        assert one.value == pytest.approx(1 - other.value)
        assert one.se == pytest.approx(other.se)
        low, high = limits(other)
        assert limits(one) == pytest.approx((1 - high, 1 - low), abs=1e-9)

    @given(before=points, after=points)
    def test_the_mirror_image_with_the_other_way_good_is_the_same(self, before: list[int], after: list[int]) -> None:
        mirrored = [-x for x in before], [-x for x in after]
        for measure in (nap, tau, tau_u, pnd, pem, pand, ird):
            assert measure(before, after, "up").value == pytest.approx(measure(*mirrored, "down").value)

    @given(before=points, after=points, raised=st.integers(0, 11), by=st.integers(1, 5))
    def test_a_better_point_after_never_lowers_it(
        self, before: list[int], after: list[int], raised: int, by: int
    ) -> None:
        better = [y + by if place == raised % len(after) else y for place, y in enumerate(after)]
        for measure in (nap, pnd, pem, pand, ird):
            assert measure(before, better).value >= measure(before, after).value - 1e-12

    @given(before=points, after=points)
    def test_only_the_order_counts(self, before: list[int], after: list[int]) -> None:
        squeezed = [math.sqrt(x) for x in before], [math.sqrt(y) for y in after]
        assert nap(*squeezed).value == pytest.approx(nap(before, after).value)

    def test_the_unbiased_standard_error_is_unbiased(self) -> None:
        """Over all ordered draws from a small population its square averages the variance of NAP."""
        population = [0, 1, 1, 3]
        draws = list(itertools.product(population, repeat=4))
        shares = np.array([nap(d[:2], d[2:]).value for d in draws])
        q = np.array([[0.5 + 0.5 * np.sign(y - x) for y in population] for x in population])
        # Without the truncation of extreme shares: rebuilt from the formula's own pieces.
        squares = []
        for d in draws:
            won = np.array([[0.5 + 0.5 * np.sign(y - x) for y in d[2:]] for x in d[:2]])
            p = won.mean()
            rows = ((won.mean(axis=1) - p) ** 2).mean()
            columns = ((won.mean(axis=0) - p) ** 2).mean()
            squares.append(p * (1 - p) + 2 * rows + 2 * columns - 2 * ((won - p) ** 2).mean())
        assert q.mean() == pytest.approx(shares.mean())
        # p (1 - p) stands for the variance of a pair without ties; ties make it larger, so never too small.
        assert np.mean(squares) >= shares.var() - 1e-12


class TestRefusals:
    @pytest.mark.parametrize(("before", "after"), [([], [1, 2]), ([1, 2], []), ([1], [1, 2])])
    def test_a_phase_too_short(self, before: list[float], after: list[float]) -> None:
        with pytest.raises(ValueError, match="at least 2 points"):
            nap(before, after)

    def test_a_point_that_is_not_finite(self) -> None:
        for odd in (math.nan, math.inf):
            with pytest.raises(ValueError, match="finite"):
                nap([1, odd], [1, 2])

    def test_a_direction_nobody_knows(self) -> None:
        with pytest.raises(ValueError, match="up or down"):
            nap([1, 2], [1, 2], better="sideways")  # type: ignore[arg-type]

    def test_points_in_a_square(self) -> None:
        with pytest.raises(ValueError, match="single row"):
            nap([[1, 2], [3, 4]], [1, 2])  # type: ignore[list-item]
