"""Score limits put right for skewness, and the minimum-likelihood p: for comparing with others' figures."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.estimators.rates import p_exact_central, p_exact_minlike, rate_ratio_exact
from metrics.estimators.skewed_score import p_score_skewed, rate_ratio_score_skewed


def test_the_minimum_likelihood_p_is_the_one_r_prints_for_its_own_example() -> None:
    """poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)): p-value = 0.07967."""
    assert p_exact_minlike(21, 1083 + 1050 + 878, 11, 800) == pytest.approx(0.07967, abs=5e-6)
    assert p_exact_minlike(0, 10, 0, 10) == 1


@given(x1=st.integers(0, 60), x2=st.integers(0, 60), t1=st.floats(1, 1e4), t2=st.floats(1, 1e4))
def test_it_is_a_probability_at_least_as_large_as_half_the_central_one(x1: int, x2: int, t1: float, t2: float) -> None:
    found = p_exact_minlike(x1, t1, x2, t2)
    assert 0 <= found <= 1
    assert found >= p_exact_central(x1, t1, x2, t2) / 2 - 1e-9


@given(x1=st.integers(0, 200), x2=st.integers(0, 200), t1=st.floats(1, 1e4), t2=st.floats(1, 1e4))
def test_limits_and_p_agree_and_mirror(x1: int, x2: int, t1: float, t2: float) -> None:
    assume(x1 + x2 > 0)
    there, back = rate_ratio_score_skewed(x1, t1, x2, t2).interval, rate_ratio_score_skewed(x2, t2, x1, t1).interval
    if x2:
        assert there.low is not None
        assert p_score_skewed(x1, t1, x2, t2, there.low) == pytest.approx(0.05, abs=1e-6)
        assert back.high == pytest.approx(1 / there.low, rel=1e-6)
    if x1:
        assert there.high is not None
        assert p_score_skewed(x1, t1, x2, t2, there.high) == pytest.approx(0.05, abs=1e-6)
    else:
        assert there.high is None


def test_they_lie_inside_the_exact_ones_for_ordinary_falls() -> None:
    exact, ours = rate_ratio_exact(14, 1000, 8, 1000).interval, rate_ratio_score_skewed(14, 1000, 8, 1000).interval
    assert exact.low is not None and exact.high is not None and ours.low is not None and ours.high is not None
    assert exact.low < ours.low < ours.high < exact.high


@pytest.mark.parametrize("tallies", [(0, 1.0, 0, 1.0), (-1, 1.0, 1, 1.0), (1, 0.0, 1, 1.0)])
def test_what_it_cannot_bear_is_refused(tallies: tuple[int, float, int, float]) -> None:
    with pytest.raises(ValueError):
        rate_ratio_score_skewed(*tallies)
    with pytest.raises(ValueError):
        p_score_skewed(*tallies)
