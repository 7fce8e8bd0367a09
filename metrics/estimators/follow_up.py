"""How many more weeks of follow-up would settle the question, if things go on as they are now."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from metrics.estimators.arguments import positive, share
from metrics.estimators.intervals import Interval
from metrics.estimators.proportions import newcombe_difference
from metrics.estimators.rate_ratios import exact_limits

MOST_WEEKS = 260
"""Five years: nobody plans further, and no home stays the same so long."""

FOR_EVER = 1e7
"""Weeks that stand for "however long": enough for the after side to be as good as known."""

Reason = Literal["settled now", "not on this baseline", "not as things are now", "not within five years"]


@dataclass(frozen=True)
class MoreWeeks:
    """``weeks`` more would settle it; None with the ``reason`` otherwise.

    *not on this baseline*: the before side alone is too short, however long the after side grows.
    *not as things are now*: what is seen lies so that no amount of data on either side would settle it.
    """

    weeks: int | None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if (self.weeks is None) == (self.reason is None):
            raise ValueError("Either a number of weeks, or the reason why there is none.")


def weeks_for_rates(
    events_before: float,
    exposure_before: float,
    events_after: float,
    exposure_after: float,
    exposure_a_week: float,
    *,
    margin: float | None = None,
    fewer_is_better: bool = True,
    dispersion: float = 1.0,
    level: float = 0.95,
    most: int = MOST_WEEKS,
) -> MoreWeeks:
    """Weeks until the interval of the rate ratio settles it; ``margin`` (such as 1.25) makes it a steady question.

    A change is settled when the interval leaves out 1; steadiness when its bad end lies inside the margin or
    its good end beyond 1. The after side goes on at its present rate, the before side stays as it is. Limits
    are the exact central ones on events divided by the dispersion.

    Unit: weeks. Range: 1 to ``most``. No-change value: none.
    Assumes: things go on as they are now, which is what the data know least about; read it as "about".
    Raises: ValueError for an exposure not above 0, events below 0 or a margin not above 1.
    Clopper & Pearson 1934, Biometrika 26:404, doi:10.1093/biomet/26.4.404.
    """
    spread = max(1.0, positive("the dispersion", dispersion))
    t1, t2 = positive("exposure before", exposure_before), positive("exposure after", exposure_after)
    weekly = positive("exposure a week", exposure_a_week)
    if not (0 <= events_before < math.inf and 0 <= events_after < math.inf):
        raise ValueError("Events are counted from 0 up.")
    if margin is not None and not 1 < margin < math.inf:
        raise ValueError(f"A margin for a ratio lies above 1, not at {margin}.")
    bad_end = _inverted if not fewer_is_better else _as_is

    def settled(weeks: float, certain_before: float = 1.0) -> bool:
        grown = 1 + weeks * weekly / t2
        limits = exact_limits(
            events_before * certain_before / spread,
            events_after * grown / spread,
            t2 * grown / (t1 * certain_before),
            level,
        )
        return _ratio_settles(bad_end(limits), margin)

    return _first_week(settled, most)


def weeks_for_shares(
    share_before: float,
    size_before: float,
    share_after: float,
    size_after: float,
    size_a_week: float,
    *,
    margin: float | None = None,
    fewer_is_better: bool = True,
    level: float = 0.95,
    most: int = MOST_WEEKS,
) -> MoreWeeks:
    """``weeks_for_rates`` for the difference of two shares; ``margin`` is in shares (0.1 for 10 points).

    Sizes, also the one a week, are what trials are worth when they are not independent. Limits are Newcombe's.

    Unit, range, no-change value and assumptions as ``weeks_for_rates``.
    Raises: ValueError for a share outside 0 to 1, a size not above 0 or a margin not between 0 and 1.
    Newcombe 1998, Statistics in Medicine 17:873,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    p1, p2 = share(share_before), share(share_after)
    n1, n2 = positive("the size before", size_before), positive("the size after", size_after)
    weekly = positive("the size a week", size_a_week)
    if margin is not None and not 0 < margin < 1:
        raise ValueError(f"A margin for a share lies between 0 and 1, not at {margin}.")

    def settled(weeks: float, certain_before: float = 1.0) -> bool:
        limits = newcombe_difference(p1, n1 * certain_before, p2, n2 + weeks * weekly, level).interval
        assert limits.low is not None and limits.high is not None
        low, high = (limits.low, limits.high) if fewer_is_better else (-limits.high, -limits.low)
        return low > 0 or high < (0 if margin is None else margin)

    return _first_week(settled, most)


def _first_week(settled: Callable[..., bool], most: int) -> MoreWeeks:
    """The first week that settles it, by halving: more of the same never unsettles it but for the last digit."""
    if settled(0):
        return MoreWeeks(None, "settled now")
    if not settled(FOR_EVER):
        never = not settled(FOR_EVER, FOR_EVER)
        return MoreWeeks(None, "not as things are now" if never else "not on this baseline")
    if not settled(most):
        return MoreWeeks(None, "not within five years")
    early, late = 0, most
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if settled(middle) else (middle, late)
    return MoreWeeks(late)


def _ratio_settles(limits: Interval, margin: float | None) -> bool:
    if limits.low is not None and limits.low > 1:
        return True
    return limits.high is not None and limits.high < (1 if margin is None else margin)


def _as_is(limits: Interval) -> Interval:
    return limits


def _inverted(limits: Interval) -> Interval:
    """Before over after: turns "more is better" into "less is better"."""
    low = None if limits.high is None else 1 / limits.high
    return Interval(low, None if not limits.low else 1 / limits.low, limits.level)
