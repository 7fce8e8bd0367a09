"""How many are still here as days go by, how many moved as counted, and how many went otherwise.

Two clocks. From *moving in*: whoever lived here already when the record began comes into sight late. From the day
the *period began*: everybody living here is followed from that day on, whoever moves in later from then. The second
serves a before and after, whose half years hold too few people moving in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.facts import Facts
from data.model import Period, Scope, Spell
from metrics.estimators.staying.competing import COMPETING, OF_INTEREST, STILL_THERE, cumulative_incidence
from metrics.estimators.staying.curve import kaplan_meier
from metrics.estimators.staying.followed import at_risk_before
from metrics.kinds import common
from metrics.model import Outcome

FEWEST_FOLLOWED = 5
"""A curve one of whose steps rests on fewer people than this says more about them than about the home."""
LOOKED_AT = (0, 90, 180, 365, 730)
CLOSE = 45
LONGEST = 730
"""Two years: longer curves rest on those who were here long before anything was recorded."""
Since = Literal["moving_in", "period_began"]
Part = Literal["before", "after", "whole"]


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with its 95 % limits, None where there are none (before the first event)."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class StayStep:
    """From ``day`` on, until the next step: still here, moved as counted, gone otherwise. The three make one."""

    day: int
    still_here: Share
    moved: Share
    gone: Share


@dataclass(frozen=True)
class StayCurve:
    """One curve. ``last_day`` is how far it is drawn, ``cut`` that fewer than five were followed beyond.

    ``moved`` and ``gone`` count people who left within what is drawn; ``followed`` how many were in view on a day.
    """

    part: Part
    period: Period
    people: int
    moved: int
    gone: int
    steps: tuple[StayStep, ...]
    followed: tuple[tuple[int, int], ...]
    last_day: int
    cut: bool

    def at(self, day: int) -> StayStep:
        """The shares on a day that is drawn."""
        return next(step for step in reversed(self.steps) if step.day <= day)


@dataclass(frozen=True)
class StayCurves:
    """One curve over a whole record, or one before and one after a change; both on the same clock."""

    outcome: Outcome
    since: Since
    curves: tuple[StayCurve, ...]


@dataclass(frozen=True)
class Stays:
    """Times in view, ready to be counted: when each stay came into sight, when it left it, and why."""

    entry: tuple[float, ...]
    leave: tuple[float, ...]
    cause: tuple[int, ...]


def over_the_record(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> StayCurves | None:
    """One curve: from moving in where enough people moved in, else from the day the period began."""
    for since in ("moving_in", "period_began"):
        curve = _curve(facts, outcome, scope, period, "whole", since)
        if curve is not None and (since == "period_began" or curve.last_day >= LOOKED_AT[1]):
            return StayCurves(outcome, since, (curve,))
    return None


def before_and_after(
    facts: Facts, outcome: Outcome, scope: Scope, before: Period | None, after: Period | None
) -> StayCurves | None:
    """A curve for each side, from its first day on; None when neither side holds enough people."""
    sides: tuple[tuple[Part, Period | None], ...] = (("before", before), ("after", after))
    found = [
        _curve(facts, outcome, scope, period, part, "period_began") for part, period in sides if period is not None
    ]
    curves = tuple(curve for curve in found if curve is not None)
    return StayCurves(outcome, "period_began", curves) if curves else None


def _curve(facts: Facts, outcome: Outcome, scope: Scope, period: Period, part: Part, since: Since) -> StayCurve | None:
    inside = common.events_part(facts, outcome, scope, period) if outcome.kind == "stay" else None
    if inside is None:
        return None
    return curve_of(stays_in_view(outcome, facts.spells(scope, inside), inside, since), inside, part)


def stays_in_view(outcome: Outcome, spells: Sequence[Spell], period: Period, since: Since) -> Stays:
    """The part of each stay that lies in the period, in days on the clock asked for."""
    counted = outcome.counts.where.get("end_reason")
    entry, leave, cause = [], [], []
    for spell in spells:
        if spell.moved_in > period.last or (spell.left_on is not None and spell.left_on < period.first):
            continue
        start = spell.moved_in if since == "moving_in" else period.first
        left = spell.left_within(period)
        end = spell.left_on if left and spell.left_on is not None else period.last
        entry.append(float((max(spell.moved_in, period.first) - start).days))
        leave.append(float((end - start).days))
        if not left:
            cause.append(STILL_THERE)
        else:
            cause.append(OF_INTEREST if counted is None or spell.end_reason in counted else COMPETING)
    return Stays(tuple(entry), tuple(leave), tuple(cause))


def curve_of(stays: Stays, period: Period, part: Part = "whole") -> StayCurve | None:
    """The curve, as far as five people are followed; None when fewer are from the first day on.

    Assumes what ``kaplan_meier`` and ``cumulative_incidence`` assume: who is no longer followed is like who still is.
    """
    if not stays.entry:
        return None
    end = int(min(LONGEST, max(stays.leave)))
    in_view = at_risk_before(np.asarray(stays.entry), np.asarray(stays.leave), np.arange(end + 1, dtype=float))
    thin = np.flatnonzero(in_view < FEWEST_FOLLOWED)
    last = int(thin[0]) - 1 if thin.size else end
    if last < 1:
        return None
    gone_by = [(day, why) for day, why in zip(stays.leave, stays.cause, strict=True) if why and day <= last]
    days = sorted({0, *(int(day) for day, _ in gone_by), *(day for day in LOOKED_AT if day <= last), last})
    return StayCurve(
        part=part,
        period=period,
        people=sum(came <= last for came in stays.entry),
        moved=sum(why == OF_INTEREST for _, why in gone_by),
        gone=sum(why == COMPETING for _, why in gone_by),
        steps=_steps(stays, days),
        followed=tuple((day, int(in_view[day])) for day in looks_up_to(last)),
        last_day=last,
        cut=last < end,
    )


def looks_up_to(last: int) -> tuple[int, ...]:
    """The days on which it is said how many are followed: the usual ones, and the last unless it is close to one."""
    usual = tuple(day for day in LOOKED_AT if day <= last)
    return (*usual, last) if last - usual[-1] >= CLOSE else usual


def _steps(stays: Stays, days: Sequence[int]) -> tuple[StayStep, ...]:
    swapped = [{OF_INTEREST: COMPETING, COMPETING: OF_INTEREST}.get(why, why) for why in stays.cause]
    here = kaplan_meier(stays.entry, stays.leave, [int(why != STILL_THERE) for why in stays.cause], days)
    moved = cumulative_incidence(stays.entry, stays.leave, stays.cause, days)
    gone = cumulative_incidence(stays.entry, stays.leave, swapped, days)
    steps = []
    for day, still, ours, theirs in zip(days, here.at, moved.at, gone.at, strict=True):
        assert still.share is not None and ours.estimate is not None and theirs.estimate is not None
        steps.append(
            StayStep(
                day,
                Share(still.share, still.interval.low, still.interval.high),
                Share(ours.estimate, ours.interval.low, ours.interval.high),
                Share(theirs.estimate, theirs.interval.low, theirs.interval.high),
            )
        )
    return tuple(steps)
