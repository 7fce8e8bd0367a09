"""Mean time in the home within a set stretch, and how far it moved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import SAME_SHARE, ratio_limits, symmetric_limits, two_sided_quantile
from metrics.estimators.staying.followed import Followed, Steps


@dataclass(frozen=True)
class RestrictedMean:
    """Mean time in the home within the first ``until`` (same unit as the times)."""

    until: float
    mean: float
    se: float
    interval: Interval


@dataclass(frozen=True)
class RestrictedMeanChange:
    """Restricted mean after minus before (0 = no change), and after divided by before (1 = no change)."""

    until: float
    difference: float
    se: float
    interval: Interval
    p: float
    ratio: float
    ratio_interval: Interval


def restricted_mean(
    entry: Sequence[float], leave: Sequence[float], event: Sequence[int], until: float, level: float = 0.95
) -> RestrictedMean:
    """Mean time in the home within the first ``until``: the area under the staying curve.

    Unit: that of the times. Range: 0 to ``until``. No-change value: none, it is one group.
    Assumes: as ``kaplan_meier``. Limits are symmetric, kept within the range.
    Raises: ValueError as ``kaplan_meier``, when ``until`` is not above 0, and when nobody was followed so far
    while some were still there.
    Royston & Parmar 2013, BMC Med Res Methodol 13:152, doi:10.1186/1471-2288-13-152; Uno et al. 2014, J Clin
    Oncol 32:2380, doi:10.1200/JCO.2014.55.2208.
    """
    who = Followed.of(entry, leave, event, (0, 1))
    steps = Steps.of(who, who.cause == 1)
    if not (math.isfinite(until) and until > 0):
        raise ValueError(f"The time up to which stays are compared must be above 0, not {until}.")
    shares = steps.shares
    if until > who.last_seen and not (shares.size and shares[-1] <= SAME_SHARE):
        raise ValueError(f"Nobody was followed for {until:g}: the longest was {who.last_seen:g}.")
    within = steps.times <= until
    times, events, at_risk = steps.times[within], steps.events[within], steps.at_risk[within]
    edges = np.concatenate([[0.0], times, [until]])
    areas = np.diff(edges) * np.concatenate([[1.0], shares[within]])
    mean = float(areas.sum())
    rest = np.cumsum(areas[::-1])[::-1][1:]  # the area from each step on
    left = at_risk - events
    open_steps = left > 0  # after a step that empties the home there is no area left to be unsure of
    variance = float(np.sum((rest**2 * events / (at_risk * np.where(open_steps, left, 1)))[open_steps]))
    se, z = math.sqrt(variance), two_sided_quantile(level)
    return RestrictedMean(until, mean, se, Interval(max(0.0, mean - z * se), min(until, mean + z * se), level))


def restricted_mean_change(before: RestrictedMean, after: RestrictedMean, level: float = 0.95) -> RestrictedMeanChange:
    """How much longer people stayed after than before, within the same stretch of time.

    Unit: that of the times; the ratio has none. No change: 0; the ratio 1. Range: -until to until; above 0.
    Assumes: different people before and after, enough of them for normal limits.
    Raises: ValueError when the two stretches differ, when nothing varies on either side (no standard error),
    or a mean is 0.
    Uno et al. 2014, J Clin Oncol 32:2380, doi:10.1200/JCO.2014.55.2208.
    """
    if before.until != after.until:
        raise ValueError(f"Stays within {before.until:g} cannot be compared with stays within {after.until:g}.")
    difference, se = after.mean - before.mean, math.hypot(before.se, after.se)
    if se == 0 or before.mean == 0 or after.mean == 0:
        raise ValueError("Nobody left in time, or everybody at once: there is nothing to work out limits from.")
    z = two_sided_quantile(level)
    ratio = after.mean / before.mean
    log_error = math.hypot(before.se / before.mean, after.se / after.mean)
    return RestrictedMeanChange(
        until=before.until,
        difference=difference,
        se=se,
        interval=symmetric_limits(difference, se, z, level),
        p=float(2 * stats.norm.sf(abs(difference) / se)),
        ratio=ratio,
        ratio_interval=ratio_limits(ratio, log_error, z, level),
    )
