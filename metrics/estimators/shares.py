"""Two shares: days of one person, people or checks of a service, and everything else under one roof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.estimators.arguments import tally
from metrics.estimators.autocorrelation import pooled_lag1
from metrics.estimators.clustering import Day, design_effect, effective_size
from metrics.estimators.limits import two_sided_quantile
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


NO_TRIALS = (0.0, 0.0)

LEAST_EFFECT = 0.5
"""People who each answer the same every time leave no scatter to see; that is no certainty."""


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
    Limits as ``newcombe_difference`` on effective sizes as in Bayley & Hammersley 1946, J R Stat Soc Suppl 8:184,
    doi:10.2307/2983560.
    """
    if not 0 <= rho_floor <= MOST_RESEMBLANCE:
        raise ValueError(f"The least resemblance allowed for lies between 0 and 0.9, not at {rho_floor}.")
    for day in (*before_days, *after_days):
        if day not in (0, 1, None):
            raise ValueError(f"A day is 1, 0 or None (nobody looked), not {day}.")
    found = pooled_lag1([before_days, after_days])
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
    before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]], level: float = 0.95
) -> ShareDifference:
    """How far a pooled share moved, allowing for people (or audits) who differ from each other.

    Each cluster is named and holds (successes, trials); a name on both sides is the same cluster, so that people who
    are simply different from each other do not blur a change within them. The linearised variance of the difference
    over the binomial one, never below what independent trials within each cluster leave (nor below half), says how many
    trials these are worth; Newcombe's limits on those, reaching as far as Student's t on the clusters less one (less two
    where no cluster is on both sides).

    Unit: a difference of shares. Range: -1 to 1. No change: 0.
    Assumes: clusters independent of each other. With one cluster a side, its trials are taken as independent.
    Raises: ValueError when a side has no trials or a tally is not a share.
    Newcombe 1998 (see ``newcombe_difference``) on effective sizes as in Rao & Scott 1992, Biometrics 48:577,
    doi:10.2307/2532311; t limits as in Liang & Zeger 1986 for few clusters (Mancl & DeRouen 2001, Biometrics 57:126,
    doi:10.1111/j.0006-341X.2001.00126.x).
    """
    (x1, n1), (x2, n2) = _pooled("before", before), _pooled("after", after)
    p1, p2 = x1 / n1, x2 / n2
    names = [
        name for name in {**before, **after} if (before.get(name, NO_TRIALS)[1] + after.get(name, NO_TRIALS)[1]) > 0
    ]
    effect, reach = 1.0, 1.0
    binomial = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    freedom = len(names) - (1 if before.keys() & after.keys() else 2)
    if freedom > 0:
        moved = 0.0
        for name in names:
            (there, of_before), (then, of_after) = before.get(name, NO_TRIALS), after.get(name, NO_TRIALS)
            moved += ((then - p2 * of_after) / n2 - (there - p1 * of_before) / n1) ** 2
        linearised = len(names) / freedom * moved
        least = _within(before, p1, n1) + _within(after, p2, n2)
        effect = max(LEAST_EFFECT, max(least, linearised) / binomial) if binomial else 1.0
        reach = (two_sided_quantile(level, freedom) / two_sided_quantile(level)) ** 2
    method = (
        f"Newcombe limits, design effect {effect:.1f}, t limits for {len(names)} clusters"
        if freedom > 0
        else "Newcombe limits"
    )
    worth = effect * reach
    return replace(newcombe_difference(p1, n1 / worth, p2, n2 / worth, level), method=method)


def _within(clusters: Mapping[str, tuple[float, float]], share: float, trials: float) -> float:
    """The variance of a side's share if trials within each cluster are independent and clusters differ as they do."""
    own = 0.0
    for x, n in clusters.values():
        own += x * (n - x) / (n - 1) if n > 1 else n * share * (1 - share)
    return own / trials**2


def _pooled(name: str, clusters: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    for successes, trials in clusters.values():
        tally(successes, trials)
    successes, trials = sum(x for x, _ in clusters.values()), sum(n for _, n in clusters.values())
    if not trials:
        raise ValueError(f"Nothing was looked at {name}.")
    return successes, trials
