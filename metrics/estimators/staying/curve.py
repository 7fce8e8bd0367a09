"""The share of people still there as time goes by: Kaplan-Meier with late entry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import SAME_SHARE, log_log_limits, two_sided_quantile
from metrics.estimators.staying.followed import Floats, Followed, Steps, at_risk_before


@dataclass(frozen=True)
class StillThere:
    """The share of people still there at ``time``; None where nobody was followed so far.

    ``interval`` has log-log limits (never outside 0 to 1), ``plain`` the symmetric ones cut off at 0 and 1.
    """

    time: float
    share: float | None
    se: float | None
    interval: Interval
    plain: Interval
    at_risk: int


@dataclass(frozen=True)
class StayingCurve:
    """Kaplan-Meier: a step curve (``times``, ``shares``: the share from that time on) and figures at set times.

    ``median`` is None when fewer than half have left; ``last_seen`` is when the last person was followed to;
    ``fewest_at_risk`` is the smallest number of people any step of the curve rests on, None without a step.
    """

    people: int
    events: int
    person_time: float
    median: float | None
    at: tuple[StillThere, ...]
    times: tuple[float, ...]
    shares: tuple[float, ...]
    last_seen: float
    fewest_at_risk: int | None


def kaplan_meier(
    entry: Sequence[float], leave: Sequence[float], event: Sequence[int], at: Sequence[float], level: float = 0.95
) -> StayingCurve:
    """The share of people still there as time goes by; ``event`` is 1 for left, 0 for followed no further.

    Use it for any way of leaving together; a share who left for *one* reason while others die needs
    ``cumulative_incidence``, for 1 minus this curve would overstate it.

    Unit: a share. Range: 0 to 1. No-change value: none, it is one group.
    Assumes: leaving and ceasing to be followed have nothing to do with each other; people independent; who
    enters late is like those who had stayed as long. Greenwood's variance; limits on the log-log scale.
    Raises: ValueError when nobody is given, lengths differ, a time is not finite or below 0, a stay ends before
    it begins, or an event is neither 0 nor 1.
    Kaplan & Meier 1958, J Am Stat Assoc 53:457, doi:10.2307/2281868; Kalbfleisch & Prentice 2002, section 1.4.
    """
    who = Followed.of(entry, leave, event, (0, 1))
    steps = Steps.of(who, who.cause == 1)
    shares = steps.shares
    with np.errstate(divide="ignore"):  # everybody at risk leaves: the share is 0 and has no standard error
        greenwood = np.cumsum(steps.events / (steps.at_risk * (steps.at_risk - steps.events)))
    figures = tuple(_still_there(float(time), who, steps, shares, greenwood, level) for time in at)
    return StayingCurve(
        people=who.people,
        events=int(steps.events.sum()),
        person_time=who.person_time,
        median=_median(steps.times, shares),
        at=figures,
        times=tuple(steps.times.tolist()),
        shares=tuple(shares.tolist()),
        last_seen=who.last_seen,
        fewest_at_risk=steps.fewest,
    )


def _still_there(
    time: float, who: Followed, steps: Steps, shares: Floats, greenwood: Floats, level: float
) -> StillThere:
    at_risk = int(at_risk_before(who.entry, who.leave, np.array([time]))[0])
    gone_by = int(np.searchsorted(steps.times, time, side="right"))
    share = float(shares[gone_by - 1]) if gone_by else 1.0
    nothing = Interval(None, None, level)
    if not math.isfinite(time) or time < 0:
        raise ValueError(f"A time to look at is a number from 0 up, not {time}.")
    if time > who.last_seen and share > SAME_SHARE:
        return StillThere(time, None, None, nothing, nothing, 0)
    if share <= SAME_SHARE:
        return StillThere(time, 0.0, None, nothing, nothing, at_risk)
    se = share * math.sqrt(float(greenwood[gone_by - 1])) if gone_by else 0.0
    z = two_sided_quantile(level)
    plain = Interval(max(0.0, share - z * se), min(1.0, share + z * se), level)
    return StillThere(time, share, se, log_log_limits(share, se, level), plain, at_risk)


def _median(times: Floats, shares: Floats) -> float | None:
    """The first time by which half have left; halfway along when the curve runs level at exactly one half."""
    below = np.flatnonzero(shares < 0.5 + SAME_SHARE)
    if not below.size:
        return None
    first = int(below[0])
    lower = np.flatnonzero(shares < shares[first] - SAME_SHARE)
    if abs(shares[first] - 0.5) < SAME_SHARE and lower.size:
        return float((times[first] + times[int(lower[0])]) / 2)
    return float(times[first])
