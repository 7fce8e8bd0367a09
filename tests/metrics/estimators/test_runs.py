"""Good and bad spells: the default limits allow for them, and do not pay for it where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.rates import (
    moderated_dispersion,
    rate_ratio_in_runs,
    rate_ratio_quasi_poisson,
    widening_for_runs,
)


class TestDispersionDrawnTowardsTheOrdinary:
    def test_by_hand(self) -> None:
        """(12 × 1.2 + 50 × 1.5) / 62, on 62 degrees of freedom."""
        assert moderated_dispersion(1.5, 50) == (pytest.approx(89.4 / 62), 62)

    def test_where_events_clearly_bunch_the_home_has_its_say(self) -> None:
        assert moderated_dispersion(5.0, 50) == (pytest.approx(4.65), 50)

    def test_calm_weeks_are_no_extra_certainty(self) -> None:
        assert moderated_dispersion(0.2, 50)[0] == 1

    @given(found=st.floats(0, 50), more=st.floats(0, 50), freedom=st.integers(1, 500))
    def test_more_scatter_is_never_read_as_less(self, found: float, more: float, freedom: int) -> None:
        assert moderated_dispersion(found + more, freedom)[0] >= moderated_dispersion(found, freedom)[0] >= 1

    @pytest.mark.parametrize(("found", "freedom"), [(-1.0, 5), (float("nan"), 5), (1.0, 0)])
    def test_what_cannot_be_is_refused(self, found: float, freedom: int) -> None:
        with pytest.raises(ValueError):
            moderated_dispersion(found, freedom)


class TestWidening:
    def test_weeks_in_blocks_widen_and_weeks_that_alternate_do_not(self) -> None:
        blocks = np.repeat([1.0, -1.0, 1.0, -1.0, 1.0, -1.0], 4)
        assert widening_for_runs([blocks, blocks]) > 1.5
        assert widening_for_runs([np.tile([1.0, -1.0], 12)] * 2) == 1

    def test_silence_and_a_handful_of_weeks_say_nothing(self) -> None:
        assert widening_for_runs([np.zeros(26), np.zeros(26)]) == 1
        assert widening_for_runs([np.ones(3), np.ones(3)]) == 1
        assert widening_for_runs([]) == 1

    @given(st.lists(st.floats(-3, 3), min_size=4, max_size=40), st.lists(st.floats(-3, 3), min_size=4, max_size=40))
    def test_it_never_narrows_and_reads_the_same_backwards(self, one: list[float], other: list[float]) -> None:
        there = widening_for_runs([np.array(one), np.array(other)])
        back = widening_for_runs([np.array(one)[::-1], np.array(other)[::-1]])
        assert there >= 1
        assert there == pytest.approx(back)


def weeks_in_runs(random: np.random.Generator, mean: float, weeks: int) -> list[int]:
    """Weekly counts whose rate wanders: log-SD 0.12, correlation 0.5 from week to week."""
    level = random.normal()
    levels = []
    for _ in range(weeks):
        levels.append(level)
        level = 0.5 * level + np.sqrt(0.75) * random.normal()
    return [int(x) for x in random.poisson(mean * np.exp(0.12 * np.array(levels) - 0.0072))]


def test_good_and_bad_weeks_are_covered_better_than_by_plain_quasi_poisson() -> None:
    random = np.random.default_rng(20261122)
    worlds, exposure = 600, [280.0] * 26
    ours = plain = 0
    for _ in range(worlds):
        weeks = weeks_in_runs(random, 12, 56)
        before, after = weeks[:26], weeks[30:]
        ours += rate_ratio_in_runs(before, exposure, after, exposure).interval.contains(1)
        plain += rate_ratio_quasi_poisson(before, exposure, after, exposure).interval.contains(1)
    assert ours > plain
    assert 0.92 <= ours / worlds <= 0.98


def test_it_names_what_it_did() -> None:
    calm = rate_ratio_in_runs([3, 1] * 13, [70] * 26, [2, 1] * 13, [70] * 26)
    assert "widened" not in calm.method
    bunched = rate_ratio_in_runs([9, 9, 9, 9, 1, 1, 1, 1] * 3, [70] * 24, [5, 5, 5, 5, 1, 1, 1, 1] * 3, [70] * 24)
    assert "for weeks in runs" in bunched.method
    assert bunched.dispersion > calm.dispersion


@pytest.mark.parametrize(
    ("before", "after"), [([0, 0, 0], [1, 1, 1]), ([1, 1, 1], [0, 0, 0]), ([1], [1, 2]), ([1, 2], [-1, 2])]
)
def test_what_it_cannot_bear_is_refused(before: list[int], after: list[int]) -> None:
    with pytest.raises(ValueError):
        rate_ratio_in_runs(before, [7.0] * len(before), after, [7.0] * len(after))
