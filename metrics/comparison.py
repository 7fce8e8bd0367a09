"""Which days are "before" and which are "after". Declared days win; settling-in belongs to neither side."""

from __future__ import annotations

from datetime import date, timedelta

from data.model import Declaration, Intervention, Period
from metrics.model import Comparison

PERSON_DAYS, PERSON_SETTLING = 28, 14
SERVICE_DAYS, SERVICE_SETTLING = 180, 28
TRIGGER_DAYS = 14
"""The bad fortnight that led to a plan is left out of its baseline: things picked because they were bad tend to
look better next time whatever is done."""
AFTER_INCIDENTS_DAYS = 56
"""The least baseline for a plan begun because of recent incidents (service plans keep their longer one)."""


def compare(intervention: Intervention, declaration: Declaration | None, recorded: Period | None) -> Comparison:
    """The days to compare for one intervention, cut to the days on which anything was recorded.

    ``recorded`` is the span the exports speak for; None when nothing arrived for this outcome.
    """
    length, settling = (PERSON_DAYS, PERSON_SETTLING) if intervention.is_personal else (SERVICE_DAYS, SERVICE_SETTLING)
    if intervention.settling_days is not None:
        settling = intervention.settling_days
    start = intervention.start_on
    triggered = intervention.reason == "after_incidents"
    before_last = start - timedelta(days=TRIGGER_DAYS + 1 if triggered else 1)
    before_days = max(length, AFTER_INCIDENTS_DAYS) if triggered else length
    follow_first = start + timedelta(days=settling)
    before = Period(before_last - timedelta(days=before_days - 1), before_last)
    after = Period(follow_first, follow_first + timedelta(days=length - 1))
    declared = False
    if declaration is not None:
        before, declared_before = _declared(before, declaration.baseline_from, declaration.baseline_to)
        after, declared_after = _declared(after, declaration.follow_from, declaration.follow_to)
        declared = declared_before or declared_after
    trigger = Period(start - timedelta(days=TRIGGER_DAYS), start - timedelta(days=1)) if triggered else None
    return Comparison(
        before=before.within(recorded),
        after=_until_the_end(after, intervention).within(recorded),
        planned_before=before,
        planned_after=_until_the_end(after, intervention),
        settling=Period(start, after.first - timedelta(days=1)) if after.first > start else None,
        declared=declared,
        excluded_trigger=trigger if trigger is not None and not trigger.overlaps(before) else None,
    )


def without_days_before_start(comparison: Comparison, intervention: Intervention, days: int) -> Comparison:
    """The same comparison with the last ``days`` before the start taken out of the baseline."""
    last = intervention.start_on - timedelta(days=days + 1)
    before = comparison.before
    kept = None if before is None or before.first > last else Period(before.first, min(before.last, last))
    return Comparison(
        before=kept,
        after=comparison.after,
        planned_before=comparison.planned_before,
        planned_after=comparison.planned_after,
        settling=comparison.settling,
        declared=comparison.declared,
        excluded_trigger=Period(last + timedelta(days=1), intervention.start_on - timedelta(days=1)),
    )


def _declared(usual: Period, first: date | None, last: date | None) -> tuple[Period, bool]:
    """A declared end wins over the usual one; one end alone moves the other only where it must."""
    if first is None and last is None:
        return usual, False
    length = timedelta(days=usual.days - 1)
    if last is None:
        assert first is not None
        return Period(first, usual.last if usual.last >= first else first + length), True
    if first is None:
        first = usual.first if usual.first <= last else last - length
    return Period(first, last), True


def _until_the_end(after: Period, intervention: Intervention) -> Period:
    """A plan that ended is only followed while it was in use."""
    if intervention.end_on is None or intervention.end_on >= after.last or intervention.end_on < after.first:
        return after
    return Period(after.first, intervention.end_on)
