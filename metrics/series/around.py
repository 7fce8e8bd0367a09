"""The whole recorded series of an outcome around one change: every stretch on record, not only the days compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from data.facts import Facts
from data.model import Declaration, Intervention, Period, Series
from metrics.kinds import common, module_for
from metrics.model import Comparison, Outcome
from metrics.series.interrupted import (
    INTERRUPTED,
    Interrupted,
    Model,
    NotEstimable,
    Scale,
    Step,
    controlled,
    interrupted,
)

WEEK = 7
ENOUGH_MONTHS = 12
"""Months a side from which months are fitted instead of weeks: a year's round, and weeks only flicker."""
DAYS_A_MONTH = 30.4


@dataclass(frozen=True)
class Around:
    """The series with the day of the start, and the days that belong to neither side."""

    series: Series
    start: date
    left_out: tuple[Period, ...]
    step: Step


def around(
    facts: Facts, outcome: Outcome, intervention: Intervention, comparison: Comparison, promise: Declaration | None
) -> Around:
    """The stretches to fit: all that is recorded, cut to the windows declared and to the days the plan was in use.

    Weeks are laid outwards from the start. Months are used for totals, for shares of people, and where at least a
    year is on record on both sides. Settling-in days and a bad spell left out of "before" belong to neither side.

    Raises: NotEstimable where nothing is recorded.
    """
    start = intervention.start_on
    recorded = common.recorded(facts, outcome, intervention.scope)
    if recorded is None:
        raise NotEstimable("nothing was recorded for it")
    first, last = recorded.first, recorded.last
    if promise is not None and promise.baseline_from is not None:
        first = max(first, promise.baseline_from)
    if promise is not None and promise.follow_to is not None:
        last = min(last, promise.follow_to)
    if intervention.end_on is not None:
        last = min(last, intervention.end_on)
    follow_first = comparison.planned_after.first
    if not first < start <= last or follow_first > last:
        raise NotEstimable("the record does not reach from before the start to after it")
    left_out = _left_out(start, comparison, promise)
    step: Step = "month" if _by_month(facts, outcome, intervention, first, last) else "week"
    kind = module_for(outcome.kind)

    def stretches(from_on: date, to: date, *, from_end: bool = False) -> tuple[Period, ...]:
        if to < from_on:
            return ()
        period = Period(from_on, to)
        return period.months() if step == "month" else period.blocks(WEEK, from_end=from_end)

    asked = (
        *stretches(first, start - timedelta(days=1), from_end=True),
        *stretches(start, follow_first - timedelta(days=1)),
        *stretches(max(start, follow_first), last),
    )
    return Around(kind.series(facts, outcome, intervention.scope, asked), start, left_out, step)


def interrupted_around(
    facts: Facts,
    outcome: Outcome,
    intervention: Intervention,
    comparison: Comparison,
    promise: Declaration | None,
    *,
    model: Model = INTERRUPTED,
    beside: Outcome | None = None,
) -> Interrupted:
    """The series of one change fitted; with ``beside``, an outcome the change could not have reached, controlled.

    Unit, range, no-change value, assumptions and papers as ``interrupted``, with ``beside`` as ``controlled``.
    Raises: NotEstimable with the reason.
    """
    fit = _fitting(facts, intervention, comparison, promise, model)
    treated = fit(outcome)
    if beside is None:
        return treated
    if beside.scale != outcome.scale:
        raise NotEstimable(f"{beside.code} cannot stand beside it: one is a rate, the other is not")
    try:
        other = fit(beside)
    except NotEstimable as reason:
        raise NotEstimable(f"the comparison {beside.code} cannot be fitted: {reason}") from None
    return controlled(treated, other, beside.name)


def _fitting(
    facts: Facts, intervention: Intervention, comparison: Comparison, promise: Declaration | None, model: Model
) -> Callable[[Outcome], Interrupted]:
    def fit(outcome: Outcome) -> Interrupted:
        if outcome.scale == "score":
            raise NotEstimable("scores are too few in time for a series")
        scale: Scale = "ratio" if outcome.scale == "ratio" else "points"
        found = around(facts, outcome, intervention, comparison, promise)
        return interrupted(
            found.series, found.start, left_out=found.left_out, model=model, scale=scale, per=common.times(outcome)
        )

    return fit


def _left_out(start: date, comparison: Comparison, promise: Declaration | None) -> tuple[Period, ...]:
    """Days between the two sides, and the bad spell that led to the plan."""
    found = [each for each in (comparison.settling, comparison.excluded_trigger) if each is not None]
    declared_end = None if promise is None else promise.baseline_to
    if declared_end is not None and declared_end < start - timedelta(days=1):
        found.append(Period(declared_end + timedelta(days=1), start - timedelta(days=1)))
    return tuple(found)


def _by_month(facts: Facts, outcome: Outcome, intervention: Intervention, first: date, last: date) -> bool:
    if outcome.table == "totals" or outcome.share_of == "people":
        return True
    if not intervention.is_personal and outcome.code in facts.totals_outcomes(intervention.service_id):
        return True
    year = ENOUGH_MONTHS * DAYS_A_MONTH
    return (intervention.start_on - first).days >= year and (last - intervention.start_on).days >= year
