"""Whether two groups left at the same pace: log-rank tests and the hazard ratio."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import log_limits, two_sided_quantile
from metrics.estimators.staying.followed import Floats, Followed, Steps, at_risk_before, events_at


@dataclass(frozen=True)
class LogRank:
    """Chi-square on one degree of freedom and its p-value."""

    chi_square: float
    p: float


@dataclass(frozen=True)
class HazardRatio:
    """The hazard of leaving in group 1 over group 0: its logarithm with SE, the ratio (1 = no change) with limits."""

    log_ratio: float
    se: float
    ratio: float
    interval: Interval
    method: str


def log_rank(
    entry: Sequence[float],
    leave: Sequence[float],
    event: Sequence[int],
    group: Sequence[int],
    weight: Literal["equal", "share"] = "equal",
) -> LogRank:
    """Whether two groups (0 and 1) left at the same pace; ``weight="share"`` lets early leaving count more (Peto & Peto).

    Unit: chi-square; p a probability. Range: 0 upwards; 0 to 1. No-change value: chi-square 0, p 1.
    Assumes: as ``kaplan_meier``. Raises: ValueError as ``kaplan_meier``, for a group other than 0 and 1, and
    when there is no event with people of both groups at risk.
    Peto & Peto 1972, J R Stat Soc A 135:185, doi:10.2307/2344317; Harrington & Fleming 1982, Biometrika 69:553,
    doi:10.1093/biomet/69.3.553.
    """
    steps, at_risk_1, events_1 = _two_groups(entry, leave, event, group)
    weights = steps.shares_before if weight == "share" else np.ones_like(steps.times)
    part = at_risk_1 / steps.at_risk
    several = np.maximum(steps.at_risk - 1, 1)
    spread = steps.events * part * (1 - part) * (steps.at_risk - steps.events) / several
    excess, variance = float(np.sum(weights * (events_1 - steps.events * part))), float(np.sum(weights**2 * spread))
    if variance <= 0:
        raise ValueError("Nobody left while people of both groups were there to compare.")
    chi_square = excess**2 / variance
    return LogRank(chi_square, float(stats.chi2.sf(chi_square, 1)))


def hazard_ratio(
    entry: Sequence[float],
    leave: Sequence[float],
    event: Sequence[int],
    group: Sequence[int],
    ties: Literal["efron", "breslow"] = "efron",
    level: float = 0.95,
) -> HazardRatio:
    """How much faster group 1 left than group 0 at any time, were the ratio the same throughout (Cox).

    Unit: a ratio of hazards. Range: above 0. No change: 1.
    Assumes: proportional hazards, which a change in a home seldom keeps: ``restricted_mean_change`` is the
    figure to show. Otherwise as ``kaplan_meier``.
    Raises: ValueError as ``log_rank``, and when every leaver belonged to one group (no finite ratio).
    Cox 1972, J R Stat Soc B 34:187; Efron 1977, J Am Stat Assoc 72:557, doi:10.2307/2286217.
    """
    steps, at_risk_1, events_1 = _two_groups(entry, leave, event, group)
    risk = _tied_risk_sets(steps, at_risk_1, events_1, ties)
    mixed = (at_risk_1 > 0) & (at_risk_1 < steps.at_risk)
    if not mixed.any():
        raise ValueError("Nobody left while people of both groups were there to compare.")
    if not events_1[mixed].any() or not (steps.events - events_1)[mixed].any():
        raise ValueError("Everybody who left belonged to one group: there is no finite ratio of their pace.")
    log_ratio, information = _newton(risk, float(events_1.sum()))
    se = 1 / math.sqrt(information)
    interval = log_limits(log_ratio, se, two_sided_quantile(level), level)
    method = f"Cox proportional hazards, ties by {ties.title()}"
    return HazardRatio(log_ratio, se, math.exp(log_ratio), interval, method)


def _two_groups(
    entry: Sequence[float], leave: Sequence[float], event: Sequence[int], group: Sequence[int]
) -> tuple[Steps, Floats, Floats]:
    """The steps of everybody together, and how many of group 1 were there and left at each."""
    who = Followed.of(entry, leave, event, (0, 1))
    if len(group) != who.people or not np.isin(np.asarray(group), (0, 1)).all():
        raise ValueError("Each person belongs to group 0 or group 1.")
    second, steps = np.asarray(group) == 1, Steps.of(who, who.cause == 1)
    at_risk_1 = at_risk_before(who.entry[second], who.leave[second], steps.times)
    return steps, at_risk_1, events_at(who.leave[second & (who.cause == 1)], steps.times)


def _tied_risk_sets(steps: Steps, at_risk_1: Floats, events_1: Floats, ties: str) -> tuple[Floats, Floats]:
    """For each leaver in turn, how many of group 0 and of group 1 there were to leave.

    With Efron's ties, those who leave at the same time go one by one, each taking an average share of them.
    """
    places = np.repeat(np.arange(steps.times.size), steps.events.astype(int))
    turn = np.concatenate([np.arange(n) for n in steps.events.astype(int)]) if places.size else np.zeros(0)
    gone = turn / steps.events[places] if ties == "efron" else np.zeros(places.size)
    group_1 = at_risk_1[places] - gone * events_1[places]
    group_0 = (steps.at_risk - at_risk_1)[places] - gone * (steps.events - events_1)[places]
    return group_0, group_1


def _newton(risk: tuple[Floats, Floats], events_1: float) -> tuple[float, float]:
    """The log hazard ratio at which the score is 0, and the information there."""
    group_0, group_1 = risk
    beta, information = 0.0, 0.0
    for _ in range(100):
        weighted = group_1 * math.exp(beta)
        part = weighted / (group_0 + weighted)
        information = float(np.sum(part * (1 - part)))
        step = (events_1 - float(np.sum(part))) / information
        beta += max(-2.0, min(2.0, step))  # long first steps overshoot when the groups hardly overlap
        if abs(step) < 1e-12:
            return beta, information
    raise ValueError("The ratio of the two groups' pace could not be found.")
