"""Days that come in runs, and people who differ."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.autocorrelation import pooled_lag1
from metrics.estimators.shares import (
    clustered_share_difference,
    day_share_difference,
    design_effect,
    effective_size,
    newcombe_difference,
)

days = st.lists(st.sampled_from([0, 1, None]), max_size=40)


def spread_out(bad: int, of: int) -> list[int]:
    """``bad`` days spread as evenly as can be over ``of``: nothing comes in runs."""
    return [int((day + 1) * bad // of > day * bad // of) for day in range(of)]


class TestTheWorkedExample:
    """20 of 28 mornings, then 8 of 28: the true drop is somewhere between 7 and 66 in 100."""

    def test_bad_mornings_come_in_runs(self) -> None:
        found = day_share_difference(spread_out(20, 28), spread_out(8, 28))
        assert found.correlation == 0.3
        assert found.estimate == pytest.approx(-12 / 28)
        assert found.interval.low is not None and found.interval.high is not None
        assert [round(100 * found.interval.low), round(100 * found.interval.high)] == [-66, -7]
        assert found.method == "Newcombe limits, day-to-day correlation 0.3"
        assert round(found.size_before) == 15

    def test_if_days_were_independent(self) -> None:
        for found in [
            newcombe_difference(20 / 28, effective_size(28, 0), 8 / 28, effective_size(28, 0)),
            day_share_difference(spread_out(20, 28), spread_out(8, 28), rho_floor=0),
        ]:
            assert found.interval.low is not None and found.interval.high is not None
            assert [round(100 * found.interval.low), round(100 * found.interval.high)] == [-62, -17]


class TestEffectiveSize:
    def test_exact(self) -> None:
        assert effective_size(28, 0) == 28
        assert effective_size(28, 0.3) == pytest.approx(28 * 0.7 / 1.3)
        assert effective_size(28, 0.5) == pytest.approx(28 / 3)

    @given(n=st.floats(0.1, 1000), rho=st.floats(-0.95, 0.94), more=st.floats(0.001, 0.05))
    def test_more_resemblance_is_worth_fewer_days(self, n: float, rho: float, more: float) -> None:
        assert effective_size(n, rho + more) < effective_size(n, rho) < effective_size(n + 1, rho)

    @pytest.mark.parametrize(("n", "rho"), [(0, 0.3), (-1, 0.3), (28, 1), (28, -1)])
    def test_the_impossible_is_refused(self, n: float, rho: float) -> None:
        with pytest.raises(ValueError):
            effective_size(n, rho)


class TestResemblance:
    @pytest.mark.parametrize(
        "runs", [[], [[]], [[1]], [[None, None]], [[1, 1, 1]], [[1, None, 0, None, 1]], [[0], [1]]]
    )
    def test_nothing_to_see(self, runs: list[list[int | None]]) -> None:
        assert pooled_lag1(runs) is None

    def test_by_hand(self) -> None:
        """1 1 0 0 around 1/2: products 1/4, -1/4, 1/4 over 3 pairs, squares 4/4 over 4 days."""
        assert pooled_lag1([[1, 1, 0, 0]]) == pytest.approx((0.25 / 3) / 0.25)

    def test_taking_turns_is_the_opposite_of_resembling(self) -> None:
        assert pooled_lag1([[0, 1] * 10]) == pytest.approx(-1)

    def test_a_gap_breaks_the_chain(self) -> None:
        """Only the pairs 1 1 and 0 0 are left."""
        assert pooled_lag1([[1, 1, None, 0, 0]]) == pytest.approx(1)

    def test_a_change_between_phases_is_not_resemblance(self) -> None:
        phases = [[0, 0, 0, 0, 1, 0, 0, 0], [1, 1, 1, 0, 1, 1, 1, 1]]
        apart, joined = pooled_lag1(phases), pooled_lag1([phases[0] + phases[1]])
        assert apart is not None and joined is not None
        assert apart < 0 < joined

    @given(run=days)
    def test_a_mirrored_run_resembles_itself_as_much(self, run: list[int | None]) -> None:
        found = pooled_lag1([run])
        flipped = pooled_lag1([[None if day is None else 1 - day for day in run]])
        backwards = pooled_lag1([run[::-1]])
        if found is None:
            assert flipped is None and backwards is None
        else:
            assert -1 <= found <= 1
            assert flipped == pytest.approx(found) and backwards == pytest.approx(found)

    def test_it_finds_what_was_planted(self) -> None:
        chance = random.Random(7)
        run = [1]
        for _ in range(20_000):
            run.append(run[-1] if chance.random() < 0.4 else int(chance.random() < 0.5))
        assert pooled_lag1([run]) == pytest.approx(0.4, abs=0.03)

    def test_a_day_is_yes_no_or_unknown(self) -> None:
        with pytest.raises(ValueError, match="nobody looked"):
            day_share_difference([0, 2], [1, 0])

    def test_a_point_is_a_number(self) -> None:
        with pytest.raises(ValueError, match="finite"):
            pooled_lag1([[0.0, math.nan]])

    def test_points_need_not_be_days(self) -> None:
        """1 2 3 about 2: neighbours 0 of 2 pairs; squares 2 over 3 points. Nothing to see in 5 5 5."""
        assert pooled_lag1([[1, 2, 3], [5, 5, 5]]) == pytest.approx(0)
        assert pooled_lag1([[1, -1, 1, -1], [1, -1, 1, -1]]) == pytest.approx(-1)
        assert pooled_lag1([[0.1] * 5, [0.1] * 7]) is None


class TestDays:
    def test_long_runs_widen_the_limits(self) -> None:
        bunched = day_share_difference([1] * 20 + [0] * 8, [1] * 8 + [0] * 20)
        spread = day_share_difference(spread_out(20, 28), spread_out(8, 28))
        assert bunched.correlation is not None and 0.3 < bunched.correlation <= 0.9
        assert bunched.size_before < spread.size_before
        assert bunched.interval.contains(0)

    def test_days_nobody_looked_are_no_days(self) -> None:
        found = day_share_difference([1, None, 0, None, 1], [0, 0, None])
        assert found.share_before == pytest.approx(2 / 3)
        assert found.size_before == pytest.approx(3 * 0.7 / 1.3)
        assert found.size_after == pytest.approx(2 * 0.7 / 1.3)

    @pytest.mark.parametrize(("before", "after"), [([], [1]), ([1], [None, None])])
    def test_a_side_without_a_watched_day_is_refused(self, before: list[int | None], after: list[int | None]) -> None:
        with pytest.raises(ValueError):
            day_share_difference(before, after)

    def test_a_floor_out_of_reach_is_refused(self) -> None:
        with pytest.raises(ValueError):
            day_share_difference([1, 0], [0, 1], rho_floor=0.95)

    @given(before=days, after=days)
    def test_limits_contain_the_difference(self, before: list[int | None], after: list[int | None]) -> None:
        if any(day is not None for day in before) and any(day is not None for day in after):
            found = day_share_difference(before, after)
            assert found.interval.contains(found.estimate)
            assert found.correlation is not None and 0.3 <= found.correlation <= 0.9


class TestPeople:
    def test_by_hand(self) -> None:
        """5 of 10 and 1 of 10: share 0.3, 2/1 x (4 + 4) / 400 over 0.21 / 20."""
        assert design_effect([5, 1], [10, 10]) == pytest.approx((2 * 8 / 400) / (0.3 * 0.7 / 20))

    @pytest.mark.parametrize(
        ("successes", "trials"),
        [([], []), ([3], [10]), ([0, 0], [10, 10]), ([10, 10], [10, 10]), ([3, 0], [10, 0])],
    )
    def test_nothing_to_see_is_no_effect(self, successes: list[int], trials: list[int]) -> None:
        assert design_effect(successes, trials) == 1

    def test_people_alike_have_no_effect(self) -> None:
        assert design_effect([3, 3, 3], [10, 10, 10]) == 1

    def test_people_all_or_nothing_are_worth_one_trial_each(self) -> None:
        """As many trials as people, up to m / (m - 1)."""
        assert design_effect([10, 0] * 5, [10] * 10) == pytest.approx(10 * 10 / 9)

    @pytest.mark.parametrize(("successes", "trials"), [([1], [1, 2]), ([3, 1], [2, 2]), ([-1, 1], [2, 2])])
    def test_what_is_no_share_is_refused(self, successes: list[int], trials: list[int]) -> None:
        with pytest.raises(ValueError):
            design_effect(successes, trials)

    def test_people_who_differ_widen_the_limits(self) -> None:
        alike = clustered_share_difference(named("a", [(5, 10)] * 8), named("b", [(3, 10)] * 8))
        differ = clustered_share_difference(named("a", [(10, 10), (0, 10)] * 4), named("b", [(6, 10), (0, 10)] * 4))
        assert differ.estimate == pytest.approx(alike.estimate)
        assert differ.size_before < 10
        assert differ.interval.contains(0) and not alike.interval.contains(0)
        assert alike.method == "Newcombe limits, design effect 1.1, t limits for 16 clusters"

    def test_the_same_people_on_both_sides_do_not_blur_a_change_within_them(self) -> None:
        before, after = [(9, 10), (2, 10)] * 4, [(7, 10), (0, 10)] * 4
        same = clustered_share_difference(named("a", before), named("a", after))
        strangers = clustered_share_difference(named("a", before), named("b", after))
        assert same.estimate == strangers.estimate
        assert same.interval.high is not None and strangers.interval.high is not None
        assert same.interval.high < strangers.interval.high

    def test_few_people_reach_further(self) -> None:
        few = clustered_share_difference(named("a", [(20, 40)] * 4), named("a", [(12, 40)] * 4))
        many = clustered_share_difference(named("a", [(5, 10)] * 16), named("a", [(3, 10)] * 16))
        assert few.interval.low is not None and many.interval.low is not None
        assert few.interval.low < many.interval.low

    def test_people_who_never_vary_are_no_certainty(self) -> None:
        found = clustered_share_difference(named("a", [(10, 10), (0, 10)] * 3), named("a", [(10, 10), (0, 10)] * 3))
        assert found.interval.low is not None and found.interval.high is not None
        assert found.interval.high - found.interval.low > 0.1

    def test_one_tally_a_side_is_taken_as_it_is(self) -> None:
        found = clustered_share_difference({"spring": (40, 80)}, {"autumn": (24, 80)})
        assert found.interval == newcombe_difference(0.5, 80, 0.3, 80).interval
        assert found.method == "Newcombe limits"

    def test_a_side_without_trials_is_refused(self) -> None:
        for before, after in [({}, {"a": (1, 2)}), ({"a": (1, 2)}, {"b": (0, 0)}), ({"a": (3, 2)}, {"a": (1, 2)})]:
            with pytest.raises(ValueError):
                clustered_share_difference(before, after)


def named(letter: str, clusters: list[tuple[int, int]]) -> dict[str, tuple[float, float]]:
    return {f"{letter}{number}": (float(x), float(n)) for number, (x, n) in enumerate(clusters)}
