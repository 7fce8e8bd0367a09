"""One share and the difference of two."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.shares import (
    ShareDifference,
    clopper_pearson,
    cochran_armitage,
    mcnemar_exact,
    mcnemar_midp,
    miettinen_nurminen,
    newcombe_difference,
    newcombe_paired,
    wilson,
)

shares = st.floats(0, 1)
sizes = st.floats(0.5, 5000)
people = st.integers(0, 60)


@st.composite
def tallies(draw: st.DrawFn) -> tuple[int, int]:
    trials = draw(st.integers(1, 300))
    return draw(st.integers(0, trials)), trials


class TestOneShare:
    def test_none_and_all(self) -> None:
        z2 = stats.norm.ppf(0.975) ** 2
        none, everyone = wilson(0, 10), wilson(10, 10)
        assert none.low == 0
        assert none.high == pytest.approx(z2 / (10 + z2))
        assert everyone.high == 1
        assert everyone.low == pytest.approx(10 / (10 + z2))
        assert clopper_pearson(0, 10).high == pytest.approx(1 - 0.025**0.1)
        assert clopper_pearson(10, 10).low == pytest.approx(0.025**0.1)

    def test_one_of_one(self) -> None:
        assert wilson(1, 1).low == pytest.approx(0.2065, abs=5e-5)

    def test_newcombe_1998_single_share(self) -> None:
        """81 of 263, table I of Newcombe 1998 (Stat Med 17:857): 0.2553 to 0.3662 by the score method."""
        limits = wilson(81, 263)
        assert limits.low == pytest.approx(0.2553, abs=5e-5)
        assert limits.high == pytest.approx(0.3662, abs=5e-5)

    @given(tally=tallies())
    def test_the_mirror_image_of_a_share_has_mirrored_limits(self, tally: tuple[int, int]) -> None:
        x, n = tally
        for limits in (wilson, clopper_pearson):
            there, back = limits(x, n), limits(n - x, n)
            assert there.low is not None and there.high is not None and back.low is not None and back.high is not None
            assert there.low == pytest.approx(1 - back.high)
            assert there.high == pytest.approx(1 - back.low)
            assert 0 <= there.low <= x / n <= there.high <= 1

    @pytest.mark.parametrize(("successes", "trials"), [(0, 0), (-1, 3), (4, 3), (1, -1), (math.nan, 3), (1, math.inf)])
    def test_what_is_no_share_is_refused(self, successes: float, trials: float) -> None:
        for limits in (wilson, clopper_pearson):
            with pytest.raises(ValueError):
                limits(successes, trials)


class TestDifference:
    def test_newcombe_1998_printed(self) -> None:
        found = newcombe_difference(48 / 80, 80, 56 / 70, 70)
        assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
        found = newcombe_difference(3 / 10, 10, 9 / 10, 10)
        assert (found.interval.low, found.interval.high) == pytest.approx((0.1705, 0.8090), abs=5e-5)

    @pytest.mark.parametrize("difference", [newcombe_difference])
    @given(p1=shares, n1=sizes, p2=shares, n2=sizes)
    def test_limits_contain_the_difference_and_stay_within_one(
        self, difference: Callable[..., ShareDifference], p1: float, n1: float, p2: float, n2: float
    ) -> None:
        found = difference(p1, n1, p2, n2)
        assert found.interval.contains(found.estimate)
        assert found.interval.low is not None and found.interval.high is not None
        assert -1 <= found.interval.low <= found.interval.high <= 1

    @given(before=tallies(), after=tallies())
    def test_score_limits_contain_the_difference_and_stay_within_one(
        self, before: tuple[int, int], after: tuple[int, int]
    ) -> None:
        found, bare = (
            miettinen_nurminen(*before, *after),
            miettinen_nurminen(*before, *after, bias_factor=False),
        )
        assert found.interval.low is not None and found.interval.high is not None
        assert bare.interval.low is not None and bare.interval.high is not None
        assert -1 <= found.interval.low <= bare.interval.low + 1e-9
        assert bare.interval.high - 1e-9 <= found.interval.high <= 1
        assert bare.interval.low - 1e-9 <= found.estimate <= bare.interval.high + 1e-9

    @given(before=tallies(), after=tallies())
    def test_swapping_before_and_after_changes_the_sign(self, before: tuple[int, int], after: tuple[int, int]) -> None:
        (x1, n1), (x2, n2) = before, after
        for there, back in [
            (newcombe_difference(x1 / n1, n1, x2 / n2, n2), newcombe_difference(x2 / n2, n2, x1 / n1, n1)),
            (miettinen_nurminen(x1, n1, x2, n2), miettinen_nurminen(x2, n2, x1, n1)),
        ]:
            assert there.interval.low is not None and there.interval.high is not None
            assert back.interval.low is not None and back.interval.high is not None
            assert there.interval.low == pytest.approx(-back.interval.high, abs=1e-8)
            assert there.interval.high == pytest.approx(-back.interval.low, abs=1e-8)

    def test_from_never_to_always(self) -> None:
        found = miettinen_nurminen(0, 10, 10, 10)
        assert found.interval.high == 1
        assert found.interval.low is not None and 0.6 < found.interval.low < 0.8
        assert miettinen_nurminen(10, 10, 0, 10).interval.low == -1

    @pytest.mark.parametrize(
        "sides", [(0.5, 0, 0.5, 10), (0.5, 10, 0.5, 0), (1.2, 10, 0.5, 10), (0.5, 10, math.nan, 10)]
    )
    def test_what_is_no_share_is_refused(self, sides: tuple[float, float, float, float]) -> None:
        with pytest.raises(ValueError):
            newcombe_difference(*sides)


class TestPairs:
    @given(a=people, b=people, c=people, d=people)
    def test_a_mirror_changes_the_sign_and_limits_contain_the_change(self, a: int, b: int, c: int, d: int) -> None:
        if a + b + c + d == 0:
            return
        there, back = newcombe_paired(a, b, c, d), newcombe_paired(a, c, b, d)
        assert there.interval.contains(there.estimate)
        assert there.interval.low is not None and back.interval.high is not None
        assert there.interval.low == pytest.approx(-back.interval.high)

    def test_nobody_asked_is_refused(self) -> None:
        with pytest.raises(ValueError):
            newcombe_paired(0, 0, 0, 0)

    def test_nobody_changed(self) -> None:
        assert (mcnemar_exact(0, 0), mcnemar_midp(0, 0)) == (1, 1)

    def test_as_many_up_as_down(self) -> None:
        assert mcnemar_exact(3, 3) == 1
        assert mcnemar_midp(3, 3) == pytest.approx(1 - 20 / 64 / 2)

    def test_all_the_same_way(self) -> None:
        assert mcnemar_exact(5, 0) == pytest.approx(2 / 32)
        assert mcnemar_midp(0, 5) == pytest.approx(1 / 32)

    @given(b=people, c=people)
    def test_either_way_round_is_as_surprising(self, b: int, c: int) -> None:
        assert mcnemar_midp(b, c) == pytest.approx(mcnemar_midp(c, b))
        assert 0 <= mcnemar_midp(b, c) <= mcnemar_exact(b, c) <= 1


class TestTrend:
    def test_a_steady_climb_by_hand(self) -> None:
        """0, 5 and 10 of 10: share 1/2, lean 10, spread 20, chi-square 100 / (20 / 4)."""
        found = cochran_armitage([0, 5, 10], [10, 10, 10])
        assert found.chi_square == pytest.approx(20)
        assert found.slope == pytest.approx(0.5)
        assert found.p == pytest.approx(stats.chi2.sf(20, 1))

    def test_no_lean_is_no_surprise(self) -> None:
        assert cochran_armitage([5, 2, 5], [10, 10, 10]).p == pytest.approx(1)

    @pytest.mark.parametrize(
        ("successes", "trials", "scores"),
        [
            ([1], [2], None),
            ([0, 0], [2, 2], None),
            ([2, 2], [2, 2], None),
            ([1, 3], [2, 2], None),
            ([1, 1], [2, 2], [1, 1]),
        ],
    )
    def test_a_trend_that_cannot_be_is_refused(
        self, successes: list[float], trials: list[float], scores: list[float] | None
    ) -> None:
        with pytest.raises(ValueError):
            cochran_armitage(successes, trials, scores)


def test_a_result_refuses_the_impossible() -> None:
    with pytest.raises(ValueError):
        ShareDifference(1.2, 0.5, wilson(1, 2), "x", 10, 10)
