"""One event rate and its limits."""

from __future__ import annotations

import math

from scipy import optimize, stats

from metrics.estimators.arguments import positive, tail, whole
from metrics.estimators.intervals import Interval


def rate_limits_exact(events: int, exposure: float, level: float = 0.95) -> Interval:
    """The rates that the events counted leave open, with at least the promised certainty.

    Unit: events per unit of exposure. Range: 0 upwards; 0 events give a lower limit of exactly 0.
    No-change value: none, it is one rate.
    Assumes: events independent of each other (Poisson).
    Raises: ValueError for a negative or broken count, or exposure not above 0.
    Garwood 1936, Biometrika 28:437, doi:10.1093/biomet/28.3-4.437.
    """
    count, time, outside = whole("events", events), positive("exposure", exposure), tail(level)
    low = float(stats.gamma.ppf(outside, count)) if count else 0.0
    high = float(stats.gamma.isf(outside, count + 1))
    return Interval(low / time, high / time, level)


def rate_limits_midp(events: int, exposure: float, level: float = 0.95) -> Interval:
    """The same limits, counting only half the chance of exactly what was seen: less cautious, shorter.

    Unit, range, no-change value, assumptions and errors as ``rate_limits_exact``. At 0 events the upper limit is
    -ln(1 - level) events (3.0 at 95 %), where statsmodels 0.15 gives a lower limit equal to the upper.
    Cohen & Yang 1994, Statistics in Medicine 13:2189.
    """
    count, time, outside = whole("events", events), positive("exposure", exposure), tail(level)
    if count == 0:
        return Interval(0.0, -math.log(2 * outside) / time, level)
    widest = rate_limits_exact(count, 1.0, level)
    assert widest.low is not None and widest.high is not None

    def surplus_above(mean: float) -> float:
        return float(stats.poisson.sf(count, mean) + stats.poisson.pmf(count, mean) / 2 - outside)

    def surplus_below(mean: float) -> float:
        return float(stats.poisson.cdf(count - 1, mean) + stats.poisson.pmf(count, mean) / 2 - outside)

    low = optimize.brentq(surplus_above, widest.low, widest.high, xtol=1e-12, rtol=1e-12)
    high = optimize.brentq(surplus_below, widest.low, widest.high, xtol=1e-12, rtol=1e-12)
    return Interval(low / time, high / time, level)
