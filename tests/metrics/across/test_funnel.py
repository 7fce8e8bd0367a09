"""Funnel limits: what chance alone may do, and what services differ by among themselves."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data.model import Period, Tally
from metrics.across.funnel import INNER, OUTER, Dispersion, Spread, dispersion, funnel, law_of, z_score
from tests.support.builders import ANSWERED, FALLS, KEPT, STAYING

YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
NAMES = ("Ash", "Birch", "Cedar", "Elm", "Fern", "Holly", "Larch", "Oak")


def _tallies(*pairs: tuple[int, float]) -> dict[str, tuple[str, Tally]]:
    return {name.lower(): (name, Tally(*pair)) for name, pair in zip(NAMES, pairs, strict=False)}


def test_the_centre_is_all_services_together_in_the_outcomes_unit() -> None:
    found = funnel(FALLS, "residential", YEAR, _tallies((10, 10_000), (30, 10_000)))
    assert found.centre == pytest.approx(2.0)
    assert [dot.value for dot in found.dots] == [1.0, 3.0]


def test_with_four_services_there_are_no_limits_and_with_five_there_are() -> None:
    four = funnel(FALLS, "residential", YEAR, _tallies(*[(60, 10_000)] * 4))
    assert not four.has_limits
    assert all(dot.standing is None for dot in four.dots)
    assert funnel(FALLS, "residential", YEAR, _tallies(*[(60, 10_000)] * 5)).has_limits


def test_services_alike_are_inside_exact_limits() -> None:
    found = funnel(
        FALLS, "residential", YEAR, _tallies((60, 10_000), (66, 10_000), (55, 10_000), (61, 9_000), (58, 9_500))
    )
    assert found.method == "exact"
    assert {dot.standing for dot in found.dots} == {"inside"}
    assert found.dispersion is not None and found.dispersion.tau == 0


def test_one_far_from_the_rest_is_outside_and_says_on_which_side() -> None:
    pairs = [
        (60, 10_000),
        (66, 10_000),
        (55, 10_000),
        (61, 9_000),
        (58, 9_500),
        (57, 9_800),
        (180, 10_000),
        (63, 10_200),
    ]
    found = funnel(FALLS, "residential", YEAR, _tallies(*pairs), over="none")
    (outside,) = [dot for dot in found.dots if dot.standing == "outside"]
    assert (outside.name, outside.side) == ("Larch", "high")


def test_services_that_differ_by_themselves_widen_the_limits_and_are_no_longer_outside() -> None:
    rates = (40, 95, 60, 120, 75, 52, 88, 110)
    pairs = _tallies(*[(count, 10_000.0) for count in rates])
    narrow, wide = (funnel(FALLS, "residential", YEAR, pairs, over=over) for over in ("none", "additive"))
    assert any(dot.standing == "outside" for dot in narrow.dots)
    assert wide.method == "widened"
    assert not any(dot.standing == "outside" for dot in wide.dots)
    assert wide.dispersion is not None and wide.dispersion.phi > 2


def test_added_spread_does_not_close_to_nothing_for_large_services_while_a_factor_does() -> None:
    much = np.array([1e9])
    added = Spread(0.006, "counts", Dispersion(4.0, 0.01))
    factor = Spread(0.006, "counts", Dispersion(4.0, 0.01), "multiplicative")
    assert added.limits(much, OUTER)[1][0] / 0.006 > 1.5
    assert factor.limits(much, OUTER)[1][0] / 0.006 < 1.01


def test_exact_limits_are_read_between_whole_counts_of_the_poisson() -> None:
    """Between the count that stays under the tail and the one that reaches it; never far from the plain quantile."""
    spread = Spread(0.01, "counts", Dispersion(1.0, 0.0))
    low, high = (each * 1000 for each in spread.limits(np.array([1000.0]), INNER))
    assert stats.poisson.ppf(0.025, 10) - 1 <= low[0] <= stats.poisson.ppf(0.025, 10)
    assert stats.poisson.ppf(0.975, 10) - 1 <= high[0] <= stats.poisson.ppf(0.975, 10)


def test_winsorising_keeps_one_extreme_service_from_excusing_itself() -> None:
    calm = np.array([-1.0, -0.5, 0.2, 0.4, 0.8, -0.3, 0.1, -0.9, 0.6, 1.0, -0.2, 0.3])
    held = np.full(len(calm) + 1, 10_000.0)
    found = dispersion(np.append(calm, 12.0), held)
    assert found.phi < 1.5
    assert found.tau == 0


def test_what_has_no_exposure_is_named_and_left_out() -> None:
    found = funnel(FALLS, "residential", YEAR, _tallies((3, 0), (30, 10_000)), left_out=[("Quince", "too short")])
    assert [dot.name for dot in found.dots] == ["Birch"]
    assert found.left_out == (("Quince", "too short"), ("Ash", "no exposure"))


@pytest.mark.parametrize("counts", [[(0, 900.0)] * 6, [(40, 40.0)] * 6])
def test_none_at_all_and_all_of_all_have_no_limits(counts: list[tuple[int, float]]) -> None:
    found = funnel(KEPT, "residential", YEAR, _tallies(*counts))
    assert not found.has_limits


def test_nothing_gives_an_empty_funnel() -> None:
    found = funnel(FALLS, "residential", YEAR, {})
    assert (found.dots, found.centre, found.edges) == ((), None, ())


def test_each_kind_has_its_law() -> None:
    assert [law_of(outcome) for outcome in (FALLS, STAYING, KEPT, ANSWERED)] == ["counts", "counts", "shares", "shares"]


PAIRS = st.lists(st.tuples(st.integers(0, 300), st.integers(50, 40_000)), min_size=5, max_size=8)


@given(PAIRS, st.sampled_from(("additive", "multiplicative", "none")))
def test_limits_lie_one_inside_the_other_and_dots_where_they_say(pairs: list[tuple[int, int]], over: str) -> None:
    shares = [(min(count, of), float(of)) for count, of in pairs]
    for outcome in (FALLS, KEPT):
        found = funnel(outcome, "residential", YEAR, _tallies(*shares), over=over)  # type: ignore[arg-type]
        for edge in found.edges:
            assert 0 <= edge.outer_low <= edge.inner_low + 1e-9
            assert edge.inner_low <= edge.inner_high + 1e-9
            assert edge.inner_high <= edge.outer_high + 1e-9
            assert outcome is FALLS or edge.outer_high <= 100 + 1e-9
        names = [dot.name for dot in found.dots]
        assert names == sorted(names)
        assert found.has_limits or all(dot.standing is None for dot in found.dots)


@given(st.integers(0, 100), st.integers(1, 100))
def test_z_is_nought_at_the_centre_and_grows_with_the_figure(count: int, more: int) -> None:
    here, there = Tally(count, 1_000.0), Tally(count + more, 1_000.0)
    assert z_score(here, count / 1_000, "counts") == pytest.approx(0, abs=1e-9)
    assert z_score(there, 0.05, "counts") > z_score(here, 0.05, "counts")


def test_of_services_that_differ_by_chance_alone_about_two_in_a_thousand_lie_outside() -> None:
    dice = np.random.default_rng(7)
    outside = edge = every = 0
    for _ in range(120):
        held = dice.uniform(4_000, 16_000, 8)
        counts = dice.poisson(0.008 * held)
        pairs = [(int(count), float(each)) for count, each in zip(counts, held, strict=True)]
        found = funnel(FALLS, "residential", YEAR, _tallies(*pairs))
        outside += sum(dot.standing == "outside" for dot in found.dots)
        edge += sum(dot.standing == "edge" for dot in found.dots)
        every += len(found.dots)
    assert outside / every < 0.006
    assert 0.01 < edge / every < 0.07
