"""Two shares: days of one person, people or checks of a service, and everything else under one roof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.estimators.clustering import Day, design_effect, effective_size, lag1_autocorrelation
from metrics.estimators.paired_shares import mcnemar_exact, mcnemar_midp, newcombe_paired
from metrics.estimators.proportions import (
    ShareDifference,
    clopper_pearson,
    miettinen_nurminen,
    newcombe_difference,
    wilson,
)
from metrics.estimators.trend import TrendTest, cochran_armitage

__all__ = [
    "Day",
    "ShareDifference",
    "TrendTest",
    "clopper_pearson",
    "clustered_share_difference",
    "cochran_armitage",
    "day_share_difference",
    "design_effect",
    "effective_size",
    "lag1_autocorrelation",
    "mcnemar_exact",
    "mcnemar_midp",
    "miettinen_nurminen",
    "newcombe_difference",
    "newcombe_paired",
    "wilson",
]

DAY_TO_DAY = 0.3
"""The least resemblance from day to day that is allowed for. Four weeks are too short to show it reliably,
and 0.3 is what marked days of people living with dementia ordinarily have."""

MOST_RESEMBLANCE = 0.9
"""Beyond this an estimate from a few weeks would leave less than one and a half days of 28 standing."""


def day_share_difference(
    before_days: Sequence[Day], after_days: Sequence[Day], rho_floor: float = DAY_TO_DAY, level: float = 0.95
) -> ShareDifference:
    """How far the share of days moved for one person, allowing for bad days that come in runs.

    Newcombe's limits, with each side counted at the independent days it is worth. The resemblance is
    estimated within the two phases, never taken below ``rho_floor`` nor above 0.9.

    Unit: a difference of shares (20 of 28 days to 8 of 28 is -0.43, from -0.66 to -0.07). Range: -1 to 1.
    No change: 0.
    Assumes: days in order, None where nobody looked; one watcher or one way of looking throughout.
    Raises: ValueError when a side has no watched day, a day is not 0, 1 or None, or the floor lies outside 0
    to 0.9.
    """
    if not 0 <= rho_floor <= MOST_RESEMBLANCE:
        raise ValueError(f"The least resemblance allowed for lies between 0 and 0.9, not at {rho_floor}.")
    found = lag1_autocorrelation([before_days, after_days])
    rho = min(MOST_RESEMBLANCE, max(rho_floor, rho_floor if found is None else found))
    sides = []
    for name, days in (("before", before_days), ("after", after_days)):
        seen = [int(day) for day in days if day is not None]
        if not seen:
            raise ValueError(f"No day was watched {name}.")
        sides.append((sum(seen) / len(seen), effective_size(len(seen), rho)))
    (p1, n1), (p2, n2) = sides
    method = f"Newcombe limits, day-to-day correlation {rho:.1f}"
    return replace(newcombe_difference(p1, n1, p2, n2, level), method=method, correlation=rho)


def clustered_share_difference(
    before_clusters: Sequence[tuple[float, float]],
    after_clusters: Sequence[tuple[float, float]],
    level: float = 0.95,
) -> ShareDifference:
    """How far a pooled share moved, allowing for people (or audits) who differ from each other.

    Each cluster is (successes, trials). Newcombe's limits, with each side's trials divided by its design
    effect.

    Unit: a difference of shares. Range: -1 to 1. No change: 0.
    Assumes: clusters independent within a period. The same people on both sides usually resemble themselves,
    which makes these limits cautious.
    Raises: ValueError when a side has no trials or a tally is not a share.
    Newcombe 1998 (see ``newcombe_difference``) on the effective sizes of Rao & Scott 1992 (see
    ``design_effect``).
    """
    sides = []
    for name, clusters in (("before", before_clusters), ("after", after_clusters)):
        successes, trials = [x for x, _ in clusters], [n for _, n in clusters]
        effect = design_effect(successes, trials)
        if not sum(trials):
            raise ValueError(f"Nothing was looked at {name}.")
        sides.append((sum(successes) / sum(trials), sum(trials) / effect, effect))
    (p1, n1, effect1), (p2, n2, effect2) = sides
    method = f"Newcombe limits, design effects {effect1:.1f} and {effect2:.1f}"
    return replace(newcombe_difference(p1, n1, p2, n2, level), method=method)
