"""The ratio of two event rates, after divided by before, with limits from four families.

The exact limits are the project's; mid-p, score and Wald limits are shown to readers who ask, never used for
a verdict: for 1 event before and 0 after in as long a time the upper limit is 3.8 by score, 19 by mid-p and
39 exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import optimize, special, stats

from metrics.estimators.arguments import positive, tail, whole
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import ratio_limits, two_sided_quantile


@dataclass(frozen=True)
class RateRatio:
    """A rate after divided by the rate before; 1 means no change.

    ``estimate`` is None when nothing was counted before: the ratio is then infinite, or undefined when
    nothing was counted at all. ``dispersion`` is the widening used, 1 for none; ``intervals_before`` and
    ``intervals_after`` are the stretches of time it was judged on, None when only totals were given.
    """

    estimate: float | None
    interval: Interval
    method: str
    dispersion: float = 1.0
    intervals_before: int | None = None
    intervals_after: int | None = None

    def __post_init__(self) -> None:
        if self.estimate is not None and not (math.isfinite(self.estimate) and self.estimate >= 0):
            raise ValueError(f"A ratio is a finite number from 0 up, or None, not {self.estimate}.")
        if not (math.isfinite(self.dispersion) and self.dispersion >= 1):
            raise ValueError(f"Limits are widened by a dispersion of 1 or more, not {self.dispersion}.")


def _crude_ratio(x1: float, t1: float, x2: float, t2: float) -> float | None:
    """Rate after over rate before; None when nothing was counted before."""
    return (x2 / t2) / (x1 / t1) if x1 else None


def exact_limits(before: float, after: float, relative: float, level: float) -> Interval:
    """Clopper-Pearson limits of the share after as limits of the ratio, for events that need not be whole.

    ``relative`` is the exposure after over that before. None above when nothing was counted before.
    """
    outside, a, b = tail(level), before, after
    # Odds of "after" from a beta quantile and its complement, which keeps both ends precise.
    low = _odds(special.betaincinv(b, a + 1, outside), special.betaincinv(a + 1, b, 1 - outside)) if after else 0.0
    rest = float(special.betaincinv(a, b + 1, outside)) if before else 0.0
    if not rest:
        return Interval(low / relative, None, level)
    return Interval(low / relative, _odds(special.betaincinv(b + 1, a, 1 - outside), rest) / relative, level)


def rate_ratio_exact(x1: int, t1: float, x2: int, t2: float, level: float = 0.95, dispersion: float = 1.0) -> RateRatio:
    """How many times as often it happened after, with limits that hold however few events there are.

    Given the x1 + x2 events, those after are binomial; Clopper-Pearson limits of their share become limits of
    the ratio. They always agree with ``p_exact_central``. A ``dispersion`` above 1 divides both counts before
    the beta quantiles are taken: the limits of a tally worth fewer independent events.

    Unit: a ratio. Range: 0 upwards. No change: 1.
    Zero rules: none before, no estimate and only a lower limit; none after, estimate 0 and an upper limit;
    none at all, no estimate and an interval that leaves everything open.
    Assumes: events independent once the dispersion is allowed for; recording and exposure counted alike.
    Raises: ValueError for a negative or broken count, exposure not above 0, dispersion below 1.
    Przyborowski & Wilenski 1940, Biometrika 31:313, doi:10.2307/2332612; Clopper & Pearson 1934, Biometrika 26:404,
    doi:10.1093/biomet/26.4.404; Fay 2010, R Journal 2:53, doi:10.32614/RJ-2010-008.
    """
    before, after, relative = _tallies(x1, t1, x2, t2)
    if not math.isfinite(dispersion) or dispersion < 1:
        raise ValueError(f"Limits are widened by a dispersion of 1 or more, not {dispersion}.")
    interval = exact_limits(before / dispersion, after / dispersion, relative, level)
    method = "exact conditional limits"
    if dispersion > 1:
        method += f", widened for dispersion {dispersion:.1f}"
    return RateRatio(_crude_ratio(before, t1, after, t2), interval, method, dispersion=float(dispersion))


def rate_ratio_midp(x1: int, t1: float, x2: int, t2: float, level: float = 0.95) -> RateRatio:
    """The exact ratio limits, counting only half the chance of exactly what was seen: less cautious, shorter.

    Unit, range, no-change value, zero rules, assumptions and errors as ``rate_ratio_exact``. Coverage is
    right on average and can fall below the promised level. Berry & Armitage 1995, The Statistician 44:417,
    doi:10.2307/2348891; Graham, Mengersen & Morton 2003, Statistics in Medicine 22:2071,
    doi:10.1002/sim.1405.
    """
    before, after, relative = _tallies(x1, t1, x2, t2)
    outside, total = tail(level), before + after

    def surplus_above(share: float) -> float:
        chance = stats.binom.sf(after, total, share) + stats.binom.pmf(after, total, share) / 2
        return float(chance - outside)

    def surplus_below(share: float) -> float:
        chance = stats.binom.cdf(after - 1, total, share) + stats.binom.pmf(after, total, share) / 2
        return float(chance - outside)

    # The mid-p limits lie between the exact ones, which makes them a bracket that never fails.
    lowest = float(special.betaincinv(after, before + 1, outside)) if after else 0.0
    highest = float(special.betaincinv(after + 1, before, 1 - outside)) if before else 1.0
    low, high = 0.0, None
    if after:
        share = optimize.brentq(surplus_above, lowest, highest, xtol=1e-15, rtol=1e-12)
        low = _odds(share, 1 - share) / relative
    if before:
        share = optimize.brentq(surplus_below, lowest, highest, xtol=1e-15, rtol=1e-12)
        high = _odds(share, 1 - share) / relative
    return RateRatio(_crude_ratio(before, t1, after, t2), Interval(low, high, level), "mid-p conditional limits")


def rate_ratio_score(x1: int, t1: float, x2: int, t2: float, level: float = 0.95) -> RateRatio:
    """The ratio with closed-form likelihood-score limits; too short when only a few events were counted.

    Unit, range, no-change value, zero rules, assumptions and errors as ``rate_ratio_exact``.
    Graham, Mengersen & Morton 2003, Statistics in Medicine 22:2071, doi:10.1002/sim.1405.
    """
    before, after, relative = _tallies(x1, t1, x2, t2)
    z = two_sided_quantile(level)
    total, z2 = before + after, z * z
    low, high = 0.0, None
    if before:
        root = z * math.sqrt(total * (4 * before * after + z2 * total))
        high = (2 * before * after + z2 * total + root) / (2 * before**2 * relative)
        # The two limits multiply to the squared estimate: no difference of near-equal numbers is taken.
        low = (after / (before * relative)) ** 2 / high
    elif after:
        low = after**2 / (z2 * total * relative)
    return RateRatio(_crude_ratio(before, t1, after, t2), Interval(low, high, level), "score limits")


def rate_ratio_wald_log(x1: int, t1: float, x2: int, t2: float, level: float = 0.95) -> RateRatio:
    """The ratio with the textbook limits on the log scale, as printed in most papers.

    Unit: a ratio. Range: above 0. No change: 1. Assumes: independent events, and enough of them.
    Raises: ValueError as ``rate_ratio_exact``, and when either period has no events.
    Rothman & Greenland, Modern Epidemiology, 2nd ed. 1998, chapter 14.
    """
    before, after, _ = _tallies(x1, t1, x2, t2)
    if not before or not after:
        raise ValueError("Limits on the log scale need at least one event in each period.")
    estimate = (after / t2) / (before / t1)
    limits = ratio_limits(estimate, math.sqrt(1 / before + 1 / after), two_sided_quantile(level), level)
    return RateRatio(estimate, limits, "Wald limits on the log scale")


def _tallies(x1: int, t1: float, x2: int, t2: float) -> tuple[int, int, float]:
    """Events before and after, and exposure after relative to before."""
    before, after = whole("events before", x1), whole("events after", x2)
    return before, after, positive("exposure after", t2) / positive("exposure before", t1)


def _odds(share: float, rest: float) -> float:
    return float(share / rest)
