"""Each rule at nothing, one short, exact, one over, mirrored, broken by a tie and by a gap."""

from __future__ import annotations

import pytest

from metrics.series.spc.model import Convention
from tests.support.spc import OLDER, one

QUIET = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0]


def _shift(values: list[float | None]) -> list[bool]:
    return list(one("xmr", values, centre=10.0).signals.shift[0])


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("length", "marked"), [(6, 0), (7, 7), (8, 8)])
def test_seven_in_a_row_on_one_side_are_a_shift(length: int, marked: int, sign: int) -> None:
    side = [10.0 + sign * (1 + 0.1 * (place % 2)) for place in range(length)]
    assert sum(_shift([10.0 - sign, *side, 10.0 - sign])) == marked


def test_a_point_on_the_line_breaks_a_shift_and_so_does_a_gap() -> None:
    assert not any(_shift([11.0] * 3 + [10.0] + [11.0] * 4))
    assert not any(_shift([11.0] * 3 + [None] + [11.0] * 4))
    assert sum(_shift([11.0] * 3 + [None] + [11.0] * 7)) == 7


def _trend(values: list[float | None], points: int = 7) -> list[bool]:
    return list(one("xmr", values, convention=Convention(trend_points=points)).signals.trend[0])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_trend_is_seven_points_six_steps(sign: int) -> None:
    rising = [float(sign * place) for place in range(7)]
    assert sum(_trend([*rising])) == 7
    assert not any(_trend([*rising[:6]]))
    assert sum(_trend([*rising[:6]], points=6)) == 6


def test_an_equal_neighbour_breaks_a_trend_and_so_does_a_gap() -> None:
    assert not any(_trend([1, 2, 3, 3, 4, 5, 6]))
    assert not any(_trend([1, 2, 3, None, 4, 5, 6, 7]))


def test_a_peak_shared_by_a_rise_and_a_fall_belongs_to_the_fall() -> None:
    wide = [-20.0, 28.0, -20.0, 28.0]
    found = one("xmr", [*wide, 1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]).signals
    assert list(found.trend[0][4:]) == [True] * 13
    assert [int(each) for each in found.towards[0][9:12]] == [1, -1, -1]


# With a centre of 0 and ranges fixed by the quiet part, sigma is known: each value says how many sigma out it lies.


def _out(sigmas: list[float], convention: Convention) -> list[bool]:
    quiet = [1.128, 0.0] * 30
    values = [*quiet, *[each * 1.0 for each in sigmas]]
    found = one("i", values, first_points=60, convention=convention, centre=0.0)
    return list(found.signals.two_in_three[0][60:])


@pytest.mark.parametrize("sign", [1, -1])
def test_two_of_three_far_out_on_one_side_are_marked_and_the_third_is_not(sign: int) -> None:
    assert _out([sign * 2.5, sign * 0.5, sign * 2.5], Convention()) == [True, False, True]
    assert _out([sign * 2.5, sign * -0.5, sign * 2.5], Convention()) == [False, False, False]
    assert _out([sign * 2.5, sign * 0.5, sign * 1.5], Convention()) == [False, False, False]


def test_a_point_outside_counts_by_the_wording_of_2023_and_not_by_the_older_one() -> None:
    assert _out([3.5, 0.5, 2.5], Convention()) == [True, False, True]
    assert _out([3.5, 0.5, 2.5], OLDER) == [False, False, False]


def test_all_three_must_be_on_the_same_side_and_none_on_the_line() -> None:
    assert _out([2.5, 0.0, 2.5], Convention()) == [False, False, False]


def test_a_point_on_the_limit_is_inside() -> None:
    found = one("c", [9.0, 9.0, 18.0, 0.0], centre=9.0)
    assert found.lines.upper[0][0] == 18.0
    assert not found.signals.outside.any()


def test_the_first_rule_that_fits_names_the_point() -> None:
    found = one("xmr", [*QUIET, 60.0]).signals
    assert found.outside[0][-1]
    assert found.first[0][-1] == 0


def test_no_window_crosses_a_phase() -> None:
    rising = [float(place) for place in range(12)]
    assert not one("xmr", rising, starts=[6]).signals.trend.any()


@pytest.mark.parametrize("values", [[], [None], [None, None], [3.0], [3.0, None], [3.0, 3.0]])
def test_hardly_anything_is_no_signal(values: list[float | None]) -> None:
    for chart in ("xmr", "i", "c", "run", "mr", "g"):
        assert not (one(chart, values).signals.first >= 0).any()
