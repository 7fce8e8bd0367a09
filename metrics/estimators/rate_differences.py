"""The difference of two event rates: how many more or fewer for the same exposure."""

from __future__ import annotations

import math

from scipy import optimize

from metrics.estimators.arguments import positive, whole
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile


def rate_difference_score(x1: int, t1: float, x2: int, t2: float, level: float = 0.95) -> Interval:
    """Limits of the rate after minus the rate before, safe for short periods and zero counts.

    Unit: events per unit of exposure. Range: any number. No change: 0.
    Assumes: independent events; for a verdict on clustered events use the ratio with its dispersion.
    Raises: ValueError for a negative or broken count, or exposure not above 0.
    Miettinen & Nurminen 1985, Statistics in Medicine 4:213, doi:10.1002/sim.4780040211.
    """
    before, after = whole("events before", x1), whole("events after", x2)
    time_before, time_after = positive("exposure before", t1), positive("exposure after", t2)
    z = two_sided_quantile(level)
    seen = after / time_after - before / time_before

    def spread(difference: float) -> float:
        """Standard error of the difference if ``difference`` were the truth."""
        both = time_before + time_after
        slope = both * difference - before - after
        root = math.sqrt(max(slope * slope + 4 * both * before * difference, 0.0))
        rate_before = 2 * before * difference / (root + slope) if slope > 0 else (root - slope) / (2 * both)
        rate_before = max(rate_before, -difference, 0.0)
        return math.sqrt((rate_before + difference) / time_after + rate_before / time_before)

    def excess(difference: float) -> float:
        return abs(seen - difference) - z * spread(difference)

    step = (z * z + 4) * (1 / time_before + 1 / time_after) + z * spread(seen)
    near, far = 1e-9 * spread(seen) + 1e-12 * step, step
    while excess(seen - far) < 0 or excess(seen + far) < 0:
        far *= 2
    low = seen - optimize.brentq(lambda reach: excess(seen - reach), near, far, xtol=1e-15, rtol=1e-12)
    high = seen + optimize.brentq(lambda reach: excess(seen + reach), near, far, xtol=1e-15, rtol=1e-12)
    return Interval(low, high, level)
