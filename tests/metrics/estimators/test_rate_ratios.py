"""The ratio of two tallies: zero rules, mirrors and agreement between test and interval."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.rates import (
    RateRatio,
    p_equivalence,
    p_exact_central,
    p_midp_central,
    p_not_above,
    p_not_below,
    p_score,
    rate_difference_score,
    rate_ratio_exact,
    rate_ratio_midp,
    rate_ratio_score,
    rate_ratio_wald_log,
)

FAMILIES = [rate_ratio_exact, rate_ratio_midp, rate_ratio_score]
Family = Callable[..., RateRatio]

counts = st.integers(0, 400)
exposures = st.floats(0.5, 5e4)


def near(value: float | None, other: float | None) -> bool:
    if value is None or other is None:
        return value is other
    return math.isclose(value, other, rel_tol=1e-8, abs_tol=1e-13)


def upside_down(value: float | None) -> float | None:
    """1 / value, with None (no finite limit) for 0 and 0 for None."""
    if value is None:
        return 0.0
    return 1 / value if value else None


@pytest.mark.parametrize("family", FAMILIES)
class TestZeroRules:
    def test_none_before_gives_only_a_lower_limit(self, family: Family) -> None:
        found = family(0, 700, 4, 650)
        assert found.estimate is None
        assert found.interval.high is None
        assert found.interval.low is not None and found.interval.low > 0

    def test_none_after_gives_an_upper_limit(self, family: Family) -> None:
        found = family(6, 700, 0, 650)
        assert found.estimate == 0
        assert found.interval.low == 0
        assert found.interval.high is not None and found.interval.high < 1

    def test_none_at_all_leaves_everything_open(self, family: Family) -> None:
        found = family(0, 700, 0, 650)
        assert found.estimate is None
        assert (found.interval.low, found.interval.high) == (0.0, None)

    @pytest.mark.parametrize(
        "tally", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1.5, 1), (1, 1, 1, math.inf), (1, math.nan, 1, 1)]
    )
    def test_the_impossible_is_refused(self, family: Family, tally: tuple[float, float, float, float]) -> None:
        with pytest.raises(ValueError):
            family(*tally)


def test_one_then_none() -> None:
    """p is the share of the one event that fell before: 39 to 1 at the 2.5 % end."""
    assert rate_ratio_exact(1, 100, 0, 100).interval.high == pytest.approx(39)
    assert rate_ratio_midp(1, 100, 0, 100).interval.high == pytest.approx(19)
    assert rate_ratio_score(1, 100, 0, 100).interval.high == pytest.approx(stats.norm.ppf(0.975) ** 2)


def test_the_textbook_limits_need_an_event_on_both_sides() -> None:
    found = rate_ratio_wald_log(15, 19017, 41, 28010)
    assert found.interval.low == pytest.approx(1.027, abs=5e-4)
    assert found.interval.high == pytest.approx(3.353, abs=5e-4)
    for tally in [(0, 1, 3, 1), (3, 1, 0, 1)]:
        with pytest.raises(ValueError):
            rate_ratio_wald_log(*tally)


@pytest.mark.parametrize("family", FAMILIES)
@given(x1=counts, t1=exposures, x2=counts, t2=exposures)
def test_swapping_before_and_after_turns_ratio_and_limits_over(
    family: Family, x1: int, t1: float, x2: int, t2: float
) -> None:
    there, back = family(x1, t1, x2, t2), family(x2, t2, x1, t1)
    if x1 and x2:
        assert near(there.estimate, upside_down(back.estimate))
    assert near(there.interval.low, upside_down(back.interval.high))
    assert near(there.interval.high, upside_down(back.interval.low))


@pytest.mark.parametrize("family", FAMILIES)
@given(x1=counts, t1=exposures, x2=counts, t2=exposures, factor=st.floats(0.01, 1000))
def test_the_unit_of_exposure_changes_nothing(
    family: Family, x1: int, t1: float, x2: int, t2: float, factor: float
) -> None:
    one, other = family(x1, t1, x2, t2), family(x1, t1 * factor, x2, t2 * factor)
    assert near(one.estimate, other.estimate)
    assert near(one.interval.low, other.interval.low)
    assert near(one.interval.high, other.interval.high)


@pytest.mark.parametrize("family", FAMILIES)
@given(x1=counts, t1=exposures, x2=counts, t2=exposures)
def test_the_limits_contain_the_estimate(family: Family, x1: int, t1: float, x2: int, t2: float) -> None:
    found = family(x1, t1, x2, t2)
    assert found.estimate is None or found.interval.contains(found.estimate)


@given(x1=counts, t1=exposures, x2=counts, t2=exposures)
def test_the_exact_p_is_small_just_when_the_exact_interval_leaves_1_out(x1: int, t1: float, x2: int, t2: float) -> None:
    p = p_exact_central(x1, t1, x2, t2)
    assume(abs(p - 0.05) > 1e-9)
    assert (p <= 0.05) is not rate_ratio_exact(x1, t1, x2, t2).interval.contains(1)


@given(x1=counts, t1=exposures, x2=counts, t2=exposures)
def test_midp_and_score_agree_with_their_own_intervals(x1: int, t1: float, x2: int, t2: float) -> None:
    assume(x1 + x2)
    for p, family in [(p_midp_central, rate_ratio_midp), (p_score, rate_ratio_score)]:
        chance = p(x1, t1, x2, t2)
        assume(abs(chance - 0.05) > 1e-9)
        assert (chance <= 0.05) is not family(x1, t1, x2, t2).interval.contains(1)


@given(x1=counts, t1=exposures, x2=counts, t2=exposures, dispersion=st.floats(1, 20))
def test_clustering_never_shortens_the_limits(x1: int, t1: float, x2: int, t2: float, dispersion: float) -> None:
    plain = rate_ratio_exact(x1, t1, x2, t2).interval
    wide = rate_ratio_exact(x1, t1, x2, t2, dispersion=dispersion).interval
    assert plain.low is not None and wide.low is not None and wide.low <= plain.low * (1 + 1e-9)
    if plain.high is not None:
        assert wide.high is not None and wide.high >= plain.high * (1 - 1e-9)


def test_widened_limits_are_those_of_a_tally_worth_fewer_events() -> None:
    assert rate_ratio_exact(12, 100, 6, 100, dispersion=3).interval == rate_ratio_exact(4, 100, 2, 100).interval
    assert rate_ratio_exact(12, 100, 6, 100, dispersion=1.84).method.endswith("widened for dispersion 1.8")
    for dispersion in (0.9, math.nan, math.inf):
        with pytest.raises(ValueError):
            rate_ratio_exact(12, 100, 6, 100, dispersion=dispersion)


@given(x1=counts, t1=exposures, x2=counts, t2=exposures)
def test_midp_is_less_cautious_than_exact(x1: int, t1: float, x2: int, t2: float) -> None:
    assert p_midp_central(x1, t1, x2, t2) <= p_exact_central(x1, t1, x2, t2)
    exact, midp = rate_ratio_exact(x1, t1, x2, t2).interval, rate_ratio_midp(x1, t1, x2, t2).interval
    assert exact.low is not None and midp.low is not None and exact.low <= midp.low * (1 + 1e-9)
    if exact.high is not None:
        assert midp.high is not None and midp.high <= exact.high * (1 + 1e-9)


def test_a_rise_is_ruled_out_when_the_one_sided_limit_lies_below_the_margin() -> None:
    """One-sided 2.5 % and the upper end of the 95 % interval are the same question."""
    tally = (400, 40000, 395, 39500)
    upper = rate_ratio_exact(*tally).interval.high
    assert upper is not None
    assert p_not_above(*tally, upper) == pytest.approx(0.025)
    lower = rate_ratio_exact(*tally).interval.low
    assert lower is not None
    assert p_not_below(*tally, lower) == pytest.approx(0.025)


@given(x1=st.integers(0, 60), x2=st.integers(0, 60), margin=st.floats(1.01, 3))
def test_equivalence_is_the_worse_of_the_two_sides(x1: int, x2: int, margin: float) -> None:
    for test in ("exact", "mid-p"):
        both = p_equivalence(x1, 10, x2, 10, 1 / margin, margin, test)
        assert both == max(p_not_above(x1, 10, x2, 10, margin, test), p_not_below(x1, 10, x2, 10, 1 / margin, test))
        assert both == pytest.approx(p_equivalence(x2, 10, x1, 10, 1 / margin, margin, test))


def test_margins_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError):
        p_equivalence(1, 1, 1, 1, 1.2, 0.8)
    with pytest.raises(ValueError):
        p_not_above(1, 1, 1, 1, 0)
    with pytest.raises(ValueError):
        p_score(0, 1, 0, 1)


@given(x1=counts, t1=exposures, x2=counts, t2=exposures)
def test_the_difference_mirrors_and_contains_what_was_seen(x1: int, t1: float, x2: int, t2: float) -> None:
    there, back = rate_difference_score(x1, t1, x2, t2), rate_difference_score(x2, t2, x1, t1)
    seen = x2 / t2 - x1 / t1
    assert there.low is not None and there.high is not None and back.low is not None and back.high is not None
    assert there.low <= seen <= there.high
    scale = 1 / t1 + 1 / t2
    assert there.low == pytest.approx(-back.high, rel=1e-7, abs=1e-9 * scale)
    assert there.high == pytest.approx(-back.low, rel=1e-7, abs=1e-9 * scale)


def test_the_difference_with_nothing_counted_has_the_score_rule_of_four() -> None:
    limits = rate_difference_score(0, 100, 0, 200)
    z2 = stats.norm.ppf(0.975) ** 2
    assert limits.high == pytest.approx(z2 / 200)
    assert limits.low == pytest.approx(-z2 / 100)


@pytest.mark.parametrize("tally", [(0, 60, 700, 1e240), (700, 1e-300, 0, 1), (10**20, 1, 1, 1), (1, 5e-324, 1, 1)])
def test_sizes_no_record_can_have_are_refused_not_worked_on_for_ever(tally: tuple[int, float, int, float]) -> None:
    for estimate in [*FAMILIES, rate_ratio_wald_log, rate_difference_score, p_exact_central]:
        with pytest.raises(ValueError):
            estimate(*tally)


def test_a_result_refuses_the_impossible() -> None:
    limits = rate_ratio_exact(1, 1, 1, 1).interval
    for estimate, dispersion in [(-1.0, 1.0), (math.inf, 1.0), (1.0, 0.5)]:
        with pytest.raises(ValueError):
            RateRatio(estimate, limits, "x", dispersion)
