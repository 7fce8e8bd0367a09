"""A range that cannot be wrong."""

from __future__ import annotations

import math

import pytest

from metrics.estimators.intervals import Interval


def test_a_limit_that_does_not_exist_is_none() -> None:
    assert Interval(None, None).contains(1e9)
    assert Interval(0.5, None).contains(1e9)
    assert not Interval(0.5, None).contains(0.4)
    assert not Interval(None, 0.5).contains(0.6)


def test_both_limits_belong_to_the_interval() -> None:
    assert Interval(1.0, 2.0).contains(1.0)
    assert Interval(1.0, 2.0).contains(2.0)
    assert Interval(1.0, 1.0).contains(1.0)


@pytest.mark.parametrize(
    ("low", "high", "level"),
    [
        (2.0, 1.0, 0.95),
        (math.nan, 1.0, 0.95),
        (0.0, math.inf, 0.95),
        (-math.inf, 0.0, 0.95),
        (0.0, 1.0, 0.0),
        (0.0, 1.0, 1.0),
        (0.0, 1.0, 95),
    ],
)
def test_the_impossible_is_refused(low: float, high: float, level: float) -> None:
    with pytest.raises(ValueError):
        Interval(low, high, level)


def test_another_unit_keeps_what_is_missing_missing() -> None:
    assert Interval(0.002, None, 0.9).times(1000) == Interval(2.0, None, 0.9)
    assert Interval(None, 0.002).times(1000) == Interval(None, 2.0)
    with pytest.raises(ValueError):
        Interval(1.0, 2.0).times(-1)
