"""A range of values the data leave open."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high`` at a confidence ``level``; None where there is no finite limit.

    Raises ValueError when a limit is not a finite number, when the limits are the wrong way round, or when
    the level does not lie between 0 and 1.
    """

    low: float | None
    high: float | None
    level: float = 0.95

    def __post_init__(self) -> None:
        for limit in (self.low, self.high):
            if limit is not None and not math.isfinite(limit):
                raise ValueError("A limit that does not exist is None, never infinity or NaN.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"The lower limit {self.low} lies above the upper limit {self.high}.")
        if not 0 < self.level < 1:
            raise ValueError(f"The level must lie between 0 and 1, not {self.level}.")

    def contains(self, value: float) -> bool:
        """Whether the data leave ``value`` open; both limits belong to the interval."""
        above_low = self.low is None or self.low <= value
        below_high = self.high is None or value <= self.high
        return above_low and below_high

    def times(self, factor: float) -> Interval:
        """The same interval in another unit: ``.times(1000)`` turns falls a bed day into falls per 1,000."""
        if not math.isfinite(factor) or factor <= 0:
            raise ValueError(f"A unit is changed by a factor above 0, not {factor}.")
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.level)
