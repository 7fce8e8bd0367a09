"""Is one person's change on a scale more than the scale's own unreliability could make?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from metrics.estimators.arguments import positive

BEYOND = 1.96
"""As Jacobson and Truax print it: about 1 change in 20 by unreliability alone."""


@dataclass(frozen=True)
class ReliableChange:
    """``index`` is the change over its standard error of measurement; ``threshold`` the change that counts, in points."""

    change: float
    se: float
    index: float
    threshold: float
    reliable: bool

    def improved(self, higher_is_better: bool) -> bool:
        """Whether the change counts, and went the right way."""
        return self.reliable and (self.change > 0) == higher_is_better


def reliable_change(
    before: float, after: float, sd: float, reliability: float, beyond: float = BEYOND
) -> ReliableChange:
    """Jacobson and Truax's index: (after - before) / (sd √(2 (1 - reliability))), past ``beyond`` either way.

    Only for a scale whose standard deviation and reliability have been published for people like these.

    Unit: none; the threshold in points. Range: any. No change: 0. Assumes: errors of measurement normal and
    alike at both times. Raises: ValueError when sd is not above 0, reliability does not lie from 0 to below 1,
    or a score is not finite.
    Jacobson & Truax 1991, J Consulting and Clinical Psychology 59:12, doi:10.1037/0022-006X.59.1.12.
    """
    if not (math.isfinite(before) and math.isfinite(after)):
        raise ValueError("A score is a finite number.")
    if not 0 <= reliability < 1:
        raise ValueError(f"A reliability lies from 0 to below 1, not at {reliability}.")
    se = positive("the standard deviation", sd) * math.sqrt(2 * (1 - reliability))
    threshold = positive("the number of standard errors", beyond) * se
    change = after - before
    return ReliableChange(change, se, change / se, threshold, abs(change) > threshold)
