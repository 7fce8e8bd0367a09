"""From an estimate and its standard error to limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.limits import (
    log_limits,
    log_log_limits,
    ratio_limits,
    standard_error,
    symmetric_limits,
    two_sided_quantile,
)

levels = st.floats(0.5, 0.999)
errors = st.floats(0.001, 3)


@given(level=levels, df=st.floats(1, 500))
def test_the_reach_is_that_of_the_distribution(level: float, df: float) -> None:
    outside = (1 - level) / 2
    assert two_sided_quantile(level) == pytest.approx(float(stats.norm.isf(outside)))
    assert two_sided_quantile(level, df) == pytest.approx(float(stats.t.isf(outside, df)))
    assert two_sided_quantile(level, df) > two_sided_quantile(level)


@given(estimate=st.floats(-100, 100), error=errors, level=levels)
def test_symmetric_limits_reach_as_far_either_way(estimate: float, error: float, level: float) -> None:
    found = symmetric_limits(estimate, error, 2.0, level)
    assert found.low is not None and found.high is not None
    assert estimate - found.low == pytest.approx(found.high - estimate) == pytest.approx(2 * error)


@given(ratio=st.floats(0.01, 100), error=errors, level=levels)
def test_a_ratio_and_its_logarithm_have_the_same_limits(ratio: float, error: float, level: float) -> None:
    straight, by_log = ratio_limits(ratio, error, 2.0, level), log_limits(math.log(ratio), error, 2.0, level)
    assert straight.low is not None and straight.high is not None
    assert straight.low * straight.high == pytest.approx(ratio**2)
    assert by_log.low == pytest.approx(straight.low)
    assert by_log.high == pytest.approx(straight.high)


def test_limits_beyond_all_numbers_do_not_exist() -> None:
    assert ratio_limits(1e12, 1e6, 2.0, 0.95).high is None
    far = log_limits(0.0, 1e6, 2.0, 0.95)
    assert (far.low, far.high) == (0.0, None)


@given(share=st.floats(0.001, 0.999), error=st.floats(0.001, 0.5))
def test_a_share_still_there_stays_a_share(share: float, error: float) -> None:
    found = log_log_limits(share, error, 0.95)
    assert found.low is not None and found.high is not None
    assert 0 <= found.low <= share <= found.high <= 1


@pytest.mark.parametrize(("share", "error"), [(0.0, 0.1), (1.0, 0.1), (0.5, 0.0)])
def test_a_share_that_is_certain_has_no_limits(share: float, error: float) -> None:
    found = log_log_limits(share, error, 0.95)
    assert (found.low, found.high) == (None, None)


def test_a_variance_is_never_below_nought() -> None:
    covariance = np.array([[1.0, 1.0], [1.0, 1.0 - 1e-15]])
    assert standard_error(np.array([1.0, -1.0]), covariance) == 0.0
    assert standard_error(np.array([2.0, 0.0]), covariance) == 2.0
