"""How long people stay: the share still there, the share moved on, and time in the home, with late entry.

Times are counted from each person's own start (the day the stay began). Somebody already living in the home
when recording began enters late: ``entry`` is how long the stay had lasted by then, 0 for a stay seen from its
first day. ``leave`` is when the stay, or our sight of it, ended.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from metrics.estimators.arguments import tail
from metrics.estimators.intervals import Interval

Floats = NDArray[np.float64]

STILL_THERE, OF_INTEREST, COMPETING = 0, 1, 2
"""Why a stay, or our sight of it, ended, in ``cumulative_incidence``."""

SAME_SHARE = 1e-8
"""Two shares closer than this are one: products of fractions do not come out even."""


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
    who = _Followed.of(entry, leave, event, (0, 1))
    steps = _Steps.of(who, who.cause == 1)
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
    who = _Followed.of(entry, leave, cause, (STILL_THERE, OF_INTEREST, COMPETING))
    steps = _Steps.of(who, who.cause != STILL_THERE)
    ours = _count(who.leave[who.cause == OF_INTEREST], steps.times)
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
    who = _Followed.of(entry, leave, event, (0, 1))
    steps = _Steps.of(who, who.cause == 1)
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
    se, z = math.sqrt(variance), float(stats.norm.isf(tail(level)))
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
    z = float(stats.norm.isf(tail(level)))
    ratio = after.mean / before.mean
    factor = math.exp(z * math.hypot(before.se / before.mean, after.se / after.mean))
    return RestrictedMeanChange(
        until=before.until,
        difference=difference,
        se=se,
        interval=Interval(difference - z * se, difference + z * se, level),
        p=float(2 * stats.norm.sf(abs(difference) / se)),
        ratio=ratio,
        ratio_interval=Interval(ratio / factor, ratio * factor, level),
    )


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
    who, second = _two_groups(entry, leave, event, group)
    steps = _Steps.of(who, who.cause == 1)
    at_risk_1 = _at_risk(who.entry[second], who.leave[second], steps.times)
    events_1 = _count(who.leave[second & (who.cause == 1)], steps.times)
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
    who, second = _two_groups(entry, leave, event, group)
    steps = _Steps.of(who, who.cause == 1)
    at_risk_1 = _at_risk(who.entry[second], who.leave[second], steps.times)
    events_1 = _count(who.leave[second & (who.cause == 1)], steps.times)
    risk = _tied_risk_sets(steps, at_risk_1, events_1, ties)
    mixed = (at_risk_1 > 0) & (at_risk_1 < steps.at_risk)
    if not mixed.any():
        raise ValueError("Nobody left while people of both groups were there to compare.")
    if not events_1[mixed].any() or not (steps.events - events_1)[mixed].any():
        raise ValueError("Everybody who left belonged to one group: there is no finite ratio of their pace.")
    log_ratio, information = _newton(risk, float(events_1.sum()))
    se, z = 1 / math.sqrt(information), float(stats.norm.isf(tail(level)))
    low, high = math.exp(log_ratio - z * se), math.exp(log_ratio + z * se)
    method = f"Cox proportional hazards, ties by {ties.title()}"
    return HazardRatio(log_ratio, se, math.exp(log_ratio), Interval(low, high, level), method)


@dataclass(frozen=True)
class _Followed:
    """The people, checked: when they came into sight, when they left it, and why."""

    entry: Floats
    leave: Floats
    cause: NDArray[np.int64]

    @classmethod
    def of(
        cls, entry: Sequence[float], leave: Sequence[float], cause: Sequence[int], codes: tuple[int, ...]
    ) -> _Followed:
        if not len(entry) == len(leave) == len(cause):
            raise ValueError("Each person needs a time of entry, a time of leaving and a reason.")
        if not len(leave):
            raise ValueError("Nobody was followed, so there is no share still there.")
        start, end = np.asarray(entry, dtype=float), np.asarray(leave, dtype=float)
        why = np.asarray(cause)
        if not (np.isfinite(start).all() and np.isfinite(end).all()):
            raise ValueError("A time of entry or leaving is a finite number.")
        if (start < 0).any() or (end < start).any():
            raise ValueError("A stay cannot begin before 0 or end before it begins.")
        if not np.isin(why, codes).all():
            raise ValueError(f"A reason for leaving is one of {', '.join(map(str, codes))}.")
        return cls(start, end, why.astype(np.int64))

    @property
    def people(self) -> int:
        return int(self.leave.size)

    @property
    def person_time(self) -> float:
        return float(np.sum(self.leave - self.entry))

    @property
    def last_seen(self) -> float:
        return float(self.leave.max())


@dataclass(frozen=True)
class _Steps:
    """The times at which somebody left, how many did, and how many were there to leave."""

    times: Floats
    events: Floats
    at_risk: Floats

    @classmethod
    def of(cls, who: _Followed, left: NDArray[np.bool_]) -> _Steps:
        times, events = np.unique(who.leave[left], return_counts=True)
        at_risk = _at_risk(who.entry, who.leave, times)
        # Somebody who came and left within one instant was never seen at risk.
        seen = at_risk >= events
        return cls(times[seen], events[seen].astype(float), at_risk[seen])

    @property
    def shares(self) -> Floats:
        """The share still there from each time on."""
        return np.asarray(np.cumprod(1 - self.events / self.at_risk), dtype=np.float64)

    @property
    def shares_before(self) -> Floats:
        """The share still there just before each time."""
        return np.concatenate([[1.0], self.shares])[: self.times.size]

    @property
    def fewest(self) -> int | None:
        return int(self.at_risk.min()) if self.at_risk.size else None


def _at_risk(entry: Floats, leave: Floats, times: Floats) -> Floats:
    """How many were there just before each time. A stay seen from its first day counts from time 0 itself."""
    came = np.searchsorted(np.sort(np.where(entry == 0, -1.0, entry)), times, side="left")
    gone = np.searchsorted(np.sort(leave), times, side="left")
    return np.asarray(came - gone, dtype=float)


def _count(times_of_events: Floats, times: Floats) -> Floats:
    """How many events fall on each of ``times``."""
    ordered = np.sort(times_of_events)
    found = np.searchsorted(ordered, times, side="right") - np.searchsorted(ordered, times, side="left")
    return np.asarray(found, dtype=float)


def _still_there(
    time: float, who: _Followed, steps: _Steps, shares: Floats, greenwood: Floats, level: float
) -> StillThere:
    at_risk = int(_at_risk(who.entry, who.leave, np.array([time]))[0])
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
    z = float(stats.norm.isf(tail(level)))
    plain = Interval(max(0.0, share - z * se), min(1.0, share + z * se), level)
    return StillThere(time, share, se, _log_log(share, se, level), plain, at_risk)


def _incidence_at(
    time: float,
    se: float,
    who: _Followed,
    steps: _Steps,
    curves: tuple[Floats, Floats, Floats],
    level: float,
) -> IncidenceAt:
    at_risk = int(_at_risk(who.entry, who.leave, np.array([time]))[0])
    gone_by = int(np.searchsorted(steps.times, time, side="right"))
    still, ours, theirs = (float(curve[gone_by - 1]) for curve in curves) if gone_by else (1.0, 0.0, 0.0)
    if time > who.last_seen and still > SAME_SHARE:
        return IncidenceAt(time, None, None, Interval(None, None, level), None, None, 0)
    # Beyond 1 by rounding, when everybody has left.
    ours, theirs = min(1.0, ours), min(1.0, theirs)
    return IncidenceAt(time, ours, se, _log_log(ours, se, level), theirs, still, at_risk)


def _log_log(share: float, se: float, level: float) -> Interval:
    """Limits on the log(-log) scale, which stay within 0 and 1; none at 0 and 1 themselves."""
    if not SAME_SHARE < share < 1 - SAME_SHARE or se == 0:
        return Interval(None, None, level)
    z = float(stats.norm.isf(tail(level)))
    reach = z * se / (share * abs(math.log(share)))
    return Interval(share ** math.exp(reach), share ** math.exp(-reach), level)


def _jackknife(who: _Followed, steps: _Steps, ours: Floats, ahead: Floats, at: Sequence[float]) -> list[float]:
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


def _two_groups(
    entry: Sequence[float], leave: Sequence[float], event: Sequence[int], group: Sequence[int]
) -> tuple[_Followed, NDArray[np.bool_]]:
    who = _Followed.of(entry, leave, event, (0, 1))
    if len(group) != who.people or not np.isin(np.asarray(group), (0, 1)).all():
        raise ValueError("Each person belongs to group 0 or group 1.")
    return who, np.asarray(group) == 1


def _tied_risk_sets(steps: _Steps, at_risk_1: Floats, events_1: Floats, ties: str) -> tuple[Floats, Floats]:
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
