"""What could have been seen, how long it would take, and chance finds among several."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.detectable import detectable_ratio, detectable_share
from metrics.estimators.follow_up import MoreWeeks, weeks_for_rates, weeks_for_shares
from metrics.estimators.many import adjusted
from metrics.estimators.proportions import newcombe_difference
from metrics.estimators.rate_ratios import rate_ratio_exact

chances = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12)


class TestSeveralOutcomes:
    def test_by_hand(self) -> None:
        """0.01 x 3/1, 0.02 x 3/2, 0.5: the second pulls the first down to 0.03."""
        assert adjusted([0.02, None, 0.01, 0.5]) == pytest.approx((0.03, None, 0.03, 0.5))

    @given(ps=chances)
    def test_it_is_scipys_without_the_missing(self, ps: list[float | None]) -> None:
        known = [p for p in ps if p is not None]
        found = adjusted(ps)
        assert [p is None for p in found] == [p is None for p in ps]
        if known:
            expected = stats.false_discovery_control(known)
            assert [p for p in found if p is not None] == pytest.approx(list(expected))

    @given(ps=chances)
    def test_it_keeps_the_order_and_only_raises(self, ps: list[float | None]) -> None:
        both = sorted(
            (raw, new) for raw, new in zip(ps, adjusted(ps), strict=True) if raw is not None and new is not None
        )
        assert all(raw <= new <= 1 for raw, new in both)
        assert [new for _, new in both] == sorted(new for _, new in both)

    def test_what_is_no_chance_is_refused(self) -> None:
        for odd in (1.1, -0.1, float("nan")):
            with pytest.raises(ValueError):
                adjusted([odd])


class TestDetectableRatio:
    def test_a_home_of_thirty_beds_sees_only_a_halving(self) -> None:
        """8 per 1,000 over 5,400 bed days a side: 0.47 at 80 %."""
        assert detectable_ratio(0.008 * 5_400, 5_400, 5_400) == pytest.approx(0.47, abs=0.005)

    @pytest.mark.parametrize(("before", "better"), [(43.2, True), (43.2, False), (12.0, True)])
    def test_planted_ratios_are_found_as_often_as_promised(self, before: float, better: bool) -> None:
        ratio = detectable_ratio(before, 100, 150, fewer_is_better=better)
        if ratio is None:
            pytest.skip("nothing could be seen")
        chance, found, worlds = np.random.default_rng(1), 0, 2_000
        x1, x2 = chance.poisson(before, worlds), chance.poisson(before * 1.5 * ratio, worlds)
        for a, b in zip(x1.tolist(), x2.tolist(), strict=True):
            if a + b:
                limits = rate_ratio_exact(a, 100, b, 150).interval
                found += (limits.high is not None and limits.high < 1) if better else (limits.low or 0) > 1
        assert found / worlds == pytest.approx(0.8, abs=0.03)

    @given(before=st.floats(1, 300), more=st.floats(1.1, 3))
    def test_more_events_see_smaller_changes(self, before: float, more: float) -> None:
        few, many = (detectable_ratio(events, 100, 100) for events in (before, before * more))
        assert few is None or (many is not None and many >= few - 1e-4)

    def test_scatter_costs_exposure(self) -> None:
        assert detectable_ratio(80, 100, 100, dispersion=2) == pytest.approx(detectable_ratio(40, 100, 100))
        assert detectable_ratio(80, 100, 100, dispersion=0.5) == detectable_ratio(80, 100, 100)

    def test_too_little_to_see_anything(self) -> None:
        assert detectable_ratio(3, 100, 100) is None
        assert detectable_ratio(0.01, 100, 0.01, fewer_is_better=False) is None

    def test_counting_and_the_normal_meet(self) -> None:
        for better in (True, False):
            counted = detectable_ratio(995, 100, 100, fewer_is_better=better)
            normal = detectable_ratio(1_005, 100, 100, fewer_is_better=better)
            assert counted == pytest.approx(normal, abs=0.006)

    @pytest.mark.parametrize(
        ("before", "exposure", "power"), [(0, 1, 0.8), (5, 0, 0.8), (5, 1, 0.01), (5, 1, 1), (float("nan"), 1, 0.8)]
    )
    def test_odd_plans_are_refused(self, before: float, exposure: float, power: float) -> None:
        with pytest.raises(ValueError):
            detectable_ratio(before, exposure, 1, power=power)


class TestDetectableShare:
    @pytest.mark.parametrize("better", [True, False])
    def test_planted_differences_are_found_as_often_as_promised(self, better: bool) -> None:
        difference = detectable_share(0.5, 28, 40, fewer_is_better=better)
        assert difference is not None
        chance, found, worlds = np.random.default_rng(2), 0, 2_000
        x1, x2 = chance.binomial(28, 0.5, worlds), chance.binomial(40, 0.5 + difference, worlds)
        for a, b in zip(x1.tolist(), x2.tolist(), strict=True):
            limits = newcombe_difference(a / 28, 28, b / 40, 40).interval
            assert limits.low is not None and limits.high is not None
            found += limits.high < 0 if better else limits.low > 0
        assert found / worlds == pytest.approx(0.8, abs=0.03)

    @given(before=st.floats(0.05, 0.95), size=st.integers(5, 120))
    def test_it_stays_a_share_and_mirrors(self, before: float, size: int) -> None:
        down = detectable_share(before, size, size)
        up = detectable_share(1 - before, size, size, fewer_is_better=False)
        assert (down is None) == (up is None)
        if down is not None and up is not None:
            assert up == pytest.approx(-down, abs=1e-4)
            assert 0 <= before + down < before

    def test_too_little_to_see_anything(self) -> None:
        assert detectable_share(0.05, 20, 20) is None
        assert detectable_share(0.0, 50, 50) is None
        assert detectable_share(1.0, 50, 50, fewer_is_better=False) is None

    def test_counting_and_the_normal_meet(self) -> None:
        assert detectable_share(0.5, 400, 400) == pytest.approx(detectable_share(0.5, 401, 401), abs=0.003)

    @pytest.mark.parametrize(("before", "size"), [(1.2, 10), (0.5, 0.4), (0.5, 0)])
    def test_odd_plans_are_refused(self, before: float, size: float) -> None:
        with pytest.raises(ValueError):
            detectable_share(before, size, 10)


class TestMoreWeeks:
    def test_the_week_it_names_is_the_first_that_settles_it(self) -> None:
        """120 and 118 falls, margin 1.25: still "cannot tell yet", some weeks short."""
        found = weeks_for_rates(120, 54_000, 118, 54_000, 2_100, margin=1.25)
        assert found.weeks is not None

        def high(weeks: int) -> float:
            exposure = 54_000 + 2_100 * weeks
            limits = rate_ratio_exact(120, 54_000, round(118 * exposure / 54_000), exposure).interval
            return limits.high or 0

        assert high(found.weeks + 1) < 1.25 < high(max(found.weeks - 2, 0))

    def test_a_short_baseline_can_never_settle_it(self) -> None:
        assert weeks_for_rates(12, 5_400, 9, 5_400, 210).reason == "not on this baseline"
        assert weeks_for_shares(0.7, 15, 0.5, 15, 4).reason == "not on this baseline"

    def test_no_change_at_all_is_never_better(self) -> None:
        assert weeks_for_rates(12, 5_400, 12, 5_400, 210).reason == "not as things are now"
        assert weeks_for_shares(0.7, 40, 0.8, 40, 4, margin=0.1).reason != "settled now"

    def test_settled_already(self) -> None:
        assert weeks_for_rates(100, 100, 20, 100, 5).reason == "settled now"
        assert weeks_for_shares(0.9, 100, 0.2, 100, 5).reason == "settled now"

    def test_a_change_for_the_worse_settles_it_too(self) -> None:
        found = weeks_for_rates(40, 100, 55, 100, 10, margin=1.25)
        assert found.weeks is not None or found.reason in ("not on this baseline", "not within five years")
        assert weeks_for_rates(20, 100, 80, 100, 10, margin=1.25).reason == "settled now"

    @given(
        x1=st.integers(0, 60), x2=st.integers(0, 60), weekly=st.floats(1, 50),
        margin=st.sampled_from([None, 1.25, 1.5]), fewer=st.booleans(), dispersion=st.floats(0.5, 4),
    )  # fmt: skip
    def test_no_tally_breaks_it(
        self, x1: int, x2: int, weekly: float, margin: float | None, fewer: bool, dispersion: float
    ) -> None:
        found = weeks_for_rates(x1, 100, x2, 100, weekly, margin=margin, fewer_is_better=fewer, dispersion=dispersion)
        assert found.weeks is None or 1 <= found.weeks <= 260

    @given(
        p1=st.floats(0, 1), p2=st.floats(0, 1), weekly=st.floats(0.5, 20),
        margin=st.sampled_from([None, 0.1]), fewer=st.booleans(),
    )  # fmt: skip
    def test_no_share_breaks_it(self, p1: float, p2: float, weekly: float, margin: float | None, fewer: bool) -> None:
        found = weeks_for_shares(p1, 30, p2, 20, weekly, margin=margin, fewer_is_better=fewer)
        mirrored = weeks_for_shares(1 - p1, 30, 1 - p2, 20, weekly, margin=margin, fewer_is_better=not fewer)
        assert found.weeks is None or 1 <= found.weeks <= 260
        assert found.reason == mirrored.reason

    def test_more_weeks_each_week_settle_sooner(self) -> None:
        slow, fast = (weeks_for_rates(120, 54_000, 118, 54_000, w, margin=1.25).weeks for w in (1_000, 4_000))
        assert slow is not None and fast is not None and fast < slow

    @pytest.mark.parametrize(("margin", "weekly", "events"), [(1.0, 1, 1), (1.2, 0, 1), (1.2, 1, -1)])
    def test_odd_questions_are_refused(self, margin: float, weekly: float, events: float) -> None:
        with pytest.raises(ValueError):
            weeks_for_rates(events, 10, 1, 10, weekly, margin=margin)
        with pytest.raises(ValueError):
            weeks_for_shares(0.5, 10, 0.5, 10, weekly, margin=1.0)

    def test_weeks_or_a_reason(self) -> None:
        with pytest.raises(ValueError):
            MoreWeeks(None)
