"""Two groups of different people: people differ, so a few who fall often must not make a group look different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.clustered_rates import clustered_rate_ratio
from metrics.estimators.rate_ratios import rate_ratio_exact

people = st.lists(st.tuples(st.integers(0, 9), st.floats(1, 200)), min_size=5, max_size=20)


def test_one_person_with_most_of_the_falls_leaves_the_gap_open() -> None:
    even = [(2, 100.0)] * 10
    one_often = [(20, 100.0), *[(0, 100.0)] * 9]
    found = clustered_rate_ratio(even, one_often)
    assert found.estimate == pytest.approx(1)
    assert (found.interval.low or 0) < 0.2
    assert (found.interval.high or 0) > 5


def test_people_who_are_alike_are_as_good_as_counts() -> None:
    found, counts = clustered_rate_ratio([(2, 100.0)] * 40, [(3, 100.0)] * 40), rate_ratio_exact(80, 4000, 120, 4000)
    assert found.dispersion == 1
    assert found.interval.low == pytest.approx(counts.interval.low, rel=0.05)


@given(people, people)
def test_turned_round_the_ratio_inverts(one: list[tuple[int, float]], other: list[tuple[int, float]]) -> None:
    there, back = clustered_rate_ratio(one, other), clustered_rate_ratio(other, one)
    if there.estimate and back.estimate:
        assert there.estimate == pytest.approx(1 / back.estimate)
        assert there.interval.low == pytest.approx(1 / (back.interval.high or 1))


def test_no_event_in_one_group_has_one_limit() -> None:
    found = clustered_rate_ratio([(0, 100.0)] * 6, [(3, 100.0)] * 6)
    assert found.estimate is None
    assert found.interval.high is None


def test_four_people_are_too_few() -> None:
    with pytest.raises(ValueError, match="too few"):
        clustered_rate_ratio([(1, 10.0)] * 4, [(1, 10.0)] * 9)
