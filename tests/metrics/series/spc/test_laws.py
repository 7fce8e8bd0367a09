"""Laws of control charts: what moving, stretching, turning round and leaving out must do to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.series.spc.model import ChartType
from tests.support.spc import one

WHOLE = st.lists(st.integers(0, 40), min_size=5, max_size=40)
INDIVIDUALS: tuple[ChartType, ...] = ("xmr", "i")


@given(WHOLE, st.integers(-50, 50), st.sampled_from(INDIVIDUALS))
def test_moving_a_series_moves_its_lines_and_no_signal(values: list[int], by: int, chart: ChartType) -> None:
    here, there = one(chart, [float(each) for each in values]), one(chart, [float(each + by) for each in values])
    for before, after in zip(_lines(here), _lines(there), strict=True):
        np.testing.assert_allclose(after, before + by, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(here.signals.first, there.signals.first)
    np.testing.assert_array_equal(here.signals.towards, there.signals.towards)


@given(WHOLE, st.sampled_from([0.25, 0.5, 2.0, 8.0, 1024.0]), st.sampled_from([*INDIVIDUALS, "mr"]))
def test_stretching_a_series_stretches_its_lines_and_no_signal(values: list[int], by: float, chart: ChartType) -> None:
    here, there = one(chart, [float(each) for each in values]), one(chart, [each * by for each in values])
    for before, after in zip(_lines(here), _lines(there), strict=True):
        np.testing.assert_allclose(after, before * by, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(here.signals.first, there.signals.first)


@given(WHOLE)
def test_a_mirror_image_has_the_same_signals_on_the_other_side(values: list[int]) -> None:
    here, there = one("xmr", [float(each) for each in values]), one("xmr", [-float(each) for each in values])
    np.testing.assert_array_equal(here.signals.first, there.signals.first)
    np.testing.assert_array_equal(here.signals.towards, -there.signals.towards)


@given(WHOLE)
def test_time_turned_round_turns_trends_round_and_leaves_the_rest(values: list[int]) -> None:
    here = one("xmr", [float(each) for each in values])
    there = one("xmr", [float(each) for each in reversed(values)])
    np.testing.assert_allclose(here.lines.upper[0], there.lines.upper[0][::-1], rtol=1e-9)
    for name in ("outside", "trend", "two_in_three", "shift"):
        np.testing.assert_array_equal(getattr(here.signals, name)[0], getattr(there.signals, name)[0][::-1])
    assert sorted(here.signals.trend_end[0]) == sorted(-there.signals.trend_end[0])


@given(st.lists(st.integers(0, 40), min_size=6, max_size=40), st.data())
def test_a_gap_never_makes_a_signal_of_its_own(values: list[int], data: st.DataObject) -> None:
    """Limits held as they were, taking a figure away can end a run of points and never begin one."""
    line, centre = [float(each) for each in values], 20.0
    place = data.draw(st.integers(0, len(values) - 1))
    gapped: list[float | None] = [*line]
    gapped[place] = None
    for chart in ("c", "run"):
        whole, holed = one(chart, line, centre=centre), one(chart, gapped, centre=centre)
        for name in ("outside", "trend", "two_in_three", "shift"):
            after, before = getattr(holed.signals, name)[0], getattr(whole.signals, name)[0]
            assert not (after & ~before).any()
        assert holed.signals.first[0][place] == -1


@given(st.lists(st.integers(0, 40), min_size=5, max_size=40), st.data())
def test_a_gap_put_between_two_points_never_makes_a_signal(values: list[int], data: st.DataObject) -> None:
    line: list[float | None] = [float(each) for each in values]
    place = data.draw(st.integers(1, len(values) - 1))
    holed = one("c", [*line[:place], None, *line[place:]])
    whole = one("c", line)
    np.testing.assert_allclose(holed.lines.upper[0][0], whole.lines.upper[0][0])
    for name in ("outside", "trend", "two_in_three", "shift"):
        found = np.delete(getattr(holed.signals, name)[0], place)
        assert not (found & ~getattr(whole.signals, name)[0]).any()


@given(st.lists(st.integers(0, 30), min_size=5, max_size=30), st.floats(10, 1000))
def test_a_rate_over_the_same_each_time_is_a_chart_of_counts(values: list[int], over: float) -> None:
    counts = [float(each) for each in values]
    assume(sum(counts) > 0)
    rate, count = one("u", counts, [over] * len(counts)), one("c", counts)
    np.testing.assert_allclose(rate.lines.upper * over, count.lines.upper, rtol=1e-9)
    np.testing.assert_array_equal(rate.signals.outside, count.signals.outside)


@given(st.lists(st.integers(1, 20), min_size=5, max_size=30))
def test_a_prime_of_counts_with_the_spread_of_chance_is_the_plain_chart(values: list[int]) -> None:
    counts = [float(each) for each in values]
    prime, plain = one("u_prime", counts, [100.0] * len(counts)), one("u", counts, [100.0] * len(counts))
    assert prime.lines.dispersion is not None
    spread = prime.lines.dispersion[0][0]
    assume(np.isfinite(spread) and spread > 0)
    reach = (plain.lines.upper[0] - plain.lines.centre[0]) * spread
    np.testing.assert_allclose(prime.lines.upper[0] - prime.lines.centre[0], reach, rtol=1e-9)


@given(st.lists(st.integers(0, 40), min_size=14, max_size=40), st.integers(12, 14))
def test_later_points_do_not_move_a_frozen_range(values: list[int], first: int) -> None:
    line = [float(each) for each in values]
    frozen = one("xmr", line, first_points=first)
    alone = one("xmr", line[:first])
    np.testing.assert_allclose(frozen.lines.upper[0], alone.lines.upper[0][0], rtol=1e-9)


@given(st.lists(st.integers(0, 40), min_size=10, max_size=40), st.data())
def test_phases_stand_alone(values: list[int], data: st.DataObject) -> None:
    line = [float(each) for each in values]
    start = data.draw(st.integers(2, len(line) - 2))
    both = one("xmr", line, starts=[start])
    first, second = one("xmr", line[:start]), one("xmr", line[start:])
    np.testing.assert_allclose(both.lines.upper[0], [*first.lines.upper[0], *second.lines.upper[0]], rtol=1e-9)
    np.testing.assert_array_equal(both.signals.first[0], [*first.signals.first[0], *second.signals.first[0]])


def _lines(found: object) -> list[np.ndarray]:
    lines = found.lines  # type: ignore[attr-defined]
    return [lines.centre[0], lines.lower[0], lines.upper[0]]


@pytest.mark.parametrize("chart", ["u", "p", "u_prime", "p_prime", "i_prime"])
def test_a_month_over_nobody_is_a_gap(chart: ChartType) -> None:
    found = one(chart, [1.0, 2.0, 3.0, 2.0, 1.0, 2.0], [10.0, 10.0, 0.0, 10.0, 12.0, 10.0])
    assert np.isnan(found.lines.plotted[0][2])
    assert found.signals.first[0][2] == -1
    assert np.isfinite(found.lines.upper[0][[0, 1, 3, 4, 5]]).all()
