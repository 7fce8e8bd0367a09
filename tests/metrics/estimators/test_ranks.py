"""Scores by their order: exact chances against full enumeration, laws, and the edges."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.exact_ranks import chances_of_signed_sum, chances_of_sum_of, midranks
from metrics.estimators.ranks import (
    compare_ranks,
    delta_limits,
    mean_change,
    normal_shift,
    paired_scores,
    permutation_p,
    rank_shift_limits,
    shift_limits,
    superiority,
)

answers = st.lists(st.integers(1, 5), min_size=1, max_size=8)
pairs = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9)


def signed_rank_by_enumeration(ranks: list[float], plus: float) -> float:
    sums = [
        sum(r for r, s in zip(ranks, signs, strict=True) if s) for signs in itertools.product([0, 1], repeat=len(ranks))
    ]
    low, high = sum(s <= plus for s in sums), sum(s >= plus for s in sums)
    return min(1.0, 2 * min(low, high) / len(sums))


def rank_sum_by_enumeration(ranks: list[float], chosen: int) -> float:
    seen = sum(ranks[:chosen])
    sums = [sum(choice) for choice in itertools.combinations(ranks, chosen)]
    low, high = sum(s <= seen for s in sums), sum(s >= seen for s in sums)
    return min(1.0, 2 * min(low, high) / len(sums))


class TestPaired:
    @given(rows=pairs)
    def test_exact_p_is_that_of_full_enumeration(self, rows: list[tuple[int, int]]) -> None:
        before, after = zip(*rows, strict=True)
        found = paired_scores(before, after)
        moves = [y - x for x, y in rows]
        changed = [move for move in moves if move]
        ranks = midranks([abs(move) for move in changed]).tolist()
        assert found.p == pytest.approx(signed_rank_by_enumeration(ranks, found.w_plus))
        pratt = [rank for rank, move in zip(midranks([abs(m) for m in moves]), moves, strict=True) if move]
        plus = sum(rank for rank, move in zip(pratt, changed, strict=True) if move > 0)
        assert found.p_pratt == pytest.approx(signed_rank_by_enumeration(pratt, plus))

    @given(rows=pairs)
    def test_swapping_before_and_after_turns_it_round(self, rows: list[tuple[int, int]]) -> None:
        before, after = zip(*rows, strict=True)
        there, back = paired_scores(before, after), paired_scores(after, before)
        assert (there.up, there.down, there.w_plus) == (back.down, back.up, back.w_minus)
        assert there.shift == pytest.approx(-back.shift) and there.p == pytest.approx(back.p)
        limits, mirrored = shift_limits(before, after), shift_limits(after, before)
        if limits.low is not None and mirrored.high is not None:
            assert limits.low == pytest.approx(-mirrored.high) and limits.contains(there.shift)

    def test_tenths_are_tied_as_they_look(self) -> None:
        """0.3 - 0.2 and 0.2 - 0.1 are the same step, whatever binary says."""
        found = paired_scores([0.1, 0.2, 0.3], [0.2, 0.3, 0.1])
        assert found.w_plus == 3 and found.w_minus == 3

    def test_a_missing_answer_drops_the_pair(self) -> None:
        found = paired_scores([1, None, 3, 4], [2, 2, None, 4])
        assert (found.pairs, found.dropped, found.changed, found.up) == (2, 2, 1, 1)

    def test_nobody_changed(self) -> None:
        found = paired_scores([3, 3, 4], [3, 3, 4])
        assert found.p == found.p_sign == found.p_normal == found.p_pratt == 1
        assert found.shift == 0 and found.shift_of_changed is None and found.rank_biserial is None
        assert not found.enough
        for method in ("conditional", "normal"):
            with pytest.raises(ValueError, match="same amount"):
                shift_limits([3, 3], [3, 3], method)
        with pytest.raises(ValueError):
            normal_shift([3, 3], [3, 3])

    def test_five_changed_are_too_few_for_limits(self) -> None:
        limits = shift_limits([1] * 5, [2, 3, 4, 5, 6])
        assert limits.low is None and limits.high is None
        assert paired_scores([1] * 5, [2, 3, 4, 5, 6]).p > 0.05
        assert paired_scores([1] * 6, [2, 3, 4, 5, 6, 7]).enough

    def test_beyond_the_exact_count_the_normal_takes_over(self) -> None:
        before = [0.0] * 240
        after = [(-1) ** step * (step + 1) + 8 for step in range(240)]
        found = paired_scores(before, after)
        assert found.p == found.p_normal_corrected
        assert shift_limits(before, after).contains(found.shift)

    @pytest.mark.parametrize(("before", "after"), [([1], [1, 2]), ([], []), ([None], [1]), ([math.nan], [1])])
    def test_what_is_no_pairs_is_refused(self, before: list[float | None], after: list[float | None]) -> None:
        for work in (paired_scores, mean_change, shift_limits):
            with pytest.raises(ValueError):
                work(before, after)

    def test_a_mean_change_needs_a_spread(self) -> None:
        for before, after in [([1, 2], [2, 3]), ([1], [3])]:
            with pytest.raises(ValueError):
                mean_change(before, after)

    @given(rows=pairs)
    def test_the_mean_lies_within_its_limits(self, rows: list[tuple[int, int]]) -> None:
        before, after = zip(*rows, strict=True)
        if len({y - x for x, y in rows}) > 1:
            found = mean_change(before, after)
            assert found.interval.contains(found.estimate)
            assert found.p == pytest.approx(stats.ttest_rel(after, before).pvalue)

    @given(rows=pairs)
    def test_conditional_limits_hold_the_shift(self, rows: list[tuple[int, int]]) -> None:
        before, after = zip(*rows, strict=True)
        moves = {y - x for x, y in rows} - {0}
        if len(moves) > 1:
            typical = paired_scores(before, after).shift_of_changed
            assert typical is not None
            limits = shift_limits(before, after, "conditional")
            assert limits.low is None or limits.low <= typical + 1e-9
            assert limits.high is None or limits.high >= typical - 1e-9


class TestUnpaired:
    @given(before=answers, after=answers)
    def test_exact_p_is_that_of_full_enumeration(self, before: list[int], after: list[int]) -> None:
        ranks = midranks([*after, *before]).tolist()
        expected = rank_sum_by_enumeration(ranks, len(after))
        assert compare_ranks(before, after).p == pytest.approx(expected)

    @given(before=answers, after=answers)
    def test_swapping_before_and_after_turns_it_round(self, before: list[int], after: list[int]) -> None:
        there, back = compare_ranks(before, after), compare_ranks(after, before)
        assert there.superiority == pytest.approx(1 - back.superiority)
        assert there.delta == pytest.approx(-back.delta) and there.shift == pytest.approx(-back.shift)
        assert there.p == pytest.approx(back.p)
        one, other = superiority(before, after), superiority(after, before)
        assert one.interval.contains(one.estimate)
        assert one.method == other.method and one.p == pytest.approx(other.p)

    @given(before=answers, after=answers)
    def test_the_same_chance_as_the_overlap_of_two_phases(self, before: list[int], after: list[int]) -> None:
        from metrics.estimators.single_case.overlap import nap

        if min(len(before), len(after)) > 1:
            assert compare_ranks(before, after).superiority == pytest.approx(nap(before, after).value)

    def test_no_overlap_falls_back(self) -> None:
        found = superiority([1, 2, 2, 1], [4, 5, 5, 4])
        assert found.estimate == 1 and found.df is None and found.p == pytest.approx(2 / 70)
        assert found.interval.low is not None and 0.4 < found.interval.low < 1 and found.interval.high == 1
        with pytest.raises(ValueError, match="do not overlap"):
            delta_limits([1, 2, 2, 1], [4, 5, 5, 4])

    def test_all_tied_is_no_change(self) -> None:
        found = superiority([3, 3, 3], [3, 3, 3])
        assert found.estimate == 0.5 and found.p == 1
        assert compare_ranks([3, 3], [3, 3]).p_normal == 1
        for work in (rank_shift_limits, delta_limits):
            with pytest.raises(ValueError):
                work([3, 3, 3], [3, 3, 3])

    @given(before=answers, after=answers)
    def test_delta_limits_hold_delta(self, before: list[int], after: list[int]) -> None:
        try:
            limits = delta_limits(before, after)
        except ValueError:
            return
        assert limits.contains(compare_ranks(before, after).delta)
        assert limits.low is not None and limits.high is not None and -1 <= limits.low <= limits.high <= 1

    @given(before=answers, after=answers)
    def test_shift_limits_hold_the_shift(self, before: list[int], after: list[int]) -> None:
        if len({*before, *after}) > 1:
            limits = rank_shift_limits(before, after)
            typical = compare_ranks(before, after).shift
            assert limits.low is None or limits.low <= typical
            assert limits.high is None or limits.high >= typical

    def test_two_sides_alike_are_no_surprise(self) -> None:
        assert permutation_p([1, 2, 3], [2, 3, 1], seed=1, draws=500) == 1

    @settings(max_examples=15)
    @given(
        before=st.lists(st.integers(1, 5), min_size=2, max_size=4),
        after=st.lists(st.integers(1, 5), min_size=2, max_size=4),
    )
    def test_shuffling_agrees_with_trying_every_split(self, before: list[int], after: list[int]) -> None:
        pooled = [*before, *after]
        if len(set(pooled)) == 1:
            return

        def statistic(first: list[int], second: list[int]) -> float:
            found = stats.brunnermunzel(first, second) if len({*first}) > 1 or len({*second}) > 1 else None
            chance = compare_ranks(first, second).superiority
            if found is None or not math.isfinite(found.statistic):
                return math.inf if chance != 0.5 else 0.0
            return abs(float(found.statistic))

        with np.errstate(all="ignore"):
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                seen = statistic(before, after)
                every = [
                    statistic([pooled[i] for i in chosen], [x for i, x in enumerate(pooled) if i not in chosen])
                    for chosen in itertools.combinations(range(len(pooled)), len(before))
                ]
        exact = sum(value >= seen * (1 - 1e-9) - 1e-9 for value in every) / len(every)
        assert permutation_p(before, after, seed=1, draws=4_000) == pytest.approx(exact, abs=0.04)

    def test_scores_of_any_size_have_limits(self) -> None:
        """Root searches end by relative size where the absolute one is out of reach."""
        before, after = [3e11, 3e11, 1e11, 2e11], [0, 0, 1e11, 1e11, 2e11, 0.2e11, 0.5e11, 1e11, 0]
        limits = rank_shift_limits(before, after, "normal")
        assert limits.contains(compare_ranks(before, after).shift)
        with pytest.raises(ValueError, match="at most"):
            compare_ranks(before, [1e13])

    def test_shuffling_is_repeatable(self) -> None:
        once, again = (permutation_p([1, 2, 3], [2, 4, 5], seed=7, draws=200) for _ in range(2))
        assert once == again

    @pytest.mark.parametrize(("before", "after"), [([], [1]), ([1], []), ([1], [math.inf])])
    def test_a_side_without_answers_is_refused(self, before: list[float], after: list[float]) -> None:
        for work in (compare_ranks, superiority, delta_limits, rank_shift_limits):
            with pytest.raises(ValueError):
                work(before, after)
        with pytest.raises(ValueError):
            permutation_p(before, after, seed=1)

    def test_many_answers_are_quick_and_agree_with_the_normal(self) -> None:
        before, after = [step % 5 for step in range(300)], [(step % 7) * 5 / 7 for step in range(280)]
        found = compare_ranks(before, after)
        assert found.p == found.p_normal_corrected
        few = compare_ranks(before[:50], after[:50])
        assert few.p == pytest.approx(few.p_normal_corrected, abs=0.02)


class TestExactChances:
    @given(ranks=st.lists(st.sampled_from([1.0, 1.5, 2.0, 3.5]), min_size=1, max_size=10), chosen=st.integers(0, 10))
    def test_chances_add_up_to_one(self, ranks: list[float], chosen: int) -> None:
        assert chances_of_signed_sum(np.array(ranks)).sum() == pytest.approx(1)
        if chosen <= len(ranks):
            assert chances_of_sum_of(np.array(ranks), chosen).sum() == pytest.approx(1)

    def test_without_ties_it_is_the_textbook_table(self) -> None:
        """P(T+ <= 3 of 6) is 5 / 64."""
        assert chances_of_signed_sum(np.arange(1.0, 7))[:7].sum() == pytest.approx(5 / 64)
