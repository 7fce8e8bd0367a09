"""How long people stay: by hand, by law, with late entry, and at the edges."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.survival import (
    cumulative_incidence,
    hazard_ratio,
    kaplan_meier,
    log_rank,
    restricted_mean,
    restricted_mean_change,
)

stay = st.tuples(st.integers(0, 6), st.integers(1, 8), st.sampled_from([0, 1, 2]))
"""When somebody came into sight, how long they were followed, and why it ended."""
stays = st.lists(stay, min_size=1, max_size=15)


def columns(rows: list[tuple[int, int, int]], late: bool = True) -> tuple[list[float], list[float], list[int]]:
    entry = [float(start) if late else 0.0 for start, _, _ in rows]
    return entry, [start + float(length) for start, length, _ in rows], [cause for _, _, cause in rows]


class TestStayingCurve:
    def test_by_hand(self) -> None:
        """4 people: one leaves at 1, one is lost at 2, one leaves at 3: 3/4, then 3/4 x 1/2."""
        found = kaplan_meier([0] * 4, [1, 2, 3, 4], [1, 0, 1, 0], [0.5, 1, 3])
        assert [at.share for at in found.at] == pytest.approx([1, 0.75, 0.375])
        assert found.at[1].se == pytest.approx(0.75 * math.sqrt(1 / 12))
        assert (found.people, found.events, found.person_time, found.median) == (4, 2, 10, 3)
        assert found.fewest_at_risk == 2

    def test_late_entry_counts_from_entry(self) -> None:
        """Somebody who came into sight at 2 is not among those who could leave at 1."""
        found = kaplan_meier([0, 0, 2], [1, 3, 4], [1, 1, 0], [1, 3])
        assert [at.share for at in found.at] == pytest.approx([1 / 2, 1 / 2 * 1 / 2])
        assert found.person_time == 6

    def test_who_was_never_in_sight_is_not_seen_leaving(self) -> None:
        """Came into sight at 2 and left at 2: the other leaver at 2 still counts."""
        found = kaplan_meier([0, 0, 2], [2, 3, 2], [1, 0, 1], [2])
        assert found.at[0].share == pytest.approx(0.5) and found.events == 1
        moved = cumulative_incidence([0, 0, 2], [2, 3, 2], [1, 0, 2], [2]).at[0]
        assert (moved.estimate, moved.competing) == (0.5, 0)

    def test_nobody_was_followed_so_far(self) -> None:
        found = kaplan_meier([0, 0], [2, 3], [1, 0], [5]).at[0]
        assert (found.share, found.se, found.interval.low, found.interval.high) == (None, None, None, None)

    def test_everybody_left(self) -> None:
        found = kaplan_meier([0, 0], [2, 3], [1, 1], [5])
        assert found.at[0].share == 0 and found.at[0].se is None and found.at[0].interval.low is None
        assert found.median == pytest.approx(2.5)

    def test_fewer_than_half_have_left(self) -> None:
        assert kaplan_meier([0] * 3, [1, 2, 3], [1, 0, 0], []).median is None

    def test_no_event_at_all(self) -> None:
        found = kaplan_meier([0] * 3, [1, 2, 3], [0, 0, 0], [2])
        assert found.at[0].share == 1 and found.fewest_at_risk is None and found.times == ()

    @given(rows=stays)
    def test_late_entry_at_0_is_no_late_entry(self, rows: list[tuple[int, int, int]]) -> None:
        """Entry the moment before anything happens is entry from the start."""
        _, leave, cause = columns(rows, late=False)
        event = [int(c > 0) for c in cause]
        early = kaplan_meier([0] * len(rows), leave, event, [1, 4])
        just_after = kaplan_meier([0.5] * len(rows), leave, event, [1, 4])
        assert [at.share for at in early.at] == [at.share for at in just_after.at]

    @given(rows=stays)
    def test_it_only_ever_falls_and_limits_hold_it(self, rows: list[tuple[int, int, int]]) -> None:
        entry, leave, cause = columns(rows)
        found = kaplan_meier(entry, leave, [int(c > 0) for c in cause], range(15))
        shares = [1.0, *found.shares]
        assert all(later <= earlier for earlier, later in itertools.pairwise(shares))
        for at in found.at:
            if at.share is not None:
                assert 0 <= at.share <= 1
                assert at.interval.low is None or at.interval.contains(at.share)
                assert at.plain.low is None or at.plain.contains(at.share)


class TestCompetingEvents:
    def test_by_hand(self) -> None:
        """4 people: a move at 1, a death at 2, a move at 3: 1/4, then 1/4 + 2/4 x 1/2."""
        found = cumulative_incidence([0] * 4, [1, 2, 3, 4], [1, 2, 1, 0], [1, 2, 3])
        assert [at.estimate for at in found.at] == pytest.approx([0.25, 0.25, 0.5])
        assert [at.competing for at in found.at] == pytest.approx([0, 0.25, 0.25])
        assert [at.still_there for at in found.at] == pytest.approx([0.75, 0.5, 0.25])
        assert found.at[0].se == pytest.approx(math.sqrt(0.25 * 0.75 / 4))

    @given(rows=stays)
    def test_the_three_shares_add_up(self, rows: list[tuple[int, int, int]]) -> None:
        found = cumulative_incidence(*columns(rows), at=range(15))
        for at in found.at:
            if at.estimate is not None:
                assert at.competing is not None and at.still_there is not None and at.se is not None
                assert at.estimate + at.competing + at.still_there == pytest.approx(1)
                assert at.interval.low is None or at.interval.contains(at.estimate)

    @given(rows=stays)
    def test_without_deaths_it_is_one_minus_the_staying_curve(self, rows: list[tuple[int, int, int]]) -> None:
        entry, leave, cause = columns(rows)
        moved = [int(c > 0) for c in cause]
        curve = kaplan_meier(entry, leave, moved, range(15))
        found = cumulative_incidence(entry, leave, moved, range(15))
        for still, gone in zip(curve.at, found.at, strict=True):
            assert (still.share is None) == (gone.estimate is None)
            if still.share is not None:
                assert gone.estimate == pytest.approx(1 - still.share)

    @given(rows=stays)
    def test_without_deaths_or_late_entry_the_jackknife_is_greenwoods(self, rows: list[tuple[int, int, int]]) -> None:
        entry, leave, cause = columns(rows, late=False)
        moved = [int(c > 0) for c in cause]
        curve = kaplan_meier(entry, leave, moved, range(15))
        found = cumulative_incidence(entry, leave, moved, range(15))
        for still, gone in zip(curve.at, found.at, strict=True):
            if still.se is not None and still.share:
                assert gone.se == pytest.approx(still.se, abs=1e-9)

    @given(rows=stays)
    def test_one_minus_the_curve_that_ignores_deaths_is_never_smaller(self, rows: list[tuple[int, int, int]]) -> None:
        entry, leave, cause = columns(rows)
        ignoring = kaplan_meier(entry, leave, [int(c == 1) for c in cause], range(15))
        found = cumulative_incidence(entry, leave, cause, range(15))
        for still, gone in zip(ignoring.at, found.at, strict=True):
            if still.share is not None and gone.estimate is not None:
                assert gone.estimate <= 1 - still.share + 1e-9

    def test_limits_with_late_entry_hold_the_truth(self) -> None:
        """True share moved by 2 at hazards of 0.2 each: 0.5 (1 - exp(-0.8)); 400 homes of 60 people."""
        chance, held, worlds, truth = random.Random(3), 0, 400, 0.5 * (1 - math.exp(-0.8))
        for _ in range(worlds):
            rows: list[tuple[float, float, int]] = []
            while len(rows) < 60:
                start, left = chance.choice([0.0, 0.0, chance.random()]), chance.expovariate(0.4)
                if left > start:
                    cause = chance.choice([1, 2])
                    rows.append((start, min(left, 3.0), cause if left < 3 else 0))
            entry, leave, cause_of = zip(*rows, strict=True)
            at = cumulative_incidence(entry, leave, cause_of, [2.0]).at[0]
            held += at.interval.contains(truth)
        assert 0.92 <= held / worlds <= 0.98


class TestMeanStay:
    def test_by_hand(self) -> None:
        """1 for the first unit, 1/2 for the second."""
        found = restricted_mean([0, 0], [1, 2], [1, 1], until=2)
        assert found.mean == pytest.approx(1.5)
        assert found.se == pytest.approx(0.5 * math.sqrt(1 / 2))

    def test_beyond_what_was_followed_is_refused(self) -> None:
        with pytest.raises(ValueError, match="longest was 2"):
            restricted_mean([0, 0], [1, 2], [1, 0], until=3)
        assert restricted_mean([0, 0], [1, 2], [1, 1], until=3).mean == pytest.approx(1.5)

    @given(rows=stays, until=st.integers(1, 5))
    def test_it_lies_within_the_stretch(self, rows: list[tuple[int, int, int]], until: int) -> None:
        entry, leave, cause = columns(rows)
        try:
            found = restricted_mean(entry, leave, [int(c > 0) for c in cause], until)
        except ValueError:
            return
        assert 0 <= found.mean <= until + 1e-9 and found.interval.contains(min(found.mean, until))

    def test_swapping_the_sides_turns_it_round(self) -> None:
        one = restricted_mean([0] * 4, [1, 2, 3, 4], [1, 1, 0, 0], until=3)
        two = restricted_mean([0] * 4, [2, 3, 4, 4], [1, 1, 0, 0], until=3)
        there, back = restricted_mean_change(one, two), restricted_mean_change(two, one)
        assert there.difference == pytest.approx(-back.difference)
        assert there.ratio == pytest.approx(1 / back.ratio)
        assert there.interval.contains(there.difference)

    def test_what_cannot_be_compared_is_refused(self) -> None:
        one = restricted_mean([0] * 2, [3, 3], [0, 0], until=2)
        with pytest.raises(ValueError, match="nothing to work out"):
            restricted_mean_change(one, one)
        with pytest.raises(ValueError, match="cannot be compared"):
            restricted_mean_change(one, restricted_mean([0] * 2, [3, 3], [0, 0], until=3))


class TestTwoGroups:
    LEAVE, EVENT, GROUP = [1, 2, 3, 4, 2, 3, 5, 6], [1, 1, 1, 0, 1, 1, 1, 0], [0, 0, 0, 0, 1, 1, 1, 1]

    def test_naming_the_groups_the_other_way_turns_it_round(self) -> None:
        other = [1 - g for g in self.GROUP]
        one = hazard_ratio([0] * 8, self.LEAVE, self.EVENT, self.GROUP)
        two = hazard_ratio([0] * 8, self.LEAVE, self.EVENT, other)
        assert one.log_ratio == pytest.approx(-two.log_ratio) and one.se == pytest.approx(two.se)
        assert one.interval.contains(one.ratio)
        first, second = (log_rank([0] * 8, self.LEAVE, self.EVENT, group) for group in (self.GROUP, other))
        assert first.chi_square == pytest.approx(second.chi_square)

    def test_without_ties_both_ways_with_ties_agree(self) -> None:
        leave = [1.0, 2.1, 3.2, 4.0, 2.5, 3.7, 5.0, 6.0]
        efron = hazard_ratio([0] * 8, leave, self.EVENT, self.GROUP)
        breslow = hazard_ratio([0] * 8, leave, self.EVENT, self.GROUP, "breslow")
        assert efron.log_ratio == pytest.approx(breslow.log_ratio) and efron.se == pytest.approx(breslow.se)

    def test_late_entry_agrees_with_statsmodels(self) -> None:
        import numpy as np
        from statsmodels.duration.hazard_regression import PHReg

        chance = random.Random(4)
        rows = [(chance.choice([0.0, 0.5]), 0.6 + chance.random() * 3, chance.random() < 0.7) for _ in range(60)]
        group = [place % 2 for place in range(60)]
        entry, leave, event = ([row[n] for row in rows] for n in range(3))
        theirs = PHReg(
            np.array(leave), np.array(group)[:, None], status=np.array(event), entry=np.array(entry), ties="efron"
        ).fit()
        ours = hazard_ratio(entry, leave, [int(e) for e in event], group)
        assert ours.log_ratio == pytest.approx(theirs.params[0], abs=1e-6)
        assert ours.se == pytest.approx(theirs.bse[0], rel=1e-5)

    def test_everybody_who_left_belonged_to_one_group(self) -> None:
        with pytest.raises(ValueError, match="one group"):
            hazard_ratio([0] * 4, [1, 2, 3, 3], [1, 1, 0, 0], [0, 0, 1, 1])

    def test_nobody_left(self) -> None:
        for work in (log_rank, hazard_ratio):
            with pytest.raises(ValueError, match="Nobody left"):
                work([0] * 4, [1, 2, 3, 3], [0] * 4, [0, 0, 1, 1])

    def test_a_third_group_is_refused(self) -> None:
        with pytest.raises(ValueError, match="group 0 or group 1"):
            log_rank([0, 0], [1, 2], [1, 1], [0, 2])


@pytest.mark.parametrize(
    ("entry", "leave", "event"),
    [
        ([], [], []),
        ([0], [1, 2], [1, 1]),
        ([2], [1], [1]),
        ([-1], [1], [1]),
        ([0], [math.inf], [1]),
        ([0], [1], [3]),
    ],
)
def test_broken_rows_are_refused(entry: list[float], leave: list[float], event: list[int]) -> None:
    for work in (kaplan_meier, cumulative_incidence):
        with pytest.raises(ValueError):
            work(entry, leave, event, [1])


@pytest.mark.parametrize("time", [-1.0, math.nan, math.inf])
def test_a_time_nobody_can_look_at_is_refused(time: float) -> None:
    for work in (kaplan_meier, cumulative_incidence):
        with pytest.raises(ValueError, match="A time to look at"):
            work([0, 0], [1, 2], [1, 0], [time])
