"""Centre and limits of every chart type, segment by segment, for many series at once.

Limits lie three sigma from the centre, near limits two. Sigma comes from the moving ranges (how far the series
strays by itself) or from what is counted (how far counts stray by chance); Laney's primes multiply the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.series.spc.model import ChartType
from metrics.series.spc.sheet import Bools, Floats, Sheet, each_segment, mean_over, median_over
from metrics.series.spc.spread import SCREEN, SCREEN_I_PRIME, mean_range, moving_ranges, place_before

D2 = 1.128
"""The mean range of two draws from a normal distribution, in standard deviations."""
XMR_FACTOR = 2.66
"""3 / 1.128 as the Making Data Count tools round it."""
MR_FACTOR = SCREEN
T_POWER = 3.6
"""Days between rare events become near normal when raised to 1/3.6 (Nelson 1994)."""
EXPONENTIAL_MEDIAN = 0.693
"""The median of waiting times is the mean times ln 2, so rounded in the field."""
GeneralSpread = Literal["base", "all"]


class NotChartable(ValueError):
    """These figures cannot be put on a chart of this type; the message says why."""


@dataclass(frozen=True)
class Lines:
    """Centre and limits, each of the sheet's shape. NaN where there are none. ``plotted``: what is drawn, when not the value.

    ``dispersion``: Laney's sigma of z, for the primes.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    plotted: Floats
    dispersion: Floats | None = None


def lines(
    chart: ChartType,
    sheet: Sheet,
    *,
    screened: bool = False,
    centre: float | None = None,
    general_spread: GeneralSpread = "base",
) -> Lines:
    """Centre and limits of a chart type. ``centre`` is a line given from outside, in the unit of the sheet.

    Unit: that of the figures (counts over what they are counted over, for rates and shares). Range: as the figures;
    counts and shares are cut where they end, individuals are not. No change: does not apply. Assumes: points in order
    of time; for c, u and p that counts scatter as chance has it, which the primes do not need. ``general_spread``:
    whether the I′ chart takes its spread from the points that count towards the limits, or from all as qicharts2 0.8.1
    does. Raises: NotChartable for figures a type cannot hold.

    XmR and MR: Wheeler and Chambers (1992), ISBN 978-0945320135. c, u and p: Montgomery, Introduction to statistical
    quality control. Primes: Laney (2002), Quality Engineering 14(4), doi:10.1081/QEN-120003555. g: Benneyan (2001),
    Health Care Management Science 4(4), 305-318. t: Nelson (1994), Journal of Quality Technology 26(3), 239-240.
    """
    if chart == "i_prime":
        return _i_prime(sheet, screened, centre, general_spread)
    return _MAKERS[chart](sheet, screened, centre)


def _xmr(sheet: Sheet, screened: bool, centre: float | None) -> Lines:
    return _individuals(sheet, screened, centre, XMR_FACTOR)


def _i(sheet: Sheet, screened: bool, centre: float | None) -> Lines:
    return _individuals(sheet, screened, centre, 3 / D2)


def _individuals(sheet: Sheet, screened: bool, given: float | None, factor: float) -> Lines:
    """Mean of the points and so many times their mean moving range either side; never cut at 0 or 100."""
    ranges = _base_ranges(sheet, sheet.value)

    def work(inside: Bools) -> tuple[Floats, Floats]:
        middle = _given_or(given, mean_over(sheet.value, sheet.counted & inside))
        return middle, factor * mean_range(ranges, inside, screened=screened)

    middle, reach = each_segment(sheet, work, 2)
    return _around(middle, reach / 3, sheet.value)


def _mr(sheet: Sheet, screened: bool, given: float | None) -> Lines:  # noqa: ARG001 - ranges are not screened by themselves
    """The moving ranges themselves. An excluded point drops only its own range."""
    every = np.ones(sheet.value.shape, dtype=np.bool_)
    ranges = moving_ranges(sheet.value, sheet.segment, every & ~np.isnan(sheet.value))

    def work(inside: Bools) -> tuple[Floats]:
        return (_given_or(given, mean_over(ranges, inside & sheet.base & ~np.isnan(ranges))),)

    (middle,) = each_segment(sheet, work, 1)
    nothing = np.where(np.isnan(middle), np.nan, 0.0)
    upper = MR_FACTOR * middle
    return Lines(middle, nothing, upper, nothing, upper * 2 / 3, ranges)


def _run(sheet: Sheet, screened: bool, given: float | None) -> Lines:  # noqa: ARG001 - a run chart has no limits
    def work(inside: Bools) -> tuple[Floats]:
        return (_given_or(given, median_over(sheet.value, sheet.counted & inside)),)

    (middle,) = each_segment(sheet, work, 1)
    none = np.full(sheet.value.shape, np.nan)
    return Lines(middle, none, none, none, none, sheet.value)


def _c(sheet: Sheet, screened: bool, given: float | None) -> Lines:  # noqa: ARG001 - counts need no ranges
    """Counts that scatter as chance has it, over stretches alike."""
    _no_negatives(sheet)

    def work(inside: Bools) -> tuple[Floats]:
        return (_given_or(given, mean_over(sheet.value, sheet.counted & inside)),)

    (middle,) = each_segment(sheet, work, 1)
    return _cut(_around(middle, np.sqrt(middle), sheet.value), floor=0.0)


def _u(sheet: Sheet, screened: bool, given: float | None) -> Lines:  # noqa: ARG001
    """Counts over days people were there: the limits are wider where there were fewer."""
    middle, sigma = _rates(sheet, given)
    return _cut(_around(middle, sigma, sheet.value), floor=0.0)


def _u_prime(sheet: Sheet, screened: bool, given: float | None) -> Lines:
    """The same with the spread between stretches that counting alone does not explain (Laney 2002)."""
    middle, sigma = _rates(sheet, given)
    return _laney(sheet, middle, sigma, screened, floor=0.0)


def _p(sheet: Sheet, screened: bool, given: float | None) -> Lines:  # noqa: ARG001
    """So many out of so many."""
    middle, sigma = _shares(sheet, given)
    return _cut(_around(middle, sigma, sheet.value), floor=0.0, ceiling=1.0)


def _p_prime(sheet: Sheet, screened: bool, given: float | None) -> Lines:
    """The same with the spread between stretches that chance alone does not explain (Laney 2002)."""
    middle, sigma = _shares(sheet, given)
    return _laney(sheet, middle, sigma, screened, floor=0.0, ceiling=1.0)


def _i_prime(sheet: Sheet, screened: bool, given: float | None, general_spread: GeneralSpread) -> Lines:
    """Individual figures that rest on more or less (Taylor): the limits are wider where they rest on less."""
    over = _over(sheet)
    use = sheet.base if general_spread == "base" else np.ones_like(sheet.base)
    bridge = ~sheet.include if general_spread == "base" else None
    weight = np.where(np.isnan(over), 1.0, over)
    known = use & ~np.isnan(sheet.value)
    ranges = moving_ranges(sheet.value, sheet.segment, known, bridge=bridge)
    inverse = _sum_with_one_before(1.0 / weight, bridge)
    spreads = np.sqrt(np.pi / 2) * ranges / np.sqrt(inverse)

    def work(inside: Bools) -> tuple[Floats, Floats]:
        counted = sheet.counted & inside
        sums = np.where(counted, over, 0.0).sum(axis=1)[:, None]
        middle = _given_or(given, _divided(np.where(counted, sheet.value * weight, 0.0).sum(axis=1)[:, None], sums))
        return middle, mean_range(spreads, inside, screened=screened, screen=SCREEN_I_PRIME)

    middle, spread = each_segment(sheet, work, 2)
    return _around(middle, spread / np.sqrt(over), sheet.value)


def _g(sheet: Sheet, screened: bool, given: float | None) -> Lines:  # noqa: ARG001
    """Opportunities from one rare event to the next: limits from the mean, the median drawn (Benneyan 2001)."""
    if (sheet.value < 0).any():
        raise NotChartable("What lies between two events cannot be less than nothing.")

    def work(inside: Bools) -> tuple[Floats, Floats]:
        counted = sheet.counted & inside
        mean = _given_or(given, mean_over(sheet.value, counted))
        drawn = median_over(sheet.value, counted) if given is None else EXPONENTIAL_MEDIAN * mean
        return drawn, mean

    drawn, mean = each_segment(sheet, work, 2)
    found = _cut(_around(mean, np.sqrt(mean * (mean + 1)), sheet.value), floor=0.0)
    return Lines(drawn, found.lower, found.upper, found.near_lower, found.near_upper, sheet.value)


def _t(sheet: Sheet, screened: bool, given: float | None) -> Lines:
    """Days from one rare event to the next, judged after a power makes them near normal (Nelson 1994)."""
    if (sheet.value <= 0).any():
        raise NotChartable("Two events lie on the same day: days between events must be more than nothing.")
    line = None if given is None else given ** (1 / T_POWER)
    bent = Sheet(sheet.value ** (1 / T_POWER), None, sheet.segment, sheet.base, sheet.include)
    found = _i(bent, screened, line)
    lower = np.where(found.lower < 0, 0.0, found.lower)
    near_lower = np.where(found.near_lower < 0, np.nan, found.near_lower)
    middle, low, high, near_low, near_high = (
        each**T_POWER for each in (found.centre, lower, found.upper, near_lower, found.near_upper)
    )
    return Lines(middle, low, high, near_low, near_high, sheet.value)


_MAKERS: dict[ChartType, Callable[[Sheet, bool, float | None], Lines]] = {
    "xmr": _xmr,
    "i": _i,
    "mr": _mr,
    "run": _run,
    "c": _c,
    "u": _u,
    "u_prime": _u_prime,
    "p": _p,
    "p_prime": _p_prime,
    "g": _g,
    "t": _t,
}


# Parts -----------------------------------------------------------------------------------------------


def _base_ranges(sheet: Sheet, values: Floats) -> Floats:
    """Moving ranges of the points that count towards the limits; an excluded point is taken out first."""
    return moving_ranges(values, sheet.segment, sheet.base & ~np.isnan(values), bridge=~sheet.include)


def _rates(sheet: Sheet, given: float | None) -> tuple[Floats, Floats]:
    over = _over(sheet)
    _no_negatives(sheet)
    (middle,) = each_segment(sheet, lambda inside: (_given_or(given, _pooled(sheet, over, inside)),), 1)
    return middle, np.sqrt(middle / over)


def _shares(sheet: Sheet, given: float | None) -> tuple[Floats, Floats]:
    over = _over(sheet)
    if ((sheet.value < 0) | (sheet.value > 1)).any():
        raise NotChartable("A share needs at most as many as there are.")
    (middle,) = each_segment(sheet, lambda inside: (_given_or(given, _pooled(sheet, over, inside)),), 1)
    return middle, np.sqrt(np.clip(middle * (1 - middle), 0.0, None) / over)


def _pooled(sheet: Sheet, over: Floats, inside: Bools) -> Floats:
    counted = sheet.counted & inside
    below = np.where(counted, over, 0.0).sum(axis=1)[:, None]
    return _divided(np.where(counted, sheet.value * np.where(counted, over, 1.0), 0.0).sum(axis=1)[:, None], below)


def _laney(
    sheet: Sheet, middle: Floats, sigma: Floats, screened: bool, *, floor: float, ceiling: float | None = None
) -> Lines:
    """Limits times the spread of z; where nothing strays (or nothing can be said) the plain limits stand."""
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(sigma > 0, (sheet.value - middle) / np.where(sigma > 0, sigma, 1.0), np.nan)
    ranges = _base_ranges(sheet, z)
    (extra,) = each_segment(sheet, lambda inside: (mean_range(ranges, inside, screened=screened) / D2,), 1)
    used = np.where(np.isnan(extra) | (extra == 0), 1.0, extra)
    found = _cut(_around(middle, sigma * used, sheet.value), floor=floor, ceiling=ceiling)
    return Lines(
        found.centre, found.lower, found.upper, found.near_lower, found.near_upper, found.plotted, dispersion=extra
    )


def _around(middle: Floats, sigma: Floats, plotted: Floats) -> Lines:
    return Lines(middle, middle - 3 * sigma, middle + 3 * sigma, middle - 2 * sigma, middle + 2 * sigma, plotted)


def _cut(found: Lines, *, floor: float | None = None, ceiling: float | None = None) -> Lines:
    """Limits no further than the unit goes; missing ones stay missing."""
    lower, upper, near_lower, near_upper = (
        np.clip(each, floor, ceiling) for each in (found.lower, found.upper, found.near_lower, found.near_upper)
    )
    return Lines(found.centre, lower, upper, near_lower, near_upper, found.plotted, found.dispersion)


def _sum_with_one_before(values: Floats, bridge: Bools | None) -> Floats:
    """Each figure and the one its moving range was taken from, added up."""
    if bridge is None or not bridge.any():
        out = np.full(values.shape, np.nan)
        out[:, 1:] = values[:, 1:] + values[:, :-1]
        return out
    before = place_before(~bridge)
    rows = np.arange(values.shape[0])[:, None]
    return np.where(before >= 0, values + values[rows, np.maximum(before, 0)], np.nan)


def _over(sheet: Sheet) -> Floats:
    if sheet.over is None:
        raise NotChartable("This chart needs what each figure is counted over.")
    return sheet.over


def _given_or(given: float | None, found: Floats) -> Floats:
    return found if given is None else np.where(np.isnan(found), np.nan, float(given))


def _divided(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


def _no_negatives(sheet: Sheet) -> None:
    if (sheet.value < 0).any():
        raise NotChartable("Counts cannot be less than nothing.")
