"""The share who left for one reason while others left for another: Aalen-Johansen with late entry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimators.intervals import Interval
from metrics.estimators.limits import SAME_SHARE, log_log_limits
from metrics.estimators.staying.followed import Floats, Followed, Steps, at_risk_before, events_at

STILL_THERE, OF_INTEREST, COMPETING = 0, 1, 2
"""Why a stay, or our sight of it, ended."""


@dataclass(frozen=True)
class IncidenceAt:
    """By ``time``: the share who left for the reason of interest (``estimate``), for the competing one, and who did not leave.

    None where nobody was followed so far. ``interval`` has log-log limits; it has none before the first event.
    """

    time: float
    estimate: float | None
    se: float | None
    interval: Interval
    competing: float | None
    still_there: float | None
    at_risk: int


@dataclass(frozen=True)
class CumulativeIncidence:
    """Aalen-Johansen: figures at set times, and the step curve of cause 1, cause 2 and still there."""

    people: int
    events: int
    competing_events: int
    person_time: float
    at: tuple[IncidenceAt, ...]
    times: tuple[float, ...]
    shares: tuple[float, ...]
    competing_shares: tuple[float, ...]
    last_seen: float
    fewest_at_risk: int | None


def cumulative_incidence(
    entry: Sequence[float], leave: Sequence[float], cause: Sequence[int], at: Sequence[float], level: float = 0.95
) -> CumulativeIncidence:
    """The share who left for the reason of interest by each time, others having left for a competing one.

    ``cause`` is 0 for followed no further, 1 for the reason of interest, 2 for a competing one (death).

    Unit: a share. Range: 0 to 1. No-change value: none, it is one group.
    Assumes: as ``kaplan_meier``, with late entry allowed for in the same way. The standard error is the
    infinitesimal jackknife over people (R's survfit), limits on the log-log scale.
    Raises: ValueError as ``kaplan_meier``, and for a cause other than 0, 1 or 2.
    Aalen & Johansen 1978, Scand J Stat 5:141; Austin, Lee & Fine 2016, Circulation 133:601,
    doi:10.1161/CIRCULATIONAHA.115.017719; Efron 1981, Biometrika 68:589, doi:10.1093/biomet/68.3.589.
    """
    who = Followed.of(entry, leave, cause, (STILL_THERE, OF_INTEREST, COMPETING))
    steps = Steps.of(who, who.cause != STILL_THERE)
    ours = events_at(who.leave[who.cause == OF_INTEREST], steps.times)
    shares = steps.shares
    ahead = steps.shares_before
    incidence = np.cumsum(ahead * ours / steps.at_risk)
    competing = np.cumsum(ahead * (steps.events - ours) / steps.at_risk)
    spread = _jackknife(who, steps, ours, ahead, at)
    figures = tuple(
        _incidence_at(float(time), se, who, steps, (shares, incidence, competing), level)
        for time, se in zip(at, spread, strict=True)
    )
    return CumulativeIncidence(
        people=who.people,
        events=int(ours.sum()),
        competing_events=int(steps.events.sum() - ours.sum()),
        person_time=who.person_time,
        at=figures,
        times=tuple(steps.times.tolist()),
        shares=tuple(incidence.tolist()),
        competing_shares=tuple(competing.tolist()),
        last_seen=who.last_seen,
        fewest_at_risk=steps.fewest,
    )


def _incidence_at(
    time: float,
    se: float,
    who: Followed,
    steps: Steps,
    curves: tuple[Floats, Floats, Floats],
    level: float,
) -> IncidenceAt:
    at_risk = int(at_risk_before(who.entry, who.leave, np.array([time]))[0])
    gone_by = int(np.searchsorted(steps.times, time, side="right"))
    still, ours, theirs = (float(curve[gone_by - 1]) for curve in curves) if gone_by else (1.0, 0.0, 0.0)
    if time > who.last_seen and still > SAME_SHARE:
        return IncidenceAt(time, None, None, Interval(None, None, level), None, None, 0)
    # Beyond 1 by rounding, when everybody has left.
    ours, theirs = min(1.0, ours), min(1.0, theirs)
    return IncidenceAt(time, ours, se, log_log_limits(ours, se, level), theirs, still, at_risk)


def _jackknife(who: Followed, steps: Steps, ours: Floats, ahead: Floats, at: Sequence[float]) -> list[float]:
    """The standard error of the cumulative incidence at each time of ``at``: the root of the squared influences.

    The influence of a person on the share still there and on the share of interest changes only at the times
    at which somebody leaves; each step moves all people together.
    """
    for time in at:
        if not math.isfinite(time) or time < 0:
            raise ValueError(f"A time to look at is a number from 0 up, not {time}.")
    on_still, on_ours = np.zeros(who.people), np.zeros(who.people)
    came = np.where(who.entry == 0, -1.0, who.entry)
    spread = [0.0]
    for time, events, own, at_risk, still in zip(steps.times, steps.events, ours, steps.at_risk, ahead, strict=True):
        there = ((came < time) & (who.leave >= time)).astype(float)
        leaves = (who.leave == time) & (there > 0)
        left, left_ours = leaves & (who.cause != STILL_THERE), leaves & (who.cause == OF_INTEREST)
        on_ours = on_ours + on_still * own / at_risk + still * (left_ours - there * own / at_risk) / at_risk
        on_still = on_still * (1 - events / at_risk) - still * (left - there * events / at_risk) / at_risk
        spread.append(float(np.sqrt(np.sum(on_ours**2))))
    places = np.searchsorted(steps.times, np.asarray(at, dtype=float), side="right")
    return [spread[int(place)] for place in places]
