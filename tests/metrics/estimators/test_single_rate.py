"""One rate: none, one, many."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from metrics.estimators.rates import rate_limits_exact, rate_limits_midp


def test_no_events_leave_a_rule_of_three_upper_limit() -> None:
    exact, midp = rate_limits_exact(0, 1000), rate_limits_midp(0, 1000)
    assert (exact.low, midp.low) == (0.0, 0.0)
    assert exact.high == pytest.approx(-math.log(0.025) / 1000)
    assert midp.high == pytest.approx(-math.log(0.05) / 1000)


def test_garwood_1936_one_event() -> None:
    limits = rate_limits_exact(1, 1)
    assert limits.low == pytest.approx(0.0253, abs=5e-5)
    assert limits.high == pytest.approx(5.572, abs=5e-4)


@pytest.mark.parametrize("events", [1, 2, 7, 60, 4000])
def test_each_limit_leaves_its_share_outside(events: int) -> None:
    exact, midp = rate_limits_exact(events, 1), rate_limits_midp(events, 1)
    assert stats.poisson.sf(events - 1, exact.low) == pytest.approx(0.025)
    assert stats.poisson.cdf(events, exact.high) == pytest.approx(0.025)
    half = stats.poisson.pmf(events, midp.high) / 2
    assert stats.poisson.cdf(events - 1, midp.high) + half == pytest.approx(0.025)
    assert exact.low is not None and midp.low is not None and midp.high is not None and exact.high is not None
    assert exact.low < midp.low < events < midp.high < exact.high


def test_a_lower_level_is_a_shorter_interval() -> None:
    wide, narrow = rate_limits_exact(9, 10), rate_limits_exact(9, 10, 0.9)
    assert wide.low is not None and wide.high is not None
    assert narrow.low is not None and narrow.high is not None
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(("events", "exposure", "level"), [(-1, 1, 0.95), (1.5, 1, 0.95), (1, 0, 0.95), (1, 1, 1)])
def test_what_cannot_be_counted_is_refused(events: float, exposure: float, level: float) -> None:
    for limits in (rate_limits_exact, rate_limits_midp):
        with pytest.raises(ValueError):
            limits(events, exposure, level)  # type: ignore[arg-type]
