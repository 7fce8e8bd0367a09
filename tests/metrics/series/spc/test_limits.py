"""Limits of every chart type, worked out by hand from their formulas; the larger set is the reference's."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from metrics.series.spc.limits import NotChartable
from tests.support.spc import one


def test_individuals_lie_within_the_mean_and_a_multiple_of_the_mean_range() -> None:
    values = [4.0, 6.0, 5.0, 9.0]  # ranges 2, 1, 4
    xmr, i = one("xmr", values), one("i", values)
    assert xmr.lines.centre[0][0] == pytest.approx(6)
    assert xmr.lines.upper[0][0] == pytest.approx(6 + 2.66 * 7 / 3)
    assert xmr.lines.near_lower[0][0] == pytest.approx(6 - 2 / 3 * 2.66 * 7 / 3)
    assert i.lines.upper[0][0] == pytest.approx(6 + 3 / 1.128 * 7 / 3)


def test_screening_leaves_out_a_range_far_above_the_rest() -> None:
    values = [5.0, 6.0] * 8 + [40.0]
    plain, screened = one("xmr", values).lines, one("xmr", values, convention=_screened()).lines
    assert screened.upper[0][0] == pytest.approx(screened.centre[0][0] + 2.66)
    assert plain.upper[0][0] > screened.upper[0][0]


def test_screening_never_leaves_a_range_without_width_while_the_figures_vary() -> None:
    values = [0.0] * 8 + [1.0] + [0.0] * 8
    found = one("xmr", values, convention=_screened())
    assert found.lines.upper[0][0] > 1 / 17
    assert not found.signals.outside[0][:8].any()


def test_a_series_without_variation_has_limits_on_its_mean_and_no_signal() -> None:
    for screened in (False, True):
        found = one("xmr", [0.1 + 0.2] * 14, convention=_screened() if screened else None)
        np.testing.assert_allclose(found.lines.upper[0], 0.3)
        assert not (found.signals.first >= 0).any()


def test_counts_stray_by_their_square_root_and_never_below_none() -> None:
    found = one("c", [4.0, 5.0, 3.0, 4.0]).lines
    assert found.upper[0][0] == pytest.approx(4 + 3 * 2)
    assert found.lower[0][0] == 0
    assert found.near_lower[0][0] == 0


def test_rates_have_wider_limits_over_fewer_days() -> None:
    found = one("u", [4.0, 8.0], [100.0, 200.0]).lines
    assert found.centre[0][0] == pytest.approx(0.04)
    assert found.upper[0][0] == pytest.approx(0.04 + 3 * math.sqrt(0.04 / 100))
    assert found.upper[0][1] == pytest.approx(0.04 + 3 * math.sqrt(0.04 / 200))


def test_shares_end_at_none_and_all() -> None:
    found = one("p", [9.0, 10.0], [10.0, 10.0]).lines
    assert found.centre[0][0] == pytest.approx(0.95)
    assert found.upper[0][0] == 1
    assert found.lower[0][0] == pytest.approx(0.95 - 3 * math.sqrt(0.95 * 0.05 / 10))


def test_a_prime_that_cannot_vary_falls_back_to_the_plain_chart() -> None:
    prime, plain = one("p_prime", [5.0] * 6, [10.0] * 6), one("p", [5.0] * 6, [10.0] * 6)
    np.testing.assert_allclose(prime.lines.upper, plain.lines.upper)


def test_weighted_individuals_weigh_figures_by_what_they_rest_on() -> None:
    found = one("i_prime", [10.0, 40.0], [5.0, 10.0]).lines  # 2 and 4
    assert found.centre[0][0] == pytest.approx(50 / 15)
    spread = math.sqrt(math.pi / 2) * 2 / math.sqrt(1 / 5 + 1 / 10)
    assert found.upper[0][0] == pytest.approx(50 / 15 + 3 * spread / math.sqrt(5))


def test_weighted_individuals_keep_to_their_first_points_unlike_the_peer() -> None:
    values, over = [10.0, 12.0, 11.0, 10.0, 90.0, 10.0], [10.0] * 6
    base = one("i_prime", values, over, first_points=4).lines
    peer = one("i_prime", values, over, first_points=4, general_spread="all").lines
    assert base.upper[0][0] < peer.upper[0][0]


def test_weighted_individuals_bridge_an_excluded_point() -> None:
    kept = one("i_prime", [10.0, 12.0, 11.0], [10.0, 12.0, 11.0])
    holed = one("i_prime", [10.0, 90.0, 12.0, 11.0], [10.0, 10.0, 12.0, 11.0], excluded=[1])
    assert holed.lines.upper[0][0] == pytest.approx(kept.lines.upper[0][0])


def test_rare_events_draw_the_median_and_take_limits_from_the_mean() -> None:
    found = one("g", [2.0, 4.0, 12.0]).lines
    assert found.centre[0][0] == 4
    assert found.upper[0][0] == pytest.approx(6 + 3 * math.sqrt(42))
    assert found.lower[0][0] == 0


def test_days_between_events_are_judged_after_a_power() -> None:
    values = [16.0, 20.0, 5.0, 13.0]
    bent = [each ** (1 / 3.6) for each in values]
    reach = 3 / 1.128 * sum(abs(two - one_) for one_, two in pairwise(bent)) / 3
    found = one("t", values).lines
    assert found.centre[0][0] == pytest.approx((sum(bent) / 4) ** 3.6)
    assert found.upper[0][0] == pytest.approx((sum(bent) / 4 + reach) ** 3.6)


def test_moving_ranges_start_anew_in_each_phase() -> None:
    found = one("mr", [1.0, 3.0, 9.0, 10.0], starts=[2]).lines
    np.testing.assert_array_equal(found.plotted[0], [math.nan, 2, math.nan, 1])
    assert found.upper[0][0] == pytest.approx(3.267 * 2)


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    assert one("run", [1.0, 9.0, 4.0, 6.0]).lines.centre[0][0] == 5


@pytest.mark.parametrize(
    ("chart", "values", "over"),
    [("t", [0.0, 3.0], None), ("g", [-1.0], None), ("c", [-4.0, 1.0], None), ("p", [3.0], [2.0]), ("u", [1.0], None)],
)
def test_what_cannot_be_is_refused(chart: str, values: list[float], over: list[float] | None) -> None:
    with pytest.raises(NotChartable):
        one(chart, values, over)  # type: ignore[arg-type]


def _screened():  # type: ignore[no-untyped-def]
    from metrics.series.spc.model import Convention

    return Convention(screened=True)
