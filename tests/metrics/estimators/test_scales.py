"""Scales and single people's reliable change: by hand, by law, and at the edges."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.reliable_change import reliable_change
from metrics.estimators.scales import cronbach_alpha, omega_one_factor, omega_total_minres, why_not_judged


def answers_of(people: int, items: int, shared: float, seed: int) -> list[list[float | None]]:
    """Items that share a part of what each person brings."""
    chance = random.Random(seed)
    rows: list[list[float | None]] = []
    for _ in range(people):
        brings = chance.gauss(0, 1)
        rows.append([shared * brings + (1 - shared**2) ** 0.5 * chance.gauss(0, 1) for _ in range(items)])
    return rows


class TestAlpha:
    def test_by_hand(self) -> None:
        """Two items 1 2 3 and 1 3 2: variances 1 and 1, covariance 1/2, so 2 x (1 - 2/3)."""
        found = cronbach_alpha([[1, 1], [2, 3], [3, 2]])
        assert found.alpha == pytest.approx(2 / 3)
        assert found.standardised == pytest.approx(2 / 3)
        assert found.if_deleted == (None, None)
        assert found.item_rest == pytest.approx((0.5, 0.5))

    def test_the_same_item_three_times_is_certain(self) -> None:
        found = cronbach_alpha([[1, 1, 1], [2, 2, 2], [5, 5, 5]])
        assert found.alpha == pytest.approx(1) and found.interval.contains(found.alpha)

    def test_people_with_a_gap_are_left_out(self) -> None:
        rows: list[list[float | None]] = [[1, 1], [2, 3], [None, 4], [3, 2]]
        assert cronbach_alpha(rows).respondents == 3

    @given(seed=st.integers(0, 99), items=st.integers(2, 6), shared=st.sampled_from([0.2, 0.5, 0.9]))
    def test_limits_hold_it_and_the_unit_does_not_matter(self, seed: int, items: int, shared: float) -> None:
        rows = answers_of(12, items, shared, seed)
        found = cronbach_alpha(rows)
        assert found.interval.contains(found.alpha)
        turned = cronbach_alpha([[None if x is None else 7 + 3 * x for x in row] for row in rows])
        assert turned.alpha == pytest.approx(found.alpha)
        assert all(-1 - 1e-9 <= r <= 1 + 1e-9 for r in found.item_rest)

    @pytest.mark.parametrize(
        "rows",
        [[], [[1, 2]], [[1], [2]], [[1, 2], [1, 3]], [[1, 2], [None, 3]], [[1, 2], [2]], [[1, 2], [2, 1]]],
        ids=["nobody", "one person", "one item", "all alike", "one complete", "ragged", "sum constant"],
    )
    def test_what_is_no_scale_is_refused(self, rows: list[list[float | None]]) -> None:
        with pytest.raises(ValueError):
            cronbach_alpha(rows)


class TestOmega:
    def test_it_finds_what_was_planted(self) -> None:
        """5 items with loading 0.7: omega 12.25 / (12.25 + 2.55)."""
        rows = answers_of(3_000, 5, 0.7, seed=1)
        planted = 3.5**2 / (3.5**2 + 5 * 0.51)
        assert omega_one_factor(rows).standardised == pytest.approx(planted, abs=0.01)
        assert omega_total_minres(rows) == pytest.approx(planted, abs=0.01)

    def test_items_alike_have_omega_as_alpha(self) -> None:
        rows = answers_of(3_000, 4, 0.6, seed=2)
        assert omega_one_factor(rows).raw == pytest.approx(cronbach_alpha(rows).alpha, abs=0.005)

    def test_two_items_have_no_factor(self) -> None:
        for work in (omega_one_factor, omega_total_minres):
            with pytest.raises(ValueError, match="at least 3 items"):
                work([[1, 2], [2, 1], [3, 4]])

    @given(
        rows=st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=12),
    )
    def test_odd_answers_end_in_a_figure_or_a_reason(self, rows: list[list[float | None]]) -> None:
        for work in (lambda r: omega_one_factor(r).standardised, omega_total_minres):
            try:
                found = work(rows)
            except ValueError:
                continue
            assert found <= 1 + 1e-6


def test_a_scale_is_judged_from_30_people_and_3_items() -> None:
    assert why_not_judged(30, 3) is None
    assert "30" in str(why_not_judged(29, 3))
    assert "too short" in str(why_not_judged(100, 2))


class TestReliableChange:
    def test_as_printed(self) -> None:
        """Jacobson and Truax 1991: 47.5 to 32.5, SD 7.5, reliability 0.80."""
        found = reliable_change(47.5, 32.5, 7.5, 0.8)
        assert found.index == pytest.approx(-3.16, abs=0.005)
        assert found.reliable and found.improved(higher_is_better=False) and not found.improved(higher_is_better=True)

    @given(before=st.integers(0, 40), after=st.integers(0, 40), reliability=st.floats(0, 0.99))
    def test_past_the_threshold_is_reliable(self, before: int, after: int, reliability: float) -> None:
        found = reliable_change(before, after, 5, reliability)
        assert found.reliable == (abs(found.change) > found.threshold)
        assert reliable_change(after, before, 5, reliability).index == pytest.approx(-found.index)

    @pytest.mark.parametrize(("sd", "reliability"), [(0, 0.8), (5, 1), (5, -0.1), (5, 1.2)])
    def test_a_scale_that_cannot_be_is_refused(self, sd: float, reliability: float) -> None:
        with pytest.raises(ValueError):
            reliable_change(1, 2, sd, reliability)
        with pytest.raises(ValueError):
            reliable_change(float("nan"), 2, 5, 0.8)
